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
pub(crate) const KNOWN: &str = "html, css, javascript, json, bash, toml, text, mermaid or question";

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
