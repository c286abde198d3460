//! Finds the paths in a Rust file: what `use` brings in and what is written out in place. Comments and strings are left out.

/// A piece of source: a word, `::`, or a single other character; and its line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token<'a> {
    text: &'a str,
    line: usize,
}

/// Every path with its line; those of ours start with `crate`, whether written with `crate`, `self` or `super`.
pub(crate) fn paths(text: &str, module: &[String]) -> Vec<(usize, Vec<String>)> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    // The module that a line is in, and at which depth of braces each inline `mod` began.
    let (mut inside, mut depth, mut began) = (module.to_vec(), 0_usize, Vec::new());
    let mut index = 0;
    while index < tokens.len() {
        let text = tokens[index].text;
        let next = |ahead: usize| tokens.get(index + ahead).map_or("", |token| token.text);
        match text {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                if began.last() == Some(&depth) {
                    began.pop();
                    inside.pop();
                }
            }
            "mod" if next(2) == "{" => {
                inside.push(next(1).to_owned());
                began.push(depth);
            }
            // `impl use<'a>` is no import.
            "use" if next(1) != "<" => {
                let mut at = index + 1;
                let mut leaves = Vec::new();
                tree(&tokens, &mut at, &[], &mut leaves);
                found.extend(
                    leaves
                        .into_iter()
                        .map(|(line, path)| (line, resolve(&path, &inside))),
                );
                index = at;
                continue;
            }
            word if is_word(word) && next(1) == "::" && !follows_path(&tokens, index) => {
                let mut path = vec![word];
                let mut at = index + 1;
                while let [separator, segment, ..] = &tokens[at..]
                    && separator.text == "::"
                    && is_word(segment.text)
                {
                    path.push(segment.text);
                    at += 2;
                }
                found.push((tokens[index].line, resolve(&path, &inside)));
                index = at;
                continue;
            }
            _ => {}
        }
        index += 1;
    }
    found
}

/// Whether what stands there goes on a path that began before, as `now` in `<X>::now`; a leading `::` does not.
fn follows_path(tokens: &[Token<'_>], index: usize) -> bool {
    let before = |back: usize| index.checked_sub(back).map_or("", |at| tokens[at].text);
    let is_arrow = matches!(before(3), "-" | "=");
    before(1) == "::" && (is_word(before(2)) || (before(2) == ">" && !is_arrow))
}

/// One branch of a `use` tree: `a::{b, c as d, e::*}` gives `a::b`, `a::c`, `a::e::*`.
fn tree<'a>(
    tokens: &[Token<'a>],
    at: &mut usize,
    prefix: &[&'a str],
    leaves: &mut Vec<(usize, Vec<&'a str>)>,
) {
    let mut path = prefix.to_vec();
    let line = tokens.get(*at).map_or(0, |token| token.line);
    while let Some(token) = tokens.get(*at) {
        *at += 1;
        match token.text {
            "::" => {}
            "{" => {
                while tokens.get(*at).is_some_and(|token| token.text != "}") {
                    tree(tokens, at, &path, leaves);
                    if tokens.get(*at).is_some_and(|token| token.text == ",") {
                        *at += 1;
                    }
                }
                *at += 1;
                return;
            }
            // The new name is no part of the path.
            "as" => *at += 1,
            "," | "}" | ";" => {
                *at -= 1;
                break;
            }
            segment => path.push(segment),
        }
    }
    if tokens.get(*at).is_some_and(|token| token.text == ";") && prefix.is_empty() {
        *at += 1;
    }
    if !path.is_empty() {
        leaves.push((line, path));
    }
}

/// The path from the root of the crate where it starts with `crate`, `self` or `super`, else as it is.
fn resolve(path: &[&str], inside: &[String]) -> Vec<String> {
    let mut base = match path.first() {
        Some(&"self" | &"super") => inside.to_vec(),
        _ => return path.iter().map(|segment| (*segment).to_owned()).collect(),
    };
    let mut rest = path.iter();
    for segment in rest.by_ref() {
        match *segment {
            "self" => {}
            "super" => drop(base.pop()),
            other => {
                base.push(other.to_owned());
                break;
            }
        }
    }
    base.extend(rest.map(|segment| (*segment).to_owned()));
    base.insert(0, "crate".to_owned());
    base
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let (length, is_token) = piece(rest, first);
        let piece;
        (piece, rest) = rest.split_at(length);
        if is_token {
            tokens.push(Token { text: piece, line });
        }
        line += piece.matches('\n').count();
    }
    tokens
}

/// The length of the next piece, and whether it counts.
fn piece(rest: &str, first: char) -> (usize, bool) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return (comment(rest), false);
    }
    if let Some(length) = string(rest) {
        return (length, false);
    }
    if first.is_alphanumeric() || first == '_' {
        let length = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        return (length, !first.is_ascii_digit());
    }
    if rest.starts_with("::") {
        return (2, true);
    }
    (first.len_utf8(), !first.is_whitespace())
}

