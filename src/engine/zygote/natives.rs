//! What the Web layer asks of Rust, as functions of one global object `__host`, what `serve.js`
//! tells `hxlab`, as functions of another, `__run`, and what `sqlite.js` asks of SQLite, of a third, `__sqlite`.

mod binary_text;
mod digest;
mod sqlite;
mod values;
mod web;
mod wire;

use std::rc::Rc;

use rquickjs::{Ctx, Function, IntoJs, Object, Result};

use super::host::Host;

/// Puts these objects on the global object, and a `Math.random` that a fork does not repeat.
pub(super) fn install(ctx: &Ctx<'_>, host: &Rc<Host>) -> Result<()> {
    let globals = ctx.globals();
    globals.set("__host", web::object(ctx, host)?)?;
    globals.set("__run", wire::object(ctx, host)?)?;
    globals.set("__sqlite", sqlite::object(ctx, host)?)?;
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
