//! `placet explain`.

use super::Placet;
use super::serve::Running;

// A refusal of a moment ago is written before the server ends; the screen tells it, its mend and no secret (S179).
#[tokio::test]
async fn a_refusal_of_the_server_is_explained_and_mended() {
    let placet = Placet::serving();
    let sent = "https://app.example/callback/";
    placet.text(&[
        "client",
        "add",
        "--id",
        "printer",
        "--name",
        "Photo Printer",
        "--redirect-uri",
        "https://app.example/callback",
    ]);
    let server = Running::start(&placet);
    let address = format!(
        "{}/authorize?client_id=printer&response_type=code&redirect_uri={sent}&code=a-code-in-the-wrong-place",
        server.url
    );
    let answer = reqwest::get(address).await.unwrap();
    assert_eq!(answer.status(), 400);
    let id = answer.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    server.stop("-TERM");
    let text = placet.text(&["explain", &id]);
    for part in [
        "endpoint: authorize",
        "client:   printer",
        "by a trailing slash",
        "[RFC 9700",
        &format!("placet explain {id} --mend"),
        "code:          (not kept)",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("a-code"), "{text}");
    assert!(text.lines().count() <= 40, "{text}");
    let json = placet.json(&["explain", &id]);
    assert_eq!(json["fix"]["kind"], "add_redirect_uri");
    assert_eq!(json["fix"]["value"], sent);
    assert_eq!(json["rule"]["source"], "RFC 9700 §4.1.3, RFC 6749 §3.1.2.3");
    assert_eq!(json["refusal"]["id"], id);
    let listed = placet.json(&["explain", "--client", "printer", "--since", "1h"]);
    assert_eq!(listed[0]["id"], id);
    let listed = placet.text(&["explain", "--client", "printer"]);
    assert!(listed.starts_with("ID"), "{listed}");
    assert_eq!(
        placet.text(&["explain", &id, "--mend"]),
        "changed: printer\n"
    );
    let client = placet.json(&["client", "show", "printer"]);
    assert_eq!(
        client["redirect_uris"],
        serde_json::json!(["https://app.example/callback", sent])
    );
    placet.refuses(
        &["explain", &id, "--mend"],
        2,
        "id: there is nothing that can be mended by itself; the explanation says what to do",
    );
}

#[test]
fn nothing_to_explain_says_so() {
    let placet = Placet::made();
    placet.refuses(
        &["explain", "abc"],
        1,
        "there is no refused request \"abc\"; one appears within a second, and goes after errors.max_age; the log may tell more under the same id; see `placet explain --client CLIENT_ID`",
    );
    placet.refuses(
        &["explain", "not an id"],
        1,
        "there is no refused request \"not an id\"; one appears within a second, and goes after errors.max_age; the log may tell more under the same id; see `placet explain --client CLIENT_ID`",
    );
    // An id may begin so.
    let done = placet.run(&["explain", "-abc"]);
    let line = "error: there is no refused request \"-abc\"; ";
    assert!(done.stderr.starts_with(line), "{}", done.stderr);
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
