//! Light, dark, or as the system says: kept in a cookie, so that a page comes in its theme from the
//! first byte.

use std::sync::Arc;

use http::StatusCode;
use http::header::{HeaderMap, LOCATION, SET_COOKIE};
use poem::web::Data;
use poem::{Body, Response, handler};
use serde::Serialize;

use super::form;
use crate::web::cookies;
use crate::web::fault::Fault;
use crate::web::site::Site;

/// The cookie's name.
pub(crate) const COOKIE: &str = "theme";

/// A form of two short fields.
const LIMIT: usize = 4096;

/// A year in seconds.
const YEAR: u32 = 365 * 24 * 60 * 60;

/// How a page looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Ink on paper.
    Light,
    /// Chalk on slate.
    Dark,
}

/// A theme in the header's switch.
#[derive(Debug, Serialize)]
pub(crate) struct ThemeChoice {
    name: Theme,
    label: &'static str,
    icon: &'static str,
}

/// The switch, in order.
pub(crate) const CHOICES: [ThemeChoice; 3] = [
    ThemeChoice {
        name: Theme::Light,
        label: "Light",
        icon: "sun",
    },
    ThemeChoice {
        name: Theme::Auto,
        label: "As the system",
        icon: "auto",
    },
    ThemeChoice {
        name: Theme::Dark,
        label: "Dark",
        icon: "moon",
    },
];

impl Theme {
    /// The theme that a browser's cookie asks for.
    #[must_use]
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        cookies::text(headers, COOKIE).map_or(Self::Auto, Self::named)
    }

    fn named(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// `POST /theme`: keeps the choice and goes back to the page.
#[handler]
pub(crate) async fn choose(body: Body, _site: Data<&Arc<Site>>) -> Result<Response, Fault> {
    let fields = form::read(body, LIMIT).await?;
    let theme = Theme::named(fields.first("theme").unwrap_or_default());
    let back = fields
        .first("back")
        .filter(|back| is_local(back))
        .unwrap_or("/");
    let cookie = format!(
        "{COOKIE}={}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax",
        theme.name()
    );
    Ok(Response::builder()
        .status(StatusCode::SEE_OTHER)
        .header(LOCATION, back)
        .header(SET_COOKIE, cookie)
        .finish())
}

/// Whether a browser reads this as a path of this site: `//other` and `/\other` are not.
fn is_local(address: &str) -> bool {
    let mut letters = address.chars();
    letters.next() == Some('/')
        && !matches!(letters.next(), Some('/' | '\\'))
        && address.chars().all(|letter| letter.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_the_site_are_come_back_to() {
        assert!(is_local("/"));
        assert!(is_local("/search?q=hx-get"));
        for away in [
            "",
            "//other.example",
            "/\\other.example",
            "https://other",
            "/a\r\nb",
        ] {
            assert!(!is_local(away), "{away:?}");
        }
    }

    #[test]
    fn a_cookie_of_another_word_means_the_system() {
        let headers = |cookie: &str| {
            let value = cookie.parse().expect("a header value");
            HeaderMap::from_iter([(http::header::COOKIE, value)])
        };
        assert_eq!(Theme::of(&headers("a=b; theme=dark")), Theme::Dark);
        assert_eq!(Theme::of(&headers("theme=<script>")), Theme::Auto);
        assert_eq!(Theme::of(&HeaderMap::new()), Theme::Auto);
    }
}
