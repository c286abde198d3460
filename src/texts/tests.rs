//! Tags lead to languages; values are escaped and set apart; dates are written as the language does.

use super::{Language, Texts};
use chrono::{TimeZone, Utc};

#[test]
fn a_tag_leads_to_its_language() {
    for (tag, language) in [
        ("de-AT", Language::German),
        ("PT_br", Language::Portuguese),
        ("zh-CN", Language::ChineseSimplified),
        ("zh", Language::ChineseSimplified),
        ("zh-Hans-HK", Language::ChineseSimplified),
        ("zh_hans_TW", Language::ChineseSimplified),
        ("ja-Jpan-JP", Language::Japanese),
        ("en", Language::English),
    ] {
        assert_eq!(Language::of_tag(tag), Some(language), "{tag}");
    }
    // Whoever reads traditional characters is better served by the next language of theirs.
    for none in [
        "tlh",
        "",
        "*",
        "zh-TW",
        "zh-HK",
        "zh_MO",
        "zh-Hant",
        "ZH-hant-CN",
    ] {
        assert_eq!(Language::of_tag(none), None, "{none}");
    }
    assert_eq!(
        Language::best(["tlh", "ja", "de"]),
        Some(Language::Japanese)
    );
}

// RFC 9110 §12.4.2, §12.5.4
#[test]
fn a_header_leads_to_the_best_of_its_languages() {
    use Language::{Arabic, French, German, Japanese};
    for (header, language) in [
        ("de", Some(German)),
        ("en;q=0.1, de", Some(German)),
        ("tlh, de-AT;q=0.5, fr;q=0.9", Some(French)),
        ("fr;q=0.5,de;q=0.5", Some(French)),
        ("fr;q=0, de;q=0.001", Some(German)),
        ("fr;q=0", None),
        ("fr;q=0.000, *", None),
        ("\u{1f600}, d\u{e9}, ---, de-, ar", Some(German)),
        (
            "fr;q=high, fr;q=7, fr;q=-1, fr;q=NaN, ja;q=0.2",
            Some(Japanese),
        ),
        ("zh-TW, zh-HK;q=0.9, ja;q=0.8", Some(Japanese)),
        ("fr ; x=1 ; Q = 0.3 ,ar;q=1.0", Some(Arabic)),
        (",,;,=,;q=1", None),
        ("", None),
        ("*", None),
    ] {
        assert_eq!(Language::of_header(header), language, "{header}");
    }
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
