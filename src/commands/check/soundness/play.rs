//! How a case runs: a learner whose draft the project is, a window that is theirs, the lesson's page,
//! a press of *Check my code*, and the results from the store.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::test_case::{CaseResult, TestCase};
use crate::challenge::Outline;
use crate::commands::check::browser::Browser;
use crate::commands::check::connection::Unanswered;
use crate::commands::check::window::Window;
use crate::commands::stop::Stop;
use crate::web::pages::course::address;
use crate::web::session::Session;
use crate::web::site::Site;

/// For opening a window and loading a page, beside the checks' own time.
const BESIDES: Duration = Duration::from_mins(1);
/// By how much a page stretches the checks' time on a machine that is busy (`story/clock.js`).
const STRETCH: u32 = 5;
/// For closing a window whose page may be in an endless loop.
const CLOSING: Duration = Duration::from_secs(10);
/// How long a page may leave a question unanswered. Where it shares a process with its clients, their loops are its own,
/// and it never answers.
const STUCK: Duration = Duration::from_secs(20);
/// Presses the button that begins the checks, once it is there, and waits for their end; gives the page's
/// last words about them.
const PRESS: &str = r#"new Promise((over) => {
  const press = () => {
    const button = document.querySelector("[data-challenge-start]:not([hidden])");
    if (!button) return setTimeout(press, 20);
    const words = () => over(document.querySelector("[data-challenge-words]").textContent.trim());
    document.addEventListener("challenge:over", words, { once: true });
    button.focus();
    button.click();
  };
  press();
})"#;

/// How a case went.
pub(super) struct Played {
    seconds: f64,
    outcome: CaseResult,
}

impl Played {
    /// What is not as it must be.
    pub(super) fn problem(&self) -> Option<&str> {
        self.outcome.problem.as_deref()
    }

    /// Its line in the table; `fault` is the word for what is not as it must be.
    pub(super) fn line(&self, case: &TestCase, fault: &str) -> String {
        let word = self.problem().map_or("ok", |_| fault);
        let says = match self.outcome.failed.as_slice() {
            [] => "passes".to_owned(),
            failed => format!("fails {}", failed.join(", ")),
        };
        let (name, seconds) = (case.name(), self.seconds);
        format!("     {name:<40} {word:<5} {seconds:>5.1} s  {says}")
    }
}

/// Runs a case in a window of `browser`; stops when the browser is gone.
pub(super) async fn play(site: &Site, browser: &Browser, case: &TestCase) -> Result<Played, Stop> {
    let began = Instant::now();
    let checks = site.learning.outlines(&case.lesson).await;
    let checks = checks.map_err(|fault| Stop::new(fault.to_string()))?;
    let session = learner(site, case).await?;
    let words = match visit(site, browser, case, &session, limit(&checks)).await {
        Ok(words) => words,
        Err(why @ Unanswered::Gone) => return Err(browser.stop(&why)),
        // The page was left, or its process has crashed: the project's doing, most likely.
        Err(why) => why.to_string(),
    };
    let exercise = case.lesson.exercise();
    let results = site.learning.store.results(session.learner, &exercise);
    let results = results.await?.into_iter().map(|it| (it.check.clone(), it));
    let results: BTreeMap<_, _> = results.collect();
    Ok(Played {
        outcome: case.judge(&checks, &results, &words),
        seconds: began.elapsed().as_secs_f64(),
    })
}

/// A new learner with the project as their draft.
async fn learner(site: &Site, case: &TestCase) -> Result<Session, Stop> {
    let session = site.sessions.newcomer().await;
    let session = session.map_err(|fault| Stop::new(fault.sentence()))?;
    let exercise = case.lesson.exercise();
    let saved = site
        .learning
        .store
        .save_draft(session.learner, &exercise, &case.project, 0);
    saved.await?;
    Ok(session)
}

/// How long the page may take.
fn limit(checks: &[Outline]) -> Duration {
    let seconds: u32 = checks.iter().map(|check| check.seconds + 5).sum();
    BESIDES + STRETCH * Duration::from_secs(seconds.into())
}

/// Has the learner try their code; gives what the page says at the end.
async fn visit(
    site: &Site,
    browser: &Browser,
    case: &TestCase,
    session: &Session,
    limit: Duration,
) -> Result<String, Unanswered> {
    let window = browser.window().await?;
    let tried = async {
        window.keep(&site.url, &session.cookie).await?;
        let mut lesson = site.url.clone();
        lesson.set_path(&address(&case.lesson));
        window.go(&lesson).await?;
        window.run(PRESS).await
    };
    let words = tokio::select! {
        words = tokio::time::timeout(limit, tried) => words,
        () = stuck(&window) => Ok(Ok(format!("the page did nothing for {} s", STUCK.as_secs()))),
    };
    // A window that does not close goes with the browser.
    let _ = tokio::time::timeout(CLOSING, window.close()).await;
    words.unwrap_or_else(|_| Ok(format!("nothing came for {} s", limit.as_secs())))
}

/// Resolves once the page has been in one turn for too long.
async fn stuck(window: &Window<'_>) {
    while tokio::time::timeout(STUCK, window.run("''")).await.is_ok() {
        tokio::time::sleep(STUCK / 4).await;
    }
}
