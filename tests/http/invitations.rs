//! Invitations: made by the admin API and the console, accepted once, with the roles that go with them.

use placet::admin::users::{self, NewUser};
use placet::config::SignUpMode;
use serde_json::{Value, json};

use super::api::{Api, field_problem, ok, problem};
use super::console::furnish;
use super::pages::assert_protected;
use super::sign_up::{events, filled, find, open};
use super::support::{Browser, TestServer};
use crate::support::database::{TestDatabase, on_both};
use crate::support::smtp::MailServer;

/// Without mail.
async fn by_hand(db: TestDatabase) -> TestServer {
    TestServer::start_with(db, |config| {
        config.sign_up.mode = SignUpMode::Invitation;
    })
    .await
}

async fn invited(api: &Api<'_>, body: &Value) -> Value {
    ok(&api.json("POST", "/invitations", body).await, 201)
}

/// The first code on a page of the console.
fn shown_link(body: &str) -> String {
    let html = scraper::Html::parse_document(body);
    let code = scraper::Selector::parse("main code").unwrap();
    html.select(&code).next().unwrap().text().collect()
}

on_both! {
    // S60 S171
    async fn an_invitation_is_accepted_once(db: TestDatabase) {
        let server = by_hand(db).await;
        let api = Api::new(&server).await;
        let body = json!({ "email": "grace@mail.example", "username": "grace", "name": "Grace Hopper", "roles": ["editor", "member"] });
        let made = invited(&api, &body).await;
        let link = made["link"].as_str().unwrap();
        assert!(link.starts_with(&format!("{}/sign-up?token=placet_ml_", server.url)), "{link}");
        assert_eq!((&made["mailed"], &made["roles"]), (&json!(false), &json!(["editor", "member"])));
        let listed = api.get("/invitations").await;
        assert!(!listed.body.contains("placet_ml_"));
        assert_eq!(ok(&listed, 200)["items"][0]["id"], made["id"]);
        let told = &events(&server, "invitation_made").await[0];
        assert_eq!((&told["email"], &told["roles"], &told["mailed"]), (&made["email"], &made["roles"], &json!(false)));
        assert!(!told.to_string().contains("placet_ml_"));

        let mut browser = Browser::new(&server.url);
        assert!(!browser.get("/login").await.body.contains("sign-up"), "only who is invited");
        let page = browser.get("/sign-up").await;
        assert!(page.status == 404 && page.text().contains("by invitation alone"), "{}", page.text());
        let page = browser.get(link).await;
        assert_eq!((page.field("username"), page.field("name")), ("grace".to_owned(), "Grace Hopper".to_owned()));
        for part in ["You are invited to Placet", "The people who run Placet invited grace@mail.example"] {
            assert!(page.text().contains(part), "{part}: {}", page.text());
        }
        assert_eq!(browser.submit(&page, &filled("amazing")).await.url.path(), "/account");
        let grace = find(&server, "grace@mail.example").await.unwrap();
        assert_eq!((grace.username.as_str(), grace.roles.as_slice()), ("amazing", ["editor".to_owned(), "member".to_owned()].as_slice()));
        assert!(!grace.is_email_verified, "nobody has shown that the address is theirs");
        let used = browser.get(link).await;
        assert!(used.status == 410 && used.text().contains("It was used already"), "{}", used.text());
        assert_eq!(events(&server, "signed_up").await[0]["invitation"], made["id"]);
        assert!(ok(&api.get("/invitations").await, 200)["items"].as_array().unwrap().is_empty());
        let id = made["id"].as_str().unwrap();
        problem(&api.delete(&format!("/invitations/{id}")).await, 404, "accepted");
        let taken = api.json("POST", "/invitations", &body).await;
        problem(&taken, 409, "there is an account");
    }

    async fn an_invitation_goes_by_mail(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, open(&mails)).await;
        let api = Api::new(&server).await;
        let body = json!({ "email": "grace@mail.example", "mail": true });
        let made = invited(&api, &body).await;
        assert!(made["mailed"] == true && made.get("link").is_none(), "{made}");
        let first = mails.next().await;
        assert_eq!(first.header("Subject"), "You are invited to Placet");
        assert!(first.text().contains("The people who run Placet invite you"), "{}", first.text());
        let again = invited(&api, &body).await;
        let second = mails.next().await;
        assert_eq!(ok(&api.get("/invitations").await, 200)["items"].as_array().unwrap().len(), 1, "in place of the first");
        assert_ne!(made["id"], again["id"]);
        let mut browser = Browser::new(&server.url);
        assert_eq!(browser.get(&first.link()).await.status, 410);
        let page = browser.get(&second.link()).await;
        assert_eq!(browser.submit(&page, &filled("grace")).await.url.path(), "/account");
        let grace = find(&server, "grace").await.unwrap();
        assert!(grace.is_email_verified && grace.roles.is_empty(), "the roles of strangers are not those of guests: {:?}", grace.roles);
    }

    // S50
    async fn an_invitation_is_in_the_language_that_is_chosen(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, open(&mails)).await;
        let api = Api::new(&server).await;
        for (number, (locale, subject, lang)) in [
            (json!(null), "You are invited to Placet", "en"), (json!("en"), "You are invited to Placet", "en"),
            (json!("de"), "Sie sind zu Placet eingeladen", "de"), (json!("ar"), "", "ar"), (json!("zh-Hans"), "", "zh-Hans"),
        ].into_iter().enumerate() {
            let body = json!({ "email": format!("grace{number}@mail.example"), "mail": true, "locale": locale });
            let made = invited(&api, &body).await;
            assert_eq!(made["locale"], locale);
            let mail = mails.next().await;
            assert!(subject.is_empty() || mail.header("Subject") == subject, "{locale}: {}", mail.header("Subject"));
            let html = mail.html();
            assert!(html.contains(&format!("lang=\"{lang}\"")), "{locale}: {html}");
        }
        for wrong in ["tlh", "de-AT", "DE", "zh"] {
            let body = json!({ "email": "eve@mail.example", "mail": true, "locale": wrong });
            field_problem(&api.json("POST", "/invitations", &body).await, 422, "locale", "none of the languages");
        }
        let mut root = furnish(&server).await;
        let form = root.get("/admin/new/invitation").await;
        assert!(form.body.contains("<option value=\"en\" selected"), "{}", form.body);
        let sent = root.submit(&form, &[("email", "fay@mail.example"), ("mail", "yes"), ("locale", "fr")]).await;
        assert!(sent.text().contains("fay@mail.example"), "{}", sent.text());
        assert!(mails.next().await.html().contains("lang=\"fr\""));
        let wrong = root.submit(&form, &[("email", "gus@mail.example"), ("locale", "tlh")]).await;
        assert!(wrong.status == 422 && wrong.body.contains("id=\"locale-problem\""), "{}", wrong.text());
    }

    async fn an_invitation_ends(db: TestDatabase) {
        let server = by_hand(db).await;
        let api = Api::new(&server).await;
        let made = invited(&api, &json!({ "email": "grace@mail.example" })).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.get(made["link"].as_str().unwrap()).await;
        ok(&api.delete(&format!("/invitations/{}", made["id"].as_str().unwrap())).await, 204);
        let dead = browser.submit(&page, &filled("grace")).await;
        assert_eq!(dead.status, 410, "withdrawn");
        let again = browser.get(made["link"].as_str().unwrap()).await;
        for page in [&dead, &again] {
            assert!(page.text().contains("The people who run Placet withdrew this invitation."), "{}", page.text());
        }
        let other = browser.get(&format!("/sign-up?token=placet_ml_{}", "x".repeat(43))).await;
        assert!(other.text().contains("It was used already"), "{}", other.text());
        assert!(!dead.body.contains("href=\"/sign-up\""), "nobody can ask for another: {}", dead.body);
        assert_eq!(events(&server, "invitation_withdrawn").await[0]["id"], made["id"]);
        let made = invited(&api, &json!({ "email": "grace@mail.example" })).await;
        server.advance(7 * 24 * 3600 - 1);
        assert_eq!(browser.get(made["link"].as_str().unwrap()).await.status, 200);
        server.advance(1);
        assert_eq!(browser.get(made["link"].as_str().unwrap()).await.status, 410, "a week");
        assert!(find(&server, "grace").await.is_none());
    }

    async fn what_cannot_be_an_invitation_is_refused(db: TestDatabase) {
        let server = by_hand(db).await;
        server.add_user_with(NewUser { username: "ada".to_owned(), email: Some("ada@mail.example".to_owned()), ..NewUser::default() }).await;
        let api = Api::new(&server).await;
        let reader = Api::with_scope(&server, "placet:read").await;
        let good = json!({ "email": "grace@mail.example" });
        assert_eq!(reader.json("POST", "/invitations", &good).await.status, 403);
        ok(&reader.get("/invitations").await, 200);
        for (body, field) in [
            (json!({ "email": "grace" }), "email"),
            (json!({ "email": "grace@mail.example", "username": "a@b" }), "username"),
            (json!({ "email": "grace@mail.example", "name": "a\u{202e}b" }), "name"),
            (json!({ "email": "grace@mail.example", "roles": ["a b"] }), "roles"),
            (json!({ "email": "grace@mail.example", "mail": true }), "mail"),
        ] {
            field_problem(&api.json("POST", "/invitations", &body).await, 422, field, "");
        }
        for body in [json!({ "email": "ADA@mail.example" }), json!({ "email": "grace@mail.example", "username": "Ada" })] {
            problem(&api.json("POST", "/invitations", &body).await, 409, "taken");
        }
        for number in 0..3 {
            invited(&api, &json!({ "email": format!("new{number}@mail.example") })).await;
        }
        let part = ok(&api.get("/invitations?limit=2").await, 200);
        let next = part["next"].as_str().unwrap();
        let rest = ok(&api.get(&format!("/invitations?limit=2&after={next}")).await, 200);
        assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
        let issuer = server.app.config.issuer.clone();
        let node = server.second_node(|config| {
            config.issuer = issuer;
            config.sign_up.mode = SignUpMode::Off;
        }).await;
        let off = Api { server: &node, client: api.client.at(&node), token: api.token.clone() };
        field_problem(&off.json("POST", "/invitations", &good).await, 422, "sign_up.mode", "is off");
    }

    // S168 S171
    async fn people_are_invited_in_the_console(db: TestDatabase) {
        let server = by_hand(db).await;
        let mut root = furnish(&server).await;
        let list = root.get("/admin/users").await;
        assert!(list.body.contains("href=\"/admin/new/invitation\"") && list.body.contains("href=\"/admin/invitations\""), "{}", list.body);
        let form = root.get("/admin/new/invitation").await;
        assert!(form.text().contains("Mail is not set up"), "{}", form.text());
        for (fields, field) in [
            (vec![("email", "")], "email"),
            (vec![("email", "root")], "email"),
            (vec![("email", "grace@mail.example"), ("username", "root")], "username"),
        ] {
            let page = root.submit(&form, &fields).await;
            assert_eq!(page.status, 422, "{field}");
            assert!(page.body.contains(&format!("id=\"{field}-problem\"")), "{field}: {}", page.text());
        }
        let made = root.submit(&form, &[("email", "grace@mail.example"), ("roles", "editor")]).await;
        assert!(made.text().contains("shown this once"), "{}", made.text());
        assert_protected(&made, "link");
        let link = shown_link(&made.body);
        let list = root.get("/admin/invitations").await;
        for part in ["grace@mail.example", "editor", "by hand"] {
            assert!(list.text().contains(part), "{part}: {}", list.text());
        }
        assert!(!list.body.contains("placet_ml_"));
        let mut browser = Browser::new(&server.url);
        assert_eq!(browser.get(&link).await.status, 200);
        let html = scraper::Html::parse_document(&list.body);
        let question = html.select(&scraper::Selector::parse("a[href$='/withdraw']").unwrap()).next().unwrap().attr("href").unwrap().to_owned();
        let question = root.get(&question).await;
        assert!(question.text().contains("Withdraw the invitation of grace@mail.example?"), "{}", question.text());
        let done = root.submit(&question, &[]).await;
        assert!(done.text().contains("The invitation of grace@mail.example is withdrawn."), "{}", done.text());
        assert_eq!(browser.get(&link).await.status, 410);
        assert_eq!(root.submit(&question, &[]).await.status, 404);
        server.advance(601);
        let asked = root.submit(&form, &[("email", "eve@mail.example"), ("roles", "admin")]).await;
        assert_eq!(asked.heading_kind(), "login", "an administrator is made only with the password given lately");
        let kept = server.database.texts("SELECT coalesce(email, 'nobody') FROM mailed_links".to_owned()).await;
        assert_eq!(kept, ["nobody"], "of whom was not to come nothing is kept");
    }

    async fn who_invites_is_in_the_log_and_an_administrator_may_be_invited(db: TestDatabase) {
        let server = by_hand(db).await;
        let api = Api::new(&server).await;
        let made = invited(&api, &json!({ "email": "grace@mail.example", "roles": ["admin"] })).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.get(made["link"].as_str().unwrap()).await;
        browser.submit(&page, &filled("grace")).await;
        assert_eq!(browser.get("/admin").await.status, 200);
        assert!(users::show(&server.app, "grace").await.unwrap().is_admin());
        let actors = server.database.texts("SELECT actor FROM audit_events WHERE kind = 'invitation_made'".to_owned()).await;
        assert_eq!(actors, [format!("client:{}", api.client.id)]);
    }
}
