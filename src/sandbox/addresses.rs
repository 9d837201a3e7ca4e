//! Where sandboxes are reached: each at a name below the site's or another domain, or each at a port of its own,
//! where only an IP address is to be had.
//!
//! A name is a sandbox's for good. A port is leased ([`ports`]), and where none is free, checks wait for theirs in
//! a line ([`mod@line`]). A tenant is a sandbox, or one of its clients, which has an origin of its own either way.

mod line;
mod ports;

use std::sync::Arc;
use std::time::Duration;

pub(crate) use ports::Ports;

/// The clients of a sandbox that have an origin each, with cookies and storage of their own, at
/// `ID--alice.hxlab.localhost`: as hosts' labels, and as the wire names them. Mallory is the one who
/// attacks. The list is closed, because a content security policy has to name each.
pub(crate) const CLIENTS: [(&str, &str); 4] = [
    ("alice", "Alice"),
    ("bob", "Bob"),
    ("carol", "Carol"),
    ("mallory", "Mallory"),
];

/// The client that a learner opens beside the preview, in the workbench: the label, and the name on the wire.
pub(crate) const SECOND_CLIENT: (&str, &str) = CLIENTS[1];

/// Says of a sandbox's id whether somebody is there.
pub(crate) type IsUsed<'a> = &'a (dyn Fn(&str) -> bool + Sync);

/// Who lives at an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tenant {
    /// The sandbox's id.
    pub(crate) id: String,
    /// The client's label, where it is the address of one.
    pub(crate) client: Option<&'static str>,
}

/// The addresses of one site's sandboxes.
#[derive(Clone)]
pub(crate) enum Addresses {
    /// A name for each.
    Names(SandboxDomain),
    /// A port for each.
    Ports(Arc<Ports>),
}

/// No port is to be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoPort {
    /// All are in use.
    #[error(
        "all {0} addresses for learners' servers are in use: try again in some minutes, or ask whoever runs \
         this site for more of them (--preview-ports)"
    )]
    Used(usize),
    /// Snapshots that run for one visitor have as many as may be.
    #[error(
        "{0} shared projects run for your network address already, as many as may at once: close those that you do \
         not need, and try again in some minutes"
    )]
    OwnVisits(usize),
    /// Snapshots that run for all visitors have.
    #[error(
        "{0} shared projects run for visitors already, as many as may at once, since learners need the other \
         addresses: try again in some minutes"
    )]
    Visits(usize),
}

/// Of so many ports, one visitor's snapshots may have one; at least two.
const OWN_SHARE: usize = 8;
/// Of so many, those of all visitors may have one.
const VISITS_SHARE: usize = 2;

impl Addresses {
    /// The address of a tenant, with a slash at its end.
    pub(crate) fn of(&self, tenant: &Tenant, is_used: IsUsed) -> Result<String, NoPort> {
        match self {
            Self::Names(domain) => Ok(domain.of(tenant)),
            Self::Ports(ports) => Ok(ports.origin(ports.lease(tenant, is_used)?) + "/"),
        }
    }

    /// The address of a second client, which this page of the workbench shows from now on.
    pub(crate) fn show(
        &self,
        client: &Tenant,
        page: u32,
        is_used: IsUsed,
    ) -> Result<String, NoPort> {
        match self {
            Self::Names(domain) => Ok(domain.of(client)),
            Self::Ports(ports) => Ok(ports.origin(ports.lease_shown(client, page, is_used)?) + "/"),
        }
    }

    /// What a page of the site may show in a frame.
    #[must_use]
    pub(crate) fn pattern(&self) -> String {
        match self {
            Self::Names(domain) => domain.origin("*") + "/",
            Self::Ports(ports) => format!("http://{}:*", ports.host),
        }
    }

    /// Whether a sandbox that got an address has it still.
    #[must_use]
    pub(crate) fn keep(&self, id: &str) -> bool {
        match self {
            Self::Names(_) => true,
            Self::Ports(ports) => ports.keep(id),
        }
    }

