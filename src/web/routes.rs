//! The site's route table, and what stands around all routes.

use std::sync::Arc;

use poem::endpoint::BoxEndpoint;
use poem::{Endpoint, EndpointExt, Request, Response, Result, Route, get, post, put};

use super::challenge;
use super::export;
use super::fair::FairQueue;
use super::fault::{Fault, FaultAnswers};
use super::live;
use super::origin::SiteOrigin;
use super::pages::{
    assets, bun, compression, course, fault, lesson, me, palette, play, policy, question, read,
    recover, review, search, step, theme,
};
use super::second_client;
use super::site::Site;
use super::tossed::{self, Tossed};
use super::versions;
use super::who::with_cookie;

/// All that the site answers at its own host.
#[must_use]
pub(crate) fn site(site: Arc<Site>) -> BoxEndpoint<'static, Response> {
    let origin = SiteOrigin::new(&site.url);
    let draw = fault::drawer(&site);
    let tossed = Tossed::new(&site.url, &site.sessions);
    let hsts = policy::strict_transport(site.hsts);
    let noticed = (tossed.clone(), site.clone());
    let contact = site.report_to.clone();
    let queue = FairQueue::default();
    let routes = table(&site)
        .around(with_cookie)
        .data(site)
        .around(move |endpoint, request| tossed::notice(noticed.clone(), endpoint, request))
        .around(move |endpoint, request| from_here(origin.clone(), endpoint, request));
    FaultAnswers::around(routes, draw)
        .naming(contact.as_ref())
        .around(move |endpoint, request| tossed::heal(tossed.clone(), endpoint, request))
        .around(move |endpoint, request| policy::around(hsts.clone(), endpoint, request))
        .around(compression::around)
        .around(move |endpoint, request| queue.clone().around(endpoint, request))
        .boxed()
}

fn table(site: &Arc<Site>) -> Route {
    playground(challenges(lessons(Route::new())), site)
        .at("/", get(course::page))
        .at("/review", get(review::page))
        .at("/search", get(search::page))
        .at("/palette.json", get(palette::all))
        .at("/bun", get(bun::page))
        .at("/me", get(me::page))
        .at("/me/all.json", get(me::all))
        .at("/me/mark", get(me::mark))
        .at("/me/code", post(me::new_code))
        .at("/me/code/void", post(me::void_code))
        .at("/me/sign-out", post(me::sign_out_others))
        .at("/me/delete", post(me::delete))
        .at("/recover", get(recover::page).post(recover::take))
        .at("/theme", post(theme::choose))
        .at("/assets/:version/:name", get(assets::file))
}

fn lessons(table: Route) -> Route {
    table
        .at("/lessons/:slug", get(lesson::page))
        .at("/lessons/:slug/draft", put(live::save))
        .at("/lessons/:slug/run", post(live::start))
        .at("/lessons/:slug/stop", post(live::stop))
        .at("/lessons/:slug/open", get(live::open))
        .at("/lessons/:slug/starter", get(live::starter))
        .at("/lessons/:slug/solution", get(live::solution))
        .at("/lessons/:slug/versions", get(versions::list))
        .at("/lessons/:slug/versions/:version", get(versions::one))
        .at(
            "/lessons/:slug/versions/:version/name",
            post(versions::name),
        )
        .at("/lessons/:slug/good-run", get(versions::good_run))
        .at("/lessons/:slug/project.zip", get(export::project))
        .at("/lessons/:slug/live", get(live::watch))
        .at("/lessons/:slug/send", post(live::send))
        .at("/lessons/:slug/faults", get(live::look).post(live::inject))
        .at("/lessons/:slug/client", post(second_client::open))
        .at("/lessons/:slug/client/leave", post(second_client::close))
        .at("/lessons/:slug/read", post(read::mark))
        .at("/lessons/:slug/standing", get(step::standing))
        .at("/lessons/:slug/steps/:step", post(step::tick))
        .at("/lessons/:slug/questions/:id", post(question::take))
        .at(
            "/lessons/:slug/questions/:id/reveal",
            post(question::reveal),
        )
        .at(
            "/lessons/:slug/questions/:id/self",
            post(question::judge_self),
        )
}

fn challenges(table: Route) -> Route {
    table
        .at("/lessons/:slug/challenge", post(challenge::begin))
        .at("/lessons/:slug/checks.js", get(challenge::stories))
        .at("/lessons/:slug/passed", get(challenge::passed))
        .at(
            "/trials/:trial/checks/:check/begin",
            post(challenge::begin_check),
        )
        .at(
            "/trials/:trial/checks/:check/end",
            post(challenge::end_check),
        )
        .at(
            "/trials/:trial/checks/:check/leave",
            post(challenge::leave_check),
        )
        .at(
            "/trials/:trial/checks/:check/clients/:client",
            post(challenge::open_client),
        )
        .at("/trials/:trial/checks/:check/wire", post(challenge::look))
        .at("/trials/:trial/checks/:check/server", post(challenge::act))
        .at("/trials/:trial/checks/:check/request", post(challenge::ask))
        .at("/trials/:trial/live", get(challenge::watch))
        .at("/trials/:trial/end", post(challenge::end))
}

fn playground(table: Route, site: &Arc<Site>) -> Route {
    table
        .at("/play", get(play::page))
        .at("/play/projects", post(play::begin))
        .at("/play/import", post(play::import::take))
        .at("/play/projects/:project", get(play::project::page))
        .at("/play/projects/:project/draft", put(live::save))
        .at("/play/projects/:project/run", post(live::start))
        .at("/play/projects/:project/stop", post(live::stop))
        .at("/play/projects/:project/open", get(live::open))
        .at("/play/projects/:project/versions", get(versions::list))
        .at(
            "/play/projects/:project/versions/:version",
            get(versions::one),
        )
        .at(
            "/play/projects/:project/versions/:version/name",
            post(versions::name),
        )
        .at("/play/projects/:project/good-run", get(versions::good_run))
        .at("/play/projects/:project/live", get(live::watch))
        .at("/play/projects/:project/send", post(live::send))
        .at(
            "/play/projects/:project/faults",
            get(live::look).post(live::inject),
        )
        .at("/play/projects/:project/client", post(second_client::open))
        .at(
            "/play/projects/:project/client/leave",
            post(second_client::close),
        )
        .at("/play/projects/:project/project.zip", get(export::own))
        .at("/play/projects/:project/name", post(play::project::rename))
        .at(
            "/play/projects/:project/delete",
            post(play::project::delete),
        )
        .at(
            "/play/projects/:project/restore",
            post(play::project::restore),
        )
        .at("/play/projects/:project/erase", post(play::project::erase))
        .at("/play/projects/:project/share", post(play::project::share))
        .at(
            "/play/:snapshot",
            get(play::snapshot::page).post(play::snapshot::run),
        )
        .at("/play/:snapshot/copy", post(play::snapshot::copy))
        .at("/play/:snapshot/take-back", post(play::snapshot::take_back))
        .at("/play/:snapshot/project.zip", get(play::snapshot::archive))
        .at(
            "/play/:snapshot/embed",
            play::embed::around(get(play::embed::page).post(play::embed::run), site),
        )
}

/// Refuses what another site's page sends.
async fn from_here<E: Endpoint>(
    origin: SiteOrigin,
    endpoint: Arc<E>,
    request: Request,
) -> Result<E::Output> {
    let checked = origin.check(request.method(), request.headers());
    checked.map_err(|_| Fault::Foreign)?;
    endpoint.call(request).await
}
