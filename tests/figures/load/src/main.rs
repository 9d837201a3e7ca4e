//! Many WebSocket clients at once, for the figures: `fanout` measures how fast what one client says
//! reaches all others, `hold` opens clients and keeps them until its standard input ends.
//!
//! ```text
//! load fanout HOST:PORT PATH --clients N --seconds S    prints {"deliveries": …, "seconds": …}
//! load hold   HOST:PORT PATH --clients N                prints "open" when all are there
//! ```
//!
//! The clients live on one thread and share one buffer, so that they cost as little as they can: what is
//! measured is the server.

mod client;
mod line;

use std::cell::Cell;
use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::sleep;

use client::Client;
use line::{Line, Task};

/// The payload of each message, in bytes.
const BYTES: usize = 200;
/// How many messages are under way at once.
const WINDOW: usize = 8;
/// How long the server may warm up, unmeasured.
const WARM_UP: Duration = Duration::from_millis(700);

fn main() -> ExitCode {
    let line = match Line::read(std::env::args().skip(1)) {
        Ok(line) => line,
        Err(sentence) => {
            eprintln!("load: {sentence}");
            return ExitCode::from(2);
        }
    };
    match run(line) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(line: Line) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    LocalSet::new().block_on(&runtime, async move {
        let mut clients = Vec::with_capacity(line.clients);
        for _ in 0..line.clients {
            clients.push(Client::open(&line).await?);
        }
        match line.task {
            Task::Hold => hold(clients),
            Task::Fanout => fanout(clients, &line).await,
        }
    })
}

fn hold(clients: Vec<Client>) -> io::Result<()> {
    println!("open");
    io::stdout().flush()?;
    // The clients have nothing to do meanwhile.
    io::stdin().read_to_end(&mut Vec::new())?;
    drop(clients);
    Ok(())
}

/// What the receivers count together.
#[derive(Default)]
struct Count {
    delivered: Cell<u64>,
    moved: Notify,
}

async fn fanout(clients: Vec<Client>, line: &Line) -> io::Result<()> {
    let mut speaker = Client::open(line).await?;
    let receivers = clients.len() as u64;
    let count = Rc::new(Count::default());
    for mut client in clients {
        let count = count.clone();
        spawn_local(async move {
            while let Ok(messages) = client.hear().await {
                count.delivered.set(count.delivered.get() + messages);
                count.moved.notify_one();
            }
        });
    }
    sleep(Duration::from_millis(200)).await;
    let say = async {
        let mut said = 0;
        loop {
            while said >= WINDOW as u64 + count.delivered.get() / receivers {
                count.moved.notified().await;
            }
            speaker.say(BYTES).await?;
            said += 1;
        }
    };
    let measure = async {
        sleep(WARM_UP).await;
        let (before, since) = (count.delivered.get(), Instant::now());
        sleep(line.time).await;
        (count.delivered.get() - before, since.elapsed())
    };
    tokio::select! {
        broken = say => broken,
        (deliveries, time) = measure => {
            println!(r#"{{"deliveries": {deliveries}, "seconds": {}}}"#, time.as_secs_f64());
            Ok(())
        }
    }
}
