//! Pages that are asked for again while nothing has changed: kept until the store's next commit.
//!
//! A lesson's page is made from the course, which does not change, and from what is kept about its
//! learner. So it stays right until something is written, and whoever writes need not know of it.
//! What differs from answer to answer, the nonce, is left open in what is kept.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::HeaderValue;
use poem::Request;

use super::theme::Theme;
use crate::web::session::TokenHash;
use crate::web::site::Site;

/// The most bytes that are kept.
const BYTES_LIMIT: usize = 16 * 1024 * 1024;
/// How long at most, since what is due for review depends on the time.
const LASTS: Duration = Duration::from_mins(1);

/// The pages that are still right.
#[derive(Default)]
pub struct Pages(Mutex<Made>);

#[derive(Default)]
struct Made {
    /// The store's revision that all of them were made from.
    revision: u64,
    bytes: usize,
    pages: HashMap<Key, Kept>,
}

/// Who asks for what, at which state of the store.
#[derive(Clone, Debug)]
pub struct Asked {
    key: Key,
    revision: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    learner: TokenHash,
    /// Path and query.
    address: String,
    theme: Theme,
}

/// A page, open where the nonce stands.
#[derive(Clone)]
struct Kept {
    parts: Vec<Bytes>,
    cookie: HeaderValue,
    since: Instant,
}

impl Kept {
    fn bytes(&self) -> usize {
        self.parts.iter().map(Bytes::len).sum()
    }
}

impl Asked {
    /// What a request asks for; none where it does not say clearly whose page it wants. To be called
    /// before anything is read from the store.
    #[must_use]
    pub fn of(site: &Site, request: &Request) -> Option<Self> {
        let address = request.uri().path_and_query()?.as_str().to_owned();
        let key = Key {
            learner: site.sessions.only_token(request.headers())?,
            address,
            theme: Theme::of(request.headers()),
        };
        Some(Self {
            key,
            revision: site.store.revision(),
        })
    }
}

impl Pages {
    /// The page with this nonce, and its cookie, if it was made since the last commit.
    #[must_use]
    pub fn get(&self, asked: &Asked, nonce: &str) -> Option<(Bytes, HeaderValue)> {
        let Kept { parts, cookie, .. } = {
            let made = self.lock();
            let kept = made.pages.get(&asked.key)?;
            let right = made.revision == asked.revision && kept.since.elapsed() < LASTS;
            right.then(|| kept.clone())?
        };
        let size: usize = parts.iter().map(|part| part.len() + nonce.len()).sum();
        let mut page = Vec::with_capacity(size);
        for (number, part) in parts.iter().enumerate() {
            if number > 0 {
                page.extend_from_slice(nonce.as_bytes());
            }
            page.extend_from_slice(part);
        }
        Some((page.into(), cookie))
    }

    /// Keeps a page that was made with this nonce.
    pub fn put(&self, asked: Asked, html: &str, nonce: &str, cookie: HeaderValue) {
        let mut made = self.lock();
        let is_old = asked.revision < made.revision;
        if is_old || html.len() > BYTES_LIMIT {
            return;
        }
        let is_full = made.bytes + html.len() > BYTES_LIMIT;
        if is_full || asked.revision > made.revision {
            *made = Made::default();
        }
        made.revision = asked.revision;
        let parts = html
            .split(nonce)
            .map(|part| Bytes::copy_from_slice(part.as_bytes()));
        let kept = Kept {
            parts: parts.collect(),
            cookie,
            since: Instant::now(),
        };
        made.bytes += kept.bytes();
        if let Some(before) = made.pages.insert(asked.key, kept) {
            made.bytes -= before.bytes();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Made> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
