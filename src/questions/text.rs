//! What two short texts have to share to count as the same answer, and texts as such.

use unicode_normalization::UnicodeNormalization;

use super::{ANSWER_LIMIT, AnswerError};

/// Refuses a text over the limit.
pub(super) fn is_too_long(text: &str) -> Result<(), AnswerError> {
    let length = text.chars().count();
    if length > ANSWER_LIMIT {
        return Err(AnswerError::TooLong(length));
    }
    Ok(())
}

/// A text without what does not matter: Unicode form, case, runs of white space, space around
/// `=`, the kind of quotes, quotes or backticks around the whole, final punctuation. A text that
/// is nothing but such signs stays as it is.
pub(super) fn normalised(text: &str) -> String {
    let plain: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(plain)
        .collect();
    let spaced = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let spaced = spaced.replace(" =", "=").replace("= ", "=");
    let bare = bare(&spaced);
    if bare.is_empty() {
        spaced
    } else {
        bare.to_owned()
    }
}

/// A piece of code without what never matters in one: space at its ends and runs of it, the kind of
/// quotes, quotes or backticks around the whole. Case does.
pub(super) fn code_normalised(text: &str) -> String {
    let plain: String = text.nfc().map(plain).collect();
    let spaced = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let inner = ['"', '`'].into_iter().find_map(|quote| {
        let inner = spaced.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inner.contains(quote)).then(|| inner.trim().to_owned())
    });
    inner.filter(|inner| !inner.is_empty()).unwrap_or(spaced)
}

/// The words of sanitised HTML, on one line.
pub(crate) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for sign in html.chars() {
        match sign {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if !in_tag => text.push(sign),
            _ => {}
        }
    }
    let plain = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(sign: char) -> char {
    match sign {
        '\'' | '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '′'
        | '″' => '"',
        '‐' | '‑' | '–' | '−' => '-',
        other => other,
    }
}

fn bare(text: &str) -> &str {
    let ended = text.trim_end_matches(['.', ',', ';', '!', '?', ' ']);
    let inner = ['"', '`'].into_iter().find_map(|quote| {
        let inner = ended.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inner.contains(quote)).then_some(inner.trim())
    });
    inner.map_or(ended, bare)
}
