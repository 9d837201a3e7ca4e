//! Who asks: what a handler takes to know its learner.
//!
//! | extractor | whom it lets through |
//! |---|---|
//! | [`Visitor`] | everybody; of somebody who has done nothing yet nothing is known. For reading, never writes |
//! | [`Guest`] | as [`Visitor`], who gets the cookie under which their first deed will be kept |
//! | [`Learner`] | a learner who is known; others are refused with [`Fault::NoSession`] |
//! | [`WithCookie`] | whoever's browser has kept the cookie: a newcomer becomes a learner. For what scripts send |
//! | [`KnownOrNew`] | everybody; somebody without a token becomes a new learner, and gets the cookie. For forms |
//!
//! [`PathLesson`], [`PathQuestion`], [`PathStep`], [`PathTrial`], [`PathStage`], [`PathWork`], [`PathProject`] and [`PathSnapshot`] are what a path names, or a fault that says that it is not
//! there. What somebody may see is found through the [`Learner`]. The cookie is put on the answer in one place,
//! [`with_cookie`], around all routes; extractors and handlers only leave it there ([`SessionCookie`]). An
//! answer that is a fault carries none.

mod cookie;
mod path;
mod shown_to;

use std::net::IpAddr;
use std::sync::Arc;

use poem::{FromRequest, Request, RequestBody, Result};

use super::fault::Fault;
use super::session::{Sender, Session, Sessions, Token};
use super::site::Site;
use crate::course::Lesson;
use crate::store::{Attempt, Draft, Progress};

pub(crate) use crate::learning::Learner;
pub(crate) use cookie::{SessionCookie, with_cookie};
pub(crate) use path::{
    PathLesson, PathProject, PathQuestion, PathSnapshot, PathStage, PathStep, PathTrial, PathWork,
};
pub(crate) use shown_to::{QUERY as WHOSE, ShownTo};

/// Somebody who reads, and of whom nothing need be known.
pub(crate) struct Visitor(Option<Learner>);

/// Somebody who reads, and whose browser is given the cookie.
pub(crate) struct Guest(pub(crate) Option<Learner>);

/// A learner who is known, or a newcomer who became one by this request.
pub(crate) struct WithCookie(pub(crate) Learner);

/// A learner who is known, or was made at this request.
pub(crate) struct KnownOrNew(pub(crate) Learner);

impl Visitor {
    /// The learner, if known.
    pub(crate) fn learner(&self) -> Option<&Learner> {
        self.0.as_ref()
    }

    /// What they have done; nothing, for one who is not known.
    pub(crate) async fn progress(&self) -> Result<Progress, Fault> {
        match &self.0 {
            Some(learner) => Ok(learner.progress().await?),
            None => Ok(Progress::default()),
        }
    }

    /// Their answers to a lesson's questions, the oldest first.
    pub(crate) async fn attempts(&self, lesson: &Lesson) -> Result<Vec<Attempt>, Fault> {
        match &self.0 {
            Some(learner) => Ok(learner.attempts(lesson).await?),
            None => Ok(Vec::new()),
        }
    }

    /// Their project for a lesson, as it was saved last.
    pub(crate) async fn draft(&self, lesson: &Lesson) -> Result<Option<Draft>, Fault> {
        match &self.0 {
            Some(learner) => Ok(learner.draft(lesson).await?),
            None => Ok(None),
        }
    }

    async fn of(request: &Request) -> Result<Self, Fault> {
        let learner = sender(request).await?.learner();
        let site = site(request)?;
        Ok(Self(learner.map(|id| site.learning.learner(id))))
    }
}

impl Guest {
    /// For a handler that does not always need to know.
    pub(crate) async fn of(request: &Request) -> Result<Self, Fault> {
        let site = site(request)?;
        let sender = sender(request).await?;
        let learner = sender.learner().map(|id| site.learning.learner(id));
        let cookie = match sender {
            Sender::Known(session) => session.cookie,
            Sender::Newcomer(token) => site.sessions.cookie(&token)?,
            Sender::Nobody => {
                let token = site.sessions.invite().await?;
                ShownTo::of(request)?.note(Sessions::newcomers_mark(&token));
                site.sessions.cookie(&token)?
            }
        };
        SessionCookie::of(request)?.send(cookie);
        Ok(Self(learner))
    }
}

/// Who sends a request, in whose name nobody else's page sends it. What is drawn in answer is drawn for them.
async fn sender(request: &Request) -> Result<Sender, Fault> {
    let sender = site(request)?.sessions.sender(request.headers()).await?;
    shown_to::check(request, &sender)?;
    if let Some(mark) = sender.mark() {
        ShownTo::of(request)?.note(mark);
    }
    Ok(sender)
}

/// Makes somebody a learner, at the first thing that is worth keeping. That they have opened the lesson is as well.
async fn begin(request: &Request, token: Token) -> Result<Session, Fault> {
    let site = site(request)?;
    site.newcomers.admit(address(request))?;
    let session = site.sessions.begin(token).await?;
    if let Some(lesson) = path::lesson_of(request) {
        site.learning.learner(session.learner).visit(lesson).await?;
    }
    Ok(session)
}

impl<'a> FromRequest<'a> for Guest {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        Ok(Self::of(request).await?)
    }
}

impl<'a> FromRequest<'a> for Visitor {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        Ok(Self::of(request).await?)
    }
}

impl<'a> FromRequest<'a> for Learner {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        let Visitor(learner) = Visitor::of(request).await?;
        Ok(learner.ok_or(Fault::NoSession)?)
    }
}

impl<'a> FromRequest<'a> for WithCookie {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        let session = match sender(request).await? {
            Sender::Known(session) => session,
            Sender::Newcomer(token) => begin(request, token).await?,
            Sender::Nobody => return Err(Fault::NoSession.into()),
        };
        let site = site(request)?;
        site.whence.note(session.learner.who(), address(request));
        Ok(Self(site.learning.learner(session.learner)))
    }
}

impl<'a> FromRequest<'a> for KnownOrNew {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        let site = site(request)?;
        let session = match sender(request).await? {
            Sender::Known(session) => session,
            Sender::Newcomer(token) => begin(request, token).await?,
            Sender::Nobody if had_cookie(request) => return Err(Fault::NoCookies.into()),
            Sender::Nobody => begin(request, site.sessions.invite().await?).await?,
        };
        ShownTo::of(request)?.note(session.mark());
        SessionCookie::of(request)?.send(session.cookie);
        let who = session.learner.who();
        site.whence.note(who, address(request));
        site.learning.quota.admit(who).map_err(Fault::from)?;
        Ok(Self(site.learning.learner(session.learner)))
    }
}

/// Whether a script says that its page came with a cookie; who then sends none keeps none. Of forms the mark says so.
fn had_cookie(request: &Request) -> bool {
    request.uri().query() == Some("cookie")
}

/// Where it comes from.
fn address(request: &Request) -> Option<IpAddr> {
    let address = request.remote_addr().as_socket_addr();
    address.map(std::net::SocketAddr::ip)
}

/// What the route table gave to every request.
fn site(request: &Request) -> Result<&Arc<Site>, Fault> {
    let site = request.data::<Arc<Site>>();
    site.ok_or_else(|| Fault::internal("a route without its site"))
}
