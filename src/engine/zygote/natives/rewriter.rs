//! What `HTMLRewriter` in JavaScript (`embedded/engine/web/rewriter`) asks of
//! [`rewriter`](crate::engine::zygote::rewriter).

mod values;

use std::cell::RefCell;
use std::rc::Rc;

use rquickjs::{Array, Class, Ctx, Error, Exception, Function, Object, Result, TypedArray, Value};

use super::handle::Handle;
use super::values::{Octets, Text};
use super::{ask_clock, interrupted, set};
use crate::engine::zygote::host::Host;
use crate::engine::zygote::rewriter::{Kind, Rewriting, RewritingFault, Wanted, selector_fault};

type Rewritten<'js> = Class<'js, Handle<RefCell<Rewriting>>>;

/// Adds `selectorFault(selector)`, the reason why it cannot be used; `beginRewriting([kind, selector, …])`;
/// `readPiece(rewriting, bytes)` and `readPiece(rewriting)` at the end, which give what was found;
/// `writePiece(rewriting, changes)`, which gives bytes; and `runJobs()`, which runs what promises wait for.
pub(super) fn add<'js>(ctx: &Ctx<'js>, object: &Object<'js>, host: &Rc<Host>) -> Result<()> {
    let fault = |selector: Text| selector_fault(&selector);
    set(object, "selectorFault", Function::new(ctx.clone(), fault)?)?;
    let shared = Rc::clone(host);
    let begin = move |ctx: Ctx<'js>, wanted: Array<'js>| begin(&ctx, &shared, &wanted);
    set(object, "beginRewriting", Function::new(ctx.clone(), begin)?)?;
    let shared = Rc::clone(host);
    let read = move |ctx: Ctx<'js>, rewriting: Rewritten<'js>, piece: Option<Octets>| {
        read(&ctx, &shared, &rewriting, piece)
    };
    set(object, "readPiece", Function::new(ctx.clone(), read)?)?;
    let shared = Rc::clone(host);
    let write = move |ctx: Ctx<'js>, rewriting: Rewritten<'js>, changes: Array<'js>| {
        write(&ctx, &shared, &rewriting, &changes)
    };
    set(object, "writePiece", Function::new(ctx.clone(), write)?)?;
    let shared = Rc::clone(host);
    let jobs = move |ctx: Ctx<'js>| run_jobs(&ctx, &shared);
    set(object, "runJobs", Function::new(ctx.clone(), jobs)?)
}

fn begin<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, given: &Array<'js>) -> Result<Rewritten<'js>> {
    let mut wanted = Vec::with_capacity(given.len() / 2);
    for index in (0..given.len()).step_by(2) {
        let kind = given.get::<Text>(index)?;
        let selector = given.get::<Option<Text>>(index + 1)?;
        wanted.push(Wanted {
            kind: kind_of(&kind),
            selector: selector.map(|Text(selector)| selector),
        });
        if let Some(limit) = host.clock.check() {
            return Err(interrupted(ctx, host, limit, "HTMLRewriter".into()));
        }
    }
    let begun = Rewriting::begin(host, &wanted).map_err(|fault| raise(ctx, host, &fault))?;
    Handle::new(ctx, RefCell::new(begun))
}

fn kind_of(name: &str) -> Kind {
    match name {
        "element" => Kind::Element,
        "comments" => Kind::Comment,
        "text" => Kind::Text,
        "doctype" => Kind::Doctype,
        _ => Kind::End,
    }
}

fn read<'js>(
    ctx: &Ctx<'js>,
    host: &Host,
    rewriting: &Rewritten<'js>,
    piece: Option<Octets>,
) -> Result<Array<'js>> {
    let piece = piece.map(|Octets(bytes)| bytes);
    ask_clock(
        ctx,
        host,
        piece.as_ref().map_or(0, Vec::len),
        "HTMLRewriter",
    )?;
    let held = rewriting.borrow().get(ctx)?;
    let found = held.borrow_mut().read(piece);
    let found = found.map_err(|fault| raise(ctx, host, &fault))?;
    let list = Array::new(ctx.clone())?;
    for (index, found) in found.into_iter().enumerate() {
        list.set(index, values::found(ctx, found)?)?;
    }
    Ok(list)
}

fn write<'js>(
    ctx: &Ctx<'js>,
    host: &Host,
    rewriting: &Rewritten<'js>,
    changes: &Array<'js>,
) -> Result<TypedArray<'js, u8>> {
    // The texts are copied once into what is to be changed, and once more into what comes out.
    let room = host.memory.room() / 4;
    let changes = values::changes(changes, room)?
        .ok_or_else(|| raise(ctx, host, &RewritingFault::TooLarge))?;
    let held = rewriting.borrow().get(ctx)?;
    let written = held.borrow_mut().write(changes);
    let written = written.map_err(|fault| raise(ctx, host, &fault))?;
    TypedArray::new_copy(ctx.clone(), written)
}

/// Runs what promises wait for, as long as there is any and the turn has time.
fn run_jobs(ctx: &Ctx<'_>, host: &Host) -> Result<()> {
    while ctx.execute_pending_job() {
        if let Some(limit) = host.clock.check() {
            return Err(interrupted(ctx, host, limit, "HTMLRewriter".into()));
        }
    }
    Ok(())
}

fn raise(ctx: &Ctx<'_>, host: &Host, fault: &RewritingFault) -> Error {
    match fault {
        RewritingFault::Stopped(limit) => interrupted(ctx, host, *limit, "HTMLRewriter".into()),
        RewritingFault::TooLarge => Exception::throw_range(
            ctx,
            "rewriting this takes more than the server has memory left for (limit “memory”)",
        ),
        RewritingFault::Broken(reason) => Exception::throw_internal(ctx, reason),
    }
}

/// What a value is where it is not there.
fn undefined<'js>(ctx: &Ctx<'js>) -> Value<'js> {
    Value::new_undefined(ctx.clone())
}
