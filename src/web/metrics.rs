//! What an operator's monitoring reads: figures in the text format of Prometheus, at an address of their own.

use std::fmt::Write;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use poem::{Endpoint, Request, Response, Result};
use rustix::process::{Resource, getrlimit};

use super::listen::Caps;
use super::site::Site;
use crate::budget::Use;

/// The endpoint of the figures, whatever the path.
pub(crate) struct Metrics {
    site: Arc<Site>,
    caps: Caps,
}

impl Metrics {
    /// The figures of this site, and of what is connected to it.
    pub(crate) fn new(site: Arc<Site>, caps: Caps) -> Self {
        Self { site, caps }
    }

    fn text(&self) -> String {
        let mut page = Page::default();
        self.requests(&mut page);
        page.of("build_info", "gauge", "Which hxlab this is.");
        let version = concat!("version=\"", env!("CARGO_PKG_VERSION"), "\"");
        page.row("build_info", version, 1);
        let open = "Connections that are open.";
        page.portion(
            "connections",
            open,
            self.caps.connections(),
            self.caps.most(),
        );
        Self::descriptors(&mut page);
        self.sandboxes(&mut page);
        let refused = "Who was turned away, by the reason.";
        page.of("refused_total", "counter", refused);
        for (reason, times) in self.site.budget.refusals().totals() {
            page.row("refused_total", &format!("reason=\"{reason}\""), times);
        }
        self.budget(&mut page);
        self.store(&mut page);
        page.0
    }

    fn requests(&self, page: &mut Page) {
        let answers =
            "Answers, by whether the site or a sandbox gave them and the class of their status.";
        page.of("answers_total", "counter", answers);
        for (whose, digit, count) in self.site.requests.answers() {
            let labels = format!("from=\"{whose}\",status=\"{digit}xx\"");
            page.row("answers_total", &labels, count);
        }
        let times = self.site.requests.times();
        let took = "How long the site took to begin its answers.";
        page.of("answer_seconds", "histogram", took);
        for (end, count) in times.classes {
            page.row("answer_seconds_bucket", &format!("le=\"{end}\""), count);
        }
        page.row("answer_seconds_bucket", "le=\"+Inf\"", times.count);
        page.row("answer_seconds_sum", "", times.sum);
        page.row("answer_seconds_count", "", times.count);
    }

    fn sandboxes(&self, page: &mut Page) {
        let sandboxes = &self.site.learning.sandboxes;
        let (live, clients) = sandboxes.count();
        page.of("sandboxes", "gauge", "Sandboxes that are live.");
        page.row("sandboxes", "", live);
        let held = "Requests under way and WebSockets at sandboxes.";
        page.of("clients", "gauge", held);
        page.row("clients", "", clients);
        page.of("queued_bytes", "gauge", "What waits for WebSocket clients.");
        page.row("queued_bytes", "", sandboxes.waiting());
        page.of(
            "queued_limit_bytes",
            "gauge",
            "How much of it there may be.",
        );
        page.row("queued_limit_bytes", "", sandboxes.most_waiting());
        let (running, most) = (sandboxes.places.taken(), sandboxes.places.all());
        page.portion("runs", "Servers of learners that run.", running, most);
        if let Some(ports) = &self.site.ports {
            let leased = "Ports of sandboxes that are leased.";
            page.portion("preview_ports", leased, ports.leased(), ports.all());
        }
        let ends = "Servers of learners that have ended, by the reason.";
        page.of("run_ends_total", "counter", ends);
        for (reason, times) in sandboxes.places.ends.totals() {
            page.row("run_ends_total", &format!("reason=\"{reason}\""), times);
        }
    }

    /// Of the program's own process.
    fn descriptors(page: &mut Page) {
        // Without the one by which they are counted.
        let open =
            std::fs::read_dir("/proc/self/fd").map_or(0, |all| all.count().saturating_sub(1));
        let most = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
        page.portion("descriptors", "Descriptors that are open.", open, most);
    }

    fn budget(&self, page: &mut Page) {
        let uses: Vec<_> = self.site.budget.figures().collect();
        let label = |what: Use| format!("use=\"{}\"", what.name());
        let taken = "Memory that is held for clients, by use.";
        page.of("budget_taken_bytes", "gauge", taken);
        for it in &uses {
            page.row("budget_taken_bytes", &label(it.what), it.taken);
        }
        let limit = "Memory that may be held for clients, by use.";
        page.of("budget_limit_bytes", "gauge", limit);
        for it in &uses {
            page.row("budget_limit_bytes", &label(it.what), it.limit);
        }
    }

    fn store(&self, page: &mut Page) {
        let store = self.site.learning.store.figures();
        page.of(
            "database_bytes",
            "gauge",
            "What the database takes on the disk, with its log.",
        );
        page.row("database_bytes", "", store.bytes);
        page.of("database_log_bytes", "gauge", "What its log takes of that.");
        page.row("database_log_bytes", "", store.log_bytes);
        page.of("database_writes_waiting", "gauge", "Writes that wait.");
        page.row("database_writes_waiting", "", store.waiting);
        page.of(
            "database_commit_seconds",
            "summary",
            "How long commits took.",
        );
        page.row(
            "database_commit_seconds_sum",
            "",
            store.committing.as_secs_f64(),
        );
        page.row("database_commit_seconds_count", "", store.commits);
        let Some(check) = store.check else { return };
        let whole = "Whether the last check found the whole database readable.";
        page.of("database_whole", "gauge", whole);
        page.row("database_whole", "", u8::from(check.damage.is_none()));
        let at = check.at.duration_since(UNIX_EPOCH).unwrap_or_default();
        let name = "database_checked_timestamp_seconds";
        page.of(name, "gauge", "When that check ended.");
        page.row(name, "", at.as_secs());
        page.of("database_check_seconds", "gauge", "How long it took.");
        page.row("database_check_seconds", "", check.took.as_secs_f64());
    }
}

/// Text that grows by figures.
#[derive(Default)]
struct Page(String);

impl Page {
    fn of(&mut self, name: &str, kind: &str, help: &str) {
        // A string takes all that is written to it.
        let _ = writeln!(
            self.0,
            "# HELP hxlab_{name} {help}\n# TYPE hxlab_{name} {kind}"
        );
    }

    /// How much of something there is, and how much there may be.
    fn portion(&mut self, name: &str, help: &str, taken: usize, limit: impl std::fmt::Display) {
        self.of(name, "gauge", help);
        self.row(name, "", taken);
        let limit_name = format!("{name}_limit");
        self.of(&limit_name, "gauge", "How many there may be.");
        self.row(&limit_name, "", limit);
    }

    /// A figure with these labels, if any.
    fn row(&mut self, name: &str, labels: &str, value: impl std::fmt::Display) {
        let labels = match labels {
            "" => String::new(),
            labels => format!("{{{labels}}}"),
        };
        let _ = writeln!(self.0, "hxlab_{name}{labels} {value}");
    }
}

impl Endpoint for Metrics {
    type Output = Response;

    async fn call(&self, _: Request) -> Result<Response> {
        Ok(Response::builder()
            .content_type("text/plain; version=0.0.4; charset=utf-8")
            .body(self.text()))
    }
}
