//! What a learner's work belongs to: an exercise, which is a lesson in one of its variants, or a project of their own in
//! the playground.
//!
//! Lessons, questions and variants are named by texts of one shape ([`is_slug`]). Each has a type of its
//! own, so that none is taken for another, and none for any other text.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The longest name of a lesson, a question or a variant, in bytes.
const SLUG_LIMIT: usize = 64;

/// Whether a text may name a lesson, a question or a variant: lower-case letters, digits and hyphens, 1 to
/// 64 of them.
#[must_use]
pub(crate) fn is_slug(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=SLUG_LIMIT).contains(&text.len()) && text.bytes().all(plain)
}

/// A name that is a slug, and cheap to copy.
macro_rules! slug {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub(crate) struct $name(Arc<str>);

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                &*self.0 == text
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                &*self.0 == *text
            }
        }
    };
}

slug! {
    /// The name of a lesson: from its folder `13-a-websocket-in-html`, `a-websocket-in-html`. Unique in the
    /// course.
    LessonSlug
}

slug! {
    /// The name of a question. Unique in the course, and the same for good: answers are kept under it.
    QuestionId
}

slug! {
    /// The name of a step. Unique in its lesson, and the same for good: ticks are kept under it.
    StepId
}

slug! {
    /// One of the ways in which a lesson can be done, such as `htmx-2`.
    Variant
}

slug! {
    /// The id of a learner's own project in the playground: 128 random bits in letters and digits.
    ProjectId
}

impl Variant {
    /// The variant that uses this major version of htmx.
    #[must_use]
    pub(crate) fn of_htmx(version: u32) -> Self {
        format!("htmx-{version}").into()
    }
}

/// A lesson in one of its variants: what drafts, sandboxes, trials and results belong to. A project in the playground has
/// drafts and a sandbox as well, under a name that no lesson can have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ExerciseId {
    pub(crate) lesson: LessonSlug,
    pub(crate) variant: Variant,
}

/// What the name of a project stands behind, as if it were a lesson's: no slug has a slash.
const PLAYGROUND: &str = "play/";

impl LessonSlug {
    /// The project that is kept under this name, where it is not a lesson's.
    #[must_use]
    pub(crate) fn project(&self) -> Option<ProjectId> {
        self.0.strip_prefix(PLAYGROUND).map(ProjectId::from)
    }
}

impl ExerciseId {
    /// What a project in the playground is kept under.
    #[must_use]
    pub(crate) fn of_project(id: &ProjectId) -> Self {
        Self {
            lesson: format!("{PLAYGROUND}{id}").into(),
            variant: "own".into(),
        }
    }
}

impl fmt::Display for ExerciseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {}", self.lesson, self.variant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_is_kept_under_a_name_that_no_lesson_has() {
        let id = ProjectId::from("abcd");
        let exercise = ExerciseId::of_project(&id);
        assert!(!is_slug(&exercise.lesson));
        assert_eq!(exercise.lesson.project(), Some(id));
        assert_eq!(LessonSlug::from("play").project(), None);
    }
}
