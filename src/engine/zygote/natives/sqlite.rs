//! `__sqlite`: what `sqlite.js` asks of SQLite. Connections and statements are objects without members, which free
//! what they hold when nobody has them any more. What SQLite refuses is thrown as `{ message, code, errno,
//! byteOffset }`, of which `sqlite.js` makes an error.

mod rows;
mod thrown;

use std::rc::Rc;

use rquickjs::{Array, Class, Ctx, Function, Object, Result, TypedArray, Value};

use super::handle::Handle;
use super::set;
use super::values::{Octets, Text};
use crate::engine::zygote::host::Host;
use crate::engine::zygote::sqlite::{Connection, Opening, Statement};
use rows::Form;
use thrown::{failed, raise};

type Connected<'js> = Class<'js, Handle<Connection>>;
type Prepared<'js> = Class<'js, Handle<Statement>>;

/// Builds the object.
pub(super) fn object<'js>(ctx: &Ctx<'js>, host: &Rc<Host>) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    connections(ctx, &object, host)?;
    statements(ctx, &object, host)?;
    set(&object, "close", Function::new(ctx.clone(), close)?)?;
    set(&object, "finalize", Function::new(ctx.clone(), finalize)?)?;
    set(&object, "prepare", Function::new(ctx.clone(), prepare)?)?;
    set(&object, "reset", Function::new(ctx.clone(), reset)?)?;
    set(&object, "fill", Function::new(ctx.clone(), fill)?)?;
    let serialize = Function::new(ctx.clone(), serialize)?;
    set(&object, "serialize", serialize)?;
    let in_transaction = Function::new(ctx.clone(), in_transaction)?;
    set(&object, "inTransaction", in_transaction)?;
    set(&object, "describe", Function::new(ctx.clone(), describe)?)?;
    set(&object, "columns", Function::new(ctx.clone(), columns)?).map(|()| object)
}

fn connections<'js>(ctx: &Ctx<'js>, object: &Object<'js>, host: &Rc<Host>) -> Result<()> {
    let shared = Rc::clone(host);
    let open = move |ctx: Ctx<'js>, name: Option<Text>, readonly: bool, create: bool| {
        let opened = match name {
            None => Connection::private(&shared),
            Some(name) => {
                let named = &mut shared.databases.borrow_mut();
                Connection::named(&shared, named, &name, Opening { readonly, create })
            }
        };
        Handle::new(&ctx, opened.map_err(|fault| raise(&ctx, &fault))?)
    };
    set(object, "open", Function::new(ctx.clone(), open)?)?;
    let shared = Rc::clone(host);
    let run =
        move |ctx: Ctx<'js>,
              connection: Connected<'js>,
              sql: Text,
              values: Function<'js>,
              big: bool| { run_all(&ctx, &shared, &connection, &sql, &values, big) };
    set(object, "runAll", Function::new(ctx.clone(), run)?)
}

fn statements<'js>(ctx: &Ctx<'js>, object: &Object<'js>, host: &Rc<Host>) -> Result<()> {
    let shared = Rc::clone(host);
    let run =
        move |ctx: Ctx<'js>, statement: Prepared<'js>, values: Option<Array<'js>>, big: bool| {
            let statement = statement.borrow().get(&ctx)?;
            let before = statement.changes();
            finish(&ctx, &shared, &statement, values.as_ref(), 0)?;
            outcome(&ctx, &statement, before, big)
        };
    set(object, "run", Function::new(ctx.clone(), run)?)?;
    let shared = Rc::clone(host);
    let all = move |ctx: Ctx<'js>,
                    statement: Prepared<'js>,
                    values: Option<Array<'js>>,
                    form: Form<'js>,
                    most: usize| {
        let statement = statement.borrow().get(&ctx)?;
        begin(&ctx, &shared, &statement, values.as_ref())?;
        let rows = rows::read(&ctx, &shared, &statement, &form, most);
        statement.reset();
        rows
    };
    set(object, "all", Function::new(ctx.clone(), all)?)?;
    let shared = Rc::clone(host);
    let begin = move |ctx: Ctx<'js>, statement: Prepared<'js>, values: Option<Array<'js>>| {
        let statement = statement.borrow().get(&ctx)?;
        begin(&ctx, &shared, &statement, values.as_ref())
    };
    set(object, "begin", Function::new(ctx.clone(), begin)?)?;
    let shared = Rc::clone(host);
    let next = move |ctx: Ctx<'js>, statement: Prepared<'js>, form: Form<'js>| {
        let statement = statement.borrow().get(&ctx)?;
        rows::next(&ctx, &shared, &statement, &form)
    };
    set(object, "next", Function::new(ctx.clone(), next)?)
}

/// Runs each statement of some SQL. `values` gives what to bind, by the names of the parameters.
fn run_all<'js>(
    ctx: &Ctx<'js>,
    host: &Host,
    connection: &Connected<'js>,
    sql: &str,
    values: &Function<'js>,
    big: bool,
) -> Result<Value<'js>> {
    let mut at = 0;
    let mut last = None;
    while at < sql.len() {
        let (statement, used) = {
            let connection = connection.borrow().get(ctx)?;
            let prepared = connection.prepare(&sql[at..]);
            prepared.map_err(|fault| raise(ctx, &fault.further(at)))?
        };
        at += used;
        let Some(statement) = statement else {
            if used == 0 {
                break;
            }
            continue;
        };
        let bound: Option<Array> = values.call((parameter_names(ctx, &statement)?,))?;
        let before = last
            .as_ref()
            .map_or_else(|| statement.changes(), |(_, before)| *before);
        finish(ctx, host, &statement, bound.as_ref(), at - used)?;
        last = Some((statement, before));
    }
    match last {
        Some((statement, before)) => outcome(ctx, &statement, before, big),
        None => Ok(Value::new_undefined(ctx.clone())),
    }
}

