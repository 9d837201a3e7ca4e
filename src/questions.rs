//! Questions and their marking: pure, without files, clocks or pages.
//!
//! A [`Question`] is parsed from a lesson's fenced block by [`parse`], and [`Question::judge`]
//! gives the [`Verdict`] of an [`Answer`]. What [`Question`] holds never leaves the server whole:
//! pages get the prompt and the choices' texts only.

/// A question with all that is needed to judge an answer.
#[derive(Debug)]
pub struct Question {
    /// Unique in the course.
    pub id: String,
}
