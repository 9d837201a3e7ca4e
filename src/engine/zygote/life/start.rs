//! The first turn: `server.js` is loaded, and what it exports or gives to `Bun.serve` becomes a server.

use std::io;
use std::time::{Duration, Instant};

use rquickjs::promise::PromiseState;
use rquickjs::{CatchResultExt, Ctx, Function, Object, Persistent, Promise, Result, Value};

use super::RunLoop;
use crate::engine::message::{FromRun, LimitName, Thrown};
use crate::engine::zygote::{leave, modules};

/// The file that a Run loads first; a project without one only has its files served.
const SERVER: &str = "server.js";

/// How long a loaded `server.js` may take to call `Bun.serve`, once whatever it waits for has come.
const SERVE_WITHIN: Duration = Duration::from_secs(1);

impl RunLoop {
    /// Loads the project and says how that went; a failure ends the process.
    pub(super) fn start(&mut self, url: &str) -> io::Result<()> {
        let limit = self.host.limits.borrow().start;
        self.host.clock.begin(limit, LimitName::Start);
        if let Err(fault) = self.load(url) {
            self.end_at_a_limit();
            self.tell(&FromRun::Failed { fault })?;
            self.host.flush();
            leave(0);
        }
        self.drain();
        self.host.clock.end();
        self.tell(&FromRun::Ready)
    }

    fn load(&self, url: &str) -> std::result::Result<(), Thrown> {
        let source = self.host.files.borrow().get(SERVER).cloned();
        self.call_serve(|ctx, serve| {
            let files = Object::new(ctx.clone())?;
            for (name, text) in &*self.host.files.borrow() {
                files.set(name.as_str(), text.as_str())?;
            }
            serve.get::<_, Function>("project")?.call((files, url))
        })?;
        let Some(source) = source else {
            return Ok(());
        };
        let exports = self.evaluate(source)?;
        let patience = Instant::now() + SERVE_WITHIN;
        loop {
            let waits = self.host.timers.borrow().next().is_some() && Instant::now() < patience;
            if self.has_server(&exports, waits)? {
                return Ok(());
            }
            self.wait_for_a_timer()?;
            self.run_jobs();
        }
    }

    /// Whether `server.js` exports a server, or has called `Bun.serve`. Without one this is a fault, unless
    /// something `waits` that may still open it.
    fn has_server(
        &self,
        exports: &Persistent<Object<'static>>,
        waits: bool,
    ) -> std::result::Result<bool, Thrown> {
        let mut has_server = false;
        self.call_serve(|ctx, serve| {
            let exports = exports.clone().restore(ctx)?;
            has_server = serve.get::<_, Function>("start")?.call((exports, waits))?;
            Ok(())
        })?;
        Ok(has_server)
    }

    /// Evaluates `server.js`, top-level `await` and all.
    fn evaluate(&self, source: String) -> std::result::Result<Persistent<Object<'static>>, Thrown> {
        let (exports, loaded) = self.library.context.with(|ctx| {
            let evaluated = evaluate(&ctx, source).catch(&ctx);
            evaluated.map_err(|thrown| self.mark(self.caught_fault(&ctx, thrown)))
        })?;
        loop {
            self.run_jobs();
            let settled = self.library.context.with(|ctx| self.settled(&ctx, &loaded));
            match settled {
                Some(Ok(())) => return Ok(exports),
                Some(Err(fault)) => return Err(fault),
                None => self.wait_for_a_timer()?,
            }
        }
    }

    /// How loading ended; `None` while a top-level `await` waits.
    fn settled(
        &self,
        ctx: &Ctx<'_>,
        loaded: &Persistent<Promise<'static>>,
    ) -> Option<std::result::Result<(), Thrown>> {
        let promise = loaded.clone().restore(ctx).ok()?;
        if promise.state() == PromiseState::Pending {
            return None;
        }
        let result = promise.result::<Value>()?.catch(ctx);
        if result.is_err() {
            // It is told as the failure of the start, and not once more as a rejection.
            self.host.rejections.borrow_mut().clear();
        }
        Some(
            result
                .map(drop)
                .map_err(|thrown| self.mark(self.caught_fault(ctx, thrown))),
        )
    }

    fn wait_for_a_timer(&self) -> std::result::Result<(), Thrown> {
        let next = self.host.timers.borrow().next();
        let Some(next) = next else {
            return Err(Thrown {
                name: "Error".into(),
                message: "server.js waits at its top level (`await`) for something that never \
                          comes"
                    .into(),
                frames: Vec::new(),
            });
        };
        self.host.flush();
        while Instant::now() < next {
            self.end_at_a_limit();
            let rest = next.saturating_duration_since(Instant::now());
            std::thread::sleep(rest.min(Duration::from_millis(20)));
        }
        let due = self.host.timers.borrow_mut().take_due(Instant::now());
        if let Some(id) = due {
            self.enter(|ctx, _| ctx.globals().get::<_, Function>("__timer")?.call((id,)));
        }
        Ok(())
    }

    /// Calls into `serve.js`; what it throws is why the project does not start.
    fn call_serve<F>(&self, work: F) -> std::result::Result<(), Thrown>
    where
        F: for<'js> FnOnce(&Ctx<'js>, &Object<'js>) -> Result<()>,
    {
        self.library.context.with(|ctx| {
            let called = self.library.serve.clone().restore(&ctx);
            let called = called.and_then(|serve| work(&ctx, &serve)).catch(&ctx);
            called.map_err(|thrown| self.mark(self.caught_fault(&ctx, thrown)))
        })
    }

    /// Keeps the fault for the limit that caused it, if one did.
    fn mark(&self, fault: Thrown) -> Thrown {
        if self.host.clock.stopped().is_some() {
            self.host
                .stopped_at
                .borrow_mut()
                .get_or_insert(fault.clone());
        }
        fault
    }
}

type Loaded = (Persistent<Object<'static>>, Persistent<Promise<'static>>);

fn evaluate(ctx: &Ctx<'_>, source: String) -> Result<Loaded> {
    let (module, loaded) = modules::declare(ctx, SERVER, source)?.eval()?;
    let exports = module.namespace()?;
    Ok((
        Persistent::save(ctx, exports),
        Persistent::save(ctx, loaded),
    ))
}
