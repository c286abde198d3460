//! Consent, second look: only what is new is asked, for how long, every time where an administrator says so, and in what words.

use placet::admin::clients::{self, ClientFields};
use placet::admin::resources::{self, NewResource};
use placet::admin::scopes::{self, NewScope};
use placet::admin::users::{self, NewUser};

use super::support::requests::{new_client, new_public_client};
use super::support::server::start_of_time;
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;

const DAY: u64 = 86_400;
const OFFLINE: (&str, &str) = ("scope", "openid profile offline_access");

/// An app that may ask for everything.
async fn printer(server: &TestServer) -> Client {
    server.add_scope("photos:read", "look at your photos").await;
    server.add_scope("photos:write", "change your photos").await;
    let mut new = new_client("Photo Printer", &["https://app.example/callback"]);
    new.fields.scope = Some(
        "openid profile email address phone offline_access photos:read photos:write".to_owned(),
    );
    server.add_client(new).await
}

async fn asked(server: &TestServer, client: &Client, more: &[(&str, &str)]) -> (Browser, Page) {
    let mut browser = Browser::new(&server.url);
    let page = browser.visit(&client.authorize_url(more)).await;
    let page = browser.log_in(&page, "ada").await;
    assert_eq!(page.heading_kind(), "consent", "{}", page.body);
    (browser, page)
}

/// The choices of how long, and which is taken.
fn lastings(page: &Page) -> Vec<(&str, bool)> {
    ["always", "limited", "once"]
        .into_iter()
        .filter_map(|name| {
            let radio = format!("name=\"lasting\" value=\"{name}\"");
            let at = page.body.find(&radio)? + radio.len();
            Some((name, page.body[at..].starts_with(" checked")))
        })
        .collect()
}

async fn allow(browser: &mut Browser, page: &Page, lasting: &str) -> Page {
    let fields = [("decision", "allow"), ("lasting", lasting)];
    browser.submit(page, &fields).await
}

async fn expiry(server: &TestServer) -> Vec<Option<i64>> {
    use placet::admin::consents::{self, ConsentFilter};
    let paging = placet::admin::Paging::default();
    let found = consents::find(&server.app, &ConsentFilter::default(), &paging).await;
    let ends = found.unwrap().items.into_iter();
    let start = start_of_time();
    ends.map(|consent| consent.expires_at.map(|at| (at - start).num_days()))
        .collect()
}

