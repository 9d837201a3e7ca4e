//! Files' texts, which are kept once under their hash. A text of a hash never changes, so those that were
//! read or written last stay in memory: most files of most drafts are as their lessons gave them.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use rusqlite::Connection;

use super::Writing;

/// The SHA-256 of a text.
pub(super) type TextHash = [u8; 32];

/// The most bytes that stay in memory: what some thousand learners have changed, and all that lessons give.
const BYTES_LIMIT: usize = 8 * 1024 * 1024;

/// The texts in memory.
#[derive(Default)]
pub(super) struct Texts(Mutex<CachedTexts>);

#[derive(Default)]
struct CachedTexts {
    bytes: usize,
    texts: HashMap<TextHash, Arc<str>>,
}

impl Texts {
    /// The text of this hash.
    pub(super) fn get(
        &self,
        connection: &Connection,
        hash: TextHash,
    ) -> rusqlite::Result<Arc<str>> {
        if let Some(text) = self.0.lock().texts.get(&hash) {
            return Ok(text.clone());
        }
        let text: Arc<str> = connection
            .prepare_cached("SELECT body FROM texts WHERE hash = $1")?
            .query_row([hash], |row| row.get(0))?;
        self.remember(hash, text.clone());
        Ok(text)
    }

    /// Has a text stay in memory that was written, as it will be asked for soon. Where there is no room, all
    /// go: each is read anew when it is needed.
    pub(super) fn remember(&self, hash: TextHash, text: Arc<str>) {
        let mut cached = self.0.lock();
        if cached.bytes + text.len() > BYTES_LIMIT {
            *cached = CachedTexts::default();
        }
        cached.bytes += text.len();
        if let Some(before) = cached.texts.insert(hash, text) {
            cached.bytes -= before.len();
        }
    }
}

/// Deletes those of these texts that no draft has any more.
pub(super) fn forget_unused(
    writing: &Writing<'_>,
    texts: impl IntoIterator<Item = TextHash>,
) -> rusqlite::Result<()> {
    let mut forget = writing.prepare_cached(
        "DELETE FROM texts WHERE hash = $1
         AND NOT EXISTS (SELECT 1 FROM draft_files WHERE text_hash = $1)",
    )?;
    for text in texts {
        forget.execute([text])?;
    }
    Ok(())
}
