//! Capital and small letters, which differ in a few languages: “i” is “İ” in Turkish.

use icu_casemap::CaseMapper;

use super::tags::locale;

/// Which letters a text gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// Capital letters.
    Upper,
    /// Small letters.
    Lower,
}

/// The text in that case, by the rules of the language of a tag.
pub(crate) fn cased(case: Case, tag: &str, text: &str) -> String {
    let (mapper, language) = (CaseMapper::new(), locale(tag).id);
    match case {
        Case::Upper => mapper.uppercase_to_string(text, &language).into_owned(),
        Case::Lower => mapper.lowercase_to_string(text, &language).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, cased};

    #[test]
    fn turkish_has_two_letters_i() {
        assert_eq!(cased(Case::Upper, "tr", "iki"), "İKİ");
        assert_eq!(cased(Case::Lower, "tr", "ILIK"), "ılık");
        assert_eq!(cased(Case::Upper, "en", "straße"), "STRASSE");
    }
}
