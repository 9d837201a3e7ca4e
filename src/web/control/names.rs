//! Whom an operator's word means: an address, a sandbox by its id, the beginning of it, or its address; or a snapshot by
//! its address on the site, or its id.

use std::net::IpAddr;

use super::Control;
use crate::blocks::{Blocked, is_whole};
use crate::budget::network;

/// A name that is no whole id has at least so many letters, or it could mean many.
const BEGINNING: usize = 4;

/// What a word may be, for whoever wrote another one.
const WHOLE: &str = "write a sandbox by its id, the first letters of it (four or more) or its address; hxlab top lists those \
                     that are in use";

/// What stands in an operator's word.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Word<'a> {
    /// An IP address, or an IPv6 network of 64 bits.
    Address(IpAddr),
    /// The id of a sandbox, or the beginning of it, and what follows its label in an address.
    Sandbox { label: &'a str, domain: &'a str },
    /// A snapshot's address on the site.
    Snapshot { id: &'a str },
    /// A host and a port.
    Port { host: &'a str, port: u16 },
}

/// Why a word means nobody who can be blocked or stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum NoWord {
    #[error(
        "is a network; an address is blocked by itself, and of IPv6 its network of 64 bits: write one address"
    )]
    Network,
    #[error("is a number; learners are not blocked by their numbers: {WHOLE}, or write an address")]
    Number,
    #[error("is no name of a sandbox and no address: {WHOLE}, or write an IP address")]
    Nobody,
}

impl<'a> Word<'a> {
    fn read(word: &'a str) -> Result<Self, NoWord> {
        // As hxlab top cuts it.
        let word = word.strip_suffix('…').unwrap_or(word);
        let bare = word.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
        if let Ok(address) = bare.unwrap_or(word).parse() {
            return Ok(Self::Address(address));
        }
        if let Some((address, bits)) = word.split_once('/')
            && let Ok(address) = address.parse::<IpAddr>()
        {
            return is_whole(address, bits)
                .then_some(Self::Address(address))
                .ok_or(NoWord::Network);
        }
        if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NoWord::Number);
        }
        let rest = word.split_once("://").map_or(word, |(_, rest)| rest);
        if let Some(id) = snapshot(rest) {
            return Ok(Self::Snapshot { id });
        }
        let rest = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().map_err(|_| NoWord::Nobody)?)),
            None => (rest, None),
        };
        let (label, domain) = host.split_once('.').unwrap_or((host, ""));
        let label = label.split("--").next().unwrap_or(label);
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || (b'2'..=b'7').contains(&byte);
        let is_id = label.len() >= BEGINNING && label.bytes().all(is_letter);
        match port {
            Some(port) if host.parse::<IpAddr>().is_ok() || !is_id || domain.is_empty() => {
                Ok(Self::Port { host, port })
            }
            _ if host.parse::<IpAddr>().is_ok() || !is_id => Err(NoWord::Nobody),
            _ => Ok(Self::Sandbox { label, domain }),
        }
    }
}

impl Control {
    /// Whom a person means: an address, or a sandbox.
    pub(super) async fn whom(&self, name: &str) -> Result<Blocked, String> {
        let address = match read(name)? {
            Word::Address(address) => address,
            Word::Snapshot { id } => {
                let nobody = || format!("nothing is shared at “{name}”");
                return self.snapshot(id).await?.ok_or_else(nobody);
            }
            Word::Sandbox { label, domain: "" } => {
                let sandbox = self.sandbox(name).await.map(Blocked::Sandbox);
                return match (sandbox, self.snapshot(label).await?) {
                    (Err(_), Some(snapshot)) => Ok(snapshot),
                    (sandbox, _) => sandbox,
                };
            }
            Word::Sandbox { .. } | Word::Port { .. } => {
                return self.sandbox(name).await.map(Blocked::Sandbox);
            }
        };
        let network = network(address);
        if let Some(brings) = self.caps.blocks().everybody().at(address) {
            return Err(format!(
                "{} cannot be blocked: {brings} is in it, and everybody may come from there; block the address that a visitor \
                 has, and see --trusted-proxy",
                Blocked::Address(network).words(),
            ));
        }
        if address.is_unspecified() || address.is_multicast() {
            return Err(format!(
                "nobody comes from {address}; write the address that a visitor has"
            ));
        }
        Ok(Blocked::Address(network))
    }

