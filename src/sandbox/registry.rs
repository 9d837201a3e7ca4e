//! All live sandboxes, by their ids.
//!
//! A sandbox belongs to one learner and one exercise. Its id is 128 random bits, the host name by which
//! others take part, and is kept in the store, so that an address stays good across restarts. The
//! live part is made when it is first needed.

use std::iter;
use std::sync::Arc;
use std::time::Duration;

use super::addresses::{Addresses, NoPort, Tenant};
use super::feed::{Feed, KEPT_FOR_CHECK, KEPT_FOR_VISITOR};
use super::lives::Lives;
use super::meter::{Owner, SandboxFigures, Whose};
use super::places::Places;
use super::waiting::Waiting;
use super::{Company, Sandbox};
use crate::blocks::{Blocked, Blocks};
use crate::budget::Who;
use crate::course::Course;
use crate::engine::{Engine, Limits};
use crate::exercise::{ExerciseId, LessonSlug};
use crate::project::Project;
use crate::store::{LearnerId, Store, StoreError};

/// A sandbox without a Run and without anybody there is let go after so many times the while after which a Run is put
/// to sleep: its feed and its project, which the store holds anyway, need no place any more. It may then be made again.
pub(super) const LET_GO_AFTER_SLEEPS: u32 = 4;

/// The port of a sandbox without a Run and without anybody there is given on after so long, if there is
/// no free one: longer than a reader is away whose page comes back by itself.
const PORT_RESTS: Duration = Duration::from_mins(10);

/// How long somebody who saves, runs or has something checked waits for a port, while checks of others have some.
const SETTLES: Duration = Duration::from_secs(15);

/// Why a sandbox cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoSandbox {
    /// Whose it is could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It has no address.
    #[error(transparent)]
    Port(#[from] NoPort),
}

/// The sandboxes of one site.
pub(crate) struct Sandboxes {
    engine: Engine,
    limits: Limits,
    store: Store,
    course: Arc<Course>,
    addresses: Addresses,
    lives: Lives,
    /// Room for their Runs.
    pub(crate) places: Places,
    /// What waits for the clients of all.
    waiting: Arc<Waiting>,
    /// Which are shut.
    blocks: Blocks,
}

impl Sandboxes {
    /// No sandbox is live yet. Must be called inside the runtime whose tasks they are to be.
    #[must_use]
    pub(crate) fn new(
        engine: Engine,
        limits: Limits,
        store: Store,
        course: Arc<Course>,
        addresses: Addresses,
        (places, waiting, blocks): (Places, Arc<Waiting>, Blocks),
    ) -> Self {
        let lives = Lives::let_go_after(limits.idle * LET_GO_AFTER_SLEEPS);
        Self {
            engine,
            limits,
            store,
            course,
            addresses,
            lives,
            places,
            waiting,
            blocks,
        }
    }

    /// The address of a sandbox, with a slash at its end.
    pub(crate) fn url(&self, id: &str) -> Result<String, NoPort> {
        self.url_of(id, None)
    }

    /// The address of one of its clients, by the client's label.
    pub(crate) fn client_url(&self, id: &str, client: &'static str) -> Result<String, NoPort> {
        self.url_of(id, Some(client))
    }

    /// The same for a second client, which this page of the workbench shows from now on.
    pub(crate) fn show_client(
        &self,
        id: &str,
        client: &'static str,
        page: u32,
    ) -> Result<String, NoPort> {
        let tenant = Tenant {
            id: id.to_owned(),
            client: Some(client),
        };
        self.addresses.show(&tenant, page, &|id| self.is_used(id))
    }

    /// This page shows it no longer.
    pub(crate) fn leave_client(&self, id: &str, client: &'static str, page: u32) {
        let tenant = Tenant {
            id: id.to_owned(),
            client: Some(client),
        };
        self.addresses.left(&tenant, page);
    }

    fn url_of(&self, id: &str, client: Option<&'static str>) -> Result<String, NoPort> {
        let tenant = Tenant {
            id: id.to_owned(),
            client,
        };
        self.addresses.of(&tenant, &|id| self.is_used(id))
    }

    /// Whether somebody is at a sandbox, or was shortly before.
    fn is_used(&self, id: &str) -> bool {
        !self.lives.is_vacant_for(id, PORT_RESTS)
    }

    /// What a page of the site may show in a frame.
    #[must_use]
    pub(crate) fn pattern(&self) -> String {
        self.addresses.pattern()
    }

    /// What each learner's server may use.
    #[must_use]
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The id of a learner's sandbox for an exercise, the same each time.
    pub(crate) async fn id(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
    ) -> Result<String, StoreError> {
        if let Some(id) = self.store.sandbox_id(learner, exercise).await? {
            return Ok(id);
        }
        let new = new_id();
        self.store.sandbox_id_or(learner, exercise, &new).await
    }

