//! What a learner said, and why an answer is not judged.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a learner said, as JSON with one member. Its name tells which kinds of questions the answer may
/// belong to, and its value is theirs alone: `{"choices": [0]}`, `{"text": "hx-get"}`. The store keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Answer(Value);

impl Answer {
    /// An answer whose member has this name and value.
    #[must_use]
    pub(crate) fn new(name: &str, said: impl Into<Value>) -> Self {
        Self([(name.to_owned(), said.into())].into_iter().collect())
    }

    /// The value of the member, where it has this name and the value this shape.
    pub(crate) fn said<T: DeserializeOwned>(&self, name: &str) -> Result<T, AnswerError> {
        let members = self.0.as_object().filter(|members| members.len() == 1);
        let said = members.and_then(|members| members.get(name));
        said.and_then(|said| T::deserialize(said).ok())
            .ok_or(AnswerError::OtherKind)
    }
}

/// Why an answer was not judged. Each sentence says what to do instead; such an answer is not
/// counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AnswerError {
    /// No choice was made.
    #[error("Choose an answer first.")]
    NothingChosen,
    /// The text is empty or only space.
    #[error("Write an answer first.")]
    NothingWritten,
    /// More than one choice where one is right.
    #[error("This question takes one choice: choose the best one.")]
    TooManyChosen,
    /// The text is longer than [`super::ANSWER_LIMIT`].
    #[error("This answer has {0} characters, and at most 4,000 are read: shorten it.")]
    TooLong(usize),
    /// There is no choice of this index.
    #[error("This question has no such choice: reload the page and choose again.")]
    NoSuchChoice,
    /// A step is missing, or two stand at the same place.
    #[error("Give each step a place of its own: one is missing, or two have the same.")]
    NotEachOnce,
    /// So many lefts have nothing chosen for them.
    #[error("Choose something for each: {0} still open.")]
    PairsOpen(usize),
    /// So many gaps are empty.
    #[error("Fill each gap: {0} still empty.")]
    GapsOpen(usize),
    /// The code cannot be read.
    #[error("{problem} Mend it and check again; this was not counted.")]
    Broken {
        /// Where and what, in a sentence.
        problem: String,
    },
    /// What was sent for a choice is no number.
    #[error("A choice is sent as its number: reload the page and choose.")]
    NotANumber,
    /// A text for choices, or choices for a text.
    #[error("This question is answered in another way: reload the page and answer again.")]
    OtherKind,
}
