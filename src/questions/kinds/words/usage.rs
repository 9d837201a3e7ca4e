//! What a judge has to know of single words in an answer, beyond general English.

use std::collections::BTreeSet;

use super::lexicon::LineFault;

/// What a course says of single words. It holds in every answer, whatever the question.
#[derive(Clone, Debug, Default)]
pub(super) struct Usage {
    topics: BTreeSet<String>,
    verbs: BTreeSet<String>,
    /// Neighbours in a name of several words.
    names: BTreeSet<(String, String)>,
    before_names: BTreeSet<String>,
    behind_names: BTreeSet<String>,
    /// Signs with the words that they are read as.
    pub(super) signs: Vec<(String, String)>,
}

/// What a line that holds in every answer may begin with.
const KEYS: [&str; 6] = [
    "topics",
    "verbs",
    "names",
    "before-names",
    "behind-names",
    "sign",
];

impl Usage {
    /// Whether a line with this key says something of single words.
    pub(super) fn has(key: &str) -> bool {
        KEYS.contains(&key)
    }

    /// Takes in what stands behind one of its keys.
    pub(super) fn add(&mut self, key: &str, text: &str) -> Result<(), LineFault> {
        let words = || text.split(',').map(|word| word.trim().to_lowercase());
        match key {
            "topics" => self.topics.extend(words()),
            "verbs" => self.verbs.extend(words()),
            "names" => words().for_each(|name| self.name(&name)),
            "before-names" => self.before_names.extend(words()),
            "behind-names" => self.behind_names.extend(words()),
            _ => return self.sign(text),
        }
        Ok(())
    }

    fn name(&mut self, name: &str) {
        let words: Vec<&str> = name.split(['-', ' ']).collect();
        let pairs = words.windows(2).filter_map(|pair| match pair {
            [first, second] => Some(((*first).to_owned(), (*second).to_owned())),
            _ => None,
        });
        self.names.extend(pairs);
    }

    fn sign(&mut self, text: &str) -> Result<(), LineFault> {
        let (sign, words) = text.split_once(" = ").ok_or_else(|| {
            let problem = "this sign is not read as anything".to_owned();
            (problem, "write “sign: <a> = a tag”")
        })?;
        let (sign, words) = (sign.trim().to_lowercase(), format!(" {} ", words.trim()));
        if let Some(tag) = sign
            .strip_prefix('<')
            .and_then(|sign| sign.strip_suffix('>'))
        {
            self.signs.push((format!("<{tag} "), words.clone()));
        }
        self.signs.push((sign, words));
        Ok(())
    }

    /// Whether statements are often about what this word names.
    pub(super) fn is_topic(&self, word: &str) -> bool {
        self.topics.contains(word)
    }

    /// The course's verbs, in their base forms.
    pub(super) fn verbs(&self) -> impl Iterator<Item = &str> {
        self.verbs.iter().map(String::as_str)
    }

    /// Whether two neighbours are part of one name, so that the second is no verb of the first.
    pub(super) fn is_name(&self, first: &str, second: &str) -> bool {
        self.names.contains(&(first.to_owned(), second.to_owned()))
    }

    /// Whether the word may be tied to a name that stands behind it.
    pub(super) fn leads_names(&self, word: &str) -> bool {
        self.before_names.contains(word)
    }

    /// Whether the word may be tied to a name that stands before it.
    pub(super) fn follows_names(&self, word: &str) -> bool {
        self.behind_names.contains(word)
    }
}
