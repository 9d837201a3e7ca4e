//! The tags that are put into a sandbox's pages: the preview's scripts, or the notice for those who come from outside.

use super::own::{CLIENT_SCRIPT, PREVIEW_SCRIPT};
use super::request_context::{Actor, Jar, RequestContext, Window};
use super::{partitioned, report};

/// Those of the page that was asked, at a sandbox of this site; none where it is shown elsewhere, or where there is
/// no site.
pub(super) fn of(
    asked: &RequestContext,
    site: Option<&str>,
    is_reported: bool,
    entry: u64,
) -> String {
    match site {
        Some(_) if asked.has_closed_report => String::new(),
        Some(site) if is_reported && asked.window == Window::Outside => report::tag(site),
        _ => of_preview(asked, site, entry),
    }
}

/// Those of the preview's frame, with the script that acts for a check in a client's; none elsewhere.
///
/// `entry` is the page's number on the wire, 0 where it has none. The script tells it to the workbench, which so knows
/// whose browser is the learner's own: what a request says of itself anybody can say.
pub(super) fn of_preview(asked: &RequestContext, site: Option<&str>, entry: u64) -> String {
    let Some(site) = site.filter(|_| asked.window == Window::Preview) else {
        return String::new();
    };
    let more = match asked.jar {
        Jar::Usual => "",
        Jar::Partitioned => partitioned::ATTRIBUTE,
    };
    let preview = format!(
        r#"<script src="{PREVIEW_SCRIPT}" data-site="{site}" data-entry="{entry}"{more}></script>"#
    );
    if asked.actor == Actor::Check {
        return format!(r#"{preview}<script src="{CLIENT_SCRIPT}" data-site="{site}"></script>"#);
    }
    preview
}
