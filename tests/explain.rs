//! Every reason that the sources refuse a request for has an explanation, and no explanation has lost its reason.

use std::collections::BTreeSet;

use placet::admin::explain::rules;

use crate::support::sources;

/// What makes an error of its first text; not `invalid_client_metadata` and `invalid_redirect_uri`, which are explained by their codes.
const MAKERS: [&str; 17] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "unsupported_response_type",
    "invalid_scope",
    "invalid_target",
    "access_denied",
    "invalid_request_uri",
    "invalid_request_object",
    "invalid_token",
    "insufficient_scope",
    "Error::new",
    "Decision::Refuse",
    "bad",
    "fault",
];

/// Texts that come from elsewhere: the argument as it is written, and where its texts are found. Another one needs a look first.
const FROM_ELSEWHERE: [&str; 3] = [
    // The text of the function around, whose callers are read.
    "reason",
    "code, reason",
    // `NoCallback` and `ScopeError`, whose texts are read below.
    "error.to_string()",
];

/// A maker with its literals in one file.
struct Reason {
    file: String,
    text: String,
}

#[test]
fn every_reason_is_explained() {
    let reasons = reasons();
    assert!(reasons.len() > 120, "only {} found", reasons.len());
    let known: BTreeSet<&str> = rules::all().map(|rule| rule.reason).collect();
    let missing: Vec<String> = reasons
        .iter()
        .filter(|reason| !known.contains(reason.text.as_str()))
        .map(|reason| format!("{}: {:?}", reason.file, reason.text))
        .collect();
    assert!(
        missing.is_empty(),
        "give these an entry in src/admin/explain/rules:\n{}",
        missing.join("\n")
    );
    let written: BTreeSet<&str> = reasons.iter().map(|reason| reason.text.as_str()).collect();
    let lost: Vec<&&str> = known.difference(&written).collect();
    assert!(
        lost.is_empty(),
        "nothing is refused for these any more: {lost:#?}"
    );
    assert_eq!(
        known.len(),
        rules::all().count(),
        "a reason has two entries"
    );
}

fn reasons() -> Vec<Reason> {
    let mut found = Vec::new();
    for (file, text) in sources::read() {
        let is_read = file.starts_with("oauth/")
            || file.starts_with("http/endpoints/")
            || file.starts_with("http/pages/")
            || file.starts_with("identity/upstream/")
            || [
                "http/body.rs",
                "http/respond.rs",
                "keys/jwt.rs",
                "model/scope.rs",
            ]
            .contains(&&*file);
        let is_test = file.ends_with("_tests.rs") || file == "oauth/error.rs";
        if !is_read || is_test {
            continue;
        }
        let text = without_comments_and_tests(&text);
        for text in texts(&file, &text) {
            found.push(Reason {
                file: file.clone(),
                text,
            });
        }
    }
    found
}

/// The reasons of one file, what differs in them as `*`.
fn texts(file: &str, text: &str) -> Vec<String> {
    let mut found = of_providers(file, text);
    // What a registration's members are refused for is explained by its code.
    let is_registration = file.starts_with("oauth/register/");
    for maker in MAKERS {
        if maker == "fault" && is_registration {
            continue;
        }
        for argument in arguments(text, &format!("{maker}(")) {
            let literals = literals(&argument);
            let Some(first) = literals.first() else {
                let is_known = FROM_ELSEWHERE.contains(&argument.trim().trim_end_matches(','));
                assert!(
                    is_known,
                    "src/{file}: {maker}({argument}) has no text that can be read"
                );
                continue;
            };
            found.push(match maker {
                "fault" => format!("client_assertion: {}", pattern(first)),
                _ => pattern(first),
            });
        }
    }
    for after in text.split("technical: \"").skip(1) {
        found.push(pattern(&literals(&format!("\"{after}"))[0]));
    }
    // Refusals that are chosen among texts, and errors that are said again.
    for (place, mark, before) in [
        ("oauth/authorize/decision.rs", "let reason = if", ""),
        (
            "http/endpoints/authorize.rs",
            "let (what, technical, client) = match stale",
            "",
        ),
        ("http/respond.rs", "reason: \"", ""),
        ("oauth/redirect_uri.rs", "pub enum NoCallback", ""),
        ("model/scope.rs", "pub enum ScopeError", ""),
        ("keys/jwt.rs", "pub enum JwtError", "client_assertion: "),
    ] {
        if place == file {
            found.extend(
                marked(text, mark)
                    .into_iter()
                    .map(|text| format!("{before}{text}")),
            );
        }
    }
    found.retain(|text| !is_no_reason(text));
    found
}

