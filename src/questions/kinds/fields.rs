//! What kinds read from a form's fields, and what fills them.

use crate::form::FormFields;
use crate::questions::{Answer, AnswerError};

/// The member of an answer, and the field of a form, that is one text.
pub(super) const TEXT: &str = "text";

/// What was written into the field of this name, with line ends as `\n`: browsers send those of a text area as
/// `\r\n`, and count them as one character.
pub(super) fn text(fields: &FormFields, name: &str) -> String {
    let written = fields.first(name).unwrap_or_default();
    written.replace("\r\n", "\n")
}

/// A number from `least` on, as one from 0 on; nothing where nothing was chosen.
pub(super) fn number(text: Option<&str>, least: usize) -> Result<Option<usize>, AnswerError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let number = text.parse::<usize>().ok();
    let number = number.and_then(|number| number.checked_sub(least));
    number.map(Some).ok_or(AnswerError::NotANumber)
}

/// The numbers in the fields `NAME-0`, `NAME-1`, …, each from `least` on, as ones from 0 on.
pub(super) fn numbers(
    fields: &FormFields,
    name: &str,
    count: usize,
    least: usize,
) -> Result<Vec<Option<usize>>, AnswerError> {
    let of = |at: usize| number(fields.first(&format!("{name}-{at}")), least);
    (0..count).map(of).collect()
}

/// The fields `NAME-0`, `NAME-1`, … with these values; those without one stay empty.
pub(super) fn numbered(name: &str, values: impl Iterator<Item = Option<String>>) -> FormFields {
    let field = |(at, value): (usize, Option<String>)| Some((format!("{name}-{at}"), value?));
    values.enumerate().filter_map(field).collect()
}

/// An answer that is one text.
pub(super) fn text_answer(fields: &FormFields) -> Answer {
    Answer::new(TEXT, text(fields, TEXT))
}

/// The field of an answer that is one text.
pub(super) fn text_field(answer: &Answer) -> FormFields {
    let text: Option<String> = answer.said(TEXT).ok();
    let field = text.map(|text| (TEXT.to_owned(), text));
    field.into_iter().collect()
}
