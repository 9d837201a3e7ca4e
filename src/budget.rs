//! One budget of memory for what clients can make large: divided by what uses it, and there by who does.
//!
//! Whoever is about to hold bytes for a client takes a [`Share`] first ([`Budget::take`]) and holds it for as long
//! as the bytes. Where there is none to be had, the client reads the sentence of [`Refused`], and the refusal is counted
//! ([`Refusals`]).
//!
//! Beside it stand the budgets of a day: of bytes that an address may send and have sent ([`Allowance`]), and of what is
//! kept ([`Quota`]).

mod allowance;
mod quota;
mod refusals;

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use parking_lot::Mutex;

pub(crate) use allowance::Allowance;
pub(crate) use quota::{Quota, QuotaLimits, UsedUp, Whence};
pub(crate) use refusals::{Reason, Refusals};

/// What memory is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// Bodies of requests, from before they are read until they are answered.
    Bodies,
    /// Streams of what happens in a sandbox: a piece that waits to be sent.
    Feeds,
    /// Downloads of all that is kept about a learner: a piece that waits to be sent.
    Downloads,
    /// Questions of a challenge's checks about the wire, with what is found.
    Claims,
}

/// Who uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Who {
    /// A learner, by the number that the store gave them.
    Learner(i64),
    /// An IPv4 address, or an IPv6 network of 64 bits.
    Network(IpAddr),
}

/// The budget of one program; clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Budget(Arc<Accounts>);

#[derive(Debug)]
struct Accounts {
    /// In bytes.
    total: usize,
    /// In the order of [`Use::ALL`].
    by_use: [Mutex<Account>; Use::ALL.len()],
    refusals: Refusals,
}

#[derive(Debug, Default)]
struct Account {
    /// In bytes, by all.
    taken: usize,
    /// In bytes; nobody who has none is in here.
    by: HashMap<Who, usize>,
}

/// Bytes that may be held; dropping it gives them back.
#[derive(Debug)]
pub(crate) struct Share {
    accounts: Arc<Accounts>,
    what: Use,
    who: Option<Who>,
    bytes: usize,
}

/// There is no share to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub(crate) struct Refused {
    what: Use,
    /// Whether it is the asker's own part that is used up.
    own: bool,
}

/// How far one use of the budget is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) what: Use,
    /// In bytes.
    pub(crate) taken: usize,
    /// In bytes.
    pub(crate) limit: usize,
}

impl Budget {
    /// Nothing of so many bytes is taken yet; who is turned away is counted there.
    #[must_use]
    pub(crate) fn new(total: usize, refusals: Refusals) -> Self {
        Self(Arc::new(Accounts {
            total,
            by_use: Default::default(),
            refusals,
        }))
    }

    /// A share of so many bytes. `who` has a part of what others have left of each use, so that however many take
    /// all they can, something is left for who has nothing; of `None` nobody is counted apart.
    pub(crate) fn take(&self, what: Use, who: Option<Who>, bytes: usize) -> Result<Share, Refused> {
        let limit = self.limit(what);
        let mut account = self.0.by_use[what as usize].lock();
        let mine = who.and_then(|who| account.by.get(&who).copied());
        let mine = mine.unwrap_or(0);
        let left = limit - (account.taken - mine);
        let is_over = |of: usize| who.is_some_and(|who| mine + bytes > who.part_of(of));
        let own = is_over(limit);
        if is_over(left) || account.taken + bytes > limit {
            drop(account);
            self.0.refusals.count(what.reason(), who);
            return Err(Refused { what, own });
        }
        account.taken += bytes;
        if let Some(who) = who {
            *account.by.entry(who).or_default() += bytes;
        }
        Ok(Share {
            accounts: Arc::clone(&self.0),
            what,
            who,
            bytes,
        })
    }

    /// Where is counted who is turned away.
    pub(crate) fn refusals(&self) -> &Refusals {
        &self.0.refusals
    }

    /// How far each use is taken, in the order of [`Use::ALL`].
    pub(crate) fn figures(&self) -> impl Iterator<Item = Figures> {
        Use::ALL.into_iter().map(|what| {
            let account = self.0.by_use[what as usize].lock();
            Figures {
                what,
                taken: account.taken,
                limit: self.limit(what),
            }
        })
    }

    fn limit(&self, what: Use) -> usize {
        self.0.total / 8 * what.eighths()
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut account = self.accounts.by_use[self.what as usize].lock();
        account.taken -= self.bytes;
        let Some(who) = self.who else {
            return;
        };
        if let Some(own) = account.by.get_mut(&who) {
            *own -= self.bytes;
            if *own == 0 {
                account.by.remove(&who);
            }
        }
    }
}

impl Use {
    pub(crate) const ALL: [Self; 4] = [Self::Bodies, Self::Feeds, Self::Downloads, Self::Claims];

    /// The word that figures use.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bodies => "bodies",
            Self::Feeds => "feeds",
            Self::Downloads => "downloads",
            Self::Claims => "claims",
        }
    }

    /// Why somebody gets no share for it.
    fn reason(self) -> Reason {
        match self {
            Self::Bodies => Reason::Bodies,
            Self::Feeds => Reason::Feeds,
            Self::Downloads => Reason::Downloads,
            Self::Claims => Reason::Claims,
        }
    }

    /// How many eighths of the whole budget there are for it; eight for all uses together.
    fn eighths(self) -> usize {
        match self {
            Self::Bodies => 4,
            Self::Feeds => 2,
            Self::Downloads | Self::Claims => 1,
        }
    }
}

