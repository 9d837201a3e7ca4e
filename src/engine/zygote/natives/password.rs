//! `Bun.password` for the Web layer.

use std::rc::Rc;

use argon2::Algorithm;
use rquickjs::{Ctx, Error, Exception, Function, Object, Result};

use super::values::{Octets, Text};
use super::{interrupted, set};
use crate::engine::zygote::host::Host;
use crate::engine::zygote::password::{self, PasswordFault, Recipe};

/// Adds `passwordHash(password, algorithm, cost, passes)`, whose cost is memory in KiB for Argon2, and
/// `passwordVerify(password, hash)`, which is undefined for what is no hash. What takes too much is a `RangeError`.
pub(super) fn add<'js>(ctx: &Ctx<'js>, object: &Object<'js>, host: &Rc<Host>) -> Result<()> {
    let shared = Rc::clone(host);
    let hash = move |ctx: Ctx<'js>, password: Octets, algorithm: Text, cost: u32, passes: u32| {
        let recipe = match algorithm.parse::<Algorithm>() {
            Ok(variant) => Recipe::Argon(variant, cost, passes),
            Err(_) => Recipe::Bcrypt(cost),
        };
        let hash = password::hash(&shared, &password, recipe);
        hash.map_err(|fault| raise(&ctx, &shared, fault))
    };
    set(object, "passwordHash", Function::new(ctx.clone(), hash)?)?;
    let shared = Rc::clone(host);
    let verify = move |ctx: Ctx<'js>, password: Octets, hash: Text| match password::verify(
        &shared, &password, &hash,
    ) {
        Err(PasswordFault::Encoding) => Ok(None),
        found => found.map(Some).map_err(|fault| raise(&ctx, &shared, fault)),
    };
    set(
        object,
        "passwordVerify",
        Function::new(ctx.clone(), verify)?,
    )
}

fn raise(ctx: &Ctx<'_>, host: &Host, fault: PasswordFault) -> Error {
    match fault {
        PasswordFault::TooDear(sentence) => {
            Exception::throw_range(ctx, &format!("Bun.password: {sentence}"))
        }
        PasswordFault::Stopped(limit) => interrupted(ctx, host, limit, "Bun.password".into()),
        PasswordFault::Encoding => Exception::throw_type(ctx, "the hash cannot be made so"),
        PasswordFault::NoRandom => Exception::throw_message(ctx, "there are no random bytes"),
    }
}
