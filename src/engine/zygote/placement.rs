//! Where the library's objects lie, so that a Run writes to few of the pages that it shares.
//!
//! The only entry is [`load`]. Whatever knows the private layout of the pinned QuickJS stands in this folder. Where
//! the engine has another layout, or a rehearsal fails, the zygote says so, and each Run takes more memory. The
//! setting `rehearsal` leaves all of it out.
//!
//! Stages: [`rehearsal`] plays Runs and sees what they write to → [`plan`] says where each object will lie →
//! [`layout`] has the engine put it there, by the free lists of its [`arena`]s. What is too large for these gets a seat
//! (`memory/seats.rs`).

mod arena;
mod layout;
mod plan;
mod rehearsal;

use super::library::{Library, LibraryError};
use super::memory::Account;
use layout::Layout;
use plan::PlacementPlan;

/// Loads the library; with `rehearse`, what Runs write to lies together. This process must be a single thread.
pub(super) fn load(rehearse: bool) -> Result<Library, String> {
    if rehearse {
        match rehearsed() {
            Ok(library) => return Ok(library),
            Err(cause) => {
                eprintln!("hxlab's zygote: each Run will take more memory, because {cause}");
            }
        }
    }
    Library::load(Account::default(), |_, _| Ok(())).map_err(|error| error.to_string())
}

fn rehearsed() -> Result<Library, String> {
    let plan = rehearsal::rehearse().map_err(|error| error.to_string())?;
    let (library, _) = loaded(&plan).map_err(|error| error.to_string())?;
    Ok(library)
}

/// The library as planned, and what can be seen of it.
fn loaded(plan: &PlacementPlan) -> Result<(Library, Layout), LibraryError> {
    let mut layout = Layout::default();
    let memory = Account::default();
    memory.open_seats(&plan.seats);
    let library = Library::load(memory, |runtime, host| {
        // SAFETY: the library's runtime takes its memory from its host's account.
        layout = unsafe { Layout::lay(plan, runtime, &host.memory) }
            .map_err(|error| error.to_string())?;
        Ok(())
    })?;
    layout.note_large(plan, library.host.memory.close_seats());
    Ok((library, layout))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where this fails, programs still run, and say on standard error why each Run takes more memory.
    #[test]
    fn the_library_is_rehearsed_and_laid_out_on_its_ground() {
        let ground = |library: Library| {
            let place = library.host.memory.ground().place(0);
            let is_there = library.host.memory.ground().holds(place);
            // Freeing it would take time, and the engine would complain about what is still alive in it.
            std::mem::forget(library);
            is_there
        };
        assert!(ground(rehearsed().unwrap()));
        assert!(!ground(load(false).unwrap()));
    }
}