    /// A learner's sandbox for an exercise, with its id. It begins with the draft, or else with the starter.
    pub(crate) async fn of(
        &self,
        learner: LearnerId,
        (exercise, starter): (&ExerciseId, &Project),
    ) -> Result<(String, Sandbox), NoSandbox> {
        let id = self.id(learner, exercise).await?;
        if let Some(sandbox) = self.settled(&id) {
            return Ok((id, sandbox));
        }
        let tenant = Tenant {
            id: id.clone(),
            client: None,
        };
        let is_used = |id: &str| self.is_used(id);
        self.addresses.settle(&tenant, SETTLES, &is_used).await?;
        let sandbox = self.open(&id, learner, (exercise, starter)).await?;
        Ok((id, sandbox))
    }

    /// The sandbox at an address; none when nobody has that id.
    pub(crate) async fn at(&self, id: &str) -> Result<Option<Sandbox>, NoSandbox> {
        if let Some(sandbox) = self.settled(id) {
            return Ok(Some(sandbox));
        }
        let Some((learner, exercise)) = self.store.sandbox_owner(id).await? else {
            return Ok(None);
        };
        let own = match exercise.lesson.project() {
            Some(project) => self.store.own_project(learner, &project).await?,
            None => None,
        };
        let lesson = self.course.lesson(&exercise.lesson);
        let starter = match (own, lesson) {
            // It was made with a draft.
            (Some(_), _) => &Project::default(),
            (None, Some(lesson)) => &lesson.starter,
            (None, None) => return Ok(None),
        };
        self.open(id, learner, (&exercise, starter)).await.map(Some)
    }

    /// The sandbox with this id, where it is live.
    #[must_use]
    pub(crate) fn live(&self, id: &str) -> Option<Sandbox> {
        self.lives.visit(id)
    }

