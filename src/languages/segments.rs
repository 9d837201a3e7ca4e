//! Bounds of characters, words and sentences in a text (UAX 29), which are the same for all languages here. ICU's
//! dictionaries, which find words in Chinese, Japanese and Thai, would take more room than all the rest of `Intl`.

use unicode_segmentation::UnicodeSegmentation as _;

/// What a text is cut into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grain {
    /// What a reader takes for one character.
    Grapheme,
    /// Words, and what stands between them.
    Word,
    /// Sentences.
    Sentence,
}

/// Where a piece begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    /// In units of UTF-16.
    pub(crate) at: usize,
    /// Whether it has letters or digits.
    pub(crate) is_word: bool,
}

/// The beginnings of all pieces.
pub(crate) fn bounds(grain: Grain, text: &str) -> Vec<Bound> {
    let pieces: Box<dyn Iterator<Item = &str>> = match grain {
        Grain::Grapheme => Box::new(text.graphemes(true)),
        Grain::Word => Box::new(text.split_word_bounds()),
        Grain::Sentence => Box::new(text.split_sentence_bounds()),
    };
    let mut at = 0;
    let mut bound = |piece: &str| {
        let is_word = grain == Grain::Word && piece.contains(char::is_alphanumeric);
        let bound = Bound { at, is_word };
        at += piece.encode_utf16().count();
        bound
    };
    pieces.map(&mut bound).collect()
}

#[cfg(test)]
mod tests {
    use super::{Grain, bounds};

    #[test]
    fn bounds_are_counted_as_javascript_counts() {
        let at = |grain, text| {
            let found = bounds(grain, text);
            found.iter().map(|bound| bound.at).collect::<Vec<_>>()
        };
        assert_eq!(at(Grain::Grapheme, "a👩‍🚀é"), [0, 1, 6]);
        assert_eq!(at(Grain::Sentence, "One. Two."), [0, 5]);
        let words = bounds(Grain::Word, "Hi, you");
        let words: Vec<_> = words.iter().filter(|bound| bound.is_word).collect();
        assert_eq!(words.len(), 2);
        assert!(bounds(Grain::Word, "").is_empty());
    }
}
