//! The search over all lessons.

use std::sync::Arc;

use poem::web::Data;
use poem::{Request, Response, handler};
use serde::Serialize;
use url::form_urlencoded;

use super::course::address;
use super::frame::PageFrame;
use crate::course::Hit;
use crate::web::fault::Fault;
use crate::web::htmx::wants_fragment;
use crate::web::site::Site;

/// Characters of a search; what follows is not read.
const LONGEST: usize = 200;

/// `GET /search?q=`: the results' block for htmx, or the whole page.
#[handler]
pub(crate) fn page(request: &Request, Data(site): Data<&Arc<Site>>) -> Result<Response, Fault> {
    let words = words(request.uri().query().unwrap_or_default());
    let hits = site.learning.course.search(&words);
    let view = SearchView::new(&words, &hits);
    let frame = PageFrame::new(site, request, "Search")?.searching(&words);
    if wants_fragment(request.headers()) {
        frame.block("search.html", "results", &view)
    } else {
        frame.page("search.html", &view)
    }
}

/// What the template `search.html` is filled with.
#[derive(Serialize)]
struct SearchView<'a> {
    sum: String,
    hits: Vec<HitView<'a>>,
}

#[derive(Serialize)]
struct HitView<'a> {
    address: String,
    title: &'a str,
    /// The heading above the words that were found.
    section: Option<&'a str>,
    snippet_html: &'a str,
}

impl<'a> SearchView<'a> {
    fn new(words: &str, hits: &'a [Hit]) -> Self {
        let sum = match hits.len() {
            1 => format!("1 lesson has “{words}”"),
            many => format!("{many} lessons have “{words}”"),
        };
        Self {
            sum,
            hits: hits.iter().map(HitView::new).collect(),
        }
    }
}

impl<'a> HitView<'a> {
    fn new(hit: &'a Hit) -> Self {
        let place = hit.heading.as_ref();
        let fragment = place.map_or(String::new(), |heading| format!("#{}", heading.id));
        Self {
            address: format!("{}{fragment}", address(&hit.lesson)),
            title: &hit.lesson.title,
            section: place.map(|heading| heading.text.as_str()),
            snippet_html: &hit.snippet,
        }
    }
}

fn words(query: &str) -> String {
    let mut fields = form_urlencoded::parse(query.as_bytes());
    let words = fields.find(|(name, _)| name == "q");
    let words = words
        .map(|(_, words)| words.into_owned())
        .unwrap_or_default();
    words.trim().chars().take(LONGEST).collect()
}
