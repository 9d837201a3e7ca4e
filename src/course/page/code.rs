//! Fenced code: its info string, its highlighting, its figure.

use arborium::{Config, Highlighter, HtmlFormat};

use super::seal::depth;
use crate::escape::escaped;

/// The most brackets or tags inside each other.
const DEEPEST: usize = 100;

/// What a fence's info string says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Info {
    /// Its first word.
    pub(crate) language: String,
    /// `title="…"`.
    pub(crate) title: Option<String>,
    /// Everything after the first word, where it is no attribute.
    pub(crate) rest: String,
}

impl Info {
    /// Reads `language title="…"`.
    pub(crate) fn read(info: &str) -> Self {
        let (language, rest) = info
            .trim()
            .split_once([' ', '\t'])
            .unwrap_or((info.trim(), ""));
        let (title, rest) = titled(rest).unwrap_or((None, rest.to_owned()));
        Self {
            language: language.to_owned(),
            title,
            rest: rest.trim().to_owned(),
        }
    }
}

/// Takes `title="…"` out of the rest of an info string; an empty title is none.
fn titled(rest: &str) -> Option<(Option<String>, String)> {
    let (before, after) = rest.split_once("title=\"")?;
    let (title, after) = after.split_once('"')?;
    let title = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
    Some((title, format!("{before}{after}")))
}

/// A language that code may be in.
struct CodeLanguage {
    /// Its names in a fence.
    names: &'static [&'static str],
    /// arborium's name for it; none where nothing is highlighted.
    grammar: Option<&'static str>,
    /// Its name to read.
    shown: &'static str,
}

const fn language(
    names: &'static [&'static str],
    grammar: Option<&'static str>,
    shown: &'static str,
) -> CodeLanguage {
    CodeLanguage {
        names,
        grammar,
        shown,
    }
}

const LANGUAGES: [CodeLanguage; 7] = [
    language(&["html"], Some("html"), "HTML"),
    language(&["css"], Some("css"), "CSS"),
    language(
        &["javascript", "js", "mjs"],
        Some("javascript"),
        "JavaScript",
    ),
    language(&["json"], Some("json"), "JSON"),
    language(&["bash", "sh", "shell"], Some("bash"), "Shell"),
    language(&["toml"], Some("toml"), "TOML"),
    language(&["", "text", "plain", "txt"], None, "Text"),
];

/// The languages' names, for a fault.
pub(crate) const KNOWN: &str =
    "html, css, javascript, json, bash, toml, text, mermaid, question or step";

/// Makes the highlighter that [`figure`] takes; `fork` it for another thread.
pub(crate) fn highlighter() -> Highlighter {
    let html_format = HtmlFormat::ClassNamesWithPrefix("hl".into());
    Highlighter::with_config(Config {
        html_format,
        ..Config::default()
    })
}

/// Whether a highlighter could take minutes for this code: what it takes grows with the square of how deep brackets
/// and tags stand in each other. All are counted that are not closed, in strings as well.
pub(crate) fn is_deep(info: &Info, code: &str) -> bool {
    let known = LANGUAGES
        .iter()
        .find(|known| known.names.contains(&&*info.language));
    if known.is_none_or(|known| known.grammar.is_none()) {
        return false;
    }
    let mut open = 0_usize;
    let brackets = code.bytes().any(|byte| {
        match byte {
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > DEEPEST
    });
    brackets || info.language == "html" && depth(code) > DEEPEST
}

/// The code as a figure; none where the language is unknown.
pub(crate) fn figure(info: &Info, code: &str, highlighter: &mut Highlighter) -> Option<String> {
    let known = LANGUAGES
        .iter()
        .find(|known| known.names.contains(&&*info.language));
    let CodeLanguage { grammar, shown, .. } = known?;
    let code = code.strip_suffix('\n').unwrap_or(code);
    let spans = grammar.and_then(|grammar| highlighter.highlight(grammar, code).ok());
    let html = spans.unwrap_or_else(|| escaped(code));
    let title = info.title.as_deref().map(escaped);
    let label = match &title {
        Some(title) => format!("{shown}: {title}"),
        None => format!("{shown} code"),
    };
    let language_shown = (!info.language.is_empty()).then_some(*shown);
    let caption = caption(title.as_deref(), language_shown);
    let language = grammar.unwrap_or("text");
    Some(format!(
        "<figure class=\"code\" data-language=\"{language}\">{caption}\
         <pre tabindex=\"0\" role=\"group\" aria-label=\"{label}\"><code>{html}</code></pre></figure>"
    ))
}

/// The lines of a file's code as HTML, each whole by itself; without colours where its language has none.
pub(crate) fn lines(file: &str, code: &str, highlighter: &mut Highlighter) -> Vec<String> {
    let language = match file.rsplit('.').next().unwrap_or_default() {
        "ts" | "tsx" | "jsx" | "mts" => "js",
        ending => ending,
    };
    let info = Info {
        language: language.to_owned(),
        ..Info::default()
    };
    let known = LANGUAGES
        .iter()
        .find(|known| known.names.contains(&language));
    let grammar = known.and_then(|known| known.grammar);
    let grammar = grammar.filter(|_| !is_deep(&info, code));
    let html = grammar.and_then(|grammar| highlighter.highlight(grammar, code).ok());
    let lines = in_lines(&html.unwrap_or_else(|| escaped(code)));
    if lines.len() == code.split('\n').count() {
        lines
    } else {
        code.split('\n').map(escaped).collect()
    }
}

/// HTML in lines: what is open at a line's end is closed there, and opened again in the next one.
fn in_lines(html: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '\n']) {
        line.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match rest.find('>') {
            Some(end) if rest.starts_with('<') => end + 1,
            _ => 1,
        };
        let (piece, behind) = rest.split_at(length);
        rest = behind;
        if piece == "\n" {
            for tag in open.iter().rev() {
                line.push_str(&closing(tag));
            }
            lines.push(std::mem::replace(&mut line, open.concat()));
            continue;
        }
        line.push_str(piece);
        if piece.starts_with("</") {
            open.pop();
        } else {
            open.push(piece);
        }
    }
    line.push_str(rest);
    lines.push(line);
    lines
}

/// `<span class="a">` → `</span>`
fn closing(tag: &str) -> String {
    let name = tag.trim_start_matches('<').trim_end_matches('>');
    let name = name.split_whitespace().next().unwrap_or_default();
    format!("</{name}>")
}

fn caption(title: Option<&str>, name: Option<&str>) -> String {
    let part = |class: &str, text: Option<&str>| {
        text.map(|text| format!("<span class=\"{class}\">{text}</span>"))
            .unwrap_or_default()
    };
    let parts = part("code-title", title) + &part("code-language", name);
    if parts.is_empty() {
        parts
    } else {
        format!("<figcaption>{parts}</figcaption>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_code_is_whole_by_itself() {
        let html = "<a-s class=\"x\">one\n<b>two</b>\n</a-s>three";
        let expected = [
            "<a-s class=\"x\">one</a-s>",
            "<a-s class=\"x\"><b>two</b></a-s>",
            "<a-s class=\"x\"></a-s>three",
        ];
        assert_eq!(in_lines(html), expected);
        let mut highlighter = highlighter();
        let code = "/* a\n   b */\nlet c = `<\n>`;";
        let coloured = lines("a.js", code, &mut highlighter);
        assert_eq!(coloured.len(), 4);
        assert!(coloured[1].contains("hl-comment"), "{coloured:?}");
        assert_eq!(
            lines("a.txt", "1 < 2\n", &mut highlighter),
            ["1 &lt; 2", ""]
        );
    }
}
