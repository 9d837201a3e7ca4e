//! Which form a counted word takes: “one day”, “two days”, “1st”.

use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralOperands, PluralRuleType, PluralRules};

use super::tags::locale;

/// The category of a number as it is shown, such as `1.50` or `1.2c6` for “1.2 million”; `other` when it is none.
pub(crate) fn plural(tag: &str, is_ordinal: bool, shown: &str) -> &'static str {
    let (Some(rules), Some(operands)) = (rules(&locale(tag), is_ordinal), operands(shown)) else {
        return "other";
    };
    name(rules.category_for(operands))
}

/// The categories that a language has, in the order of their names in CLDR.
pub(crate) fn plurals(tag: &str, is_ordinal: bool) -> Vec<&'static str> {
    let rules = rules(&locale(tag), is_ordinal);
    let found: Vec<_> = rules.iter().flat_map(PluralRules::categories).collect();
    let known = PluralCategory::all().filter(|each| found.contains(each));
    known.map(name).collect()
}

fn rules(locale: &Locale, is_ordinal: bool) -> Option<PluralRules> {
    let kind = if is_ordinal {
        PluralRuleType::Ordinal
    } else {
        PluralRuleType::Cardinal
    };
    PluralRules::try_new(locale.into(), kind.into()).ok()
}

fn operands(shown: &str) -> Option<PluralOperands> {
    let (digits, power) = shown.split_once('c').unwrap_or((shown, "0"));
    let digits = digits.parse().ok()?;
    let power = power.parse().ok()?;
    Some(PluralOperands::from_significand_and_exponent(
        &digits, power,
    ))
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::{plural, plurals};

    #[test]
    fn digits_behind_the_point_count() {
        assert_eq!(plural("en", false, "1"), "one");
        assert_eq!(plural("en", false, "1.0"), "other");
        assert_eq!(plural("pl", false, "3"), "few");
        assert_eq!(plural("fr", false, "1c6"), "many");
        assert_eq!(plural("en", true, "22"), "two");
        assert_eq!(plural("en", false, "nothing"), "other");
    }

    #[test]
    fn each_language_has_its_categories() {
        assert_eq!(plurals("en", false), ["one", "other"]);
        assert_eq!(plurals("ja", false), ["other"]);
        assert_eq!(plurals("ar", false).len(), 6);
    }
}
