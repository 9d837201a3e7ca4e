//! Ports of the site's address, of which each sandbox and each client of a check has one.
//!
//! A port is leased ([`Ports::lease`]): who comes again gets the same; when all are taken, the one that was unused for
//! longest is given on, unless somebody is there. One whose tenant has ended rests before it gets another ([`RESTS`]),
//! so that pages of the old one do not ask the new one; the old tenant itself gets it back at once. A check's page takes its frames away when the check is over,
//! and says so ([`Ports::vacated`]): then nothing is left that could ask, and the port is free at once. What the
//! browser keeps of the old tenant (storage, cookies) is kept from the new one in any case, by `web/gateway`.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io;
use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};

use super::line::Line;
use super::{IsUsed, NoPort, Tenant};

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
    /// Of those who wait.
    pub(super) line: Line,
}

struct PortSlots {
    /// Counts uses, to know which was the longest ago.
    uses: u64,
    all: Vec<PortSlot>,
}

#[derive(Clone)]
struct PortSlot {
    port: u16,
    state: Listening,
    tenant: Option<Tenant>,
    used: u64,
    /// The pages of the workbench that show the tenant, which is a second client; no other tenant has any.
    shown_by: Vec<u32>,
    /// Who was the last tenant that ended, and when, as long as a page of it may be open.
    ended: Option<(Tenant, Instant)>,
}

/// How long a port is nobody's after its tenant has ended, where nobody says that its pages are closed
/// ([`Ports::vacated`]): longer than they ask again and again.
const RESTS: Duration = Duration::from_mins(1);

