//! What the natives of a Run share: its files, timers, clock, memory and way out.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::time::Instant;

use rquickjs::{Persistent, Value};

use super::clock::TurnClock;
use super::memory::Account;
use super::missing::Missing;
use super::modules::ImportMap;
use super::outlet::Outlet;
use super::random::Random;
use super::scripts::Scripts;
use super::sqlite::Named;
use super::timers::Timers;
use crate::engine::codec::CodecError;
use crate::engine::limits::{Allowance, Limits};
use crate::engine::message::{FromRun, Level, LimitName, StackFrame, Thrown};

/// A promise that was rejected and is not handled yet, and the reason.
pub(super) type Rejection = (Persistent<Value<'static>>, Persistent<Value<'static>>);

/// What the natives of a Run share.
pub(super) struct Host {
    /// What may be imported of the library.
    pub(super) names: ImportMap,
    /// What Bun has and a sandbox does not, read when somebody asks: most Runs never do, and each would have
    /// pages of its own where the table lay among what it writes to.
    missing: OnceCell<Missing>,
    pub(super) limits: RefCell<Limits>,
    /// The project's texts.
    pub(super) files: RefCell<BTreeMap<String, String>>,
    /// The project's files that are no text. Once the Run has begun its JavaScript has their bytes, and only the
    /// names are left here.
    pub(super) binaries: RefCell<BTreeMap<String, Vec<u8>>>,
    /// The name of the server's file; empty where only files are served.
    pub(super) server: RefCell<String>,
    pub(super) scripts: Scripts,
    pub(super) timers: RefCell<Timers>,
    pub(super) clock: TurnClock,
    pub(super) memory: Account,
    pub(super) random: Random,
    pub(super) rejections: RefCell<Vec<Rejection>>,
    /// Where an import that failed stands, for errors that know no place themselves.
    pub(super) import: Cell<Option<StackFrame>>,
    /// What the limit that was reached interrupted.
    pub(super) stopped_at: RefCell<Option<Thrown>>,
    /// What a limit interrupted that is not JavaScript, such as a query, for the limit's sentence.
    pub(super) interrupted: RefCell<Option<String>>,
    /// The databases that have a name.
    pub(super) databases: RefCell<Named>,
    started: Cell<Instant>,
    lines: RefCell<Allowance>,
    outlet: RefCell<Outlet>,
}

impl Host {
    /// The zygote's: no files, nothing to say.
    pub(super) fn new(names: ImportMap, memory: Account) -> Self {
        let now = Instant::now();
        let limits = Limits::default();
        let lines = Allowance::new(limits.lines, now);
        Self {
            names,
            missing: OnceCell::new(),
            limits: RefCell::new(limits),
            files: RefCell::default(),
            binaries: RefCell::default(),
            server: RefCell::default(),
            scripts: Scripts::default(),
            timers: RefCell::default(),
            clock: TurnClock::default(),
            memory,
            random: Random::default(),
            rejections: RefCell::default(),
            import: Cell::default(),
            stopped_at: RefCell::default(),
            interrupted: RefCell::default(),
            databases: RefCell::default(),
            started: Cell::new(now),
            lines: RefCell::new(lines),
            outlet: RefCell::default(),
        }
    }

    /// What Bun has and a sandbox does not.
    pub(super) fn missing(&self) -> &Missing {
        self.missing.get_or_init(Missing::load)
    }

    /// After the fork: what the Run may use.
    pub(super) fn limit(&self, limits: Limits) {
        self.limits.replace(limits);
    }

    /// A project is there: the Run begins, and its clock.
    pub(super) fn begin(&self) {
        let now = Instant::now();
        self.started.set(now);
        let lines = self.limits.borrow().lines;
        self.lines.replace(Allowance::new(lines, now));
    }

    /// Milliseconds since the Run began, to the whole millisecond: a finer clock would help to
    /// measure what other processes do.
    #[expect(clippy::cast_precision_loss, reason = "a Run lives less than 2⁵³ ms")]
    pub(super) fn now_ms(&self) -> f64 {
        self.started.get().elapsed().as_millis() as f64
    }

    /// Says something at the end of the turn.
    pub(super) fn say(&self, message: &FromRun) -> Result<(), CodecError> {
        let mut outlet = self.outlet.borrow_mut();
        outlet.send(message)?;
        self.clock.forgive(outlet.take_waited());
        Ok(())
    }

    /// Says something now: what must be known even if the next instruction never returns.
    pub(super) fn say_now(&self, message: &FromRun) -> Result<(), CodecError> {
        self.say(message)?;
        self.flush();
        Ok(())
    }

    /// Says a line of our own on the console.
    pub(super) fn say_line(&self, level: Level, text: String) {
        if self.allow_line() {
            let at = None;
            // A line of ours is short enough for a message.
            let _ = self.say(&FromRun::Log { level, text, at });
        }
    }

    /// Writes all that was said.
    pub(super) fn flush(&self) {
        let mut outlet = self.outlet.borrow_mut();
        outlet.flush();
        self.clock.forgive(outlet.take_waited());
    }

    /// Tells the learner that a module of the library stands in for one of another address.
    pub(super) fn tell_of_address(&self, base: &str, address: &str, name: &str) {
        let text = format!("{base} imports “{address}”: the sandbox’s own “{name}” is taken");
        let message = FromRun::Log {
            level: Level::Info,
            text,
            at: self.import_place(base, address),
        };
        if self.allow_line() {
            // One that does not fit is not worth a failure.
            let _ = self.say(&message);
        }
    }

    /// Whether one more console line is allowed; where it is not, the Run is asked to stop.
    pub(super) fn allow_line(&self) -> bool {
        let allowed =
            self.clock.stopped().is_none() && self.lines.borrow_mut().take(1, Instant::now());
        if !allowed {
            self.clock.stop(LimitName::Lines);
        }
        allowed
    }
}
