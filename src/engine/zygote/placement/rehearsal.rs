//! The rehearsal: a Run that nobody sees, to learn which objects of the library Runs write to.
//!
//! QuickJS counts references inside its objects, so a Run that calls a function or reads a string writes to
//! it, and its process gets a copy of the whole page. It writes to few of the objects, as a test below checks,
//! but the engine scatters those over the heap.
//!
//! 1. A forked process loads the library with its objects far apart ([`PlacementPlan::spread`]).
//! 2. It forks another process, which lives as a Run does and is told a [`story`]. The jail is left out:
//!    all of the code is ours.
//! 3. The pages that this process then has to itself are those that it wrote to. It tells the zygote which
//!    objects lie in them, by their turns.
//! 4. A page held several objects, so all of this happens once more, with each object of such a page on a page
//!    of its own. The zygote loads the library by what is seen then.
//!
//! A wrong guess costs some memory, and nothing else.

mod story;

use std::fs::File;
use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;

use rustix::param::page_size;
use rustix::process::{Pid, WaitOptions, waitpid};

use super::layout::Layout;
use super::loaded;
use super::plan::{PlacementPlan, Usage};
use crate::engine::zygote::library::{Library, LibraryError};
use crate::engine::zygote::outlet::socket_pair;
use crate::engine::zygote::reap::{Forked, fork};
use crate::engine::zygote::{leave, life};

/// After so many seconds a rehearsal is given up, and the zygote starts without it. One takes about a tenth of a
/// second on an idle machine; two have to fit into the time that the zygote has for its start.
const PATIENCE: u32 = 25;

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub(super) enum RehearsalError {
    #[error("the rehearsal could not be held: {0}")]
    System(#[from] io::Error),
    #[error(transparent)]
    Library(#[from] LibraryError),
    #[error("the rehearsal went wrong: {0}")]
    Player(String),
    #[error("the rehearsal did not say what it saw: {0}")]
    RehearsalReport(#[from] postcard::Error),
}

/// What the rehearsing process says: what was seen, or a sentence.
type RehearsalReport = Result<Usage, String>;

/// Rehearses in processes of its own and makes the plan. This process must be a single thread.
pub(super) fn rehearse() -> Result<PlacementPlan, RehearsalError> {
    let page = page_size();
    let seen = hold(&PlacementPlan::spread(page))?;
    let seen = hold(&PlacementPlan::closer(&seen, page))?;
    Ok(PlacementPlan::of(&seen, page))
}

/// One rehearsal.
fn hold(plan: &PlacementPlan) -> Result<Usage, RehearsalError> {
    let (ours, theirs) = socket_pair()?;
    match fork()? {
        Forked::Child => {
            drop(ours);
            stage(plan, &theirs);
            leave(0)
        }
        Forked::Parent(pid) => {
            drop(theirs);
            let mut report = Vec::new();
            let read = File::from(ours).read_to_end(&mut report);
            wait_for(pid)?;
            read?;
            let report: RehearsalReport = postcard::from_bytes(&report)?;
            report.map_err(RehearsalError::Player)
        }
    }
}

/// In the forked process: loads the library, has it play, and waits. What it shares with the player must
/// stay until the player has looked at its own pages.
fn stage(plan: &PlacementPlan, report: &OwnedFd) {
    // SAFETY: an alarm only ends the process.
    unsafe { libc::alarm(PATIENCE) };
    let played = loaded(plan)
        .map_err(RehearsalError::from)
        .and_then(|(library, layout)| play(library, &layout, report));
    if let Err(error) = played {
        tell(report, &Err(error.to_string()));
    }
}

fn play(library: Library, layout: &Layout, report: &OwnedFd) -> Result<(), RehearsalError> {
    let pairs = [socket_pair()?, socket_pair()?];
    let (ours, theirs): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    match fork()? {
        Forked::Child => {
            drop(ours);
            // SAFETY: as above.
            unsafe { libc::alarm(PATIENCE) };
            let seen = watch(library, layout, theirs).map_err(|error| error.to_string());
            tell(report, &seen);
            leave(0)
        }
        Forked::Parent(pid) => {
            drop(theirs);
            // Kept until the end: to free it would write to its pages.
            let _library = std::mem::ManuallyDrop::new(library);
            let mut sockets: Vec<_> = ours.into_iter().map(UnixStream::from).collect();
            for (socket, frames) in sockets.iter_mut().zip(story::acts()) {
                socket.write_all(&frames)?;
                socket.shutdown(Shutdown::Write)?;
            }
            // Its answers fit into the sockets' buffers, so it never waits for us.
            for socket in &mut sockets {
                io::copy(socket, &mut io::sink())?;
            }
            Ok(wait_for(pid)?)
        }
    }
}

/// In the player: lives as a Run, a socket for each act, and looks after each what it wrote to.
fn watch(mut library: Library, layout: &Layout, sockets: Vec<OwnedFd>) -> io::Result<Usage> {
    let page = page_size();
    let mut seen = layout.turns();
    // SAFETY: the library was loaded by this plan.
    unsafe { layout.set_apart() };
    for (act, socket) in sockets.into_iter().enumerate() {
        library = life::rehearse(library, socket)?;
        layout.look(&mut seen, act, page)?;
    }
    // To free it takes time.
    std::mem::forget(library);
    Ok(seen)
}

fn wait_for(pid: Pid) -> io::Result<()> {
    waitpid(Some(pid), WaitOptions::empty())?;
    Ok(())
}

/// Where this fails, the zygote finds the report empty, which is an error as well.
fn tell(report: &OwnedFd, what: &RehearsalReport) {
    if let (Ok(bytes), Ok(report)) = (postcard::to_stdvec(what), report.try_clone()) {
        let _ = File::from(report).write_all(&bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::zygote::placement::plan::ACTS;

    /// Runs write to less than one in so many of the library's small objects, or the placement gains little.
    const FEW: usize = 8;

    /// And to fewer of the large blocks, of which there are some fifteen hundred.
    const MANY: usize = 200;

    #[test]
    fn a_rehearsal_finds_the_few_objects_that_runs_write_to() {
        let seen = hold(&PlacementPlan::spread(page_size())).unwrap();
        for it in &seen.arenas {
            let room = PlacementPlan::room(it.size);
            assert!(
                it.turns() < room,
                "size {}: no room is left in {room}",
                it.size
            );
        }
        let seen = hold(&PlacementPlan::closer(&seen, page_size())).unwrap();
        let turns: usize = seen.arenas.iter().map(|it| usize::from(it.turns())).sum();
        for act in 0..ACTS {
            let written: usize = seen.arenas.iter().map(|it| it.written(act)).sum();
            assert!(written > 0, "act {act} wrote to nothing");
            assert!(
                written < turns / FEW,
                "act {act} wrote to {written} of {turns}"
            );
            let large = &seen.large[act];
            assert!(!large.is_empty(), "act {act} wrote to nothing large");
            assert!(large.len() < MANY, "act {act} wrote to {large:?}");
        }
    }
}
