//! What people write who know an application from elsewhere: hono's has neither `listen`, as Express has, nor is
//! there a service worker for its `fire`.

/// What to write in place of the call in this line, of which the engine said `message`; none where it is another fault.
/// `text` is the file that the line is in.
pub(super) fn instead(message: &str, line: &str, text: &str) -> Option<String> {
    let imports = ["\"hono", "'hono"].iter().any(|hono| text.contains(hono));
    if !imports {
        return None;
    }
    if message == "not a function" {
        let app = object_of(line, ".listen(")?;
        return Some(format!(
            "{app}.listen is not a function: an application of hono does not listen by itself; write “export default \
             {app}” instead, and it is served"
        ));
    }
    // What `fire` of hono calls; another fault in such a line is not about it.
    if !message.contains("addEventListener") {
        return None;
    }
    let app = object_of(line, ".fire(")?;
    Some(format!(
        "{app}.fire() is for service workers, and Bun has none: write “export default {app}” instead, and it is served"
    ))
}

/// The variable whose method is called.
fn object_of<'a>(line: &'a str, call: &str) -> Option<&'a str> {
    let before = &line[..line.find(call)?];
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$');
    let start = before.rfind(|letter| !is_part(letter)).map_or(0, |at| {
        at + before[at..].chars().next().map_or(1, char::len_utf8)
    });
    Some(&before[start..]).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_application_that_listens_is_told_how_it_is_served_here() {
        let text = "import { Hono } from \"hono\";";
        let told = |message, line, text| instead(message, line, text);
        let listens = told("not a function", "  shop.listen(3000);", text).unwrap();
        assert!(
            listens.contains("write “export default shop” instead"),
            "{listens}"
        );
        let fires = told("addEventListener is not available here", "app.fire()", text).unwrap();
        assert!(
            fires.starts_with("app.fire() is for service workers"),
            "{fires}"
        );
        assert_eq!(
            told("not a function", "app.listen(3000)", "const app = {};"),
            None
        );
        let other = told("Cannot read properties of undefined", "gun.fire(1)", text);
        assert_eq!(other, None);
        assert_eq!(told("not a function", "app.get(\"/\")", text), None);
    }
}
