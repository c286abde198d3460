//! `placet user invite`, `invitations` and `withdraw-invitation`: links with which somebody makes an account.

use clap::Args;
use serde_json::json;

use super::output::{self, Failure, Output, fields, instant, joined, yes};
use super::role;
use crate::admin::invitations::{self, InvitationView, NewInvitation};
use crate::admin::users::Delivery;
use crate::admin::{AdminError, By};
use crate::config::Config;
use crate::model::invitation::Invitation;

#[derive(Debug, Args)]
pub(super) struct Invite {
    /// The address of the account
    email: String,
    /// A proposal; they may choose another
    #[arg(long)]
    username: Option<String>,
    /// The full name; a proposal too
    #[arg(long = "name", id = "full_name", value_name = "NAME")]
    full_name: Option<String>,
    /// A role, in tokens as `roles` (repeat); admin opens the console
    #[arg(long = "role", alias = "roles", value_name = "ROLE")]
    roles: Vec<String>,
    /// The language of the mail: en, de, fr, es, pt, it, pl, ja, zh-Hans or ar; the installation's where it is not said
    #[arg(long, value_name = "TAG")]
    locale: Option<String>,
    /// Print the link, to be handed over, instead of mailing it
    #[arg(long)]
    print_link: bool,
}

pub(super) async fn invite(new: Invite, config: Config, output: Output) -> Result<(), Failure> {
    let app = super::open(config).await?;
    let is_mailed = !new.print_link;
    let missing = role::new_ones(&app, &new.roles).await?;
    let new = NewInvitation {
        email: new.email,
        username: new.username,
        name: new.full_name,
        roles: new.roles,
        locale: new.locale,
        delivery: if is_mailed {
            Delivery::Mail
        } else {
            Delivery::ByHand
        },
    };
    let made = invitations::add(&app, &By::command_line(), new).await;
    let (made, link) = made.map_err(|error| match error {
        AdminError::Invalid { field: "mail", .. } => {
            Failure::usage(format!("{error}: --print-link prints it"))
        }
        error => error.into(),
    })?;
    for name in missing {
        output::note(&format!(
            "there is no role {name:?}; it is made when the invitation is accepted (`placet role list` shows all)"
        ));
    }
    output.print(&InvitationView::new(&made, link.as_ref()), || {
        let mut text = fields(&[
            ("id", Some(made.id.to_string())),
            ("email", Some(made.email.clone())),
            ("roles", joined(&made.terms.roles, " ")),
            ("expires_at", Some(instant(made.expires_at))),
            ("link", link.as_ref().map(|link| link.expose().clone())),
        ]);
        if is_mailed {
            text.push_str("\nqueued; a running server sends it\n");
        }
        text
    })
}

pub(super) async fn list(config: Config, output: Output) -> Result<(), Failure> {
    let app = super::open(config).await?;
    let all = super::every(async |paging| invitations::find(&app, paging).await).await?;
    let views: Vec<_> = all
        .iter()
        .map(|invitation| InvitationView::new(invitation, None))
        .collect();
    output.print(&views, || {
        let row = |invitation: &Invitation| {
            [
                invitation.id.to_string(),
                invitation.email.clone(),
                yes(invitation.terms.is_mailed),
                instant(invitation.expires_at),
                invitation.terms.roles.join(" "),
            ]
        };
        output::table(
            ["id", "email", "mailed", "expires at", "roles"],
            &all.iter().map(row).collect::<Vec<_>>(),
        )
    })
}

pub(super) async fn withdraw(id: &str, config: Config, output: Output) -> Result<(), Failure> {
    let app = super::open(config).await?;
    invitations::withdraw(&app, &By::command_line(), id).await?;
    output.print(&json!({ "id": id, "withdrawn": true }), || {
        format!("withdrew invitation {id}\n")
    })
}
