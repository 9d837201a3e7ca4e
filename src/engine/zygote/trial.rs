//! The jail tried once, in a forked process of its own: which layers this machine gives.
//!
//! The process applies one layer after the other, writes down how each went, and at last does what the
//! list of system calls forbids: it must die of that. The person who starts `hxlab` is told of every
//! layer that is missing, not only of the first.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;

use rustix::process::{Pid, WaitOptions, WaitStatus, test_kill_process, waitpid};

use super::jail::{Jail, move_to_zero};
use super::outlet::{socket, socket_pair};
use super::reap::{Forked, fork};
use crate::engine::limits::Limits;
use crate::settings::layer::{Layer, Without};

/// What the process says when it is still alive after the last layer.
const LOCKED: &str = "locked in";

/// One layer on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Which.
    pub(crate) layer: Layer,
    /// Why it does not hold; none when it does.
    pub(crate) fault: Option<String>,
}

/// Tries every layer in a forked process. This process must be a single thread.
pub(crate) fn trial() -> io::Result<Vec<Finding>> {
    let jail = Jail::prepare(Without::new()).map_err(io::Error::other)?;
    try_layers(&jail, &Without::new())
}

/// The sentence for the person who starts `hxlab`, when a layer is missing that it cannot go without.
pub(super) fn require(jail: &Jail, without: &Without) -> Result<(), String> {
    let findings = try_layers(jail, without).map_err(|error| error.to_string())?;
    let missing: Vec<_> = findings
        .iter()
        .filter_map(|it| Some((it.layer, it.fault.as_deref()?)))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let each: Vec<_> = missing
        .iter()
        .map(|(layer, cause)| format!("{layer} ({cause})"))
        .collect();
    let names: Vec<_> = missing.iter().map(|(layer, _)| layer.name()).collect();
    let (layers, are) = match names.len() {
        1 => ("a layer of their jail", "is"),
        _ => ("layers of their jail", "are"),
    };
    Err(format!(
        "learners' servers do not run on this machine, because {layers} {are} missing: {}; use Linux \
         5.13 or newer with Landlock and seccomp (hxlab doctor shows what holds), or, only where every \
         learner is trusted, --unsafe-without {}",
        each.join(", "),
        names.join(","),
    ))
}

fn try_layers(jail: &Jail, without: &Without) -> io::Result<Vec<Finding>> {
    let (ours, theirs) = socket_pair()?;
    match fork()? {
        Forked::Child => try_in_child(jail, without, theirs),
        Forked::Parent(pid) => {
            drop(theirs);
            let mut said = String::new();
            let read = File::from(ours).read_to_string(&mut said);
            let reachable = test_kill_process(pid);
            let ended = end_of(pid)?;
            read?;
            Ok(Layer::ALL
                .into_iter()
                .filter(|layer| !without.contains(layer))
                .map(|layer| {
                    let mut fault = fault_of(layer, &said);
                    if layer == Layer::Capabilities && fault.is_none() && reachable.is_err() {
                        fault = Some("its process could not be ended from outside".to_owned());
                    }
                    if layer == Layer::Seccomp && fault.is_none() {
                        fault = not_stopped(ended, &said);
                    }
                    Finding { layer, fault }
                })
                .collect())
        }
    }
}

/// A line for each layer, the forbidden call, the end.
fn try_in_child(jail: &Jail, without: &Without, theirs: OwnedFd) -> ! {
    if move_to_zero(theirs).is_err() {
        super::leave(1);
    }
    for layer in Layer::ALL {
        if without.contains(&layer) {
            continue;
        }
        let cause = match jail.apply(layer, Limits::default().memory) {
            Ok(()) => String::new(),
            Err(error) => error.to_string().replace('\n', " "),
        };
        say(&format!("{layer}\t{cause}\n"));
    }
    say(LOCKED);
    if !without.contains(&Layer::Seccomp) {
        let _ = rustix::process::getppid();
    }
    super::leave(0)
}

fn say(text: &str) {
    // What cannot be written is not said, and the parent takes that for a fault.
    let _ = rustix::io::write(socket(), text.as_bytes());
}

fn end_of(pid: Pid) -> io::Result<WaitStatus> {
    let ended = waitpid(Some(pid), WaitOptions::empty())?;
    ended
        .map(|(_, status)| status)
        .ok_or_else(|| io::Error::other("the trial did not end"))
}

fn fault_of(layer: Layer, said: &str) -> Option<String> {
    let line = said.lines().find_map(|line| {
        let (name, cause) = line.split_once('\t')?;
        (name == layer.name()).then_some(cause)
    });
    match line {
        Some("") => None,
        Some(cause) => Some(cause.to_owned()),
        None => Some("the process that tried it died".to_owned()),
    }
}

/// Whether the list of system calls did not do its work.
fn not_stopped(ended: WaitStatus, said: &str) -> Option<String> {
    if !said.ends_with(LOCKED) {
        return Some("it stops what a server needs".to_owned());
    }
    let stopped = ended.terminating_signal() == Some(libc::SIGSYS);
    (!stopped).then(|| "a forbidden system call was not stopped".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layer_is_told_of_and_a_missing_line_is_a_fault() {
        let said = "descriptors\t\nlandlock\tno such call\nlocked in";
        assert_eq!(fault_of(Layer::Descriptors, said), None);
        assert_eq!(fault_of(Layer::Landlock, said).unwrap(), "no such call");
        assert!(fault_of(Layer::Seccomp, said).unwrap().contains("died"));
    }
}
