//! Tags of languages, such as `de-AT-u-nu-latn` (BCP 47), in their canonical form.

use icu_locale::{Locale, LocaleCanonicalizer, LocaleDirectionality, LocaleExpander};

/// The longest tag that is looked at, in bytes.
const LONGEST: usize = 1024;

/// The canonical form of a tag, as ECMA-402 wants it; none when it is not well-formed.
pub(crate) fn canonical(tag: &str) -> Option<String> {
    // The parser takes an underscore, which the standard does not.
    if tag.len() > LONGEST || tag.contains('_') {
        return None;
    }
    let mut locale: Locale = tag.parse().ok()?;
    LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
    Some(locale.to_string())
}

/// The same tag with the script and the region that are likely, or without them.
pub(crate) fn likely(tag: &str, is_full: bool) -> String {
    let mut locale = locale(tag);
    let expander = LocaleExpander::new_extended();
    if is_full {
        expander.maximize(&mut locale.id);
    } else {
        expander.minimize(&mut locale.id);
    }
    locale.to_string()
}

/// Whether what is written in the tag's script runs from right to left.
pub(crate) fn is_right_to_left(tag: &str) -> bool {
    LocaleDirectionality::new_extended().is_right_to_left(&locale(tag).id)
}

/// A locale for the crates of ICU4X; that of no language when the tag is none.
pub(super) fn locale(tag: &str) -> Locale {
    tag.parse().unwrap_or(Locale::UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::{canonical, is_right_to_left, likely};

    #[test]
    fn a_tag_gets_its_usual_letters_and_todays_names() {
        let of = |tag| canonical(tag).unwrap_or_default();
        assert_eq!(of("EN-us"), "en-US");
        assert_eq!(of("zh-hant-tw"), "zh-Hant-TW");
        assert_eq!(of("iw"), "he");
        assert_eq!(of("de-u-nu-latn-co-phonebk"), "de-u-co-phonebk-nu-latn");
    }

    #[test]
    fn a_tag_grows_and_shrinks_by_what_is_likely() {
        assert_eq!(likely("zh-TW-u-nu-latn", true), "zh-Hant-TW-u-nu-latn");
        assert_eq!(likely("de-Latn-DE", false), "de");
        assert!(is_right_to_left("he") && is_right_to_left("az-Arab"));
        assert!(!is_right_to_left("ur-Latn"));
    }

    #[test]
    fn what_is_no_tag_has_no_form() {
        let long = format!("en-x{}", "-a".repeat(2000));
        for tag in [
            "",
            "e",
            "en_US",
            "en-",
            "de-DE-DE-1",
            "english language",
            &long,
        ] {
            assert_eq!(canonical(tag), None, "{tag}");
        }
    }
}
