//! Whether a challenge's checks are sound: they refuse the starter, take the solution and every other
//! right way, and each mistake fails the one check that is made for it.
//!
//! Each project is a round: a learner of its own in a site of its own, whose draft it is, and a browser
//! that opens the lesson and begins the checks. The results are read from where every learner's are kept.
//! A browser plays one round after the other; one that does not come to an end is closed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::{StreamExt, TryStreamExt, stream};
use http::HeaderMap;
use serde_json::Value;

use super::Depth;
use super::browser::{Browser, Chromium};
use crate::commands::serve;
use crate::commands::stop::Stop;
use crate::course::{Course, Diagnostic, Lesson, ProjectName};
use crate::engine::Engine;
use crate::project::Project;
use crate::settings::{Flags, Settings};
use crate::store::CheckResult;
use crate::web::rounds::{Rounds, Seat};
use crate::web::site::Site;

/// For starting a browser and loading a page, beside the checks' own time.
const BESIDES: Duration = Duration::from_mins(1);
/// By how much a page stretches the checks' time on a machine that is busy (`story/clock.js`).
const STRETCH: u32 = 5;
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// One project and what its checks must say.
struct Round {
    lesson: Arc<Lesson>,
    name: ProjectName,
    project: Project,
    must: Must,
}

impl Round {
    fn path(&self) -> String {
        self.lesson.path(&self.name)
    }
}

enum Must {
    Fail,
    Pass,
    /// Fail this check and no other.
    FailOnly(String),
}

/// Where rounds are played.
struct House {
    site: Arc<Site>,
    chromium: Chromium,
    /// The browsers that wait for their next round.
    idle: Mutex<Vec<(Browser, Seat)>>,
}

/// Tries all challenges, prints a table, and gives what is not sound.
pub(super) async fn prove(
    course: Course,
    engine: Engine,
    depth: &Depth,
) -> Result<Vec<Diagnostic>, Stop> {
    let chromium = Chromium::find()?;
    let data = tempfile::Builder::new().prefix("hxlab-check-").tempdir();
    let data =
        data.map_err(|error| Stop::new(format!("cannot make a folder for the results: {error}")))?;
    let mut flags = Flags {
        data: Some(data.path().display().to_string()),
        ..Flags::default()
    };
    flags.listening.listen = Some("127.0.0.1:0".to_owned());
    let settings = Settings::resolve(&flags, &[], data.path())?;
    let mut rounds = rounds(&course);
    if let Some(only) = &depth.only {
        rounds.retain(|round| round.path().contains(only));
        if rounds.is_empty() {
            let sentence =
                format!("no project has “{only}” in its path; leave --only out to see all");
            return Err(Stop::new(sentence));
        }
    }
    let place = serve::open(&settings, course, engine, true).await?;
    let site = place.site.clone();
    let served = tokio::spawn(place.serve());
    let house = House {
        site: site.clone(),
        chromium,
        idle: Mutex::default(),
    };
    let faults = tokio::select! {
        faults = play_all(&house, rounds, depth.jobs.into()) => faults,
        () = site.shutdown.requested() => Err(Stop::new("interrupted; not every project was tried")),
    };
    // The browsers first: the site's end waits for their connections.
    drop(house);
    site.shutdown.request();
    // The site's end has nothing more to say.
    let _ = served.await;
    faults
}

async fn play_all(house: &House, rounds: Vec<Round>, jobs: usize) -> Result<Vec<Diagnostic>, Stop> {
    let began = Instant::now();
    let count = rounds.len();
    let mut all = stream::iter(rounds.into_iter().enumerate())
        .map(|(place, round)| async move {
            let played = play(house, &round).await;
            played.map(|played| (place, (round, played)))
        })
        .buffer_unordered(jobs);
    let mut unsure = Vec::new();
    let mut last = None;
    // Those that a slower one before them keeps from being printed; the next ones are played meanwhile.
    let mut ended = BTreeMap::new();
    let mut next = 0;
    while let Some((place, pair)) = all.try_next().await? {
        ended.insert(place, pair);
        while let Some((round, played)) = ended.remove(&next) {
            next += 1;
            let lesson = &round.lesson;
            if last.replace(lesson.number) != Some(lesson.number) {
                println!("{:>3}  {}", lesson.number, lesson.title);
            }
            println!("{}", played.line(&round, "again"));
            if played.problem.is_some() {
                unsure.push(round);
            }
        }
    }
    let again = unsure.len();
    let faults = play_again(house, unsure).await?;
    let seconds = began.elapsed().as_secs_f64();
    eprintln!(
        "projects tried: {count}, in {seconds:.0} s; tried a second time: {again}; not sound: {}",
        faults.len()
    );
    Ok(faults)
}

