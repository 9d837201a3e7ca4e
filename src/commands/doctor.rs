//! `hxlab doctor`: what this machine has of the jail, whether a learner's server runs in it, and what
//! else decides how many can.
//!
//! It ends with status 0 when every layer holds and a server answered. It must be the first to do
//! anything: the jail is tried in a forked process, so this one has to be a single thread.

use std::fmt::Write as _;

use rustix::process::{Resource, getrlimit};

use super::live;
use super::stop::Stop;
use crate::engine::message::FromRun;
use crate::engine::{self, Engine, EngineSettings, Finding, Limits, RunEvent};
use crate::project::Project;
use crate::settings::layer::Layer;

/// A server that needs no more than to be loaded.
const SERVER: &str = "export default { fetch() { return new Response('here'); } };";

/// One line of the table.
struct Row {
    name: &'static str,
    fault: Option<String>,
    words: String,
}

pub(super) fn doctor() -> Result<(), Stop> {
    let tried = engine::trial()
        .map_err(|error| Stop::new(format!("the jail cannot be tried here: {error}")))?;
    let mut rows: Vec<Row> = tried.into_iter().map(row).collect();
    let missing: Vec<_> = rows
        .iter()
        .filter(|row| row.fault.is_some())
        .map(|row| row.name)
        .collect();
    rows.push(served(missing.is_empty()));
    print!("{}", table(&rows));
    print!("{}", beside());
    match rows.iter().filter(|row| row.fault.is_some()).count() {
        0 => Ok(()),
        _ if missing.is_empty() => Err(Stop::new("a learner's server did not run, see above")),
        _ => Err(Stop::new(format!(
            "learners' servers do not run here, for want of {}; where every learner is trusted, \
             --unsafe-without {} runs them all the same",
            missing.join(", "),
            missing.join(",")
        ))),
    }
}

fn row(finding: Finding) -> Row {
    Row {
        name: finding.layer.name(),
        words: finding.layer.promise().to_owned(),
        fault: finding.fault,
    }
}

/// The whole way: the zygote, a Run in its jail, `server.js` loaded.
fn served(try_it: bool) -> Row {
    let ran = if try_it {
        live(async { serve().await.map_err(Stop::new) }).map_err(|stop| stop.to_string())
    } else {
        Err("not tried, because a layer is missing".to_owned())
    };
    Row {
        name: "server",
        words: "a server was started in all of these and loaded its code".to_owned(),
        fault: ran.err(),
    }
}

async fn serve() -> Result<(), String> {
    let engine = Engine::start(&EngineSettings::default()).await;
    let engine = engine.map_err(|error| error.to_string())?;
    let project =
        Project::from_texts([("server.js", SERVER)]).map_err(|error| error.to_string())?;
    let run = engine.spawn(&project, "http://doctor.localhost/", Limits::default());
    let mut run = run.await.map_err(|error| error.to_string())?;
    loop {
        match run.next().await {
            RunEvent::Message(FromRun::Ready) => return Ok(()),
            RunEvent::Message(_) => {}
            RunEvent::Ended(end) => return Err(format!("it ended: {end:?}")),
        }
    }
}

fn table(rows: &[Row]) -> String {
    let wide = Layer::ALL.map(|layer| layer.name().len());
    let wide = wide.into_iter().max().unwrap_or(0);
    let mut table = String::new();
    for Row { name, fault, words } in rows {
        let (mark, words) = match fault {
            None => ("holds", words.clone()),
            Some(fault) => ("MISSING", format!("{words}: {fault}")),
        };
        // Writing to a text cannot fail.
        let _ = writeln!(table, "{name:wide$}  {mark:7}  {words}");
    }
    table
}

/// What is no layer, and good to know.
fn beside() -> String {
    let release = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let release = release.trim();
    let user = rustix::process::geteuid();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let filtered = status.lines().any(|line| line == "Seccomp:\t2");
    let filtered = if filtered {
        ", under a list of system calls already (a container?)"
    } else {
        ""
    };
    let descriptors = getrlimit(Resource::Nofile).current;
    let descriptors = descriptors.map_or_else(|| "without limit".to_owned(), |it| it.to_string());
    format!(
        "\nLinux {release}, user {}{filtered}\nopen files: {descriptors}; a connection takes one, a \
         running server two\n",
        user.as_raw()
    )
}
