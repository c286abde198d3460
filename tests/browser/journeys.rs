//! Ways of people through their account and to their apps in a real browser, with and without JavaScript.

use fantoccini::Locator;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use placet::admin::users::NewUser;
use placet::config::{Config, MailTransport};
use reqwest::Method;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use super::Browser;
use crate::http::support::authenticator::Authenticator;
use crate::http::support::client::decode_jwt;
use crate::http::support::relying_party::RelyingParty;
use crate::http::support::requests::{new_client, new_public_client};
use crate::http::support::server::PASSWORD;
use crate::http::support::{Client, TestServer};
use crate::support::database::{Kind, TestDatabase};
use crate::support::smtp::MailServer;

pub(super) async fn start(change: impl FnOnce(&mut Config)) -> TestServer {
    let database = TestDatabase::new(Kind::Sqlite).await.unwrap();
    let server = TestServer::start_with(database, change).await;
    let ada = NewUser {
        username: "ada".to_owned(),
        email: Some("ada@mail.example".to_owned()),
        ..NewUser::default()
    };
    server.add_user_with(ada).await;
    server
}

pub(super) fn by(mails: &MailServer) -> impl FnOnce(&mut Config) {
    let url = mails.url();
    move |config| {
        config.mail.transport = MailTransport::Smtp;
        config.mail.from = Some("Acme <id@acme.example>".parse().unwrap());
        config.mail.smtp_url = Some(url.parse().unwrap());
    }
}

