//! For whom a page was shown: it says so with all that changes something, and in nobody else's name anything is done.
//!
//! On plain http a page at another port, or below the site's name, can push the site's cookie out and set another
//! learner's. So the cookie that comes with a form need not be of whoever fills it in. Each form has the mark of its
//! page's learner in its address ([`QUERY`]), and what scripts send has it in a header ([`HEADER`]). Other origins can
//! neither write our forms nor read or write what the site's own scripts have stored.

use std::sync::{Arc, OnceLock};

use http::{HeaderName, Method};
use poem::Request;
use url::form_urlencoded;

use crate::web::fault::Fault;
use crate::web::session::Sender;

/// What scripts send.
const HEADER: HeaderName = HeaderName::from_static("hxlab-learner");
/// What stands in a form's address.
pub(crate) const QUERY: &str = "learner";

/// The mark of the one whom an answer is drawn for, as it is found while the request is read. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct ShownTo(Arc<OnceLock<String>>);

impl ShownTo {
    /// The one of the answer to this request.
    pub(crate) fn of(request: &Request) -> Result<&Self, Fault> {
        let shown_to = request.data::<Self>();
        shown_to.ok_or_else(|| Fault::internal("a route without its reader"))
    }

    /// It is drawn for the one with this mark; the first one stays.
    pub(crate) fn note(&self, mark: String) {
        let _ = self.0.set(mark);
    }

    /// What stands at the end of the address of each form; nothing where nobody is known.
    pub(crate) fn query(&self) -> String {
        let mark = self.0.get();
        mark.map_or(String::new(), |mark| format!("?{QUERY}={mark}"))
    }
}

/// Refuses what a page sends in the name of somebody for whom it was not shown.
pub(super) fn check(request: &Request, sender: &Sender) -> Result<(), Fault> {
    if let Some(mark) = request.headers().get(HEADER)
        && !mark.to_str().is_ok_and(|mark| sender.is(mark))
    {
        return Err(Fault::OtherLearner);
    }
    let Some(mark) = mark_of(request) else {
        return Ok(());
    };
    match sender {
        sender if sender.is(&mark) => Ok(()),
        Sender::Nobody => Err(Fault::NoCookies),
        Sender::Known(_) | Sender::Newcomer(_) => Err(Fault::OtherLearner),
    }
}

/// The mark in a form's address. To read, nobody need say who they are.
fn mark_of(request: &Request) -> Option<String> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    let query = request.uri().query()?;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let mark = pairs.find(|(name, _)| name == QUERY);
    mark.map(|(_, mark)| mark.into_owned())
}
