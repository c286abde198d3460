//! How people come to an account in a real browser, with and without JavaScript: by a mailed link, by an invitation, from an account elsewhere.

use placet::admin::invitations::{self, NewInvitation};
use placet::admin::users::Delivery;
use placet::config::{Provider, SignUpMode};
use placet::model::secret::Secret;

use super::Browser;
use super::journeys::{by, code, identity, start};
use crate::http::support::provider::knows;
use crate::http::support::relying_party::RelyingParty;
use crate::http::support::requests::new_client;
use crate::http::support::server::PASSWORD;
use crate::http::support::{Client, TestServer};
use crate::support::database::{Kind, TestDatabase};
use crate::support::smtp::MailServer;

// S58 S60: by the link of the mail, and then back to the app that waits.
#[tokio::test]
async fn an_account_is_made_on_the_way_to_an_app() {
    for has_javascript in [true, false] {
        let Some(browser) = Browser::open(has_javascript).await else {
            return;
        };
        let mails = MailServer::start().await;
        let by_mail = by(&mails);
        let server = start(|config| {
            by_mail(config);
            config.sign_up.mode = SignUpMode::Open;
        })
        .await;
        let mut app = RelyingParty::start(200).await;
        let client = server.add_client(app.client("Photo Printer")).await;
        let address = format!("{}{}", server.url, client.authorize_url(&[]));
        browser.visit(&address).await;
        browser.press("Create an account").await;
        browser.fill("#email", "grace@mail.example").await;
        browser.press("Send the link").await;
        assert_eq!(browser.heading().await, "Check your e-mail");
        let sent = browser.text("main").await;
        assert!(sent.contains("you go on to Photo Printer"), "{sent}");

        let link = mails.next().await.link();
        browser.visit(&link).await;
        browser.fill("#username", "ada").await;
        browser.fill("#password", PASSWORD).await;
        browser.press("Create account").await;
        let problem = browser.text("#username-problem").await;
        assert!(problem.contains("Somebody has that username"), "{problem}");
        browser.fill("#username", "grace").await;
        browser.fill("#name", "Grace Hopper").await;
        browser.fill("#password", PASSWORD).await;
        browser.press("Create account").await;
        let heading = browser.heading().await;
        assert_eq!(heading, "Allow Photo Printer to use your account?");
        browser.press("Allow").await;
        assert_eq!(browser.heading().await, "At the app");
        identity(&client, &code(&mut app).await).await;

        browser.visit(&format!("{}/account", server.url)).await;
        let profile = browser.text("main").await;
        assert!(
            profile.contains("grace@mail.example\nverified"),
            "{profile}"
        );
        browser.visit(&link).await;
        assert_eq!(browser.heading().await, "This link no longer works");
        browser.close().await;
    }
}

// S60
#[tokio::test]
async fn an_invitation_is_accepted() {
    for has_javascript in [true, false] {
        let Some(browser) = Browser::open(has_javascript).await else {
            return;
        };
        let mails = MailServer::start().await;
        let by_mail = by(&mails);
        let server = start(|config| {
            by_mail(config);
            config.sign_up.mode = SignUpMode::Invitation;
        })
        .await;
        let new = NewInvitation {
            email: "grace@mail.example".to_owned(),
            username: Some("grace".to_owned()),
            name: Some("Grace Hopper".to_owned()),
            locale: None,
            roles: vec!["editor".to_owned()],
            delivery: Delivery::Mail,
        };
        let invited = invitations::add(&server.app, &TestServer::by(), new).await;
        invited.unwrap();
        browser.visit(&mails.next().await.link()).await;
        assert_eq!(browser.heading().await, "You are invited to Placet");
        browser.fill("#password", "password1").await;
        browser.press("Create account").await;
        let problem = browser.text("#password-problem").await;
        assert!(problem.contains("guessed soon"), "{problem}");
        browser.fill("#password", PASSWORD).await;
        browser.press("Create account").await;
        assert_eq!(browser.heading().await, "Profile");
        let profile = browser.text("main").await;
        for part in ["grace@mail.example\nverified", "editor"] {
            assert!(profile.contains(part), "{part}: {profile}");
        }
        browser.press("Sign out").await;
        browser.press("Sign in again").await;
        browser.fill("#username", "grace@mail.example").await;
        browser.fill("#password", PASSWORD).await;
        browser.press("Sign in").await;
        assert_eq!(browser.heading().await, "Profile");
        browser.close().await;
    }
}

