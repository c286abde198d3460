//! `/account`: who the person is, and what they may change of that.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::field::{Field, Problem};
use super::frame::{self, Done, Frame, Section, When};
use super::guard;
use crate::admin::users::{self, UserFields};
use crate::admin::{AdminError, By};
use crate::http::pages::layout::Layout;
use crate::http::place;
use crate::http::web::Web;
use crate::model::claims::{self, UserClaims};
use crate::model::event::Actor;
use crate::model::session::SignedIn;
use crate::oauth::params::Params;
use crate::text_id;
use crate::texts::{Language, Texts};

const HERE: &str = "/account";
/// The claims that people may change themselves (OIDC Core §5.1): what is said, and how it is filled in.
const CLAIMS: [(&str, &str, &str, &str); 7] = [
    (
        "given_name",
        text_id!("account-given-name"),
        "text",
        "given-name",
    ),
    (
        "family_name",
        text_id!("account-family-name"),
        "text",
        "family-name",
    ),
    ("nickname", text_id!("account-nickname"), "text", "nickname"),
    ("website", text_id!("account-website"), "url", "url"),
    ("picture", text_id!("account-picture"), "url", "photo"),
    ("birthdate", text_id!("account-birthdate"), "text", "bday"),
    ("zoneinfo", text_id!("account-zone"), "text", "off"),
];

#[derive(Template)]
#[template(path = "pages/account/profile.html")]
struct ProfilePage {
    layout: Layout,
    frame: Frame,
    csrf: String,
    username: String,
    email: Option<String>,
    is_email_verified: bool,
    /// Where the address is changed; `None` where no mail can prove another.
    email_href: Option<String>,
    roles: Vec<String>,
    signed_in_at: When,
    fields: Vec<Field>,
    languages: Vec<Choice>,
    problems: Vec<Problem>,
}

struct Choice {
    language: Language,
    is_chosen: bool,
}

impl ProfilePage {
    fn is_language_chosen(&self) -> bool {
        self.languages.iter().any(|choice| choice.is_chosen)
    }
}

pub(super) async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let signed_in = match guard::signed_in(&request, &web).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    show(&request, &web, &signed_in, None).await
}

pub(super) async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let (signed_in, params) = match guard::posted(&request, &web, payload).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let may_edit = web.app.config.account.profile_editable;
    // A field that is sent empty is as one that is left out.
    let typed = |name: &str| {
        let text = params.get(name).unwrap_or_default();
        Some(text.trim().to_owned())
    };
    let claims = CLAIMS.iter().filter(|_| may_edit);
    let fields = UserFields {
        name: typed("name").filter(|_| may_edit),
        locale: typed("language"),
        claims: claims
            .filter_map(|(name, ..)| Some(((*name).to_owned(), typed(name)?)))
            .collect(),
        ..UserFields::default()
    };
    let user = signed_in.user.id;
    let by = By::new(Actor::User(user), place::of(&request).origin());
    match users::change(&web.app, &by, &user.to_string(), fields).await {
        Ok(_) => frame::done(&web, &signed_in, Done::ProfileChanged, "", &web.href(HERE)),
        Err(AdminError::Invalid { field, .. }) => {
            let wrong = Some((&params, Wrong::At(all_wrong(&params, field))));
            show(&request, &web, &signed_in, wrong).await
        }
        Err(AdminError::Managed { .. }) => {
            show(&request, &web, &signed_in, Some((&params, Wrong::Managed))).await
        }
        Err(error) => guard::failed(&request, &web, error),
    }
}

/// Why nothing was changed.
enum Wrong {
    /// At these fields.
    At(Vec<&'static str>),
    Managed,
}

/// The field that was found first, and all others that would not do either.
fn all_wrong(params: &Params, first: &'static str) -> Vec<&'static str> {
    let is_wrong = |name: &str| {
        let typed = params.get(name).unwrap_or_default();
        claims::check(name, typed.trim()).is_err()
    };
    let names = CLAIMS.iter().map(|(name, ..)| *name);
    let others = names.filter(|name| *name != first && is_wrong(name));
    std::iter::once(first).chain(others).collect()
}

async fn show(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    wrong: Option<(&Params, Wrong)>,
) -> HttpResponse {
    let claims = match users::claims_of(&web.app, &signed_in.user).await {
        Ok(claims) => claims,
        Err(error) => return guard::failed(request, web, error),
    };
    let layout = web.layout_for(request);
    let user = &signed_in.user;
    let mut fields = Vec::new();
    if web.app.config.account.profile_editable {
        fields = editable(layout.texts, signed_in, &claims, wrong.as_ref());
    }
    let chosen = user.locale.as_deref().and_then(Language::of_tag);
    let languages = Language::ALL.map(|language| Choice {
        language,
        is_chosen: chosen == Some(language),
    });
    let mut problems = Problem::of(&fields);
    if let Some((_, wrong)) = wrong.as_ref().filter(|_| problems.is_empty()) {
        let text = match wrong {
            Wrong::Managed => layout.say("account-managed"),
            Wrong::At(_) => layout.say("account-wrong-text"),
        };
        problems.push(Problem::at("", text));
    }
    let title = text_id!("account-profile-title");
    let view = ProfilePage {
        frame: Frame::new(request, web, signed_in, Section::Profile, title),
        csrf: guard::csrf(web, signed_in, &web.href(HERE)),
        username: user.username.clone(),
        email: user.email.clone(),
        is_email_verified: user.is_email_verified,
        email_href: web
            .app
            .mailer
            .is_set_up()
            .then(|| web.href("/account/email")),
        roles: user.roles.clone(),
        signed_in_at: When::new(layout.texts, signed_in.session.authenticated_at),
        fields,
        languages: languages.into(),
        problems,
        layout,
    };
    let status = match wrong {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    frame::show(request, web, status, &view)
}

/// The fields with what is stored, or with what was typed and did not do.
fn editable(
    texts: Texts,
    signed_in: &SignedIn,
    claims: &UserClaims,
    wrong: Option<&(&Params, Wrong)>,
) -> Vec<Field> {
    let name = Field::new(texts, "name", text_id!("account-name")).autocomplete("name");
    let mut fields = vec![name];
    fields.extend(CLAIMS.map(|(name, label, kind, autocomplete)| {
        let field = Field::new(texts, name, label);
        let field = field.kind(kind).autocomplete(autocomplete);
        match name {
            "birthdate" => field.help(texts.say("account-birthdate-help")),
            "zoneinfo" => field.help(texts.say("account-zone-help")),
            _ => field,
        }
    }));
    for field in &mut fields {
        let typed = wrong.and_then(|(typed, _)| typed.get(field.name));
        let stored = match field.name {
            "name" => signed_in.user.name.as_deref(),
            name => claims.values.get(name).and_then(|value| value.as_str()),
        };
        field.value = typed.or(stored).unwrap_or_default().to_owned();
        if let Some((_, Wrong::At(at))) = wrong
            && at.contains(&field.name)
        {
            field.problem = Some(texts.say(mend(field.name)));
        }
    }
    fields
}

fn mend(field: &str) -> &'static str {
    match field {
        "website" | "picture" => text_id!("account-wrong-link"),
        "birthdate" => text_id!("account-wrong-date"),
        "zoneinfo" => text_id!("account-wrong-zone"),
        _ => text_id!("account-wrong-text"),
    }
}
