//! Reasons why a sign-in with an account elsewhere came to nothing.

use super::{Rule, rules};

pub(super) const RULES: &[Rule] = rules! {
    Nothing "the state is of no attempt of this browser" => "A sign-in elsewhere ends in the browser where it began, within ten minutes, once.", "OIDC Core §3.1.2.1, RFC 9700 §4.7", "Begin again at the sign-in page. The page was loaded a second time, took too long, or the browser keeps no cookies.";
    Nothing "the state was used before" => "An answer of a provider counts once.", "OIDC Core §3.1.2.1, RFC 9700 §4.7", "Begin again at the sign-in page. The page was loaded a second time; nothing was done twice.";
    Nothing "too many attempts from this address" => "Failed attempts are counted by address.", "Placet: throttling", "Wait; sign_in.attempts_per_address and sign_in.window say how many are too many. Behind a proxy, see that trusted_proxies names it.";
    Nothing "the provider cannot be made to ask anew" => "An app may want people to show anew who they are.", "OIDC Core §3.1.2.1", "Sign in with a password, a passkey or another provider: Google and GitHub do not ask anew.";
    Nothing "the account is disabled" => "Who is disabled does not sign in.", "Placet: users", "Enable the person if that is right: `placet user enable NAME`.";
    Nothing "the address is in none of allowed_email_domains, or not verified" => "A provider may be for people of some domains alone.", "Placet: accounts elsewhere", "Add the domain to allowed_email_domains of the provider, or have the person verify the address there.";
    Nothing "the address is somebody's here" => "No second account is made for an address.", "Placet: accounts elsewhere", "The person signs in as before and links the provider in their account, or set link_by_verified_email for it.";
    Nothing "there is no account for it" => "People who are not linked need an account here first.", "Placet: accounts elsewhere", "The person signs in as before and links the provider in their account, or set create_accounts or link_by_verified_email for the provider.";
    Nothing "the account is linked to somebody else" => "An account elsewhere leads to one person here.", "Placet: accounts elsewhere", "Link another account, or remove the link from the other person first: `placet user show NAME` shows theirs.";
    Nothing "the session that asked for the link is not here" => "An account elsewhere is linked by whoever asked for it.", "RFC 9700 §4.7", "Sign in again and link it anew: meanwhile somebody else signed in in that browser, or nobody was.";
    Nothing "* came more than once" => "A parameter of the answer stands there once.", "RFC 6749 §4.1.2", "Begin again. If it happens each time, the provider is at fault.";
    Nothing "the provider answered with the error *" => "A provider may say no.", "RFC 6749 §4.1.2.1", "access_denied: the person cancelled there. Else see what the provider has registered for this server: redirect URI, scope, kind of app.";
    Nothing "the provider sent no code" => "A provider answers with a code or an error.", "OIDC Core §3.1.2.5", "Begin again. If it happens each time, the provider is at fault.";
    Nothing "the answer is from another issuer (iss)" => "The answer comes from the provider that was asked.", "RFC 9207 §2.4", "See that issuer in the file of providers is the provider's own, to the letter. If it is, somebody mixed two answers up: begin again.";
    Nothing "the answer lacks iss" => "A provider that says it names itself does so in each answer.", "RFC 9207 §2.4", "Begin again. If it happens each time, the provider is at fault.";
    Nothing "authorization_endpoint is no URL" => "The provider's metadata names where people are sent.", "OIDC Discovery §3", "The provider is at fault; look at ISSUER/.well-known/openid-configuration.";
    Nothing "the provider's metadata: *" => "A provider tells of itself at its issuer.", "OIDC Discovery §3, §4.3", "Run `placet doctor`, which asks for it. The issuer must be the provider's own, to the letter, and one that this server can and may call: outgoing.allow_hosts, outgoing.extra_ca_file.";
    Nothing "the provider's token endpoint: *" => "A provider answers at its token endpoint.", "OIDC Core §3.1.3", "See that this server can call it, and may: outgoing.allow_hosts, outgoing.extra_ca_file.";
    Nothing "the provider's token endpoint answered * with the error *" => "A provider gives tokens for its code.", "RFC 6749 §5.2", "invalid_client: client_id or client_secret of the file of providers is not what the provider has, or has run out. invalid_grant: the redirect URI there differs from ours.";
    Nothing "the provider's UserInfo: *" => "A provider tells more at its UserInfo endpoint.", "OIDC Core §5.3", "See that this server can call it, and that the scope of the provider has what it wants.";
    Nothing "UserInfo is of somebody else (sub)" => "UserInfo and ID token are of one person.", "OIDC Core §5.3.2", "The provider is at fault.";
    Nothing "the provider's API: *" => "GitHub tells by its API who came.", "GitHub: REST API, users", "See that this server can call it, and that the app there has the scopes read:user and user:email.";
    Nothing "there is no access token" => "GitHub gives an access token for its code.", "RFC 6749 §5.1", "Begin again. If it happens each time, the provider is at fault.";
    Nothing "the API does not say who it is" => "GitHub tells by its API who came.", "GitHub: REST API, users", "Begin again. If it happens each time, the provider is at fault.";
    Nothing "the provider's keys: *" => "ID tokens are checked by the provider's keys.", "OIDC Core §10.1.1", "See that this server can call jwks_uri of the provider's metadata, and may: outgoing.allow_hosts, outgoing.extra_ca_file.";
    Nothing "there is no ID token" => "An OpenID provider gives an ID token for its code.", "OIDC Core §3.1.3.3", "See that the scope of the provider has openid, and that the app there is one for OpenID Connect.";
    Nothing "the ID token: *" => "An ID token is signed, in time, and of the issuer.", "OIDC Core §3.1.3.7", "The words after the colon name what is wrong. Expired or not valid yet: a clock, here or there, is off.";
    Nothing "the ID token names no tenant (tid)" => "A token of Microsoft's names its tenant.", "Microsoft: ID token claims", "Begin again. If it happens each time, name your own tenant in the file of providers.";
    Nothing "the ID token's sub is refused" => "A person has an id of at most 255 characters.", "OIDC Core §2", "The provider is at fault.";
    Nothing "the ID token is for others too, or another client's (aud, azp)" => "An ID token is for this server alone.", "OIDC Core §3.1.3.7", "See that client_id in the file of providers is the one that the provider gave.";
    Nothing "the ID token lacks iat" => "An ID token says when it was made.", "OIDC Core §2", "The provider is at fault.";
    Nothing "the ID token is of another sign-in (nonce)" => "An ID token is of the sign-in that asked for it.", "OIDC Core §3.1.3.7", "Begin again. If it happens each time, the provider is at fault: it must repeat the nonce.";
    Nothing "the provider did not ask anew who somebody is (auth_time)" => "A provider that is told to ask anew says when it did.", "OIDC Core §3.1.2.1, §2", "The provider must honour max_age and put auth_time into its ID token. Else sign in with a password or a passkey.";
    Nothing "the access token is of another ID token (at_hash)" => "ID token and access token belong together.", "OIDC Core §3.1.3.8", "The provider is at fault.";
};
