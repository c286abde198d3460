//! Where a sign-in goes on to when no app waits: an address of the console or of an account, and nowhere else (S55).

use percent_encoding::percent_decode_str;
use url::form_urlencoded;

const CONSOLE: &str = "/admin";
const ACCOUNT: &str = "/account";
const MAX_LENGTH: usize = 2000;

/// An address below `/admin` or `/account`, with its query, without the issuer's path: nothing that leads to another host or another of our pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReturnTo(String);

impl ReturnTo {
    /// Checks what came from outside.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let rest = [CONSOLE, ACCOUNT]
            .into_iter()
            .find_map(|area| path.strip_prefix(area))?;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~%:@!$'()*,;=+".contains(c);
        let is_legal = text.len() <= MAX_LENGTH
            && (rest.is_empty() || rest.starts_with('/'))
            && rest.chars().all(|c| is_plain(c) || c == '/')
            && query.chars().all(|c| is_plain(c) || "/?&".contains(c));
        // Browsers fold dot segments, also encoded ones, and the address would be another than the one that was checked.
        let is_dots = |segment: &str| {
            let decoded = percent_decode_str(segment).decode_utf8_lossy();
            decoded == "." || decoded == ".."
        };
        let is_straight = rest
            .split('/')
            .skip(1)
            .all(|segment| !segment.is_empty() && !is_dots(segment));
        (is_legal && is_straight).then(|| Self(text.to_owned()))
    }

    /// The start of the console.
    pub(super) fn console() -> Self {
        Self(CONSOLE.to_owned())
    }

    /// The start of one's account, where a sign-in leads by itself.
    pub(super) fn account() -> Self {
        Self(ACCOUNT.to_owned())
    }

    /// Below the issuer's path.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// A page of ours with this as a parameter.
    pub(super) fn carried_by(&self, page: &str, name: &str) -> String {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair(name, &self.0)
            .finish();
        format!("{page}?{query}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // S55
    #[test]
    fn only_console_and_account_are_returned_to() {
        for good in [
            "/admin",
            "/admin?done=1",
            "/admin/clients",
            "/admin/clients/a%2Fb/secrets?x=1&y=%2F",
            "/admin/resources/one?uri=https%3A%2F%2Fapi.example%2F",
            "/admin/users?search=a+b&after=x",
            "/account",
            "/account/apps",
            "/account/events?before=x",
        ] {
            let parsed = ReturnTo::parse(good);
            assert_eq!(parsed.as_ref().map(ReturnTo::as_str), Some(good), "{good}");
        }
        for bad in [
            "",
            "/",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/admin",
            "javascript:alert(1)",
            "/administrator",
            "/admin@evil.example",
            "/admin.evil.example",
            "/admin//evil.example",
            "/admin/\\evil.example",
            "/admin/",
            "/admin/../logout",
            "/admin/%2e%2e/logout",
            "/admin/.%2E/logout",
            "/admin/./x",
            "/admin/a\r\nSet-Cookie: x=1",
            "/admin/a b",
            "/admin/\u{e9}",
            "/admin#x",
            "/admin/x#//evil",
            "/admin?x=\\",
            " /admin",
            "/accounts",
            "/account@evil.example",
            "/account//evil.example",
            "/account/../logout",
            "/login",
        ] {
            assert_eq!(ReturnTo::parse(bad), None, "{bad:?}");
        }
        assert_eq!(
            ReturnTo::parse(&format!("/admin/{}", "a".repeat(3000))),
            None
        );
        let there = ReturnTo::parse("/admin/users?search=a+b&after=x");
        assert_eq!(
            there
                .map(|to| to.carried_by("/login", "return_to"))
                .as_deref(),
            Some("/login?return_to=%2Fadmin%2Fusers%3Fsearch%3Da%2Bb%26after%3Dx")
        );
    }
}
