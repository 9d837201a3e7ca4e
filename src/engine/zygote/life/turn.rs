//! One turn: a call into JavaScript, then every job it left, under the clock.

use std::fmt::Write as _;

use rquickjs::{CatchResultExt, CaughtError, Ctx, Object, Result, Value};

use super::RunLoop;
use crate::engine::message::{FromRun, LimitName, StackFrame, Thrown};
use crate::engine::zygote::host::Rejection;
use crate::engine::zygote::{leave, loops};

/// How many jobs are run after the time is up, so that the interrupt, which the engine asks about
/// once in 10,000 calls and loops, can catch one of them in the learner's code and name its line.
const LAST_JOBS: u32 = 20_000;

impl RunLoop {
    /// Runs one turn under the ordinary limit. Whether `work` came to its end.
    pub(super) fn turn<F>(&mut self, work: F) -> bool
    where
        F: for<'js> FnOnce(&Ctx<'js>, &Object<'js>) -> Result<()>,
    {
        let limit = self.host.limits.borrow().turn;
        self.host.clock.begin(limit, LimitName::Turn);
        let whole = self.enter(work);
        self.drain();
        self.host.clock.end();
        whole
    }

    /// Calls into JavaScript; what is thrown and not caught is told. Whether nothing was.
    pub(super) fn enter<F>(&self, work: F) -> bool
    where
        F: for<'js> FnOnce(&Ctx<'js>, &Object<'js>) -> Result<()>,
    {
        let whole = self.library.context.with(|ctx| {
            let called = self.library.serve.clone().restore(&ctx);
            let called = called.and_then(|serve| work(&ctx, &serve)).catch(&ctx);
            let thrown = called.err();
            let whole = thrown.is_none();
            if let Some(thrown) = thrown {
                self.uncaught(&ctx, thrown);
            }
            whole
        });
        self.end_at_a_limit();
        whole
    }

    /// Runs jobs until none is left, then tells of the promises that nobody handled; telling may
    /// leave jobs as well.
    pub(super) fn drain(&self) {
        loop {
            self.run_jobs();
            let rejections = std::mem::take(&mut *self.host.rejections.borrow_mut());
            if rejections.is_empty() {
                return;
            }
            self.library
                .context
                .with(|ctx| self.tell_rejections(&ctx, rejections));
            self.end_at_a_limit();
        }
    }

    pub(super) fn run_jobs(&self) {
        let mut last = LAST_JOBS;
        loop {
            match self.library.runtime.execute_pending_job() {
                Ok(true) => {}
                Ok(false) => return self.end_at_a_limit(),
                Err(failed) => failed.0.with(|ctx| {
                    let thrown = ctx.catch();
                    self.uncaught_value(&ctx, &thrown);
                }),
            }
            if self.host.clock.check().is_some() {
                last -= 1;
                if last == 0 || self.host.stopped_at.borrow().is_some() {
                    self.end_at_a_limit();
                }
            }
        }
    }

    fn tell_rejections(&self, ctx: &Ctx<'_>, rejections: Vec<Rejection>) {
        for (_, reason) in rejections {
            match reason.restore(ctx) {
                Ok(reason) => self.uncaught_value(ctx, &reason),
                Err(error) => self.uncaught(ctx, CaughtError::Error(error)),
            }
        }
    }

    pub(super) fn uncaught<'js>(&self, ctx: &Ctx<'js>, thrown: CaughtError<'js>) {
        let fault = self.caught_fault(ctx, thrown);
        self.tell_uncaught(fault);
    }

    fn uncaught_value<'js>(&self, ctx: &Ctx<'js>, thrown: &Value<'js>) {
        let fault = self.host.fault(ctx, thrown);
        self.tell_uncaught(fault);
    }

    pub(super) fn caught_fault<'js>(&self, ctx: &Ctx<'js>, thrown: CaughtError<'js>) -> Thrown {
        match thrown {
            CaughtError::Exception(error) => self.host.fault(ctx, error.as_object().as_value()),
            CaughtError::Value(value) => self.host.fault(ctx, &value),
            CaughtError::Error(error) => Thrown {
                name: "InternalError".into(),
                message: error.to_string(),
                frames: Vec::new(),
            },
        }
    }

    /// Tells of it, or keeps it where it is the mark that a limit left.
    fn tell_uncaught(&self, fault: Thrown) {
        if self.host.clock.stopped().is_some() {
            self.host.stopped_at.borrow_mut().get_or_insert(fault);
        } else if self.host.say_now(&FromRun::Uncaught { fault }).is_err() {
            // A fault's texts are cut to fit a message, so this cannot be.
            leave(super::STATUS_BROKEN);
        }
    }

    /// Where it was stopped. The engine knows the last call before, which for a loop without any call
    /// lies before the loop.
    fn stopped_frames(&self, limit: LimitName) -> Vec<StackFrame> {
        let at = self.host.stopped_at.borrow_mut().take();
        let at = at.or_else(|| self.last_rejection());
        let mut frames = at.map(|fault| fault.frames).unwrap_or_default();
        if let (LimitName::Turn | LimitName::Start, Some(frame)) = (limit, frames.first_mut())
            && self.host.interrupted.borrow().is_none()
            && let Some(text) = self.host.files.borrow().get(&frame.file)
        {
            loops::correct(frame, text);
        }
        frames
    }

    /// An interrupted module or async function rejects its promise.
    fn last_rejection(&self) -> Option<Thrown> {
        let (_, reason) = self.host.rejections.borrow_mut().pop()?;
        self.library.context.with(|ctx| {
            let reason = reason.restore(&ctx).ok()?;
            Some(self.host.fault(&ctx, &reason))
        })
    }

    /// Ends the process when a limit was reached, with the limit's name and the place.
    pub(super) fn end_at_a_limit(&self) {
        let Some(limit) = self.host.clock.check() else {
            return;
        };
        let mut message = self.host.limits.borrow().because(limit);
        if let Some(what) = &*self.host.interrupted.borrow() {
            // Writing to a String cannot fail.
            let _ = write!(message, ", here in {what}");
        }
        let fault = Thrown {
            name: "Limit".into(),
            message,
            frames: self.stopped_frames(limit),
        };
        // Should it not fit, the process ends all the same, and `hxlab` says so in its own words.
        let _ = self.host.say_now(&FromRun::Stopped { limit, fault });
        leave(0)
    }
}