/// Plays those rounds once more, one after the other, each in a new browser: what came of a busy machine,
/// or of what a browser remembers, is not the lesson's fault.
async fn play_again(house: &House, rounds: Vec<Round>) -> Result<Vec<Diagnostic>, Stop> {
    let mut faults = Vec::new();
    if !rounds.is_empty() {
        println!("     Once more, each alone:");
    }
    for round in rounds {
        house.idle().clear();
        let played = play(house, &round).await?;
        println!("{}", played.line(&round, "FAULT"));
        faults.extend(played.problem.map(|problem| Diagnostic {
            path: round.path(),
            line: 1,
            problem,
            mend: "mend the project, or the check".to_owned(),
        }));
    }
    Ok(faults)
}

fn rounds(course: &Course) -> Vec<Round> {
    let mut rounds = Vec::new();
    for lesson in course.lessons() {
        let Some(challenge) = &lesson.challenge else {
            continue;
        };
        let mut add = |name, project: &Project, must| {
            rounds.push(Round {
                lesson: lesson.clone(),
                name,
                project: project.clone(),
                must,
            });
        };
        add(ProjectName::Starter, &lesson.starter, Must::Fail);
        add(ProjectName::Solution, &lesson.solution, Must::Pass);
        for (name, project) in &challenge.alternatives {
            add(ProjectName::Alternative(name.clone()), project, Must::Pass);
        }
        for (name, mistake) in &challenge.mistakes {
            let must = Must::FailOnly(mistake.check.clone());
            add(ProjectName::Mistake(name.clone()), &mistake.project, must);
        }
    }
    rounds
}

/// How a round went.
struct Played {
    seconds: f64,
    /// The checks that failed.
    failed: Vec<String>,
    /// What is wrong with that.
    problem: Option<String>,
}

impl Played {
    /// Its line in the table; `fault` is the word for what is not as it must be.
    fn line(&self, round: &Round, fault: &str) -> String {
        let word = self.problem.as_ref().map_or("ok", |_| fault);
        let says = match self.failed.as_slice() {
            [] => "passes".to_owned(),
            failed => format!("fails {}", failed.join(", ")),
        };
        let (name, seconds) = (round.name.to_string(), self.seconds);
        format!("     {name:<40} {word:<5} {seconds:>5.1} s  {says}")
    }
}

async fn play(house: &House, round: &Round) -> Result<Played, Stop> {
    let began = Instant::now();
    let checks = house.site.learning.outlines(&round.lesson).await;
    let checks = checks.map_err(|fault| Stop::new(fault.to_string()))?;
    let limit: u32 = checks.iter().map(|check| check.seconds + 5).sum();
    let limit = BESIDES + STRETCH * Duration::from_secs(limit.into());
    let results = house.results(round, checks.len(), limit);
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
    Ok(Played {
        seconds: began.elapsed().as_secs_f64(),
        failed: ids.iter().map(|id| (*id).to_owned()).collect(),
        problem,
    })
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

impl House {
    /// Has a browser play the checks of a project; the results by the checks' ids, as many as come in
    /// time.
    async fn results(
        &self,
        round: &Round,
        count: usize,
        limit: Duration,
    ) -> Result<BTreeMap<String, CheckResult>, Stop> {
        let site = &self.site;
        let exercise = round.lesson.exercise();
        let session = site.sessions.learner_or_new(&HeaderMap::new()).await;
        let session = session.map_err(|fault| Stop::new(fault.sentence()))?;
        let learner = session.learner;
        let store = &site.learning.store;
        let saved = store.save_draft(learner, &exercise, &round.project, 0);
        saved.await?;
        let (mut browser, seat) = self.browser()?;
        self.rounds()?.play(&seat, &session, &round.lesson).await;
        let until = Instant::now() + limit;
        loop {
            let results = store.results(learner, &exercise).await?;
            if results.len() >= count {
                self.idle().push((browser, seat));
                return Ok(by_id(results));
            }
            browser.is_there()?;
            if Instant::now() > until {
                return Ok(by_id(results));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// One that waits, or a new one.
    fn browser(&self) -> Result<(Browser, Seat), Stop> {
        if let Some(waiting) = self.idle().pop() {
            return Ok(waiting);
        }
        let seat = self.rounds()?.seat();
        let address = self.site.url.join(&seat.path);
        let address = address.map_err(|error| Stop::new(error.to_string()))?;
        Ok((self.chromium.open(address.as_str())?, seat))
    }

    fn rounds(&self) -> Result<&Rounds, Stop> {
        let rounds = self.site.rounds.as_ref();
        rounds.ok_or_else(|| Stop::new("this site takes no rounds"))
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<(Browser, Seat)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn by_id(results: Vec<CheckResult>) -> BTreeMap<String, CheckResult> {
    let pairs = results.into_iter().map(|it| (it.check.clone(), it));
    pairs.collect()
}
