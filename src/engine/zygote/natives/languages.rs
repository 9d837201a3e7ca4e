//! `__intl`: what `Intl` in JavaScript (`embedded/engine/intl`) cannot do by itself. Nothing is read or made before
//! it is asked for.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rquickjs::{Ctx, Function, Object, Result};

use super::set;
use super::values::Text;
use crate::assets;
use crate::languages::{self, Case, Grain, Order, zones};

/// How many ways to compare are kept ready.
const ORDERS: usize = 64;

type Orders = Rc<RefCell<HashMap<String, Rc<Order>>>>;

/// Builds the object.
pub(super) fn object<'js>(ctx: &Ctx<'js>) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    set(&object, "section", Function::new(ctx.clone(), section)?)?;
    set_tags(ctx, &object)?;
    set_zones(ctx, &object)?;
    set_plurals(ctx, &object)?;
    set_texts(ctx, &object)?;
    Ok(object)
}

fn set_tags<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    let canonical = |tag: Text| languages::canonical(&tag);
    let canonical = Function::new(ctx.clone(), canonical)?;
    set(object, "canonicalTag", canonical)?;
    let likely = |tag: Text, is_full: bool| languages::likely(&tag, is_full);
    set(object, "likelySubtags", Function::new(ctx.clone(), likely)?)?;
    let is_right_to_left = |tag: Text| languages::is_right_to_left(&tag);
    let is_right_to_left = Function::new(ctx.clone(), is_right_to_left)?;
    set(object, "isRightToLeft", is_right_to_left)
}

fn set_zones<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    set(object, "machineZone", zones::of_this_machine())?;
    let name = |zone: Text| zones::name(&zone);
    set(object, "zoneName", Function::new(ctx.clone(), name)?)?;
    set(
        object,
        "zoneOffset",
        Function::new(ctx.clone(), zone_offset)?,
    )
}

fn set_plurals<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    let category =
        |tag: Text, is_ordinal: bool, shown: Text| languages::plural(&tag, is_ordinal, &shown);
    let category = Function::new(ctx.clone(), category)?;
    set(object, "pluralCategory", category)?;
    let categories = |tag: Text, is_ordinal: bool| languages::plurals(&tag, is_ordinal);
    let categories = Function::new(ctx.clone(), categories)?;
    set(object, "pluralCategories", categories)
}

fn set_texts<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    let orders = Orders::default();
    let collate = move |how: Text, one: Text, other: Text| compare(&orders, &how, &one, &other);
    set(object, "collate", Function::new(ctx.clone(), collate)?)?;
    set(
        object,
        "boundaries",
        Function::new(ctx.clone(), boundaries)?,
    )?;
    let upper = |tag: Text, text: Text| languages::cased(Case::Upper, &tag, &text);
    set(object, "upper", Function::new(ctx.clone(), upper)?)?;
    let lower = |tag: Text, text: Text| languages::cased(Case::Lower, &tag, &text);
    set(object, "lower", Function::new(ctx.clone(), lower)?)
}

/// A section of a locale's words, as JSON: `section("de", "dates")`. Each has a line of its own.
#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn section(locale: Text, name: Text) -> Option<String> {
    let is_tag = locale
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let all = assets::engine(&format!("locales/{}.json", &*locale)).filter(|_| is_tag)?;
    let start = format!("\"{}\":", &*name);
    let line = all.lines().find_map(|line| line.strip_prefix(&start))?;
    Some(line.strip_suffix(',').unwrap_or(line).to_owned())
}

/// `[seconds east of Greenwich, whether it is summer time]`
#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn zone_offset(zone: Text, seconds: f64) -> Vec<f64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a moment of a Date, in seconds"
    )]
    let offset = zones::offset(&zone, seconds as i64);
    let (seconds, is_summer) = offset.map_or((0, false), |it| (it.seconds, it.is_summer));
    vec![f64::from(seconds), f64::from(u8::from(is_summer))]
}

/// -1, 0 or 1. `how` is `tag sensitivity numeric caseFirst ignorePunctuation`.
fn compare(orders: &Orders, how: &str, one: &str, other: &str) -> i32 {
    let Some(order) = order(orders, how) else {
        return one.cmp(other) as i32;
    };
    order.compare(one, other) as i32
}

fn order(orders: &Orders, how: &str) -> Option<Rc<Order>> {
    if let Some(order) = orders.borrow().get(how) {
        return Some(Rc::clone(order));
    }
    let parts: Vec<_> = how.split(' ').collect();
    let [tag, sensitivity, numeric, case_first, punctuation] = parts[..] else {
        return None;
    };
    let wanted = languages::How {
        sensitivity,
        is_numeric: numeric == "true",
        case_first,
        ignores_punctuation: punctuation == "true",
    };
    let order = Rc::new(Order::new(tag, wanted)?);
    let mut orders = orders.borrow_mut();
    if orders.len() >= ORDERS {
        orders.clear();
    }
    orders.insert(how.to_owned(), Rc::clone(&order));
    Some(order)
}

/// Where the pieces of a text begin, each times two, and one more for a word.
#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn boundaries(grain: Text, text: Text) -> Vec<f64> {
    let grain = match &*grain {
        "word" => Grain::Word,
        "sentence" => Grain::Sentence,
        _ => Grain::Grapheme,
    };
    let bounds = languages::bounds(grain, &text);
    #[expect(clippy::cast_precision_loss, reason = "shorter than a string can be")]
    let coded = |bound: &languages::Bound| (bound.at * 2 + usize::from(bound.is_word)) as f64;
    bounds.iter().map(coded).collect()
}
