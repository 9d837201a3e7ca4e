//! Plain POST forms of a page in the preview.
//!
//! A form's navigation always adds an entry to the browser's history, and the preview's must add none.
//! So the preview's script sends the form itself, marked with [`MARK`]; the request is then treated as
//! the navigation it stands for ([`unmark`]). The script cannot show the answer as a document, so it is
//! told where to go instead ([`Held::answer`]): where a redirect leads, or to the form's own address
//! with a ticket ([`TICKET`]), for which [`Held::collect`] hands out, once, the answer that was held.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use parking_lot::Mutex;
use poem::Response;

use super::query;
use super::request_context::RequestContext;

/// Marks a form that the preview's script sent.
const MARK: HeaderName = HeaderName::from_static("hxlab-form");
/// Tells the script which address to open.
const OPEN: HeaderName = HeaderName::from_static("hxlab-open");
/// Tells the script which address to send the same form to (a redirect by 307 or 308).
const RESEND: HeaderName = HeaderName::from_static("hxlab-resend");
/// The query's name for the ticket of an answer that is held.
const TICKET: &str = "hxlab-held=";

/// How many answers are held at once for one origin of a sandbox; its oldest goes first.
const MANY: usize = 8;
/// How many are held for all of them.
const ALL: usize = 512;
/// How long an answer is held: the script comes for it at once.
const HOLD_FOR: Duration = Duration::from_secs(30);

/// Answers to forms, each waiting to be collected as a document.
#[derive(Default)]
pub(super) struct Held(Mutex<VecDeque<HeldResponse>>);

struct HeldResponse {
    ticket: String,
    /// Where it belongs, so that no sandbox can have another show its page.
    origin: String,
    response: Response,
    since: Instant,
}

/// Whether the preview's script sent this; then its headers become those of the browser's own
/// navigation.
pub(super) fn unmark(headers: &mut HeaderMap) -> bool {
    if headers.remove(MARK).is_none() {
        return false;
    }
    for (name, value) in [
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "iframe"),
        ("sec-fetch-user", "?1"),
        ("upgrade-insecure-requests", "1"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    true
}

impl Held {
    /// What the script is told about the learner's answer to its form.
    pub(super) fn answer(&self, asked: &RequestContext, mut response: Response) -> Response {
        let status = response.status();
        if matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT) {
            return response;
        }
        let location = response.headers_mut().remove(header::LOCATION);
        match location.filter(|_| status.is_redirection()) {
            Some(place) => {
                let again = matches!(
                    status,
                    StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT
                );
                let mut told = told(if again { RESEND } else { OPEN }, place);
                for cookie in response.headers().get_all(header::SET_COOKIE) {
                    let cookie = cookie.clone();
                    told.headers_mut().append(header::SET_COOKIE, cookie);
                }
                told
            }
            None => match self.hold(asked, response) {
                Some(place) => told(OPEN, place),
                None => StatusCode::INTERNAL_SERVER_ERROR.into(),
            },
        }
    }

    /// The answer that this request comes for; for a ticket that was used, the way to the page itself.
    pub(super) fn collect(&self, asked: &RequestContext) -> Option<Response> {
        let (plain, ticket) = query::take(&asked.head.path, TICKET)?;
        let origin = asked.origin();
        let mut held = self.0.lock();
        let is_it = |it: &HeldResponse| it.ticket == ticket && it.origin == origin && it.is_fresh();
        let found = held.iter().position(is_it);
        if let Some(waiting) = found.and_then(|index| held.remove(index)) {
            return Some(waiting.response);
        }
        let response = Response::builder().status(StatusCode::SEE_OTHER);
        Some(response.header(header::LOCATION, plain).finish())
    }

    /// Keeps a response until it is collected at the address that is returned; none without a random
    /// source.
    fn hold(&self, asked: &RequestContext, response: Response) -> Option<HeaderValue> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).ok()?;
        let ticket = URL_SAFE_NO_PAD.encode(bytes);
        let path = &asked.head.path;
        let joint = if path.contains('?') { '&' } else { '?' };
        let place = HeaderValue::try_from(format!("{path}{joint}{TICKET}{ticket}")).ok()?;
        let mut held = self.0.lock();
        held.retain(HeldResponse::is_fresh);
        make_room(&mut held, asked.origin());
        held.push_front(HeldResponse {
            ticket,
            origin: asked.origin().to_owned(),
            response,
            since: Instant::now(),
        });
        Some(place)
    }
}

/// Lets go of an origin's own oldest one where it has too many, or where all have.
fn make_room(held: &mut VecDeque<HeldResponse>, origin: &str) {
    let is_full = held.len() >= ALL;
    let own = |it: &HeldResponse| it.origin == origin;
    let count = held.iter().filter(|it| own(it)).count();
    if count >= MANY || (is_full && count > 0) {
        let oldest = held.iter().rposition(own);
        held.remove(oldest.unwrap_or(held.len() - 1));
    } else if is_full {
        held.pop_back();
    }
}

impl HeldResponse {
    fn is_fresh(&self) -> bool {
        self.since.elapsed() < HOLD_FOR
    }
}

fn told(name: HeaderName, place: HeaderValue) -> Response {
    let response = Response::builder().status(StatusCode::NO_CONTENT);
    response.header(name, place).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sandbox_with_many_forms_drops_none_of_anothers() {
        let waiting = |origin: &str, number: usize| HeldResponse {
            ticket: number.to_string(),
            origin: origin.to_owned(),
            response: Response::default(),
            since: Instant::now(),
        };
        let mut held = VecDeque::from([waiting("http://b", 0)]);
        for number in 0..100 {
            make_room(&mut held, "http://a");
            held.push_front(waiting("http://a", number));
        }
        let tickets: Vec<_> = held.iter().map(|it| it.ticket.as_str()).collect();
        assert_eq!(
            tickets,
            ["99", "98", "97", "96", "95", "94", "93", "92", "0"]
        );
        for number in 0..ALL {
            let origin = format!("http://{number}");
            make_room(&mut held, &origin);
            held.push_front(waiting(&origin, number));
        }
        assert_eq!(held.len(), ALL);
    }
}
