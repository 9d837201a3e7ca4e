//! A text as a row of tokens: words with their stems, and the signs that part clauses.

use snowball_stemmers_rs::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::english;
use super::usage::Usage;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Word,
    /// `,`: the end of a clause.
    Comma,
    /// `:`, `(` or a dash: what follows belongs to what stands before.
    Opening,
    /// The end of a sentence.
    End,
}

/// One word or sign.
#[derive(Clone, Debug)]
pub(super) struct WordToken {
    /// What it is.
    pub(super) sort: Sort,
    /// The word in lower case; `?` or empty for a sign.
    pub(super) word: String,
    pub(super) stem: String,
    /// Whether a hyphen ties it to the word before.
    pub(super) glued: bool,
    content: bool,
}

impl WordToken {
    fn sign(sort: Sort) -> Self {
        Self {
            sort,
            word: String::new(),
            stem: String::new(),
            glued: false,
            content: false,
        }
    }

    /// A word with its stem.
    pub(super) fn word(word: &str) -> Self {
        Self {
            sort: Sort::Word,
            word: word.to_owned(),
            stem: stem(word),
            glued: false,
            content: !english::is_function(word),
        }
    }

    /// A word of which only the stem is known.
    pub(super) fn term(stem: &str) -> Self {
        Self {
            sort: Sort::Word,
            word: stem.to_owned(),
            stem: stem.to_owned(),
            glued: false,
            content: !english::is_function(stem),
        }
    }

    /// The same word, tied to the one before or not.
    pub(super) fn tied(self, glued: bool) -> Self {
        Self { glued, ..self }
    }

    /// Whether it is this word.
    pub(super) fn is(&self, word: &str) -> bool {
        self.word == word
    }

    /// Whether it is a word that says something by itself.
    pub(super) fn is_content(&self) -> bool {
        self.content
    }
}

/// A word's stem, by the English Snowball rules and a list of irregular forms.
pub(super) fn stem(word: &str) -> String {
    regular_stem(english::base(word))
}

fn regular_stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

/// The tokens of a text, with its signs and names read as `usage` says.
pub(super) fn tokens(text: &str, usage: &Usage) -> Vec<WordToken> {
    let mut tokens = Vec::new();
    let mut hyphen = false;
    for part in plain(text, &usage.signs).split_word_bounds() {
        let glued = std::mem::replace(&mut hyphen, part == "-");
        match part {
            "," | "/" | ")" | "]" => tokens.push(WordToken::sign(Sort::Comma)),
            ":" | "(" | "[" | "—" | "–" => tokens.push(WordToken::sign(Sort::Opening)),
            ";" | "." | "!" | "…" | "\n" | "\r\n" => tokens.push(WordToken::sign(Sort::End)),
            "?" => {
                let word = part.to_owned();
                let sign = WordToken::sign(Sort::End);
                tokens.push(WordToken { word, ..sign });
            }
            "&" | "+" => tokens.push(WordToken::word("and")),
            "=" => tokens.push(WordToken::word("is")),
            word if word.chars().any(char::is_alphanumeric) => {
                let first = tokens.len();
                add(&mut tokens, word, usage);
                if let Some(token) = tokens.get_mut(first) {
                    token.glued = glued && first > 0;
                }
            }
            _ => {}
        }
    }
    tokens
}

fn add(tokens: &mut Vec<WordToken>, word: &str, usage: &Usage) {
    if let Some(words) = english::expanded(word) {
        tokens.extend(words.split(' ').map(WordToken::word));
    } else {
        let word = word.strip_suffix("'s").unwrap_or(word);
        let mut token = WordToken::word(word);
        let last = tokens.last();
        if last.is_some_and(|last| usage.is_name(&last.word, word)) {
            token.stem = regular_stem(word);
        }
        tokens.push(token);
    }
}

/// The text in one form of each letter, quote, arrow and abbreviation.
fn plain(text: &str, signs: &[(String, String)]) -> String {
    let lower: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let mut plain = lower.replace(['‘', '’', '′', '´', '`'], "'");
    // A list that was written on one line.
    if plain.trim_start().starts_with("- ") {
        plain = plain.replace(" - ", "\n");
    }
    for (sign, words) in signs {
        plain = plain.replace(sign, words);
    }
    for (from, to) in [
        ("<->", " both ways "),
        ("<=>", " both ways "),
        ("<-->", " both ways "),
        ("↔", " both ways "),
        ("⇄", " both ways "),
        ("===", "="),
        ("==", "="),
        ("<--", " from "),
        ("<-", " from "),
        ("←", " from "),
        ("-->", " to "),
        ("->", " to "),
        ("=>", " to "),
        ("→", " to "),
        (" - ", " — "),
        (" -- ", " — "),
        ("e.g.", "for example "),
        ("i.e.", "that is "),
        ("vs.", "vs "),
        ("etc.", "etc "),
        ("_", "-"),
    ] {
        plain = plain.replace(from, to);
    }
    let signs: Vec<char> = plain.chars().collect();
    let inside = |at: usize| {
        let next_to = |at: Option<usize>| {
            at.and_then(|at| signs.get(at))
                .is_some_and(|sign| sign.is_alphanumeric())
        };
        next_to(at.checked_sub(1)) && next_to(Some(at + 1))
    };
    let parted = signs.iter().enumerate().map(|(at, &sign)| match sign {
        '.' | '/' | ':' if inside(at) => ' ',
        '\'' if !inside(at) => ' ',
        other => other,
    });
    parted.collect()
}
