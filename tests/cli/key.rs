//! `placet key`.

use chrono::{DateTime, TimeDelta, Utc};
use placet::clock::Clock;
use serde_json::{Value, json};

use super::{Placet, text_of};

/// `alg state` of each key, in order.
fn states(keys: &Value) -> Vec<String> {
    let keys = keys.as_array().unwrap();
    let mut states: Vec<String> = keys
        .iter()
        .map(|key| format!("{} {}", text_of(key, "alg"), text_of(key, "state")))
        .collect();
    states.sort();
    states
}

fn instant(key: &Value, name: &str) -> DateTime<Utc> {
    text_of(key, name).parse().unwrap()
}

#[test]
fn a_new_installation_has_a_key_for_each_default() {
    let placet = Placet::made();
    assert_eq!(
        states(&placet.json(&["key", "list"])),
        ["ES256 current", "RS256 current"]
    );
    let text = placet.text(&["key", "list"]);
    assert!(
        text.starts_with("ALG    STATE    SIGNS FROM            PUBLISHED UNTIL  KID\n"),
        "{text}"
    );
}

#[test]
fn a_rotation_publishes_the_new_key_before_it_signs() {
    // S132
    let placet = Placet::made();
    let made = placet.json(&["key", "rotate", "--alg", "ES256"]);
    assert_eq!(states(&made), ["ES256 next"]);
    let waits = instant(&made[0], "activates_at") - Clock::system().now();
    assert!(
        waits > TimeDelta::minutes(9) && waits <= TimeDelta::minutes(10),
        "{waits}"
    );
    let all = placet.json(&["key", "list"]);
    assert_eq!(
        states(&all),
        ["ES256 current", "ES256 next", "RS256 current"]
    );
    // The old one stays for as long as any token may live, which is a day; and a minute.
    let old = all
        .as_array()
        .unwrap()
        .iter()
        .find(|key| key["alg"] == "ES256" && key["state"] == "current")
        .unwrap();
    assert_eq!(
        instant(old, "expires_at") - instant(&made[0], "activates_at"),
        TimeDelta::minutes(24 * 60 + 1)
    );
}

#[test]
fn the_old_key_outlives_the_longest_token_of_its_algorithm() {
    let placet = Placet::made();
    placet.json(&[
        "resource",
        "add",
        "https://slow.example",
        "--alg",
        "RS256",
        "--access-ttl",
        "24h",
    ]);
    placet.json(&["key", "rotate", "--now"]);
    for key in placet
        .json(&["key", "list"])
        .as_array()
        .unwrap()
        .iter()
        .filter(|key| key["state"] == "retired")
    {
        let left = instant(key, "expires_at") - Clock::system().now();
        assert_eq!(left.num_hours(), 24, "{key}");
    }
}

#[test]
fn with_now_it_signs_at_once_and_a_waiting_key_does_not_take_over_later() {
    let placet = Placet::made();
    let waiting = placet.json(&["key", "rotate", "--alg", "ES256"]);
    let made = placet.json(&["key", "rotate", "--alg", "ES256", "--now"]);
    assert_eq!(states(&made), ["ES256 current"]);
    let all = placet.json(&["key", "list"]);
    assert_eq!(
        states(&all),
        ["ES256 current", "ES256 retired", "RS256 current"]
    );
    assert!(
        all.as_array()
            .unwrap()
            .iter()
            .all(|key| key["kid"] != waiting[0]["kid"])
    );
    assert_eq!(
        states(&placet.json(&["key", "rotate", "--now"])),
        ["ES256 current", "RS256 current"],
        "all that are in use"
    );
}

#[test]
fn rotations_may_follow_one_another() {
    let placet = Placet::made();
    placet.json(&["key", "rotate", "--alg", "ES256"]);
    placet.json(&["key", "rotate", "--alg", "ES256"]);
    let all = placet.json(&["key", "list"]);
    assert_eq!(
        states(&all),
        ["ES256 current", "ES256 next", "ES256 next", "RS256 current"]
    );
    let open = all
        .as_array()
        .unwrap()
        .iter()
        .filter(|key| key["alg"] == "ES256" && key["expires_at"].is_null());
    assert_eq!(open.count(), 1, "only the last has no end");
}

#[test]
fn a_key_goes_at_once_unless_it_signs() {
    let placet = Placet::made();
    let kid = |state: &str| {
        let all = placet.json(&["key", "list"]);
        let mut found = all.as_array().unwrap().iter();
        let key = found.find(|key| key["alg"] == "ES256" && key["state"] == state);
        text_of(key.unwrap(), "kid").to_owned()
    };
    let leaked = kid("current");
    let line = format!(
        "the key {leaked:?} cannot go: it signs; make another sign first: placet key rotate --now --alg ES256"
    );
    placet.refuses(&["key", "remove", &leaked], 1, &line);
    placet.json(&["key", "rotate", "--alg", "ES256", "--now"]);
    assert_eq!(
        placet.json(&["key", "remove", &leaked]),
        json!({ "kid": leaked, "removed": true })
    );
    assert_eq!(
        states(&placet.json(&["key", "list"])),
        ["ES256 current", "RS256 current"]
    );
    let line = format!("there is no key {leaked:?}; see `placet key list`");
    placet.refuses(&["key", "remove", &leaked], 1, &line);
    placet.json(&["key", "rotate", "--alg", "ES256"]);
    let next = kid("next");
    assert_eq!(
        placet.text(&["key", "remove", &next]),
        format!(
            "removed {next}; APIs that hold an older key set believe it for up to 300 s more\n"
        )
    );
    let left = placet.json(&["key", "list"]);
    assert!(
        left.as_array()
            .unwrap()
            .iter()
            .all(|key| key["expires_at"].is_null())
    );
}

#[test]
fn bad_values_are_refused() {
    let placet = Placet::made();
    placet.refuses(
        &["key", "rotate", "--alg", "EdDSA"],
        1,
        "there is no key for \"EdDSA\"; see `placet key list`",
    );
    placet.refuses(
        &["key", "rotate", "--alg", "HS256"],
        2,
        "alg: HS256 secrets belong to their resources; remove the resource and add it anew",
    );
    placet.refuses(
        &["key", "rotate", "--alg", "RS1"],
        2,
        "invalid value 'RS1' for '--alg <ALG>': RS1 is not one of ES256, RS256, PS256, EdDSA, HS256 (--help tells more)",
    );
}
