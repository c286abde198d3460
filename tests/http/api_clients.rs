//! `/api/v1/clients`, and with it what every resource of the admin API has in common: bodies, conditions, problems (S170, S171).

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::api::{Api, field_problem, json_of, ok, problem};
use super::support::{Client, TestServer};
use crate::support::database::on_both;

fn printer() -> Value {
    json!({ "client_name": "Photo Printer", "redirect_uris": ["https://app.example/callback"] })
}

on_both! {
    // S171: the secret is in the one answer that made it, and works.
    async fn a_client_is_made_shown_changed_and_removed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let made = api.json("POST", "/clients", &json!({
            "client_id": "jobs/night@1", "client_name": "Night Job", "grant_types": ["client_credentials"], "scope": "",
        })).await;
        let client = ok(&made, 201);
        assert_eq!(made.header("location"), "/api/v1/clients/jobs%2Fnight%401");
        assert_eq!(client["registration"], "administrator");
        let secret = client["client_secret"].as_str().unwrap().to_owned();
        let night = Client::registered(&server, &client);
        night.token(&[("grant_type", "client_credentials")]).await.assert_granted("its secret");
        let path = "/clients/jobs%2Fnight%401";
        let shown = api.get(path).await;
        assert_eq!(shown.header("etag"), made.header("etag"));
        assert!(!shown.body.contains(&secret) && ok(&shown, 200).get("client_secret").is_none());
        let twice = api.json("POST", "/clients", &json!({ "client_id": "jobs/night@1", "client_name": "Other", "scope": "" })).await;
        problem(&twice, 409, "twice");
        let changed = api.json("PATCH", path, &json!({ "client_name": "Day Job", "client_uri": "https://jobs.example/" })).await;
        assert_eq!(ok(&changed, 200)["client_name"], "Day Job");
        assert_ne!(changed.header("etag"), made.header("etag"));
        let merge = [("content-type", "application/merge-patch+json")];
        let changed = api.send("PATCH", path, &merge, r#"{"client_uri":null}"#).await;
        assert!(ok(&changed, 200).get("client_uri").is_none(), "{}", changed.body);
        let same = api.json("PATCH", path, &json!({})).await;
        assert_eq!(same.header("etag"), changed.header("etag"));
        ok(&api.json("POST", &format!("{path}/disable"), &json!({})).await, 200);
        night.token(&[("grant_type", "client_credentials")]).await.assert_refused(401, "invalid_client", "disabled");
        assert_eq!(ok(&api.get("/clients?enabled=false").await, 200)["items"][0]["client_id"], "jobs/night@1");
        assert_eq!(ok(&api.json("POST", &format!("{path}/enable"), &json!({})).await, 200)["disabled"], false);
        ok(&api.delete(path).await, 204);
        problem(&api.get(path).await, 404, "removed");
        problem(&api.delete(path).await, 404, "removed");
        night.token(&[("grant_type", "client_credentials")]).await.assert_refused(401, "invalid_client", "removed");
    }

    async fn a_put_makes_the_same_client_however_often(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let first = api.json("PUT", "/clients/printer", &printer()).await;
        let secret = ok(&first, 201)["client_secret"].as_str().unwrap().to_owned();
        let again = api.json("PUT", "/clients/printer", &printer()).await;
        let same = ok(&again, 200);
        assert_eq!(again.header("etag"), first.header("etag"));
        assert!(same.get("client_secret").is_none() && !again.body.contains(&secret));
        let mut other = printer();
        other["client_uri"] = json!("https://app.example/");
        other["client_id"] = json!("printer");
        let replaced = api.json("PUT", "/clients/printer", &other).await;
        assert_eq!(ok(&replaced, 200)["client_uri"], "https://app.example/");
        let back = ok(&api.json("PUT", "/clients/printer", &printer()).await, 200);
        assert!(back.get("client_uri").is_none(), "what is left out gets its default: {back}");
        other["client_id"] = json!("another");
        field_problem(&api.json("PUT", "/clients/printer", &other).await, 422, "client_id", "never change");
        let none = [("if-none-match", "*")];
        problem(&api.json_if("PUT", "/clients/printer", &none, &printer()).await, 412, "there already");
        ok(&api.json_if("PUT", "/clients/scanner", &none, &printer()).await, 201);
        let any = [("if-match", "*")];
        problem(&api.json_if("PUT", "/clients/nobody", &any, &printer()).await, 412, "not there");
        problem(&api.json_if("PUT", "/clients/nobody", &[("if-match", "\"1\"")], &printer()).await, 412, "not there");
        ok(&api.json_if("PUT", "/clients/scanner", &any, &printer()).await, 200);
    }

    // RFC 9110 §13.1.1: two administrators do not overwrite each other.
    async fn a_change_of_what_was_changed_meanwhile_is_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let made = api.json("PUT", "/clients/printer", &printer()).await;
        let tag = made.header("etag").to_owned();
        let named = |name: &str| json!({ "client_name": name });
        let seen = [("if-match", tag.as_str())];
        let changed = api.json_if("PATCH", "/clients/printer", &seen, &named("One")).await;
        ok(&changed, 200);
        let weak = format!("W/{}", changed.header("etag"));
        let several = format!("\"1\", {weak}, {tag}");
        for stale in [tag.as_str(), "\"99\"", "\"abc\"", weak.as_str(), several.as_str(), "\"2\"", "\"-1\"", "\"\""] {
            for method in ["PATCH", "PUT", "DELETE"] {
                let page = api.json_if(method, "/clients/printer", &[("if-match", stale)], &printer()).await;
                problem(&page, 412, stale);
            }
        }
        for malformed in ["2", "\"1\" \"2\"", "", "W/2", "\"2", "*, \"2\"", "\"\u{e9}\""] {
            let page = api.json_if("PATCH", "/clients/printer", &[("if-match", malformed)], &printer()).await;
            field_problem(&page, 400, "If-Match", "entity tag");
        }
        let newest = [("if-match", changed.header("etag"))];
        ok(&api.json_if("DELETE", "/clients/printer", &newest, &json!({})).await, 204);
    }

    // Of many who saw the same version one is let through.
    async fn one_of_many_writers_wins(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        for round in 0..3 {
            let made = api.json("PUT", "/clients/printer", &json!({ "client_name": format!("Printer {round}"), "scope": "" })).await;
            let tag = made.header("etag").to_owned();
            let writers = (0..16).map(|number| {
                let (api, tag) = (&api, tag.as_str());
                async move { api.json_if("PATCH", "/clients/printer", &[("if-match", tag)], &json!({ "client_name": format!("Writer {number}") })).await }
            });
            let pages = join_all(writers).await;
            let won: Vec<_> = pages.iter().filter(|page| page.status == 200).collect();
            assert_eq!(won.len(), 1, "{:?}", pages.iter().map(|page| page.status).collect::<Vec<_>>());
            for page in pages.iter().filter(|page| page.status != 200) {
                problem(page, 412, "the others");
            }
            let shown = ok(&api.get("/clients/printer").await, 200);
            assert_eq!(shown["client_name"], json_of(won[0])["client_name"]);
        }
    }

    // S171: a new secret with overlap, one that leaked is ended, and the last one stays.
    async fn secrets_change_over(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let made = ok(&api.json("POST", "/clients", &json!({ "client_name": "Night Job", "scope": "" })).await, 201);
        let path = format!("/clients/{}/secrets", made["client_id"].as_str().unwrap());
        let address = format!("/api/v1{path}");
        let old = Client::registered(&server, &made);
        let first = ok(&api.get(&path).await, 200);
        let leaked = first["items"][0]["id"].as_str().unwrap();
        let only = api.delete(&format!("{path}/{leaked}")).await;
        problem(&only, 409, "the only one");
        let page = api.json("POST", &path, &json!({ "overlap_seconds": 60 })).await;
        let new = Client::registered(&server, &ok(&page, 201));
        assert_ne!(new.secret, old.secret);
        let (location, listed) = (page.header("location"), ok(&api.get(&path).await, 200));
        let ids: Vec<&str> = listed["items"].as_array().unwrap().iter().map(|secret| secret["id"].as_str().unwrap()).collect();
        let id = location.strip_prefix(&format!("{address}/")).unwrap();
        assert!(ids.contains(&id) && id != leaked, "RFC 9110 §15.3.2: {location}");
        let listed = api.get(&path).await;
        assert_eq!(ok(&listed, 200)["items"].as_array().unwrap().len(), 2);
        for secret in [&old.secret, &new.secret] {
            assert!(!listed.body.contains(secret.as_deref().unwrap()));
        }
        let grant = [("grant_type", "client_credentials")];
        old.token(&grant).await.assert_granted("within the overlap");
        ok(&api.delete(&format!("{path}/{leaked}")).await, 204);
        old.token(&grant).await.assert_refused(401, "invalid_client", "ended");
        new.token(&grant).await.assert_granted("the new one");
        problem(&api.delete(&format!("{path}/{leaked}")).await, 404, "gone");
        field_problem(&api.json("POST", &path, &json!({ "overlap_seconds": 7_776_001 })).await, 422, "overlap_seconds", "90d");
        field_problem(&api.json("POST", &path, &json!({ "overlap_seconds": -1 })).await, 422, "overlap_seconds", "");
        let events = server.app.store.event_kinds(1000).await.unwrap();
        for kind in ["client_secret_added", "client_secret_removed"] {
            assert!(events.iter().any(|(found, _)| found == kind), "{kind}");
        }
    }

    // S170
    async fn bodies_are_refused_by_name(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let page = api.json("POST", "/clients", &json!({ "client_name": "X", "redirect_url": "https://app.example/" })).await;
        field_problem(&page, 422, "redirect_url", "redirect_uris");
        field_problem(&api.json("POST", "/clients", &json!({ "client_name": 7 })).await, 422, "client_name", "expected a string");
        field_problem(&api.json("POST", "/clients", &json!({ "client_name": null })).await, 422, "client_name", "null");
        field_problem(&api.json("POST", "/clients", &json!({ "client_name": "X", "redirect_uris": ["https://a.example/", 1] })).await, 422, "redirect_uris[1]", "string");
        field_problem(&api.json("POST", "/clients", &json!({ "client_name": "X", "redirect_uris": ["ftp:/x y"] })).await, 422, "redirect_uris", "");
        field_problem(&api.json("POST", "/clients", &json!({ "client_name": "X", "scope": "nobody:knows" })).await, 422, "scope", "not registered");
        field_problem(&api.json("POST", "/clients", &json!({ "client_name": "" })).await, 422, "client_name", "");
        let typed = [("content-type", "application/json")];
        let twice = api.send("POST", "/clients", &typed, r#"{"client_name":"a","client_name":"b"}"#).await;
        problem(&twice, 422, "a member twice");
        for bad in ["", "{", "[1,", "nul", "\u{feff}{}", "{\"client_name\":\"\\ud800\"}", "{} {}", "{\"client_name\":\"a\u{0}b\"}"] {
            problem(&api.send("POST", "/clients", &typed, bad).await, 400, bad);
        }
        for bad in ["[]", " [\"id\", \"Name\"]", "7", "null", "\"text\""] {
            problem(&api.send("POST", "/clients", &typed, bad).await, 422, bad);
        }
        problem(&api.send("POST", "/clients", &typed, r#"{"client_name":"a\u0000b"}"#).await, 422, "NUL");
        for open in ["[", "{\"a\":", "{\"jwks\":{\"keys\":["] {
            let deep = api.send("POST", "/clients", &typed, &open.repeat(10_000)).await;
            assert!([400, 413].contains(&deep.status.as_u16()), "{}", deep.status);
        }
        let closed = format!("{{\"jwks\":{{\"keys\":{}{}}}}}", "[".repeat(10_000), "]".repeat(10_000));
        problem(&api.send("POST", "/clients", &typed, &closed).await, 400, "closed again");
        let large = json!({ "client_name": "x".repeat(70_000) });
        problem(&api.json("POST", "/clients", &large).await, 413, "large");
        for kind in ["", "text/plain", "application/x-www-form-urlencoded", "application/merge-patch+json", "application/json; charset=latin1"] {
            problem(&api.send("POST", "/clients", &[("content-type", kind)], "{}").await, 415, kind);
        }
        problem(&api.send("POST", "/clients", &[], "{}").await, 415, "no type");
        field_problem(&api.json("POST", "/clients?force=1", &json!({})).await, 400, "force", "override");
        field_problem(&api.json("POST", "/clients?override=maybe", &json!({})).await, 400, "override", "");
        assert_eq!(ok(&api.get("/clients").await, 200)["items"].as_array().unwrap().len(), 1, "nothing was made");
    }

    // S170: odd names in the path name nothing, and break nothing.
    async fn odd_paths_name_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let long = "x".repeat(3000);
        for part in ["%00", "%ff%fe", "a%2Fb", "'%20OR%201=1", "%25", "%252F", "..%2F..", "*", "%5C", long.as_str(), "\u{e9}", "%E2%80%AE"] {
            for collection in ["clients", "users", "scopes", "roles", "resources", "errors"] {
                problem(&api.get(&format!("/{collection}/{part}")).await, 404, part);
            }
            for collection in ["clients", "users", "roles", "resources", "keys", "sessions", "grants", "registration-tokens"] {
                let page = api.delete(&format!("/{collection}/{part}")).await;
                assert!([404, 422].contains(&page.status.as_u16()), "{collection}/{part}: {}", page.status);
            }
        }
    }
}
