//! What values claims may have, and how changes are applied.

use serde_json::{Map, json};

use super::{apply, check, scope_of};

/// A claim, values that it may have, and values that it may not.
type Form = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const FORMS: [Form; 9] = [
    (
        "given_name",
        &["Ada", "Zoë 🦀"],
        &[" ", "a\nb", "a\u{202e}b"],
    ),
    (
        "birthdate",
        &["1815-12-10", "0000-02-29", "1815"],
        &[
            "1815-2-1",
            "1815-13-01",
            "1999-02-29",
            "0000",
            "10.12.1815",
            "+815-12-10",
        ],
    ),
    (
        "website",
        &["https://ada.example/~a?b=c", "http://x"],
        &["javascript:alert(1)", "ada.example", "https://a b"],
    ),
    (
        "zoneinfo",
        &["Europe/London", "Etc/GMT+1", "UTC"],
        &["../etc/passwd", "Europe London", "1"],
    ),
    (
        "locale",
        &["en-GB", "de", "zh_Hant"],
        &["e", "en GB", "-en"],
    ),
    (
        "phone_number",
        &[
            "+442079460000",
            "+1 (425) 555-1212",
            "+1 (604) 555-1234;ext=5678",
        ],
        &[
            "020 7946 0000",
            "+12",
            "+1234567890123456",
            "+44x2079460000",
            "+442079460000;ext=",
            "+(44)2079460000",
        ],
    ),
    ("phone_number_verified", &["true", "false"], &["yes", "1"]),
    (
        "address.street_address",
        &["12 St James's Square\nTop floor"],
        &["a\u{0}b"],
    ),
    ("address.locality", &["London"], &["Lon\ndon"]),
];

#[test]
fn each_kind_of_value_has_its_form() {
    for (name, good, bad) in FORMS {
        for text in good {
            let (known, value) = check(name, text).unwrap();
            assert_eq!((known, value.is_some()), (name, true), "{text}");
        }
        for text in bad {
            assert_eq!(check(name, text).unwrap_err().name, name, "{text}");
        }
        assert_eq!(check(name, "").unwrap(), (name, None));
        let long = "x".repeat(3000);
        assert!(check(name, &long).is_err(), "{name}");
    }
}

#[test]
fn what_is_kept_elsewhere_or_not_at_all_says_so() {
    for (name, line) in [
        ("name", "name: give it with --name"),
        ("email", "email: give it with --email"),
        ("sub", "sub: it is the person's id, and never changes"),
        (
            "address",
            "address: give its members one by one, such as address.locality=London",
        ),
    ] {
        assert_eq!(check(name, "x").unwrap_err().to_string(), line);
    }
    let line = check("shoe_size", "42").unwrap_err().to_string();
    assert!(
        line.starts_with("claim: \"shoe_size\" is not one of given_name, "),
        "{line}"
    );
    assert_eq!(check("address", "").unwrap(), ("address", None));
}

#[test]
fn changes_are_applied_one_by_one() {
    let mut stored = Map::new();
    let change = |list: &[(&str, &str)]| -> Vec<_> {
        list.iter()
            .map(|(name, text)| check(name, text).unwrap())
            .collect()
    };
    apply(
        &mut stored,
        &change(&[
            ("phone_number_verified", "true"),
            ("phone_number", "+442079460000"),
            ("address.locality", "London"),
            ("address.country", "UK"),
        ]),
    );
    assert_eq!(
        json!(stored),
        json!({ "phone_number": "+442079460000", "phone_number_verified": true, "address": { "locality": "London", "country": "UK" } })
    );
    apply(
        &mut stored,
        &change(&[("phone_number", "+442079460001"), ("address.country", "")]),
    );
    assert_eq!(
        json!(stored),
        json!({ "phone_number": "+442079460001", "address": { "locality": "London" } })
    );
    apply(
        &mut stored,
        &change(&[("phone_number_verified", "true"), ("address.locality", "")]),
    );
    assert_eq!(
        json!(stored),
        json!({ "phone_number": "+442079460001", "phone_number_verified": true })
    );
    apply(&mut stored, &change(&[("phone_number", "")]));
    assert_eq!(json!(stored), json!({}));
}

#[test]
fn each_claim_belongs_to_a_scope() {
    for (name, scope) in [
        ("name", Some("profile")),
        ("roles", Some("profile")),
        ("email_verified", Some("email")),
    ] {
        assert_eq!(scope_of(name), scope);
    }
    for none in ["sub", "acr", "name#de", "address.locality", ""] {
        assert_eq!(scope_of(none), None);
    }
}
