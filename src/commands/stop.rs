//! Why a command stopped: what it says to the person who ran it.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;

use crate::course::Diagnostic;
use crate::engine::EngineError;
use crate::project::ProjectError;
use crate::settings::WrongSetting;
use crate::store::StoreError;

/// One sentence that says what is wrong and what to do; several faults in lessons are a line each.
#[derive(Debug)]
pub(super) struct Stop(String);

impl Stop {
    pub(super) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// Prints the sentence and gives the exit status.
    pub(super) fn exit(&self) -> ExitCode {
        for line in self.0.lines() {
            eprintln!("hxlab: {line}");
        }
        ExitCode::FAILURE
    }

    /// The faults of a course, which starts only without any.
    pub(super) fn course(faults: &[Diagnostic]) -> Self {
        let lines: Vec<String> = faults.iter().map(Diagnostic::to_string).collect();
        Self(lines.join("\n"))
    }

    /// An address that cannot be listened on; `flag` is the one that names it.
    pub(super) fn listen(address: SocketAddr, flag: &str, error: &io::Error) -> Self {
        let why = match error.kind() {
            io::ErrorKind::AddrInUse => "the port is in use",
            io::ErrorKind::AddrNotAvailable => "this machine does not have that address",
            io::ErrorKind::PermissionDenied => "this user may not use that port",
            _ => {
                return Self(format!(
                    "cannot listen on {address}: {error}; choose another address with {flag}"
                ));
            }
        };
        Self(format!(
            "cannot listen on {address}: {why}; choose another one, such as {flag} 127.0.0.1:0"
        ))
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<clap::Error> for Stop {
    /// The parser's words without its usage page, on one line.
    fn from(error: clap::Error) -> Self {
        let text = error.to_string();
        let words = text
            .lines()
            .map(str::trim)
            .take_while(|line| !line.starts_with("Usage:"))
            .filter(|line| !line.is_empty() && !line.starts_with("For more information"));
        let words: Vec<&str> = words
            .map(|line| line.trim_start_matches("error: "))
            .collect();
        Self(format!("{}; see hxlab --help", words.join("; ")))
    }
}

impl From<WrongSetting> for Stop {
    fn from(wrong: WrongSetting) -> Self {
        Self(wrong.to_string())
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self(error.to_string())
    }
}

impl From<EngineError> for Stop {
    fn from(error: EngineError) -> Self {
        Self(error.to_string())
    }
}

impl From<ProjectError> for Stop {
    fn from(error: ProjectError) -> Self {
        Self(error.to_string())
    }
}