    /// A sandbox for one check, and addresses for its `clients`: it has them for as long as it lives, and is not kept.
    /// Where all ports are in use, it waits for so long at most.
    pub(crate) async fn passing(
        &self,
        learner: LearnerId,
        project: Project,
        (clients, patience): (&[&'static str], Duration),
    ) -> Result<(String, Sandbox), NoPort> {
        let id = new_id();
        let tenant = |client| Tenant {
            id: id.clone(),
            client,
        };
        let clients = clients.iter().map(|client| tenant(Some(*client)));
        let tenants: Vec<_> = iter::once(tenant(None)).chain(clients).collect();
        let is_used = |id: &str| self.is_used(id);
        self.addresses.reserve(&tenants, patience, &is_used).await?;
        let whose = Whose {
            owner: Owner::Learner(learner),
            lesson: None,
        };
        let sandbox = self.admit(&id, whose, project, Feed::with_room(KEPT_FOR_CHECK))?;
        Ok((id, sandbox))
    }

    /// A sandbox for somebody who runs a snapshot: its Runs count for their address, which is none for this machine, and
    /// only who is told its address finds it. It is not kept. The one `before`, where it is of the same snapshot and
    /// address, is used again.
    pub(crate) async fn visiting(
        &self,
        at: Option<Who>,
        (snapshot, before): (&str, Option<&str>),
        project: Project,
    ) -> Result<(String, Sandbox), NoPort> {
        let whose = Whose {
            owner: Owner::Address(at),
            lesson: Some(shared(snapshot)),
        };
        if let Some(id) = before
            && let Some(sandbox) = self.settled(id)
            && sandbox.live.meter.whose.as_ref() == Some(&whose)
        {
            return Ok((id.to_owned(), sandbox));
        }
        let is_used = |id: &str| self.is_used(id);
        let mut visits = self.lives.visits();
        visits.retain(|(id, _)| is_used(id));
        let own = at.map(|at| visits.iter().filter(|(_, it)| *it == Some(at)).count());
        self.addresses.admit_visit(own, visits.len())?;
        let id = new_id();
        let tenant = Tenant {
            id: id.clone(),
            client: None,
        };
        self.addresses.settle(&tenant, SETTLES, &is_used).await?;
        let sandbox = self.admit(&id, whose, project, Feed::with_room(KEPT_FOR_VISITOR))?;
        Ok((id, sandbox))
    }

    /// The ids of the live sandboxes in which a snapshot runs.
    #[must_use]
    pub(crate) fn of_snapshot(&self, snapshot: &str) -> Vec<String> {
        self.lives.ids_of(&shared(snapshot))
    }

    /// Ends the sandboxes in which a snapshot runs that is shared no longer.
    pub(crate) async fn end_snapshot(&self, snapshot: &str) {
        for id in self.of_snapshot(snapshot) {
            self.end(&id).await;
        }
    }

    /// Whether whoever runs the site has blocked a snapshot.
    #[must_use]
    pub(crate) fn is_blocked_snapshot(&self, id: &str) -> bool {
        self.blocks.has(&Blocked::Snapshot(id.to_owned()))
    }

    /// The engine that their Runs come from.
    #[must_use]
    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Holds what is kept in memory to what there is room for; to be done again and again.
    pub(crate) fn keep_small(&self) {
        self.lives.keep_small();
    }

    /// Whether whoever runs the site has shut a sandbox.
    #[must_use]
    pub(crate) fn is_blocked(&self, id: &str) -> bool {
        self.blocks.has_sandbox(id)
    }

    /// What each live one uses now. It asks the kernel about each process, which takes a while.
    #[must_use]
    pub(crate) fn figures(&self) -> Vec<SandboxFigures> {
        self.lives.figures()
    }

    /// How many are live, and how many clients they have together.
    #[must_use]
    pub(crate) fn count(&self) -> (usize, usize) {
        self.lives.count()
    }

    /// The ids of live ones that begin so.
    #[must_use]
    pub(crate) fn ids_from(&self, beginning: &str) -> Vec<String> {
        self.lives.ids_from(beginning)
    }

    /// The bytes that wait for WebSocket clients.
    #[must_use]
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.bytes()
    }

    /// How many bytes of them may wait.
    #[must_use]
    pub(crate) fn most_waiting(&self) -> usize {
        self.waiting.most()
    }

    /// Ends a sandbox's Run for whoever runs the site; whether there was one.
    pub(crate) async fn end_run(&self, id: &str) -> bool {
        match self.lives.visit(id) {
            // One that is shutting down has ended it.
            Some(sandbox) => sandbox.end_for_operator().await.unwrap_or(true),
            None => false,
        }
    }

    /// Lets requests start a sandbox's server again, where whoever runs the site had stopped it.
    pub(crate) fn lift_stop(&self, id: &str) {
        let stopped = Blocked::Stopped(id.to_owned());
        if self.blocks.has(&stopped)
            && let Err(error) = self.blocks.unblock(&stopped)
        {
            tracing::error!(sandbox = id, %error, "a stop is lifted, but the list cannot be written");
        }
    }

    /// Ends a sandbox whose learner is gone, or whose trial is over.
    pub(crate) async fn end(&self, id: &str) {
        let sandbox = self.lives.remove(id);
        self.addresses.release(id);
        self.lift_stop(id);
        if let Some(sandbox) = sandbox {
            // One that is shutting down needs no end.
            let _ = sandbox.stop().await;
        }
    }

    /// No browser has a page of this sandbox any more, which has ended: its addresses can be others' at once.
    pub(crate) fn vacated(&self, id: &str) {
        self.addresses.vacated(id);
    }

    async fn open(
        &self,
        id: &str,
        learner: LearnerId,
        (exercise, starter): (&ExerciseId, &Project),
    ) -> Result<Sandbox, NoSandbox> {
        let draft = self.store.draft(learner, exercise).await?;
        let project = draft.map_or_else(|| starter.clone(), |draft| draft.project);
        let whose = Whose {
            owner: Owner::Learner(learner),
            lesson: Some(exercise.lesson.clone()),
        };
        Ok(self.admit(id, whose, project, Feed::default())?)
    }

    /// Of two that open the same sandbox at once, both get the first one's.
    fn admit(
        &self,
        id: &str,
        whose: Whose,
        project: Project,
        feed: Feed,
    ) -> Result<Sandbox, NoPort> {
        // Before the lives are locked: who looks for a port asks which sandboxes are used.
        let url = self.url(id)?;
        let (engine, limits) = (self.engine.clone(), self.limits.clone());
        let places = Some((self.places.clone(), whose.owner.who()));
        let company = Company {
            places,
            waiting: Some(Arc::clone(&self.waiting)),
            whose: Some(whose),
        };
        let make = || {
            let sandbox = Sandbox::among(company, engine, limits, url, project, feed);
            if self.blocks.has(&Blocked::Stopped(id.to_owned())) {
                sandbox.begin_stopped();
            }
            sandbox
        };
        Ok(self.lives.visit_or(id, make))
    }

    /// A live sandbox that still has its address. One whose port was given on is let go: nobody was there,
    /// and it is made anew for the next port.
    fn settled(&self, id: &str) -> Option<Sandbox> {
        let sandbox = self.lives.visit(id)?;
        if self.addresses.keep(id) {
            return Some(sandbox);
        }
        self.lives.remove(id);
        None
    }
}

/// What a sandbox that runs a snapshot is told by.
fn shared(snapshot: &str) -> LessonSlug {
    format!("shared/{snapshot}").into()
}

/// 128 random bits in 26 characters that a host name may have.
///
/// # Panics
///
/// Where the system has no random source.
#[must_use]
pub(crate) fn new_id() -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut bytes = [0; 16];
    #[expect(
        clippy::expect_used,
        reason = "an address that can be guessed is worse than a handler that fails"
    )]
    getrandom::fill(&mut bytes).expect("the system has a random source");
    let bits = u128::from_be_bytes(bytes);
    (0..26)
        .rev()
        .map(|place| char::from(ALPHABET[usize::try_from((bits >> (5 * place)) & 31).unwrap_or(0)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_host_name_and_never_the_same() {
        let (one, two) = (new_id(), new_id());
        assert_ne!(one, two);
        assert_eq!(one.len(), 26);
        assert!(
            one.bytes()
                .all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b))
        );
    }
}
