"""Authlib: its Flask integration, its sessions, and its validators of metadata, tokens and registrations."""

import json
import time

import pytest
import requests
from authlib.integrations.base_client import OAuthError
from authlib.oauth2.rfc6750 import InvalidTokenError
from authlib.oauth2.rfc7523 import ClientSecretJWT, PrivateKeyJWT
from authlib.oauth2.rfc7591 import ClientMetadataClaims
from authlib.oauth2.rfc7662 import IntrospectTokenValidator
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from authlib.oauth2.rfc9068 import JWTBearerTokenValidator
from authlib.oidc.discovery import OpenIDProviderMetadata
from authlib.oidc.registration import ClientMetadataClaims as OpenIDClientMetadataClaims
from joserfc import jwk

from app import CALLBACK, GOODBYE, METADATA, SCOPE, App
from placet import API, ISSUER, Browser, placet

KEYS = {
    "RS256": jwk.RSAKey.generate_key(2048, {"kid": "rsa"}),
    "ES256": jwk.ECKey.generate_key("P-256", {"kid": "ec"}),
    "EdDSA": jwk.OKPKey.generate_key("Ed25519", {"kid": "ed"}),
}


@pytest.fixture(scope="session")
def clients() -> dict[str, dict]:
    def add(name: str, *flags: str) -> dict:
        return placet("client", "add", "--name", name, "--redirect-uri", CALLBACK, "--scope", SCOPE, *flags)

    method, key_set = ("--token-endpoint-auth-method",), jwk.KeySet(list(KEYS.values()))
    found = {
        "web": add("Flask app", "--post-logout-redirect-uri", GOODBYE),
        "public": add("Flask app without a secret", "--public"),
        "client_secret_post": add("Flask app that posts", *method, "client_secret_post"),
        "client_secret_jwt": add("Flask app that signs", *method, "client_secret_jwt"),
        "private_key_jwt": add("Flask app with keys", *method, "private_key_jwt", "--jwks", json.dumps(key_set.as_dict(private=False))),
        "reader": add("Reader", "--scope", "notes:read", "--resource", API),
        "notes": placet("client", "add", "--name", "Notes", "--scope", "notes:read", "--resource-server-of", API),
    }
    time.sleep(1.1)  # A running server sees what the command line changed within a second.
    return found


@pytest.fixture
def web(clients) -> App:
    return App(clients["web"])


@pytest.fixture
def reader(clients) -> App:
    return App(clients["reader"], scope="openid notes:read", resource=API)


def test_the_metadata_is_as_its_specifications_say():
    found = requests.get(METADATA).json()
    OpenIDProviderMetadata(found).validate()
    oauth = requests.get(f"{ISSUER}/.well-known/oauth-authorization-server").json()
    AuthorizationServerMetadata(oauth).validate()


def test_flask_signs_a_person_in(web):
    token = web.sign_in()
    claims = token["userinfo"]  # Authlib has checked iss, aud, nonce, exp, at_hash and the signature.
    assert claims["iss"] == ISSUER and claims["sub"] and claims["at_hash"]
    assert token["refresh_token"]


def test_a_public_client(clients):
    assert App(clients["public"]).sign_in()["userinfo"]["sub"]


def test_client_secret_post(clients):
    assert App(clients["client_secret_post"]).sign_in()["userinfo"]["sub"]


def test_client_secret_jwt(clients):
    app = App(clients["client_secret_jwt"], auth_methods=[ClientSecretJWT()])
    assert app.sign_in()["userinfo"]["sub"]


@pytest.mark.parametrize("alg", KEYS)
def test_private_key_jwt(clients, alg):
    key = KEYS[alg]
    by_key = PrivateKeyJWT(f"{ISSUER}/token", alg=alg, headers={"kid": key.kid})
    app = App(clients["private_key_jwt"], secret=key, auth_methods=[by_key])
    first = app.sign_in()
    second = app.session(first).refresh_token(app.metadata()["token_endpoint"])
    assert second["access_token"] != first["access_token"]


