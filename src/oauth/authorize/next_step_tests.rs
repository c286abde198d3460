//! The decision as a table: prompt × session age × consent × max_age × kind of client.

use chrono::{DateTime, TimeDelta, Utc};
use oauth2_types::requests::{GrantType, Prompt, ResponseMode};
use uuid::Uuid;

use super::*;
use crate::model::claims_request::{ClaimsRequest, Wanted};
use crate::model::client::{AuthMethod, ClientMetadata, Registration};
use crate::model::id::{ClientId, RequestId, SessionId, UserId};
use crate::model::secret::TokenHash;

#[path = "next_step_acr_tests.rs"]
mod acr;
#[path = "next_step_hint_tests.rs"]
mod hint;
#[path = "next_step_consent_tests.rs"]
mod remembered;
#[path = "next_step_roles_tests.rs"]
mod roles;

#[expect(clippy::struct_excessive_bools, reason = "a row of facts")]
struct Case {
    prompt: &'static [Prompt],
    max_age: Option<u32>,
    /// Seconds between the sign-in and the request; negative: signed in for the request, after it arrived.
    signed_in_before: Option<i64>,
    granted: Option<(&'static str, &'static str)>,
    is_public: bool,
    is_first_party: bool,
    is_always_asked: bool,
    /// Seconds after the start at which the approval ends.
    limit: Option<i64>,
    redirect: RedirectKind,
    is_account_chosen: bool,
    hint: Option<Hint>,
    claims: &'static [&'static str],
    barred: &'static str,
    /// What is wanted, and what the session shows.
    acr: Option<Acr>,
    amr: &'static [&'static str],
}

const PLAIN: Case = Case {
    prompt: &[],
    max_age: None,
    signed_in_before: Some(60),
    granted: Some(("read write", "")),
    is_public: false,
    is_first_party: false,
    is_always_asked: false,
    limit: None,
    redirect: RedirectKind::Web,
    is_account_chosen: false,
    hint: None,
    claims: &[],
    barred: "",
    acr: None,
    amr: &["pwd"],
};

fn scopes(text: &str) -> Scopes {
    Scopes::parse(text).unwrap()
}

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

#[expect(clippy::too_many_lines, reason = "the facts, in full")]
fn step(case: &Case) -> Step {
    let now = start() + TimeDelta::seconds(5);
    let wanted = |name: &&str| ((*name).to_owned(), Wanted::default());
    let request = AuthorizationRequest {
        id: RequestId(Uuid::nil()),
        client_id: ClientId::parse("app").unwrap(),
        redirect_uri: "https://app.example/cb".into(),
        is_redirect_uri_sent: true,
        response_type: <_>::default(),
        response_mode: ResponseMode::Query,
        scope: scopes("read write"),
        resources: <_>::default(),
        claims: (!case.claims.is_empty()).then(|| ClaimsRequest {
            userinfo: case.claims.iter().map(wanted).collect(),
            ..ClaimsRequest::default()
        }),
        state: None,
        nonce: None,
        code_challenge: None,
        prompt: case.prompt.to_vec(),
        max_age: case.max_age,
        is_time_essential: false,
        acr: case.acr,
        acr_wanted: Vec::new(),
        login_hint: None,
        ui_locales: None,
        hint: case.hint,
        received_at: start(),
        fresh: case
            .signed_in_before
            .filter(|seconds| *seconds < 0)
            .map(|seconds| FreshSignIn {
                session_id: SessionId(Uuid::nil()),
                authenticated_at: start() - TimeDelta::seconds(seconds),
            }),
        chosen: case.is_account_chosen.then_some(SessionId(Uuid::nil())),
    };
    let method = [AuthMethod::ClientSecretBasic, AuthMethod::None][usize::from(case.is_public)];
    let client = Client {
        id: request.client_id.clone(),
        metadata: ClientMetadata {
            client_name: "App".into(),
            grant_types: vec![GrantType::AuthorizationCode],
            response_types: vec!["code".into()],
            token_endpoint_auth_method: method,
            scope: scopes("read write"),
            ..ClientMetadata::default()
        },
        is_first_party: case.is_first_party,
        required_acr: None,
        branding: <_>::default(),
        is_consent_always_asked: case.is_always_asked,
        registration: Registration::Administrator,
        disabled_at: None,
        secrets: vec![],
        created_at: start(),
        sweep_at: None,
        version: 1,
    };
    let session = case.signed_in_before.map(|seconds| Session {
        id: SessionId(Uuid::nil()),
        token_hash: TokenHash::from_bytes([0; 32]),
        user_id: UserId(Uuid::nil()),
        authenticated_at: start() - TimeDelta::seconds(seconds),
        amr: case.amr.iter().map(|&method| method.to_owned()).collect(),
        created_at: start(),
        last_seen_at: start(),
        idle_expires_at: start(),
        expires_at: start(),
        address: None,
        user_agent: None,
    });
    let consent = case.granted.map(|(granted, declined)| Consent {
        user_id: UserId(Uuid::nil()),
        client_id: request.client_id.clone(),
        resources: <_>::default(),
        granted: scopes(granted),
        declined: scopes(declined),
        granted_at: start(),
        updated_at: start(),
        expires_at: case
            .limit
            .map(|seconds| start() + TimeDelta::seconds(seconds)),
    });
    next_step(&Facts {
        request: &request,
        client: &client,
        redirect: case.redirect,
        session: session.as_ref(),
        consent: consent.as_ref(),
        barred: &scopes(case.barred),
        acr: case.acr.unwrap_or(Acr::Pwd),
        now,
    })
}