/// Binds what is given; what was bound before stays where nothing is.
fn begin<'js>(
    ctx: &Ctx<'js>,
    host: &Host,
    statement: &Statement,
    values: Option<&Array<'js>>,
) -> Result<()> {
    statement.reset();
    let Some(values) = values else { return Ok(()) };
    for (index, value) in (1..).zip(values.iter::<Value>()) {
        let bound = rows::bind(statement, index, value?)?;
        bound.map_err(|fault| failed(ctx, host, statement, &fault))?;
    }
    Ok(())
}

/// Runs a statement to its end, whatever its rows are. It stands at `offset` in its SQL.
fn finish<'js>(
    ctx: &Ctx<'js>,
    host: &Host,
    statement: &Statement,
    values: Option<&Array<'js>>,
    offset: usize,
) -> Result<()> {
    begin(ctx, host, statement, values)?;
    let ended = loop {
        match statement.step() {
            Ok(true) => {}
            Ok(false) => break Ok(()),
            Err(fault) => break Err(failed(ctx, host, statement, &fault.further(offset))),
        }
    };
    statement.reset();
    ended
}

/// `[changes, lastInsertRowid]`, the second a `BigInt` where integers are `big`.
fn outcome<'js>(
    ctx: &Ctx<'js>,
    statement: &Statement,
    before: i64,
    big: bool,
) -> Result<Value<'js>> {
    let pair = Array::new(ctx.clone())?;
    pair.set(0, rows::integer(ctx, statement.changes() - before, false)?)?;
    pair.set(1, rows::integer(ctx, statement.last_row(), big)?)?;
    Ok(pair.into_value())
}

/// `[statement, names of its parameters]`, or undefined where the SQL has no statement.
#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn prepare<'js>(ctx: Ctx<'js>, connection: Connected<'js>, sql: Text) -> Result<Value<'js>> {
    let connection = connection.borrow().get(&ctx)?;
    let prepared = connection.prepare(&sql);
    let (statement, _) = prepared.map_err(|fault| raise(&ctx, &fault))?;
    let Some(statement) = statement else {
        return Ok(Value::new_undefined(ctx));
    };
    let pair = Array::new(ctx.clone())?;
    pair.set(1, parameter_names(&ctx, &statement)?)?;
    pair.set(0, Handle::new(&ctx, statement)?)?;
    Ok(pair.into_value())
}

/// The names of all parameters, in order; undefined for one without.
fn parameter_names<'js>(ctx: &Ctx<'js>, statement: &Statement) -> Result<Array<'js>> {
    let names = Array::new(ctx.clone())?;
    for index in 0..statement.parameters() {
        names.set(
            index.unsigned_abs() as usize,
            statement.parameter_name(index + 1),
        )?;
    }
    Ok(names)
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn close(connection: Connected<'_>) {
    connection.borrow().close();
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn finalize(statement: Prepared<'_>) {
    statement.borrow().close();
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn reset(ctx: Ctx<'_>, statement: Prepared<'_>) -> Result<()> {
    statement.borrow().get(&ctx)?.reset();
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn in_transaction(ctx: Ctx<'_>, connection: Connected<'_>) -> Result<bool> {
    Ok(connection.borrow().get(&ctx)?.in_transaction())
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn fill(ctx: Ctx<'_>, connection: Connected<'_>, bytes: Octets, readonly: bool) -> Result<()> {
    let filled = connection.borrow().get(&ctx)?.fill(&bytes, readonly);
    filled.map_err(|fault| raise(&ctx, &fault))
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn serialize<'js>(
    ctx: Ctx<'js>,
    connection: Connected<'js>,
    schema: Text,
) -> Result<TypedArray<'js, u8>> {
    let bytes = connection.borrow().get(&ctx)?.serialize(&schema);
    let bytes = bytes.map_err(|fault| raise(&ctx, &fault))?;
    TypedArray::new_copy(ctx, bytes)
}

/// `{ sql, readonly }`, the SQL with what is bound in it.
#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn describe<'js>(ctx: Ctx<'js>, statement: Prepared<'js>) -> Result<Object<'js>> {
    let statement = statement.borrow().get(&ctx)?;
    let facts = Object::new(ctx.clone())?;
    facts.set("sql", statement.expanded())?;
    facts.set("readonly", statement.is_readonly())?;
    Ok(facts)
}

/// Of each column its name, the type that it was declared with (or undefined), and the type that it has in the present
/// row.
#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn columns<'js>(ctx: Ctx<'js>, statement: Prepared<'js>) -> Result<Array<'js>> {
    let statement = statement.borrow().get(&ctx)?;
    let columns = Array::new(ctx.clone())?;
    for index in 0..statement.columns() {
        let value = statement
            .column(index)
            .map_err(|fault| raise(&ctx, &fault))?;
        let column = Object::new(ctx.clone())?;
        column.set("name", statement.column_name(index))?;
        column.set("declared", statement.declared_type(index))?;
        column.set("type", value.type_name())?;
        columns.set(index.unsigned_abs() as usize, column)?;
    }
    Ok(columns)
}
