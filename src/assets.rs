//! What is packed into the binary: templates, styles, scripts, libraries, the engine's Web layer and
//! the course.

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$OUT_DIR/dist/engine"]
struct Engine;

/// One module of the engine's Web layer, by its file name: `web.js`, `serve.js`, `hono.js`.
#[must_use]
pub fn engine(name: &str) -> Option<Cow<'static, str>> {
    match Engine::get(name)?.data {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}
