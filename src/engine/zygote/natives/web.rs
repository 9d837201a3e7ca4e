//! `__host`: what the Web layer in JavaScript cannot do by itself.

use std::rc::Rc;
use std::time::{Duration, Instant};

use rquickjs::function::Opt;
use rquickjs::{Ctx, Exception, Function, Object, Result, TypedArray, Value};
use url::Url;

use super::values::{Octets, Text};
use super::{binary_text, bun, digest, password, rewriter, set};
use crate::engine::message::{FromRun, Level, LimitName};
use crate::engine::zygote::host::Host;
use crate::engine::zygote::leave;

/// The longest console line, in bytes.
const LINE: usize = 16 * 1024;

/// The most random bytes at once, as the Web Crypto API has it.
const RANDOM: usize = 65_536;

/// Builds the object.
pub(super) fn object<'js>(ctx: &Ctx<'js>, host: &Rc<Host>) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    set(
        &object,
        "utf8Encode",
        Function::new(ctx.clone(), utf8_encode)?,
    )?;
    set(
        &object,
        "utf8Decode",
        Function::new(ctx.clone(), utf8_decode)?,
    )?;
    set(
        &object,
        "randomBytes",
        Function::new(ctx.clone(), random_bytes)?,
    )?;
    set(
        &object,
        "proxyTarget",
        Function::new(ctx.clone(), proxy_target)?,
    )?;
    set(&object, "parseUrl", Function::new(ctx.clone(), parse_url)?)?;
    set(&object, "setUrl", Function::new(ctx.clone(), set_url)?)?;
    let shared = Rc::clone(host);
    let explained = move |name: Text, message: Text, stack: Text| {
        shared.explained_again(&name, &message, &stack)
    };
    set(&object, "explained", Function::new(ctx.clone(), explained)?)?;
    let shared = Rc::clone(host);
    set(
        &object,
        "now",
        Function::new(ctx.clone(), move || shared.now_ms())?,
    )?;
    let shared = Rc::clone(host);
    let set_timer = move |ctx: Ctx<'_>, id: u32, ms: f64| {
        let delay = Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_default();
        let limits = shared.limits.borrow();
        if shared.timers.borrow().waiting() >= limits.timers {
            let because = limits.because(LimitName::Timers);
            return Err(Exception::throw_range(&ctx, &because));
        }
        shared.timers.borrow_mut().set(id, delay, Instant::now());
        Ok(())
    };
    set(&object, "setTimer", Function::new(ctx.clone(), set_timer)?)?;
    let shared = Rc::clone(host);
    let clear_timer = move |id: u32| shared.timers.borrow_mut().clear(id);
    set(
        &object,
        "clearTimer",
        Function::new(ctx.clone(), clear_timer)?,
    )?;
    let shared = Rc::clone(host);
    let log = move |ctx: Ctx<'_>, level: Text, text: Text| log(&ctx, &shared, &level, text.0);
    set(&object, "log", Function::new(ctx.clone(), log)?)?;
    let shared = Rc::clone(host);
    let memory_used = move || shared.memory.used();
    set(
        &object,
        "memoryUsed",
        Function::new(ctx.clone(), memory_used)?,
    )?;
    let shared = Rc::clone(host);
    let exit = move |ctx: Ctx<'_>, code: i32| exit(&ctx, &shared, code);
    set(&object, "exit", Function::new(ctx.clone(), exit)?)?;
    binary_text::add(ctx, &object)?;
    digest::add(ctx, &object, host)?;
    password::add(ctx, &object, host)?;
    bun::add(ctx, &object, host)?;
    rewriter::add(ctx, &object, host)?;
    Ok(object)
}

/// `process.exit`: ends the Run at once, and says where it was asked for.
fn exit(ctx: &Ctx<'_>, host: &Host, code: i32) -> Result<()> {
    let text = format!("process.exit({code}) has ended this server.");
    log(ctx, host, "warn", text)?;
    host.flush();
    leave(code)
}