/// Block comments nest.
fn comment(rest: &str) -> usize {
    let (mut at, mut depth) = (2, 1);
    while depth > 0 && at < rest.len() {
        let here = &rest.as_bytes()[at..];
        let step = match here {
            [b'/', b'*', ..] => 1,
            [b'*', b'/', ..] => -1,
            _ => 0,
        };
        depth += step;
        at += if step == 0 { 1 } else { 2 };
    }
    at
}

/// The length of a string, character or lifetime; `None` where there is none.
fn string(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let prefix = ["br", "cr", "b", "c", "r"].into_iter().find(|prefix| {
        let after = rest
            .strip_prefix(prefix)
            .unwrap_or_default()
            .trim_start_matches('#');
        rest.starts_with(prefix) && after.starts_with('"')
    });
    let prefix = prefix.unwrap_or(if rest.starts_with("b'") { "b" } else { "" });
    let at = prefix.len();
    if prefix.ends_with('r') {
        let hashes = rest[at..].len() - rest[at..].trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(hashes));
        let start = at + hashes + 1;
        return Some(
            rest[start..]
                .find(&end)
                .map_or(rest.len(), |found| start + found + end.len()),
        );
    }
    match bytes.get(at)? {
        b'"' => Some(quoted(bytes, at + 1, b'"')),
        b'\'' => {
            let mut after = rest[at + 1..].chars();
            let (one, two) = (after.next()?, after.next());
            // 'a' and '\n' are characters, 'a without an end is a lifetime.
            let is_character = one == '\\' || two == Some('\'');
            Some(if is_character {
                quoted(bytes, at + 1, b'\'')
            } else {
                at + 1 + one.len_utf8()
            })
        }
        _ => None,
    }
}

/// The end of what is quoted, after `at`.
fn quoted(bytes: &[u8], mut at: usize, quote: u8) -> usize {
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::paths;

    fn found(text: &str) -> Vec<String> {
        let module = ["oauth".to_owned(), "token".to_owned()];
        paths(text, &module)
            .into_iter()
            .map(|(line, path)| format!("{line} {}", path.join("::")))
            .collect()
    }

    #[test]
    fn use_lines_are_read() {
        assert_eq!(found("use a;"), ["1 a"]);
        assert_eq!(found("pub(crate) use a::b as c;"), ["1 a::b"]);
        assert_eq!(found("use ::a::b;"), ["1 a::b"]);
        assert_eq!(
            found("\nuse a::{\n  b,\n  c::{d, self},\n  e::*,\n};\nf::g()"),
            ["3 a::b", "4 a::c::d", "4 a::c::self", "5 a::e::*", "7 f::g"]
        );
        assert_eq!(found("use {a::b, c};"), ["1 a::b", "1 c"]);
        assert_eq!(
            found("use crate::x; use self::y; use super::z; use super::super::w;"),
            [
                "1 crate::x",
                "1 crate::oauth::token::y",
                "1 crate::oauth::z",
                "1 crate::w"
            ]
        );
    }

    #[test]
    fn inline_paths_are_read() {
        assert_eq!(
            found("fn f(x: a::B<c::D>) -> ::e::F { <g::H as i::J>::k(l::m::<n::O>()) }"),
            [
                "1 a::B", "1 c::D", "1 e::F", "1 g::H", "1 i::J", "1 l::m", "1 n::O"
            ]
        );
        assert_eq!(
            found("#[derive(a::B)] $crate::c::d! { e::f }"),
            ["1 a::B", "1 crate::c::d", "1 e::f"]
        );
        assert_eq!(found("fn f() -> impl X + use<'a> { a::b() }"), ["1 a::b"]);
        assert_eq!(found("a.b(c); d: e; if x < 1 { 2..3 }"), [""; 0]);
    }

    #[test]
    fn inline_modules_count_for_super() {
        assert_eq!(
            found(
                "mod t { use super::*; mod u { use super::super::a; } fn f() { super::b() } } super::c()"
            ),
            [
                "1 crate::oauth::token::*",
                "1 crate::oauth::token::a",
                "1 crate::oauth::token::b",
                "1 crate::oauth::c"
            ]
        );
    }

    #[test]
    fn comments_strings_and_lifetimes_are_left_out() {
        for text in [
            "// a::b",
            "/* a::b /* c::d */ e::f */",
            "\"a::b \\\" c::d\"",
            "r\"a::b\\\"",
            "r##\"a::b\"# c::d\"##",
            "b\"a::b\" c\"a::b\" br#\"a::b\"#",
            "'\"' b'\\'' '\\\\'",
            "//! use a::b;",
        ] {
            assert_eq!(
                found(&format!("{text}\nx::y"))
                    .last()
                    .map(|path| &path[2..]),
                Some("x::y"),
                "{text}"
            );
            assert_eq!(found(text), [""; 0], "{text}");
        }
        assert_eq!(found("fn f<'a>(x: &'a b::C, y: '\u{e9}')"), ["1 b::C"]);
    }
}
