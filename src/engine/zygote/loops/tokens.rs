//! JavaScript cut into words and signs, without comments, strings and regular expressions.

/// A word or a sign.
#[derive(Debug)]
pub(super) struct SourceToken<'a> {
    pub(super) text: &'a str,
    /// From 1.
    pub(super) line: u32,
    /// From 1, in characters.
    pub(super) column: u32,
    /// The other one of a pair of braces, brackets or parentheses.
    pub(super) pair: Option<usize>,
    /// Whether this is the keyword of a loop.
    pub(super) begins_loop: bool,
}

/// Cuts a file.
pub(super) fn tokens(text: &str) -> Vec<SourceToken<'_>> {
    let mut found: Vec<SourceToken> = Vec::new();
    let mut open = Vec::new();
    let (mut at, mut line, mut line_start) = (0, 1, 0);
    while at < text.len() {
        let length = length(&text[at..], found.last().map(|token| token.text));
        let piece = &text[at..at + length];
        let starts = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`');
        let silent = piece.starts_with(starts) || (piece.len() > 1 && piece.starts_with('/'));
        if !silent {
            let column = text[line_start..at].chars().count() + 1;
            let dotted = found.last().is_some_and(|token| token.text == ".");
            let index = found.len();
            found.push(SourceToken {
                text: piece,
                line,
                column: u32::try_from(column).unwrap_or(u32::MAX),
                pair: None,
                begins_loop: !dotted && matches!(piece, "for" | "while" | "do"),
            });
            match piece {
                "{" | "(" | "[" => open.push(index),
                "}" | ")" | "]" => {
                    if let Some(first) = open.pop() {
                        found[index].pair = Some(first);
                        found[first].pair = Some(index);
                    }
                }
                _ => {}
            }
        }
        for (offset, _) in piece.match_indices('\n') {
            line += 1;
            line_start = at + offset + 1;
        }
        at += length;
    }
    found
}

/// How long the first piece of `text` is, in bytes; never 0.
fn length(text: &str, before: Option<&str>) -> usize {
    let Some(first) = text.chars().next() else {
        return 1;
    };
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let run = |part: fn(char) -> bool| text.find(|c| !part(c)).unwrap_or(text.len());
    match first {
        c if c.is_whitespace() => run(char::is_whitespace),
        c if word(c) => text.find(|c| !word(c)).unwrap_or(text.len()),
        '"' | '\'' => quoted(text, first),
        '`' => template(text),
        '/' if text.starts_with("//") => text.find('\n').unwrap_or(text.len()),
        '/' if text.starts_with("/*") => text.find("*/").map_or(text.len(), |end| end + 2),
        '/' if before.is_none_or(before_expression) => quoted(text, '/'),
        '=' if text.starts_with("=>") => 2,
        c => c.len_utf8(),
    }
}

/// Whether a slash behind this begins a regular expression, and no division.
fn before_expression(before: &str) -> bool {
    let ends_value = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | ')' | ']' | '}');
    matches!(
        before,
        "return" | "typeof" | "case" | "in" | "of" | "await" | "yield"
    ) || !before.ends_with(ends_value)
}

/// To the closing mark, or the end of the line.
fn quoted(text: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return at,
            c if c == mark => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// To the closing backtick; what stands in `${…}` belongs to it.
fn template(text: &str) -> usize {
    let mut at = 1;
    let mut depth = 0_u32;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '\\' => at += text[at + 1..].chars().next().map_or(0, char::len_utf8),
            '`' if depth == 0 => return at + 1,
            '`' => at += template(&text[at..]) - 1,
            '$' if text[at..].starts_with("${") => {
                depth += 1;
                at += 1;
            }
            '{' if depth > 0 => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += c.len_utf8();
    }
    text.len()
}
