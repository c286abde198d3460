//! `placet explain`.

use super::Placet;

#[test]
fn nothing_to_explain_says_so() {
    let placet = Placet::new();
    placet.refuses(
        &["explain", "abc"],
        1,
        "there is no refused request \"abc\"",
    );
    placet.refuses(
        &["explain", "not an id"],
        1,
        "there is no refused request \"not an id\"",
    );
    assert_eq!(
        placet.text(&["explain", "--client", "web", "--since", "1h"]),
        "nothing was refused, as far as it is remembered\n"
    );
    assert_eq!(
        placet.json(&["explain", "--client", "web"]),
        serde_json::json!([])
    );
    assert_eq!(placet.run(&["explain"]).code, 2);
    assert_eq!(placet.run(&["explain", "abc", "--client", "web"]).code, 2);
    assert_eq!(placet.run(&["explain", "abc", "--since", "1h"]).code, 2);
}
