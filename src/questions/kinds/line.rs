//! Reading a line of `hxlab mark` that names things in a list.

/// What a line is, where the answer is one text.
pub(super) const TEXT: &str = "the text";

/// What a list on a line names, by index.
pub(super) fn indices(texts: &[String], line: &str) -> Vec<usize> {
    if line.is_empty() {
        return Vec::new();
    }
    if let Some(whole) = index(texts, line) {
        return vec![whole];
    }
    let named = |signs: &[&str]| -> Vec<usize> {
        let parts = parts(line, signs).into_iter();
        let parts = parts.filter(|part| !part.is_empty());
        let index = |part: String| index(texts, &part).unwrap_or(texts.len());
        parts.map(index).collect()
    };
    // A “,” may belong to the words.
    let whole = named(&[";"]);
    if whole.iter().all(|&at| at < texts.len()) {
        return whole;
    }
    named(&[";", ","])
}

/// A number from 1, or the words themselves.
fn index(texts: &[String], text: &str) -> Option<usize> {
    if let Ok(number) = text.parse::<usize>() {
        return number.checked_sub(1);
    }
    let plain = |text: &str| text.to_lowercase().replace('`', "");
    let text = plain(text);
    texts.iter().position(|known| plain(known) == text)
}

/// The parts of a line: of a JSON array, or between these signs.
pub(super) fn parts(line: &str, signs: &[&str]) -> Vec<String> {
    if let Ok(serde_json::Value::Array(all)) = serde_json::from_str(line) {
        let text = |value: serde_json::Value| match value {
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        };
        return all.into_iter().map(text).collect();
    }
    let parts = line.split(|sign: char| signs.iter().any(|other| other.contains(sign)));
    parts.map(|part| part.trim().to_owned()).collect()
}