/// What a proxy stands before, without its traps: null for one that was revoked, undefined for all else.
#[expect(clippy::needless_pass_by_value, reason = "natives are given values")]
fn proxy_target<'js>(ctx: Ctx<'js>, value: Value<'js>) -> Value<'js> {
    let Some(proxy) = value.as_proxy() else {
        return Value::new_undefined(ctx);
    };
    if let Ok(target) = proxy.target() {
        return target.into_value();
    }
    // The engine throws for one that was revoked.
    ctx.catch();
    Value::new_null(ctx)
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn utf8_encode(ctx: Ctx<'_>, text: Text) -> Result<TypedArray<'_, u8>> {
    TypedArray::new_copy(ctx, text.as_bytes())
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn utf8_decode(
    ctx: Ctx<'_>,
    bytes: Octets,
    fatal: Opt<bool>,
    keep_mark: Opt<bool>,
) -> Result<String> {
    let mut bytes = &bytes[..];
    if !keep_mark.unwrap_or(false) {
        bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) if fatal.unwrap_or(false) => {
            Err(Exception::throw_type(&ctx, "the bytes are not valid UTF-8"))
        }
        Err(_) => Ok(String::from_utf8_lossy(bytes).into_owned()),
    }
}

fn random_bytes(ctx: Ctx<'_>, count: usize) -> Result<TypedArray<'_, u8>> {
    if count > RANDOM {
        return Err(Exception::throw_range(
            &ctx,
            "at most 65536 random bytes at once",
        ));
    }
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes)
        .map_err(|error| Exception::throw_message(&ctx, &error.to_string()))?;
    TypedArray::new_copy(ctx, bytes)
}

fn log(ctx: &Ctx<'_>, host: &Host, level: &str, mut text: String) -> Result<()> {
    if !host.allow_line() {
        return Ok(());
    }
    if text.len() > LINE {
        text.truncate(text.floor_char_boundary(LINE));
        text.push('…');
    }
    let level = match level {
        "debug" => Level::Debug,
        "info" => Level::Info,
        "warn" => Level::Warn,
        "error" => Level::Error,
        _ => Level::Log,
    };
    let stack: String = ctx.eval("new Error().stack")?;
    let at = host.frames(&stack).into_iter().next();
    let line = FromRun::Log { level, text, at };
    host.say_now(&line)
        .map_err(|error| Exception::throw_range(ctx, &error.to_string()))
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn parse_url(ctx: Ctx<'_>, input: Text, base: Opt<Option<Text>>) -> Result<Option<Object<'_>>> {
    let parsed = match base.0.flatten() {
        Some(base) => Url::parse(&base).and_then(|base| base.join(&input)),
        None => Url::parse(&input),
    };
    parsed.ok().map(|url| parts(&ctx, &url)).transpose()
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn set_url(ctx: Ctx<'_>, href: Text, part: Text, value: Text) -> Result<Object<'_>> {
    use url::quirks;
    let mut url =
        Url::parse(&href).map_err(|error| Exception::throw_type(&ctx, &error.to_string()))?;
    // A setter that is given something impossible leaves the URL as it was: that is the standard.
    let _unchanged = match &*part {
        "protocol" => quirks::set_protocol(&mut url, &value),
        "username" => quirks::set_username(&mut url, &value),
        "password" => quirks::set_password(&mut url, &value),
        "host" => quirks::set_host(&mut url, &value),
        "hostname" => quirks::set_hostname(&mut url, &value),
        "port" => quirks::set_port(&mut url, &value),
        other => {
            match other {
                "pathname" => quirks::set_pathname(&mut url, &value),
                "search" => quirks::set_search(&mut url, &value),
                "hash" => quirks::set_hash(&mut url, &value),
                _ => {}
            }
            Ok(())
        }
    };
    parts(&ctx, &url)
}

fn parts<'js>(ctx: &Ctx<'js>, url: &Url) -> Result<Object<'js>> {
    use url::quirks;
    let object = Object::new(ctx.clone())?;
    object.set("href", quirks::href(url))?;
    object.set("protocol", quirks::protocol(url))?;
    object.set("username", quirks::username(url))?;
    object.set("password", quirks::password(url))?;
    object.set("host", quirks::host(url))?;
    object.set("hostname", quirks::hostname(url))?;
    object.set("port", quirks::port(url))?;
    object.set("pathname", quirks::pathname(url))?;
    object.set("search", quirks::search(url))?;
    object.set("hash", quirks::hash(url))?;
    object.set("origin", quirks::origin(url))?;
    Ok(object)
}
