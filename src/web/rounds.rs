//! Rounds of `hxlab check --browser`: a browser that is opened at its seat becomes the learner of one round
//! after the other. Each learner's draft is a project to be tried, and the lesson's page begins the checks
//! by itself and comes back to the seat when they are over.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::StatusCode;
use http::header::{CACHE_CONTROL, HeaderValue, LOCATION, SET_COOKIE};
use poem::web::{Data, Path};
use poem::{Response, handler};
use tokio::sync::mpsc;

use super::fault::{Fault, Missing};
use super::pages::course::address;
use super::session::Session;
use super::site::Site;
use crate::course::Lesson;
use crate::sandbox::registry::new_id;
use crate::store::LearnerId;

/// All seats, and who plays at which.
#[derive(Default)]
pub struct Rounds(Mutex<Seats>);

#[derive(Default)]
struct Seats {
    /// What each seat's browser is to play next, by the seat's path.
    next: HashMap<String, Arc<tokio::sync::Mutex<mpsc::Receiver<Round>>>>,
    of: HashMap<LearnerId, String>,
}

/// Where one browser plays.
pub struct Seat {
    /// The path on the site at which it is opened.
    pub path: String,
    rounds: mpsc::Sender<Round>,
}

struct Round {
    cookie: HeaderValue,
    lesson: String,
}

impl Rounds {
    /// A seat for one more browser.
    #[must_use]
    pub fn seat(&self) -> Seat {
        let (rounds, next) = mpsc::channel(1);
        let path = format!("/rounds/{}", new_id());
        let next = Arc::new(tokio::sync::Mutex::new(next));
        self.lock().next.insert(path.clone(), next);
        Seat { path, rounds }
    }

    /// Has the browser at `seat` play a lesson as this learner.
    pub async fn play(&self, seat: &Seat, session: &Session, lesson: &Lesson) {
        self.lock().of.insert(session.learner, seat.path.clone());
        let round = Round {
            cookie: session.cookie.clone(),
            lesson: address(lesson),
        };
        // A browser that is gone is found out by what does not come from it.
        let _ = seat.rounds.send(round).await;
    }

    /// Where a learner's browser goes when the checks are over; none for one who came by themselves.
    #[must_use]
    pub fn seat_of(&self, learner: LearnerId) -> Option<String> {
        self.lock().of.get(&learner).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Seats> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `GET /rounds/:key`: answers when there is something to play. There is none but in `hxlab check`.
#[handler]
pub async fn enter(
    Data(site): Data<&Arc<Site>>,
    Path(key): Path<String>,
) -> Result<Response, Fault> {
    let path = format!("/rounds/{key}");
    let seat = site.rounds.as_ref();
    let seat = seat.and_then(|rounds| rounds.lock().next.get(&path).cloned());
    let seat = seat.ok_or(Fault::NotFound(Missing::Page))?;
    let round = tokio::select! {
        round = async { seat.lock().await.recv().await } => round,
        () = site.shutdown.requested() => None,
    };
    let Some(Round { cookie, lesson }) = round else {
        return Err(Fault::NotFound(Missing::Page));
    };
    Ok(Response::builder()
        .status(StatusCode::SEE_OTHER)
        .header(LOCATION, lesson)
        .header(SET_COOKIE, cookie)
        .header(CACHE_CONTROL, "no-store")
        .finish())
}
