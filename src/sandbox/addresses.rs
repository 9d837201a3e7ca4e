//! Where sandboxes are reached: each at a name below the site's or another domain, or each at a port of its own,
//! where only an IP address is to be had.
//!
//! A name is a sandbox's for good. A port is leased ([`Ports::lease`]): who comes again gets the same; when
//! all are taken, the one that was unused for longest is given on, unless somebody is there. One whose tenant
//! has ended rests before it gets another ([`RESTS`]), so that pages of the old one do not ask the new one. A tenant is a
//! sandbox, or one of its clients, which has an origin of its own either way.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};

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

/// All ports are in use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "all {0} addresses for learners' servers are in use: try again in some minutes, or ask whoever runs \
     this site for more of them (--preview-ports)"
)]
pub(crate) struct NoPort(usize);

impl Addresses {
    /// The address of a tenant, with a slash at its end. `is_used` says of a sandbox's id whether
    /// somebody is there.
    pub(crate) fn of(
        &self,
        tenant: &Tenant,
        is_used: &dyn Fn(&str) -> bool,
    ) -> Result<String, NoPort> {
        match self {
            Self::Names(domain) => {
                let Tenant { id, client } = tenant;
                let client = client.map_or_else(String::new, |it| format!("--{it}"));
                Ok(domain.origin(&format!("{id}{client}")) + "/")
            }
            Self::Ports(ports) => {
                let port = ports.lease(tenant, is_used)?;
                Ok(format!("http://{}:{port}/", ports.host))
            }
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
            Self::Ports(ports) => {
                let places = ports.lock();
                let is_it = |it: &Tenant| it.id == id && it.client.is_none();
                places
                    .all
                    .iter()
                    .any(|it| it.tenant.as_ref().is_some_and(is_it))
            }
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

    /// The origin of a label.
    #[must_use]
    pub(crate) fn origin(&self, label: &str) -> String {
        format!("{}{label}{}", self.before, self.after)
    }
}

/// Ports that browsers open no page at (the Fetch standard's list, above 1023).
const BLOCKED: [u16; 19] = [
    1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669,
    6679, 6697, 10080,
];

/// Begins to listen at a port.
type Open = Box<dyn Fn(u16) -> io::Result<()> + Send + Sync>;

/// The ports of one site's sandboxes.
pub(crate) struct Ports {
    /// The site's host, an address or a name, as a URL writes it.
    pub(crate) host: String,
    range: RangeInclusive<u16>,
    open: Open,
    places: Mutex<PortSlots>,
}

struct PortSlots {
    /// Counts uses, to know which was the longest ago.
    uses: u64,
    all: Vec<PortSlot>,
}

struct PortSlot {
    port: u16,
    state: Listening,
    tenant: Option<Tenant>,
    used: u64,
    /// When the last tenant ended.
    ended: Option<Instant>,
}

/// How long a port is nobody's after its tenant has ended: longer than its pages ask again and again.
const RESTS: Duration = Duration::from_mins(1);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Listening {
    /// Nobody listens yet; that begins with the first lease.
    Closed,
    Open,
    /// Another program has it.
    Taken,
}

impl Ports {
    /// Ports that nobody has leased yet.
    #[must_use]
    pub(crate) fn new(host: String, range: RangeInclusive<u16>, open: Open) -> Self {
        let place = |port| PortSlot {
            port,
            state: Listening::Closed,
            tenant: None,
            used: 0,
            ended: None,
        };
        let usable = range.clone().filter(|port| !BLOCKED.contains(port));
        let places = PortSlots {
            uses: 0,
            all: usable.map(place).collect(),
        };
        Self {
            host,
            range,
            open,
            places: Mutex::new(places),
        }
    }

    /// The tenant's port: the one it has, a free one, or one that nobody uses any more.
    pub(crate) fn lease(
        &self,
        tenant: &Tenant,
        is_used: &dyn Fn(&str) -> bool,
    ) -> Result<u16, NoPort> {
        self.lease_at(Instant::now(), tenant, is_used)
    }

    fn lease_at(
        &self,
        now: Instant,
        tenant: &Tenant,
        is_used: &dyn Fn(&str) -> bool,
    ) -> Result<u16, NoPort> {
        let mut places = self.lock();
        places.uses += 1;
        let uses = places.uses;
        let own = places
            .all
            .iter_mut()
            .find(|it| it.tenant.as_ref() == Some(tenant));
        if let Some(place) = own {
            place.used = uses;
            return Ok(place.port);
        }
        let place = match self.free(&mut places, tenant, now) {
            Some(place) => place,
            None => unused(&mut places, is_used).ok_or_else(|| NoPort(places.count()))?,
        };
        let place = &mut places.all[place];
        place.tenant = Some(tenant.clone());
        place.used = uses;
        Ok(place.port)
    }

    /// Who lives at a port; that counts as a use of it.
    pub(crate) fn tenant(&self, port: u16) -> Option<Tenant> {
        let mut places = self.lock();
        places.uses += 1;
        let uses = places.uses;
        let place = places.all.iter_mut().find(|it| it.port == port)?;
        place.used = uses;
        place.tenant.clone()
    }

    /// Whether a port is one of these.
    #[must_use]
    pub(crate) fn has(&self, port: u16) -> bool {
        self.range.contains(&port)
    }

    /// The origins of a sandbox and of its clients.
    #[must_use]
    pub(crate) fn family(&self, id: &str) -> Vec<String> {
        let places = self.lock();
        let of_id = |it: &&PortSlot| it.tenant.as_ref().is_some_and(|tenant| tenant.id == id);
        let origin = |it: &PortSlot| format!("http://{}:{}", self.host, it.port);
        places.all.iter().filter(of_id).map(origin).collect()
    }

    fn release(&self, id: &str) {
        for place in &mut self.lock().all {
            if place.tenant.take_if(|tenant| tenant.id == id).is_some() {
                place.ended = Some(Instant::now());
            }
        }
    }

    /// A port without a tenant. The search begins where the tenant's name says, so that the same one tends
    /// to get the same port after a restart.
    fn free(&self, places: &mut PortSlots, tenant: &Tenant, now: Instant) -> Option<usize> {
        let count = places.all.len();
        let mut hasher = DefaultHasher::new();
        tenant.hash(&mut hasher);
        let begin = usize::try_from(hasher.finish() % count.max(1) as u64).unwrap_or(0);
        for step in 0..count {
            let at = (begin + step) % count;
            let place = &mut places.all[at];
            if place.tenant.is_some() || place.rests(now) {
                continue;
            }
            if place.state == Listening::Closed {
                place.state = match (self.open)(place.port) {
                    Ok(()) => Listening::Open,
                    Err(_) => Listening::Taken,
                };
            }
            if place.state == Listening::Open {
                return Some(at);
            }
        }
        None
    }

    fn lock(&self) -> MutexGuard<'_, PortSlots> {
        self.places.lock()
    }
}

impl PortSlot {
    fn rests(&self, now: Instant) -> bool {
        let since = self.ended.map(|ended| now.saturating_duration_since(ended));
        since.is_some_and(|since| since < RESTS)
    }
}

impl PortSlots {
    /// How many there are that no other program has.
    fn count(&self) -> usize {
        self.all
            .iter()
            .filter(|it| it.state != Listening::Taken)
            .count()
    }
}

/// The leased port that was unused for longest, of those whose sandbox nobody uses.
fn unused(places: &mut PortSlots, is_used: &dyn Fn(&str) -> bool) -> Option<usize> {
    let over = |it: &PortSlot| {
        it.tenant
            .as_ref()
            .is_some_and(|tenant| !is_used(&tenant.id))
    };
    let all = places.all.iter().enumerate();
    all.filter(|(_, it)| over(it))
        .min_by_key(|(_, it)| it.used)
        .map(|(at, _)| at)
}

#[cfg(test)]
#[path = "addresses_tests.rs"]
mod tests;
