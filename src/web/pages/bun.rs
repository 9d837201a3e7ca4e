//! What differs from Bun: what the sandbox does differently, what it lacks, and its limits, from the tables that
//! the oracle's tests hold equal to Bun (`embedded/engine/differences.json`, `missing.json`) and from this site's
//! own settings.

use std::collections::BTreeMap;
use std::sync::Arc;

use poem::web::Data;
use poem::{Request, Response, handler};
use serde::{Deserialize, Serialize};

use super::frame::PageFrame;
use crate::assets;
use crate::escape::escaped;
use crate::limits::{LimitName, Limits};
use crate::web::fault::Fault;
use crate::web::site::Site;

/// `GET /bun`: the same for everybody.
#[handler]
pub(crate) fn page(request: &Request, Data(site): Data<&Arc<Site>>) -> Result<Response, Fault> {
    let differences = table("differences.json")?;
    let missing = table("missing.json")?;
    let view = BunView::new(&differences, &missing, site.learning.sandboxes.limits());
    PageFrame::new(site, request, "What differs from Bun")?.page("bun.html", &view)
}

/// A table that is packed in; one that cannot be read is a fault of this build.
fn table<T: for<'de> Deserialize<'de>>(name: &str) -> Result<T, Fault> {
    let json = assets::engine(name).unwrap_or_default();
    serde_json::from_str(&json).map_err(Fault::internal)
}

/// `differences.json`.
#[derive(Deserialize)]
struct Differences {
    /// What the oracle sees.
    seen: Vec<Difference>,
    /// What no story of the oracle's reaches.
    beyond: Vec<Difference>,
}

/// One thing, in Markdown's text with code.
#[derive(Deserialize)]
struct Difference {
    what: String,
    here: String,
    bun: String,
    why: String,
}

/// `missing.json`: what to do instead, by names.
#[derive(Deserialize)]
struct Missing {
    #[serde(rename = "Bun")]
    bun: Reasons,
    #[serde(rename = "Intl")]
    intl: Reasons,
    globals: Reasons,
    commonjs: Reasons,
    process: Reasons,
    modules: Reasons,
    /// By the modules that they are of.
    parts: BTreeMap<String, Reasons>,
}

type Reasons = BTreeMap<String, String>;

/// What the template `bun.html` is filled with.
#[derive(Serialize)]
struct BunView {
    differences: Vec<DifferenceView>,
    /// Sentences.
    limits: Vec<String>,
    missing: Vec<MissingView>,
}

/// A [`Difference`] as HTML.
#[derive(Serialize)]
struct DifferenceView {
    what: String,
    here: String,
    bun: String,
    why: String,
}

/// One kind of what is missing.
#[derive(Serialize)]
struct MissingView {
    id: &'static str,
    title: &'static str,
    rows: Vec<RowView>,
}

/// Names that have one reason in common.
#[derive(Serialize)]
struct RowView {
    names: Vec<String>,
    /// A sentence, as HTML.
    reason: String,
}

impl BunView {
    fn new(differences: &Differences, missing: &Missing, limits: &Limits) -> Self {
        let all = differences.seen.iter().chain(&differences.beyond);
        let parts = missing.parts.iter().flat_map(|(module, reasons)| {
            let name = move |part: &String| format!("{module}: {part}");
            reasons
                .iter()
                .map(move |(part, reason)| (name(part), reason))
        });
        Self {
            differences: all.map(DifferenceView::new).collect(),
            limits: LimitName::ALL
                .map(|name| sentence(&limits.because(name)))
                .into(),
            missing: vec![
                MissingView::new("modules", "Modules", named("", &missing.modules)),
                MissingView::new("parts", "Parts of Node’s modules", parts),
                MissingView::new("members", "Members of Bun", named("Bun.", &missing.bun)),
                MissingView::new(
                    "process",
                    "Members of process",
                    named("process.", &missing.process),
                ),
                MissingView::new("intl", "Members of Intl", named("Intl.", &missing.intl)),
                MissingView::new("globals", "Globals", named("", &missing.globals)),
                MissingView::new("commonjs", "CommonJS", named("", &missing.commonjs)),
            ],
        }
    }
}

fn named<'a>(owner: &'a str, reasons: &'a Reasons) -> impl Iterator<Item = (String, &'a String)> {
    let name = move |name: &String| format!("{owner}{name}");
    reasons
        .iter()
        .map(move |(each, reason)| (name(each), reason))
}

impl DifferenceView {
    fn new(difference: &Difference) -> Self {
        Self {
            what: with_code(&difference.what),
            here: with_code(&difference.here),
            bun: with_code(&difference.bun),
            why: with_code(&difference.why),
        }
    }
}

impl MissingView {
    fn new<'a>(
        id: &'static str,
        title: &'static str,
        reasons: impl Iterator<Item = (String, &'a String)>,
    ) -> Self {
        let mut by_reason = BTreeMap::<_, Vec<_>>::new();
        for (name, reason) in reasons {
            by_reason.entry(reason).or_default().push(name);
        }
        let mut rows: Vec<_> = by_reason
            .into_iter()
            .map(|(reason, names)| RowView {
                names,
                reason: with_code(&sentence(reason)),
            })
            .collect();
        rows.sort_by(|a, b| a.names.cmp(&b.names));
        Self { id, title, rows }
    }
}

/// With a capital, and a full stop.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), rest.as_str())
}

/// Text as HTML, what stands between backticks as code.
fn with_code(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    let html = pieces.map(|(number, piece)| {
        let piece = escaped(piece);
        if number % 2 == 1 {
            format!("<code>{piece}</code>")
        } else {
            piece
        }
    });
    html.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_every_row_of_the_tables_and_every_limit() {
        let differences: Differences = table("differences.json").unwrap();
        let missing: Missing = table("missing.json").unwrap();
        let view = BunView::new(&differences, &missing, &Limits::default());
        let count = differences.seen.len() + differences.beyond.len();
        assert_eq!(view.differences.len(), count);
        assert_eq!(view.limits.len(), LimitName::ALL.len());
        let names = |id| {
            let kind = view.missing.iter().find(|kind| kind.id == id).unwrap();
            kind.rows.iter().map(|row| row.names.len()).sum::<usize>()
        };
        assert_eq!(names("modules"), missing.modules.len());
        assert_eq!(names("members"), missing.bun.len());
        assert_eq!(
            names("parts"),
            missing.parts.values().map(BTreeMap::len).sum::<usize>()
        );
        assert_eq!(names("intl"), missing.intl.len());
        assert_eq!(names("globals"), missing.globals.len());
    }

    #[test]
    fn code_is_marked_and_nothing_else_is_markup() {
        assert_eq!(
            with_code("a `b<c>` & d"),
            "a <code>b&lt;c&gt;</code> &amp; d"
        );
        assert_eq!(sentence("use <this>"), "Use <this>.");
    }
}
