//! What happened between two looks, by the second.

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::Serialize;

use super::Sort;
use crate::web::control::wire::{Figures, Portion, SandboxEntry};

/// What is used now, and how fast what rises has risen.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(super) struct Rates {
    pub(super) version: String,
    pub(super) up_seconds: u64,
    /// Of hxlab itself.
    pub(super) memory_bytes: u64,
    /// Of all learners' servers.
    pub(super) servers_memory_bytes: u64,
    pub(super) connections: Portion,
    pub(super) servers: Portion,
    pub(super) budget_bytes: Portion,
    pub(super) queued_bytes: usize,
    pub(super) live_sandboxes: usize,
    pub(super) answers_a_second: u64,
    /// By the reason, those that there were.
    pub(super) refused_a_second: Vec<(String, u64)>,
    /// What comes first.
    #[serde(skip)]
    pub(super) sort: Sort,
    /// Those that use most first.
    pub(super) sandboxes: Vec<Row>,
}

/// One sandbox.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    pub(super) sandbox: String,
    pub(super) learner: Option<i64>,
    pub(super) lesson: Option<String>,
    pub(super) address: Option<String>,
    pub(super) process: Option<u32>,
    /// Thousandths of one core.
    pub(super) cpu_permille: u64,
    pub(super) memory_bytes: u64,
    pub(super) clients: usize,
    pub(super) requests_a_second: u64,
    pub(super) bytes_a_second: u64,
}

impl Rates {
    /// At the first look, when nothing has risen yet.
    pub(super) fn first(now: &Figures, sort: Sort) -> Self {
        Self::between(now, now, sort)
    }

    pub(super) fn between(before: &Figures, now: &Figures, sort: Sort) -> Self {
        let long = now.at_ms.saturating_sub(before.at_ms).max(1);
        let a_second = |more: u64| (more * 1000 + long / 2) / long;
        let known: HashMap<_, _> = before
            .sandboxes
            .iter()
            .map(|it| (&it.sandbox, it))
            .collect();
        let row = |it: &SandboxEntry| row(known.get(&it.sandbox).copied(), it, long);
        let mut sandboxes: Vec<_> = now.sandboxes.iter().map(row).collect();
        sandboxes.sort_by(|one, other| {
            let key = |row: &Row| Reverse((sort.of(row), row.cpu_permille, row.memory_bytes));
            key(one)
                .cmp(&key(other))
                .then(one.sandbox.cmp(&other.sandbox))
        });
        let refused = before.refused.iter().zip(&now.refused);
        let refused = refused.map(|((_, before), (reason, now))| {
            (reason.clone(), a_second(now.saturating_sub(*before)))
        });
        Self {
            version: now.version.clone(),
            up_seconds: now.at_ms / 1000,
            memory_bytes: now.memory,
            servers_memory_bytes: now.sandboxes.iter().map(|it| it.memory).sum(),
            connections: now.connections,
            servers: now.runs,
            budget_bytes: now.budget,
            queued_bytes: now.queued,
            live_sandboxes: now.live,
            answers_a_second: a_second(now.answers.saturating_sub(before.answers)),
            refused_a_second: refused.filter(|(_, times)| *times > 0).collect(),
            sort,
            sandboxes,
        }
    }
}

/// `long` in milliseconds.
fn row(before: Option<&SandboxEntry>, now: &SandboxEntry, long: u64) -> Row {
    let a_second = |more: u64| (more * 1000 + long / 2) / long;
    // One that comes into view has used what it has over its whole life.
    let more = |of: fn(&SandboxEntry) -> u64| of(now).saturating_sub(before.map_or(of(now), of));
    Row {
        sandbox: now.sandbox.clone(),
        learner: now.learner,
        lesson: now.lesson.clone(),
        address: now.address.clone(),
        process: now.process,
        // A microsecond in a millisecond is a thousandth.
        cpu_permille: more(|it| it.processor_us) / long,
        memory_bytes: now.memory,
        clients: now.clients,
        requests_a_second: a_second(more(|it| it.requests.into())),
        bytes_a_second: a_second(more(|it| it.bytes)),
    }
}

impl Sort {
    fn of(self, row: &Row) -> u64 {
        match self {
            Self::Cpu => row.cpu_permille,
            Self::Memory => row.memory_bytes,
            Self::Clients => row.clients as u64,
            Self::Requests => row.requests_a_second,
            Self::Bytes => row.bytes_a_second,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(sandbox: &str, process: u32, (processor_us, requests): (u64, u32)) -> SandboxEntry {
        SandboxEntry {
            sandbox: sandbox.to_owned(),
            process: Some(process),
            processor_us,
            requests,
            ..SandboxEntry::default()
        }
    }

    #[test]
    fn what_rose_between_two_looks_is_told_by_the_second() {
        let before = Figures {
            at_ms: 1_000,
            refused: vec![("feeds".to_owned(), 4), ("bodies".to_owned(), 1)],
            sandboxes: vec![
                entry("a", 1, (5_000_000, 10)),
                entry("b", 2, (0, 0)),
                entry("d", 5, (700, 0)),
            ],
            ..Figures::default()
        };
        let now = Figures {
            at_ms: 3_000,
            refused: vec![("feeds".to_owned(), 24), ("bodies".to_owned(), 1)],
            sandboxes: vec![
                entry("a", 3, (5_100_000, 12)),
                entry("b", 2, (1_000_000, 60)),
                entry("c", 4, (9_000_000, 900)),
                entry("d", 6, (0, 0)),
            ],
            ..Figures::default()
        };
        let rates = Rates::between(&before, &now, Sort::Cpu);
        let row = |place: usize| {
            let row = &rates.sandboxes[place];
            (&*row.sandbox, row.cpu_permille, row.requests_a_second)
        };
        assert_eq!(row(0), ("b", 500, 30));
        assert_eq!(row(1), ("a", 50, 1), "another Run goes on counting");
        assert_eq!(row(2), ("c", 0, 0), "it is new here");
        assert_eq!(row(3), ("d", 0, 0), "it was let go and made anew");
        assert_eq!(rates.refused_a_second, [("feeds".to_owned(), 10)]);
        let by_requests = Rates::between(&before, &now, Sort::Requests);
        assert_eq!(by_requests.sandboxes[0].sandbox, "b");
    }
}
