//! What files hold, which is kept once under its hash: a text as TEXT, bytes as a BLOB. What stands under a hash
//! never changes, so what was read or written last stays in memory: most files of most drafts are as their lessons
//! gave them.

use std::collections::HashMap;

use parking_lot::Mutex;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};

use super::Writing;
use crate::project::Contents;

/// The SHA-256 of a text; of bytes, it is that of 0xFF and the bytes, which is no text's, as no UTF-8 has that byte.
pub(super) type TextHash = [u8; 32];

/// The hash under which a file's contents are kept.
pub(super) fn hash(contents: &Contents) -> TextHash {
    let hash = Sha256::new();
    match contents {
        Contents::Text(text) => hash.chain_update(text.as_bytes()),
        Contents::Bytes(bytes) => hash.chain_update([0xff]).chain_update(bytes),
    }
    .finalize()
    .into()
}

/// The most bytes that stay in memory: what some thousand learners have changed, and all that lessons give.
const BYTES_LIMIT: usize = 8 * 1024 * 1024;

/// The texts in memory.
#[derive(Default)]
pub(super) struct Texts(Mutex<CachedTexts>);

#[derive(Default)]
struct CachedTexts {
    bytes: usize,
    texts: HashMap<TextHash, Contents>,
}

impl Texts {
    /// The text of this hash.
    pub(super) fn get(
        &self,
        connection: &Connection,
        hash: TextHash,
    ) -> rusqlite::Result<Contents> {
        if let Some(text) = self.0.lock().texts.get(&hash) {
            return Ok(text.clone());
        }
        let text = connection
            .prepare_cached("SELECT body FROM texts WHERE hash = $1")?
            .query_row([hash], |row| match row.get_ref(0)? {
                ValueRef::Blob(bytes) => Ok(Contents::Bytes(bytes.into())),
                _ => Ok(Contents::Text(row.get(0)?)),
            })?;
        self.remember(hash, text.clone());
        Ok(text)
    }

    /// Has a text stay in memory that was written, as it will be asked for soon. Where there is no room, all
    /// go: each is read anew when it is needed.
    pub(super) fn remember(&self, hash: TextHash, text: Contents) {
        let mut cached = self.0.lock();
        let length = text.bytes().len();
        if cached.bytes + length > BYTES_LIMIT {
            *cached = CachedTexts::default();
        }
        cached.bytes += length;
        if let Some(before) = cached.texts.insert(hash, text) {
            cached.bytes -= before.bytes().len();
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
