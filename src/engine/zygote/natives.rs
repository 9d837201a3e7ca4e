//! What the Web layer asks of Rust, as functions of one global object `__host`, what `serve.js` tells `hxlab`, as
//! functions of another, `__run`, what `sqlite.js` asks of SQLite, of a third, `__sqlite`, and what `Intl` asks, of a
//! fourth, `__intl`.

mod binary_text;
mod bun;
mod content;
mod digest;
mod handle;
mod languages;
mod password;
mod rewriter;
mod sqlite;
mod values;
mod web;
mod wire;

pub(super) use wire::UNSHOWN;

use std::rc::Rc;

use rquickjs::{Ctx, Error, Exception, Function, IntoJs, Object, Result};

use super::host::Host;
use crate::engine::message::{LimitName, Thrown};

/// So many bytes take a native a time that counts.
const LONG: usize = 64 * 1024;

/// Puts these objects on the global object, and a `Math.random` that a fork does not repeat.
pub(super) fn install(ctx: &Ctx<'_>, host: &Rc<Host>) -> Result<()> {
    let globals = ctx.globals();
    globals.set("__host", web::object(ctx, host)?)?;
    globals.set("__run", wire::object(ctx, host)?)?;
    globals.set("__sqlite", sqlite::object(ctx, host)?)?;
    globals.set("__intl", languages::object(ctx)?)?;
    let math: Object = globals.get("Math")?;
    let shared = Rc::clone(host);
    math.set(
        "random",
        Function::new(ctx.clone(), move || shared.random.next())?,
    )?;
    // Shared memory and its counters make a fine clock, and are of no use in a single thread.
    for name in ["Atomics", "SharedArrayBuffer"] {
        globals.remove(name)?;
    }
    Ok(())
}

/// Sets a function by its name.
fn set<'js>(object: &Object<'js>, name: &str, function: impl IntoJs<'js>) -> Result<()> {
    object.set(name, function)
}

/// Throws where the turn's time is up before a native reads so many bytes: a loop over such calls lasts for long
/// between two moments in which the engine asks.
fn ask_clock(ctx: &Ctx<'_>, host: &Host, length: usize, what: &str) -> Result<()> {
    if length < LONG {
        return Ok(());
    }
    let limit = host.clock.check();
    limit.map_or(Ok(()), |limit| {
        Err(interrupted(ctx, host, limit, what.into()))
    })
}

/// Throws that a limit was reached in something that is not JavaScript, and keeps the place and what it was for the
/// limit's sentence.
fn interrupted(ctx: &Ctx<'_>, host: &Host, limit: LimitName, what: String) -> Error {
    let message = host.limits.borrow().because(limit);
    let stack = ctx.eval::<String, _>("new Error().stack");
    let frames = stack.map(|stack| host.frames(&stack)).unwrap_or_default();
    host.stopped_at.borrow_mut().get_or_insert(Thrown {
        name: "Limit".into(),
        message: message.clone(),
        frames,
    });
    host.interrupted.borrow_mut().get_or_insert(what);
    Exception::throw_message(ctx, &message)
}
