//! Faults in words.

use super::{Fault, Missing};

impl Fault {
    /// A few words above the sentence.
    #[must_use]
    pub(crate) fn title(&self) -> &'static str {
        match self {
            Self::NotFound(Missing::Page) => "There is no such page",
            Self::NotFound(Missing::Lesson) => "There is no such lesson",
            Self::NotFound(Missing::Question) => "There is no such question",
            Self::NotFound(Missing::Step) => "There is no such step",
            Self::NotFound(Missing::Sandbox) => "There is no such sandbox",
            Self::NotFound(Missing::Project) => "You have no such project",
            Self::NotFound(Missing::Snapshot) => "Nothing is shared here",
            Self::NotFound(Missing::Challenge) => "Nothing is checked here",
            Self::NotFound(Missing::Trial) => "This trial is over",
            Self::NotFound(Missing::Check) => "There is no such check",
            Self::NotFound(Missing::Pass) => "This challenge is not passed yet",
            Self::NotFound(Missing::Version) => "This version is not kept",
            Self::NotFound(Missing::GoodRun) => "No Run of this code has started yet",
            Self::Method => "This address does not do that",
            Self::UnclearHost => "It is not clear whom this is for",
            Self::Misdirected => "Nobody lives here",
            Self::Foreign => "Another site asked for this",
            Self::TooLarge { .. } | Self::DraftTooLarge(_) | Self::LongHead { .. } => "Too large",
            Self::NoSession => "It is not clear who you are",
            Self::NoCookies => "Your browser keeps no cookies of this site",
            Self::ServiceWorker => "No service workers here",
            Self::OtherLearner => "This browser has become somebody else",
            Self::TwoLearners => "Two people’s cookies came with this",
            Self::TossedCookies | Self::UnreadableCookie => {
                "This browser no longer says who you are"
            }
            Self::SlowBody | Self::CutBody => "It did not arrive whole",
            Self::Malformed(_) => "This cannot be read",
            Self::Unprocessable(_) => "This cannot be taken",
            Self::Unavailable(_) | Self::Refused(..) => "Not just now",
            Self::Blocked => "This server is blocked",
            Self::BlockedSnapshot => "This snapshot is blocked",
            Self::BlockedAddress => "Your address is blocked",
            Self::UsedUp(_) => "Enough for today",
            Self::NoRoom => "No room left",
            Self::Internal(_) => "Something broke here",
        }
    }

    /// One sentence that says what to do.
    #[must_use]
    pub(crate) fn sentence(&self) -> String {
        let sentence = match self {
            Self::NotFound(Missing::Page) => "Look for it from the course page.",
            Self::NotFound(Missing::Lesson) => {
                "It may have another name now: look for it on the course page."
            }
            Self::NotFound(Missing::Question | Missing::Step) => {
                "The lesson may have changed: load its page again."
            }
            Self::NotFound(Missing::Sandbox) => {
                "What ran here has ended, or the address is not whole. In a shared project, press Run again above this. \
                 Of your own, open its lesson or its project and press Run, then use the address that it shows."
            }
            Self::NotFound(Missing::Project) => {
                "Look for it in your playground. A project opens only in its owner’s browsers: to show it to others, \
                 share it."
            }
            Self::NotFound(Missing::Snapshot) => {
                "The link may be incomplete, or whoever shared the project does so no longer: ask them for a new one."
            }
            Self::NotFound(Missing::Challenge) => "The task of this lesson has no checks.",
            Self::NotFound(Missing::Trial) => {
                "These checks are over, or were begun anew in another tab: start them again here."
            }
            Self::NotFound(Missing::Check) => "Start the checks again.",
            Self::NotFound(Missing::Pass) => "Have your code checked until all checks pass.",
            Self::NotFound(Missing::Version) => {
                "This version is no longer kept: choose another one from the list."
            }
            Self::NotFound(Missing::GoodRun) => {
                "No Run of your code has started yet: press Run, and from then on you can come back to that code."
            }
            Self::Method => "Go back and use the page's own buttons and forms.",
            Self::UnclearHost => "Send exactly one host name with the request.",
            Self::Misdirected => {
                "Check the address, or ask whoever runs this site for the right one."
            }
            Self::Foreign => "Nothing was changed: do it on this site's own page.",
            Self::NoCookies => {
                "None came with this, and without one nobody could find again what is kept, so nothing was. Allow \
                 cookies for this site in the browser's settings, load the page anew, and press the button once \
                 more. If a cookie that you had is gone, your work is still here: go on with your recovery code."
            }
            Self::NoSession => "Load the lesson's page again, with cookies allowed for this site.",
            Self::ServiceWorker => {
                "It would outlive the project that it came from, and answer in place of the next one’s server."
            }
            Self::OtherLearner => {
                "The cookie that says who you are has changed since this page was opened, so nothing was done. Load \
                 the page again."
            }
            Self::TwoLearners => {
                "A page outside this site put a second cookie beside yours. It was taken away, and nothing was \
                 changed: load the page again."
            }
            Self::UnreadableCookie => {
                "The cookie that says so was cut short or changed, so it was taken away, and nothing was changed. If \
                 you have worked here before, your work is still here: go on with your recovery code. Else load the \
                 page again."
            }
            Self::TossedCookies => {
                "Another page filled this browser with cookies for this address, and yours was pushed out; those \
                 cookies were taken away. If you have worked here before, your work is still here: go on with your \
                 recovery code. Else load the page again."
            }
            Self::TooLarge { limit } => return too_large(*limit),
            Self::LongHead { limit } => return long_head(*limit),
            Self::DraftTooLarge(error) => return error.to_string(),
            Self::UsedUp(why) => return why.to_string(),
            Self::SlowBody => "It took too long to arrive: check the connection and send it again.",
            Self::CutBody => "The connection broke: send it again.",
            Self::Malformed(sentence)
            | Self::Unprocessable(sentence)
            | Self::Unavailable(sentence)
            | Self::Refused(_, sentence) => sentence,
            Self::Blocked => {
                "Whoever runs this site has blocked this server. If you wrote it, ask them why; what you type is saved all \
                 the same."
            }
            Self::BlockedSnapshot => {
                "Whoever runs this site has blocked what was shared here. If you shared it, ask them why; your project is \
                 still yours."
            }
            Self::BlockedAddress => {
                "Whoever runs this site has blocked the internet address that you come from. Others may share it, so it \
                 need not be about you. If you think that this is wrong, ask them."
            }
            Self::NoRoom => {
                "The disk of this site is full, so nothing was saved: tell whoever runs it."
            }
            Self::Internal(_) => {
                "Try again; if it goes on, tell whoever runs this site to look at the log."
            }
        };
        sentence.to_owned()
    }
}

fn too_large(limit: usize) -> String {
    let limit = size(limit);
    format!("At most {limit} can be sent here: make it smaller.")
}

fn long_head(limit: usize) -> String {
    let limit = size(limit);
    format!(
        "The headers of a request to this server have at most {limit}, and these have more: delete the cookies that \
         are kept for this address."
    )
}

fn size(bytes: usize) -> String {
    const KIB: usize = 1024;
    match bytes {
        bytes if bytes < KIB => format!("{bytes} bytes"),
        bytes if bytes < KIB * KIB => format!("{} KiB", bytes / KIB),
        bytes => format!("{} MiB", bytes / (KIB * KIB)),
    }
}
