//! The command line.

use std::time::Duration;

/// What to do.
#[derive(Clone, Copy)]
pub enum Task {
    /// Measure deliveries.
    Fanout,
    /// Keep clients open.
    Hold,
}

/// What was asked for.
pub struct Line {
    /// What to do.
    pub task: Task,
    /// Where the server listens on this machine, as `Host` names it.
    pub host: String,
    /// The path of the handshake.
    pub path: String,
    /// How many clients listen.
    pub clients: usize,
    /// How long to measure.
    pub time: Duration,
}

impl Line {
    /// Reads the arguments, or says what is wrong.
    pub fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let task = match words.next().as_deref() {
            Some("fanout") => Task::Fanout,
            Some("hold") => Task::Hold,
            _ => return Err("write fanout or hold".to_owned()),
        };
        let mut named = || words.next().ok_or("write HOST:PORT PATH".to_owned());
        let (host, path) = (named()?, named()?);
        let mut line = Self {
            task,
            host,
            path,
            clients: 1_000,
            time: Duration::from_secs(3),
        };
        while let Some(flag) = words.next() {
            let number = words.next().and_then(|word| word.parse().ok());
            let number: u32 = number.ok_or(format!("{flag} takes a whole number"))?;
            match flag.as_str() {
                "--clients" => line.clients = number as usize,
                "--seconds" => line.time = Duration::from_secs(number.into()),
                _ => return Err(format!("there is no {flag}")),
            }
        }
        Ok(line)
    }

    /// The port in [`Line::host`].
    pub fn port(&self) -> Result<u16, std::io::Error> {
        let port = self
            .host
            .rsplit_once(':')
            .and_then(|(_, port)| port.parse().ok());
        port.ok_or_else(|| std::io::Error::other("write HOST:PORT"))
    }
}
