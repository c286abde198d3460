//! The rule as a table: who owns the scope, what is named, which roles there are.

use super::*;
use crate::app::ResourceKeys;
use crate::model::resource::admin_api;

/// A keeps `write` for editors and chiefs; B has it for everyone, and keeps `own` for chiefs.
fn registry() -> Registry {
    let resource = |uri: &str, scope: &str, kept: &[(&str, &[&str])]| {
        let words = |roles: &[&str]| roles.iter().map(|&role| role.to_owned()).collect();
        let kept = kept.iter();
        let resource = Resource {
            uri: uri.to_owned(),
            scope: Scopes::parse(scope).unwrap(),
            scope_roles: kept
                .map(|(name, roles)| ((*name).to_owned(), words(roles)))
                .collect(),
            token_roles: TokenRoles::All,
            ..admin_api("https://id.example")
        };
        let secret = None;
        (uri.to_owned(), ResourceKeys { resource, secret })
    };
    Registry {
        resources: [
            resource("a:", "read write", &[("write", &["editor", "chief"])]),
            resource("b:", "write own", &[("own", &["chief"])]),
        ]
        .into(),
        ..Registry::default()
    }
}

fn roles(text: &str) -> Vec<String> {
    text.split_whitespace().map(ToOwned::to_owned).collect()
}

#[test]
fn scopes_are_permitted_by_role() {
    let registry = registry();
    let asked = Scopes::parse("openid read write own").unwrap();
    for (named, have, expected) in [
        // None named: every owner has to permit it.
        ("", "", "openid read"),
        ("", "editor", "openid read write"),
        ("", "chief", "openid own read write"),
        ("", "Editor admin", "openid read"),
        // One named: it alone decides.
        ("a:", "editor", "openid read write"),
        ("b:", "", "openid read write"),
        ("b:", "editor", "openid read write"),
        ("b:", "chief", "openid own read write"),
        // Several named: one that permits it suffices.
        ("a: b:", "", "openid read write"),
        ("a: b:", "chief", "openid own read write"),
        // One that is not there any more names nobody.
        ("gone:", "", "openid read"),
    ] {
        let named = Resources::from(named.to_owned());
        let found = permitted(&registry, &named, &asked, &roles(have));
        assert_eq!(found.to_string(), expected, "{named} {have}");
        let rest = barred(&registry, &named, &asked, &roles(have));
        assert_eq!(rest, asked.minus(&found));
    }
}

#[test]
fn scopes_that_nobody_owns_are_for_everyone() {
    let asked = Scopes::parse("openid profile unowned").unwrap();
    let found = permitted(&registry(), &Resources::default(), &asked, &[]);
    assert_eq!(found, asked);
}

#[test]
fn a_resource_is_told_what_it_wants_to_hear() {
    let registry = registry();
    let have = roles("editor singer");
    let of = |token_roles| {
        let resource = registry.resources["a:"].resource.clone();
        let resource = Resource {
            token_roles,
            ..resource
        };
        told(Some(&resource), &have).map(|told| told.join(" "))
    };
    assert_eq!(of(TokenRoles::All).as_deref(), Some("editor singer"));
    assert_eq!(of(TokenRoles::Own).as_deref(), Some("editor"));
    assert_eq!(of(TokenRoles::None), None);
    assert_eq!(told(None, &have), Some(vec!["editor", "singer"]));
}
