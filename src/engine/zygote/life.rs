//! The life of a Run, from the fork to the end of its process.
//!
//! 1. It locks itself in. Only then, perhaps much later, does it learn what to run: the files of a project.
//! 2. It loads the server's file and says [`FromRun::Ready`], or [`FromRun::Failed`] and ends.
//! 3. It waits for messages and timers. Each is one turn: a call into `serve.js`, then all jobs that
//!    the call left, then [`FromRun::Idle`].
//! 4. It ends when `hxlab` hangs up or kills it, or when the engine stops it at a limit.

mod asked;
mod start;
mod turn;

use std::collections::HashMap;
use std::io;
use std::os::fd::OwnedFd;
use std::rc::Rc;
use std::time::Instant;

use rquickjs::function::{Flat, IntoArgs};
use rquickjs::{Ctx, Function, IntoJs, TypedArray, Value};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::host::Host;
use super::jail::{Jail, move_to_zero};
use super::leave;
use super::library::Library;
use super::natives::UNSHOWN;
use super::outlet::socket;
use crate::engine::codec::FrameBuffer;
use crate::engine::limits::Limits;
use crate::engine::message::{
    FromRun, Payload, RequestId, ResponseBody, TIMER_HORIZON, Thrown, ToRun,
};

/// How much is read at once, in bytes.
const READ: usize = 16 * 1024;

/// A process that could not become a Run, or lost `hxlab`.
pub(super) const STATUS_BROKEN: i32 = 70;

/// Lives in the forked process, and never comes back.
pub(super) fn live(library: Library, jail: &Jail, socket: OwnedFd, limits: Limits) -> ! {
    let memory = limits.memory;
    library.limit_memory(memory);
    library.host.limit(limits);
    if let Err(error) = jail.enter(socket, memory) {
        let fault = Thrown {
            name: "Jail".into(),
            message: error.to_string(),
            frames: Vec::new(),
        };
        // The zygote tried the jail before, so this is rare; nothing more can be done than to say it.
        let _ = library.host.say_now(&FromRun::Failed { fault });
        leave(STATUS_BROKEN);
    }
    match RunLoop::of(library).pump() {
        Ok(()) => leave(0),
        Err(_) => leave(STATUS_BROKEN),
    }
}

/// Lives without a jail, for our own code only, and comes back when the other end of the socket hangs up.
pub(super) fn rehearse(library: Library, socket: OwnedFd) -> io::Result<Library> {
    let limits = Limits::default();
    library.limit_memory(limits.memory);
    library.host.limit(limits);
    move_to_zero(socket)?;
    let mut run = RunLoop::of(library);
    run.pump()?;
    Ok(run.library)
}

struct RunLoop {
    library: Library,
    host: Rc<Host>,
    bodies: HashMap<RequestId, Vec<u8>>,
    done: u64,
}

impl RunLoop {
    fn of(library: Library) -> Self {
        Self {
            host: Rc::clone(&library.host),
            library,
            bodies: HashMap::new(),
            done: 0,
        }
    }

    /// Takes messages and timers until `hxlab` hangs up.
    fn pump(&mut self) -> io::Result<()> {
        let mut frames = FrameBuffer::default();
        loop {
            self.host.flush();
            if self.wait()? {
                if !read(&mut frames)? {
                    return Ok(());
                }
                while let Some(message) = frames.next().map_err(io::Error::other)? {
                    self.take(message)?;
                }
            }
            self.fire_timers()?;
        }
    }

