//! Text that others wrote, for a terminal: it may have colours, and nothing else that a terminal obeys.

/// What stands in place of a character that a terminal would obey.
const SHOWN: char = '\u{fffd}';

/// The text with line breaks, tabs and colours, and without other control characters.
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_coloured = false;
    while let Some(character) = rest.chars().next() {
        if let Some(length) = colour(rest) {
            shown.push_str(&rest[..length]);
            rest = &rest[length..];
            is_coloured = true;
            continue;
        }
        let obeyed = character.is_control() && !matches!(character, '\n' | '\t');
        shown.push(if obeyed { SHOWN } else { character });
        rest = &rest[character.len_utf8()..];
    }
    if is_coloured {
        shown.push_str("\x1b[0m");
    }
    shown
}

/// The length of the colour (`ESC [ 1 ; 31 m`) that the text begins with.
fn colour(text: &str) -> Option<usize> {
    let numbers = text.strip_prefix("\x1b[")?;
    let end = numbers.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    numbers[end..].starts_with('m').then_some(2 + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_stay_and_nothing_else_is_obeyed() {
        assert_eq!(plain("a\tb\nü"), "a\tb\nü");
        assert_eq!(plain("\x1b[1;31mred\x1b[0m"), "\x1b[1;31mred\x1b[0m\x1b[0m");
        for hostile in [
            "\x1b]0;title\x07",
            "\x1b[2J",
            "\x1b[31",
            "\u{9b}2J",
            "a\rb",
            "\x1b[?25l",
        ] {
            let shown = plain(hostile);
            assert!(!shown.contains(|c: char| c.is_control()), "{shown:?}");
        }
    }
}
