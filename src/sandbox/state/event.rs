//! What goes into [`State::apply`](super::State::apply) and what comes out.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::super::entry::{Direction, Record};
use super::super::eventstream::StreamEvent;
use super::super::outbox::End;
use super::super::upload::BrokenOff;
use super::injected::{Due, InjectedFault, NoRestart, OpenLines};
use crate::engine::RunEnd;
use crate::engine::message::{
    FromRun, HeaderList, Payload, RequestId, ResponseBody, SocketId, SocketTerms, Thrown, ToRun,
};
use crate::project::Project;

/// The number of a Run within its sandbox, from 1.
pub(crate) type RunNumber = u32;

/// A request as the gateway took it from the wire.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RequestHead {
    /// `GET`, `POST`, …
    pub(crate) method: String,
    /// Path and query, for people.
    pub(crate) path: String,
    /// The absolute URL, for the learner's server.
    pub(crate) url: String,
    /// Headers in order, hop-by-hop ones left out.
    pub(crate) headers: HeaderList,
    /// The client's address.
    pub(crate) remote: String,
    /// The client's port.
    pub(crate) port: u16,
    /// Whether it is a well-formed WebSocket handshake.
    pub(crate) upgrade: bool,
    /// The mark that a watched page gave the line which this opens, or 0.
    pub(crate) line: u32,
    /// What tells one browser from another.
    pub(crate) client: String,
    /// The client's name on the wire, where its address gives it one.
    pub(crate) name: Option<&'static str>,
}

/// A response that the gateway gave by itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Served {
    pub(crate) head: RequestHead,
    /// The response's status.
    pub(crate) status: u16,
    pub(crate) headers: HeaderList,
    /// The size of its body in bytes.
    pub(crate) size: u64,
}

/// What a learner, a client or the gateway wants or has done: all that comes to a sandbox from outside.
#[derive(Debug)]
pub(crate) enum Command {
    /// The learner pressed Run.
    Run(Project),
    /// The draft changed; the next start runs this.
    Keep(Project),
    /// The next request starts the project again after a Run has died.
    Revive,
    /// From now on watchers are told when the server works, and whether a timer of it is due soon.
    TellWork,
    /// The draft was saved as this version.
    Saved(u64),
    /// The learner ended the Run.
    Stop,
    /// Whoever runs the site ended it.
    StopForOperator,
    /// Another Run needs its place; where nobody is there it is put to sleep, and this sentence says why.
    Sleep(String),
    /// The lines of the client of this name on the wire, or of all, break.
    Cut(Option<String>),
    /// Each request from now on is held back for so long, or no longer.
    Delay(Option<Duration>),
    /// A request came.
    Request {
        request: RequestId,
        /// Apart, so that the commands of WebSockets, of which many may wait, are small.
        head: Box<RequestHead>,
        /// Its body, or the beginning of it.
        body: Vec<u8>,
        /// Whether more of it comes, as much as is admitted: [`Action::Admit`].
        more: bool,
    },
    /// A further piece of a request's body.
    BodyPiece(RequestId, Vec<u8>),
    /// A request's body is complete, or broke off, for this reason.
    BodyEnd(RequestId, Option<BrokenOff>),
    /// The gateway answered by itself.
    Served(Box<Served>),
    /// The gateway changed an answer, and says in a sentence what; the console tells it once a Run.
    Changed(Box<str>),
    /// A client went away before its response ended.
    Gone(RequestId),
    /// A request has waited for its answer for too long.
    Late(RequestId),
    /// A client took so many bytes of a streamed body.
    Taken(RequestId, u32),
    /// A client's message.
    Message(SocketId, Payload),
    /// A client's ping, or its pong (`true`).
    Beat(SocketId, Vec<u8>, bool),
    /// A client closed with this code and reason, or its connection is gone (1006).
    Closed(SocketId, u16, String),
    /// So many bytes that the Run sent to a client have gone out since it was last told.
    Written(SocketId, u32),
    /// Clients were cut off, because too much waited.
    CutOff,
    /// The learner sends something on a line, from the workbench.
    Compose(Composed),
    /// The learner has a fault happen.
    Inject(InjectedFault),
    /// The learner asks who has connections open.
    Lines,
}

