//! What can go wrong for people: `fault/sentences.rs` says it in words, `fault/causes.rs` makes it of the errors
//! of lower floors. What only one handler can know, such as which field is wrong, it says itself, as
//! [`Fault::Malformed`] or [`Fault::Unprocessable`].
//!
//! A handler answers `Err(Fault)`; [`FaultAnswers`] around all routes turns it into what the asker
//! understands ([`respond::AnswerForm`]): a page, a fragment for htmx, or `{"error": sentence}`. Causes are logged
//! here once; people read only what they can do.

mod causes;
mod respond;
mod sentences;

use std::fmt::Display;

use http::StatusCode;

use crate::budget::UsedUp;
use crate::project::ProjectError;

pub(crate) use respond::{Draw, FaultAnswers, FaultPage};

/// What was looked for and is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// A path of the site.
    Page,
    Lesson,
    Question,
    Sandbox,
    /// The challenge of a lesson.
    Challenge,
    /// A trial of one.
    Trial,
    /// A check in it.
    Check,
    /// The code that passed one.
    Pass,
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
    /// 403: the cookies name two learners, of whom one is not the one who asks.
    TwoLearners,
    /// 403: the cookie is no longer of the learner for whom the page was shown.
    OtherLearner,
    /// 431: nobody is known, and other pages' cookies are so many that they will have pushed ours out.
    TossedCookies,
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
    /// 503: not now; the sentence says when.
    Unavailable(String),
    /// 429: enough of theirs was kept in a day.
    UsedUp(UsedUp),
    /// 507: no room to save it.
    NoRoom,
    /// 500: ours; the cause is in the log.
    Internal,
}

impl Fault {
    /// A fault of ours. Logs the cause.
    pub(crate) fn internal(cause: impl Display) -> Self {
        tracing::error!(%cause, "a request failed");
        Self::Internal
    }

    /// A fault in what was sent, by a sentence that says how to mend it.
    pub(crate) fn unprocessable(sentence: impl Into<String>) -> Self {
        Self::Unprocessable(sentence.into())
    }

    /// Whether a recovery code mends it.
    #[must_use]
    pub(crate) fn is_about_identity(&self) -> bool {
        matches!(
            self,
            Self::TwoLearners | Self::OtherLearner | Self::TossedCookies
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
            | Self::TwoLearners
            | Self::OtherLearner
            | Self::ServiceWorker => StatusCode::FORBIDDEN,
            Self::TooLarge { .. } | Self::DraftTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TossedCookies | Self::LongHead { .. } => {
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE
            }
            Self::SlowBody => StatusCode::REQUEST_TIMEOUT,
            Self::Unprocessable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::UsedUp(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::NoRoom => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

#[cfg(test)]
#[path = "fault_tests.rs"]
mod tests;
