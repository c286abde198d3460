//! Reasons of client authentication (RFC 6749 §2.3, OIDC Core §9).

use super::{Rule, rules};

pub(super) const RULES: &[Rule] = rules! {
    Nothing "no client authentication: send client_id, and the secret by HTTP Basic or in the body" => "The client says who it is.", "RFC 6749 §2.3, §3.2.1", "Send client_id; a confidential client its secret too, by HTTP Basic or in the body, as it is registered.";
    Nothing "the client authenticated in two ways at once: use the header or client_secret, not both" => "A request uses one way of authentication.", "RFC 6749 §2.3", "Leave client_secret out of the body, or the Authorization header.";
    Nothing "the client authenticated in two ways at once: send client_assertion alone, without Authorization header and client_secret" => "A request uses one way of authentication.", "RFC 6749 §2.3", "Send client_assertion alone.";
    Nothing "the Authorization header is not HTTP Basic with base64 of form-encoded client_id:client_secret" => "HTTP Basic carries client_id:client_secret.", "RFC 6749 §2.3.1", "Form-encode both, join them by a colon, encode that as base64 with padding, and put Basic before it.";
    Nothing "client_id differs from the one in the Authorization header" => "The request comes from one client.", "RFC 6749 §3.2.1", "Leave client_id out of the body where the header names the client.";
    ClientId "unknown client" => "Only a registered client may ask.", "RFC 6749 §5.2", "Compare the app's client_id with the registered ones, character by character.";
    ClientId "the client is disabled" => "A disabled client may do nothing.", "RFC 6749 §5.2", "Enable it, if it is to work again.";
    Method "a public client sent a secret" => "A public client has no secret.", "RFC 6749 §2.1, OIDC Core §9", "Take the secret out of the app's settings; or, if the app can keep a secret, register it with client_secret_basic.";
    Method "a confidential client sent no secret" => "A confidential client proves itself.", "RFC 6749 §3.2.1", "Give the app its client_secret. An empty secret counts as none: look whether the app's setting reached it.";
    Secret "wrong client secret" => "The secret is one of the client's living ones.", "RFC 6749 §2.3.1", "Give the app the present secret; one that is lost is replaced with `placet client secret ID`.";
    Method "the client is registered for token_endpoint_auth_method *, and used *" => "A client authenticates in the way that it registered.", "OIDC Core §9, RFC 7591 §2", "Change the method in the app's library, or that of the registration.";
    Method "the client is registered for token_endpoint_auth_method *, and sent a client_assertion" => "A client authenticates in the way that it registered.", "OIDC Core §9, RFC 7591 §2", "Register private_key_jwt (with jwks or jwks_uri) or client_secret_jwt, or have the app send its secret.";
    Secret "the client has no secret that was made for client_secret_jwt; make one with: placet client secret ID" => "Only a secret made for client_secret_jwt can be used so.", "OIDC Core §9", "Make a new secret: older ones are kept as hashes alone, which verify no JWT.";
    Assertion "client_assertion and client_assertion_type go together" => "An assertion comes with its type.", "RFC 7521 §4.2", "Send both parameters.";
    Assertion "client_assertion_type must be *" => "The assertion is a JWT.", "RFC 7523 §2.2", "Send client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer.";
    Assertion "client_assertion: it has no sub" => "The assertion names the client as its sub.", "RFC 7523 §3", "Set iss and sub to the client_id.";
    Assertion "client_id differs from the sub of client_assertion" => "The request comes from one client.", "RFC 7521 §4.2", "Leave client_id out, or send the assertion's sub.";
    ClientId "client_assertion: unknown client" => "Only a registered client may ask.", "RFC 7523 §3", "Compare the assertion's sub with the registered client_id, character by character.";
    Assertion "client_assertion: iss and sub must both be the client_id" => "The client asserts itself.", "RFC 7523 §3, OIDC Core §9", "Set iss and sub to the client_id.";
    Assertion "client_assertion: aud must be the issuer of this server, or the URL of its token endpoint" => "The assertion is meant for this server alone.", "RFC 7523 §3", "Set aud to the issuer, byte for byte as in the server's metadata.";
    Assertion "client_assertion: exp is more than an hour ahead" => "An assertion lives shortly.", "RFC 7523 §3", "Let it live for some minutes. If it does, the clocks of the app and of this server differ: compare them with a time server.";
    Assertion "client_assertion: it has no jti" => "Each assertion has an id of its own.", "OIDC Core §9", "Put a new random jti into each assertion.";
    Assertion "client_assertion: it was used before; make a new one, with a jti of its own, for each request" => "An assertion counts once.", "RFC 7523 §3, OIDC Core §9", "Make a new one for each request, also when a request is tried again.";
    Assertion "client_assertion: *" => "The assertion is a signed JWT of the client's.", "RFC 7523 §3", "What stands after the colon has to change where the app makes its assertions.";
    Assertion "client_assertion: the token is malformed: *" => "The assertion is a signed JWT.", "RFC 7515 §7.1, RFC 7523 §3", "Send the compact form, three parts with dots between them, signed and not encrypted.";
    Assertion "client_assertion: the token's header is refused: *" => "The assertion's header is one that the registration allows.", "RFC 8725 §3.1, RFC 7523 §3", "Sign with the registered token_endpoint_auth_signing_alg; typ is JWT or client-authentication+jwt, and there is no crit.";
    Assertion "client_assertion: the token's key is unknown" => "The assertion is signed with a registered key.", "RFC 7523 §3", "Put the public key into jwks of the registration, or see to it that it is behind jwks_uri with the kid that the assertion names.";
    Assertion "client_assertion: the token's signature is wrong" => "The assertion is signed with a registered key.", "RFC 7523 §3", "Sign with the private key whose public half is registered (for client_secret_jwt: with the present secret, as its bytes).";
    Assertion "client_assertion: the token is from another issuer" => "The client asserts itself.", "RFC 7523 §3, OIDC Core §9", "Set iss to the client_id.";
    Assertion "client_assertion: the token is for another audience" => "The assertion is meant for this server.", "RFC 7523 §3", "Set aud to the issuer of this server.";
    Assertion "client_assertion: the token has expired" => "An assertion that has expired counts for nothing.", "RFC 7523 §3", "Make the assertion right before the request, and compare the clocks of the app and of this server with a time server.";
    Assertion "client_assertion: the token is not valid yet" => "An assertion counts from its nbf and iat on.", "RFC 7523 §3", "The app's clock is ahead of this server's: set both by a time server.";
    Assertion "client_assertion: the token's claims are refused: *" => "The assertion's claims have the right form.", "RFC 7523 §3, RFC 7519 §4.1", "exp, nbf and iat are numbers of seconds; iss and sub are texts; aud is a text or a list of texts.";
    Nothing "a public client cannot introspect: it has no way to prove itself (RFC 7662 section 2.1)" => "Only who proves to be itself may ask about tokens.", "RFC 7662 §2.1", "Register the API as a confidential client of its own, with the resource in resource_server_of.";
};
