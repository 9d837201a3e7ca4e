//! The first turn: the server's file is loaded, and what it exports or gives to `Bun.serve` becomes a server.

use std::io;
use std::time::{Duration, Instant};

use rquickjs::promise::PromiseState;
use rquickjs::{CatchResultExt, Ctx, Error, Function, Object, Persistent, Promise, Result, Value};

use super::{Bytes, RunLoop};
use crate::engine::message::{FromRun, Level, LimitName, Thrown};
use crate::engine::zygote::{leave, scripts};
use crate::project::SERVERS;

/// How long a loaded `server.js` may take to call `Bun.serve`, once whatever it waits for has come.
const SERVE_WITHIN: Duration = Duration::from_secs(1);

impl RunLoop {
    /// Loads the project and says how that went; a failure ends the process.
    pub(super) fn start(&mut self, server: Option<&str>, url: &str) -> io::Result<()> {
        let limit = self.host.limits.borrow().start;
        self.host.clock.begin(limit, LimitName::Start);
        if let Err(fault) = self.load(server, url) {
            self.end_at_a_limit();
            self.tell(&FromRun::Failed { fault })?;
            self.host.flush();
            leave(0);
        }
        self.drain();
        self.host.clock.end();
        self.tell(&FromRun::Ready)
    }

    fn load(&self, server: Option<&str>, url: &str) -> std::result::Result<(), Thrown> {
        self.call_serve(|ctx, serve| {
            let files = Object::new(ctx.clone())?;
            for (name, text) in &*self.host.files.borrow() {
                files.set(name.as_str(), text.as_str())?;
            }
            for (name, bytes) in &mut *self.host.binaries.borrow_mut() {
                files.set(name.as_str(), Bytes(std::mem::take(bytes)))?;
            }
            serve
                .get::<_, Function>("project")?
                .call((files, url, server))
        })?;
        let Some(server) = server else {
            return Ok(());
        };
        let exports = self.evaluate(server)?;
        self.tell_of_others(server);
        let patience = Instant::now() + SERVE_WITHIN;
        loop {
            let waits = self.host.timers.borrow().next().is_some() && Instant::now() < patience;
            if self.has_server(&exports, waits)? {
                return Ok(());
            }
            self.wait_for_a_timer(server)?;
            self.run_jobs();
        }
    }

    /// Whether the file exports a server, or has called `Bun.serve`. Without one this is a fault, unless
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

    /// Whoever adds a `server.ts` beside a `server.js` would wonder why nothing changes.
    fn tell_of_others(&self, server: &str) {
        let files = self.host.files.borrow();
        let is_left = |name: &&str| {
            *name != server && files.contains_key(*name) && !self.host.scripts.has(name)
        };
        let left = SERVERS.into_iter().find(is_left);
        let Some(left) = left.filter(|it| [it, server].iter().all(|it| it.starts_with("server.")))
        else {
            return;
        };
        let text = format!(
            "The server is {server}. {left} does nothing as long as {server} is there and does not import it."
        );
        self.host.say_line(Level::Warn, text);
    }

    /// Evaluates the server's file, top-level `await` and all.
    fn evaluate(&self, server: &str) -> std::result::Result<Persistent<Object<'static>>, Thrown> {
        let (exports, loaded) = self.library.context.with(|ctx| {
            let evaluated = self.module(&ctx, server).catch(&ctx);
            evaluated.map_err(|thrown| self.mark(self.caught_fault(&ctx, thrown)))
        })?;
        loop {
            self.run_jobs();
            let settled = self.library.context.with(|ctx| self.settled(&ctx, &loaded));
            match settled {
                Some(Ok(())) => return Ok(exports),
                Some(Err(fault)) => return Err(fault),
                None => self.wait_for_a_timer(server)?,
            }
        }
    }

    fn module(&self, ctx: &Ctx<'_>, server: &str) -> Result<Loaded> {
        let text = self.host.files.borrow().get(server).cloned();
        let text = text.ok_or_else(|| Error::new_loading(server))?;
        let (module, loaded) = scripts::declare(ctx, &self.host, server, text)?.eval()?;
        let exports = module.namespace()?;
        Ok((
            Persistent::save(ctx, exports),
            Persistent::save(ctx, loaded),
        ))
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

    fn wait_for_a_timer(&self, server: &str) -> std::result::Result<(), Thrown> {
        let next = self.host.timers.borrow().next();
        let Some(next) = next else {
            return Err(Thrown {
                name: "Error".into(),
                message: format!(
                    "{server} waits at its top level (`await`) for something that never comes"
                ),
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
