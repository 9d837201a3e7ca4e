//! What a project in the playground can begin with: small projects, `embedded/beginnings/NAME/`, each right in Bun as well.

use crate::assets;
use crate::project::{Contents, FileName, Project, ProjectError};

/// A small project to begin with.
#[derive(Debug)]
pub(crate) struct Beginning {
    /// By which forms name it; its folder.
    pub(crate) name: &'static str,
    /// What a project that begins with it is called at first.
    pub(crate) title: &'static str,
    /// What it shows, in one sentence.
    pub(crate) summary: &'static str,
    /// The major version of htmx that its page uses.
    pub(crate) htmx: u32,
}

/// All of them, in the order of the page.
pub(crate) const BEGINNINGS: [Beginning; 5] = [
    Beginning {
        name: "empty",
        title: "Empty",
        summary: "One page with htmx 2, and a server that serves it.",
        htmx: 2,
    },
    Beginning {
        name: "form",
        title: "A form",
        summary: "A guest book: the server checks what is sent, and answers with the form and its faults.",
        htmx: 2,
    },
    Beginning {
        name: "chat",
        title: "A chat by WebSocket",
        summary: "One room for all who open the page.",
        htmx: 2,
    },
    Beginning {
        name: "stream",
        title: "A stream of events",
        summary: "A price that moves each second, by server-sent events.",
        htmx: 2,
    },
    Beginning {
        name: "htmx-4",
        title: "htmx 4",
        summary: "A list of tasks: add one, and take one away.",
        htmx: 4,
    },
];

/// The beginning of this name.
pub(crate) fn named(name: &str) -> Option<&'static Beginning> {
    BEGINNINGS.iter().find(|beginning| beginning.name == name)
}

impl Beginning {
    /// Its files.
    ///
    /// # Errors
    /// Where they are no project, which is a fault of ours.
    pub(crate) fn files(&self) -> Result<Project, ProjectError> {
        let mut project = Project::default();
        for (name, bytes) in assets::beginning(self.name) {
            let contents = Contents::Text(String::from_utf8_lossy(&bytes).into());
            project.insert(FileName::try_from(name)?, contents)?;
        }
        Ok(project)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_beginning_has_a_page_and_a_server() {
        for beginning in &BEGINNINGS {
            let files = beginning.files().unwrap();
            assert_eq!(files.server(), Some("server.js"), "{}", beginning.name);
            let page = files.text("index.html").unwrap();
            let library = format!("/lib/htmx-{}.js", beginning.htmx);
            assert!(page.contains(&library), "{}", beginning.name);
        }
    }
}
