//! Every reason for which this server refuses a request: the rule in one line, where it stands, and the mend. A test reads the sources and fails
//! where a reason has no entry here.
//!
//! A `*` in a reason stands for what differs from request to request, such as the name of a parameter.

mod authorize;
mod client;
mod pages;
mod registration;
mod token;
mod upstream;

/// What is worth a look at what is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Nothing,
    RedirectUri,
    PostLogoutRedirectUri,
    ClientId,
    Scope,
    Resource,
    GrantType,
    ResponseType,
    Secret,
    Method,
    Verifier,
    Code,
    Assertion,
    RequestUri,
}

/// One reason, and what is to be said of it.
#[derive(Debug)]
pub struct Rule {
    /// The server's own words; `*` stands for anything.
    pub reason: &'static str,
    pub(super) look: Look,
    /// The rule, in one line.
    pub name: &'static str,
    pub source: &'static str,
    /// What whoever runs the app or this server can do.
    pub mend: &'static str,
}

/// `LOOK "reason" => "rule", "source", "mend";`
macro_rules! rules {
    ($($look:ident $reason:literal => $name:literal, $source:literal, $mend:literal;)*) => {
        &[$($crate::admin::explain::rules::Rule {
            reason: $reason,
            look: $crate::admin::explain::rules::Look::$look,
            name: $name,
            source: $source,
            mend: $mend,
        }),*]
    };
}
use rules;

/// What is said where a code says all that there is to say.
const BY_CODE: &[(&str, Rule)] = &[
    (
        "invalid_client_metadata",
        Rule {
            reason: "*",
            look: Look::Nothing,
            name: "What a client registers must follow the rules of its metadata.",
            source: "RFC 7591 §2, §3.2.2",
            mend: "The words before the colon name the member of the request, those after it what is wrong with it: change that and send the registration again.",
        },
    ),
    (
        "invalid_redirect_uri",
        Rule {
            reason: "*",
            look: Look::Nothing,
            name: "A redirect URI that is registered must be one that is safe to send codes to.",
            source: "RFC 7591 §3.2.2, RFC 9700 §4.1",
            mend: "Use https, or http on localhost, 127.0.0.1 or [::1] alone, or for native apps a private-use scheme with a dot in it; no fragment, no wildcard.",
        },
    ),
    (
        "server_error",
        Rule {
            reason: "*",
            look: Look::Nothing,
            name: "The server itself failed; the request may have been right.",
            source: "RFC 6749 §4.1.2.1",
            mend: "Look for this id in the server's log, where the cause stands, and run `placet doctor`.",
        },
    ),
];

/// Where nothing fits: a refusal of another version of this server.
static UNKNOWN: Rule = Rule {
    reason: "*",
    look: Look::Nothing,
    name: "This version of the server does not know the reason.",
    source: "RFC 6749 §5.2",
    mend: "The reason stands in the server's own words; the log may tell more under the same id.",
};

/// All tables, one after another.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [
        authorize::RULES,
        client::RULES,
        token::RULES,
        registration::RULES,
        pages::RULES,
        upstream::RULES,
    ]
    .into_iter()
    .flatten()
}

/// The rule of that reason: of several that fit, the one that says most.
pub fn find(code: &str, reason: &str) -> &'static Rule {
    // The same words may stand in a member of metadata.
    if let Some((_, rule)) = BY_CODE.iter().find(|(known, _)| *known == code) {
        return rule;
    }
    all()
        .filter(|rule| fits(rule.reason, reason))
        .max_by_key(|rule| rule.reason.len())
        .unwrap_or(&UNKNOWN)
}

/// Whether a reason has the form of the pattern.
fn fits(pattern: &str, reason: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| reason.strip_prefix(first)) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit() {
        for (pattern, reason, expected) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("* b", "x b", true),
            ("a * c", "a b c", true),
            ("a * c", "a b d", false),
            ("a (*): *", "a (b): c", true),
            ("a *", "b", false),
            ("*", "", true),
        ] {
            assert_eq!(fits(pattern, reason), expected, "{pattern} {reason}");
        }
    }

    #[test]
    fn every_entry_is_found_by_its_own_words() {
        for rule in all() {
            let found = find("invalid_request", rule.reason);
            assert_eq!(found.reason, rule.reason);
            for text in [rule.name, rule.source, rule.mend] {
                assert!(!text.is_empty(), "{}", rule.reason);
            }
        }
    }
}
