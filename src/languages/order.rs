//! The order of texts in a language: the collation of Unicode with its tailorings.

use std::cmp::Ordering;

use icu_collator::options::{AlternateHandling, CaseLevel, CollatorOptions, MaxVariable, Strength};
use icu_collator::preferences::{CollationCaseFirst, CollationNumericOrdering};
use icu_collator::{CollatorBorrowed, CollatorPreferences};

use super::tags::locale;

/// How to compare, as `Intl.Collator` has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct How<'a> {
    /// `base`, `accent`, `case` or `variant`.
    pub(crate) sensitivity: &'a str,
    /// Digits count as numbers.
    pub(crate) is_numeric: bool,
    /// `upper`, `lower` or `false`.
    pub(crate) case_first: &'a str,
    /// Whether blanks and marks count for nothing.
    pub(crate) ignores_punctuation: bool,
}

/// A way to compare two texts.
#[derive(Debug)]
pub(crate) struct Order(CollatorBorrowed<'static>);

impl Order {
    /// The order of a language, which the tag names, with its `-u-co-`. None where ICU4X has no data.
    pub(crate) fn new(tag: &str, how: How<'_>) -> Option<Self> {
        let mut wanted = CollatorPreferences::from(&locale(tag));
        wanted.numeric_ordering = Some(if how.is_numeric {
            CollationNumericOrdering::True
        } else {
            CollationNumericOrdering::False
        });
        wanted.case_first = match how.case_first {
            "upper" => Some(CollationCaseFirst::Upper),
            "lower" => Some(CollationCaseFirst::Lower),
            _ => None,
        };
        let mut options = CollatorOptions::default();
        let (strength, case_level) = match how.sensitivity {
            "base" => (Strength::Primary, CaseLevel::Off),
            "accent" => (Strength::Secondary, CaseLevel::Off),
            "case" => (Strength::Primary, CaseLevel::On),
            _ => (Strength::Tertiary, CaseLevel::Off),
        };
        options.strength = Some(strength);
        options.case_level = Some(case_level);
        if how.ignores_punctuation {
            options.alternate_handling = Some(AlternateHandling::Shifted);
            options.max_variable = Some(MaxVariable::Punctuation);
        }
        CollatorBorrowed::try_new(wanted, options).ok().map(Self)
    }

    /// How the first stands to the second.
    pub(crate) fn compare(&self, one: &str, other: &str) -> Ordering {
        self.0.compare(one, other)
    }
}

#[cfg(test)]
mod tests {
    use super::{How, Order};

    const USUAL: How<'static> = How {
        sensitivity: "variant",
        is_numeric: false,
        case_first: "false",
        ignores_punctuation: false,
    };

    fn sorted(tag: &str, how: How<'_>, words: &[&'static str]) -> Vec<&'static str> {
        let order = Order::new(tag, how).unwrap_or_else(|| panic!("there is no order of {tag}"));
        let mut words = words.to_vec();
        words.sort_by(|one, other| order.compare(one, other));
        words
    }

    #[test]
    fn each_language_has_its_own_order() {
        let words = ["z", "ä", "a", "Z"];
        assert_eq!(sorted("de", USUAL, &words), ["a", "ä", "z", "Z"]);
        assert_eq!(sorted("sv", USUAL, &words), ["a", "z", "Z", "ä"]);
    }

    #[test]
    fn digits_are_numbers_when_asked() {
        let numeric = How {
            is_numeric: true,
            ..USUAL
        };
        assert_eq!(sorted("en", USUAL, &["9", "10"]), ["10", "9"]);
        assert_eq!(sorted("en", numeric, &["10", "9"]), ["9", "10"]);
    }
}
