//! Judging: an answer against a question.

use super::text::is_too_long;
use super::{Answer, Question, Task, Verdict};

/// Why an answer was not judged. Each sentence says what to do instead; such an answer is not
/// counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
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
    /// A text for choices, or choices for a text.
    #[error("This question is answered in another way: reload the page and answer again.")]
    OtherKind,
}

impl Question {
    /// The verdict on an answer. The same answer always gets the same verdict.
    pub fn judge(&self, answer: &Answer) -> Result<Verdict, AnswerError> {
        match (&self.task, answer) {
            (Task::Choices(choices), Answer::Choices(chosen)) => choices.judge(chosen),
            (Task::Text(short), Answer::Text(text)) => short.judge(text),
            (Task::Steps(steps), Answer::Steps(order)) => steps.judge(order),
            (Task::Pairs(pairs), Answer::Pairs(chosen)) => pairs.judge(chosen),
            (Task::Gaps(gaps), Answer::Gaps(texts)) => gaps.judge(texts),
            (Task::Code(code), Answer::Text(text)) => code.judge(text),
            (Task::Words(words), Answer::Text(text)) => {
                is_too_long(text)?;
                if text.trim().is_empty() {
                    return Err(AnswerError::NothingWritten);
                }
                Ok(words.judge(text))
            }
            _ => Err(AnswerError::OtherKind),
        }
    }
}
