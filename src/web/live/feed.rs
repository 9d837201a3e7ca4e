//! The live feed of a sandbox as server-sent events: status, console, wire.

use std::sync::Arc;
use std::time::Duration;

use async_stream::stream;
use bytes::Bytes;
use futures_util::Stream;
use http::header::{self, HeaderMap};
use poem::web::Data;
use poem::{Request, Response, handler};
use tokio::time::{Instant, sleep_until, timeout};

use crate::budget::{Refused, Share, Use};
use crate::learning::{DepartureListener, Noticing};
use crate::sandbox::Watcher;
use crate::sandbox::entry::Record;
use crate::sandbox::feed::News;
use crate::store::LearnerId;
use crate::web::fault::Fault;
use crate::web::site::Site;
use crate::web::slow;
use crate::web::who::{Learner, PathWork};

/// Something is sent at least so often, so that no proxy takes the line for dead.
pub(crate) const HEARTBEAT: Duration = Duration::from_secs(20);
/// A comment, which browsers pass over.
pub(crate) const STILL_HERE: &[u8] = b": still here\n\n";
/// The learner's own clock need not agree with ours; a second is soon enough to come back.
pub(crate) const RETRY: &[u8] = b"retry: 1000\n\n";

/// How much of the feed is on its way to one watcher, in bytes of its texts, about.
const PIECE: usize = 16 * 1024;
/// What one watcher is counted for, in bytes: a piece that is sent, the next one, and what it takes to be here.
const WATCHER: usize = 64 * 1024;

/// `GET /lessons/:slug/live`
///
/// Each record has its number and the sandbox's life as id, so that a browser that comes back gets what it missed. The
/// life is told first: of another one all is told anew.
#[handler]
pub(crate) async fn watch(
    request: &Request,
    site: Data<&Arc<Site>>,
    PathWork(work): PathWork,
    learner: Learner,
) -> Result<Response, Fault> {
    // First, since who has too many is turned away without a look at the store.
    let share = share(&site, learner.id())?;
    let desk = learner.desk(work).await?;
    // As long as the page looks on.
    let noticing = desk.notice().await?;
    let ends = FeedEnds::of(&site, learner.id(), request);
    Ok(follow(desk.watch(), request, ends, (share, noticing)))
}

/// What ends a feed from outside: the program's end, or that the browser is the learner's no longer.
pub(crate) struct FeedEnds {
    pub(crate) site: Arc<Site>,
    learner: LearnerId,
    /// By which the browser is known.
    cookies: HeaderMap,
    departure: DepartureListener,
    /// Whether it is to be looked up who the browser is.
    is_in_doubt: bool,
}

impl FeedEnds {
    /// Those of a learner's feed that is asked for by this request.
    pub(crate) fn of(site: &Arc<Site>, learner: LearnerId, request: &Request) -> Self {
        let lines = request.headers().get_all(header::COOKIE).iter();
        Self {
            site: site.clone(),
            learner,
            cookies: lines.map(|line| (header::COOKIE, line.clone())).collect(),
            departure: site.learning.departures.of(learner),
            // They may have departed before we listened.
            is_in_doubt: true,
        }
    }

    pub(crate) async fn come(&mut self) {
        loop {
            if self.is_in_doubt {
                let learner = self.site.sessions.learner(&self.cookies).await;
                if !matches!(learner, Ok(Some(learner)) if learner == self.learner) {
                    return;
                }
                self.is_in_doubt = false;
            }
            tokio::select! {
                () = self.site.shutdown.requested() => return,
                () = self.departure.heard() => self.is_in_doubt = true,
            }
        }
    }
}

/// What it takes to follow a feed.
pub(crate) fn share(site: &Site, learner: LearnerId) -> Result<Share, Refused> {
    site.budget.take(Use::Feeds, Some(learner.who()), WATCHER)
}

/// What a feed has for as long as it lasts.
type Held = (Share, Option<Arc<Noticing>>);

/// What happens in a sandbox, from where the browser has it.
fn follow(watcher: Watcher, request: &Request, ends: FeedEnds, held: Held) -> Response {
    let id = request.headers().get("last-event-id");
    let seen = id.and_then(|id| seen(id.to_str().ok()?, watcher.life()));
    answer(events(watcher, seen.unwrap_or(0), held, ends))
}

/// The number in the id of an event, if it is of this life.
fn seen(id: &str, life: u64) -> Option<u64> {
    let (of, number) = id.split_once('-')?;
    (of == named(life)).then(|| number.parse().ok()).flatten()
}

fn named(life: u64) -> String {
    format!("{life:016x}")
}

