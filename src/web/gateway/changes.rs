//! What the gateway changes in the answers of a learner's server, in sentences for the learner's console.

use super::elsewhere::Found;
use crate::excerpt::beginning;
use crate::sandbox::Sandbox;
use crate::sandbox::withheld::Refusal;

/// The longest name or address in a sentence, in characters.
const SHOWN: usize = 120;

/// As many sentences are told of one answer.
const MOST: usize = 100;

/// Sentences, for the console to tell once.
#[derive(Debug, Default)]
pub(super) struct Changes(Vec<String>);

impl Changes {
    /// A header was left out.
    pub(super) fn header(&mut self, name: &str, refusal: Refusal) {
        let Some(reason) = refusal.reason() else {
            return;
        };
        let what = match refusal {
            Refusal::CookieDomain => "The Domain of a cookie".to_owned(),
            _ => format!("The header {}", beginning(name, SHOWN)),
        };
        self.say(format!("{what} was left out: {reason}"));
    }

    /// A page names a file of another site.
    pub(super) fn address(&mut self, address: &str, found: &Found) {
        let address = beginning(address, SHOWN);
        self.say(match found {
            Found::Copy(name) => {
                format!("{address} is answered by the sandbox’s own copy, /lib/{name}")
            }
            Found::Other(instead) => format!(
                "{address} is not loaded: the sandbox has another version of it; write \
                 <script src=\"/lib/{instead}\"></script>"
            ),
            Found::Part => format!(
                "{address} is not loaded: the sandbox has this library, but not this file of it; put the \
                 file into the project"
            ),
            Found::Unknown => format!(
                "{address} is not loaded: a page in a sandbox reaches no other site; put the file \
                 into the project"
            ),
        });
    }

    fn say(&mut self, sentence: String) {
        if self.0.len() < MOST {
            self.0.push(sentence);
        }
    }

    /// Tells the learner.
    pub(super) async fn tell(self, sandbox: &Sandbox) {
        for sentence in self.0 {
            sandbox.changed(sentence).await;
        }
    }

    #[cfg(test)]
    pub(super) fn into_sentences(self) -> Vec<String> {
        self.0
    }
}
