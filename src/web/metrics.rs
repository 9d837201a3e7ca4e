//! What an operator's monitoring reads: figures in the text format of Prometheus, at an address of their own.

use std::fmt::Write;
use std::sync::Arc;

use poem::{Endpoint, Request, Response, Result};

use super::listen::Caps;
use super::site::Site;

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
        let connections = self.caps.connections();
        page.of("connections", "gauge", "Connections that are open.");
        page.row("connections", "", connections);
        let (runs, refused) = self.site.learning.sandboxes.places.figures();
        page.of("runs", "gauge", "Servers of learners that run.");
        page.row("runs", "", runs);
        page.of(
            "runs_refused_total",
            "counter",
            "Servers that were not started for want of a place.",
        );
        page.row("runs_refused_total", "", refused);
        page.of(
            "kept_refused_total",
            "counter",
            "What was not kept since its learner, or their address, had saved enough in a day.",
        );
        page.row("kept_refused_total", "", self.site.learning.quota.refused());
        let uses: Vec<_> = self.site.budget.figures().collect();
        let taken = "Memory that is held for clients, by use.";
        page.of("budget_taken_bytes", "gauge", taken);
        for it in &uses {
            page.row("budget_taken_bytes", it.what.name(), it.taken);
        }
        let limit = "Memory that may be held for clients, by use.";
        page.of("budget_limit_bytes", "gauge", limit);
        for it in &uses {
            page.row("budget_limit_bytes", it.what.name(), it.limit);
        }
        let refused = "What was turned away for want of memory, by use.";
        page.of("budget_refused_total", "counter", refused);
        for it in &uses {
            page.row("budget_refused_total", it.what.name(), it.refused);
        }
        page.0
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

    fn row(&mut self, name: &str, what: &str, value: impl std::fmt::Display) {
        let label = match what {
            "" => String::new(),
            what => format!("{{use=\"{what}\"}}"),
        };
        let _ = writeln!(self.0, "hxlab_{name}{label} {value}");
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
