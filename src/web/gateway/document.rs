//! Puts the preview's script into a page that is shown in the preview.
//!
//! Only documents for a frame get it (`Sec-Fetch-Dest: iframe`): another browser, another window and
//! every other client sees what the learner's server sent, to the byte.

use super::elsewhere::script_lines;
use super::own::PREVIEW_SCRIPT;

/// Of so many scripts in a document the lines are told.
const LINES_LIMIT: usize = 200;

/// The document with a script at its beginning: after the doctype, so that the page stays in
/// standards mode, and before all else, so that it runs first.
#[must_use]
pub(super) fn with_script(document: &[u8], tag: &str) -> Vec<u8> {
    let at = after_doctype(document);
    [&document[..at], tag.as_bytes(), &document[at..]].concat()
}

/// The tag of the preview's script, which tells it as well in which lines of the document scripts begin; any other as it
/// is. An error names a line of the page, and the server may have made that of several pieces: the script tells what
/// stands there.
#[must_use]
pub(super) fn with_lines(tag: &str, document: &[u8]) -> String {
    let opening = format!(r#"<script src="{PREVIEW_SCRIPT}""#);
    let Some(rest) = tag.strip_prefix(&opening) else {
        return tag.to_owned();
    };
    let lines = script_lines(document).into_iter().take(LINES_LIMIT);
    let lines: Vec<_> = lines.map(|line| line.to_string()).collect();
    format!(r#"{opening} data-scripts="{}"{rest}"#, lines.join(" "))
}

/// Where the doctype ends; 0 when the document does not begin with one.
fn after_doctype(document: &[u8]) -> usize {
    let bom = if document.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    let mut rest = &document[bom..];
    loop {
        rest = rest.trim_ascii_start();
        let Some(comment) = rest.strip_prefix(b"<!--") else {
            break;
        };
        let Some(end) = comment.windows(3).position(|three| three == b"-->") else {
            return bom;
        };
        rest = &comment[end + 3..];
    }
    let is_doctype = rest
        .get(..9)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"<!doctype"));
    match rest.iter().position(|byte| *byte == b'>') {
        Some(end) if is_doctype => document.len() - rest.len() + end + 1,
        _ => bom,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_tells_in_which_lines_scripts_begin() {
        let document = "<!doctype html>\n<script>\n  one();\n</script><!-- <script> -->\n\
                        <script src=a.js></script>\n<p\n title=\"<script>\"><SCRIPT type=module>two()</SCRIPT>";
        let tag = format!(r#"<script src="{PREVIEW_SCRIPT}" data-entry="1"></script>"#);
        let told = with_lines(&tag, document.as_bytes());
        assert!(
            told.contains(r#".js" data-scripts="2 7" data-entry="1">"#),
            "{told}"
        );
        assert_eq!(
            with_lines("<script></script>", document.as_bytes()),
            "<script></script>"
        );
    }

    #[test]
    fn the_script_comes_first_and_the_doctype_stays_in_front() {
        for (document, expected) in [
            ("<!doctype html><p>", "<!doctype html>S<p>"),
            (
                " <!-- a > b --> <!DOCTYPE html>\n<html>",
                " <!-- a > b --> <!DOCTYPE html>S\n<html>",
            ),
            ("<p>no doctype", "S<p>no doctype"),
            ("\u{feff}<p>", "\u{feff}S<p>"),
            ("<!-- never closed", "S<!-- never closed"),
            ("<!doctype", "S<!doctype"),
            ("", "S"),
        ] {
            let with = with_script(document.as_bytes(), "S");
            assert_eq!(String::from_utf8_lossy(&with), expected);
        }
    }
}