/// Of so many pages that show a second client is known. A browser that died never says that its page has left.
const PAGES_LIMIT: usize = 16;

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
            shown_by: Vec::new(),
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
            line: Line::default(),
        }
    }

    /// The tenant's port: the one it has, a free one, or one that nobody uses any more.
    pub(crate) fn lease(&self, tenant: &Tenant, is_used: IsUsed) -> Result<u16, NoPort> {
        self.lease_at(Instant::now(), tenant, is_used)
    }

    /// The same for a second client, which this page of the workbench shows from now on.
    pub(super) fn lease_shown(
        &self,
        client: &Tenant,
        page: u32,
        is_used: IsUsed,
    ) -> Result<u16, NoPort> {
        let mut places = self.lock();
        let place = self.place(&mut places, client, (Instant::now(), is_used))?;
        let slot = &mut places.all[place];
        slot.shown_by.retain(|it| *it != page);
        slot.shown_by.push(page);
        if slot.shown_by.len() > PAGES_LIMIT {
            slot.shown_by.remove(0);
        }
        Ok(slot.port)
    }

    fn lease_at(&self, now: Instant, tenant: &Tenant, is_used: IsUsed) -> Result<u16, NoPort> {
        let mut places = self.lock();
        let place = self.place(&mut places, tenant, (now, is_used))?;
        Ok(places.all[place].port)
    }

    /// Ports for all of these, which are one sandbox and its clients, or for none.
    pub(super) fn lease_all(&self, tenants: &[Tenant], is_used: IsUsed) -> Result<(), NoPort> {
        // It is not live yet, so nobody seems to be there.
        let is_own = |id: &str| tenants.iter().any(|it| it.id == id);
        let is_used: IsUsed = &|id| is_own(id) || is_used(id);
        let mut places = self.lock();
        let before = places.all.clone();
        let now = Instant::now();
        for tenant in tenants {
            if let Err(none) = self.place(&mut places, tenant, (now, is_used)) {
                places.restore(before);
                return Err(none);
            }
        }
        Ok(())
    }

    /// Where the tenant has its port from now on.
    fn place(
        &self,
        places: &mut PortSlots,
        tenant: &Tenant,
        (now, is_used): (Instant, IsUsed),
    ) -> Result<usize, NoPort> {
        places.uses += 1;
        let uses = places.uses;
        let own = |it: &PortSlot| it.tenant.as_ref() == Some(tenant);
        let found = places.all.iter().position(own);
        let found = found.or_else(|| places.all.iter().position(|it| it.was_last(tenant)));
        let found = found.or_else(|| self.free(places, tenant, now));
        let found = found.or_else(|| unused(places, is_used));
        let place = found.ok_or_else(|| NoPort::Used(places.count()))?;
        let slot = &mut places.all[place];
        if !own(slot) {
            slot.tenant = Some(tenant.clone());
            slot.shown_by.clear();
            slot.ended = None;
        }
        slot.used = uses;
        Ok(place)
    }

    /// Whether ports may soon be free: a check's client has one, or one rests.
    pub(super) fn some_come_back(&self) -> bool {
        let now = Instant::now();
        let comes_back = |it: &PortSlot| it.is_of_check() || it.rests(now);
        self.lock().all.iter().any(comes_back)
    }

    /// The fault of whoever gets none.
    pub(super) fn none(&self) -> NoPort {
        NoPort::Used(self.lock().count())
    }

    /// Whether a sandbox has its port still.
    pub(super) fn keep(&self, id: &str) -> bool {
        let is_it = |it: &Tenant| it.id == id && it.client.is_none();
        let places = self.lock();
        let mut tenants = places.all.iter().filter_map(|it| it.tenant.as_ref());
        tenants.any(is_it)
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

    /// How many of them have a tenant.
    #[must_use]
    pub(crate) fn leased(&self) -> usize {
        let places = self.lock();
        places.all.iter().filter(|it| it.tenant.is_some()).count()
    }

    /// How many there are.
    #[must_use]
    pub(crate) fn all(&self) -> usize {
        self.lock().all.len()
    }

    /// The origin of a port.
    pub(super) fn origin(&self, port: u16) -> String {
        format!("http://{}:{port}", self.host)
    }

    /// The origins of a sandbox and of its clients.
    #[must_use]
    pub(crate) fn family(&self, id: &str) -> Vec<String> {
        let places = self.lock();
        let of_id = |it: &&PortSlot| it.tenant.as_ref().is_some_and(|tenant| tenant.id == id);
        let origin = |it: &PortSlot| self.origin(it.port);
        places.all.iter().filter(of_id).map(origin).collect()
    }

    /// The ports of this id are nobody's; each rests, for as long as its pages may be open.
    pub(super) fn release(&self, id: &str) {
        self.release_where(|it| it.tenant.as_ref().is_some_and(|it| it.id == id));
    }

    /// This page shows the second client no longer; the port of one that no page shows is released.
    pub(super) fn left(&self, client: &Tenant, page: u32) {
        self.release_where(|slot| {
            if slot.tenant.as_ref() != Some(client) {
                return false;
            }
            slot.shown_by.retain(|it| *it != page);
            slot.shown_by.is_empty()
        });
    }

    fn release_where(&self, is_over: impl Fn(&mut PortSlot) -> bool) {
        for place in &mut self.lock().all {
            if !is_over(place) {
                continue;
            }
            if let Some(tenant) = place.tenant.take() {
                place.shown_by.clear();
                place.ended = Some((tenant, Instant::now()));
            }
        }
        self.line.tell();
    }

    /// The ports that were of this id need no rest.
    pub(super) fn vacated(&self, id: &str) {
        for place in &mut self.lock().all {
            place.ended.take_if(|(ended, _)| ended.id == id);
        }
        self.line.tell();
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
    /// Whether its tenant is a client of a check.
    fn is_of_check(&self) -> bool {
        let is_client = self.tenant.as_ref().is_some_and(|it| it.client.is_some());
        is_client && self.shown_by.is_empty()
    }

    /// Whether it is nobody's, and was this tenant's last.
    fn was_last(&self, tenant: &Tenant) -> bool {
        let is_it = self.ended.as_ref().is_some_and(|(it, _)| it == tenant);
        is_it && self.tenant.is_none()
    }

    fn rests(&self, now: Instant) -> bool {
        let ended = self.ended.as_ref();
        ended.is_some_and(|(_, at)| now.saturating_duration_since(*at) < RESTS)
    }
}

impl PortSlots {
    /// As it was `before`, except for what is known of who listens meanwhile.
    fn restore(&mut self, before: Vec<PortSlot>) {
        for (slot, before) in self.all.iter_mut().zip(before) {
            *slot = PortSlot {
                state: slot.state,
                ..before
            };
        }
    }

    /// How many there are that no other program has.
    fn count(&self) -> usize {
        self.all
            .iter()
            .filter(|it| it.state != Listening::Taken)
            .count()
    }
}

/// The leased port that was unused for longest, of those whose sandbox nobody uses.
fn unused(places: &mut PortSlots, is_used: IsUsed) -> Option<usize> {
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
#[path = "ports_tests.rs"]
mod tests;
