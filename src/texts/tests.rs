//! Tags lead to languages; values are escaped and set apart; dates are written as the language does.

use super::{Language, Texts};
use chrono::{TimeZone, Utc};

#[test]
fn a_tag_leads_to_its_language() {
    for (tag, language) in [
        ("de-AT", Language::German),
        ("PT_br", Language::Portuguese),
        ("zh-CN", Language::ChineseSimplified),
        ("en", Language::English),
    ] {
        assert_eq!(Language::of_tag(tag), Some(language), "{tag}");
    }
    assert_eq!(Language::of_tag("tlh"), None);
    assert_eq!(
        Language::best(["tlh", "ja", "de"]),
        Some(Language::Japanese)
    );
}

#[test]
fn values_are_escaped_and_set_apart() {
    let message = Texts::default()
        .say("test-only")
        .with("app", "<b>&\u{202e}")
        .link("/account?a=1&b=\"");
    assert_eq!(
        message.to_string(),
        "See &lt;i&gt; <bdi>&lt;b&gt;&amp;\u{202e}</bdi> under <a href=\"/account?a=1&amp;b=&quot;\">Apps</a>."
    );
    assert_eq!(message.plain(), "See <i> <b>&\u{202e} under Apps.");
}

#[test]
fn a_value_that_looks_like_a_place_is_only_text() {
    let message = Texts::default()
        .say("test-only")
        .with("app", "\u{e000}0\u{e001}<a>");
    assert!(message.plain().contains("\u{e000}0\u{e001}<a>"));
}

#[test]
fn dates_are_written_as_the_language_does() {
    let at = Utc.with_ymd_and_hms(2027, 3, 5, 14, 7, 0).unwrap();
    assert_eq!(Texts::default().date(at), "5 March 2027");
    assert_eq!(Texts::default().date_time(at), "5 March 2027, 14:07 UTC");
}
