//! What all pages share: head and header, and how a page or a fragment of one is answered.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, VARY};
use poem::{Body, Request, Response};
use serde::Serialize;

use super::policy;
use super::theme::{self, Theme};
use crate::assets::Context;
use crate::settings::layer;
use crate::web::fault::Fault;
use crate::web::site::Site;
use crate::web::who::ShownTo;

/// A page that is being made for a request.
pub(crate) struct PageFrame<'a> {
    site: &'a Site,
    page: PageContext<'a>,
}

#[derive(Serialize)]
struct PageContext<'a> {
    course: &'a str,
    title: String,
    theme: Theme,
    /// The site's origin, in front of links on pages at other hosts; empty on its own.
    site: String,
    /// Path and query, to come back to.
    address: &'a str,
    /// What the addresses of forms end with: for whom the page is drawn.
    whose: String,
    /// The words in the search box.
    search: String,
    /// Lets the editor's styles in.
    nonce: String,
    /// The layers of the jail that learners' servers run without; no text is none.
    unsafe_without: String,
}

impl<'a> PageFrame<'a> {
    /// The frame of a page with this title.
    pub(crate) fn new(site: &'a Site, request: &'a Request, title: &str) -> Result<Self, Fault> {
        let address = request.uri().path_and_query();
        let address = address.map_or("/", |address| address.as_str());
        let mut frame = Self::of(site, address, request.headers(), title)?;
        frame.page.whose = ShownTo::of(request)?.query();
        Ok(frame)
    }

    /// As [`PageFrame::new`], where the request itself is gone.
    pub(crate) fn of(
        site: &'a Site,
        address: &'a str,
        headers: &HeaderMap,
        title: &str,
    ) -> Result<Self, Fault> {
        let page = PageContext {
            course: &site.learning.course.title,
            title: title.to_owned(),
            theme: Theme::of(headers),
            site: String::new(),
            address,
            whose: String::new(),
            search: String::new(),
            nonce: nonce()?,
            unsafe_without: layer::list(&site.unsafe_without),
        };
        Ok(Self { site, page })
    }

    /// The frame of a page of which what varies is filled in later: here stand the marks of its address and
    /// its nonce, and of what its forms end with.
    pub(super) fn of_marks(
        site: &'a Site,
        theme: Theme,
        title: &str,
        [address, nonce, whose]: &'a [String; 3],
    ) -> Self {
        let page = PageContext {
            course: &site.learning.course.title,
            title: title.to_owned(),
            theme,
            site: String::new(),
            address,
            whose: whose.clone(),
            search: String::new(),
            nonce: nonce.clone(),
            unsafe_without: layer::list(&site.unsafe_without),
        };
        Self { site, page }
    }

    /// The same with these words in the search box.
    #[must_use]
    pub(crate) fn searching(mut self, words: &str) -> Self {
        words.clone_into(&mut self.page.search);
        self
    }

    /// The same for a page at another host, such as a sandbox's: its links lead to the site.
    #[must_use]
    pub(crate) fn elsewhere(mut self) -> Self {
        self.page.site = self.site.url.origin().ascii_serialization();
        self
    }

    /// The whole page.
    pub(crate) fn page(&self, template: &str, view: &impl Serialize) -> Result<Response, Fault> {
        Ok(self.respond(self.html(template, view)?))
    }

    /// The whole page's HTML alone.
    pub(crate) fn html(&self, template: &str, view: &impl Serialize) -> Result<String, Fault> {
        let context = self.context(view)?;
        self.site
            .templates
            .render(template, &context)
            .map_err(Fault::internal)
    }

    /// One block of a page, for htmx.
    pub(crate) fn block(
        &self,
        template: &str,
        block: &str,
        view: &impl Serialize,
    ) -> Result<Response, Fault> {
        let context = self.context(view)?;
        let templates = &self.site.templates;
        let html = templates
            .render_block(template, block, &context)
            .map_err(Fault::internal)?;
        Ok(self.respond(html))
    }

    fn context(&self, view: &impl Serialize) -> Result<Context, Fault> {
        let mut context = Context::from_serialize(view).map_err(Fault::internal)?;
        context.insert("page", &self.page);
        context.insert("themes", &theme::CHOICES);
        Ok(context)
    }

    fn respond(&self, html: String) -> Response {
        respond(html, &self.page.nonce, self.site)
    }
}

/// A page's answer; `nonce` is the one that stands in its HTML.
pub(crate) fn respond(html: impl Into<Body>, nonce: &str, site: &Site) -> Response {
    Response::builder()
        .header(CONTENT_TYPE, "text/html; charset=utf-8")
        .header(CACHE_CONTROL, "private, no-cache")
        .header(VARY, "Cookie, HX-Request")
        .header(CONTENT_SECURITY_POLICY, policy::page(nonce, site))
        .body(html)
}

/// A new nonce: 128 random bits.
pub(crate) fn nonce() -> Result<String, Fault> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(Fault::internal)?;
    Ok(URL_SAFE_NO_PAD.encode(random))
}
