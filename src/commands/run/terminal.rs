//! What a terminal shows of a server: its console on standard output, as Bun would print it; its faults with their
//! lines, and what happens to it, on standard error; and with `--wire` what crosses the wire.

mod plain;
mod wire;

use std::io::{IsTerminal as _, Write};
use std::sync::Arc;

use parking_lot::Mutex;

use crate::engine::message::{Level, Thrown};
use crate::project::Project;
use crate::sandbox::Watcher;
use crate::sandbox::entry::{ConsoleLine, Phase, Record, Status};
use plain::plain;
use wire::Wire;

/// A handle to it; cheap to clone.
#[derive(Clone)]
pub(super) struct Terminal {
    state: Arc<Mutex<TerminalState>>,
    colours: bool,
}

struct TerminalState {
    /// The project that runs, for the lines of its faults.
    project: Project,
    /// What was told to be left out.
    left_out: Vec<String>,
    wire: Option<Wire>,
}

impl Terminal {
    /// One that shows the wire or not.
    pub(super) fn new(wire: bool) -> Self {
        let state = TerminalState {
            project: Project::default(),
            left_out: Vec::new(),
            wire: wire.then(Wire::default),
        };
        Self {
            state: Arc::new(Mutex::new(state)),
            colours: std::io::stderr().is_terminal(),
        }
    }

    /// Prints what a sandbox's feed says, until the program ends.
    pub(super) async fn follow(self, feed: Watcher) {
        let mut seen = 0;
        loop {
            feed.wait(seen).await;
            let news = feed.after(seen);
            if news.missed > 0 {
                self.tell(&format!("{} lines came too fast to be shown", news.missed));
            }
            for (number, record) in news.records {
                seen = number;
                self.record(&record);
            }
        }
    }

    /// The project that is started next.
    pub(super) fn serves(&self, project: &Project) {
        self.state.lock().project = project.clone();
        match project.server() {
            None => self.tell(
                "no file of this folder is a server (server.js, server.ts, …): only the files are served; write one, \
                 or name the server's file",
            ),
            Some(server) if project.has_unusual_server() => {
                self.tell(&format!("the server is {server}"));
            }
            Some(_) => {}
        }
    }

    /// These files are not as they were.
    pub(super) fn changed(&self, names: &[String]) {
        self.tell(&format!(
            "{} changed: the server starts anew",
            names.join(", ")
        ));
    }

    /// Files that the project names and cannot have.
    pub(super) fn left_out(&self, sentences: &[String]) {
        let before = std::mem::replace(&mut self.state.lock().left_out, sentences.to_vec());
        for sentence in sentences.iter().filter(|it| !before.contains(it)) {
            self.tell(sentence);
        }
    }

    /// The files are no project as they are; what ran before goes on.
    pub(super) fn refused(&self, why: &str) {
        self.tell(&format!("{why}; until then the server goes on as it was"));
    }

    fn record(&self, record: &Record) {
        match record {
            Record::Console(line) => self.console(line),
            Record::Status(status) => self.status(status),
            Record::Wire(entry) => {
                let line = self
                    .state
                    .lock()
                    .wire
                    .as_mut()
                    .and_then(|wire| wire.line(entry));
                if let Some(line) = line {
                    say(&self.dim(&plain(&line)));
                }
            }
            Record::Timers { .. }
            | Record::Work { .. }
            | Record::Faults(_)
            | Record::Ticked { .. }
            | Record::Saved { .. } => {}
        }
    }

    fn console(&self, line: &ConsoleLine) {
        match (&line.fault, line.level) {
            (Some(fault), _) => self.fault(fault),
            (None, Level::Warn | Level::Error) => say(&plain(&line.text)),
            (None, _) => {
                // Whoever read it may have gone; the server goes on.
                let _ = writeln!(std::io::stdout(), "{}", plain(&line.text));
            }
        }
    }

    fn status(&self, status: &Status) {
        let why = status.reason.as_ref().map_or("", |it| it.sentence.as_str());
        match status.state {
            Phase::Failed => {
                if let Some(fault) = &status.fault {
                    self.fault(fault);
                }
                self.tell(
                    "the server did not start: mend this and save it, and it is started again",
                );
            }
            Phase::Crashed => {
                self.tell(&format!("{why} The next request starts it again."));
                if let Some(fault) = &status.fault {
                    self.frames(fault);
                }
            }
            Phase::Running if status.run > 1 => self.tell("the server runs again"),
            Phase::Asleep => self.tell(why),
            Phase::None | Phase::Starting | Phase::Running | Phase::Stopped => {}
        }
    }

    /// A fault with its line and its frames, the cause on top.
    fn fault(&self, fault: &Thrown) {
        let title = plain(&format!("{}: {}", fault.name, fault.message));
        say(&if self.colours {
            format!("\x1b[31m{title}\x1b[0m")
        } else {
            title
        });
        self.frames(fault);
    }

    fn frames(&self, fault: &Thrown) {
        if let Some(line) = fault.frames.first().and_then(|frame| {
            let state = self.state.lock();
            let line = frame.line_in(state.project.text(&frame.file)?)?;
            Some(format!("{:>6} | {}", frame.line, plain(line.trim_end())))
        }) {
            say(&line);
        }
        for frame in &fault.frames {
            let place = format!("{}:{}:{}", frame.file, frame.line, frame.column);
            let line = if frame.function.is_empty() {
                format!("    at {place}")
            } else {
                format!("    at {} ({place})", frame.function)
            };
            say(&self.dim(&plain(&line)));
        }
    }

    /// A sentence of ours.
    fn tell(&self, sentence: &str) {
        say(&self.dim(&format!("hxlab: {}", plain(sentence))));
    }

    fn dim(&self, text: &str) -> String {
        if self.colours {
            format!("\x1b[2m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}

fn say(line: &str) {
    // Whoever read it may have gone; the server goes on.
    let _ = writeln!(std::io::stderr(), "{line}");
}
