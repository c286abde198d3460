//! `placet user --claim`: the standard claims of people.

use serde_json::json;

use super::Placet;

#[test]
fn standard_claims_are_given_changed_and_taken_away() {
    let placet = Placet::new();
    let user = placet.json(&[
        "user",
        "add",
        "ada",
        "--claim",
        "given_name=Ada",
        "--claim",
        "website=https://ada.example/?a=b",
        "--claim",
        "phone_number=+442079460000",
        "--claim",
        "phone_number_verified=true",
        "--claim",
        "address.locality=London",
        "--claim",
        "address.country=GB",
    ]);
    let mut claims = json!({
        "given_name": "Ada", "website": "https://ada.example/?a=b", "phone_number": "+442079460000", "phone_number_verified": true,
        "address": { "locality": "London", "country": "GB" },
    });
    assert_eq!(user["claims"], claims);
    assert_eq!(placet.json(&["user", "show", "ada"])["claims"], claims);
    let user = placet.json(&[
        "user",
        "update",
        "ada",
        "--claim",
        "given_name=",
        "--claim",
        "phone_number=+442079460001",
        "--claim",
        "address.country=",
        "--claim",
        "birthdate=1815-12-10",
    ]);
    claims = json!({
        "website": "https://ada.example/?a=b", "phone_number": "+442079460001", "birthdate": "1815-12-10", "address": { "locality": "London" },
    });
    assert_eq!(user["claims"], claims, "a new number is not verified");
    assert_eq!(
        placet.json(&["user", "update", "ada", "--name", "Ada"])["claims"],
        claims,
        "what is not given stays"
    );
    let text = placet.text(&["user", "show", "ada"]);
    assert!(
        text.contains("address.locality=London; birthdate=1815-12-10; phone_number=+442079460001;"),
        "{text}"
    );
    let empty = placet.json(&[
        "user",
        "update",
        "ada",
        "--claim",
        "website=",
        "--claim",
        "phone_number=",
        "--claim",
        "birthdate=",
        "--claim",
        "address=",
    ]);
    assert_eq!(empty["claims"], json!({}));
    assert!(!placet.text(&["user", "show", "ada"]).contains("claims"));
}

#[test]
fn a_bad_claim_is_refused_by_its_name() {
    let placet = Placet::new();
    placet.json(&["user", "add", "ada"]);
    for (claim, line) in [
        ("email=ada@example.com", "email: give it with --email"),
        (
            "address=London",
            "address: give its members one by one, such as address.locality=London",
        ),
        (
            "birthdate=10.12.1815",
            "birthdate: it is written YYYY-MM-DD, 0000-MM-DD where the year is not told, or YYYY",
        ),
        (
            "picture=javascript:alert(1)",
            "picture: it is an http or https address of at most 2000 characters",
        ),
        (
            "phone_number_verified=true",
            "phone_number_verified: there is no phone number; give one with --claim phone_number=…",
        ),
        (
            "phone_number_verified=yes",
            "phone_number_verified: it is true or false",
        ),
    ] {
        placet.refuses(&["user", "update", "ada", "--claim", claim], 2, line);
        placet.refuses(&["user", "add", "eve", "--claim", claim], 2, line);
    }
    let done = placet.run(&["user", "update", "ada", "--claim", "nickname"]);
    assert_eq!(done.code, 2);
    assert!(
        done.stderr
            .contains("it is written NAME=VALUE, such as nickname=Ada"),
        "{}",
        done.stderr
    );
    let done = placet.run(&["user", "update", "ada", "--claim", "shoe_size=42"]);
    assert!(
        done.stderr
            .starts_with("error: claim: \"shoe_size\" is not one of given_name, "),
        "{}",
        done.stderr
    );
    assert_eq!(placet.json(&["user", "show", "ada"])["claims"], json!({}));
    assert_eq!(placet.json(&["user", "list"]).as_array().unwrap().len(), 1);
}