/// What a learner sends on a line that is open, in the place of one of its ends.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Composed {
    /// A WebSocket message in this direction.
    Frame {
        socket: SocketId,
        direction: Direction,
        text: String,
    },
    /// A server-sent event.
    Event {
        stream: RequestId,
        event: StreamEvent,
    },
}

/// What the state is told, in order.
#[derive(Debug)]
pub(crate) enum Event {
    /// From a learner, a client or the gateway.
    Command(Command),
    /// What was put off is due.
    Due(Due),
    /// The sandbox has been idle: no client and no learner for a while.
    Quiet,
    /// A message from a Run.
    Said(RunNumber, FromRun),
    /// A Run has ended.
    Ended(RunNumber, RunEnd),
    /// There is no place for a Run; in words.
    Full(RunNumber, String),
}

impl From<Command> for Event {
    fn from(command: Command) -> Self {
        Self::Command(command)
    }
}

/// The answer to a request, as the shell passes it to the gateway.
#[derive(Debug, PartialEq)]
pub(crate) enum Reply {
    /// A response, whole or with pieces to come.
    Respond {
        /// The number of its entry on the wire.
        entry: u64,
        /// 200 to 599.
        status: u16,
        /// As the Run gave them.
        headers: HeaderList,
        /// Whole or in pieces.
        body: ResponseBody,
    },
    /// The handshake is accepted.
    Upgrade {
        /// As above.
        entry: u64,
        /// Extra headers of the 101 response.
        headers: HeaderList,
        /// What holds for the socket.
        terms: SocketTerms,
    },
    /// Nobody can answer.
    Unavailable {
        /// As above.
        entry: u64,
        /// The reason.
        why: Unavailable,
    },
}

/// Why a sandbox cannot answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Unavailable {
    /// `server.js` could not be loaded.
    Failed(Thrown),
    /// The learner ended the server.
    Stopped,
    /// Whoever runs the site ended it.
    StoppedByOperator,
    /// The server died; one sentence says of what.
    Crashed(String),
    /// The server was replaced by a newer one while it was being asked.
    Replaced,
    /// Too much waits for a server that is being loaded.
    Busy,
    /// Too much is held back while the learner has answers delayed.
    Delayed,
    /// One more than a limit allows; in words.
    Full(String),
    /// The server did not answer in time.
    Late,
    /// The request's body turned out to be longer than a server is given; in words.
    TooLong(String),
    /// The learner has connections refused.
    Refused,
    /// The learner has each request answered 500.
    Failing,
}

impl Unavailable {
    /// The status of the response in the server's place.
    #[must_use]
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::Late => 504,
            Self::TooLong(_) => 413,
            Self::Failing => 500,
            _ => 503,
        }
    }
}

/// How a start went.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StartOutcome {
    /// The server answers.
    Running(RunNumber),
    /// It could not be loaded.
    Failed(RunNumber, Thrown),
    /// It died while it was being loaded, or was replaced or stopped; one sentence says why.
    Ended(RunNumber, String),
}

/// Something to do.
#[derive(Debug, PartialEq)]
pub(crate) enum Action {
    /// Start a process for a project.
    Start(RunNumber, Project),
    /// End a process.
    Kill(RunNumber),
    /// Tell a Run something.
    Tell(RunNumber, ToRun),
    /// Tell who pressed Run how it went.
    Resolve(RunNumber, StartOutcome),
    /// So many bytes more of a request's body may come.
    Admit(RequestId, u32),
    /// Answer a request.
    Answer(RequestId, Reply),
    /// Hand on a piece of a streamed body.
    Piece(RequestId, Bytes),
    /// End a streamed body; `true` when it broke off.
    Finish(RequestId, bool),
    /// Frame a message once and put it in the queues of these sockets but one.
    Deliver(Arc<[SocketId]>, Option<SocketId>, Payload),
    /// Put a message in the queue of the one socket that the Run sent it to.
    Send(SocketId, Payload),
    /// Ping a client with a payload; `true` for a pong.
    Ping(SocketId, Vec<u8>, bool),
    /// End a socket and forget it.
    EndSocket(SocketId, End),
    /// Tell who composed something whether its line was open.
    Done(bool),
    /// Tell who asked for a fault that it happens, or why not.
    Injected(Result<(), NoRestart>),
    /// Tell who asked for it who has connections open.
    Lines(Vec<OpenLines>),
    /// Bring this up again after so long.
    PutOff(Duration, Due),
    /// Add to the feed.
    Record(Record),
}