/// A feed of these events.
pub(crate) fn answer(events: impl Stream<Item = Bytes> + Send + 'static) -> Response {
    Response::builder()
        .content_type("text/event-stream")
        .header(header::CACHE_CONTROL, "no-store")
        .header("x-accel-buffering", "no")
        .body(slow::body(events))
}

fn events(
    feed: Watcher,
    mut seen: u64,
    held: Held,
    mut ends: FeedEnds,
) -> impl Stream<Item = Bytes> + Send {
    let guard = ends.site.shutdown.guard();
    stream! {
        let _held = (guard, held);
        yield Bytes::from_static(RETRY);
        let life = named(feed.life());
        yield format!("event: life\ndata: \"{life}\"\n\n").into();
        let tell = |number: u64, record: &Record| event(&life, number, record);
        let mut pace = Pace::new(Instant::now());
        loop {
            let turn = ends.site.turns.next().await;
            let piece = feed.shared_piece(seen, PIECE, |news| told(news, &tell));
            drop(turn);
            if let Some((events, last)) = piece {
                seen = last;
                yield events;
            }
            let is_behind = feed.last() > seen;
            let waited = tokio::select! {
                waited = timeout(HEARTBEAT, feed.wait(seen)) => waited,
                () = ends.come() => return,
            };
            if waited.is_err() {
                yield Bytes::from_static(STILL_HERE);
            }
            // Who is behind has a whole piece to come, and is not held up.
            if !is_behind {
                tokio::select! {
                    () = sleep_until(pace.next(Instant::now())) => {}
                    () = ends.come() => return,
                }
            }
        }
    }
}

/// The next records as events, each told by `event`, and the number of the last one; none where there is nothing new.
pub(crate) fn piece(
    feed: &Watcher,
    seen: u64,
    event: &dyn Fn(u64, &Record) -> String,
) -> (String, Option<u64>) {
    let news = feed.piece_after(seen, PIECE);
    let last = news.records.last().map(|(number, _)| *number);
    (told(&news, event), last)
}

fn told(news: &News, event: &dyn Fn(u64, &Record) -> String) -> String {
    let missed = (news.missed > 0).then(|| missed(news.missed));
    let records = news.records.iter();
    let records = records.map(|(number, record)| event(*number, record));
    missed.into_iter().chain(records).collect()
}

/// When a watcher is told next: at once while little happens, and where a server is loud all that came in [`GATHER`]
/// together, or each line would wake each watcher, and be a write of its own.
#[derive(Debug)]
struct Pace {
    /// When all that was told would have been told in steps of [`GATHER`].
    earned: Instant,
}

/// How long is gathered.
const GATHER: Duration = Duration::from_millis(20);
/// So often more is told at once: a Run that starts, a page with its files.
const AT_ONCE: u32 = 32;

impl Pace {
    fn new(now: Instant) -> Self {
        Self { earned: now }
    }

    /// When to tell what has come now.
    fn next(&mut self, now: Instant) -> Instant {
        self.earned = self.earned.max(now) + GATHER;
        let ahead = self.earned.duration_since(now);
        now + ahead.saturating_sub(GATHER * AT_ONCE)
    }
}

fn missed(count: u64) -> String {
    format!("event: missed\ndata: {{\"count\":{count}}}\n\n")
}

/// JSON on one line has neither a line feed nor a carriage return, so it is one `data` field.
fn event(life: &str, number: u64, record: &Record) -> String {
    let json = serde_json::to_string(record).unwrap_or_else(|_| "null".to_owned());
    format!(
        "id: {life}-{number}\nevent: {}\ndata: {json}\n\n",
        record.event()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_goes_on_where_it_was_in_the_same_life_only() {
        let record = Record::Saved { version: 1 };
        let told = event(&named(7), 12, &record);
        let id = told
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("id: "));
        let id = id.expect("the id is first");
        assert_eq!(seen(id, 7), Some(12));
        assert_eq!(seen(id, 8), None);
        assert_eq!(seen("12", 7), None);
    }

    #[test]
    fn a_loud_server_is_told_in_steps_and_a_quiet_one_at_once() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        for _ in 0..AT_ONCE {
            assert_eq!(pace.next(start), start);
        }
        let mut now = start;
        for step in 1..=10 {
            now = pace.next(now);
            assert_eq!(now, start + GATHER * step);
        }
        let later = now + GATHER * AT_ONCE * 2;
        for _ in 0..AT_ONCE {
            assert_eq!(pace.next(later), later, "it was quiet meanwhile");
        }
        assert_eq!(pace.next(later), later + GATHER);
    }
}
