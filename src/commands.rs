//! The commands of the program, one file each.
//!
//! [`main`] reads the command line and runs one. A command that cannot do its work answers with a
//! [`Stop`]: its sentence goes to standard error, and the exit status is 1.

mod backup;
mod check;
mod control;
mod diff;
mod doctor;
mod files;
mod log;
mod mark;
mod purge;
mod run;
mod serve;
mod start;
mod stop;
mod top;
mod upkeep;

use std::io::IsTerminal;
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use rustix::process::{Resource, getrlimit, setrlimit};

use crate::engine;
use crate::settings::Flags;
use crate::settings::layer::{Layer, Without};
use crate::web::control::wire::Order;
use stop::Stop;

const AFTER_HELP: &str = "\
Settings come from flags, then from environment variables, then from a TOML file:
  listen = \"127.0.0.1:3000\"
  site-url = \"https://learn.example.org\"
Without --config that is hxlab.toml in the working folder. HXLAB_LOG=debug logs more.";

/// An interactive course on htmx: lessons with a live server beside them. Without a command: serve.
#[derive(Parser)]
#[command(name = "hxlab", version, after_help = AFTER_HELP, args_conflicts_with_subcommands = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<CliCommand>,
    #[command(flatten)]
    flags: Flags,
}

#[derive(Subcommand)]
enum CliCommand {
    /// Serve the site: lessons, and a sandbox for each learner and lesson
    #[command(after_help = AFTER_HELP)]
    Serve(Flags),
    /// Serve one project folder (server.js, index.html, …) as a live sandbox, and start it anew when a file changes
    #[command(after_help = AFTER_HELP)]
    Run(run::RunArguments),
    /// Check a folder of lessons and print each fault as PATH:LINE: PROBLEM; MEND
    Check {
        /// The course's folder
        #[arg(default_value = "lessons")]
        dir: PathBuf,
        #[command(flatten)]
        depth: check::Depth,
    },
    /// Judge the answers on standard input, one a line, and print one JSON object a line
    #[command(after_help = mark::help())]
    Mark {
        /// The question's id
        question: String,
        /// The course's folder; without it, the course in the program
        #[arg(long, env = "HXLAB_LESSONS", value_name = "DIR")]
        lessons: Option<PathBuf>,
    },
    /// Write a lesson's project into a folder, or what was changed there as a difference
    #[command(after_help = diff::HELP)]
    Diff {
        #[command(flatten)]
        asked: diff::DiffArguments,
    },
    /// Write a copy of what learners do to a new file; hxlab may be running
    Backup {
        /// The new file
        file: PathBuf,
        /// The folder that keeps what learners do, as for serve
        #[arg(long, value_name = "DIR")]
        data: Option<String>,
    },
    /// Put such a copy back; hxlab must not be running, and what was there before is kept beside it
    Restore {
        /// The copy
        file: PathBuf,
        /// The folder that keeps what learners do, as for serve
        #[arg(long, value_name = "DIR")]
        data: Option<String>,
    },
    /// Say what can be deleted: learners who have done nothing for long, old versions of drafts; hxlab must not be running
    Purge {
        /// Of learners, those who have done nothing for so many days, as for serve
        #[arg(long, value_name = "DAYS")]
        forget_after: Option<String>,
        /// Delete it, for good, and give the room back to the disk
        #[arg(long)]
        yes: bool,
        /// The folder that keeps what learners do, as for serve
        #[arg(long, value_name = "DIR")]
        data: Option<String>,
    },
    /// Show who uses what of a running hxlab: sandboxes by what they use, and the whole
    Top(top::TopArguments),
    /// End the server of a sandbox of a running hxlab; only its learner's Run starts it again. To shut it to the learner
    /// too, use block
    Stop {
        /// Its id, the beginning of it, or its address
        sandbox: String,
        #[command(flatten)]
        which: control::WhichArguments,
    },
    /// Shut a sandbox of a running hxlab, or an address out, until it is unblocked
    Block {
        /// A sandbox as for stop, a snapshot by its address, or an IP address; of IPv6 the network of 64 bits
        #[arg(value_name = "SANDBOX|ADDRESS")]
        what: String,
        #[command(flatten)]
        which: control::WhichArguments,
    },
    /// Let a sandbox or an address in again
    Unblock {
        /// As for block
        #[arg(value_name = "SANDBOX|ADDRESS")]
        what: String,
        #[command(flatten)]
        which: control::WhichArguments,
    },
    /// List who is blocked or stopped
    Blocked {
        #[command(flatten)]
        which: control::WhichArguments,
    },
    /// Tell what this machine has of the jail that learners' servers run in, and whether one runs
    Doctor,
    /// The process from which each learner's server is forked; hxlab starts it itself
    #[command(hide = true)]
    Zygote {
        /// Layers of the jail to go without
        #[arg(default_value = "")]
        without: String,
        /// Do not rehearse: start sooner, with Runs that take more memory
        #[arg(long)]
        unrehearsed: bool,
    },
}

/// Runs the command that the command line asks for.
#[must_use]
pub fn main() -> ExitCode {
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) if !error.use_stderr() => {
            // Help that nobody reads is no fault.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        Err(error) => return Stop::from(error).exit(),
    };
    take_descriptors();
    let done = match line.command.unwrap_or(CliCommand::Serve(line.flags)) {
        CliCommand::Zygote {
            without,
            unrehearsed,
        } => engine::zygote(without_of(&without), !unrehearsed),
        CliCommand::Backup { file, data } => backup::backup(&file, data),
        CliCommand::Restore { file, data } => backup::restore(&file, data),
        CliCommand::Purge {
            forget_after,
            yes,
            data,
        } => purge::purge(data, forget_after, yes),
        CliCommand::Top(asked) => top::top(asked),
        CliCommand::Stop { sandbox, which } => control::order(which, &Order::Stop(sandbox)),
        CliCommand::Block { what, which } => control::order(which, &Order::Block(what)),
        CliCommand::Unblock { what, which } => control::order(which, &Order::Unblock(what)),
        CliCommand::Blocked { which } => control::blocked(which),
        CliCommand::Doctor => doctor::doctor(),
        CliCommand::Check { dir, depth } => check::check(&dir, &depth),
        CliCommand::Diff { asked } => diff::diff(&asked),
        CliCommand::Mark { question, lessons } => mark::mark(&question, lessons.as_deref()),
        CliCommand::Serve(flags) => live(serve::serve(flags)),
        CliCommand::Run(asked) => live(run::run(asked)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => stop.exit(),
    }
}

/// Takes all the descriptors that the system allows. Many systems begin with 1,024 for the sake of programs
/// that use `select`; a class of learners needs more.
fn take_descriptors() {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // Where that is refused, the old limit holds, and the accept loop pauses at it.
    let _ = setrlimit(Resource::Nofile, limit);
}

/// The names come from this very program.
fn without_of(names: &str) -> Without {
    let names = names.split(',').map(str::trim);
    names.filter_map(Layer::named).collect()
}

/// Runs a command that serves, with a log, on all cores but one: that is for the learners' servers, to which
/// most requests go next.
fn live<T>(command: impl Future<Output = Result<T, Stop>>) -> Result<T, Stop> {
    tracing_subscriber::fmt()
        .with_env_filter(log::filter()?)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores.saturating_sub(1).max(1))
        .enable_all()
        .build()
        .map_err(|error| Stop::new(format!("cannot start the program's threads: {error}")))?;
    let done = runtime.block_on(command);
    // What has not ended in its time does not hold the program up.
    runtime.shutdown_background();
    done
}
