//! Without a mouse: everything is reached in the order in which it is read, one sees where one is, and Enter does it.

use fantoccini::Locator;
use fantoccini::key::Key;
use placet::admin::users::NewUser;
use serde_json::{Value, json};

use super::Browser;
use crate::http::support::TestServer;
use crate::http::support::requests::new_client;
use crate::http::support::server::PASSWORD;
use crate::support::database::{Kind, TestDatabase};

/// What can be reached, in the order of the source: of several radio buttons the chosen one.
const REACHABLE: &str = "
    window.reachable = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, textarea')]
        .filter(each => each.checkVisibility({ visibilityProperty: true }) && each.tabIndex >= 0 && !each.disabled)
        .filter(each => each.type !== 'radio' || each.checked);
    return window.reachable.length";

/// Where one is: the number of the element, its outline, and its box as lines are read.
const HERE: &str = "
    const each = document.activeElement;
    const style = getComputedStyle(each);
    const box = each.getBoundingClientRect();
    const isRtl = document.documentElement.dir === 'rtl';
    return {
        index: window.reachable.indexOf(each),
        outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
        top: box.top + scrollY, bottom: box.bottom + scrollY, start: isRtl ? -box.right : box.left,
        name: each.outerHTML.slice(0, 120),
    }";

async fn server() -> TestServer {
    let database = TestDatabase::new(Kind::Sqlite).await.unwrap();
    let server = TestServer::start_with(database, |config| {
        let issuer = config.issuer.as_str().replace("127.0.0.1", "localhost");
        config.issuer = issuer.parse().unwrap();
    })
    .await;
    let ada = NewUser {
        username: "ada".to_owned(),
        email: Some("ada@mail.example".to_owned()),
        ..NewUser::default()
    };
    server.add_user_with(ada).await;
    server
}

impl Browser {
    async fn key(&self, key: Key) {
        let focused = self.client.active_element().await.unwrap();
        let key: char = key.into();
        focused.send_keys(&key.to_string()).await.unwrap();
    }

    async fn here(&self) -> Value {
        self.client.execute(HERE, Vec::new()).await.unwrap()
    }

    /// Goes through the page that is open by Tab alone.
    async fn assert_reachable(&self, name: &str) {
        let count = self.client.execute(REACHABLE, Vec::new()).await.unwrap();
        let count = count.as_u64().unwrap();
        let mut places = Vec::new();
        for _ in 0..3 * count + 3 {
            if places.len() as u64 == count {
                break;
            }
            self.key(Key::Tab).await;
            let here = self.here().await;
            if here["index"] == json!(places.len()) {
                places.push(here);
            } else {
                // Not at the beginning yet; whatever is left out on the way is never there in its turn.
                places.clear();
                if here["index"] == 0 {
                    places.push(here);
                }
            }
        }
        assert_eq!(
            places.len() as u64,
            count,
            "{name}: not all in order: {places:#?}"
        );
        for place in &places {
            let outline = place["outline"].as_f64().unwrap();
            assert!(
                outline >= 2.0,
                "{name}: nothing shows that one is at {place}"
            );
        }
        let at = |place: &Value, edge: &str| place[edge].as_f64().unwrap();
        for pair in places.windows(2) {
            let is_below = at(&pair[1], "top") >= at(&pair[0], "bottom") - 1.0;
            let is_beside = at(&pair[1], "bottom") > at(&pair[0], "top")
                && at(&pair[1], "start") >= at(&pair[0], "start");
            assert!(
                is_below || is_beside,
                "{name}: {} comes after {}",
                pair[1],
                pair[0]
            );
        }
    }
}

#[tokio::test]
async fn sign_in_and_consent_need_no_mouse() {
    for language in ["en", "ar"] {
        let Some(browser) = Browser::open(true).await else {
            return;
        };
        let server = server().await;
        let base = server.app.config.issuer.as_str().to_owned();
        let mut new = new_client("Photo Printer", &["https://app.invalid/callback"]);
        new.fields.scope = Some("openid profile email".to_owned());
        new.fields.policy_uri = Some("https://app.invalid/privacy".to_owned());
        new.fields.client_uri = Some("https://app.invalid/".to_owned());
        let client = server.add_client(new).await;
        let ask = [("scope", "openid profile email"), ("ui_locales", language)];
        let address = format!("{base}{}", client.authorize_url(&ask));
        browser.visit(&address).await;
        browser.assert_reachable("sign-in").await;
        browser.assert_still().await;

        browser.fill("#username", "ada").await;
        browser.key(Key::Tab).await;
        let password = browser.client.active_element().await.unwrap();
        password.send_keys(PASSWORD).await.unwrap();
        browser.key(Key::Enter).await;
        browser.find(Locator::Css("button[value=allow]")).await;
        browser.assert_reachable("consent").await;
        browser.assert_still().await;
        let allow = "document.querySelector('button[value=allow]').focus()";
        browser.client.execute(allow, Vec::new()).await.unwrap();
        browser.key(Key::Enter).await;
        for _ in 0..500 {
            let address = browser.client.current_url().await.unwrap();
            if address.host_str() == Some("app.invalid") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let address = browser.client.current_url().await.unwrap();
        assert!(address.as_str().contains("code="), "{address}");
        browser.close().await;
    }
}

/// Anything that moves, or would.
const MOVING: &str = "
    return [...document.querySelectorAll('*')].filter(each => {
        const style = getComputedStyle(each);
        return style.animationName !== 'none' || style.scrollBehavior === 'smooth'
            || style.transitionDuration.split(', ').some(time => parseFloat(time) > 0);
    }).map(each => each.outerHTML.slice(0, 120))";

impl Browser {
    /// Whoever wants no motion gets none.
    async fn assert_still(&self) {
        let wish = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        self.devtools("Emulation.setEmulatedMedia", wish).await;
        let moving = self.client.execute(MOVING, Vec::new()).await.unwrap();
        assert_eq!(moving, json!([]));
    }
}

#[tokio::test]
async fn a_password_can_be_looked_at() {
    for has_javascript in [true, false] {
        let Some(browser) = Browser::open(has_javascript).await else {
            return;
        };
        let server = server().await;
        let base = server.app.config.issuer.as_str().to_owned();
        browser.visit(&format!("{base}/login")).await;
        browser.fill("#username", "ada").await;
        browser.fill("#password", PASSWORD).await;
        let buttons = browser.client.find_all(Locator::Css(".peek")).await;
        let buttons = buttons.unwrap();
        assert_eq!(buttons.len(), usize::from(has_javascript));
        if let Some(button) = buttons.first() {
            let named = button.attr("aria-label").await.unwrap();
            assert_eq!(named.as_deref(), Some("Show password"));
            for (kind, pressed) in [("password", "false"), ("text", "true")] {
                let field = browser.find(Locator::Css("#password")).await;
                assert_eq!(field.attr("type").await.unwrap().as_deref(), Some(kind));
                let is_pressed = button.attr("aria-pressed").await.unwrap();
                assert_eq!(is_pressed.as_deref(), Some(pressed));
                button.click().await.unwrap();
            }
        }
        browser.press("Sign in").await;
        assert_eq!(browser.heading().await, "Profile");
        browser.close().await;
    }
}
