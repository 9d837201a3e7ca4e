//! A lesson's page: its prose with the questions in their places, and the workbench beside it.
//!
//! What is the same for all is drawn once ([`skeleton`]); what is the learner's is read at one moment of the
//! store and drawn into its gaps ([`page_data`], [`filled`]); a page that was made is kept until its learner's next
//! deed ([`again`](super::again)).

mod bench;
mod filled;
mod page_data;
mod piece;
mod skeleton;

use std::sync::Arc;

use poem::web::Data;
use poem::{Request, Response, handler};

use super::again::{MadePage, PageKey};
use super::challenge::ChallengeView;
use super::theme::Theme;
use super::{compression, frame};
use crate::course::Lesson;
use crate::escape::escaped;
use crate::web::fault::Fault;
use crate::web::site::Site;
use crate::web::who::{KnownOrNew, PathLesson, SessionCookie};

use bench::Bench;
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
    let asked = token.filter(|_| site.ports.is_none()).map(|token| PageKey {
        token,
        lesson: lesson.slug.clone(),
        theme,
    });
    let store = &site.learning.store;
    let made = asked
        .as_ref()
        .and_then(|asked| site.pages.get(store, asked));
    if let Some(made) = made {
        SessionCookie::of(request)?.send(made.cookie);
        return respond(request, &site, &made.page);
    }
    let made = make(request, &site, &lesson, theme).await?;
    let page = made.page.clone();
    if let Some(asked) = asked {
        site.pages.put(asked, made);
    }
    respond(request, &site, &page)
}

/// The page of the learner who asks, from what is kept about them.
async fn make(
    request: &Request,
    site: &Site,
    lesson: &Lesson,
    theme: Theme,
) -> Result<MadePage, Fault> {
    let KnownOrNew(learner) = KnownOrNew::of(request).await?;
    let made_at = (learner.id(), learner.revision());
    let mut record = learner.record(lesson).await?;
    if record.progress.visited.insert(lesson.slug.clone()) {
        learner.visit(lesson).await?;
    }
    let sandbox = match record.sandbox {
        Some(id) => id,
        None => learner.sandbox_id(lesson).await?,
    };
    let passed = record.progress.passed.contains(&lesson.slug);
    let skeleton = site.skeletons.of(site, lesson, theme)?;
    let own = LessonPageData {
        site,
        lesson,
        progress: &record.progress,
        attempts: &record.attempts,
        challenge: ChallengeView::of(site, lesson, &record.results, passed).await?,
        bench: Bench::new(site, lesson, record.draft, sandbox),
        starter: &skeleton.starter,
    };
    let cookie = SessionCookie::of(request)?.sent().cloned();
    let cookie = cookie.ok_or_else(|| Fault::internal("a learner without a cookie"))?;
    Ok(MadePage::new(
        Filled::new(skeleton.clone(), &own)?,
        cookie,
        made_at,
    ))
}

fn respond(request: &Request, site: &Site, filled: &Filled) -> Result<Response, Fault> {
    let nonce = frame::nonce()?;
    let address = request.uri().path_and_query();
    let address = escaped(address.map_or("/", |address| address.as_str()));
    let varying = Varying {
        nonce: &nonce,
        address: &address,
    };
    if !compression::is_taken(request.headers()) {
        return Ok(frame::respond(filled.plain(&varying), &nonce, site));
    }
    let response = frame::respond(filled.gzipped(&varying), &nonce, site);
    Ok(compression::marked(response))
}
