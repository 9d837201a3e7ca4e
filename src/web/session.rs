//! Who the learner is: an anonymous one, by a cookie with a random token of which the store keeps
//! only the SHA-256.
//!
//! Whoever only reads gets a token as well, but nothing is kept of them: it is signed by the site's secret, so that it
//! is known again when they do the first thing that is worth keeping, and become a learner under it.
//!
//! Another browser becomes the same learner's by a recovery code ([`RecoveryCode`]).
//!
//! On https the cookie is `__Host-hxlab`, which no sandbox's page can set. On http browsers offer no
//! such name; there a page of a sandbox below the site's name, or at another port of its address, can
//! set another `hxlab` for it, so http is for one's own machine and for a class in one room. What such a page
//! adds is taken away again ([`tossed`](super::tossed)).

mod code;
mod known;

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use http::header::{HeaderMap, HeaderValue};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;
use url::Url;

pub(crate) use code::RecoveryCode;

use known::KnownTokens;

use super::cookies;
use super::fault::Fault;
use crate::store::{LearnerId, Secret, SecretHash, Store};

/// A year in seconds; each lesson page begins it again.
const YEAR: u32 = 365 * 24 * 60 * 60;

/// The most tokens of one request that are looked up: more than a browser keeps cookies for one site.
const TOKENS: usize = 256;

/// How many bytes of a newcomer's token are random; the others sign these.
const RANDOM: usize = 16;

/// What a cookie holds. Opaque above.
pub(crate) type Token = [u8; 32];

/// Finds and makes learners.
#[derive(Clone)]
pub(crate) struct Sessions {
    store: Store,
    https: bool,
    /// Whether the site has an address and no name, and its sandboxes have ports of it.
    bare: bool,
    /// What signs the tokens of newcomers; read when it is first needed.
    secret: Arc<OnceCell<Secret>>,
    known: Arc<KnownTokens>,
}

/// A learner who is known, with the cookie that keeps them so.
pub(crate) struct Session {
    pub(crate) learner: LearnerId,
    token: Token,
    /// To be sent as `Set-Cookie`.
    pub(crate) cookie: HeaderValue,
}

/// Who sent some headers.
pub(crate) enum Sender {
    Known(Session),
    /// Somebody who has been here, and of whom nothing is kept.
    Newcomer(Token),
    Nobody,
}

/// Whom a token names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    Learner(LearnerId),
    Newcomer(Token),
}

impl Sender {
    pub(crate) fn learner(&self) -> Option<LearnerId> {
        match self {
            Self::Known(session) => Some(session.learner),
            Self::Newcomer(_) | Self::Nobody => None,
        }
    }

    /// What tells them from others, for what is drawn for them; none for nobody.
    pub(crate) fn mark(&self) -> Option<String> {
        match self {
            Self::Known(session) => Some(session.mark()),
            Self::Newcomer(token) => Some(Sessions::newcomers_mark(token)),
            Self::Nobody => None,
        }
    }

    /// Whether this is their mark. A learner has that of the newcomer too, whom the page was drawn for before their
    /// first deed.
    pub(crate) fn is(&self, mark: &str) -> bool {
        match self {
            Self::Known(session) => {
                mark == session.mark() || mark == Sessions::newcomers_mark(&session.token)
            }
            Self::Newcomer(token) => mark == Sessions::newcomers_mark(token),
            Self::Nobody => false,
        }
    }
}

impl Session {
    /// What tells the learner from others.
    pub(crate) fn mark(&self) -> String {
        Sessions::mark(self.learner)
    }
}

impl Sessions {
    /// The sessions of the site at this address.
    #[must_use]
    pub(crate) fn new(store: Store, site_url: &Url) -> Self {
        Self {
            store,
            https: site_url.scheme() == "https",
            bare: !matches!(site_url.host(), Some(url::Host::Domain(_))),
            secret: Arc::default(),
            known: Arc::default(),
        }
    }

