//! Code that a lesson's author wrote for the site, and which is not ours: a Run in the jail reads what it exports.

use crate::engine::message::Thrown;
use crate::engine::{Engine, Limits};
use crate::project::Project;
use crate::sandbox::{RequestHead, Sandbox, SandboxResponse, StartOutcome};

/// Why an author's file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {problem}; {mend}")]
pub(crate) struct AuthoredFault {
    /// The file's name.
    pub(crate) file: &'static str,
    /// The line, 1 where none is known.
    pub(crate) line: usize,
    /// What is wrong.
    pub(crate) problem: String,
    /// How to mend it.
    pub(crate) mend: String,
    /// Whether it may be another time: the machine's fault, and not the file's.
    pub(crate) passes: bool,
}

const TOP: &str = "at its top level, only make what is exported";

impl AuthoredFault {
    pub(super) fn new(
        file: &'static str,
        line: usize,
        problem: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self {
            file,
            line,
            problem: problem.into(),
            mend: mend.into(),
            passes: false,
        }
    }

    fn passing(file: &'static str, problem: impl Into<String>) -> Self {
        Self {
            passes: true,
            ..Self::new(file, 1, problem, "try again")
        }
    }

    fn thrown(file: &'static str, fault: &Thrown) -> Self {
        let own = fault.frames.iter().find(|frame| frame.file == file);
        let line = own.map_or(1, |frame| usize::try_from(frame.line).unwrap_or(1));
        let problem = format!("it cannot be loaded: {}: {}", fault.name, fault.message);
        Self::new(file, line, problem, TOP)
    }
}

/// What a Run of the file of this name and text says, with a server beside it that answers with it.
pub(super) async fn run(
    engine: &Engine,
    (file, text): (&'static str, &str),
    server: &str,
) -> Result<Vec<u8>, AuthoredFault> {
    let project = Project::from_texts([("server.js", server), (file, text)])
        .map_err(|error| AuthoredFault::new(file, 1, error.to_string(), "write less"))?;
    let url = "http://checks.localhost/".to_owned();
    let sandbox = Sandbox::new(
        engine.clone(),
        Limits::default(),
        url.clone(),
        project.clone(),
    );
    let gone = |gone: crate::sandbox::SandboxGone| AuthoredFault::passing(file, gone.to_string());
    match sandbox.run(project).await.map_err(gone)? {
        StartOutcome::Running(_) => {}
        StartOutcome::Failed(_, fault) => return Err(AuthoredFault::thrown(file, &fault)),
        StartOutcome::Ended(_, sentence) => {
            let problem = format!("it does not come to its end: {sentence}");
            return Err(AuthoredFault::new(
                file,
                1,
                problem.trim_end_matches('.'),
                TOP,
            ));
        }
    }
    let head = RequestHead {
        method: "GET".to_owned(),
        path: "/".to_owned(),
        url,
        ..RequestHead::default()
    };
    match sandbox
        .request(head, Vec::new(), None)
        .await
        .map_err(gone)?
    {
        SandboxResponse::Whole { body, .. } => Ok(body.to_vec()),
        SandboxResponse::Stream { mut pieces, .. } => {
            let mut body = Vec::new();
            while let Some(Ok(piece)) = pieces.next().await {
                body.extend_from_slice(&piece);
            }
            Ok(body)
        }
        SandboxResponse::Socket { .. } | SandboxResponse::Unavailable { .. } => Err(
            AuthoredFault::passing(file, "what it exports could not be read"),
        ),
    }
}