/// Why a sign-in with an account elsewhere comes to nothing.
fn of_providers(file: &str, text: &str) -> Vec<String> {
    if !file.contains("/upstream/") {
        return Vec::new();
    }
    let first = |text: &str| literals(text).first().map(|text| pattern(text));
    let mut found = Vec::new();
    for call in ["Failure::untrusted(", "Failure::told("] {
        found.extend(arguments(text, call).iter().filter_map(|it| first(it)));
    }
    let fetched = arguments(text, "Failure::fetch(");
    found.extend(fetched.iter().filter_map(|it| Some(first(it)? + ": *")));
    let said = text.split("let reason =").skip(1);
    found.extend(said.filter_map(|rest| first(rest.split(';').next()?)));
    for (place, mark) in [
        ("identity/upstream/account.rs", "fn reason(self)"),
        (
            "http/pages/upstream/problem.rs",
            "fn told(&self, takes_anybody: bool)",
        ),
    ] {
        if place == file {
            // Ids of texts have no blank.
            let texts = marked(text, mark);
            found.extend(texts.into_iter().filter(|text| text.contains(' ')));
        }
    }
    found
}

/// The texts from a mark to the end of its statement.
fn marked(text: &str, mark: &str) -> Vec<String> {
    let Some(at) = text.find(mark) else {
        panic!("{mark:?} is no longer there: see where its texts went");
    };
    if mark.ends_with('"') {
        return vec![pattern(&literals(&text[at + mark.len() - 1..])[0])];
    }
    let rest = &text[at..];
    let end = rest
        .find("\n}\n")
        .into_iter()
        .chain(rest.find("};\n"))
        .min();
    literals(&rest[..end.unwrap_or(rest.len())])
        .iter()
        // Of the pages' words only the technical one is a reason; the others are ids of texts.
        .filter(|text| !text.starts_with("problem-"))
        .map(|text| pattern(text))
        .collect()
}

/// Pages that are not remembered, and what only signing says.
fn is_no_reason(text: &str) -> bool {
    [
        "404 not found",
        "sign_up.mode does not allow it",
        "client_assertion: the token could not be signed",
    ]
    .contains(&text)
}

fn without_comments_and_tests(text: &str) -> String {
    let text = text
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// What stands in the parentheses of each call, not of the function's own definition.
fn arguments(text: &str, call: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(call) {
        let before = &text[..at];
        let is_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        if is_word || before.trim_end().ends_with("fn") {
            continue;
        }
        let rest = &text[at + call.len()..];
        found.push(rest[..closing(rest)].to_owned());
    }
    found
}

/// Where the parenthesis that is open at the start is closed.
fn closing(text: &str) -> usize {
    let (mut depth, mut is_text, mut is_escaped) = (1, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_text => is_escaped = true,
            '"' => is_text = !is_text,
            '(' if !is_text => depth += 1,
            ')' if !is_text => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The string literals in a piece of source, unescaped.
fn literals(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '"' {
            continue;
        }
        let mut literal = String::new();
        while let Some(c) = chars.next() {
            match c {
                '"' => break,
                '\\' => literal.extend(chars.next()),
                c => literal.push(c),
            }
        }
        found.push(literal);
    }
    found
}

/// `scope {name} is not` → `scope * is not`.
fn pattern(literal: &str) -> String {
    let mut text = String::new();
    let mut is_inside = false;
    for c in literal.chars() {
        match c {
            '{' => {
                is_inside = true;
                text.push('*');
            }
            '}' => is_inside = false,
            c if !is_inside => text.push(c),
            _ => {}
        }
    }
    text
}
