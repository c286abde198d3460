//! The flags of OpenID Connect, logout and keys: each named as the metadata is, with hyphens.

use std::path::Path;

use clap::Args;

use crate::admin::clients::ClientFields;
use crate::cli::output::Failure;

/// What `client add` and `client update` take beside the everyday flags.
#[derive(Debug, Args)]
pub(super) struct OpenIdFlags {
    /// web or native
    #[arg(long, value_name = "TYPE")]
    application_type: Option<String>,
    /// code; legacy and on your own head: "code id_token", "id_token", … (repeat)
    #[arg(long = "response-type", alias = "response-types", value_name = "TYPE")]
    response_types: Option<Vec<String>>,
    /// The one algorithm of its client assertions
    #[arg(long, value_name = "ALG")]
    token_endpoint_auth_signing_alg: Option<String>,
    /// Its public keys: a key set as JSON, or @FILE
    #[arg(long, value_name = "JSON")]
    jwks: Option<String>,
    /// Where its public keys are
    #[arg(long, value_name = "URL")]
    jwks_uri: Option<String>,
    /// Where it can be told to start a sign-in
    #[arg(long, value_name = "URL")]
    initiate_login_uri: Option<String>,
    /// public or pairwise
    #[arg(long, value_name = "TYPE")]
    subject_type: Option<String>,
    /// Lists the redirect URIs that share its pairwise subjects
    #[arg(long, value_name = "URL")]
    sector_identifier_uri: Option<String>,
    /// RS256, ES256, PS256 or EdDSA [new: RS256]
    #[arg(long, value_name = "ALG")]
    id_token_signed_response_alg: Option<String>,
    /// UserInfo as a JWT of that algorithm [new: as JSON]
    #[arg(long, value_name = "ALG")]
    userinfo_signed_response_alg: Option<String>,
    /// Introspection answers as JWTs of that algorithm, where it asks for JWTs [new: RS256]
    #[arg(long, value_name = "ALG")]
    introspection_signed_response_alg: Option<String>,
    /// The one algorithm of its request objects
    #[arg(long, value_name = "ALG")]
    request_object_signing_alg: Option<String>,
    /// Where its request objects may be (repeat)
    #[arg(long = "request-uri", alias = "request-uris", value_name = "URL")]
    request_uris: Option<Vec<String>>,
    /// Seconds after which people sign in again, where a request does not say
    #[arg(long, value_name = "SECONDS")]
    default_max_age: Option<String>,
    /// Used where a request has no acr_values (repeat)
    #[arg(
        long = "default-acr-value",
        alias = "default-acr-values",
        value_name = "ACR"
    )]
    default_acr_values: Option<Vec<String>>,
    /// Where people may be sent after signing out (repeat)
    #[arg(
        long = "post-logout-redirect-uri",
        alias = "post-logout-redirect-uris",
        value_name = "URI"
    )]
    post_logout_redirect_uris: Option<Vec<String>>,
    /// Called when a session ends
    #[arg(long, value_name = "URL")]
    backchannel_logout_uri: Option<String>,
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    backchannel_logout_session_required: Option<bool>,
    /// Loaded in a frame when a session ends
    #[arg(long, value_name = "URL")]
    frontchannel_logout_uri: Option<String>,
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    frontchannel_logout_session_required: Option<bool>,
}

impl OpenIdFlags {
    /// Puts what was given into `fields`.
    pub(super) fn into_fields(self, fields: &mut ClientFields) -> Result<(), Failure> {
        *fields = ClientFields {
            application_type: self.application_type,
            response_types: self.response_types,
            token_endpoint_auth_signing_alg: self.token_endpoint_auth_signing_alg,
            jwks: self.jwks.map(read_file).transpose()?,
            jwks_uri: self.jwks_uri,
            initiate_login_uri: self.initiate_login_uri,
            subject_type: self.subject_type,
            sector_identifier_uri: self.sector_identifier_uri,
            id_token_signed_response_alg: self.id_token_signed_response_alg,
            userinfo_signed_response_alg: self.userinfo_signed_response_alg,
            introspection_signed_response_alg: self.introspection_signed_response_alg,
            request_object_signing_alg: self.request_object_signing_alg,
            request_uris: self.request_uris,
            default_max_age: self.default_max_age.as_deref().map(max_age).transpose()?,
            default_acr_values: self.default_acr_values,
            post_logout_redirect_uris: self.post_logout_redirect_uris,
            backchannel_logout_uri: self.backchannel_logout_uri,
            backchannel_logout_session_required: self.backchannel_logout_session_required,
            frontchannel_logout_uri: self.frontchannel_logout_uri,
            frontchannel_logout_session_required: self.frontchannel_logout_session_required,
            ..std::mem::take(fields)
        };
        Ok(())
    }
}

fn read_file(given: String) -> Result<String, Failure> {
    let Some(file) = given.strip_prefix('@') else {
        return Ok(given);
    };
    std::fs::read_to_string(Path::new(file))
        .map_err(|error| Failure::failed(format!("jwks: cannot read {file}: {error}")))
}

fn max_age(seconds: &str) -> Result<Option<u32>, Failure> {
    if seconds.is_empty() {
        return Ok(None);
    }
    let fault = |_| {
        Failure::usage(format!(
            "default_max_age: {seconds:?} is not a whole number of seconds"
        ))
    };
    seconds.parse().map(Some).map_err(fault)
}
