//! Pages that are asked for again while nothing has changed: kept until their learner's next deed.
//!
//! A lesson's page is made from the course, which does not change, and from what is kept about its
//! learner. So it stays right until something of that learner is written, whoever writes it
//! ([`Store::revision`]).
//! What differs from answer to answer, the nonce, is left open in what is kept.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::HeaderValue;
use poem::Request;

use super::theme::Theme;
use crate::store::{LearnerId, SecretHash, Store};
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
    bytes: usize,
    pages: HashMap<Asked, Kept>,
}

/// Who asks for what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    token: SecretHash,
    /// Path and query.
    address: String,
    theme: Theme,
}

/// A page, open where the nonce stands.
#[derive(Clone)]
struct Kept {
    parts: Vec<Bytes>,
    cookie: HeaderValue,
    /// Whose it is, and the revision of what was kept about them.
    made_at: (LearnerId, u64),
    since: Instant,
}

impl Kept {
    fn bytes(&self) -> usize {
        self.parts.iter().map(Bytes::len).sum()
    }
}

impl Asked {
    /// What a request asks for; none where it does not say clearly whose page it wants.
    #[must_use]
    pub fn of(site: &Site, request: &Request) -> Option<Self> {
        let address = request.uri().path_and_query()?.as_str().to_owned();
        Some(Self {
            token: site.sessions.only_token(request.headers())?,
            address,
            theme: Theme::of(request.headers()),
        })
    }
}

impl Pages {
    /// The page with this nonce, and its cookie, if nothing of its learner was changed since it was made.
    #[must_use]
    pub fn get(&self, store: &Store, asked: &Asked, nonce: &str) -> Option<(Bytes, HeaderValue)> {
        let Kept { parts, cookie, .. } = {
            let made = self.lock();
            let kept = made.pages.get(asked)?;
            let (learner, revision) = kept.made_at;
            let right = store.revision(learner) == revision && kept.since.elapsed() < LASTS;
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

    /// Keeps a page that was made with this nonce, of what was kept about its learner at a revision.
    pub fn put(
        &self,
        asked: Asked,
        made_at: (LearnerId, u64),
        (html, nonce): (&str, &str),
        cookie: HeaderValue,
    ) {
        if html.len() > BYTES_LIMIT {
            return;
        }
        let mut made = self.lock();
        if made.bytes + html.len() > BYTES_LIMIT {
            *made = Made::default();
        }
        let parts = html
            .split(nonce)
            .map(|part| Bytes::copy_from_slice(part.as_bytes()));
        let kept = Kept {
            parts: parts.collect(),
            cookie,
            made_at,
            since: Instant::now(),
        };
        made.bytes += kept.bytes();
        if let Some(before) = made.pages.insert(asked, kept) {
            made.bytes -= before.bytes();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Made> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
