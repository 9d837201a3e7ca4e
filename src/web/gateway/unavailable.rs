//! The page in place of a learner's server that cannot answer.

use http::StatusCode;
use poem::Response;
use serde::Serialize;

use crate::assets::{Context, Templates};
use crate::budget::Reason;
use crate::engine::message::{StackFrame, Thrown};
use crate::sandbox::Unavailable;
use crate::web::listen::HangUp;
use crate::web::requests::TurnedAway;

/// What the page shows.
#[derive(Serialize)]
struct UnavailablePage<'a> {
    title: &'a str,
    sentence: &'a str,
    fault: Option<&'a Thrown>,
    place: Option<&'a StackFrame>,
    script: &'a str,
}

/// Who reads it.
pub(super) struct Reader {
    /// A browser, which gets a page.
    pub(super) wants_page: bool,
    /// Somebody who has started the server from a terminal, and has no button to press.
    pub(super) at_terminal: bool,
}

/// A page for browsers, a sentence for everyone else.
pub(super) fn response(
    why: &Unavailable,
    reader: &Reader,
    templates: &Templates,
    script: &str,
) -> Response {
    let mut response = page(why, reader, templates, script);
    if let Some(reason) = refusal(why) {
        response.set_data(TurnedAway(reason));
    }
    if *why == Unavailable::Refused {
        response.set_data(HangUp);
    }
    response
}

fn page(why: &Unavailable, reader: &Reader, templates: &Templates, script: &str) -> Response {
    let (title, sentence, fault) = words(why, reader.at_terminal);
    let response = Response::builder()
        .status(StatusCode::from_u16(why.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE))
        .header("cache-control", "no-store");
    let rendered = reader.wants_page.then(|| {
        let page = UnavailablePage {
            title,
            sentence,
            fault,
            place: fault.and_then(|fault| fault.frames.first()),
            script,
        };
        Context::from_serialize(&page)
            .map_err(Into::into)
            .and_then(|context| templates.render("unavailable.html", &context))
    });
    match rendered {
        Some(Ok(html)) => response.content_type("text/html; charset=utf-8").body(html),
        Some(Err(error)) => {
            tracing::error!(%error, "the page for an unavailable sandbox does not render");
            in_text(response, title, sentence)
        }
        None => in_text(response, title, sentence),
    }
}

/// Why somebody is turned away by it. For want of a place it is counted already, and the sentence is another.
fn refusal(why: &Unavailable) -> Option<Reason> {
    match why {
        Unavailable::Full(_) | Unavailable::Busy | Unavailable::Delayed => {
            Some(Reason::ServerLimits)
        }
        Unavailable::TooLong(_) => Some(Reason::LongBody),
        _ => None,
    }
}

fn in_text(response: poem::ResponseBuilder, title: &str, sentence: &str) -> Response {
    response
        .content_type("text/plain; charset=utf-8")
        .body(format!("{title} {sentence}\n"))
}

fn words(why: &Unavailable, at_terminal: bool) -> (&str, &str, Option<&Thrown>) {
    match why {
        Unavailable::Failed(fault) => (
            "The server did not start.",
            if at_terminal {
                "Mend this and save it: then it is started again."
            } else {
                "Mend this, then press Run."
            },
            Some(fault),
        ),
        Unavailable::Stopped => (
            "The server is stopped.",
            "Press Run beside the lesson to start it.",
            None,
        ),
        Unavailable::StoppedByOperator => (
            "The server is stopped.",
            "Whoever runs this site stopped it. Its learner can start it again by Run.",
            None,
        ),
        Unavailable::Crashed(sentence) => ("The server died.", sentence, None),
        Unavailable::Replaced => (
            "The server was replaced.",
            "A newer one took over while this request was waiting: send it again.",
            None,
        ),
        Unavailable::Busy => (
            "Too many requests at once.",
            "The server is being loaded, and as much waits for it as may: try again in a moment.",
            None,
        ),
        Unavailable::Delayed => (
            "Too many requests at once.",
            "Whoever runs this server has its answers delayed, and as much waits as may: try again in a moment.",
            None,
        ),
        Unavailable::Full(because) => ("The server has as much to do as it may.", because, None),
        Unavailable::TooLong(sentence) => ("The request is too large.", sentence, None),
        Unavailable::Refused => (
            "Connections are refused.",
            "Whoever runs this server has it fail on purpose (Faults, in the workbench). Connections are accepted \
             again after ten seconds.",
            None,
        ),
        Unavailable::Failing => (
            "500: the server failed.",
            "Whoever runs this server has it fail on purpose (Faults, in the workbench): it was not asked.",
            None,
        ),
        Unavailable::Late => (
            "The server did not answer.",
            "It has had a minute: look for a promise in the server that is never settled.",
            None,
        ),
    }
}
