//! Claims: what must stand in a sandbox's log, as the checks of challenges and the steps of lessons say it.
//!
//! Here a claim is data, and is read ([`read`]). It is held against a log in [`challenge`](crate::challenge), since
//! this floor knows no log.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Which way a frame went, seen from the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Way {
    /// To a client.
    Sent,
    /// From a client.
    Received,
}

/// A pattern of entries. One of `request`, `frame` and `event` says of which kind; all else narrows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Claim {
    /// A request's method, or `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) request: Option<String>,
    /// A WebSocket message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) frame: Option<Way>,
    /// A server-sent event's name, or `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) event: Option<String>,
    /// The path, with the query where this has one; a `*` at its end stands for any rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    /// The response's status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    /// Headers of the request; `*` is any value.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) header: BTreeMap<String, String>,
    /// Headers of the response; `*` is any value.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) response: BTreeMap<String, String>,
    /// A part of the request's body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<String>,
    /// A part of the response's body, the message, or the event's data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) contains: Option<String>,
    /// The client's name on the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client: Option<String>,
    /// How often at least; once when it is not said, and 0 for never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) times: Option<usize>,
}

impl Claim {
    /// Whether it names exactly one kind.
    #[must_use]
    pub(crate) fn is_clear(&self) -> bool {
        let kinds = [
            self.request.is_some(),
            self.frame.is_some(),
            self.event.is_some(),
        ];
        kinds.iter().filter(|named| **named).count() == 1
    }

    /// Whether something must be there for it to hold; a claim that something never happened holds of
    /// an empty log as well, and so proves nothing alone.
    #[must_use]
    pub(crate) fn is_positive(&self) -> bool {
        self.times != Some(0)
    }
}

/// Why a text is no claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClaimFault {
    /// The line of the text, from 1.
    pub(crate) line: usize,
    /// What is wrong.
    pub(crate) problem: String,
}

/// Reads the JSON of one claim, or of an array of claims.
pub(crate) fn read(json: &str) -> Result<Vec<Claim>, ClaimFault> {
    let read = if json.trim_start().starts_with('[') {
        serde_json::from_str(json)
    } else {
        serde_json::from_str(json).map(|claim| vec![claim])
    };
    read.map_err(|error| {
        let problem = error.to_string();
        // Its line is told apart, and counts from the file's first one.
        let end = problem.rfind(" at line ").unwrap_or(problem.len());
        ClaimFault {
            line: error.line().max(1),
            problem: problem[..end].to_owned(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_claim_or_several_are_read() {
        let one = read("{ \"frame\": \"received\", \"contains\": \"oob\" }").expect("a claim");
        assert_eq!(one.len(), 1);
        assert_eq!(
            (one[0].frame, one[0].contains.as_deref()),
            (Some(Way::Received), Some("oob"))
        );
        let two = read("[\n{ \"request\": \"GET\" },\n{ \"event\": \"price\", \"times\": 2 }\n]");
        assert_eq!(two.expect("claims").len(), 2);
        assert_eq!(read(" [] "), Ok(Vec::new()));
    }

    #[test]
    fn a_fault_has_its_line() {
        let fault = |json: &str| {
            let ClaimFault { line, problem } = read(json).expect_err("no claims");
            (line, problem)
        };
        let (line, problem) =
            fault("[\n  { \"request\": \"GET\" },\n  { \"frames\": \"sent\" }\n]");
        assert_eq!(line, 3);
        assert!(
            problem.starts_with("unknown field `frames`, expected one of `request`"),
            "{problem}"
        );
        assert!(!problem.contains(" at line "), "{problem}");
        let (line, problem) = fault("{\n  \"frame\": \"sent\",\n}");
        assert_eq!((line, &*problem), (3, "trailing comma"));
        assert_eq!(fault("").0, 1);
    }
}
