//! A port that had another tenant before. Browsers keep storage by host and port, so what one sandbox's
//! pages left there would be read by the next one's. A browser that comes to a tenant's port for the first
//! time gets a page that empties all of it, and then the page it came for; a cookie says that it was there.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Method;
use http::header;
use poem::{Request, Response};

use crate::sandbox::addresses::Tenant;
use crate::web::cookies;

/// The cookie's name before the port.
const COOKIE: &str = "hxlab_tenant_";

/// The page in front of the first document; none when this browser has had it, or asks for no document.
pub(super) fn page(
    request: &Request,
    port: u16,
    tenant: &Tenant,
    is_document: bool,
) -> Option<Response> {
    let id = format!("{}.{}", tenant.id, tenant.client.unwrap_or_default());
    let name = format!("{COOKIE}{port}");
    let known = cookies::text(request.headers(), &name) == Some(&id);
    if known || !is_document || request.method() != Method::GET {
        return None;
    }
    let mut nonce = [0; 16];
    getrandom::fill(&mut nonce).ok()?;
    let nonce = URL_SAFE_NO_PAD.encode(nonce);
    let policy =
        format!("default-src 'none'; script-src 'nonce-{nonce}'; img-src data:; base-uri 'none'");
    let cookie = format!("{name}={id}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
    Some(
        Response::builder()
            .content_type("text/html; charset=utf-8")
            .header(header::CACHE_CONTROL, "no-store")
            .header(header::CONTENT_SECURITY_POLICY, policy)
            .header(header::SET_COOKIE, cookie)
            .body(document(&nonce)),
    )
}

/// Without scripts nothing was stored, so the page may come at once. Its empty icon keeps browsers from asking the
/// learner's server for one.
fn document(nonce: &str) -> String {
    format!(
        r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>One moment</title>
<link rel="icon" href="data:,">
<noscript><meta http-equiv="refresh" content="0"></noscript>
<script nonce="{nonce}">
const empty = async () => {{
  localStorage.clear();
  sessionStorage.clear();
  // There are none where the address is not trusted.
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
  for (const {{ name }} of (await indexedDB.databases?.()) ?? [])
    await new Promise((done) => {{
      const gone = indexedDB.deleteDatabase(name);
      gone.onsuccess = gone.onerror = gone.onblocked = done;
    }});
}};
const words = "This page needs cookies: allow them for this address and load it again.";
const go = () => (navigator.cookieEnabled ? location.replace(location.href) : document.write(words));
empty().then(go, go);
</script></html>
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_comes_after_the_page_that_empties_and_once() {
        let tenant = |id: &str| Tenant {
            id: id.to_owned(),
            client: None,
        };
        let ask = |cookie: &str, method: Method, is_document| {
            let request = Request::builder().method(method).header("cookie", cookie);
            page(&request.finish(), 4001, &tenant("a"), is_document).is_some()
        };
        assert!(ask("", Method::GET, true));
        assert!(
            ask("hxlab_tenant_4001=b.", Method::GET, true),
            "another was here"
        );
        assert!(
            ask("hxlab_tenant_4002=a.", Method::GET, true),
            "at another port"
        );
        assert!(!ask("x=y; hxlab_tenant_4001=a.", Method::GET, true));
        assert!(
            !ask("", Method::GET, false),
            "a script's request has no storage to leave"
        );
        assert!(!ask("", Method::POST, true));
    }
}
