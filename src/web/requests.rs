//! What an operator learns of requests: figures of all, and one line in the log for each that failed by our fault or
//! was slow. A line names the route and never what was asked for, who asked, or from where.
//!
//! [`Watched`] stands around everything that answers. What failed is said by the [`Failed`] that
//! [`FaultAnswers`](super::fault::FaultAnswers) leaves with the answer; its id stands on the page. Who is turned away is
//! said by [`TurnedAway`].

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use http::{HeaderName, HeaderValue};
use parking_lot::Mutex;
use poem::{Endpoint, PathPattern, Request, Response, Result};

use crate::budget::{Reason, Refusals};

/// A page that takes longer to begin is worth a line.
const SLOW: Duration = Duration::from_secs(1);
/// The most lines in a minute, so that no crowd fills the disk by them.
const LINES: u32 = 60;
const MINUTE: Duration = Duration::from_mins(1);

/// Where an answer may wait for a learner's server, or for what happens in it.
const WAIT: [&str; 3] = ["/lessons/:slug/run", "/lessons/:slug/challenge", "/trials/"];

/// The header with the id of a request that has a line.
const ID: HeaderName = HeaderName::from_static("x-request-id");

/// The upper ends of the classes of how long answers took, in milliseconds.
const CLASSES: [u64; 7] = [2, 5, 20, 100, 500, 2_000, 10_000];

/// Why a request failed; with its answer.
#[derive(Clone, Debug)]
pub(crate) struct Failed {
    /// By which its line is found again.
    pub(crate) id: String,
    pub(crate) cause: String,
}

/// Why somebody is turned away, where it is not counted yet; with the answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TurnedAway(pub(crate) Reason);

/// An answer of a sandbox: a learner's server gave it, or the gateway in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OfSandbox;

/// The figures of one program; clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Requests(Arc<Counts>);

#[derive(Debug)]
struct Counts {
    /// Who is turned away.
    refusals: Refusals,
    site: Answers,
    sandboxes: Answers,
    lines: Mutex<Lines>,
}

/// The id of a request that has a line: 32 random bits; what is found by it stands in a log of some days.
#[must_use]
pub(crate) fn new_id() -> String {
    let mut bytes = [0; 4];
    // Without a random source the log has the cause all the same.
    let _ = getrandom::fill(&mut bytes);
    format!("{:08x}", u32::from_be_bytes(bytes))
}

/// How often there was an answer, and how long the site's took.
#[derive(Debug, Default)]
struct Answers {
    /// By the first digit of the status.
    by_status: [AtomicU64; 6],
    /// One for each of [`CLASSES`], and one for what takes longer.
    by_time: [AtomicU64; CLASSES.len() + 1],
    microseconds: AtomicU64,
}

/// The lines of this minute.
#[derive(Debug)]
struct Lines {
    since: Instant,
    written: u32,
    left_out: u32,
}

/// How long answers took.
pub(crate) struct Times {
    /// Seconds, and how many took no longer.
    pub(crate) classes: Vec<(f64, u64)>,
    pub(crate) count: u64,
    /// In seconds.
    pub(crate) sum: f64,
}

impl Requests {
    /// None so far.
    #[must_use]
    pub(crate) fn new(refusals: Refusals) -> Self {
        Self(Arc::new(Counts {
            refusals,
            site: Answers::default(),
            sandboxes: Answers::default(),
            lines: Mutex::new(Lines::new(Instant::now())),
        }))
    }

