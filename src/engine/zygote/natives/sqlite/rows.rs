//! Values between JavaScript and SQLite, and rows as JavaScript wants them.

use std::borrow::Cow;

use rquickjs::object::Property;
use rquickjs::{
    Array, Atom, BigInt, Ctx, FromJs, IntoJs, Object, Result, String, TypedArray, Value,
};
use rusqlite::ffi::SQLITE_INTERRUPT;

use super::super::values::{Octets, Text};
use super::thrown::{failed, raise};
use crate::engine::zygote::host::Host;
use crate::engine::zygote::sqlite::{Column, SqlFault, Statement};

/// From here on a double cannot tell one integer from the next.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// How a row is given: `{ rows, prototype, big }` in JavaScript.
pub(super) struct Form<'js> {
    shape: Shape<'js>,
    /// Integers are `BigInt`s.
    big: bool,
}

enum Shape<'js> {
    /// An object with this prototype, whose setters are not called.
    Object(Object<'js>),
    /// An array.
    Values,
    /// An array of bytes, as SQLite keeps them.
    Raw,
}

impl<'js> FromJs<'js> for Form<'js> {
    fn from_js(_: &Ctx<'js>, value: Value<'js>) -> Result<Self> {
        let form = Object::from_value(value)?;
        let shape = match form.get::<_, std::string::String>("rows")?.as_str() {
            "object" => Shape::Object(form.get("prototype")?),
            "raw" => Shape::Raw,
            _ => Shape::Values,
        };
        let big = form.get("big")?;
        Ok(Self { shape, big })
    }
}

/// Reads the rows that are left, at most so many.
pub(super) fn read<'js>(
    ctx: &Ctx<'js>,
    host: &Host,
    statement: &Statement,
    form: &Form<'js>,
    most: usize,
) -> Result<Array<'js>> {
    let rows = Array::new(ctx.clone())?;
    let mut names = Vec::new();
    for index in 0..most {
        let Some(row) = step(ctx, host, statement, form, &mut names)? else {
            break;
        };
        rows.set(index, row)?;
    }
    Ok(rows)
}

/// The next row, or undefined.
pub(super) fn next<'js>(
    ctx: &Ctx<'js>,
    host: &Host,
    statement: &Statement,
    form: &Form<'js>,
) -> Result<Value<'js>> {
    let row = step(ctx, host, statement, form, &mut Vec::new())?;
    Ok(row.unwrap_or_else(|| Value::new_undefined(ctx.clone())))
}

/// One row; `names` holds the names of its columns once they are known.
fn step<'js>(
    ctx: &Ctx<'js>,
    host: &Host,
    statement: &Statement,
    form: &Form<'js>,
    names: &mut Vec<Atom<'js>>,
) -> Result<Option<Value<'js>>> {
    let result = statement.step();
    // Rows may have used up the memory: then nothing more is wanted.
    let is_stopped = host.clock.stopped().is_some();
    let result = if is_stopped {
        Err(SqlFault::of_code(SQLITE_INTERRUPT))
    } else {
        result
    };
    if !result.map_err(|fault| failed(ctx, host, statement, &fault))? {
        return Ok(None);
    }
    let prototype = match &form.shape {
        Shape::Object(prototype) => prototype,
        Shape::Values | Shape::Raw => return values(ctx, statement, form).map(Some),
    };
    if names.is_empty() {
        for index in 0..statement.columns() {
            names.push(Atom::from_str(ctx.clone(), &statement.column_name(index))?);
        }
    }
    let row = Object::new(ctx.clone())?;
    row.set_prototype(Some(prototype))?;
    for (index, name) in (0..).zip(names.iter()) {
        let value = column(ctx, statement, index, form.big)?;
        let property = Property::from(value).writable().enumerable().configurable();
        row.prop(name.clone(), property)?;
    }
    Ok(Some(row.into_value()))
}

