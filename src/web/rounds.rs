//! Rounds of `hxlab check --browser`: a browser that is started with the address of a round becomes its
//! learner, whose draft is the project to be tried, and the lesson's page begins the checks by itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use http::StatusCode;
use http::header::{HeaderValue, LOCATION, SET_COOKIE};
use poem::web::{Data, Path};
use poem::{Response, handler};

use super::fault::{Fault, Missing};
use super::pages::course::address;
use super::session::Session;
use super::site::Site;
use crate::course::Lesson;
use crate::sandbox::registry::new_id;

/// The rounds that a browser may begin, by their keys.
#[derive(Default)]
pub struct Rounds(Mutex<HashMap<String, (HeaderValue, String)>>);

impl Rounds {
    /// A new round of this learner's; its path on the site.
    #[must_use]
    pub fn add(&self, session: &Session, lesson: &Lesson) -> String {
        let key = new_id();
        let path = format!("/rounds/{key}");
        let round = (session.cookie.clone(), address(lesson));
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, round);
        path
    }

    fn take(&self, key: &str) -> Option<(HeaderValue, String)> {
        let mut rounds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rounds.remove(key)
    }
}

/// `GET /rounds/:key`: there is none but in `hxlab check`.
#[handler]
pub fn enter(Data(site): Data<&Arc<Site>>, Path(key): Path<String>) -> Result<Response, Fault> {
    let round = site.rounds.as_ref().and_then(|rounds| rounds.take(&key));
    let (cookie, lesson) = round.ok_or(Fault::NotFound(Missing::Page))?;
    Ok(Response::builder()
        .status(StatusCode::SEE_OTHER)
        .header(LOCATION, lesson)
        .header(SET_COOKIE, cookie)
        .finish())
}
