//! What an operator's monitoring reads: figures in the text format of Prometheus, at an address of their own.

use std::fmt::Write;
use std::sync::Arc;

use poem::{Endpoint, Request, Response, Result};

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
        let connections = self.caps.connections();
        page.of("connections", "gauge", "Connections that are open.");
        page.row("connections", "", connections);
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
        page.of("runs", "gauge", "Servers of learners that run.");
        page.row("runs", "", sandboxes.places.taken());
        let ends = "Servers of learners that have ended, by the reason.";
        page.of("run_ends_total", "counter", ends);
        for (reason, times) in sandboxes.places.ends.totals() {
            page.row("run_ends_total", &format!("reason=\"{reason}\""), times);
        }
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
