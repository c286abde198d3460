//! `/account`: who the person is, and what they may change of that.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::about::{self, Fact, Typed};
use super::field::{Field, Problem};
use super::frame::{self, Done, Frame, Section, When};
use super::guard;
use crate::admin::users::{self, UserFields};
use crate::admin::{AdminError, By};
use crate::http::pages::layout::Layout;
use crate::http::place;
use crate::http::web::Web;
use crate::model::event::Actor;
use crate::model::session::SignedIn;
use crate::oauth::params::Params;
use crate::text_id;
use crate::texts::Language;

const HERE: &str = "/account";
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
    /// Phone and postal address.
    reach: Vec<Field>,
    /// What else is known, and not for the person to change.
    facts: Vec<Fact>,
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

    /// Something stands in it.
    fn is_reach_open(&self) -> bool {
        let is_filled = |field: &Field| !field.value.is_empty() || field.problem.is_some();
        self.reach.iter().any(is_filled)
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
    let claims = match users::claims_of(&web.app, &signed_in.user).await {
        Ok(stored) if may_edit => about::changes(&params, &stored.values),
        Ok(_) => Vec::new(),
        Err(error) => return guard::failed(&request, &web, error),
    };
    let fields = UserFields {
        name: typed("name").filter(|_| may_edit),
        locale: typed("language"),
        claims,
        ..UserFields::default()
    };
    let user = signed_in.user.id;
    let by = By::new(Actor::User(user), place::of(&request).origin());
    match users::change(&web.app, &by, &user.to_string(), fields).await {
        Ok(_) => frame::done(&web, &signed_in, Done::ProfileChanged, "", &web.href(HERE)),
        Err(AdminError::Invalid { field, .. }) => {
            let wrong = Some((&params, Wrong::At(about::all_wrong(&params, field))));
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

impl Wrong {
    fn fields(&self) -> &[&'static str] {
        match self {
            Self::At(fields) => fields,
            Self::Managed => &[],
        }
    }
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
    let may_edit = web.app.config.account.profile_editable;
    let texts = layout.texts;
    let (mut fields, mut reach) = (Vec::new(), Vec::new());
    if may_edit {
        let typed = wrong.as_ref().map(|(params, wrong)| Typed {
            params,
            wrong: wrong.fields(),
        });
        fields = about::fields(texts, user, &claims.values, typed.as_ref());
        reach = about::reach(texts, &claims.values, typed.as_ref());
    }
    let chosen = user.locale.as_deref().and_then(Language::of_tag);
    let languages = Language::ALL.map(|language| Choice {
        language,
        is_chosen: chosen == Some(language),
    });
    let mut problems = [Problem::of(&fields), Problem::of(&reach)].concat();
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
        reach,
        facts: about::facts(texts, &claims.values, may_edit),
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
