//! A stage for Runs: starts the engine, spawns projects, and plays the gateway's part.

use std::path::Path;
use std::time::Duration;

use hxlab::engine::message::{
    FromRun, HeaderList, RequestId, ResponseBody, SocketId, Thrown, ToRun,
};
use hxlab::engine::{Engine, EngineSettings, Limits, Run, RunEnd, RunEvent};
use hxlab::project::Project;

/// Longer than anything here takes on a machine that is ten times slower. It only ends a test that has failed.
pub const PATIENCE: Duration = Duration::from_mins(5);

/// The limits of a Run that a test ends itself, in whatever turn it is.
pub fn endless() -> Limits {
    Limits {
        turn: Duration::from_mins(10),
        ..Limits::default()
    }
}

pub const URL: &str = "http://room.hxlab.localhost:3000/";

pub async fn engine() -> Engine {
    engine_with(true).await
}

/// An engine whose zygote rehearses or not.
pub async fn engine_with(rehearsal: bool) -> Engine {
    let settings = EngineSettings {
        rehearsal,
        ..settings()
    };
    Engine::start(&settings).await.unwrap()
}

/// Those of an engine of the program that was just built.
pub fn settings() -> EngineSettings {
    EngineSettings {
        program: Path::new(env!("CARGO_BIN_EXE_hxlab")).to_owned(),
        ..EngineSettings::default()
    }
}

pub fn project(server: &str) -> Project {
    Project::from_texts([("server.js", server)]).unwrap()
}

/// A Run and the requests made of it.
pub struct Actor {
    pub run: Run,
    pub heard: Vec<FromRun>,
    next: u32,
}

impl Actor {
    /// Spawns a project; it may still fail to load.
    pub async fn spawn(engine: &Engine, project: &Project) -> Self {
        Self::spawn_with(engine, project, Limits::default()).await
    }

    /// Spawns a project under limits of its own.
    pub async fn spawn_with(engine: &Engine, project: &Project, limits: Limits) -> Self {
        let run = engine.spawn(project, URL, limits).await.unwrap();
        Self {
            run,
            heard: Vec::new(),
            next: 0,
        }
    }

    /// Spawns `server.js` and waits until it is ready.
    pub async fn ready(engine: &Engine, server: &str) -> Self {
        Self::ready_project(engine, &project(server)).await
    }

    pub async fn ready_project(engine: &Engine, project: &Project) -> Self {
        let mut actor = Self::spawn(engine, project).await;
        actor
            .until(|message| matches!(message, FromRun::Ready))
            .await;
        actor
    }

    pub fn send(&self, message: &ToRun) {
        self.run.sender().send(message).unwrap();
    }

    /// Asks for a path, without waiting.
    pub fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)]) -> RequestId {
        self.begin(method, path, headers, (false, false))
    }

    /// Asks for a WebSocket, without waiting.
    pub fn knock(&mut self, path: &str) -> SocketId {
        let upgrade = [("upgrade", "websocket")];
        SocketId(self.begin("GET", path, &upgrade, (true, false)).0)
    }

    fn begin(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        (upgrade, more): (bool, bool),
    ) -> RequestId {
        self.next += 1;
        let request = RequestId(self.next);
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        self.send(&ToRun::Request {
            request,
            method: method.into(),
            url: format!("{}{path}", URL.trim_end_matches('/')),
            headers: headers.iter().map(pair).collect(),
            remote: "127.0.0.1".into(),
            port: 50_000,
            upgrade,
            more,
        });
        request
    }

    /// Asks and waits for the whole answer.
    pub async fn fetch(&mut self, method: &str, path: &str) -> (u16, String) {
        let (status, _, body) = self.fetch_with(method, path, &[]).await;
        (status, body)
    }

    pub async fn get(&mut self, path: &str) -> String {
        self.fetch("GET", path).await.1
    }

    pub async fn fetch_with(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
    ) -> (u16, HeaderList, String) {
        let asked = self.ask(method, path, headers);
        let respond = self
            .until(|m| matches!(m, FromRun::Respond { request, .. } if *request == asked))
            .await;
        let FromRun::Respond {
            status,
            headers,
            body,
            ..
        } = respond
        else {
            unreachable!()
        };
        let bytes = match body {
            ResponseBody::Empty => Vec::new(),
            ResponseBody::Whole(bytes) => bytes,
            ResponseBody::Chunks { .. } => self.chunks(asked).await,
        };
        (status, headers, String::from_utf8(bytes).unwrap())
    }

    /// Takes a streamed body to its end.
    pub async fn chunks(&mut self, asked: RequestId) -> Vec<u8> {
        let mut body = Vec::new();
        loop {
            match self.next().await {
                FromRun::Chunk { request, bytes } if request == asked => {
                    let taken = u32::try_from(bytes.len()).unwrap();
                    self.send(&ToRun::Taken {
                        request,
                        bytes: taken,
                    });
                    body.extend(bytes);
                }
                FromRun::End { request, broken } if request == asked => {
                    assert!(!broken);
                    return body;
                }
                other => self.heard.push(other),
            }
        }
    }

    /// The next message of a Run that lives.
    pub async fn next(&mut self) -> FromRun {
        match tokio::time::timeout(PATIENCE, self.run.next()).await {
            Ok(RunEvent::Message(message)) => message,
            Ok(RunEvent::Ended(end)) => panic!("it ended: {end:?}, after {:?}", self.last()),
            Err(late) => panic!("{late}: nothing came, after {:?}", self.last()),
        }
    }

    /// Messages up to the one that is wanted; the others are kept in `heard`.
    pub async fn until(&mut self, wanted: impl Fn(&FromRun) -> bool) -> FromRun {
        loop {
            let message = self.next().await;
            if wanted(&message) {
                return message;
            }
            self.heard.push(message);
        }
    }

    /// The fault that is told next.
    pub async fn uncaught(&mut self) -> Thrown {
        match self.until(|m| matches!(m, FromRun::Uncaught { .. })).await {
            FromRun::Uncaught { fault } => fault,
            _ => unreachable!(),
        }
    }

    /// How it ends.
    pub async fn end(&mut self) -> RunEnd {
        loop {
            match tokio::time::timeout(PATIENCE, self.run.next()).await {
                Ok(RunEvent::Message(message)) => self.heard.push(message),
                Ok(RunEvent::Ended(end)) => return end,
                Err(late) => panic!("{late}: it does not end, after {:?}", self.last()),
            }
        }
    }

    fn last(&self) -> String {
        let last = self.heard.last().map(|message| format!("{message:?}"));
        last.unwrap_or_default().chars().take(300).collect()
    }

    /// Console lines so far.
    pub fn lines(&self) -> Vec<&str> {
        let line = |message: &FromRun| matches!(message, FromRun::Log { .. });
        self.heard
            .iter()
            .filter(|message| line(message))
            .filter_map(|message| match message {
                FromRun::Log { text, .. } => Some(text.as_str()),
                _ => None,
            })
            .collect()
    }
}

/// Where a fault happened: `(file, line)` of its innermost frame.
pub fn place(fault: &Thrown) -> Option<(&str, u32)> {
    fault
        .frames
        .first()
        .map(|frame| (frame.file.as_str(), frame.line))
}