    /// The learner who sent these headers, if known. Never writes.
    pub(crate) async fn learner(&self, headers: &HeaderMap) -> Result<Option<LearnerId>, Fault> {
        Ok(match self.find(headers).await? {
            Some((Holder::Learner(learner), _)) => Some(learner),
            Some((Holder::Newcomer(_), _)) | None => None,
        })
    }

    /// The hash of the one token in these headers, whether or not it names a learner; none when
    /// there are several.
    #[must_use]
    pub(crate) fn only_token(&self, headers: &HeaderMap) -> Option<SecretHash> {
        match &tokens(headers, self.name())[..] {
            [token] => Some(hash(token)),
            _ => None,
        }
    }

    /// Who sent these headers. Never writes anything about them.
    pub(crate) async fn sender(&self, headers: &HeaderMap) -> Result<Sender, Fault> {
        Ok(match self.find(headers).await? {
            Some((Holder::Learner(learner), token)) => {
                Sender::Known(self.session(learner, &token)?)
            }
            Some((Holder::Newcomer(_), token)) => Sender::Newcomer(token),
            None => Sender::Nobody,
        })
    }

    /// A token for a newcomer: nothing is kept, and it is known again.
    pub(crate) async fn invite(&self) -> Result<Token, Fault> {
        let mut token = new_token()?;
        let signature = self.signed(&token).await?.finalize().into_bytes();
        let (_, place) = token.split_at_mut(RANDOM);
        place.copy_from_slice(&signature[..place.len()]);
        Ok(token)
    }

    /// Makes the newcomer with this token a learner. Of several requests at once each gets the same one.
    pub(crate) async fn begin(&self, token: Token) -> Result<Session, Fault> {
        let learner = self.store.create_learner(hash(&token)).await?;
        self.session(learner, &token)
    }

    /// Somebody new, who is a learner at once.
    pub(crate) async fn newcomer(&self) -> Result<Session, Fault> {
        self.begin(self.invite().await?).await
    }

    fn session(&self, learner: LearnerId, token: &Token) -> Result<Session, Fault> {
        let cookie = self.cookie(token)?;
        Ok(Session {
            learner,
            token: *token,
            cookie,
        })
    }

    /// Tells one learner from another, and nothing else about them.
    pub(crate) fn mark(learner: LearnerId) -> String {
        let hash = hash(&[b"mark", &learner.number().to_be_bytes()[..]].concat());
        URL_SAFE_NO_PAD.encode(&hash[..9])
    }

    /// The same of somebody of whom nothing is kept.
    pub(crate) fn newcomers_mark(token: &Token) -> String {
        let hash = hash(&[b"newcomer", &token[..]].concat());
        URL_SAFE_NO_PAD.encode(&hash[..9])
    }

    /// Makes a code by which the learner can go on in another browser; the one before is void.
    pub(crate) async fn new_code(&self, learner: LearnerId) -> Result<RecoveryCode, Fault> {
        let code = RecoveryCode::random()?;
        self.store
            .set_recovery(learner, hash(code.as_bytes()))
            .await?;
        Ok(code)
    }

    /// Makes the learner's code no longer good.
    pub(crate) async fn void_code(&self, learner: LearnerId) -> Result<(), Fault> {
        Ok(self.store.void_recovery(learner).await?)
    }

    /// Leaves the learner who sent these headers this one browser; their recovery code is void as well, since
    /// whoever has it could come back. Answers who it is.
    pub(crate) async fn keep_only(&self, headers: &HeaderMap) -> Result<LearnerId, Fault> {
        let Some((Holder::Learner(learner), token)) = self.find(headers).await? else {
            return Err(Fault::NoSession);
        };
        self.store.keep_only(learner, hash(&token)).await?;
        Ok(learner)
    }

    /// Lets a browser go on as the learner whose code this is; none when it is nobody's.
    pub(crate) async fn recover(&self, code: &RecoveryCode) -> Result<Option<Session>, Fault> {
        let token = new_token()?;
        let (code, token_hash) = (hash(code.as_bytes()), hash(&token));
        let Some(learner) = self.store.recover(code, token_hash).await? else {
            return Ok(None);
        };
        self.session(learner, &token).map(Some)
    }

