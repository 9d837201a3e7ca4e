//! A browser on no screen, led by its protocol, with a profile of its own that goes with it.

mod chromium;
mod firefox;
mod process;

use std::env;
use std::path::PathBuf;

use self::process::BrowserProcess;
use super::connection::{Connection, Unanswered};
use super::window::Window;
use crate::commands::stop::Stop;

/// The browsers in which challenges are played.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum BrowserKind {
    Chromium,
    Firefox,
}

/// Which processes of a Chromium show a page whose frames are of other origins; Firefox has its own way.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Processes {
    /// Each origin has its own, as in every visitor's desktop browser: a loop stops one frame.
    Own,
    /// One for all, which takes a quarter less processor time in a challenge with many clients: a loop stops
    /// the page as well.
    Shared,
}

/// A browser that is installed.
pub(super) struct Installed {
    kind: BrowserKind,
    program: PathBuf,
}

impl BrowserKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
        }
    }

    /// The names by which distributions install it, in the order in which they are looked for.
    fn programs(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &chromium::PROGRAMS,
            Self::Firefox => &firefox::PROGRAMS,
        }
    }

    /// Looks for it where programs are.
    pub(super) fn find(self) -> Option<Installed> {
        let folders = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<_> = env::split_paths(&folders).collect();
        let names = self.programs().iter();
        let mut places = names.flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        let program = places.find(|place| place.is_file())?;
        Some(Installed {
            kind: self,
            program,
        })
    }

    /// The sentence for where it is needed and not installed.
    pub(super) fn missing(self) -> Stop {
        let name = self.name();
        let package = match self {
            Self::Chromium => chromium::PACKAGE,
            Self::Firefox => firefox::PROGRAMS[0],
        };
        Stop::new(format!(
            "there is no {name}; install it (in Debian: apt-get install {package}), or leave it out with --in"
        ))
    }
}

impl Installed {
    /// Opens a browser without a window.
    pub(super) async fn open(&self, processes: Processes) -> Result<Browser, Stop> {
        let opened = match self.kind {
            BrowserKind::Chromium => chromium::open(&self.program, processes),
            BrowserKind::Firefox => firefox::open(&self.program).await,
        };
        let (process, connection) = opened
            .map_err(|error| Stop::new(format!("cannot start {}: {error}", self.kind.name())))?;
        Ok(Browser {
            kind: self.kind,
            connection,
            process,
        })
    }
}

/// A browser that is open; it ends when this is dropped, and its profile with it.
pub(super) struct Browser {
    kind: BrowserKind,
    connection: Connection,
    process: BrowserProcess,
}

impl Browser {
    /// A new window, whose cookies and storage no other window has.
    pub(super) async fn window(&self) -> Result<Window<'_>, Unanswered> {
        match self.kind {
            BrowserKind::Chromium => {
                Window::of_chromium(&self.connection, self.process.folder()).await
            }
            BrowserKind::Firefox => Window::of_firefox(&self.connection).await,
        }
    }

    /// The sentence for a command without an answer; of a browser that is gone, with its last words.
    pub(super) fn stop(&self, why: &Unanswered) -> Stop {
        let name = self.kind.name();
        match why {
            Unanswered::Gone => {
                let last = self.process.last_words();
                Stop::new(format!("{name} ended by itself: {last}"))
            }
            Unanswered::Refused { .. } => Stop::new(format!("cannot lead {name}: {why}")),
        }
    }
}
