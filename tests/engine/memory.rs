//! The memory of a Run: what it does not use costs it nothing.

use std::fs;

use hxlab::engine::{Engine, EngineSettings};
use hxlab::project::Project;
use rustix::param::page_size;

use super::stage::{Actor, settings};

/// A page with a file of its own and with hono's `html`: what most lessons' servers are.
const PAGE: [(&str, &str); 2] = [
    (
        "server.js",
        r#"import { page } from "./page.js";
        export default {
          routes: {
            "/": (req) => new Response(page(req.headers.get("host")), { headers: { "Content-Type": "text/html" } }),
          },
          fetch: () => new Response("Not found", { status: 404 }),
        };"#,
    ),
    (
        "page.js",
        r#"import { html } from "hono/html";
        export const page = (host) => html`<h1>Lobby</h1><p>You came from ${host}.</p>`.toString();"#,
    ),
];

/// How many pages of 4 KiB such a Run may have to itself. It has some 65, the stack and the C library's among them.
/// Where it has more, something is done at each start that few need, or the library's tables have grown:
/// ARCHITECTURE.md, “What Runs write to lies together”.
const OWN_PAGES: usize = 76;

/// An engine whose Runs' pages anybody may count who may start them.
async fn engine_to_look_into() -> Engine {
    let settings = EngineSettings {
        without: serde_json::from_str(r#"["NotDumpable"]"#).expect("a layer of the jail"),
        ..settings()
    };
    Engine::start(&settings).await.unwrap()
}

/// How many pages a process has written to and shares with no other. Only in mappings that it may write to:
/// elsewhere, pages of a program that was just built count as written to.
fn own_pages(pid: u32) -> usize {
    let smaps = fs::read_to_string(format!("/proc/{pid}/smaps")).unwrap();
    let (mut kib, mut is_writable) = (0, false);
    for line in smaps.lines() {
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some("Private_Dirty:"), Some(size)) if is_writable => {
                kib += size.parse::<usize>().unwrap();
            }
            (Some(range), Some(access)) if range.contains('-') => {
                is_writable = access.contains('w');
            }
            _ => {}
        }
    }
    kib * 1024 / page_size()
}

#[tokio::test]
async fn a_plain_run_has_few_pages_to_itself() {
    let engine = engine_to_look_into().await;
    let project = Project::from_texts(PAGE).unwrap();
    for _ in 0..3 {
        let mut actor = Actor::ready_project(&engine, &project).await;
        assert!(actor.get("/").await.contains("You came from"));
        let pages = own_pages(actor.run.pid());
        assert!(pages <= OWN_PAGES, "{pages} pages of its own");
    }
}
