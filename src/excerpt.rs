//! The beginning of a text, where all of it would be too long for a sentence or a line.

use std::borrow::Cow;

/// At most so many characters of a text, and “…” where more follow.
#[must_use]
pub(crate) fn beginning(text: &str, characters: usize) -> Cow<'_, str> {
    match text.char_indices().nth(characters) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters_and_only_when_it_is_longer() {
        assert_eq!(beginning("über", 4), "über");
        assert_eq!(beginning("über", 1), "ü…");
        assert_eq!(beginning("", 0), "");
    }
}
