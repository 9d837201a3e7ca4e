//! Names that whoever writes code is free to choose: parameters, and what a function or a block
//! declares. Each becomes a number, in the order in which they are bound; names of the whole piece,
//! of properties and of what comes from outside stay.

use std::collections::HashMap;

use super::JsNode;

/// Makes the free names below `node` equal.
pub(super) fn free(node: &mut JsNode) {
    let mut scopes = Scopes::default();
    scopes.walk(node);
}

#[derive(Default)]
struct Scopes {
    open: Vec<HashMap<String, String>>,
    bound: usize,
}

impl Scopes {
    fn walk(&mut self, node: &mut JsNode) {
        let opens = matches!(
            node.kind,
            "arrow" | "function" | "accessor" | "block" | "for" | "for_in" | "catch_clause"
        );
        if opens {
            self.open.push(HashMap::new());
            match node.kind {
                "block" | "for" => node.inside.iter().for_each(|inside| self.declared(inside)),
                "for_in" | "catch_clause" => {
                    if let Some(pattern) = node.inside.first() {
                        self.bind(pattern);
                    }
                }
                _ => {
                    let parameters = node.inside.iter().filter(|n| n.kind == "parameters");
                    for pattern in parameters.flat_map(|parameters| &parameters.inside) {
                        self.bind(pattern);
                    }
                }
            }
        }
        if node.kind == "identifier" {
            let known = self.open.iter().rev().find_map(|open| open.get(&node.text));
            if let Some(known) = known {
                node.text.clone_from(known);
            }
        }
        for inside in &mut node.inside {
            self.walk(inside);
        }
        if opens {
            self.open.pop();
        }
    }

    /// Binds what a statement of a block declares.
    fn declared(&mut self, statement: &JsNode) {
        match statement.kind {
            "let" | "var" | "function_declaration" => {
                if let Some(name) = statement.inside.first() {
                    self.bind(name);
                }
            }
            "declarations" => statement.inside.iter().for_each(|one| self.declared(one)),
            _ => {}
        }
    }

    fn bind(&mut self, pattern: &JsNode) {
        match pattern.kind {
            "identifier" => {
                let free = format!("${}", self.bound);
                self.bound += 1;
                if let Some(open) = self.open.last_mut() {
                    open.insert(pattern.text.clone(), free);
                }
            }
            "pair_pattern" => pattern.inside.iter().skip(1).for_each(|p| self.bind(p)),
            "assignment_pattern" => pattern.inside.iter().take(1).for_each(|p| self.bind(p)),
            "object_pattern" | "array_pattern" | "rest_pattern" => {
                pattern.inside.iter().for_each(|p| self.bind(p));
            }
            _ => {}
        }
    }
}