on_both! {
    // S38 S51
    async fn only_what_is_new_is_asked(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = printer(&server).await;
        let (mut browser, page) = asked(&server, &client, &[("scope", "openid email photos:read")]).await;
        assert!(!page.body.contains("<details>"), "nothing is allowed yet");
        assert!(browser.approve(&page).await.returned("code").is_some());
        let page = browser.visit(&client.authorize_url(&[("scope", "openid email photos:read photos:write")])).await;
        assert_eq!(page.checkboxes(), [("photos:write".to_owned(), true)]);
        let (before, after) = page.body.split_once("<details>").expect("a fold");
        let (folded, after) = after.split_once("</details>").unwrap();
        for words in ["You already allow", "know that you have an account here", "see your e-mail address", "look at your photos"] {
            assert!(folded.contains(words), "{words}: {folded}");
            assert!(!before.contains(words) && !after.contains(words), "{words} is told once");
        }
        assert!(before.contains("It will now also be able to") && !folded.contains("<input"));
        // What is posted for what is kept changes nothing; what is unticked is not given, and the rest stays.
        let fields: Vec<(String, String)> = page.form().1.into_iter().filter(|(name, _)| name != "scope").collect();
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.push(("decision", "allow"));
        let answer = browser.post("/consent", &fields).await;
        let tokens = client.redeem(&answer.returned("code").unwrap()).await;
        assert_eq!(tokens.json["scope"], "email openid photos:read");
        let silent = browser.visit(&client.authorize_url(&[("scope", "openid email photos:read photos:write"), ("prompt", "none")])).await;
        assert_eq!(client.redeem(&silent.returned("code").unwrap()).await.json["scope"], "email openid photos:read");
        // Asked for together with something new it comes along, as it was left.
        let page = browser.visit(&client.authorize_url(&[("scope", "openid profile photos:write")])).await;
        assert_eq!(page.checkboxes(), [("photos:write".to_owned(), false)]);
        let answer = browser.submit(&page, &[("decision", "allow"), ("scope", "photos:write")]).await;
        assert_eq!(client.redeem(&answer.returned("code").unwrap()).await.json["scope"], "openid photos:write profile");
        // All of it again where the app wants that.
        let page = browser.visit(&client.authorize_url(&[("scope", "openid email photos:read"), ("prompt", "consent")])).await;
        assert_eq!(page.checkboxes(), [("email".to_owned(), true), ("photos:read".to_owned(), true)]);
        assert!(!page.body.contains("<details>"));
    }

    // S38: an answer counts for what was shown alone.
    async fn what_came_up_after_the_look_is_not_allowed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = printer(&server).await;
        let (mut browser, page) = asked(&server, &client, &[("scope", "openid email")]).await;
        assert!(browser.approve(&page).await.returned("code").is_some());
        let page = browser.visit(&client.authorize_url(&[("scope", "openid email photos:read")])).await;
        assert_eq!(page.checkboxes().len(), 1);
        let ada = users::show(&server.app, "ada").await.unwrap().username;
        placet::admin::consents::withdraw(&server.app, &TestServer::by(), &ada, &client.id).await.unwrap();
        let answer = browser.submit(&page, &[("decision", "allow")]).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (403, None), "what was shown as allowed is so no more");
        let page = browser.visit(page.url.as_str()).await;
        assert_eq!(page.checkboxes().len(), 2);
        assert!(browser.approve(&page).await.returned("code").is_some());
    }

    async fn for_thirty_days_is_for_thirty_days(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.sessions.max_ttl = std::time::Duration::from_secs(90 * DAY);
            config.sessions.idle_ttl = std::time::Duration::from_secs(90 * DAY);
            config.tokens.refresh_idle_ttl = std::time::Duration::from_secs(60 * DAY);
            config.tokens.refresh_max_ttl = std::time::Duration::from_secs(365 * DAY);
        }).await;
        server.add_user("ada").await;
        let client = printer(&server).await;
        let (mut browser, page) = asked(&server, &client, &[OFFLINE]).await;
        assert_eq!(lastings(&page), [("always", true), ("limited", false), ("once", false)]);
        for words in ["For how long?", "Until I take it back", "30 days", "This time", "you are asked again", "does not stay connected"] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        let answer = allow(&mut browser, &page, "limited").await;
        let first = client.redeem(&answer.returned("code").unwrap()).await;
        assert_eq!(expiry(&server).await, [Some(30)]);
        // A grant that nobody was asked for ends on the same day.
        server.advance(10 * DAY);
        let silent = browser.visit(&client.authorize_url(&[OFFLINE, ("prompt", "none")])).await;
        let second = client.redeem(&silent.returned("code").unwrap()).await;
        server.advance(20 * DAY - 60);
        let last = client.refresh(first.refresh_token()).await;
        assert_eq!(last.status, 200, "{}", last.json);
        assert!(last.json["expires_in"].as_i64().unwrap() <= 60, "no access token outlives it");
        let other = client.refresh(second.refresh_token()).await;
        assert_eq!(other.status, 200);
        server.advance(60);
        for token in [last.refresh_token(), other.refresh_token()] {
            assert_eq!(client.refresh(token).await.error(), "invalid_grant");
        }
        let silent = browser.visit(&client.authorize_url(&[OFFLINE, ("prompt", "none")])).await;
        assert_eq!(silent.returned("error").as_deref(), Some("consent_required"));
        let page = browser.visit(&client.authorize_url(&[OFFLINE])).await;
        assert_eq!(page.heading_kind(), "consent");
        assert!(!page.body.contains("<details>") && !page.text().contains("new since last time"), "as for the first time");
        assert_eq!(lastings(&page)[0], ("always", true));
        server.app.store.sweep(server.app.clock.now(), server.app.clock.now(), 100).await.unwrap();
        assert_eq!(server.database.count("consents").await, 0);
    }

    async fn a_limit_holds_for_all_that_is_allowed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = printer(&server).await;
        let (mut browser, page) = asked(&server, &client, &[OFFLINE]).await;
        let answer = allow(&mut browser, &page, "limited").await;
        assert!(answer.returned("code").is_some());
        // Nobody's limit is lifted by a click: it stays the choice, and what another would do to it is said.
        let more = [("scope", "openid profile offline_access email")];
        let page = browser.visit(&client.authorize_url(&more)).await;
        assert_eq!(lastings(&page), [("always", false), ("limited", true), ("once", false)]);
        assert!(page.text().contains("Also what you allowed until") && page.text().contains("with what you already allow"), "{}", page.text());
        let answer = allow(&mut browser, &page, "always").await;
        assert!(answer.returned("code").is_some());
        assert_eq!(expiry(&server).await, [None]);
        let anything = [("decision", "allow"), ("lasting", "for ever")];
        let page = browser.visit(&client.authorize_url(&[OFFLINE, ("prompt", "consent")])).await;
        assert!(browser.submit(&page, &anything).await.returned("code").is_some());
        assert_eq!(expiry(&server).await, [None], "what is no choice is the one that was taken");
    }

    // S62
    async fn this_time_is_not_remembered_and_ends_with_the_session(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = printer(&server).await;
        let (mut browser, page) = asked(&server, &client, &[OFFLINE]).await;
        let answer = allow(&mut browser, &page, "once").await;
        let tokens = client.redeem(&answer.returned("code").unwrap()).await;
        assert_eq!(tokens.json["scope"], "openid profile", "to stay connected while they are away is another time");
        assert_eq!(server.database.count("consents").await, 0);
        assert_eq!(client.refresh(tokens.refresh_token()).await.status, 200);
        let twice = allow(&mut browser, &page, "always").await;
        assert_eq!((twice.status.as_u16(), server.database.count("consents").await), (409, 0), "the same form with another choice");
        let page = browser.visit(&client.authorize_url(&[OFFLINE])).await;
        assert_eq!(page.heading_kind(), "consent", "asked again");
        let answer = allow(&mut browser, &page, "once").await;
        let tokens = client.redeem(&answer.returned("code").unwrap()).await;
        let page = browser.visit("/logout").await;
        let page = browser.submit(&page, &[("decision", "sign-out")]).await;
        assert!(page.status.is_success(), "{}", page.status);
        assert_eq!(client.refresh(tokens.refresh_token()).await.error(), "invalid_grant");
        // What was remembered before stays as it was.
        let (mut browser, page) = asked(&server, &client, &[OFFLINE]).await;
        assert!(allow(&mut browser, &page, "always").await.returned("code").is_some());
        let page = browser.visit(&client.authorize_url(&[("scope", "openid profile photos:read")])).await;
        let answer = allow(&mut browser, &page, "once").await;
        assert_eq!(client.redeem(&answer.returned("code").unwrap()).await.json["scope"], "openid photos:read profile");
        assert_eq!(browser.visit(&client.authorize_url(&[("scope", "openid profile photos:read")])).await.heading_kind(), "consent");
        assert!(browser.visit(&client.authorize_url(&[OFFLINE])).await.returned("code").is_some());
    }

    // S54
    async fn there_is_no_choice_where_nothing_is_remembered(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let tool = server.add_client(new_public_client("Tool", &["http://127.0.0.1/cb"])).await;
        let (mut browser, page) = asked(&server, &tool, &[]).await;
        assert!(lastings(&page).is_empty());
        assert!(allow(&mut browser, &page, "limited").await.returned("code").is_some());
        assert_eq!(expiry(&server).await, [None], "what is not offered is not taken");
    }

    async fn an_administrator_can_have_people_asked_every_time(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let by = TestServer::by();
        let mut new = new_client("Bank", &["https://app.example/callback"]);
        new.fields.is_consent_always_asked = Some(true);
        new.fields.is_first_party = Some(true);
        let error = clients::add(&server.app, &by, new.clone()).await.unwrap_err();
        assert!(error.to_string().starts_with("always_ask: nobody is asked about a first-party client"), "{error}");
        new.fields.is_first_party = None;
        let client = server.add_client(new).await;
        let (mut browser, page) = asked(&server, &client, &[]).await;
        assert!(lastings(&page).is_empty());
        assert!(browser.approve(&page).await.returned("code").is_some());
        let page = browser.visit(&client.authorize_url(&[])).await;
        assert_eq!(page.heading_kind(), "consent");
        assert!(!page.body.contains("<details>"), "all of it");
        let silent = browser.visit(&client.authorize_url(&[("prompt", "none")])).await;
        assert_eq!(silent.returned("error").as_deref(), Some("consent_required"));
        let ours = ClientFields { is_first_party: Some(true), ..ClientFields::default() };
        let error = clients::change(&server.app, &by, &client.id, ours.clone()).await.unwrap_err();
        assert!(error.to_string().starts_with("always_ask: "), "{error}");
        let both = ClientFields { is_consent_always_asked: Some(false), ..ours };
        clients::change(&server.app, &by, &client.id, both).await.unwrap();
        assert!(browser.visit(&client.authorize_url(&[])).await.returned("code").is_some());
    }

    async fn ones_own_data_is_shown_but_not_told(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let claims = [("phone_number", "+44 20 7946 0018"), ("address.formatted", "1 Hill Lane\nLondon")];
        let claims = claims.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let user = NewUser { username: "ada".to_owned(), name: Some("Ada Lovelace".to_owned()), email: Some("ada@mail.example".to_owned()), claims, ..NewUser::default() };
        server.add_user_with(user).await;
        let client = printer(&server).await;
        let (_, page) = asked(&server, &client, &[("scope", "openid profile email address phone photos:read")]).await;
        let text = page.text();
        for words in [
            "see your name and profile ( Ada Lovelace ) – always included", "see your e-mail address ( a•••@mail.example )",
            "see your phone number ( +44•••18 )", "see your postal address ( 1 Hill Lane, London )", "It never gets your password",
            "look at your photos",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(!text.contains("7946"));
    }

    async fn the_words_are_in_the_language_of_the_page(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let by = TestServer::by();
        let german = |text: &str| [("de", text)].into_iter().collect();
        let scope = NewScope { name: "photos:read".to_owned(), description: "look at your photos".to_owned(), descriptions: Some(german("Ihre Fotos ansehen")), is_required: None };
        scopes::put(&server.app, &by, scope).await.unwrap();
        let kept = NewScope { name: "photos:read".to_owned(), description: "look at your photos".to_owned(), ..NewScope::default() };
        scopes::put(&server.app, &by, kept).await.unwrap();
        let resource = NewResource { uri: "https://api.example/photos".to_owned(), name: Some("Photos".to_owned()), names: german("Fotodienst"), scope: "photos:read".to_owned(), ..NewResource::default() };
        resources::add(&server.app, &by, resource).await.unwrap();
        let mut new = new_client("Photo Printer", &["https://app.example/callback"]);
        new.fields.scope = Some("openid photos:read".to_owned());
        let texts = [
            ("client_name#de", "Fotodrucker"), ("client_uri#de", "https://drucker.example/"), ("policy_uri#de", "https://drucker.example/datenschutz"),
            ("tos_uri#de-AT", "https://drucker.example/agb"), ("logo_uri#de", "https://drucker.example/logo.png"),
        ];
        new.fields.localized.texts = texts.map(|(member, text)| (member.to_owned(), text.to_owned())).into();
        let client = server.add_client(new).await;
        for (locales, words, not) in [
            ("de-CH fr", ["Fotodrucker", "Ihre Fotos ansehen", "Fotodienst", "drucker.example", "https://drucker.example/datenschutz", "https://drucker.example/agb", "lang=de"], "Photo Printer"),
            ("fr", ["Photo Printer", "look at your photos", "Photos", "", "", "", ""], "drucker"),
        ] {
            let (mut browser, page) = asked(&server, &client, &[("scope", "openid photos:read"), ("ui_locales", locales)]).await;
            for words in words {
                assert!(page.body.contains(words), "{locales} {words}: {}", page.body);
            }
            assert!(!page.body.contains(not), "{locales} {not}: {}", page.body);
            let login = Browser::new(&server.url).visit(&client.authorize_url(&[("ui_locales", locales)])).await;
            assert!(login.body.contains(words[0]) && login.body.contains(words[4]), "{locales}: {}", login.body);
            assert!(browser.approve(&page).await.returned("code").is_some());
            let ada = users::show(&server.app, "ada").await.unwrap().username;
            placet::admin::consents::withdraw(&server.app, &by, &ada, &client.id).await.unwrap();
        }
    }
}