fn issue(text: &str) -> Step {
    Step::Issue {
        scope: scopes(text),
        until: None,
    }
}

fn ask() -> Step {
    ask_for("read write", "")
}

fn ask_for(asked: &str, kept: &str) -> Step {
    Step::AskConsent {
        asked: scopes(asked),
        kept: scopes(kept),
    }
}

#[test]
fn sign_in() {
    let nobody = Case {
        signed_in_before: None,
        ..PLAIN
    };
    assert_eq!(step(&nobody), Step::LogIn);
    assert_eq!(
        step(&Case {
            prompt: &[Prompt::None],
            ..nobody
        }),
        Step::Refuse(ErrorCode::LoginRequired)
    );
    assert_eq!(step(&PLAIN), issue("read write"));
    assert_eq!(
        step(&Case {
            prompt: &[Prompt::None],
            ..PLAIN
        }),
        issue("read write")
    );
    let login: &[Prompt] = &[Prompt::Login];
    assert_eq!(
        step(&Case {
            prompt: login,
            ..PLAIN
        }),
        Step::LogInAgain
    );
    assert_eq!(
        step(&Case {
            prompt: login,
            signed_in_before: Some(-2),
            ..PLAIN
        }),
        issue("read write")
    );
}

#[test]
fn max_age() {
    let aged = |max_age, before| Case {
        max_age: Some(max_age),
        signed_in_before: Some(before),
        ..PLAIN
    };
    assert_eq!(step(&aged(65, 60)), issue("read write"));
    assert_eq!(step(&aged(64, 60)), Step::LogInAgain);
    assert_eq!(
        step(&aged(0, 0)),
        Step::LogInAgain,
        "another sign-in of the same moment is not this one"
    );
    assert_eq!(step(&aged(0, 1)), Step::LogInAgain);
    assert_eq!(step(&aged(0, -1)), issue("read write"));
    let silent = Case {
        prompt: &[Prompt::None],
        ..aged(10, 60)
    };
    assert_eq!(step(&silent), Step::Refuse(ErrorCode::LoginRequired));
}

#[test]
fn choosing_an_account() {
    let choose: &[Prompt] = &[Prompt::SelectAccount];
    assert_eq!(
        step(&Case {
            prompt: choose,
            ..PLAIN
        }),
        Step::ChooseAccount
    );
    assert_eq!(
        step(&Case {
            prompt: choose,
            is_account_chosen: true,
            ..PLAIN
        }),
        issue("read write")
    );
    assert_eq!(
        step(&Case {
            prompt: choose,
            signed_in_before: Some(-1),
            ..PLAIN
        }),
        issue("read write")
    );
}

/// OIDC Core §5.5: a claim without its scope is consented to in the words of that scope.
#[test]
fn single_claims_are_asked_for_by_the_words_of_their_scope() {
    let claims = &["name", "phone_number", "phone_number_verified"][..];
    let asked = scopes("phone profile read write");
    let case = |granted| Case {
        granted,
        claims,
        ..PLAIN
    };
    assert_eq!(step(&case(None)), ask_for(&asked.to_string(), ""));
    assert_eq!(
        step(&case(Some(("read write", "")))),
        ask_for("phone profile", "read write")
    );
    let silent = Case {
        prompt: &[Prompt::None],
        ..case(None)
    };
    let refused = Step::Refuse(ErrorCode::ConsentRequired);
    assert_eq!(step(&silent), refused);
    assert_eq!(
        step(&case(Some(("profile read write", "phone")))),
        issue("profile read write")
    );
    // What the scopes themselves can give must be something.
    assert_eq!(
        step(&case(Some(("phone profile", "read write")))),
        ask_for("read write", "phone profile")
    );
    let own = Case {
        is_first_party: true,
        ..case(None)
    };
    assert_eq!(step(&own), issue(&asked.to_string()));
}