/// Another Placet with ada, and ours with ada too, which knows it as "Them". Ours has another host, because browsers share cookies between ports.
async fn two() -> (TestServer, String, TestServer) {
    let theirs = start(|_| {}).await;
    let mut client = new_client("Ours", &["http://localhost:1/cb"]);
    client.fields.scope = Some("openid email profile".to_owned());
    let client = theirs.add_client(client).await;
    let mut provider = Provider::openid("them", &theirs.url, &client.id);
    provider.client_secret = client.secret.clone().map(Secret::new);
    "Them".clone_into(&mut provider.name);
    let host = theirs.url.replace("http://", "");
    let database = TestDatabase::new(Kind::Sqlite).await.unwrap();
    let ours = TestServer::start_with(database, |config| {
        let issuer = config.issuer.as_str().replace("127.0.0.1", "localhost");
        config.issuer = issuer.parse().unwrap();
        knows(config, host, provider);
    })
    .await;
    ours.add_user("ada").await;
    let base = ours.app.issuer().to_owned();
    let callback = format!("{base}/login/upstream/them/callback");
    let fields = new_client("Ours", &[&callback]).fields;
    theirs.change_client(&client, fields).await;
    (ours, base, theirs)
}

impl Browser {
    /// From our sign-in page through theirs, where ada is signed in and has allowed ours already.
    async fn through(&self, address: &str) {
        self.visit(address).await;
        self.press("Continue with Them").await;
    }

    async fn told(&self) -> String {
        self.text("[role=status]").await
    }
}

// S40 S58: forms lead to another origin, and from there back.
#[tokio::test]
async fn an_account_elsewhere_is_linked_signs_in_and_is_unlinked() {
    for has_javascript in [true, false] {
        let Some(browser) = Browser::open(has_javascript).await else {
            return;
        };
        let (ours, base, _theirs) = two().await;
        let login = format!("{base}/login");
        browser.visit(&login).await;
        browser.press("Continue with Them").await;
        assert_eq!(browser.heading().await, "Sign in to continue to Ours");
        browser.fill("#username", "ada").await;
        browser.fill("#password", PASSWORD).await;
        browser.press("Sign in").await;
        let heading = browser.heading().await;
        assert_eq!(heading, "Allow Ours to use your account?");
        browser.press("Allow").await;
        let heading = browser.heading().await;
        assert_eq!(heading, "You could not be signed in with Them");
        browser.press("Back to the sign-in page").await;
        browser.fill("#username", "ada").await;
        browser.fill("#password", PASSWORD).await;
        browser.press("Sign in").await;

        browser.press("Security").await;
        browser.press("Link Them").await;
        let heading = browser.heading().await;
        assert_eq!(heading, "Link your account at Them?");
        browser.press("Continue to Them").await;
        let told = browser.told().await;
        assert!(told.contains("Your account at Them is linked."), "{told}");
        let linked = browser.text("main").await;
        assert!(linked.contains("ada@mail.example"), "{linked}");
        browser.press("Sign out").await;

        signs_in_to_an_app(&browser, &ours, &base).await;

        browser.visit(&format!("{base}/account/security")).await;
        browser.press("Remove the link: Them").await;
        let heading = browser.heading().await;
        assert_eq!(heading, "Remove the link to Them?");
        browser.press("Remove the link").await;
        let told = browser.told().await;
        assert!(told.contains("The link to Them was removed."), "{told}");
        browser.press("Sign out").await;
        browser.through(&login).await;
        let heading = browser.heading().await;
        assert_eq!(heading, "You could not be signed in with Them");
        browser.close().await;
    }
}

async fn signs_in_to_an_app(browser: &Browser, ours: &TestServer, base: &str) {
    let mut app = RelyingParty::start(200).await;
    let client: Client = ours.add_client(app.client("Photo Printer")).await;
    let address = format!("{base}{}", client.authorize_url(&[]));
    browser.through(&address).await;
    let heading = browser.heading().await;
    assert_eq!(heading, "Allow Photo Printer to use your account?");
    browser.press("Allow").await;
    assert_eq!(browser.heading().await, "At the app");
    let claims = identity(&client, &code(&mut app).await).await;
    assert_eq!(claims["iss"], base);
}