fn values<'js>(ctx: &Ctx<'js>, statement: &Statement, form: &Form<'js>) -> Result<Value<'js>> {
    let row = Array::new(ctx.clone())?;
    for index in 0..statement.columns() {
        let value = if matches!(form.shape, Shape::Raw) {
            raw(ctx, statement, index)?
        } else {
            column(ctx, statement, index, form.big)?
        };
        row.set(index.unsigned_abs() as usize, value)?;
    }
    Ok(row.into_value())
}

fn column<'js>(ctx: &Ctx<'js>, statement: &Statement, index: i32, big: bool) -> Result<Value<'js>> {
    let column = statement.column(index);
    match column.map_err(|fault| raise(ctx, &fault))? {
        Column::Null => Ok(Value::new_null(ctx.clone())),
        Column::Integer(value) => integer(ctx, value, big),
        Column::Real(value) => Ok(Value::new_float(ctx.clone(), value)),
        Column::Text(bytes) => {
            let text: Cow<str> = std::string::String::from_utf8_lossy(bytes);
            Ok(String::from_str(ctx.clone(), &text)?.into_value())
        }
        Column::Blob(bytes) => bytes_of(ctx, bytes),
    }
}

fn raw<'js>(ctx: &Ctx<'js>, statement: &Statement, index: i32) -> Result<Value<'js>> {
    let column = statement.column(index);
    match column.map_err(|fault| raise(ctx, &fault))? {
        Column::Null => Ok(Value::new_null(ctx.clone())),
        Column::Integer(value) => bytes_of(ctx, &value.to_le_bytes()),
        Column::Real(value) => bytes_of(ctx, &value.to_le_bytes()),
        Column::Text(bytes) | Column::Blob(bytes) => bytes_of(ctx, bytes),
    }
}

fn bytes_of<'js>(ctx: &Ctx<'js>, bytes: &[u8]) -> Result<Value<'js>> {
    TypedArray::<u8>::new_copy(ctx.clone(), bytes).map(TypedArray::into_value)
}

/// A number, or a `BigInt` where all integers are.
#[expect(
    clippy::cast_precision_loss,
    reason = "as Bun does where integers are not safe"
)]
pub(super) fn integer<'js>(ctx: &Ctx<'js>, value: i64, big: bool) -> Result<Value<'js>> {
    if big {
        return BigInt::from_i64(ctx.clone(), value)?.into_js(ctx);
    }
    Ok(match i32::try_from(value) {
        Ok(small) => Value::new_int(ctx.clone(), small),
        Err(_) => Value::new_float(ctx.clone(), value as f64),
    })
}

/// Binds null, a boolean, a number, a `BigInt`, a string or a `Uint8Array`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole numbers that a double can tell apart"
)]
pub(super) fn bind(
    statement: &Statement,
    index: i32,
    value: Value<'_>,
) -> Result<std::result::Result<(), SqlFault>> {
    let ctx = value.ctx().clone();
    if value.is_null() || value.is_undefined() {
        return Ok(statement.bind(index, &Column::Null));
    }
    if let Some(value) = value.as_bool() {
        return Ok(statement.bind(index, &Column::Integer(value.into())));
    }
    if let Some(number) = value.as_number() {
        let negative_zero = number == 0.0 && number.is_sign_negative();
        let whole = number.fract() == 0.0 && number.abs() < EXACT && !negative_zero;
        let real = Column::Real(number);
        let column = if whole {
            Column::Integer(number as i64)
        } else {
            real
        };
        return Ok(statement.bind(index, &column));
    }
    if let Some(number) = value.as_big_int() {
        return Ok(statement.bind(index, &Column::Integer(number.clone().to_i64()?)));
    }
    if value.is_string() {
        let text = Text::from_js(&ctx, value)?;
        return Ok(statement.bind(index, &Column::Text(text.as_bytes())));
    }
    let bytes = Octets::from_js(&ctx, value)?;
    Ok(statement.bind(index, &Column::Blob(&bytes)))
}
