//! What differs from language to language and place to place: the order of words, plurals, tags of languages,
//! letters' cases, bounds in text, and time zones. For `Intl` of learners' servers, which takes the words
//! themselves from the CLDR (`embedded/build/cldr.mjs`).
//!
//! Entry points: [`Order`], [`plural`], [`canonical`], [`likely`], [`cased`], [`bounds`] and [`zones`]. The only door to ICU4X
//! and to the time zones' history. Only [`zones::of_this_machine`] looks at a file, and no more than a few
//! zones are kept.

mod cases;
mod order;
mod plurals;
mod segments;
mod tags;
pub(crate) mod zones;

pub(crate) use cases::{Case, cased};
pub(crate) use order::{How, Order};
pub(crate) use plurals::{plural, plurals};
pub(crate) use segments::{Bound, Grain, bounds};
pub(crate) use tags::{canonical, is_right_to_left, likely};
