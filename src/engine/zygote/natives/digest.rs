//! Hashes for `crypto.subtle` and `node:crypto`, and the entity tags of static answers.

use std::rc::Rc;

use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use md5::Md5;
use rquickjs::{Ctx, Exception, Function, Object, Result, TypedArray};
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};
use twox_hash::XxHash64;

use super::values::{Octets, Text};
use super::{ask_clock, set};
use crate::engine::zygote::host::Host;

/// Adds `digest(name, bytes)`, `hmac(name, key, bytes)` and `etag(bytes)`; the names are those of the
/// Web Cryptography API, and `MD5`, `SHA-224`, `SHA-512/224` and `SHA-512/256`, which it has not.
pub(super) fn add<'js>(ctx: &Ctx<'js>, object: &Object<'js>, host: &Rc<Host>) -> Result<()> {
    let shared = Rc::clone(host);
    let timely_digest = move |ctx: Ctx<'js>, name: Text, bytes: Octets| {
        ask_clock(&ctx, &shared, bytes.len(), "a hash")?;
        digest(ctx, name, bytes)
    };
    set(object, "digest", Function::new(ctx.clone(), timely_digest)?)?;
    let shared = Rc::clone(host);
    let timely_hmac = move |ctx: Ctx<'js>, name: Text, key: Octets, bytes: Octets| {
        ask_clock(&ctx, &shared, bytes.len(), "a hash")?;
        hmac(ctx, name, key, bytes)
    };
    set(object, "hmac", Function::new(ctx.clone(), timely_hmac)?)?;
    set(object, "etag", Function::new(ctx.clone(), etag)?)
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn digest(ctx: Ctx<'_>, name: Text, bytes: Octets) -> Result<TypedArray<'_, u8>> {
    let hash = match &*name {
        "MD5" => Md5::digest(&*bytes).to_vec(),
        "SHA-1" => Sha1::digest(&*bytes).to_vec(),
        "SHA-224" => Sha224::digest(&*bytes).to_vec(),
        "SHA-256" => Sha256::digest(&*bytes).to_vec(),
        "SHA-384" => Sha384::digest(&*bytes).to_vec(),
        "SHA-512" => Sha512::digest(&*bytes).to_vec(),
        "SHA-512/224" => Sha512_224::digest(&*bytes).to_vec(),
        "SHA-512/256" => Sha512_256::digest(&*bytes).to_vec(),
        _ => return Err(unknown(&ctx, &name)),
    };
    TypedArray::new_copy(ctx, hash)
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn hmac(ctx: Ctx<'_>, name: Text, key: Octets, bytes: Octets) -> Result<TypedArray<'_, u8>> {
    let code = match &*name {
        "MD5" => code_of::<Hmac<Md5>>(&key, &bytes),
        "SHA-1" => code_of::<Hmac<Sha1>>(&key, &bytes),
        "SHA-224" => code_of::<Hmac<Sha224>>(&key, &bytes),
        "SHA-256" => code_of::<Hmac<Sha256>>(&key, &bytes),
        "SHA-384" => code_of::<Hmac<Sha384>>(&key, &bytes),
        "SHA-512" => code_of::<Hmac<Sha512>>(&key, &bytes),
        "SHA-512/224" => code_of::<Hmac<Sha512_224>>(&key, &bytes),
        "SHA-512/256" => code_of::<Hmac<Sha512_256>>(&key, &bytes),
        _ => return Err(unknown(&ctx, &name)),
    };
    let code = code.ok_or_else(|| Exception::throw_type(&ctx, "the key cannot be used"))?;
    TypedArray::new_copy(ctx, code)
}

/// None never comes for HMAC, which takes keys of every length.
fn code_of<M: Mac + KeyInit>(key: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    let mut code = <M as KeyInit>::new_from_slice(key).ok()?;
    Mac::update(&mut code, bytes);
    Some(code.finalize().into_bytes().to_vec())
}

fn unknown(ctx: &Ctx<'_>, name: &str) -> rquickjs::Error {
    Exception::throw_type(ctx, &format!("there is no hash “{name}”"))
}

/// Sixteen hexadecimal digits of `XXH64`, which Bun takes for entity tags.
#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn etag(bytes: Octets) -> String {
    format!("{:016x}", XxHash64::oneshot(0, &bytes))
}
