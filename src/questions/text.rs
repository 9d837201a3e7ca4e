//! What two short texts have to share to count as the same answer.

use unicode_normalization::UnicodeNormalization;

/// A text without what does not matter: Unicode form, case, runs of white space, space around
/// `=`, the kind of quotes, quotes or backticks around the whole, final punctuation. A text that
/// is nothing but such signs stays as it is.
pub fn normalised(text: &str) -> String {
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
