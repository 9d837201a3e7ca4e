//! `hxlab top`: who uses what of a running hxlab. In a terminal a table that is drawn anew each second, until Ctrl-C;
//! elsewhere, and with `--once`, the same once as plain lines; with `--json` once as JSON.
//!
//! What rises is asked for twice, a second apart, so that it can be told by the second ([`rates`]); [`table`] draws it.

mod rates;
mod table;

use std::io::{self, IsTerminal, Write};
use std::thread::sleep;
use std::time::Duration;

use rustix::termios::tcgetwinsize;

use super::control::{Running, WhichArguments};
use super::stop::Stop;
use crate::web::control::wire::{Figures, Order, Reply};
use rates::Rates;
use table::Room;

/// How often it is drawn.
const SECOND: Duration = Duration::from_secs(1);

/// What the command line says.
#[derive(clap::Args)]
pub(super) struct TopArguments {
    /// Print it once, and end; so it is where the output is no terminal
    #[arg(long)]
    once: bool,
    /// Print it once as JSON
    #[arg(long)]
    json: bool,
    /// What comes first: the sandboxes that use most of it
    #[arg(long, value_enum, default_value_t = Sort::Cpu)]
    sort: Sort,
    #[command(flatten)]
    which: WhichArguments,
}

/// What the sandboxes are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Sort {
    /// Processor time
    #[default]
    Cpu,
    Memory,
    Clients,
    /// Requests a second
    Requests,
    /// Bytes a second
    Bytes,
}

pub(super) fn top(asked: TopArguments) -> Result<(), Stop> {
    let running = Running::of(asked.which)?;
    let mut before = figures(&running)?;
    let is_live = io::stdout().is_terminal() && !asked.once && !asked.json;
    if is_live {
        print(&table::screen(&Rates::first(&before, asked.sort), room()))?;
    }
    loop {
        sleep(SECOND);
        let now = figures(&running)?;
        let rates = Rates::between(&before, &now, asked.sort);
        if asked.json {
            let json = serde_json::to_string_pretty(&rates);
            let json = json.map_err(|error| Stop::new(error.to_string()))?;
            return print(&(json + "\n"));
        }
        if !is_live {
            return print(&(table::lines(&rates, Room::ENDLESS).join("\n") + "\n"));
        }
        print(&table::screen(&rates, room()))?;
        before = now;
    }
}

fn figures(running: &Running) -> Result<Figures, Stop> {
    match running.ask(&Order::Figures)? {
        Reply::Figures(figures) => Ok(*figures),
        other => Err(Stop::new(format!("an answer of another kind: {other:?}"))),
    }
}

/// The terminal's, which may change.
fn room() -> Room {
    let Ok(size) = tcgetwinsize(io::stdout()) else {
        return Room::ENDLESS;
    };
    let or_endless = |size: u16| if size == 0 { usize::MAX } else { size.into() };
    Room {
        columns: or_endless(size.ws_col),
        rows: or_endless(size.ws_row),
    }
}

/// Whoever reads it may have seen enough.
fn print(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Stop::new(format!("cannot print: {error}")))
        }
        _ => Ok(()),
    }
}
