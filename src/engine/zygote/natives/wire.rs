//! `__run`: what `serve.js` tells `hxlab`. Bodies and messages that are too long are thrown back as
//! a `RangeError` at the learner's own call.

use std::rc::Rc;

use rquickjs::{Ctx, Error, Exception, FromJs, Function, Object, Result, Value};

use super::content::Content;
use super::set;
use super::values::{Octets, Text};
use crate::engine::message::{
    CHUNK_LIMIT, CONTROL_LIMIT, FromRun, HeaderList, RequestId, ResponseBody, SocketId, SocketTerms,
};
use crate::engine::zygote::host::Host;

/// The longest topic, in bytes.
const TOPIC: usize = 256;

/// What a client reads when the page for an error cannot be made.
pub(in super::super) const UNSHOWN: &str = "The server failed, and its error cannot be shown: \
     its code changes what the answer is made of, such as Array.prototype. The console has the error.\n";

/// Builds the object.
pub(super) fn object<'js>(ctx: &Ctx<'js>, host: &Rc<Host>) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    responses(ctx, &object, host)?;
    sockets(ctx, &object, host)?;
    topics(ctx, &object, host)?;
    let shared = Rc::clone(host);
    let uncaught = move |ctx: Ctx<'js>, thrown: Value<'js>| {
        let fault = shared.fault(&ctx, &thrown);
        tell(&ctx, &shared, &FromRun::Uncaught { fault })
    };
    set(&object, "uncaught", Function::new(ctx.clone(), uncaught)?)?;
    let shared = Rc::clone(host);
    let message = move |ctx: Ctx<'js>, thrown: Value<'js>| shared.fault(&ctx, &thrown).message;
    set(&object, "message", Function::new(ctx.clone(), message)?)?;
    let shared = Rc::clone(host);
    let place = move |ctx: Ctx<'js>, thrown: Value<'js>| {
        let fault = shared.fault(&ctx, &thrown);
        let frame = fault.frames.first();
        frame.map(|frame| format!("{}:{}:{}", frame.file, frame.line, frame.column))
    };
    set(&object, "place", Function::new(ctx.clone(), place)?)?;
    set(&object, "unshown", UNSHOWN)?;
    Ok(object)
}

fn responses<'js>(ctx: &Ctx<'js>, object: &Object<'js>, host: &Rc<Host>) -> Result<()> {
    let shared = Rc::clone(host);
    let respond =
        move |ctx: Ctx<'js>, id: u32, status: u16, headers: Headers, body: JsResponseBody| {
            let message = FromRun::Respond {
                request: RequestId(id),
                status,
                headers: headers.0,
                body: body.0,
            };
            tell(&ctx, &shared, &message)
        };
    set(object, "respond", Function::new(ctx.clone(), respond)?)?;
    let shared = Rc::clone(host);
    let chunk = move |ctx: Ctx<'js>, id: u32, bytes: Octets| {
        short(&ctx, bytes.len())?;
        let message = FromRun::Chunk {
            request: RequestId(id),
            bytes: bytes.0,
        };
        tell(&ctx, &shared, &message)
    };
    set(object, "chunk", Function::new(ctx.clone(), chunk)?)?;
    let shared = Rc::clone(host);
    let body_read = move |ctx: Ctx<'js>, id: u32, bytes: u32| {
        let request = RequestId(id);
        tell(&ctx, &shared, &FromRun::BodyRead { request, bytes })
    };
    set(object, "bodyRead", Function::new(ctx.clone(), body_read)?)?;
    let shared = Rc::clone(host);
    let end = move |ctx: Ctx<'js>, id: u32, broken: bool| {
        let request = RequestId(id);
        tell(&ctx, &shared, &FromRun::End { request, broken })
    };
    set(object, "end", Function::new(ctx.clone(), end)?)?;
    let shared = Rc::clone(host);
    let upgrade =
        move |ctx: Ctx<'js>, id: u32, headers: Headers, longest: u32, idle: u16, beats: bool| {
            let message = FromRun::Upgrade {
                request: RequestId(id),
                headers: headers.0,
                terms: SocketTerms {
                    longest,
                    idle,
                    beats,
                },
            };
            tell(&ctx, &shared, &message)
        };
    set(object, "upgrade", Function::new(ctx.clone(), upgrade)?)
}

