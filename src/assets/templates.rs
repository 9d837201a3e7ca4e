//! The pages' templates, parsed once at start.

use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Kwargs, State, Tera, TeraResult};
use time::OffsetDateTime;
use time::macros::format_description;

use super::packed;

pub(crate) use tera::Context;

#[derive(RustEmbed)]
#[folder = "embedded/templates"]
#[include = "*.html"]
struct TemplateFiles;

/// A template that does not parse, or a page that its context does not fill.
#[derive(Debug, thiserror::Error)]
#[error("template: {0}")]
pub(crate) struct TemplateError(#[from] tera::Error);

/// The folder with a template for each kind of question, named after the kind.
const OF_KINDS: &str = "questions/";

/// All templates. Each is named by its file: `lesson.html`.
#[derive(Clone, Debug)]
pub(crate) struct Templates(Tera);

impl Templates {
    /// Parses what is packed in.
    ///
    /// In a template, `asset(name="site.css")` is the address of a packed file, and `ms | day` a day;
    /// `question-fields.html` is the template of the question's kind.
    pub(crate) fn new() -> Result<Self, TemplateError> {
        Self::with(Vec::new())
    }

    /// The same with more templates: file → source.
    pub(crate) fn with(more: Vec<(String, String)>) -> Result<Self, TemplateError> {
        let mut tera = Tera::new();
        tera.register_function("asset", address);
        tera.register_filter("day", day);
        let packed = TemplateFiles::iter().filter_map(|name| {
            let source = super::text(TemplateFiles::get(&name)?.data)?;
            Some((name.into_owned(), source.into_owned()))
        });
        let mut sources: Vec<(String, String)> = packed.chain(more).collect();
        sources.push(("question-fields.html".to_owned(), by_kind(&sources)));
        tera.add_raw_templates(sources)?;
        Ok(Self(tera))
    }

    /// A whole page.
    pub(crate) fn render(&self, name: &str, context: &Context) -> Result<String, TemplateError> {
        Ok(self.0.render(name, context)?)
    }

    /// One block of a page, the fragment that htmx swaps.
    pub(crate) fn render_block(
        &self,
        name: &str,
        block: &str,
        context: &Context,
    ) -> Result<String, TemplateError> {
        Ok(self.0.render_block(name, block, context)?)
    }
}

/// The template that includes the one of the question's kind. A name to include has to be written out, so this
/// is made of the names that there are.
fn by_kind(sources: &[(String, String)]) -> String {
    let mut kinds: Vec<&str> = sources
        .iter()
        .filter_map(|(file, _)| file.strip_prefix(OF_KINDS)?.strip_suffix(".html"))
        .collect();
    kinds.sort_unstable();
    let branch = |kind: &&str| {
        format!(" question.kind == \"{kind}\" %}}\n{{% include \"{OF_KINDS}{kind}.html\" %}}")
    };
    let branches: Vec<String> = kinds.iter().map(branch).collect();
    format!("{{%- if{}{{% endif %}}", branches.join("{% elif"))
}

/// JSON that can stand inside `<script type="application/json">`: no `<`, `>`, `&` and no line
/// separators of Unicode, so nothing in it ends the element or opens a comment.
pub(crate) fn script_json<T: Serialize>(value: &T) -> Result<String, serde_json::Error> {
    let json = serde_json::to_string(value)?;
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            other => safe.push(other),
        }
    }
    Ok(safe)
}

/// Milliseconds since 1970 as a day: `3 June 2026`.
fn day(milliseconds: i64, _: Kwargs, _: &State) -> TeraResult<String> {
    let day = OffsetDateTime::from_unix_timestamp(milliseconds / 1000)
        .map_err(|error| tera::Error::message(error.to_string()))?;
    day.format(format_description!(
        "[day padding:none] [month repr:long] [year]"
    ))
    .map_err(|error| tera::Error::message(error.to_string()))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the signature of tera's functions"
)]
fn address(arguments: Kwargs, _: &State) -> TeraResult<String> {
    let name: &str = arguments.must_get("name")?;
    if packed::site(name).is_none() {
        return Err(tera::Error::message(format!("no asset is named {name}")));
    }
    Ok(format!("/assets/{}/{name}", packed::site_version()))
}
