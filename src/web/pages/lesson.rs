//! A lesson's page: its prose with the questions in their places, and the workbench beside it.
//!
//! What is the same for all is drawn once ([`skeleton`]); what is the learner's is read at one moment of the
//! store and drawn into its gaps ([`page_data`], [`filled`]); a page that was made is kept until its learner's next
//! deed ([`again`](super::again)).

mod filled;
mod page_data;
mod skeleton;

use std::sync::Arc;

use poem::web::Data;
use poem::{Request, Response, handler};

use super::again::{MadePage, Owned, PageKey};
use super::bench::{Bench, BenchPlace};
use super::challenge::ChallengeView;
use super::theme::Theme;
use super::{compression, frame};
use crate::course::Lesson;
use crate::escape::escaped;
use crate::store::{LessonRecord, StoreError};
use crate::web::fault::Fault;
use crate::web::session::Sessions;
use crate::web::site::Site;
use crate::web::who::{Guest, Learner, PathLesson, SessionCookie, ShownTo};

use filled::Varying;
use page_data::LessonPageData;

pub(in crate::web) use filled::Filled;
pub(crate) use skeleton::Skeletons;

/// `GET /lessons/:slug`.
#[handler]
pub(crate) async fn page(
    request: &Request,
    site: Data<&Arc<Site>>,
    PathLesson(lesson): PathLesson,
) -> Result<Response, Fault> {
    let theme = Theme::of(request.headers());
    // Where sandboxes have ports, one's address may change without a deed.
    let token = site.sessions.only_token(request.headers());
    let token = token.filter(|_| site.ports.is_none());
    let key = |token| PageKey {
        token,
        lesson: lesson.slug.clone(),
        theme,
    };
    let store = &site.learning.store;
    let kept = |key: &PageKey| site.pages.get(store, key);
    let of_learner = token.map(|token| key(Some(token)));
    if let Some(made) = of_learner.as_ref().and_then(kept)
        && let Some(whose) = made.whose
    {
        SessionCookie::of(request)?.send(whose.cookie);
        ShownTo::of(request)?.note(Sessions::mark(whose.learner));
        return respond(request, &site, &made.page);
    }
    let Guest(learner) = Guest::of(request).await?;
    let (key, kept) = match learner {
        Some(_) => (of_learner, None),
        None => (Some(key(None)), kept(&key(None))),
    };
    let made = match kept {
        Some(made) => made,
        None => make(request, &site, &lesson, theme, learner).await?,
    };
    let page = made.page.clone();
    if let Some(key) = key {
        site.pages.put(key, made);
    }
    respond(request, &site, &page)
}

/// The page of the learner who asks, from what is kept about them.
async fn make(
    request: &Request,
    site: &Site,
    lesson: &Lesson,
    theme: Theme,
    learner: Option<Learner>,
) -> Result<MadePage, Fault> {
    let (record, whose) = match learner {
        Some(learner) => {
            let cookie = SessionCookie::of(request)?.sent().cloned();
            let whose = Owned {
                cookie: cookie.ok_or_else(|| Fault::internal("a learner without a cookie"))?,
                learner: learner.id(),
                revision: learner.revision(),
            };
            (visited(&learner, lesson).await?, Some(whose))
        }
        None => (LessonRecord::default(), None),
    };
    let mut progress = record.progress;
    progress.visited.insert(lesson.slug.clone());
    let passed = progress.passed.contains(&lesson.slug);
    let skeleton = site.skeletons.of(site, lesson, theme)?;
    let own = LessonPageData {
        site,
        lesson,
        progress: &progress,
        attempts: &record.attempts,
        challenge: ChallengeView::of(site, lesson, &record.results, passed).await?,
        bench: Bench::new(site, BenchPlace::of(lesson), record.draft, record.sandbox),
        starter: &skeleton.starter,
        whose: &skeleton.whose,
    };
    let filled = Filled::new(skeleton.clone(), &own)?;
    Ok(MadePage::new(filled, whose))
}

/// What is kept about a learner at a lesson, which they have opened.
async fn visited(learner: &Learner, lesson: &Lesson) -> Result<LessonRecord, Fault> {
    let mut record = learner.record(lesson).await?;
    let kept = async {
        if !record.progress.visited.contains(&lesson.slug) {
            learner.visit(lesson).await?;
        }
        if record.sandbox.is_none() {
            record.sandbox = Some(learner.sandbox_id(lesson).await?);
        }
        Ok::<_, StoreError>(())
    };
    // Where nothing can be kept, a lesson can still be read.
    if let Err(error) = kept.await {
        tracing::warn!(%error, "that a lesson was opened is not kept");
    }
    Ok(record)
}

fn respond(request: &Request, site: &Site, filled: &Filled) -> Result<Response, Fault> {
    let nonce = frame::nonce()?;
    let address = request.uri().path_and_query();
    let address = escaped(address.map_or("/", |address| address.as_str()));
    let varying = Varying {
        nonce: &nonce,
        address: &address,
        whose: &ShownTo::of(request)?.query(),
    };
    if !compression::is_taken(request.headers()) {
        return Ok(frame::respond(filled.plain(&varying), &nonce, site));
    }
    let response = frame::respond(filled.gzipped(&varying), &nonce, site);
    Ok(compression::marked(response))
}