    /// Has addresses for all of these tenants, or for none: whoever took one after the other could wait for somebody
    /// who waits for them. Where there are not enough, waits in line for so long at most.
    pub(crate) async fn reserve(
        &self,
        tenants: &[Tenant],
        patience: Duration,
        is_used: IsUsed<'_>,
    ) -> Result<(), NoPort> {
        match self {
            Self::Names(_) => Ok(()),
            Self::Ports(ports) => ports.reserve(tenants, patience, is_used).await,
        }
    }

    /// Has an address for a learner's own sandbox; waits for so long at most, while checks have some that they give back.
    pub(crate) async fn settle(
        &self,
        tenant: &Tenant,
        patience: Duration,
        is_used: IsUsed<'_>,
    ) -> Result<(), NoPort> {
        match self {
            Self::Names(_) => Ok(()),
            Self::Ports(ports) => ports.settle(tenant, patience, is_used).await,
        }
    }

    /// Whether one more snapshot may have an address, where so many run for its visitor's address, and for all visitors.
    /// The visitors of this machine, or of a proxy that nobody trusts, cannot be told apart.
    pub(crate) fn admit_visit(&self, own: Option<usize>, all: usize) -> Result<(), NoPort> {
        let Self::Ports(ports) = self else {
            return Ok(());
        };
        let most = (ports.all() / VISITS_SHARE).max(1);
        let most_own = (ports.all() / OWN_SHARE).max(2);
        if own.is_some_and(|own| own >= most_own) {
            return Err(NoPort::OwnVisits(most_own));
        }
        if all >= most {
            return Err(NoPort::Visits(most));
        }
        Ok(())
    }

    /// Whoever lived at this id has no page open in any browser any more.
    pub(crate) fn vacated(&self, id: &str) {
        if let Self::Ports(ports) = self {
            ports.vacated(id);
        }
    }

    /// This page shows a second client no longer; where none does, others may have its address.
    pub(crate) fn left(&self, client: &Tenant, page: u32) {
        if let Self::Ports(ports) = self {
            ports.left(client, page);
        }
    }

    /// Whoever lives at this id does so no longer.
    pub(crate) fn release(&self, id: &str) {
        if let Self::Ports(ports) = self {
            ports.release(id);
        }
    }
}

/// The name below which each sandbox has its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SandboxDomain {
    /// `https://`, as the site has it.
    before: String,
    /// What follows a label: `.hxlab.localhost:3000`, with the site's port.
    after: String,
    /// The domain, where it is not the site's.
    other: Option<String>,
}

impl SandboxDomain {
    /// The site's own name, or another domain; `site` is the site's origin.
    #[must_use]
    pub(crate) fn new(site: &str, other: Option<String>) -> Self {
        let (scheme, host) = site.split_once("://").unwrap_or(("http", site));
        let after = match (&other, host.rsplit_once(':')) {
            (Some(other), Some((_, port))) => format!(".{other}:{port}"),
            (Some(other), None) => format!(".{other}"),
            (None, _) => format!(".{host}"),
        };
        let before = format!("{scheme}://");
        Self {
            before,
            after,
            other,
        }
    }

    /// The domain, where it is not the site's.
    #[must_use]
    pub(crate) fn other(&self) -> Option<&str> {
        self.other.as_deref()
    }

    /// The address of a tenant, with a slash at its end.
    fn of(&self, Tenant { id, client }: &Tenant) -> String {
        let client = client.map_or_else(String::new, |it| format!("--{it}"));
        self.origin(&format!("{id}{client}")) + "/"
    }

    /// The origin of a label.
    #[must_use]
    pub(crate) fn origin(&self, label: &str) -> String {
        format!("{}{label}{}", self.before, self.after)
    }
}

#[cfg(test)]
#[path = "addresses_tests.rs"]
mod tests;
