//! What can go wrong for people, and its sentences. What only one handler can know, such as which field is
//! wrong, it says itself, as [`Fault::Malformed`] or [`Fault::Unprocessable`].
//!
//! A handler answers `Err(Fault)`; [`FaultAnswers`] around all routes turns it into what the asker
//! understands ([`AnswerForm`]): a page, a fragment for htmx, or `{"error": sentence}`. Causes are logged
//! here once; people read only what they can do.

mod respond;

use std::fmt::Display;

use http::StatusCode;

use crate::learning::LearningFault;
use crate::project::ProjectError;
use crate::sandbox::addresses::NoPort;
use crate::sandbox::registry::NoSandbox;
use crate::store::StoreError;

pub(crate) use respond::{Draw, FaultAnswers, FaultPage};

/// What was looked for and is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// A path of the site.
    Page,
    /// A lesson.
    Lesson,
    /// A question in a lesson.
    Question,
    /// A sandbox.
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
    /// 413: a project over one of its limits.
    DraftTooLarge(ProjectError),
    /// 422: it reads, but breaks a rule that the sentence names.
    Unprocessable(String),
    /// 503: not now; the sentence says when.
    Unavailable(String),
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

    /// The status of the answer.
    #[must_use]
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::UnclearHost | Self::CutBody | Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::Foreign | Self::NoSession => StatusCode::FORBIDDEN,
            Self::TooLarge { .. } | Self::DraftTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::SlowBody => StatusCode::REQUEST_TIMEOUT,
            Self::Unprocessable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoRoom => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A few words above the sentence.
    #[must_use]
    pub(crate) fn title(&self) -> &'static str {
        match self {
            Self::NotFound(Missing::Page) => "There is no such page",
            Self::NotFound(Missing::Lesson) => "There is no such lesson",
            Self::NotFound(Missing::Question) => "There is no such question",
            Self::NotFound(Missing::Sandbox) => "There is no such sandbox",
            Self::NotFound(Missing::Challenge) => "Nothing is checked here",
            Self::NotFound(Missing::Trial) => "This trial is over",
            Self::NotFound(Missing::Check) => "There is no such check",
            Self::NotFound(Missing::Pass) => "This challenge is not passed yet",
            Self::Method => "This address does not do that",
            Self::UnclearHost => "It is not clear whom this is for",
            Self::Misdirected => "Nobody lives here",
            Self::Foreign => "Another site asked for this",
            Self::TooLarge { .. } | Self::DraftTooLarge(_) => "Too large",
            Self::NoSession => "It is not clear who you are",
            Self::SlowBody | Self::CutBody => "It did not arrive whole",
            Self::Malformed(_) => "This cannot be read",
            Self::Unprocessable(_) => "This cannot be taken",
            Self::Unavailable(_) => "Not just now",
            Self::NoRoom => "No room left",
            Self::Internal => "Something broke here",
        }
    }

    /// One sentence that says what to do.
    #[must_use]
    pub(crate) fn sentence(&self) -> String {
        let sentence = match self {
            Self::NotFound(Missing::Page) => "Look for it from the course page.",
            Self::NotFound(Missing::Lesson) => {
                "It may have another name now: look for it on the course page."
            }
            Self::NotFound(Missing::Question) => {
                "The lesson may have changed: load its page again."
            }
            Self::NotFound(Missing::Sandbox) => {
                "Open its lesson and press Run, then use the address that it shows."
            }
            Self::NotFound(Missing::Challenge) => "The task of this lesson has no checks.",
            Self::NotFound(Missing::Trial) => {
                "These checks are over, or were begun anew in another tab: start them again here."
            }
            Self::NotFound(Missing::Check) => "Start the checks again.",
            Self::NotFound(Missing::Pass) => "Have your code checked until all checks pass.",
            Self::Method => "Go back and use the page's own buttons and forms.",
            Self::UnclearHost => "Send exactly one host name with the request.",
            Self::Misdirected => {
                "Check the address, or ask whoever runs this site for the right one."
            }
            Self::Foreign => "Nothing was changed: do it on this site's own page.",
            Self::NoSession => "Load the lesson's page again, with cookies allowed for this site.",
            Self::TooLarge { limit } => return too_large(*limit),
            Self::DraftTooLarge(error) => return error.to_string(),
            Self::SlowBody => "It took too long to arrive: check the connection and send it again.",
            Self::CutBody => "The connection broke: send it again.",
            Self::Malformed(sentence)
            | Self::Unprocessable(sentence)
            | Self::Unavailable(sentence) => sentence,
            Self::NoRoom => "Nothing was saved: tell whoever runs this site that its disk is full.",
            Self::Internal => {
                "Try again; if it goes on, tell whoever runs this site to look at the log."
            }
        };
        sentence.to_owned()
    }
}

fn too_large(limit: usize) -> String {
    const KIB: usize = 1024;
    let limit = match limit {
        bytes if bytes < KIB => format!("{bytes} bytes"),
        bytes if bytes < KIB * KIB => format!("{} KiB", bytes / KIB),
        bytes => format!("{} MiB", bytes / (KIB * KIB)),
    };
    format!("At most {limit} can be sent here: make it smaller.")
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => {
                tracing::error!(%error, "a write was refused");
                Self::NoRoom
            }
            StoreError::Busy | StoreError::Closed => Self::Unavailable(error.to_string()),
            other => Self::internal(other),
        }
    }
}

impl From<NoPort> for Fault {
    fn from(none: NoPort) -> Self {
        Self::Unavailable(in_a_sentence(&none.to_string()))
    }
}

impl From<NoSandbox> for Fault {
    fn from(why: NoSandbox) -> Self {
        LearningFault::from(why).into()
    }
}

impl From<LearningFault> for Fault {
    fn from(why: LearningFault) -> Self {
        match why {
            LearningFault::Store(error) => error.into(),
            LearningFault::NoPort(none) => none.into(),
            LearningFault::Gone(gone) => Self::internal(gone),
            LearningFault::NoChallenge => Self::NotFound(Missing::Challenge),
            LearningFault::Outlines(_) => Self::unprocessable(why.to_string()),
            LearningFault::NoTrial => Self::NotFound(Missing::Trial),
            LearningFault::NoCheck => Self::NotFound(Missing::Check),
            LearningFault::NotUnderWay => {
                Self::unprocessable("This check is not under way: start the checks again.")
            }
        }
    }
}

/// An error's words with a capital and a full stop.
fn in_a_sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    let first: String = first.into_iter().flatten().collect();
    format!("{first}{}.", letters.as_str())
}

impl From<ProjectError> for Fault {
    fn from(error: ProjectError) -> Self {
        match error {
            ProjectError::FileSize(_) | ProjectError::ProjectSize | ProjectError::Files => {
                Self::DraftTooLarge(error)
            }
            ProjectError::Name(_) | ProjectError::Encoding(_) => {
                Self::unprocessable(error.to_string())
            }
        }
    }
}

#[cfg(test)]
#[path = "fault_tests.rs"]
mod tests;