    /// Who is on the list by this name, or by a beginning that is nobody else's.
    pub(super) fn listed(&self, name: &str) -> Option<Blocked> {
        let word = Word::read(name).ok()?;
        let all = self.caps.blocks().all().into_iter().map(|(whom, _)| whom);
        let mut found = all.filter(|whom| match (whom, &word) {
            (Blocked::Sandbox(id), Word::Sandbox { label, domain }) => {
                self.is_domain(domain) && id.starts_with(label)
            }
            (Blocked::Snapshot(own), Word::Snapshot { id }) => own == id,
            (Blocked::Snapshot(own), Word::Sandbox { label, domain: "" }) => own == label,
            (Blocked::Address(own), Word::Address(address)) => network(*address) == *own,
            _ => false,
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// The id of the sandbox that a person means.
    pub(super) async fn sandbox(&self, name: &str) -> Result<String, String> {
        let nobody =
            || format!("there is no sandbox “{name}”; hxlab top lists those that are in use");
        let label = match read(name)? {
            Word::Address(_) => {
                return Err(format!("“{name}” is an address and no sandbox: {WHOLE}"));
            }
            Word::Snapshot { .. } => {
                return Err(format!(
                    "“{name}” is a snapshot, which runs for each visitor by itself; hxlab block ends all of these"
                ));
            }
            Word::Port { host, port } => return self.at_port(host, port).ok_or_else(nobody),
            Word::Sandbox { domain, .. } if !self.is_domain(domain) => return Err(nobody()),
            Word::Sandbox { label, .. } => label,
        };
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
        if self.is_kept(label).await? {
            Ok(label.to_owned())
        } else {
            Err(nobody())
        }
    }

    /// The snapshot of this id, where one is shared.
    async fn snapshot(&self, id: &str) -> Result<Option<Blocked>, String> {
        let found = self.site.learning.store.snapshot(id).await;
        let found = found.map_err(|error| error.to_string())?;
        Ok(found.map(|it| Blocked::Snapshot(it.id)))
    }

    /// Whether sandboxes have, or had, their names below this domain; a bare id has none.
    fn is_domain(&self, domain: &str) -> bool {
        domain.is_empty()
            || self.site.domain.other() == Some(domain)
            || self.site.url.host_str() == Some(domain)
    }

    fn at_port(&self, host: &str, port: u16) -> Option<String> {
        let ports = self.site.ports.as_ref()?;
        let is_ours = ports.host == host && ports.has(port);
        is_ours
            .then(|| ports.tenant(port))
            .flatten()
            .map(|it| it.id)
    }
}

/// What stands behind `/play/` in an address, where that is an id.
fn snapshot(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("/play/")?;
    let id = rest.split(['/', '?', '#']).next()?;
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_id = id.len() > BEGINNING && id != "projects" && id.bytes().all(is_letter);
    is_id.then_some(id)
}

fn read(name: &str) -> Result<Word<'_>, String> {
    Word::read(name).map_err(|why| format!("“{name}” {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sandbox_is_named_by_its_id_or_its_address() {
        for (name, domain) in [
            ("abcd", ""),
            ("abcd…", ""),
            ("abcd.hxlab.localhost:3000", "hxlab.localhost"),
            (
                "http://abcd.hxlab.localhost:3000/chat?x=1.2",
                "hxlab.localhost",
            ),
            (
                "https://abcd--alice.learn.example.org?a",
                "learn.example.org",
            ),
        ] {
            let label = "abcd";
            assert_eq!(
                Word::read(name),
                Ok(Word::Sandbox { label, domain }),
                "{name}"
            );
        }
        let (host, port) = ("192.0.2.1", 4003);
        assert_eq!(
            Word::read("http://192.0.2.1:4003/x"),
            Ok(Word::Port { host, port })
        );
    }

    #[test]
    fn a_snapshot_is_named_by_its_address() {
        let id = "abcdefgh";
        for name in [
            "https://learn.example.org/play/abcdefgh",
            "https://learn.example.org/play/abcdefgh/embed?x=1",
            "learn.example.org/play/abcdefgh",
        ] {
            assert_eq!(Word::read(name), Ok(Word::Snapshot { id }), "{name}");
        }
        let project = Word::read("https://learn.example.org/play/projects/abcdefgh");
        assert!(!matches!(project, Ok(Word::Snapshot { .. })), "{project:?}");
    }

    #[test]
    fn an_address_is_one_and_what_is_misleading_is_nobody() {
        for address in [
            "192.0.2.1",
            "192.0.2.1/32",
            "2001:db8::1",
            "2001:db8::/64",
            "[2001:db8::1]",
        ] {
            assert!(
                matches!(Word::read(address), Ok(Word::Address(_))),
                "{address}"
            );
        }
        for network in ["192.0.2.0/24", "2001:db8::/32", "2222::/48", "192.0.2.1/64"] {
            assert_eq!(Word::read(network), Err(NoWord::Network), "{network}");
        }
        assert_eq!(
            Word::read("4001"),
            Err(NoWord::Number),
            "a learner's, in hxlab top"
        );
        assert_eq!(Word::read(""), Err(NoWord::Nobody));
        for nobody in [
            "abc",
            "Abcd",
            "192.0.2",
            "https://192.0.2.1/",
            "ab-cd",
            "abcd:x",
        ] {
            let wrong = Word::read(nobody);
            assert!(
                matches!(wrong, Err(NoWord::Nobody | NoWord::Number)),
                "{nobody}: {wrong:?}"
            );
        }
    }
}
