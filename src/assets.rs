//! What is packed into the binary: the site's styles, scripts and fonts, the libraries for learners'
//! pages, the engine's Web layer, what goes beside an exported project, what a project in the playground begins with,
//! templates and the course.
//!
//! Entry points: [`site`], [`library`], [`engine`], [`export`], [`beginning`], [`course_tree`] and [`Templates`]. The only
//! door to `rust-embed` and `tera`.

mod packed;
mod templates;

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_embed::RustEmbed;

pub(crate) use packed::{Asset, library, site, site_version};
pub(crate) use templates::{Context, Templates, script_json};

#[derive(RustEmbed)]
#[folder = "$OUT_DIR/dist/engine"]
struct EngineFiles;

#[derive(RustEmbed)]
#[folder = "$OUT_DIR/dist/export"]
struct Export;

#[derive(RustEmbed)]
#[folder = "lessons"]
#[exclude = ".*"]
#[exclude = "README.md"]
#[allow_missing = true]
struct Lessons;

#[derive(RustEmbed)]
#[folder = "embedded/beginnings"]
struct Beginnings;

/// One module of the engine's Web layer, by its file name: `web.js`, `serve.js`, `hono.js`.
#[must_use]
pub(crate) fn engine(name: &str) -> Option<Cow<'static, str>> {
    EngineFiles::get(name).and_then(|file| text(file.data))
}

/// What goes beside a project that is taken away: path in the archive → text.
#[must_use]
pub(crate) fn export() -> BTreeMap<String, Cow<'static, str>> {
    let entry = |path: Cow<'static, str>| {
        let text = text(Export::get(&path)?.data)?;
        Some((path.into_owned(), text))
    };
    Export::iter().filter_map(entry).collect()
}

/// The files of a beginning, `embedded/beginnings/NAME/`: name → bytes.
#[must_use]
pub(crate) fn beginning(name: &str) -> BTreeMap<String, Cow<'static, [u8]>> {
    let entry = |path: Cow<'static, str>| {
        let (folder, file) = path.split_once('/')?;
        let data = (folder == name).then(|| Beginnings::get(&path))??.data;
        Some((file.to_owned(), data))
    };
    Beginnings::iter().filter_map(entry).collect()
}

/// The course that is packed in: relative path with `/` → bytes.
#[must_use]
pub(crate) fn course_tree() -> BTreeMap<String, Vec<u8>> {
    let entry = |path: Cow<'static, str>| {
        let bytes = Lessons::get(&path)?.data.into_owned();
        Some((path.into_owned(), bytes))
    };
    Lessons::iter().filter_map(entry).collect()
}

/// The bytes as text, without a copy where they are static; `None` when they are not UTF-8.
fn text(bytes: Cow<'static, [u8]>) -> Option<Cow<'static, str>> {
    match bytes {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

#[cfg(test)]
#[path = "assets/assets_tests.rs"]
mod tests;