fn sockets<'js>(ctx: &Ctx<'js>, object: &Object<'js>, host: &Rc<Host>) -> Result<()> {
    let shared = Rc::clone(host);
    let send = move |ctx: Ctx<'js>, id: u32, message: Content<'js>| {
        let socket = SocketId(id);
        message.say(&ctx, &shared, |payload| FromRun::Send { socket, payload })
    };
    set(object, "send", Function::new(ctx.clone(), send)?)?;
    let shared = Rc::clone(host);
    let close = move |ctx: Ctx<'js>, id: u32, code: u16, reason: Text| {
        let message = FromRun::Close {
            socket: SocketId(id),
            code,
            reason: reason.0,
        };
        tell(&ctx, &shared, &message)
    };
    set(object, "close", Function::new(ctx.clone(), close)?)?;
    let shared = Rc::clone(host);
    let terminate = move |ctx: Ctx<'js>, id: u32| {
        let socket = SocketId(id);
        tell(&ctx, &shared, &FromRun::Terminate { socket })
    };
    set(object, "terminate", Function::new(ctx.clone(), terminate)?)?;
    let shared = Rc::clone(host);
    let ping = move |ctx: Ctx<'js>, id: u32, payload: Octets, pong: bool| {
        if payload.len() > CONTROL_LIMIT {
            let sentence = "a ping or a pong carries at most 125 bytes";
            return Err(Exception::throw_range(&ctx, sentence));
        }
        let message = FromRun::Ping {
            socket: SocketId(id),
            payload: payload.0,
            pong,
        };
        tell(&ctx, &shared, &message)
    };
    set(object, "ping", Function::new(ctx.clone(), ping)?)
}

fn topics<'js>(ctx: &Ctx<'js>, object: &Object<'js>, host: &Rc<Host>) -> Result<()> {
    let shared = Rc::clone(host);
    let subscribe = move |ctx: Ctx<'js>, id: u32, topic: Text| {
        topic_fits(&ctx, &topic)?;
        let (socket, topic) = (SocketId(id), topic.0);
        tell(&ctx, &shared, &FromRun::Subscribe { socket, topic })
    };
    set(object, "subscribe", Function::new(ctx.clone(), subscribe)?)?;
    let shared = Rc::clone(host);
    let unsubscribe = move |ctx: Ctx<'js>, id: u32, topic: Text| {
        let (socket, topic) = (SocketId(id), topic.0);
        tell(&ctx, &shared, &FromRun::Unsubscribe { socket, topic })
    };
    set(
        object,
        "unsubscribe",
        Function::new(ctx.clone(), unsubscribe)?,
    )?;
    let shared = Rc::clone(host);
    let publish = move |ctx: Ctx<'js>, topic: Text, except: Option<u32>, message: Content<'js>| {
        topic_fits(&ctx, &topic)?;
        message.say(&ctx, &shared, |payload| FromRun::Publish {
            topic: topic.0,
            except: except.map(SocketId),
            payload,
        })
    };
    set(object, "publish", Function::new(ctx.clone(), publish)?)
}

pub(super) fn tell(ctx: &Ctx<'_>, host: &Host, message: &FromRun) -> Result<()> {
    host.say(message)
        .map_err(|error| Exception::throw_range(ctx, &error.to_string()))
}

fn topic_fits(ctx: &Ctx<'_>, topic: &str) -> Result<()> {
    if topic.len() > TOPIC {
        return Err(Exception::throw_range(
            ctx,
            "a topic is at most 256 bytes long",
        ));
    }
    Ok(())
}

fn short(ctx: &Ctx<'_>, length: usize) -> Result<()> {
    if length > CHUNK_LIMIT {
        return Err(Exception::throw_range(
            ctx,
            "a piece of a body is at most 64 KiB long",
        ));
    }
    Ok(())
}

/// `[name, value, name, value, …]`.
struct Headers(HeaderList);

impl<'js> FromJs<'js> for Headers {
    fn from_js(ctx: &Ctx<'js>, value: Value<'js>) -> Result<Self> {
        let mut fields = Vec::<Text>::from_js(ctx, value)?.into_iter();
        let mut headers = HeaderList::with_capacity(fields.len() / 2);
        while let Some(name) = fields.next() {
            let value = fields.next();
            let value = value.ok_or_else(|| Error::new_from_js("a name", "name and value"))?;
            headers.push((name.0, value.0));
        }
        Ok(Self(headers))
    }
}

/// `null`, a string, bytes, or a number: the length of a body in chunks, below zero where it is not known.
struct JsResponseBody(ResponseBody);

impl<'js> FromJs<'js> for JsResponseBody {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked"
    )]
    fn from_js(ctx: &Ctx<'js>, value: Value<'js>) -> Result<Self> {
        let body = if value.is_null() || value.is_undefined() {
            ResponseBody::Empty
        } else if let Some(length) = value.as_number() {
            let length = (length >= 0.0).then_some(length as u64);
            ResponseBody::Chunks { length }
        } else {
            let bytes = if value.is_string() {
                Text::from_js(ctx, value)?.0.into_bytes()
            } else {
                Octets::from_js(ctx, value)?.0
            };
            short(ctx, bytes.len())?;
            ResponseBody::Whole(bytes)
        };
        Ok(Self(body))
    }
}
