//! Whether a challenge's checks are sound: they refuse the starter, take the solution and every other
//! right way, and each mistake fails the one check that is made for it.
//!
//! Each project is a round: a learner of its own in a site of its own, whose draft it is, and a browser
//! that opens the lesson and begins the checks. The results are read from where every learner's are kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::{StreamExt, TryStreamExt, stream};
use http::HeaderMap;
use serde_json::Value;

use super::browser::Browser;
use crate::commands::serve;
use crate::commands::stop::Stop;
use crate::course::{Course, Diagnostic, Lesson};
use crate::engine::Engine;
use crate::project::Project;
use crate::settings::{Flags, Settings};
use crate::store::CheckResult;
use crate::web::site::Site;

/// For starting a browser and loading a page, beside the checks' own time.
const BESIDES: Duration = Duration::from_mins(1);
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// One project and what its checks must say.
struct Round {
    lesson: Arc<Lesson>,
    /// Its folder in the lesson's: `mistakes/both-see`.
    folder: String,
    project: Project,
    must: Must,
}

enum Must {
    Fail,
    Pass,
    /// Fail this check and no other.
    FailOnly(String),
}

/// Tries all challenges, prints a table, and gives what is not sound.
pub(super) async fn prove(
    course: Course,
    engine: Engine,
    jobs: usize,
) -> Result<Vec<Diagnostic>, Stop> {
    let data = tempfile::tempdir()
        .map_err(|error| Stop::new(format!("cannot make a folder for the results: {error}")))?;
    let mut flags = Flags {
        data: Some(data.path().display().to_string()),
        ..Flags::default()
    };
    flags.listening.listen = Some("127.0.0.1:0".to_owned());
    let settings = Settings::resolve(&flags, &[], data.path())?;
    let rounds = rounds(&course);
    let place = serve::open(&settings, course, engine, true).await?;
    let site = place.site.clone();
    let served = tokio::spawn(place.serve());
    let mut all = stream::iter(rounds)
        .map(|round| {
            let site = site.clone();
            async move { play(&site, round).await }
        })
        .buffered(jobs);
    let mut faults = Vec::new();
    while let Some((line, fault)) = all.try_next().await? {
        println!("{line}");
        faults.extend(fault);
    }
    site.shutdown.request();
    // The site's end has nothing more to say.
    let _ = served.await;
    Ok(faults)
}

fn rounds(course: &Course) -> Vec<Round> {
    let mut rounds = Vec::new();
    for lesson in course.lessons() {
        let Some(challenge) = &lesson.challenge else {
            continue;
        };
        let mut add = |folder: String, project: &Project, must| {
            rounds.push(Round {
                lesson: lesson.clone(),
                folder,
                project: project.clone(),
                must,
            });
        };
        add("starter".to_owned(), &lesson.starter, Must::Fail);
        add("solution".to_owned(), &lesson.solution, Must::Pass);
        for (name, project) in &challenge.alternatives {
            add(format!("alternatives/{name}"), project, Must::Pass);
        }
        for (name, mistake) in &challenge.mistakes {
            let must = Must::FailOnly(mistake.check.clone());
            add(format!("mistakes/{name}"), &mistake.project, must);
        }
    }
    rounds
}

/// Plays a round: its line in the table, and what is wrong with it.
async fn play(site: &Site, round: Round) -> Result<(String, Option<Diagnostic>), Stop> {
    let began = Instant::now();
    let checks = site.outlines(&round.lesson).await;
    let checks = checks.map_err(|fault| Stop::new(fault.sentence()))?;
    let limit: u32 = checks.iter().map(|check| check.seconds + 5).sum();
    let results = results(
        site,
        &round,
        checks.len(),
        BESIDES + Duration::from_secs(limit.into()),
    );
    let results = results.await?;
    let failed: Vec<&CheckResult> = checks
        .iter()
        .filter_map(|check| results.get(&check.id))
        .filter(|result| !result.passed)
        .collect();
    let ids: Vec<&str> = failed.iter().map(|result| result.check.as_str()).collect();
    let missing = checks.len() - results.len();
    let problem = match &round.must {
        _ if missing > 0 => Some(format!("{missing} of {} checks did not end", checks.len())),
        Must::Fail if ids.is_empty() => Some("it passes every check".to_owned()),
        Must::Pass if !ids.is_empty() => Some(format!("it fails {}", told(&failed))),
        Must::FailOnly(id) if ids != [id.as_str()] => Some(match ids.as_slice() {
            [] => format!("it passes every check, “{id}” among them"),
            _ => format!("it must fail “{id}” alone, and fails {}", told(&failed)),
        }),
        _ => None,
    };
    let word = if problem.is_some() { "FAULT" } else { "ok" };
    let says = if ids.is_empty() {
        "passes".to_owned()
    } else {
        format!("fails {}", ids.join(", "))
    };
    let (number, seconds) = (round.lesson.number, began.elapsed().as_secs_f64());
    let line = format!(
        "{number:>3}  {:<44} {word:<5} {seconds:>5.1} s  {says}",
        round.folder
    );
    let fault = problem.map(|problem| Diagnostic {
        path: format!("{}/{}", round.lesson.folder, round.folder),
        line: 1,
        problem,
        mend: "mend the project, or the check".to_owned(),
    });
    Ok((line, fault))
}

/// Failed checks with what was expected and found.
fn told(failed: &[&CheckResult]) -> String {
    let mut told = String::new();
    for result in failed {
        let evidence: Value = serde_json::from_str(&result.evidence).unwrap_or_default();
        let part = |name: &str| {
            let text = evidence[name]
                .as_str()
                .unwrap_or("nothing")
                .replace('\n', " ");
            text.chars().take(300).collect::<String>()
        };
        let joint = if told.is_empty() { "" } else { ", and " };
        let (id, expected, found) = (&result.check, part("expected"), part("found"));
        // Writing to a string does not fail.
        let _ = write!(told, "{joint}“{id}” (expected {expected}, found {found})");
    }
    told
}

/// Has a browser play the checks of a project; the results by the checks' ids, as many as come in time.
async fn results(
    site: &Site,
    round: &Round,
    count: usize,
    limit: Duration,
) -> Result<BTreeMap<String, CheckResult>, Stop> {
    let slug = &round.lesson.slug;
    let session = site.sessions.learner_or_new(&HeaderMap::new()).await;
    let session = session.map_err(|fault| Stop::new(fault.sentence()))?;
    let learner = session.learner;
    site.store
        .save_draft(learner, slug, &round.project, 0)
        .await?;
    let Some(rounds) = &site.rounds else {
        return Err(Stop::new("this site takes no rounds"));
    };
    let path = rounds.add(&session, &round.lesson);
    let address = site.url.join(&path).map_or(path, |url| url.to_string());
    let _browser = Browser::open(&address)?;
    let until = Instant::now() + limit;
    loop {
        let results = site.store.results(learner, slug).await?;
        if results.len() >= count || Instant::now() > until {
            let by_id = results.into_iter().map(|it| (it.check.clone(), it));
            return Ok(by_id.collect());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
