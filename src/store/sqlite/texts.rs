//! What files hold, which is kept once under its hash: a text as TEXT or, where it is long, compressed ([`packed`]);
//! bytes as a BLOB. What stands under a hash never changes, so what was read or written last stays in memory for a
//! while: most files of most drafts are as their lessons gave them.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use sha2::{Digest as _, Sha256};

use super::Writing;
use crate::project::Contents;

mod packed;

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
/// How long a text stays that nobody asks for. Many small ones, strewn over the heap, keep far more memory than theirs.
const LASTS: Duration = Duration::from_mins(1);

/// The texts in memory.
#[derive(Default)]
pub(super) struct Texts(Mutex<CachedTexts>);

#[derive(Default)]
struct CachedTexts {
    bytes: usize,
    texts: HashMap<TextHash, CachedText>,
}

struct CachedText {
    text: Contents,
    asked: Instant,
}

impl Texts {
    /// The text of this hash.
    pub(super) fn get(
        &self,
        connection: &Connection,
        hash: TextHash,
    ) -> rusqlite::Result<Contents> {
        if let Some(cached) = self.0.lock().texts.get_mut(&hash) {
            cached.asked = Instant::now();
            return Ok(cached.text.clone());
        }
        let text = connection
            .prepare_cached("SELECT body, packed FROM texts WHERE hash = $1")?
            .query_row([hash], |row| contents(row, row.get_ref(0)?, 1))?;
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
        let asked = Instant::now();
        if let Some(before) = cached.texts.insert(hash, CachedText { text, asked }) {
            cached.bytes -= before.text.bytes().len();
        }
    }

    /// Lets go of the texts that nobody asks for any more; to be done again and again.
    pub(super) fn keep_small(&self) {
        self.forget_unasked(LASTS);
    }

    fn forget_unasked(&self, lasts: Duration) {
        let mut cached = self.0.lock();
        let old = cached.texts.extract_if(|_, it| it.asked.elapsed() >= lasts);
        let bytes: usize = old.map(|(_, it)| it.text.bytes().len()).sum();
        cached.bytes -= bytes;
        cached.texts.shrink_to_fit();
    }
}

/// What a row holds in its `body`, beside which it says at an index whether that is compressed.
pub(super) fn contents(
    row: &Row<'_>,
    body: ValueRef<'_>,
    packed: usize,
) -> rusqlite::Result<Contents> {
    Ok(match body {
        ValueRef::Blob(bytes) if row.get(packed)? => packed::text(bytes)?.into(),
        ValueRef::Blob(bytes) => Contents::Bytes(bytes.into()),
        text => Contents::Text(text.as_str()?.into()),
    })
}

/// Keeps what a file holds, where it is not kept yet.
pub(super) fn keep(
    writing: &Writing<'_>,
    hash: TextHash,
    contents: &Contents,
) -> rusqlite::Result<()> {
    let is_kept = writing
        .prepare_cached("SELECT 1 FROM texts WHERE hash = $1")?
        .exists([hash])?;
    if is_kept {
        return Ok(());
    }
    let mut insert =
        writing.prepare_cached("INSERT INTO texts (hash, body, packed) VALUES ($1, $2, $3)")?;
    match contents {
        Contents::Bytes(bytes) => insert.execute((hash, &**bytes, false))?,
        Contents::Text(text) => match packed::packed(text) {
            Some(bytes) => insert.execute((hash, bytes, true))?,
            None => insert.execute((hash, text, false))?,
        },
    };
    Ok(())
}

/// The long texts that earlier programs kept as they are.
pub(super) fn plain(connection: &Connection) -> rusqlite::Result<Vec<TextHash>> {
    connection
        .prepare("SELECT hash FROM texts WHERE typeof(body) = 'text' AND octet_length(body) >= $1")?
        .query_map([packed::SHORT], |row| row.get(0))?
        .collect()
}

/// Compresses one of them.
pub(super) fn pack(writing: &Writing<'_>, hash: TextHash) -> rusqlite::Result<()> {
    let text: String = writing
        .prepare_cached("SELECT body FROM texts WHERE hash = $1")?
        .query_row([hash], |row| row.get(0))?;
    if let Some(bytes) = packed::packed(&text) {
        writing
            .prepare_cached("UPDATE texts SET body = $1, packed = 1 WHERE hash = $2")?
            .execute((bytes, hash))?;
    }
    Ok(())
}

/// Deletes those of these texts that no draft and no snapshot has any more.
pub(super) fn forget_unused(
    writing: &Writing<'_>,
    texts: impl IntoIterator<Item = TextHash>,
) -> rusqlite::Result<()> {
    let mut forget = writing.prepare_cached(
        "DELETE FROM texts WHERE hash = $1
         AND NOT EXISTS (SELECT 1 FROM draft_files WHERE text_hash = $1)
         AND NOT EXISTS (SELECT 1 FROM snapshot_files WHERE text_hash = $1)",
    )?;
    for text in texts {
        forget.execute([text])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_nobody_asks_for_goes_and_is_read_anew() {
        let mut connection = Connection::open_in_memory().expect("a database");
        let sql = "CREATE TABLE texts (hash BLOB, body TEXT, packed INTEGER)";
        connection.execute_batch(sql).expect("a table");
        let texts = Texts::default();
        let text = Contents::from("a draft's".to_owned());
        let hash = hash(&text);
        let transaction = connection.transaction().expect("a transaction");
        keep(&Writing::of(&transaction), hash, &text).expect("it is kept");
        texts.remember(hash, text.clone());

        texts.keep_small();
        assert_eq!(texts.0.lock().bytes, text.bytes().len());
        texts.forget_unasked(Duration::ZERO);
        assert_eq!(texts.0.lock().bytes, 0);
        assert_eq!(texts.get(&transaction, hash), Ok(text.clone()));
        assert_eq!(texts.0.lock().bytes, text.bytes().len());
    }
}
