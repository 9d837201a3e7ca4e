//! What SQLite refused, thrown for `sqlite.js` to make an error of; and what a limit interrupted.

use rquickjs::{Ctx, Error, Object, Result, Value};

use crate::engine::zygote::host::Host;
use crate::engine::zygote::natives::interrupted;
use crate::engine::zygote::sqlite::{SqlFault, Statement};

/// How much of a query is shown when it took too long, in bytes.
const SHOWN: usize = 200;

/// Throws what SQLite said.
pub(super) fn raise(ctx: &Ctx<'_>, fault: &SqlFault) -> Error {
    let thrown = || -> Result<Value> {
        let thrown = Object::new(ctx.clone())?;
        thrown.set("message", fault.sentence())?;
        thrown.set("code", fault.name())?;
        thrown.set("errno", fault.code)?;
        thrown.set("byteOffset", fault.offset)?;
        Ok(thrown.into_value())
    };
    match thrown() {
        Ok(thrown) => ctx.throw(thrown),
        Err(error) => error,
    }
}

/// Throws what a statement ended with; when that was a limit, keeps the place and the query for its message.
pub(super) fn failed(ctx: &Ctx<'_>, host: &Host, statement: &Statement, fault: &SqlFault) -> Error {
    let Some(limit) = host.clock.stopped() else {
        return raise(ctx, fault);
    };
    let mut sql = statement.sql();
    if sql.len() > SHOWN {
        sql.truncate(sql.floor_char_boundary(SHOWN));
        sql.push('…');
    }
    interrupted(ctx, host, limit, format!("the query “{sql}”"))
}