/// What the driver kept.
#[derive(Debug)]
struct Log(&'static str);

impl WebDriverCompatibleCommand for Log {
    fn endpoint(
        &self,
        base_url: &url::Url,
        session_id: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base_url.join(&format!(
            "session/{}/se/log",
            session_id.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        let body = json!({ "type": self.0 });
        (Method::POST, Some(body.to_string()))
    }
}

impl Browser {
    pub(super) async fn sign_in(&self, address: &str, password: &str) {
        self.visit(address).await;
        self.fill("#username", "ada").await;
        self.fill("#password", password).await;
        self.press("Sign in").await;
    }

    /// Visits a page that may lead to an address where nobody is.
    async fn go(&self, address: &str) {
        let went = self.client.goto(address).await;
        let is_nobody = |error: &CmdError| error.to_string().contains("ERR_NAME_NOT_RESOLVED");
        assert!(
            went.as_ref().err().is_none_or(is_nobody),
            "{address}: {went:?}"
        );
    }

    async fn log(&self, kind: &'static str) -> String {
        self.client.issue_cmd(Log(kind)).await.unwrap().to_string()
    }

    async fn click(&self, css: &str) {
        let found = self.find(Locator::Css(css)).await;
        found.click().await.unwrap();
    }

    /// What the address of the page that is open says; there need not be anybody at that address.
    async fn returned(&self, name: &str) -> Option<String> {
        let address = self.client.current_url().await.unwrap();
        let mut pairs = address.query_pairs();
        let found = pairs.find(|(found, _)| found == name);
        found.map(|(_, value)| value.into_owned())
    }
}

/// The claims of the ID token that a code is worth.
pub(super) async fn identity(client: &Client, code: &str) -> Value {
    let tokens = client.redeem(code).await;
    decode_jwt(tokens.json["id_token"].as_str().unwrap()).1
}

/// What the app is asked next, its icon aside.
pub(super) async fn code(app: &mut RelyingParty) -> String {
    loop {
        let target = app.next().await.target;
        if target != "/favicon.ico" {
            let address = url::Url::parse(&format!("http://app.example{target}")).unwrap();
            let mut pairs = address.query_pairs();
            let code = pairs.find(|(name, _)| name == "code");
            return code.unwrap_or_else(|| panic!("{target}")).1.into_owned();
        }
    }
}

// S39 S50 S58
#[tokio::test]
async fn a_second_factor_is_set_up_on_the_way_to_an_app() {
    for has_javascript in [true, false] {
        let Some(browser) = Browser::open(has_javascript).await else {
            return;
        };
        let server = start(|config| config.second_factor.required = true).await;
        let mut app = RelyingParty::start(200).await;
        let client = server.add_client(app.client("Photo Printer")).await;
        let address = format!("{}{}", server.url, client.authorize_url(&[]));
        browser.sign_in(&address, PASSWORD).await;
        assert_eq!(browser.heading().await, "Set up a second step first");
        let here = browser.client.window().await.unwrap();
        browser.click("a.button.main").await;
        let windows = browser.client.windows().await.unwrap();
        let there = windows.into_iter().find(|window| *window != here).unwrap();
        browser.client.switch_to_window(there).await.unwrap();
        browser.press("Set up an app").await;
        let key = browser.text("code.key").await.replace(' ', "");
        let secret = Secret::try_from_base32(key).unwrap();
        let shown = Builder::new().with_secret(secret).build().unwrap();
        let now = || u64::try_from(server.app.clock.now().timestamp()).unwrap();
        browser
            .fill("#code", &shown.generate(now()).to_string())
            .await;
        browser.press("Set up").await;
        let recovery = browser.text("ol.codes li:first-child code").await;
        browser.client.close_window().await.unwrap();
        browser.client.switch_to_window(here).await.unwrap();

        browser.press("I am done, continue").await;
        browser.press("Allow").await;
        assert_eq!(browser.heading().await, "At the app", "another origin");
        let claims = identity(&client, &code(&mut app).await).await;
        assert_eq!(claims["acr"], "mfa", "{claims}");

        browser.visit(&format!("{}/account", server.url)).await;
        browser.press("Sign out").await;
        browser
            .sign_in(&format!("{}/login", server.url), PASSWORD)
            .await;
        browser.press("Use a recovery code instead").await;
        browser.fill("#code", &recovery).await;
        browser.press("Continue").await;
        assert_eq!(browser.heading().await, "Profile");
        browser.close().await;
    }
}

// RFC 9470 §4
#[tokio::test]
async fn an_app_asks_for_more_and_only_that_is_asked_for() {
    for has_javascript in [true, false] {
        let Some(browser) = Browser::open(has_javascript).await else {
            return;
        };
        let server = start(|_| {}).await;
        let mut app = RelyingParty::start(200).await;
        let client = server.add_client(app.client("Photo Printer")).await;
        let address =
            |more: &[(&str, &str)]| format!("{}{}", server.url, client.authorize_url(more));
        browser.sign_in(&address(&[]), PASSWORD).await;
        browser.press("Allow").await;
        let claims = identity(&client, &code(&mut app).await).await;
        assert_eq!(claims["acr"], "pwd", "{claims}");
        let shown = Authenticator::set_up(&server, "ada").await;
        browser.visit(&address(&[("acr_values", "mfa")])).await;
        assert_eq!(
            browser.heading().await,
            "Enter the code from your authenticator app"
        );
        browser.fill("#code", &shown.code(&server)).await;
        browser.press("Continue").await;
        if browser.heading().await != "At the app" {
            browser.press("Allow").await;
        }
        let claims = identity(&client, &code(&mut app).await).await;
        assert_eq!(claims["acr"], "mfa", "{claims}");
        browser.close().await;
    }
}

// S42 S61
#[tokio::test]
async fn a_password_is_forgotten_and_an_address_changed() {
    for has_javascript in [true, false] {
        let Some(browser) = Browser::open(has_javascript).await else {
            return;
        };
        let mails = MailServer::start().await;
        let server = start(by(&mails)).await;
        let new = "another horse, another battery";
        browser.visit(&format!("{}/login", server.url)).await;
        browser.press("Trouble signing in?").await;
        browser.fill("#name", "ada@mail.example").await;
        browser.press("Send the link").await;
        assert_eq!(browser.heading().await, "Check your e-mail");
        browser.visit(&mails.next().await.link()).await;
        browser.fill("#password", "password1").await;
        browser.press("Set password").await;
        let problem = browser.text("#problem").await;
        assert!(problem.contains("guessed soon"), "{problem}");
        browser.fill("#password", new).await;
        browser.press("Set password").await;
        assert_eq!(browser.heading().await, "The new password is set");
        browser.press("Sign in").await;
        browser
            .sign_in(&format!("{}/login", server.url), PASSWORD)
            .await;
        let problem = browser.text("#problem").await;
        assert!(problem.contains("do not match"), "{problem}");
        browser.fill("#password", new).await;
        browser.press("Sign in").await;

        let mail = mails.next().await;
        assert_eq!(mail.to, ["ada@mail.example"], "told of the password");
        mails.take();
        browser.press("Change or confirm the e-mail address").await;
        browser.fill("#email", "ada@new.example").await;
        browser.press("Send the link").await;
        let mail = loop {
            let mail = mails.next().await;
            if mail.to == ["ada@new.example"] {
                break mail;
            }
        };
        browser.visit(&mail.link()).await;
        assert_eq!(browser.heading().await, "Is this your address?");
        browser.press("Yes, it is mine").await;
        assert_eq!(browser.heading().await, "The address is yours");
        browser.press("To your account").await;
        let profile = browser.text("main").await;
        assert!(profile.contains("ada@new.example\nverified"), "{profile}");
        browser.close().await;
    }
}

#[tokio::test]
async fn a_language_is_chosen_and_stays() {
    for has_javascript in [true, false] {
        let Some(browser) = Browser::open(has_javascript).await else {
            return;
        };
        let server = start(|_| {}).await;
        let login = format!("{}/login", server.url);
        browser.sign_in(&login, PASSWORD).await;
        super::account::choose_language(&browser, "de").await;
        assert_eq!(browser.heading().await, "Profil");
        browser.press("Sicherheit").await;
        browser.press("Abmelden").await;
        browser.sign_in(&login, PASSWORD).await;
        assert_eq!(browser.heading().await, "Profil", "the person's own");
        super::account::choose_language(&browser, "ar").await;
        browser.find(Locator::Css("html[dir=rtl]")).await;
        browser.close().await;
    }
}

/// An app whose address is not one of this computer, so that what was allowed is remembered; nobody answers there.
async fn distant(server: &TestServer) -> Client {
    server.add_scope("photos:read", "see your photos").await;
    server.add_scope("photos:write", "change your photos").await;
    let mut new = new_client("Photo Printer", &["https://app.invalid/callback"]);
    new.fields.scope = Some("openid email photos:read photos:write".to_owned());
    server.add_client(new).await
}

// S51 S54
#[tokio::test]
async fn something_is_allowed_for_a_while_and_more_is_denied() {
    for has_javascript in [true, false] {
        let Some(browser) = Browser::open(has_javascript).await else {
            return;
        };
        let server = start(|_| {}).await;
        let client = distant(&server).await;
        let ask = |scope: &str| {
            format!(
                "{}{}",
                server.url,
                client.authorize_url(&[("scope", scope)])
            )
        };
        let some = ask("openid email photos:read");
        browser.sign_in(&some, PASSWORD).await;
        browser.click("input[value='email']").await;
        browser.click("input[name=lasting][value=limited]").await;
        browser.press("Allow").await;
        let tokens = client
            .redeem(&browser.returned("code").await.unwrap())
            .await;
        assert_eq!(tokens.json["scope"], "openid photos:read");
        browser.visit(&format!("{}/account/apps", server.url)).await;
        let apps = browser.text("main").await;
        let end = if has_javascript {
            "Feb 14, 2027"
        } else {
            "14 February 2027"
        };
        assert!(apps.contains(&format!("Ends\n{end}")), "{apps}");

        browser.visit(&ask("openid photos:read photos:write")).await;
        let asked = browser.text("main").await;
        assert!(asked.contains("It will now also be able to"), "{asked}");
        assert!(asked.contains("change your photos new"), "{asked}");
        browser.press("Deny").await;
        assert_eq!(
            browser.returned("error").await.as_deref(),
            Some("access_denied")
        );
        browser.go(&ask("openid photos:read")).await;
        browser
            .returned("code")
            .await
            .expect("what was allowed still is");

        server.advance(31 * 86_400);
        browser.sign_in(&some, PASSWORD).await;
        browser.click("input[name=lasting][value=once]").await;
        browser.press("Allow").await;
        browser.returned("code").await.unwrap();
        browser.visit(&some).await;
        assert!(
            browser.heading().await.starts_with("Allow"),
            "asked each time"
        );
        browser.close().await;
    }
}

/// In the driver's log: Chromium goes there.
const SENT: &str = r#"documentURL\":\"com.example.app:/cb?code="#;

// S58, RFC 8252 §7.1: the policy does not keep the answer from an app on the device.
#[tokio::test]
async fn an_answer_goes_to_an_app_on_the_device() {
    for has_javascript in [true, false] {
        let logs = json!({ "browser": "ALL", "performance": "ALL" });
        let Some(browser) = Browser::open_with(has_javascript, logs).await else {
            return;
        };
        let server = start(|_| {}).await;
        let native = new_public_client("Pocket Printer", &["com.example.app:/cb"]);
        let client = server.add_client(native).await;
        let address = format!("{}{}", server.url, client.authorize_url(&[]));
        browser.sign_in(&address, PASSWORD).await;
        // Nothing is there to take it, so the page stays.
        browser.click("button[value=allow]").await;
        let mut done = String::new();
        for _ in 0..500 {
            done += &browser.log("performance").await;
            if done.contains(SENT) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert!(done.contains(SENT), "{done}");
        assert!(!done.contains("blockedReason\\\""), "{done}");
        let said = browser.log("browser").await;
        assert!(!said.contains("Content Security Policy"), "{said}");
        let code = done.split("com.example.app:/cb?code=").nth(1);
        let code = code.unwrap_or_else(|| panic!("nothing was opened: {said}"));
        let code = code.split(['&', '"', '\\']).next().unwrap();
        let claims = identity(&client, code).await;
        assert_eq!(claims["aud"], client.id.as_str());
        browser.close().await;
    }
}
