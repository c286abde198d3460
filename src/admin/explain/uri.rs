//! In what two URIs differ, in words.

use url::Url;

/// A URI in its parts, byte for byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parts<'a> {
    scheme: &'a str,
    host: &'a str,
    port: &'a str,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
    has_user: bool,
}

fn parts(uri: &str) -> Parts<'_> {
    let (rest, fragment) = cut(uri, '#');
    let (rest, query) = cut(rest, '?');
    let (scheme, rest) = rest.split_once(':').unwrap_or(("", rest));
    let (authority, path) = match rest.strip_prefix("//") {
        None => ("", rest),
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
    };
    let (has_user, authority) = match authority.rsplit_once('@') {
        Some((_, authority)) => (true, authority),
        None => (false, authority),
    };
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, ""),
    };
    Parts {
        scheme,
        host,
        port,
        path,
        query,
        fragment,
        has_user,
    }
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// What tells the sent URI from the other, and how far that is.
#[derive(Debug, Default)]
struct Difference {
    words: Vec<String>,
    distance: u32,
}

impl Difference {
    fn add(&mut self, distance: u32, words: impl Into<String>) {
        self.words.push(words.into());
        self.distance += distance;
    }
}

fn difference(registered: &str, sent: &str) -> Difference {
    let (known, sent) = (parts(registered), parts(sent));
    let mut found = Difference::default();
    if known.scheme != sent.scheme {
        found.add(
            10,
            format!("the scheme ({} instead of {})", sent.scheme, known.scheme),
        );
    }
    if sent.has_user && !known.has_user {
        found.add(50, "a user name before the host");
    }
    host(known, sent, &mut found);
    port(known, sent, &mut found);
    path(known.path, sent.path, &mut found);
    match (known.query, sent.query) {
        (known, sent) if known == sent => {}
        (None, Some(_)) => found.add(4, "a query (from the ? on)"),
        (Some(_), None) => found.add(4, "the query (from the ? on), which is missing"),
        _ => found.add(4, "its query (from the ? on)"),
    }
    if known.fragment != sent.fragment {
        found.add(3, "a fragment (from the # on), which is never allowed");
    }
    found
}

fn host(known: Parts<'_>, sent: Parts<'_>, found: &mut Difference) {
    const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];
    if known.host == sent.host {
        return;
    }
    let (a, b) = (known.host, sent.host);
    if a.eq_ignore_ascii_case(b) {
        found.add(1, "capital and small letters in the host");
    } else if LOOPBACK.contains(&a) && LOOPBACK.contains(&b) {
        found.add(2, format!("the name of this computer ({b} instead of {a})"));
    } else {
        let is_www = |one: &str, other: &str| one.strip_prefix("www.") == Some(other);
        let distance = if is_www(a, b) || is_www(b, a) {
            20
        } else {
            100
        };
        found.add(distance, format!("the host ({b} instead of {a})"));
    }
}

fn port(known: Parts<'_>, sent: Parts<'_>, found: &mut Difference) {
    if known.port == sent.port {
        return;
    }
    let effective = |parts: Parts<'_>| match (parts.port, parts.scheme) {
        ("", "https") => "443".to_owned(),
        ("", "http") => "80".to_owned(),
        (port, _) => port.to_owned(),
    };
    if effective(known) == effective(sent) {
        let (port, which) = if sent.port.is_empty() {
            (known.port, "which the registered one writes out")
        } else {
            (sent.port, "which is written out")
        };
        found.add(1, format!("the usual port {port}, {which}"));
    } else {
        let name = |parts| match effective(parts) {
            port if port.is_empty() => "none".to_owned(),
            port => port,
        };
        found.add(
            8,
            format!("the port ({} instead of {})", name(sent), name(known)),
        );
    }
}

fn path(known: &str, sent: &str, found: &mut Difference) {
    if known == sent {
        return;
    }
    if sent.strip_suffix('/') == Some(known) {
        found.add(
            1,
            "a trailing slash, which it has and the registered one has not",
        );
    } else if known.strip_suffix('/') == Some(sent) {
        found.add(
            1,
            "a trailing slash, which the registered one has and it has not",
        );
    } else if known.eq_ignore_ascii_case(sent) {
        found.add(1, "capital and small letters in the path");
    } else if decoded(known) == decoded(sent) {
        found.add(1, "percent-encoding in the path");
    } else {
        let name = |path: &str| if path.is_empty() { "none" } else { path }.to_owned();
        found.add(
            20,
            format!("the path ({} instead of {})", name(sent), name(known)),
        );
    }
}

fn decoded(path: &str) -> Vec<u8> {
    percent_encoding::percent_decode_str(path).collect()
}

