//! What was found, as JavaScript wants it, and the changes that it gives back.

use lol_html::html_content::ContentType;
use rquickjs::{Array, Ctx, Exception, Object, Result, Value};

use super::undefined;
use crate::engine::zygote::natives::values::Text;
use crate::engine::zygote::rewriter::{Change, Facts, Found, Place};

/// `[handler, unit, facts]`: the handler is -1 for an end tag, and the facts are undefined where an earlier handler
/// had them.
pub(super) fn found<'js>(ctx: &Ctx<'js>, found: Found) -> Result<Array<'js>> {
    let list = Array::new(ctx.clone())?;
    match found.handler {
        Some(handler) => list.set(0, handler)?,
        None => list.set(0, -1)?,
    }
    list.set(1, found.unit)?;
    let facts = found.facts.map(|it| facts(ctx, it)).transpose()?;
    list.set(2, facts.unwrap_or_else(|| undefined(ctx)))?;
    Ok(list)
}

fn facts<'js>(ctx: &Ctx<'js>, facts: Facts) -> Result<Value<'js>> {
    let object = Object::new(ctx.clone())?;
    match facts {
        Facts::Element {
            name,
            self_closing,
            can_have_content,
            namespace,
            attributes,
        } => {
            object.set("name", name)?;
            object.set("selfClosing", self_closing)?;
            object.set("canHaveContent", can_have_content)?;
            object.set("namespaceURI", namespace)?;
            object.set("attributes", flat(ctx, attributes)?)?;
        }
        Facts::EndTag { element, name } => {
            object.set("element", element)?;
            object.set("name", name)?;
        }
        Facts::Comment(text) => object.set("text", text)?,
        Facts::Text { text, is_last } => {
            object.set("text", text)?;
            object.set("lastInTextNode", is_last)?;
        }
        Facts::Doctype {
            name,
            public_id,
            system_id,
        } => {
            object.set("name", name)?;
            object.set("publicId", public_id)?;
            object.set("systemId", system_id)?;
        }
        Facts::End => {}
    }
    Ok(object.into_value())
}

/// Names and values in turn.
fn flat<'js>(ctx: &Ctx<'js>, attributes: Vec<(String, String)>) -> Result<Array<'js>> {
    let list = Array::new(ctx.clone())?;
    let texts = attributes
        .into_iter()
        .flat_map(|(name, value)| [name, value]);
    for (index, text) in texts.enumerate() {
        list.set(index, text)?;
    }
    Ok(list)
}

/// The changes of each that was found; none where their texts take more than so many bytes.
pub(super) fn changes(given: &Array<'_>, room: usize) -> Result<Option<Vec<Vec<Change>>>> {
    let mut left = room;
    let mut all = Vec::with_capacity(given.len());
    for of_one in given.iter::<Array>() {
        let of_one = of_one?;
        let mut changes = Vec::with_capacity(of_one.len());
        for given in of_one.iter::<Array>() {
            let (change, size) = change(&given?)?;
            let Some(rest) = left.checked_sub(size) else {
                return Ok(None);
            };
            left = rest;
            changes.push(change);
        }
        all.push(changes);
    }
    Ok(Some(all))
}

/// One change, `[what, text, more]`, and how many bytes it takes.
fn change(given: &Array<'_>) -> Result<(Change, usize)> {
    let Text(what) = given.get(0)?;
    let text = || {
        given
            .get::<Option<Text>>(1)
            .map(|it| it.map_or_else(String::new, |it| it.0))
    };
    let put = |place| -> Result<Change> {
        let is_html = given.get::<Option<bool>>(2)?.unwrap_or_default();
        let kind = if is_html {
            ContentType::Html
        } else {
            ContentType::Text
        };
        Ok(Change::Put(place, text()?, kind))
    };
    let change = match what.as_str() {
        "before" => put(Place::Before)?,
        "after" => put(Place::After)?,
        "prepend" => put(Place::Prepend)?,
        "append" => put(Place::Append)?,
        "setInnerContent" => put(Place::Inner)?,
        "replace" => put(Place::Replace)?,
        "remove" => Change::Remove,
        "removeAndKeepContent" => Change::Unwrap,
        "attribute" => {
            let value = given.get::<Option<Text>>(2)?;
            Change::Attribute(text()?, value.map(|Text(value)| value))
        }
        "name" => Change::Name(text()?),
        "text" => Change::Text(text()?),
        "endTag" => Change::EndTag,
        other => {
            let message = format!("there is no change “{other}”");
            return Err(Exception::throw_internal(given.ctx(), &message));
        }
    };
    let size = size_of::<Change>() + size(&change);
    Ok((change, size))
}

/// The bytes of its texts.
fn size(change: &Change) -> usize {
    match change {
        Change::Put(_, text, _) | Change::Name(text) | Change::Text(text) => text.len(),
        Change::Attribute(name, value) => name.len() + value.as_ref().map_or(0, String::len),
        Change::Remove | Change::Unwrap | Change::EndTag => 0,
    }
}
