//! `placet demo`, from the start page to the end, with and without JavaScript.

use std::process::{Command, ExitStatus};

use fantoccini::Locator;
use tempfile::TempDir;

use super::{Browser, Program};

/// What a page for people never says (`docs/`: in the person's words, not the protocol's).
const JARGON: [&str; 5] = ["scope", "client", "resource", "token", "oauth"];

/// The running demo.
struct Demo {
    program: Program,
    /// Such as `http://localhost:43210`.
    issuer: String,
    /// Where it makes its throwaway database.
    folder: TempDir,
}

impl Demo {
    /// On a port that the system chooses.
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_placet"));
        // Settings of whoever runs the tests must not leak in.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PLACET_") || name == "DATABASE_URL" {
                command.env_remove(name);
            }
        }
        command
            .arg("demo")
            .current_dir(folder.path())
            .env("TMPDIR", folder.path())
            .env("PLACET_LISTEN", "127.0.0.1:0")
            .env("PLACET_LOG", "warn")
            .env("PLACET_PASSWORD_HASH__MEMORY_KIB", "64")
            .env("PLACET_PASSWORD_HASH__ITERATIONS", "1");
        let (program, issuer) = Program::start("placet demo", command, |line| {
            line.trim()
                .strip_prefix("open ")?
                .trim()
                .strip_suffix("/demo")
                .map(str::to_owned)
        });
        Self {
            program,
            issuer,
            folder,
        }
    }

    /// Ends it; what it leaves behind is counted.
    fn stop(self) -> (ExitStatus, usize) {
        let status = self.program.stop();
        (
            status,
            std::fs::read_dir(self.folder.path()).unwrap().count(),
        )
    }
}

#[tokio::test]
async fn the_guided_minute() {
    let Some(browser) = Browser::open(true).await else {
        return;
    };
    assert_eq!(title_by_script(&browser).await, "on");
    walk(browser).await;
}

#[tokio::test]
async fn the_guided_minute_without_javascript() {
    let Some(browser) = Browser::open(false).await else {
        return;
    };
    assert_eq!(title_by_script(&browser).await, "off");
    walk(browser).await;
}

/// Whether scripts run, as a page can tell.
async fn title_by_script(browser: &Browser) -> String {
    browser
        .visit("data:text/html,<title>off</title><script>document.title='on'</script>")
        .await;
    browser.client.title().await.unwrap()
}

async fn walk(browser: Browser) {
    let demo = Demo::start();
    browser.visit(&format!("{}/demo", demo.issuer)).await;
    assert_eq!(
        browser.client.title().await.unwrap(),
        "The guided minute \u{2013} Placet"
    );
    fits_a_phone(&browser).await;
    signs_in_and_allows(&browser, &demo).await;
    calls_the_api(&browser).await;
    refreshes(&browser).await;
    asks_for_more(&browser).await;
    says_no(&browser).await;
    browser.close().await;
    let (status, left_behind) = demo.stop();
    assert_eq!(status.code(), Some(0));
    assert_eq!(left_behind, 0, "the throwaway database is still there");
}

/// The table of people too, which could be scrolled.
async fn fits_a_phone(browser: &Browser) {
    browser.look(390, "light").await;
    let more = "const table = document.querySelector('.scroll');
        return table.scrollWidth - table.clientWidth;";
    let more = browser.client.execute(more, Vec::new()).await.unwrap();
    assert_eq!(more, 0, "the table is wider than the window");
    browser.look(1280, "light").await;
}

async fn sign_in(browser: &Browser) {
    assert_eq!(browser.heading().await, "Sign in to continue to Sample App");
    browser.fill("#username", "ada").await;
    browser.fill("#password", "ada-takes-notes").await;
    browser.press("Sign in").await;
}

