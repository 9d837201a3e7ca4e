//! What `Bun` has that JavaScript cannot do: quick hashes, compression, the width of a text, a look into a promise,
//! and waiting.

use std::rc::Rc;
use std::time::{Duration, Instant};

use rquickjs::promise::PromiseState;
use rquickjs::{
    Array, BigInt, Ctx, Error, Exception, Function, IntoJs, Object, Promise, Result, TypedArray,
    Value,
};
use unicode_width::UnicodeWidthStr as _;

use super::values::{Octets, Text};
use super::{ask_clock, interrupted, set};
use crate::engine::zygote::compression::{self, CompressionFault, Format};
use crate::engine::zygote::hash::{self, Hashed};
use crate::engine::zygote::host::Host;

/// How long a wait goes on before the clock is looked at.
const NAP: Duration = Duration::from_millis(20);

/// Longer than any turn, in seconds.
const LONGEST: f64 = 1e6;

/// Adds `quickHash(name, bytes, seed)`; `compress(bytes, format, level)` and `decompress(bytes, format)`, whose formats
/// are `gzip`, `deflate` and `deflate-raw`; `widthOf(text, isAmbiguousNarrow)`; `peek(promise)`, which is the state and
/// the value; and `sleep(milliseconds)`.
pub(super) fn add<'js>(ctx: &Ctx<'js>, object: &Object<'js>, host: &Rc<Host>) -> Result<()> {
    let shared = Rc::clone(host);
    let quick_hash = move |ctx: Ctx<'js>, name: Text, bytes: Octets, seed: BigInt<'js>| {
        ask_clock(&ctx, &shared, bytes.len(), "a hash")?;
        quick_hash(ctx, &name, &bytes, seed)
    };
    set(object, "quickHash", Function::new(ctx.clone(), quick_hash)?)?;
    set(object, "widthOf", Function::new(ctx.clone(), width_of)?)?;
    set(object, "peek", Function::new(ctx.clone(), peek)?)?;
    let shared = Rc::clone(host);
    let compress = move |ctx: Ctx<'js>, bytes: Octets, format: Text, level: u32| {
        let compressed = compression::compress(&shared, &bytes, format_of(&format), level);
        let compressed = compressed.map_err(|fault| raise(&ctx, &shared, &fault))?;
        TypedArray::<u8>::new_copy(ctx, compressed)
    };
    set(object, "compress", Function::new(ctx.clone(), compress)?)?;
    let shared = Rc::clone(host);
    let decompress = move |ctx: Ctx<'js>, bytes: Octets, format: Text| {
        let decompressed = compression::decompress(&shared, &bytes, format_of(&format));
        let decompressed = decompressed.map_err(|fault| raise(&ctx, &shared, &fault))?;
        TypedArray::<u8>::new_copy(ctx, decompressed)
    };
    set(
        object,
        "decompress",
        Function::new(ctx.clone(), decompress)?,
    )?;
    let shared = Rc::clone(host);
    let sleep = move |ctx: Ctx<'js>, milliseconds: f64| sleep(&ctx, &shared, milliseconds);
    set(object, "sleep", Function::new(ctx.clone(), sleep)?)
}

fn quick_hash<'js>(
    ctx: Ctx<'js>,
    name: &str,
    bytes: &[u8],
    seed: BigInt<'js>,
) -> Result<Value<'js>> {
    match hash::hash(name, bytes, seed.to_i64()?.cast_unsigned()) {
        Some(Hashed::Short(number)) => f64::from(number).into_js(&ctx),
        Some(Hashed::Long(number)) => BigInt::from_u64(ctx, number).map(BigInt::into_value),
        None => Err(Exception::throw_type(
            &ctx,
            &format!("there is no hash “{name}”"),
        )),
    }
}

fn format_of(name: &str) -> Format {
    match name {
        "gzip" => Format::Gzip,
        "deflate" => Format::Zlib,
        _ => Format::Raw,
    }
}

fn raise(ctx: &Ctx<'_>, host: &Host, fault: &CompressionFault) -> Error {
    match fault {
        CompressionFault::Head => Exception::throw_message(ctx, "incorrect header check"),
        CompressionFault::Broken => Exception::throw_message(ctx, "Zlib returned an error"),
        CompressionFault::TooLarge => Exception::throw_range(
            ctx,
            "this becomes more than the server has memory left for (limit “memory”)",
        ),
        CompressionFault::Stopped(limit) => interrupted(ctx, host, *limit, "compression".into()),
    }
}

/// The columns that a text takes in a terminal; control characters take none.
#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn width_of(text: Text, is_ambiguous_narrow: bool) -> usize {
    let shown: String = text.chars().filter(|it| !it.is_control()).collect();
    if is_ambiguous_narrow {
        shown.width()
    } else {
        shown.width_cjk()
    }
}

/// `["pending"]`, `["fulfilled", value]` or `["rejected", reason]`.
#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn peek<'js>(ctx: Ctx<'js>, promise: Promise<'js>) -> Result<Array<'js>> {
    let found = Array::new(ctx.clone())?;
    let state = match promise.state() {
        PromiseState::Pending => "pending",
        PromiseState::Resolved => "fulfilled",
        PromiseState::Rejected => "rejected",
    };
    found.set(0, state)?;
    match promise.result::<Value>() {
        Some(Ok(value)) => found.set(1, value)?,
        Some(Err(_)) => found.set(1, ctx.catch())?,
        None => {}
    }
    Ok(found)
}

/// Holds up the whole Run, under its turn's clock.
fn sleep(ctx: &Ctx<'_>, host: &Host, milliseconds: f64) -> Result<()> {
    host.flush();
    let wait = Duration::from_secs_f64((milliseconds / 1000.0).clamp(0.0, LONGEST));
    let until = Instant::now() + wait;
    loop {
        let rest = until.saturating_duration_since(Instant::now());
        if rest.is_zero() {
            return Ok(());
        }
        if let Some(limit) = host.clock.check() {
            return Err(interrupted(ctx, host, limit, "Bun.sleepSync".into()));
        }
        std::thread::sleep(rest.min(NAP));
    }
}
