//! Collects what is used, and by whom.

use std::net::IpAddr;

use super::Control;
use super::wire::{Figures, Portion, SandboxEntry};
use crate::budget::Who;
use crate::sandbox::meter::SandboxFigures;
use crate::store::LearnerId;
use crate::web::site::Site;

/// What is used now. It asks the kernel about each process, so it takes a while.
pub(super) fn collect(control: &Control) -> Figures {
    let Control { site, caps, began } = control;
    let sandboxes = site.learning.sandboxes.figures();
    let live = sandboxes.len();
    let in_use = sandboxes
        .into_iter()
        .filter(|it| it.ran_lately || it.clients > 0);
    let refused = site.budget.refusals().totals();
    let budget = site.budget.figures();
    let places = &site.learning.sandboxes.places;
    Figures {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        at_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        memory: memory().unwrap_or(0),
        connections: Portion {
            taken: caps.connections(),
            limit: caps.most(),
        },
        runs: Portion {
            taken: places.taken(),
            limit: places.all(),
        },
        budget: budget.fold(Portion::default(), |sum, it| Portion {
            taken: sum.taken + it.taken,
            limit: sum.limit + it.limit,
        }),
        queued: site.learning.sandboxes.waiting(),
        live,
        answers: site.requests.answers().map(|(_, _, count)| count).sum(),
        refused: refused
            .map(|(reason, times)| (reason.to_owned(), times))
            .collect(),
        sandboxes: in_use.map(|it| entry(site, it)).collect(),
    }
}

fn entry(site: &Site, it: SandboxFigures) -> SandboxEntry {
    let address = it.who.and_then(|who| address(site, who));
    SandboxEntry {
        sandbox: it.id,
        learner: it.learner.map(LearnerId::number),
        lesson: it.lesson.map(|lesson| lesson.to_string()),
        address: address.map(|it| it.to_string()),
        process: it.process,
        processor_us: u64::try_from(it.processor.as_micros()).unwrap_or(u64::MAX),
        memory: it.memory,
        clients: it.clients,
        requests: it.requests,
        bytes: it.bytes,
    }
}

fn address(site: &Site, who: Who) -> Option<IpAddr> {
    match site.whence.of(who)? {
        Who::Network(address) => Some(address),
        Who::Learner(_) => None,
    }
}

/// What this process has of the machine's memory, in bytes.
fn memory() -> Option<u64> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    let resident: u64 = pages.split(' ').nth(1)?.parse().ok()?;
    Some(resident * rustix::param::page_size() as u64)
}
