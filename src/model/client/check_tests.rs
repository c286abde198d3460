//! Each rule of registration, broken once.

use super::*;
use serde_json::json;

fn web() -> ClientMetadata {
    ClientMetadata {
        client_name: "App".into(),
        redirect_uris: vec![RedirectUri::parse("https://app.example/cb").unwrap()],
        grant_types: vec![GrantType::AuthorizationCode],
        response_types: vec!["code".into()],
        ..ClientMetadata::default()
    }
}

#[test]
fn each_fault_names_its_field() {
    assert_eq!(web().check(), Ok(()));
    let field = |change: &dyn Fn(&mut ClientMetadata)| {
        let mut metadata = web();
        change(&mut metadata);
        metadata.check().unwrap_err().field
    };
    assert_eq!(field(&|m| m.client_name = " ".into()), "client_name");
    assert_eq!(
        field(&|m| m.client_name = "a\u{202e}b".into()),
        "client_name"
    );
    assert_eq!(field(&|m| m.grant_types.clear()), "grant_types");
    assert_eq!(
        field(&|m| m.grant_types = vec![GrantType::DeviceCode]),
        "grant_types"
    );
    assert_eq!(field(&|m| m.redirect_uris.clear()), "redirect_uris");
    assert_eq!(
        field(&|m| m.redirect_uris.push(m.redirect_uris[0].clone())),
        "redirect_uris"
    );
    assert_eq!(
        field(&|m| m.policy_uri = Some("javascript:x".into())),
        "policy_uri"
    );
    assert_eq!(field(&|m| m.response_types.clear()), "response_types");
    assert_eq!(field(&|m| m.resources = vec!["/x".into()]), "resources");
    let public = &|m: &mut ClientMetadata| {
        m.token_endpoint_auth_method = AuthMethod::None;
        m.grant_types.push(GrantType::ClientCredentials);
    };
    assert_eq!(field(public), "grant_types");
}

fn field(change: &dyn Fn(&mut ClientMetadata)) -> Option<&'static str> {
    let mut metadata = web();
    change(&mut metadata);
    metadata.check().err().map(|error| error.field)
}

#[test]
fn the_fields_of_openid_connect_have_rules_too() {
    assert_eq!(
        field(&|m| m.token_endpoint_auth_method = AuthMethod::PrivateKeyJwt),
        Some("token_endpoint_auth_method")
    );
    assert_eq!(
        field(&|m| m.initiate_login_uri = Some("http://localhost/start".into())),
        Some("initiate_login_uri")
    );
    assert_eq!(
        field(&|m| m.jwks_uri = Some("http://a.example/keys".into())),
        Some("jwks_uri")
    );
    let private = json!({"keys": [{"kty": "EC", "crv": "P-256", "x": "a", "y": "b", "d": "c"}]});
    for bad in [
        json!({}),
        json!({"keys": []}),
        json!({"keys": [{"kty": "oct", "k": "x"}]}),
        private,
    ] {
        assert_eq!(field(&|m| m.jwks = Some(bad.clone())), Some("jwks"));
    }
    assert_eq!(
        field(&|m| m.token_endpoint_auth_signing_alg = Some(SigningAlg::HS256)),
        Some("token_endpoint_auth_signing_alg")
    );
}

#[test]
fn subjects_and_logout_have_rules_of_their_own() {
    assert_eq!(field(&|m| m.subject_type = SubjectType::Pairwise), None);
    let pairwise = |m: &mut ClientMetadata| {
        m.subject_type = SubjectType::Pairwise;
        m.redirect_uris
            .push(RedirectUri::parse("https://other.example/cb").unwrap());
    };
    assert_eq!(field(&pairwise), Some("sector_identifier_uri"));
    // Anybody may have an app open by evil.example.app://…, whatever stands behind it.
    let invented = |m: &mut ClientMetadata| {
        m.subject_type = SubjectType::Pairwise;
        let uri = RedirectUri::parse("com.evil.app://app.example/cb");
        m.redirect_uris = vec![uri.unwrap()];
    };
    assert_eq!(field(&invented), Some("sector_identifier_uri"));
    assert_eq!(
        field(&|m| {
            pairwise(m);
            m.sector_identifier_uri = Some("https://app.example/sector".into());
        }),
        None
    );
    assert_eq!(
        field(&|m| m.frontchannel_logout_uri = Some("https://other.example/out".into())),
        Some("frontchannel_logout_uri")
    );
    assert_eq!(
        field(&|m| m.frontchannel_logout_uri = Some("https://app.example/out".into())),
        None
    );
    assert_eq!(
        field(&|m| m.backchannel_logout_uri = Some("https://u:p@app.example/out".into())),
        Some("backchannel_logout_uri")
    );
}

#[test]
fn response_types_and_grant_types_go_together() {
    assert_eq!(
        field(&|m| m.response_types.push("code id_token".into())),
        Some("response_types")
    );
    assert_eq!(
        field(&|m| m.response_types.push("none".into())),
        Some("response_types")
    );
    assert_eq!(
        field(&|m| m.grant_types.push(GrantType::Implicit)),
        Some("response_types")
    );
    assert_eq!(
        super::super::response_type("token code"),
        Some("code token")
    );
    assert_eq!(super::super::response_type("code code"), None);
}