async fn signs_in_and_allows(browser: &Browser, demo: &Demo) {
    browser.press("Sign in with Placet").await;
    sign_in(browser).await;
    assert_eq!(
        browser.heading().await,
        "Allow Sample App to use your account?"
    );
    let words = browser.text("main").await;
    let host = demo.issuer.strip_prefix("http://").unwrap();
    for expected in [
        "checked by Placet",
        "Ada Lovelace",
        "It will be able to",
        "see your name and profile",
        "see your e-mail address (a\u{2022}\u{2022}\u{2022}@example.com)",
        "stay connected while you are away",
        "Notes",
        "read your notes",
        &format!("You will be sent to {host}"),
    ] {
        assert!(words.contains(expected), "{expected:?} is not in: {words}");
    }
    assert!(
        !words.contains("write and change your notes"),
        "not asked for: {words}"
    );
    for word in JARGON {
        assert!(
            !words.to_lowercase().contains(word),
            "{word:?} is no word for people: {words}"
        );
    }
    browser.press("Allow").await;
    assert_eq!(
        browser.heading().await,
        "It worked: here is what the app received"
    );
    let tokens = browser.text("main").await;
    for expected in [
        "\"typ\": \"at+jwt\"",
        "\"client_id\": \"demo-web\"",
        "\"editor\"",
        "\"nonce\"",
        &format!("{}/demo/api", demo.issuer),
    ] {
        assert!(
            tokens.contains(expected),
            "{expected:?} is not in: {tokens}"
        );
    }
}

/// Presses a button, and reads what the API answered.
async fn api_answer(browser: &Browser, label: &str) -> String {
    browser.press(label).await;
    browser.text("#answer").await
}

async fn calls_the_api(browser: &Browser) {
    let answer = api_answer(browser, "Read the notes").await;
    assert!(
        answer.contains("yes: 200") && answer.contains("Buy bread."),
        "{answer}"
    );
    let answer = api_answer(browser, "Write a note").await;
    assert!(answer.contains("no: 403"), "{answer}");
    assert!(
        answer.contains("error=\"insufficient_scope\"") && answer.contains("scope=\"notes:write\""),
        "{answer}"
    );
    let answer = api_answer(browser, "Read without a token").await;
    assert!(answer.contains("no: 401"), "{answer}");
    // RFC 6750 §3.1: no error code for who sent no token.
    assert!(
        answer.contains("www-authenticate: Bearer") && !answer.contains("error="),
        "{answer}"
    );
}

async fn refreshes(browser: &Browser) {
    let claims = "pre[aria-label='Access token: claims']";
    let before = browser.text(claims).await;
    browser.press("Refresh the tokens").await;
    assert_eq!(
        browser.heading().await,
        "It worked: here is what the app received"
    );
    let after = browser.text(claims).await;
    let jti =
        |claims: &str| serde_json::from_str::<serde_json::Value>(claims).unwrap()["jti"].clone();
    assert_ne!(jti(&before), jti(&after));
    let answer = api_answer(browser, "Read the notes").await;
    assert!(answer.contains("yes: 200"), "{answer}");
}

async fn asks_for_more(browser: &Browser) {
    browser.press("Start over").await;
    assert_eq!(
        browser.heading().await,
        "From sign-in to an API call in one minute"
    );
    browser.press("Ask for write access too").await;
    // Still signed in, but this is new.
    assert_eq!(
        browser.heading().await,
        "Allow Sample App to use your account?"
    );
    let item = browser
        .find(Locator::XPath(
            "//li[contains(., 'write and change your notes')]",
        ))
        .await;
    assert!(item.text().await.unwrap().contains("new"));
    browser.press("Allow").await;
    let answer = api_answer(browser, "Write a note").await;
    assert!(
        answer.contains("yes: 201") && answer.contains("Written through the sample app"),
        "{answer}"
    );
}

async fn says_no(browser: &Browser) {
    browser.press("Start over").await;
    browser
        .press("sign in with every question asked again")
        .await;
    sign_in(browser).await;
    assert_eq!(
        browser.heading().await,
        "Allow Sample App to use your account?"
    );
    browser.press("Deny").await;
    assert_eq!(browser.heading().await, "The app did not get in");
    let words = browser.text("main").await;
    assert!(words.contains("access_denied"), "{words}");
    browser.press("Try again").await;
    assert_eq!(
        browser.heading().await,
        "From sign-in to an API call in one minute"
    );
}