    /// Waits for the socket or the next timer; whether the socket can be read.
    fn wait(&self) -> io::Result<bool> {
        let next = self.host.timers.borrow().next();
        let wait = next.map(|at| at.saturating_duration_since(Instant::now()));
        let wait = wait.and_then(|wait| Timespec::try_from(wait).ok());
        let socket = socket();
        let mut sources = [PollFd::new(&socket, PollFlags::IN)];
        match poll(&mut sources, wait.as_ref()) {
            Ok(ready) => Ok(ready > 0),
            Err(rustix::io::Errno::INTR) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Fires what is due now, one turn each; what these set fires after the next look at the socket.
    fn fire_timers(&mut self) -> io::Result<()> {
        let now = Instant::now();
        loop {
            let due = self.host.timers.borrow_mut().take_due(now);
            let Some(id) = due else { return Ok(()) };
            self.tell(&FromRun::Turn)?;
            self.host.flush();
            self.turn(|ctx, _| ctx.globals().get::<_, Function>("__timer")?.call((id,)));
            self.idle()?;
        }
    }

    /// One message of `hxlab`.
    fn take(&mut self, message: ToRun) -> io::Result<()> {
        match message {
            ToRun::File { name, contents } => match contents {
                Payload::Text(text) => drop(self.host.files.borrow_mut().insert(name, text)),
                Payload::Binary(bytes) => {
                    drop(self.host.binaries.borrow_mut().insert(name, bytes));
                }
            },
            ToRun::Start { server, seed, url } => {
                self.host.begin();
                self.host.random.seed(&seed);
                *self.host.server.borrow_mut() = server.clone().unwrap_or_default();
                self.start(server.as_deref(), &url)?;
            }
            ToRun::RequestBody { request, bytes } => {
                self.bodies
                    .entry(request)
                    .or_default()
                    .extend_from_slice(&bytes);
            }
            ToRun::Request { .. } => self.request(message)?,
            ToRun::BodyPiece { request, bytes } => {
                self.call("bodyPiece", (request.0, Bytes(bytes)));
            }
            ToRun::BodyEnd { request, broken } => self.call("bodyEnd", (request.0, broken)),
            ToRun::Gone { request } => self.call("gone", (request.0,)),
            ToRun::Taken { request, bytes } => self.call("taken", (request.0, bytes)),
            ToRun::Message { socket, payload } => match payload {
                Payload::Text(text) => self.call("message", (socket.0, text)),
                Payload::Binary(bytes) => self.call("message", (socket.0, Bytes(bytes))),
            },
            ToRun::Beat {
                socket,
                payload,
                pong,
            } => self.call("beat", (socket.0, Bytes(payload), pong)),
            ToRun::Closed {
                socket,
                code,
                reason,
            } => self.call("closed", (socket.0, code, reason)),
            ToRun::Written { socket, bytes } => self.call("written", (socket.0, bytes)),
        }
        self.done += 1;
        self.idle()
    }

    fn request(&mut self, message: ToRun) -> io::Result<()> {
        let ToRun::Request {
            request,
            method,
            url,
            headers,
            remote,
            port,
            upgrade,
            more,
        } = message
        else {
            return Ok(());
        };
        let body = self.bodies.remove(&request).map(Bytes);
        let path = asked::path_of(&url).to_owned();
        let fields = asked::fields_of(headers);
        let client = Flat((format!("{remote}:{port}"), upgrade, more));
        let asked = (request.0, method, url, path, fields, body, client);
        if !self.turn(|_, serve| serve.get::<_, Function>("request")?.call(asked)) {
            self.unanswered(request)?;
        }
        Ok(())
    }

    /// The learner's code changed what our own stands on, such as a prototype. What was thrown is told by now;
    /// the client hears that much.
    fn unanswered(&self, request: RequestId) -> io::Result<()> {
        let kind = ("content-type".into(), "text/plain;charset=utf-8".into());
        self.tell(&FromRun::Respond {
            request,
            status: 500,
            headers: vec![kind],
            body: ResponseBody::Whole(UNSHOWN.into()),
        })
    }

    /// One turn that calls a function of `serve.js`.
    fn call(&mut self, function: &str, args: impl for<'js> IntoArgs<'js>) {
        self.turn(|_, serve| serve.get::<_, Function>(function)?.call(args));
    }

    fn idle(&self) -> io::Result<()> {
        let next = self.host.timers.borrow().next();
        let timers = next.is_some_and(|at| at < Instant::now() + TIMER_HORIZON);
        let done = self.done;
        self.tell(&FromRun::Idle { done, timers })
    }

    fn tell(&self, message: &FromRun) -> io::Result<()> {
        self.host.say(message).map_err(io::Error::other)
    }
}

/// Reads what is there; `false` at the end. Into the buffer itself: one on the stack would be four pages that
/// each Run has for itself.
fn read(frames: &mut FrameBuffer) -> io::Result<bool> {
    let buffer = frames.buffer();
    buffer.reserve(READ);
    match rustix::io::read(socket(), buffer.spare_capacity_mut()) {
        Ok((bytes, _)) => {
            let count = bytes.len();
            // SAFETY: so many bytes were just written behind what was there.
            unsafe { buffer.set_len(buffer.len() + count) };
            Ok(count > 0)
        }
        Err(rustix::io::Errno::INTR) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// Bytes that become a `Uint8Array` in the engine's own, counted memory.
struct Bytes(Vec<u8>);

impl<'js> IntoJs<'js> for Bytes {
    fn into_js(self, ctx: &Ctx<'js>) -> rquickjs::Result<Value<'js>> {
        TypedArray::new_copy(ctx.clone(), self.0).map(TypedArray::into_value)
    }
}
