//! A recovery code: 80 random bits in 16 characters that are easy to read aloud and to copy by hand.

use std::fmt;

use crate::web::fault::Fault;

/// Crockford's base 32: no I, L, O or U, so that none is taken for another.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 16;

/// `7KQ2-M0XD-9TFA-V3BR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecoveryCode([u8; LENGTH]);

impl RecoveryCode {
    pub(super) fn random() -> Result<Self, Fault> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes).map_err(Fault::internal)?;
        Ok(Self(bytes.map(|byte| ALPHABET[usize::from(byte % 32)])))
    }

    /// Reads what a person typed: any case, spaces and hyphens anywhere, and O for 0, I or L for 1.
    #[must_use]
    pub(crate) fn read(text: &str) -> Option<Self> {
        let meant = text.chars().filter(|it| !it.is_whitespace() && *it != '-');
        let letters: Vec<u8> = meant
            .take(LENGTH + 1)
            .map(|letter| match letter.to_ascii_uppercase() {
                'O' => Some(b'0'),
                'I' | 'L' => Some(b'1'),
                other => u8::try_from(other).ok().filter(|it| ALPHABET.contains(it)),
            })
            .collect::<Option<_>>()?;
        letters.try_into().ok().map(Self)
    }

    /// Its characters, without hyphens.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, letter) in self.0.iter().enumerate() {
            if place > 0 && place % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*letter))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_written_or_carelessly_copied() {
        let code = RecoveryCode::random().expect("a random source");
        assert_eq!(RecoveryCode::read(&code.to_string()), Some(code));
        let written = RecoveryCode::read("7KQ2-M0XD-9TFA-V1BR");
        assert!(written.is_some());
        assert_eq!(RecoveryCode::read(" 7kq2 moxd 9tfa-vlbr\n"), written);
        for wrong in [
            "",
            "7KQ2-M0XD-9TFA",
            "7KQ2-M0XD-9TFA-V1BR-0",
            "7KQ2-M0XD-9TFA-V1B!",
            "ü",
        ] {
            assert_eq!(RecoveryCode::read(wrong), None, "{wrong}");
        }
    }
}
