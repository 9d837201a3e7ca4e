//! Does what an operator orders: ends a Run, keeps the block list.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::time::timeout;

use super::Control;
use super::wire::{BlockedEntry, Reply};
use crate::blocks::Blocked;
use crate::budget::{Who, network};

/// The store has so long to say whether there is a sandbox.
const LOOKED_UP_WITHIN: Duration = Duration::from_secs(5);
/// A name that is no whole id has at least so many letters, or it could mean many.
const BEGINNING: usize = 4;

impl Control {
    /// Ends a sandbox's Run.
    pub(super) async fn stop(&self, name: &str) -> Reply {
        let id = match self.sandbox(name).await {
            Ok(id) => id,
            Err(why) => return Reply::Refused(why),
        };
        match self.site.learning.sandboxes.end_run(&id).await {
            Some(true) => {
                tracing::info!(sandbox = id, "an operator stopped a server");
                Reply::Done(format!("stopped the server of sandbox {id}"))
            }
            _ => Reply::Refused(format!("no server of sandbox {id} runs")),
        }
    }

    /// Shuts a sandbox, or shuts an address out, and ends what of theirs runs.
    pub(super) async fn block(&self, name: &str) -> Reply {
        let whom = match self.whom(name).await {
            Ok(whom) => whom,
            Err(why) => return Reply::Refused(why),
        };
        let words = whom.words();
        let written = self.caps.blocks().block(whom.clone());
        let ended = self.end_runs_of(&whom).await;
        match written {
            Err(error) => Reply::Refused(format!(
                "{words} is blocked until hxlab ends, but the list cannot be written: {error}"
            )),
            Ok(false) => Reply::Refused(format!("{words} is blocked already")),
            Ok(true) => {
                tracing::info!(blocked = words, ended, "an operator blocked somebody");
                Reply::Done(match ended {
                    0 => format!("blocked {words}"),
                    1 => format!("blocked {words}, and stopped its server"),
                    _ => format!("blocked {words}, and stopped {ended} servers from there"),
                })
            }
        }
    }

    /// Lets somebody in again. What is on the list need not be there any more.
    pub(super) async fn unblock(&self, name: &str) -> Reply {
        let whom = match self.listed(name) {
            Some(whom) => whom,
            None => match self.whom(name).await {
                Ok(whom) => whom,
                Err(why) => return Reply::Refused(why),
            },
        };
        let words = whom.words();
        match self.caps.blocks().unblock(&whom) {
            Ok(true) => {
                tracing::info!(unblocked = words, "an operator let somebody in again");
                Reply::Done(format!("{words} is blocked no longer"))
            }
            Ok(false) => Reply::Refused(format!("{words} is not blocked; see hxlab blocked")),
            Err(error) => Reply::Refused(format!(
                "{words} is blocked no longer until hxlab ends, but the list cannot be written: {error}"
            )),
        }
    }

    /// Who is blocked.
    pub(super) fn blocked(&self) -> Reply {
        let all = self.caps.blocks().all().into_iter();
        let entry = |(whom, since): (Blocked, u64)| BlockedEntry {
            what: whom.words(),
            since,
        };
        Reply::Blocked(all.map(entry).collect())
    }

    async fn end_runs_of(&self, whom: &Blocked) -> usize {
        let sandboxes = &self.site.learning.sandboxes;
        let ids = match whom {
            Blocked::Sandbox(id) => vec![id.clone()],
            Blocked::Address(address) => {
                let is_there = |learner: Who| {
                    let at = self.site.whence.of(learner);
                    at == Some(Who::Network(*address))
                };
                let live = sandboxes.figures().into_iter();
                let theirs = live.filter(|it| it.learner.is_some_and(|it| is_there(it.who())));
                theirs.map(|it| it.id).collect()
            }
        };
        let mut ended = 0;
        for id in ids {
            ended += usize::from(sandboxes.end_run(&id).await == Some(true));
        }
        ended
    }

    /// Whom a person means: an address, or a sandbox.
    async fn whom(&self, name: &str) -> Result<Blocked, String> {
        let Some(address) = address(name) else {
            return self.sandbox(name).await.map(Blocked::Sandbox);
        };
        let network = network(address);
        let of_this_machine = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        let own = address.to_canonical().is_loopback()
            || of_this_machine
                .map(crate::budget::network)
                .contains(&network);
        if own || self.caps.trusts_one_of(network) {
            return Err(format!(
                "{} is blocked as a whole, and {} is there, from which everybody may come; block the address that they come \
                 from, and see --trusted-proxy",
                Blocked::Address(network).words(),
                if own {
                    "this machine"
                } else {
                    "a trusted proxy"
                }
            ));
        }
        Ok(Blocked::Address(network))
    }

    /// Who is on the list by this name, or by a beginning that is nobody else's.
    fn listed(&self, name: &str) -> Option<Blocked> {
        let label = label(name);
        let all = self.caps.blocks().all().into_iter().map(|(whom, _)| whom);
        let mut found = all.filter(|whom| match whom {
            Blocked::Sandbox(id) => label.len() >= BEGINNING && id.starts_with(label),
            Blocked::Address(own) => address(name).map(network) == Some(*own),
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// The id of the sandbox that a person means: by its id, the beginning of it, its address, or its port.
    async fn sandbox(&self, name: &str) -> Result<String, String> {
        let nobody =
            || format!("there is no sandbox “{name}”; hxlab top lists those that are in use");
        if let Some(id) = self.at_port(name) {
            return Ok(id);
        }
        let label = label(name);
        if label.len() < BEGINNING {
            return Err(nobody());
        }
        let mut live = self.site.learning.sandboxes.ids_from(label);
        match live.len() {
            0 => {}
            1 => return Ok(live.remove(0)),
            _ => {
                return Err(format!(
                    "several sandboxes begin with “{label}”; write more of it"
                ));
            }
        }
        let kept = self.site.learning.store.sandbox_owner(label);
        match timeout(LOOKED_UP_WITHIN, kept).await {
            Ok(Ok(Some(_))) => Ok(label.to_owned()),
            Ok(Ok(None)) => Err(nobody()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("the database does not answer".to_owned()),
        }
    }

    fn at_port(&self, name: &str) -> Option<String> {
        let ports = self.site.ports.as_ref()?;
        let host = host(name);
        let port = match host.parse::<SocketAddr>() {
            Ok(address) => address.port(),
            Err(_) => host.rsplit(':').next()?.parse().ok()?,
        };
        let port = Some(port).filter(|port| ports.has(*port))?;
        Some(ports.tenant(port)?.id)
    }
}

/// An address, perhaps as the list writes a network.
fn address(name: &str) -> Option<IpAddr> {
    name.trim_end_matches("/64").parse().ok()
}

/// What stands in an address behind the scheme and before the path.
fn host(name: &str) -> &str {
    let rest = name.split_once("://").map_or(name, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// The first label of a host, without a client's.
fn label(name: &str) -> &str {
    let host = host(name);
    let label = host.split(['.', ':']).next().unwrap_or(host);
    label.split("--").next().unwrap_or(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sandbox_is_named_by_its_id_or_its_address() {
        for name in [
            "abcd",
            "abcd.hxlab.localhost:3000",
            "http://abcd.hxlab.localhost:3000/chat?x=1.2",
            "https://abcd--alice.learn.example.org/",
        ] {
            assert_eq!(label(name), "abcd", "{name}");
        }
        assert_eq!(host("http://192.0.2.1:4003/x"), "192.0.2.1:4003");
        assert!(address("2001:db8::/64").is_some() && address("abcd").is_none());
    }
}