/// The registered URI that is nearest to the one that was sent, and in what they differ, in words; none where they are the same.
pub(super) fn nearest<'a>(
    registered: impl IntoIterator<Item = &'a str>,
    sent: &str,
) -> Option<(&'a str, String)> {
    let differences = registered
        .into_iter()
        .map(|known| (known, difference(known, sent)));
    let (known, found) = differences.min_by_key(|(_, found)| found.distance)?;
    let words = match found.words.as_slice() {
        [] => "nothing that this server could name".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    Some((known, words))
}

/// Whether an address of the same host (or, for apps with a scheme of their own, the same scheme) is among the registered ones: as browsers
/// read addresses, because it is a browser that would go there.
pub(super) fn is_host_known<'a>(registered: impl IntoIterator<Item = &'a str>, sent: &str) -> bool {
    let owner = |uri: &str| {
        let url = Url::parse(uri).ok()?;
        match url.scheme() {
            "https" | "http" => url.host_str().map(ToOwned::to_owned),
            scheme => Some(format!("{scheme}:")),
        }
    };
    let sent = owner(sent);
    sent.is_some() && registered.into_iter().any(|known| owner(known) == sent)
}

/// Whether its query, if it has one, is that of one of the registered ones: a host may have a page that leads on to whatever its query names.
pub(super) fn is_query_known<'a>(
    registered: impl IntoIterator<Item = &'a str>,
    sent: &str,
) -> bool {
    let query = |uri: &'a str| uri.split_once('?').map(|(_, query)| query);
    match sent.split_once('?') {
        None => true,
        Some((_, sent)) => registered
            .into_iter()
            .any(|known| query(known) == Some(sent)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIFFERENCES: [(&str, &str); 12] = [
        (
            "https://app.example/Callback/",
            "a trailing slash, which it has and the registered one has not",
        ),
        (
            "http://app.example/Callback",
            "the scheme (http instead of https)",
        ),
        (
            "https://app.example:8443/Callback",
            "the port (8443 instead of 443)",
        ),
        (
            "https://app.example:443/Callback",
            "the usual port 443, which is written out",
        ),
        (
            "https://App.Example/Callback",
            "capital and small letters in the host",
        ),
        (
            "https://app.example/callback",
            "capital and small letters in the path",
        ),
        (
            "https://app.example/Call%62ack",
            "percent-encoding in the path",
        ),
        (
            "https://app.example/Callback?a=b",
            "a query (from the ? on)",
        ),
        (
            "https://app.example/Callback#x",
            "a fragment (from the # on), which is never allowed",
        ),
        (
            "https://evil.example/Callback",
            "the host (evil.example instead of app.example)",
        ),
        (
            "https://www.app.example/cb",
            "the host (www.app.example instead of app.example) and the path (/cb instead of /Callback)",
        ),
        (
            "https://a@app.example/Callback",
            "a user name before the host",
        ),
    ];

    #[test]
    fn the_difference_is_named() {
        let known = "https://app.example/Callback";
        for (sent, words) in DIFFERENCES {
            assert_eq!(
                nearest([known], sent),
                Some((known, words.to_owned())),
                "{sent}"
            );
        }
        let local = ["http://localhost:3000/cb", "https://app.example/cb/"];
        assert_eq!(
            nearest(local, "http://127.0.0.1:3000/cb"),
            Some((
                local[0],
                "the name of this computer (127.0.0.1 instead of localhost)".to_owned()
            ))
        );
        assert_eq!(
            nearest(local, "https://app.example/cb").map(|(_, words)| words),
            Some("a trailing slash, which the registered one has and it has not".to_owned())
        );
        assert_eq!(nearest([], known), None);
    }

    #[test]
    fn a_host_is_known_or_not() {
        let known = ["https://app.example/cb", "com.example.app:/cb"];
        for (sent, expected) in [
            ("https://app.example:8443/x", true),
            ("https://APP.example/x", true),
            ("https://app.example.evil.example/cb", false),
            ("https://app.example@evil.example/cb", false),
            ("https://evil.example/https://app.example/cb", false),
            ("https://evil.example\\@app.example/cb", false),
            ("https:///cb", false),
            ("com.example.app:/other", true),
            ("com.example.app2:/cb", false),
            ("javascript:alert(1)", false),
            ("", false),
        ] {
            assert_eq!(is_host_known(known, sent), expected, "{sent}");
        }
    }

    #[test]
    fn a_query_is_known_or_not() {
        let known = ["https://app.example/cb", "https://app.example/cb?tenant=1"];
        for (sent, expected) in [
            ("https://app.example/cb/", true),
            ("https://app.example/cb/?tenant=1", true),
            ("https://app.example/cb?", false),
            ("https://app.example/login?next=https://evil.example", false),
            ("https://app.example/cb?tenant=1&next=x", false),
        ] {
            assert_eq!(is_query_known(known, sent), expected, "{sent}");
        }
    }
}