    /// Takes the cookie away.
    #[must_use]
    pub(crate) fn farewell(&self) -> HeaderValue {
        HeaderValue::from_static(if self.https {
            "__Host-hxlab=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"
        } else {
            "hxlab=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
        })
    }

    /// The one learner or newcomer whom the cookies of our name name; [`Fault::TwoLearners`] where there are two,
    /// since a page of a sandbox can set a cookie with the token of somebody else. At a bare address the last one
    /// counts: a page at another port can set one for a longer path, which comes before ours, but not another
    /// for ours, which is kept from scripts.
    async fn find(&self, headers: &HeaderMap) -> Result<Option<(Holder, Token)>, Fault> {
        let mut found: Option<(Holder, Token)> = None;
        for token in tokens(headers, self.name()) {
            let Some(holder) = self.holder(token).await? else {
                continue;
            };
            let is_other = found.is_some_and(|(before, _)| before != holder);
            if is_other && !self.bare {
                return Err(Fault::TwoLearners);
            }
            found = Some((holder, token));
        }
        Ok(found)
    }

    async fn holder(&self, token: Token) -> Result<Option<Holder>, Fault> {
        if let Some(learner) = self.known.learner(&self.store, hash(&token)).await? {
            return Ok(Some(Holder::Learner(learner)));
        }
        let signature = self.signed(&token).await?;
        let is_ours = signature.verify_truncated_left(&token[RANDOM..]).is_ok();
        Ok(is_ours.then_some(Holder::Newcomer(token)))
    }

    /// Signs the random part of a newcomer's token.
    async fn signed(&self, token: &Token) -> Result<Hmac<Sha256>, Fault> {
        let kept = self.secret.get_or_try_init(async || {
            let secret = self.store.site_secret(new_token()?).await?;
            Ok::<_, Fault>(secret)
        });
        let mac = <Hmac<Sha256> as Mac>::new_from_slice(kept.await?);
        let mac = mac.map_err(Fault::internal)?;
        Ok(mac.chain_update(&token[..RANDOM]))
    }

    /// The cookie's name.
    pub(crate) fn name(&self) -> &'static str {
        if self.https { "__Host-hxlab" } else { "hxlab" }
    }

    /// The `Set-Cookie` that keeps a token.
    pub(crate) fn cookie(&self, token: &Token) -> Result<HeaderValue, Fault> {
        let (name, token) = (self.name(), URL_SAFE_NO_PAD.encode(token));
        let secure = if self.https { "; Secure" } else { "" };
        // Chromium keeps 180 cookies for all names below the site's, and forgets those of a high priority last.
        let cookie = format!(
            "{name}={token}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax; Priority=High{secure}"
        );
        HeaderValue::try_from(cookie).map_err(Fault::internal)
    }
}

/// Whether there are cookies of this name in these headers, and none that could be a token.
#[must_use]
pub(crate) fn are_unreadable(headers: &HeaderMap, name: &str) -> bool {
    let has_some = cookies::values(headers, name).next().is_some();
    has_some && tokens(headers, name).is_empty()
}

/// The well-formed tokens, each once, in the order in which they were sent.
fn tokens(headers: &HeaderMap, name: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for value in cookies::values(headers, name) {
        let decoded = URL_SAFE_NO_PAD.decode(value).ok();
        let Some(token) = decoded.and_then(|bytes| Token::try_from(bytes).ok()) else {
            continue;
        };
        // Where one comes twice, its last place counts.
        tokens.retain(|before| *before != token);
        tokens.push(token);
        if tokens.len() == TOKENS {
            break;
        }
    }
    tokens
}

fn new_token() -> Result<Token, Fault> {
    let mut token = Token::default();
    getrandom::fill(&mut token).map_err(Fault::internal)?;
    Ok(token)
}

fn hash(secret: &[u8]) -> SecretHash {
    Sha256::digest(secret).into()
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