impl Who {
    /// Whoever is at this address; none at this machine's own, to which a proxy may bring everybody.
    #[must_use]
    pub(crate) fn at(address: IpAddr) -> Option<Self> {
        let address = address.to_canonical();
        (!address.is_loopback()).then(|| Self::Network(network(address)))
    }

    /// How much of what there is for one use one may have. A whole class can share an address.
    fn part_of(self, limit: usize) -> usize {
        match self {
            Self::Learner(_) => limit / 16,
            Self::Network(_) => limit / 4,
        }
    }
}

/// Whoever has one IPv6 address has its whole network of 64 bits.
#[must_use]
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let network = address.to_bits() & (u128::MAX << 64);
            Ipv6Addr::from_bits(network).into()
        }
    }
}

impl Refused {
    fn sentence(self) -> &'static str {
        match (self.what, self.own) {
            (Use::Bodies, false) => {
                "Too much is being sent to this site at once: send it again in a moment."
            }
            (Use::Bodies, true) => {
                "Too much is being sent from your address at once: send it again in a moment."
            }
            (Use::Feeds, false) => {
                "Too many pages watch their servers just now: load the page again in a moment."
            }
            (Use::Feeds, true) => {
                "Too many of your own tabs watch a server: close those that you do not need."
            }
            (Use::Downloads, false) => {
                "Too many people download what is kept about them: try again in a minute."
            }
            (Use::Downloads, true) => {
                "You are downloading this already: wait until the other download is done."
            }
            (Use::Claims, false) => {
                "Too many checks look at the wire just now: start the checks again in a minute."
            }
            (Use::Claims, true) => {
                "Too many questions about the wire wait at once: have the check ask them one after \
                 the other."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIB: usize = 1024;

    fn learner(number: i64) -> Who {
        Who::Learner(number)
    }

    #[test]
    fn nobody_takes_what_is_for_all() {
        let budget = Budget::new(800 * KIB, Refusals::default());
        let own = budget.take(Use::Feeds, Some(learner(1)), 12 * KIB).unwrap();
        let more = budget.take(Use::Feeds, Some(learner(1)), KIB);
        assert!(more.unwrap_err().own, "a sixteenth of 200 KiB is theirs");
        assert!(budget.take(Use::Feeds, Some(learner(2)), 11 * KIB).is_ok());
        drop(own);
        assert!(budget.take(Use::Feeds, Some(learner(1)), 12 * KIB).is_ok());
    }

    #[test]
    fn who_has_nothing_finds_something_left_by_those_who_take_all_they_can() {
        let budget = Budget::new(800 * KIB, Refusals::default());
        let greedy = |number| Some(Who::at([198, 51, 100, number].into()).unwrap());
        let mut held: [Vec<Share>; 20] = Default::default();
        // The first finds all of it, but what is sent has an end.
        for _ in 0..20 {
            for (number, own) in (0..).zip(&mut held) {
                own.clear();
                own.extend(std::iter::from_fn(|| {
                    budget.take(Use::Bodies, greedy(number), KIB).ok()
                }));
            }
        }
        let refused = budget.take(Use::Bodies, greedy(19), KIB).unwrap_err();
        assert!(!refused.own, "it is the others who have taken so much");
        assert!(budget.take(Use::Bodies, greedy(99), 8 * KIB).is_ok());
    }

    #[test]
    fn all_together_take_no_more_than_there_is() {
        let budget = Budget::new(800 * KIB, Refusals::default());
        let take = || budget.take(Use::Feeds, None, 10 * KIB);
        let all: Vec<_> = (0..50).map_while(|_| take().ok()).collect();
        assert_eq!(all.len(), 20);
        let refused = budget.take(Use::Feeds, Some(learner(99)), KIB);
        assert!(!refused.unwrap_err().own);
        assert!(budget.take(Use::Bodies, Some(learner(99)), KIB).is_ok());
        drop(all);
        let feeds = budget.figures().find(|it| it.what == Use::Feeds).unwrap();
        assert_eq!(feeds.taken, 0);
        let mut totals = budget.0.refusals.totals();
        assert!(totals.any(|it| it == ("feeds", 2)));
        assert!(budget.0.by_use[Use::Feeds as usize].lock().by.is_empty());
    }

    #[test]
    fn the_uses_share_the_whole() {
        assert_eq!(Use::ALL.into_iter().map(Use::eighths).sum::<usize>(), 8);
        for (place, what) in Use::ALL.into_iter().enumerate() {
            assert_eq!(what as usize, place);
        }
    }

    #[test]
    fn an_ipv6_network_is_one_and_this_machine_is_nobody() {
        let at = |text: &str| Who::at(text.parse().unwrap());
        assert_eq!(at("2001:db8::1"), at("2001:db8::2"));
        assert_ne!(at("2001:db8::1"), at("2001:db8:0:1::1"));
        assert_eq!(at("::ffff:192.0.2.1"), at("192.0.2.1"));
        assert_eq!(at("127.0.0.1"), None);
    }
}