def test_refresh(web):
    first = web.sign_in()
    second = web.session(first).refresh_token(web.metadata()["token_endpoint"])
    assert second["access_token"] != first["access_token"]
    assert second["refresh_token"] != first["refresh_token"]


def test_userinfo(web):
    token = web.sign_in()
    with web.flask.app_context():
        found = web.placet.userinfo(token=token)
    assert found["sub"] == token["userinfo"]["sub"]
    assert found["name"] == "Ada Lovelace" and found["email"] == "ada@example.com"


@pytest.mark.parametrize("placement", ["header", "body"])
def test_userinfo_by_post(web, placement):
    token, endpoint = web.sign_in(), web.metadata()["userinfo_endpoint"]
    session = web.session(token)
    session.token_auth.token_placement = placement
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert session.post(endpoint, headers=form).json()["name"] == "Ada Lovelace"


def test_an_api_checks_the_token_by_itself(reader):
    class Validator(JWTBearerTokenValidator):
        def get_jwks(self):
            return requests.get(reader.metadata()["jwks_uri"]).json()

    validator, access_token = Validator(ISSUER, API), reader.sign_in()["access_token"]
    validator.validate_token(validator.authenticate_token(access_token), ["notes:read"], None, roles=["staff"])
    other = Validator(ISSUER, "https://mail.example")
    with pytest.raises(InvalidTokenError):
        other.validate_token(other.authenticate_token(access_token), ["notes:read"], None)


def test_an_api_asks_about_the_token(reader, clients):
    notes = App(clients["notes"]).session()

    class Validator(IntrospectTokenValidator):
        def introspect_token(self, token_string):
            return notes.introspect_token(reader.metadata()["introspection_endpoint"], token_string).json()

    validator, token = Validator(), reader.sign_in()
    found = validator.authenticate_token(token["access_token"])
    validator.validate_token(found, ["notes:read"], None)
    assert found["aud"] == API and found["client_id"] == reader.client["client_id"]

    reader.session().revoke_token(reader.metadata()["revocation_endpoint"], token["refresh_token"])
    with pytest.raises(InvalidTokenError):
        validator.validate_token(validator.authenticate_token(token["access_token"]), ["notes:read"], None)


def test_revocation(web):
    token, metadata = web.sign_in(), web.metadata()
    session = web.session(token)
    for hint in ("access_token", "refresh_token"):
        answer = session.revoke_token(metadata["revocation_endpoint"], token[hint], token_type_hint=hint)
        assert answer.status_code == 200
    assert session.get(metadata["userinfo_endpoint"]).status_code == 401
    with pytest.raises(OAuthError) as refused:
        web.session(token).refresh_token(metadata["token_endpoint"])
    assert refused.value.error == "invalid_grant"


def test_flask_signs_the_person_out(web):
    browser = Browser()
    web.sign_in(browser)
    assert web.sign_out(browser) == 302
    page = browser.open(web.flask.test_client().get("/login").headers["Location"], CALLBACK)
    assert 'name="password"' in page.text


def test_a_client_registers_itself():
    endpoint = requests.get(METADATA).json()["registration_endpoint"]
    asked = {
        "client_name": "Came by itself",
        "redirect_uris": [CALLBACK],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "scope": SCOPE,
        "token_endpoint_auth_method": "client_secret_basic",
        "contacts": ["ada@example.com"],
    }
    answer = requests.post(endpoint, json=asked)
    assert answer.status_code == 201, answer.text
    registered = answer.json()
    for claims in (ClientMetadataClaims, OpenIDClientMetadataClaims):
        claims(registered, {}).validate()
    assert registered["client_secret_expires_at"] == 0 or registered["client_secret_expires_at"] > time.time()
    assert App(registered).sign_in()["userinfo"]["aud"] in (registered["client_id"], [registered["client_id"]])
