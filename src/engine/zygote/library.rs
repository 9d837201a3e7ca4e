//! The JavaScript runtime of the zygote: the Web layer, `serve.js` and hono, loaded once and shared by
//! every Run, copy on write.

use std::rc::Rc;

use rquickjs::{CatchResultExt, Context, Ctx, Error, Module, Object, Persistent, Result, Runtime};

use super::host::Host;
use super::memory::{Account, Meter};
use super::modules::{LIBRARY, Modules, names};
use super::natives;
use super::stacks;
use crate::assets;

/// How deep the learner's functions may call each other, in bytes of stack.
const STACK: usize = 1024 * 1024;

/// Learner's frames must not be pushed out of a stack by the library's.
const STACK_FRAMES: u32 = 50;

/// What a Run may gather before the first search for cycles, in bytes. Each search touches, and so
/// copies, all that Runs share.
const GARBAGE: usize = 4 * 1024 * 1024;

/// Makes as many shapes of objects as a Run adds to the library's, and lets go of them. The engine's table of
/// shapes never shrinks, so it has its final size before the first fork; growing it writes to every shape.
const GROW_SHAPES: &str = "for (let kept = [], i = 0; i < 250; i += 1) kept.push({ [i]: i });";

/// Makes as many names as a Run adds to the library's, and lets go of them: the engine's table of names grows by
/// half, into new memory, where it is full.
const GROW_ATOMS: &str = "for (let kept = [], i = 0; i < 500; i += 1) kept.push(Symbol());";

/// The runtime with the library in it.
pub(super) struct Library {
    pub(super) runtime: Runtime,
    pub(super) context: Context,
    pub(super) host: Rc<Host>,
    /// The exports of `serve.js`.
    pub(super) serve: Persistent<Object<'static>>,
}

/// The library could not be loaded: a fault of this build.
#[derive(Debug, thiserror::Error)]
#[error("the engine's library did not load: {0}")]
pub(super) struct LibraryError(String);

impl Library {
    /// Loads everything into this memory, after `prepare` has had the fresh runtime.
    pub(super) fn load(
        memory: Account,
        prepare: impl FnOnce(&Runtime, &Host) -> std::result::Result<(), String>,
    ) -> std::result::Result<Self, LibraryError> {
        let broken = |error: rquickjs::Error| LibraryError(error.to_string());
        let names = names().map_err(|error| LibraryError(error.to_string()))?;
        let host = Rc::new(Host::new(names, memory));
        let runtime = Runtime::new_with_alloc(Meter(Rc::clone(&host))).map_err(broken)?;
        prepare(&runtime, &host).map_err(LibraryError)?;
        runtime.set_max_stack_size(STACK);
        runtime.set_loader(Modules(Rc::clone(&host)), Modules(Rc::clone(&host)));
        watch(&runtime, &host);
        let context = Context::full(&runtime).map_err(broken)?;
        let serve = context.with(|ctx| {
            let loaded = modules(&ctx, &host).catch(&ctx);
            loaded.map_err(|error| LibraryError(error.to_string()))
        })?;
        Ok(Self {
            runtime,
            context,
            host,
            serve,
        })
    }

    /// After the fork: `memory` bytes beside what the library uses.
    pub(super) fn limit_memory(&self, memory: usize) {
        self.host.memory.allow(memory);
        self.runtime
            .set_gc_threshold(self.host.memory.used() + GARBAGE);
    }
}

/// Tells the host of promises that were rejected, and asks it whether to go on.
fn watch(runtime: &Runtime, host: &Rc<Host>) {
    let shared = Rc::clone(host);
    runtime.set_interrupt_handler(Some(Box::new(move || {
        shared.clock.give_way();
        shared.clock.check().is_some()
    })));
    let shared = Rc::clone(host);
    runtime.set_host_promise_rejection_tracker(Some(Box::new(
        move |ctx, promise, reason, handled| {
            let promise = Persistent::save(&ctx, promise);
            let mut rejections = shared.rejections.borrow_mut();
            if handled {
                rejections.retain(|(rejected, _)| *rejected != promise);
            } else {
                rejections.push((promise, Persistent::save(&ctx, reason)));
            }
        },
    )));
}

fn modules(ctx: &Ctx<'_>, host: &Rc<Host>) -> Result<Persistent<Object<'static>>> {
    ctx.eval::<(), _>(GROW_SHAPES)?;
    natives::install(ctx, host)?;
    let error: Object = ctx.globals().get("Error")?;
    error.set("stackTraceLimit", STACK_FRAMES)?;
    stacks::install(ctx, host)?;
    // The time zone is read now: a Run can open no file.
    ctx.eval::<(), _>("new Date().getTimezoneOffset();")?;
    import(ctx, "web.js")?;
    import(ctx, "intl.js")?;
    import(ctx, "internals.js")?;
    let serve = import(ctx, "serve.js")?;
    // Node's modules are loaded by those who import them.
    for part in host.names.values().filter(|it| !it.starts_with("node/")) {
        import(ctx, part)?;
    }
    ctx.eval::<(), _>(GROW_ATOMS)?;
    for native in ["__host", "__intl", "__run", "__web", "__sqlite"] {
        ctx.globals().remove(native)?;
    }
    Ok(Persistent::save(ctx, serve))
}

/// Loads one module of the library and gives its exports.
fn import<'js>(ctx: &Ctx<'js>, file: &str) -> Result<Object<'js>> {
    let name = format!("{LIBRARY}{file}");
    let source = assets::engine(file).ok_or_else(|| Error::new_loading(&name))?;
    let (module, loaded) = Module::declare(ctx.clone(), name, source.as_bytes())?.eval()?;
    loaded.finish::<()>()?;
    module.namespace()
}