    /// How many answers there were, by whose they are and the first digit of their status.
    pub(crate) fn answers(&self) -> impl Iterator<Item = (&'static str, usize, u64)> {
        let of = |whose, answers: &'_ Answers| {
            let counts = answers.by_status.each_ref();
            let counts = counts.map(|count| count.load(Ordering::Relaxed));
            let counts = counts.into_iter().enumerate().skip(1);
            counts.map(move |(digit, count)| (whose, digit, count))
        };
        of("site", &self.0.site).chain(of("sandboxes", &self.0.sandboxes))
    }

    /// How long the site's answers took.
    pub(crate) fn times(&self) -> Times {
        let answers = &self.0.site;
        let mut count = 0;
        let mut classes = Vec::new();
        for (place, own) in answers.by_time.iter().enumerate() {
            count += own.load(Ordering::Relaxed);
            if let Some(end) = CLASSES.get(place) {
                classes.push((Duration::from_millis(*end).as_secs_f64(), count));
            }
        }
        let sum = Duration::from_micros(answers.microseconds.load(Ordering::Relaxed));
        Times {
            classes,
            count,
            sum: sum.as_secs_f64(),
        }
    }

    fn answered(&self, method: &http::Method, took: Duration, response: &mut Response) {
        let is_sandbox = response.data::<OfSandbox>().is_some();
        let answers = if is_sandbox {
            &self.0.sandboxes
        } else {
            &self.0.site
        };
        answers.count(response.status().as_u16(), took);
        let failed = response.data::<Failed>().cloned();
        let route = response.data::<PathPattern>().cloned();
        let route = route.as_ref().map_or("none", |pattern| &*pattern.0);
        let is_slow = took >= SLOW && !is_sandbox && !WAIT.iter().any(|it| route.starts_with(it));
        if (failed.is_none() && !is_slow) || !self.may_write() {
            return;
        }
        let (status, took_ms) = (response.status().as_u16(), took.as_millis());
        let id = if let Some(Failed { id, cause }) = failed {
            tracing::error!(request = %id, %method, route, status, took_ms, cause, "a request failed");
            id
        } else {
            let id = new_id();
            tracing::warn!(request = %id, %method, route, status, took_ms, "a request was slow");
            id
        };
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(ID, id);
        }
    }

    fn may_write(&self) -> bool {
        let mut lines = self.0.lines.lock();
        let (may, left_out) = lines.one_more(Instant::now());
        if left_out > 0 {
            tracing::warn!(lines = left_out, "lines about requests were left out");
        }
        may
    }
}

impl Answers {
    fn count(&self, status: u16, took: Duration) {
        let digit = usize::from(status / 100).min(self.by_status.len() - 1);
        self.by_status[digit].fetch_add(1, Ordering::Relaxed);
        let milliseconds = took.as_millis();
        let class = CLASSES.partition_point(|end| u128::from(*end) < milliseconds);
        self.by_time[class].fetch_add(1, Ordering::Relaxed);
        let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.microseconds.fetch_add(microseconds, Ordering::Relaxed);
    }
}

impl Lines {
    fn new(now: Instant) -> Self {
        Self {
            since: now,
            written: 0,
            left_out: 0,
        }
    }

    /// Whether one more may be written, and how many of the minute before were not.
    fn one_more(&mut self, now: Instant) -> (bool, u32) {
        let mut left_out = 0;
        if now >= self.since + MINUTE {
            left_out = self.left_out;
            *self = Self::new(now);
        }
        let may = self.written < LINES;
        if may {
            self.written += 1;
        } else {
            self.left_out += 1;
        }
        (may, left_out)
    }
}

/// The endpoint around all others that sees how they answer.
pub(crate) struct Watched<E> {
    inner: E,
    requests: Requests,
}

impl<E: Endpoint> Watched<E> {
    /// Sees what `inner` answers.
    pub(crate) fn around(inner: E, requests: Requests) -> Self {
        Self { inner, requests }
    }
}

impl<E: Endpoint> Endpoint for Watched<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let began = Instant::now();
        let method = request.method().clone();
        let address = request.remote_addr().as_socket_addr();
        let address = address.map(SocketAddr::ip);
        let mut response = self.inner.get_response(request).await;
        if let Some(TurnedAway(reason)) = response.data() {
            self.requests.0.refusals.count_at(*reason, address);
        }
        self.requests
            .answered(&method, began.elapsed(), &mut response);
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_counted_up_to_each_end() {
        let requests = Requests::new(Refusals::default());
        let site = &requests.0.site;
        site.count(200, Duration::from_micros(300));
        site.count(200, Duration::from_millis(20));
        site.count(503, Duration::from_mins(1));
        let times = requests.times();
        let counts: Vec<_> = times.classes.iter().map(|(_, count)| *count).collect();
        assert_eq!((times.count, counts), (3, vec![1, 1, 2, 2, 2, 2, 2]));
        assert!((times.sum - 60.0203).abs() < 1e-6);
        let of_site = requests.answers().filter(|(_, _, count)| *count > 0);
        let of_site: Vec<_> = of_site.collect();
        assert_eq!(of_site, [("site", 2, 2), ("site", 5, 1)]);
    }

    #[test]
    fn a_minute_has_so_many_lines() {
        let start = Instant::now();
        let mut lines = Lines::new(start);
        for _ in 0..LINES {
            assert_eq!(lines.one_more(start), (true, 0));
        }
        assert_eq!(lines.one_more(start), (false, 0));
        assert_eq!(lines.one_more(start + MINUTE), (true, 1));
    }
}
