//! The layers of the jail that each learner's server runs in, by the names that people use.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// One layer of the jail. They are applied in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Layer {
    /// One descriptor: the socket to `hxlab`.
    Descriptors,
    /// No environment variables.
    Environment,
    /// No capability, and not root where that can be.
    Capabilities,
    /// The kernel ends the process with its parent.
    DeathSignal,
    /// Limits of address space, processor time, descriptors, processes and file sizes.
    Rlimits,
    /// No core dump, and no look into its memory.
    NotDumpable,
    /// No program that it starts could have more rights.
    NoNewPrivs,
    /// No file, TCP port, abstract socket or other process is in reach.
    Landlock,
    /// A list of some twenty system calls; any other kills the process.
    Seccomp,
}

impl Layer {
    /// All, in the order in which they are applied.
    pub(crate) const ALL: [Self; 9] = [
        Self::Descriptors,
        Self::Environment,
        Self::Capabilities,
        Self::DeathSignal,
        Self::Rlimits,
        Self::NotDumpable,
        Self::NoNewPrivs,
        Self::Landlock,
        Self::Seccomp,
    ];

    /// Its name in settings and tables.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Descriptors => "descriptors",
            Self::Environment => "environment",
            Self::Capabilities => "capabilities",
            Self::DeathSignal => "death-signal",
            Self::Rlimits => "rlimits",
            Self::NotDumpable => "not-dumpable",
            Self::NoNewPrivs => "no-new-privs",
            Self::Landlock => "landlock",
            Self::Seccomp => "seccomp",
        }
    }

    /// What it keeps a learner's server from, in a few words.
    #[must_use]
    pub(crate) fn promise(self) -> &'static str {
        match self {
            Self::Descriptors => "it holds no open file or socket but its line to hxlab",
            Self::Environment => "it sees no environment variable",
            Self::Capabilities => "it has none of root's powers",
            Self::DeathSignal => "it ends when hxlab does",
            Self::Rlimits => "it cannot take more memory, processor time or descriptors",
            Self::NotDumpable => "nobody reads its memory, and it leaves no core file",
            Self::NoNewPrivs => "it cannot gain rights by starting a program",
            Self::Landlock => "it reaches no file, port or other process",
            Self::Seccomp => "it can make some twenty system calls and no others",
        }
    }

    /// The layer of this name.
    #[must_use]
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.name() == name)
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The layers that a person chose to go without.
pub(crate) type Without = BTreeSet<Layer>;

/// Names with commas between them: `landlock, seccomp`.
#[must_use]
pub(crate) fn list(layers: &Without) -> String {
    let names: Vec<_> = layers.iter().map(|layer| layer.name()).collect();
    names.join(", ")
}
