//! The values of strings and numbers, however they are spelled.

/// What a string's source between its quotes means.
pub(super) fn unescaped(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut signs = source.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            text.push(sign);
            continue;
        }
        match signs.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('0') => text.push('\0'),
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('v') => text.push('\u{b}'),
            Some('x') => text.extend(code(&signs.by_ref().take(2).collect::<String>())),
            Some('u') => {
                let rest = signs.as_str();
                let digits = match rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
                    Some((digits, after)) => {
                        signs = after.chars();
                        digits.to_owned()
                    }
                    None => signs.by_ref().take(4).collect(),
                };
                text.extend(code(&digits));
            }
            Some('\n') | None => {}
            Some(other) => text.push(other),
        }
    }
    text
}

fn code(digits: &str) -> Option<char> {
    u32::from_str_radix(digits, 16)
        .ok()
        .and_then(char::from_u32)
}

/// A number in one spelling.
pub(super) fn number(source: &str) -> String {
    let plain = source.replace('_', "").to_ascii_lowercase();
    let whole = [("0x", 16), ("0o", 8), ("0b", 2)]
        .into_iter()
        .find_map(|(prefix, radix)| {
            let digits = plain.strip_prefix(prefix)?;
            u64::from_str_radix(digits, radix).ok()
        });
    match whole {
        Some(whole) => whole.to_string(),
        None => plain
            .parse::<f64>()
            .map_or(plain, |value| value.to_string()),
    }
}

/// Whether a key needs no quotes.
pub(super) fn is_name(text: &str) -> bool {
    let mut signs = text.chars();
    let first = |sign: char| sign.is_alphabetic() || matches!(sign, '_' | '$');
    signs.next().is_some_and(first) && signs.all(|sign| first(sign) || sign.is_numeric())
}
