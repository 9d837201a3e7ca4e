//! A restart of the site while many clients are busy at learners' servers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use reqwest::StatusCode;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::actors::client::{Client, in_time};
use crate::actors::learner::Learner;
use crate::actors::program::Program;

/// So soon all are back.
const SOON: Duration = Duration::from_secs(10);
/// How long a client waits before it comes back: what the stream says, and about what htmx does.
const PAUSE: Duration = Duration::from_secs(1);
/// How often a busy client says something, and a stream does.
const BUSY: Duration = Duration::from_millis(50);

const LEARNERS: usize = 4;
/// Of each learner's server, of each kind.
const CLIENTS: usize = 3;

const SERVER: &str = r#"
export default {
  fetch(request, server) {
    if (server.upgrade(request)) return;
    let ticks;
    const body = new ReadableStream({
      start(controller) { ticks = setInterval(() => controller.enqueue("data: tick\n\n"), 50); },
      cancel() { clearInterval(ticks); },
    });
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  },
  websocket: { message(ws, text) { ws.send(text); } },
};
"#;

/// What the test sees of a busy client.
#[derive(Default)]
struct Busy {
    /// When the line began on which it was answered last.
    began: Option<Instant>,
    /// How its lines ended.
    ends: Vec<String>,
}

type Seen = Arc<Mutex<Busy>>;

/// Says something and hears it again, over one socket after the other.
async fn chats(sandbox: Client, seen: Seen) {
    loop {
        let began = Instant::now();
        if let Ok(mut socket) = sandbox.try_socket("/").await {
            let code = loop {
                socket.sends("hello".into()).await;
                match socket.hears_or_is_closed().await {
                    Ok(_) => seen.lock().began = Some(began),
                    Err(code) => break code,
                }
                sleep(BUSY).await;
            };
            seen.lock().ends.push(code.to_string());
        }
        sleep(PAUSE).await;
    }
}

/// Reads one stream after the other.
async fn reads(sandbox: Client, seen: Seen) {
    loop {
        let began = Instant::now();
        let asked = sandbox.request(reqwest::Method::GET, "/").send().await;
        if let Ok(mut stream) = asked
            && stream.status() == StatusCode::OK
        {
            let mut last = String::new();
            while let Ok(Some(piece)) = stream.chunk().await {
                last = String::from_utf8_lossy(&piece).into_owned();
                seen.lock().began = Some(began);
            }
            seen.lock().ends.push(last);
        }
        sleep(PAUSE).await;
    }
}

/// Saves one version after the other, until the site is away; the number in the last one that was acknowledged.
async fn saves(mut learner: Learner, acknowledged: Arc<Mutex<u32>>) -> Client {
    for number in 1.. {
        let files = serde_json::json!({ "server.js": SERVER, "notes.txt": number.to_string() });
        let body = serde_json::json!({ "version": learner.version, "files": files });
        let sent = learner.asks(reqwest::Method::PUT, "draft").json(&body);
        let Ok(answer) = sent.send().await else { break };
        if answer.status() != StatusCode::OK {
            break;
        }
        let Ok(answer) = answer.json::<serde_json::Value>().await else {
            break;
        };
        learner.version = answer["version"].as_u64().expect("a version");
        *acknowledged.lock() = number;
    }
    learner.site
}

#[tokio::test(flavor = "multi_thread")]
async fn busy_clients_are_soon_back_after_a_restart_and_nothing_acknowledged_is_lost() {
    let began = Instant::now();
    let mut program = Program::site();
    let mut tasks = JoinSet::new();
    let (mut chatting, mut reading, mut cookies) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..LEARNERS {
        let mut learner = Learner::arrives(&program).await;
        learner.runs_server(SERVER).await;
        for _ in 0..CLIENTS {
            let (chat, read) = (Seen::default(), Seen::default());
            tasks.spawn(chats(learner.sandbox.clone(), chat.clone()));
            tasks.spawn(reads(learner.sandbox.clone(), read.clone()));
            chatting.push(chat);
            reading.push(read);
        }
        cookies.push(learner.site);
    }
    let all_since = async |moment: Instant| {
        let all = chatting.iter().chain(&reading);
        let answered = |it: &Seen| it.lock().began.is_some_and(|began| began > moment);
        in_time(async || all.clone().all(answered)).await
    };
    assert!(all_since(began).await, "all are busy");
    assert_eq!(chatting.len() + reading.len(), 24);

    for signal in ["TERM", "HUP"] {
        let mut savers = Vec::new();
        for site in &cookies {
            let learner = Learner::returns(&program, site).await;
            let acknowledged = Arc::new(Mutex::new(0));
            savers.push((
                acknowledged.clone(),
                tokio::spawn(saves(learner, acknowledged)),
            ));
        }
        let have_saved = async || savers.iter().all(|(number, _)| *number.lock() > 2);
        assert!(in_time(have_saved).await);

        let signalled = Instant::now();
        let restarted = move || program.restarted_in_place(signal);
        program = tokio::task::spawn_blocking(restarted)
            .await
            .expect("it starts");
        let listens = Instant::now();
        assert!(all_since(signalled).await, "{signal}: all are back");
        let away = signalled.elapsed();
        println!(
            "{signal}: listens after {:?}, all back after {away:?}",
            listens - signalled
        );
        assert!(away < SOON, "{signal}: all are back after {away:?}");
        for (acknowledged, saver) in savers {
            let site = saver.await.expect("it ends");
            let learner = Learner::returns(&program, &site).await;
            let kept = learner.files().await["notes.txt"].as_str().map(str::parse);
            let kept: u32 = kept.expect("a file").expect("a number");
            let number = *acknowledged.lock();
            // What was under way may have been kept, and its answer lost.
            assert!(
                kept == number || kept == number + 1,
                "{signal}: {kept} of {number}"
            );
        }
        for busy in &chatting {
            let ends = std::mem::take(&mut busy.lock().ends);
            assert_eq!(ends, ["1012"], "{signal}");
        }
        for busy in &reading {
            let ends = std::mem::take(&mut busy.lock().ends);
            assert!(
                matches!(&ends[..], [last] if last.ends_with("retry: 1000\n")),
                "{signal}: {ends:?}"
            );
        }
    }
}
