//! What can go wrong for people: `fault/sentences.rs` says it in words, `fault/causes.rs` makes it of the errors
//! of lower floors. What only one handler can know, such as which field is wrong, it says itself, as
//! [`Fault::Malformed`] or [`Fault::Unprocessable`].
//!
//! A handler answers `Err(Fault)`; [`FaultAnswers`] around all routes turns it into what the asker
//! understands ([`respond::AnswerForm`]): a page, a fragment for htmx, or `{"error": sentence}`. People read only what
//! they can do; a cause goes into the log with the id that the page shows ([`Failed`](super::requests::Failed)), and who
//! is turned away is counted ([`Refusals`](crate::budget::Refusals)).

mod causes;
mod respond;
mod sentences;

use std::fmt::Display;

use http::StatusCode;

use crate::budget::{Reason, UsedUp};
use crate::project::ProjectError;

pub(crate) use respond::{Draw, FaultAnswers, FaultPage};

/// What was looked for and is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// A path of the site.
    Page,
    Lesson,
    Question,
    /// One in a lesson.
    Step,
    Sandbox,
    /// A learner's own, in the playground.
    Project,
    /// A shared one.
    Snapshot,
    /// The challenge of a lesson.
    Challenge,
    /// A trial of one.
    Trial,
    /// A check in it.
    Check,
    /// The code that passed one.
    Pass,
    /// A version of a draft.
    Version,
    /// One whose Run started.
    GoodRun,
}

/// Why a request is not answered as it was meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub(crate) enum Fault {
    /// 404.
    NotFound(Missing),
    /// 405.
    Method,
    /// 400: no host, or more than one.
    UnclearHost,
    /// 421: a host that is nobody's here.
    Misdirected,
    /// 403: another site's page asks for a change.
    Foreign,
    /// 413.
    TooLarge {
        /// The most bytes.
        limit: usize,
    },
    /// 408: the body came too slowly.
    SlowBody,
    /// 400: the body ended too early.
    CutBody,
    /// 400: the request cannot be read; the sentence says how to write it.
    Malformed(String),
    /// 403: no learner is known, where only the lesson's page makes one.
    NoSession,
    /// 403: the browser keeps no cookies, so whatever is made would be nobody's.
    NoCookies,
    /// 403: the cookies name two learners, of whom one is not the one who asks.
    TwoLearners,
    /// 403: the cookie is no longer of the learner for whom the page was shown.
    OtherLearner,
    /// 431: nobody is known, and other pages' cookies are so many that they will have pushed ours out.
    TossedCookies,
    /// 403: what stands in our cookie was cut or changed, so that it names nobody.
    UnreadableCookie,
    /// 403: a script for a service worker, at a sandbox.
    ServiceWorker,
    /// 431: more headers than a learner's server takes.
    LongHead {
        /// The most bytes.
        limit: usize,
    },
    /// 413: a project over one of its limits.
    DraftTooLarge(ProjectError),
    /// 422: it reads, but breaks a rule that the sentence names.
    Unprocessable(String),
    /// 503: not now, by no fault of who asks; the sentence says when.
    Unavailable(String),
    /// 503: too much is asked for at once; the sentence says when to ask again. The reason, where it is not counted
    /// yet.
    Refused(Option<Reason>, String),
    /// 403: whoever runs the site has blocked this sandbox.
    Blocked,
    /// 403: or this snapshot.
    BlockedSnapshot,
    /// 403: or the address from which it is asked for.
    BlockedAddress,
    /// 429: enough of theirs was kept in a day.
    UsedUp(UsedUp),
    /// 507: no room to save it.
    NoRoom,
    /// 500: ours, for this cause.
    Internal(String),
}

impl Fault {
    /// A fault of ours.
    pub(crate) fn internal(cause: impl Display) -> Self {
        Self::Internal(cause.to_string())
    }

    /// What the log says of a request that failed by our fault.
    #[must_use]
    fn cause(&self) -> Option<&str> {
        match self {
            Self::Internal(cause) | Self::Unavailable(cause) => Some(cause),
            _ => None,
        }
    }

    /// Why somebody is turned away by it, where that is not counted yet.
    #[must_use]
    pub(crate) fn refusal(&self) -> Option<Reason> {
        match self {
            Self::Refused(reason, _) => *reason,
            Self::Blocked | Self::BlockedSnapshot => Some(Reason::BlockedSandbox),
            Self::BlockedAddress => Some(Reason::BlockedAddress),
            Self::TooLarge { .. } | Self::DraftTooLarge(_) => Some(Reason::LongBody),
            Self::SlowBody => Some(Reason::SlowBody),
            Self::TossedCookies | Self::LongHead { .. } => Some(Reason::LongHead),
            Self::Foreign => Some(Reason::Foreign),
            Self::Misdirected | Self::UnclearHost => Some(Reason::UnknownHost),
            Self::ServiceWorker => Some(Reason::ServiceWorker),
            Self::NoRoom => Some(Reason::NoRoom),
            _ => None,
        }
    }

    /// A fault in what was sent, by a sentence that says how to mend it.
    pub(crate) fn unprocessable(sentence: impl Into<String>) -> Self {
        Self::Unprocessable(sentence.into())
    }

    /// Whether only whoever runs the site can mend it.
    #[must_use]
    pub(crate) fn is_up_to_operator(&self) -> bool {
        matches!(
            self,
            Self::Blocked | Self::BlockedSnapshot | Self::BlockedAddress
        )
    }

    /// Whether a recovery code mends it.
    #[must_use]
    pub(crate) fn is_about_identity(&self) -> bool {
        matches!(
            self,
            Self::TwoLearners
                | Self::OtherLearner
                | Self::NoCookies
                | Self::TossedCookies
                | Self::UnreadableCookie
        )
    }

    /// The status of the answer.
    #[must_use]
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::UnclearHost | Self::CutBody | Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::Foreign
            | Self::NoSession
            | Self::NoCookies
            | Self::TwoLearners
            | Self::OtherLearner
            | Self::UnreadableCookie
            | Self::ServiceWorker
            | Self::Blocked
            | Self::BlockedSnapshot
            | Self::BlockedAddress => StatusCode::FORBIDDEN,
            Self::TooLarge { .. } | Self::DraftTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TossedCookies | Self::LongHead { .. } => {
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE
            }
            Self::SlowBody => StatusCode::REQUEST_TIMEOUT,
            Self::Unprocessable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unavailable(_) | Self::Refused(..) => StatusCode::SERVICE_UNAVAILABLE,
            Self::UsedUp(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::NoRoom => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

#[cfg(test)]
#[path = "fault_tests.rs"]
mod tests;
