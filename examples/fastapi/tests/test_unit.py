"""The API against a fake issuer: its keys are made here, and its metadata and key set come from a local HTTP server."""

import base64
import hashlib
import hmac
import importlib
import json
import logging
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from fastapi.testclient import TestClient
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from main import create_app
from settings import Settings
from verifier import KeySet

AUDIENCE = "https://notes.example"
ADA = "019a1d2e-0000-7000-8000-0000000000ad"


class FakeIssuer:
    def __init__(self):
        self.published: list[dict] = []
        self.key_set_requests = 0
        self.is_down = False
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                documents = {
                    "/.well-known/oauth-authorization-server": issuer.metadata,
                    "/.well-known/jwks.json": {"keys": issuer.published},
                }
                issuer.key_set_requests += self.path.endswith("jwks.json")
                found = self.path in documents and not issuer.is_down
                body = json.dumps(documents.get(self.path) if found else {}).encode()
                self.send_response(200 if found else 503)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.metadata = {"issuer": self.url, "jwks_uri": f"{self.url}/.well-known/jwks.json"}
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.key = self.publish("first")

    def publish(self, kid: str, alg: str = "ES256"):
        key = {
            "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
            "EdDSA": ed25519.Ed25519PrivateKey.generate,
            "RS256": lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048),
        }[alg]()
        to_jwk = {"ES256": ECAlgorithm, "EdDSA": OKPAlgorithm, "RS256": RSAAlgorithm}[alg].to_jwk
        jwk = to_jwk(key.public_key(), as_dict=True)
        self.published.append({**jwk, "kid": kid, "alg": alg, "use": "sig"})
        return key

    def claims(self, **changes) -> dict:
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": ADA,
            "client_id": "notes-web",
            "iat": now,
            "exp": now + 600,
            "jti": "one",
            "scope": "notes:read notes:write",
            "roles": ["admin"],
        }
        return {name: value for name, value in {**claims, **changes}.items() if value is not None}

    def token(self, *, key=None, alg="ES256", kid="first", typ="at+jwt", **changes) -> str:
        headers = {name: value for name, value in {"kid": kid, "typ": typ}.items() if value is not None}
        return jwt.encode(self.claims(**changes), key or self.key, algorithm=alg, headers=headers)


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def issuer():
    issuer = FakeIssuer()
    yield issuer
    issuer.server.shutdown()
    issuer.server.server_close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def api(issuer, clock):
    settings = Settings(issuer=issuer.url, audience=AUDIENCE)
    with TestClient(create_app(settings, KeySet(issuer.url, clock=clock))) as client:
        yield client


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def assert_refused(response, status: int, error: str, description: str = ""):
    assert response.status_code == status, response.text
    challenge = response.headers["WWW-Authenticate"]
    assert challenge.startswith('Bearer realm="notes"')
    assert f'error="{error}"' in challenge
    assert description in challenge


def unsigned(header: dict, claims: dict) -> str:
    return ".".join(_base64url(json.dumps(part).encode()) for part in (header, claims))


def _base64url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


# What is accepted


def test_a_good_token_reads_and_writes(api, issuer):
    headers = bearer(issuer.token())
    assert api.post("/notes", headers=headers, json={"text": "Buy milk"}).status_code == 201
    assert api.get("/notes", headers=headers).json() == [{"text": "Buy milk"}]
    assert api.get("/admin", headers=headers).json() == {"writers": 1, "notes": 1}


def test_people_do_not_see_each_others_notes(api, issuer):
    api.post("/notes", headers=bearer(issuer.token()), json={"text": "Buy milk"})
    assert api.get("/notes", headers=bearer(issuer.token(sub="someone-else"))).json() == []


def test_me_tells_a_person_from_a_program(api, issuer):
    me = api.get("/me", headers=bearer(issuer.token())).json()
    assert me == {
        "subject": ADA,
        "client_id": "notes-web",
        "is_person": True,
        "scopes": ["notes:read", "notes:write"],
        "roles": ["admin"],
    }
    robot = api.get("/me", headers=bearer(issuer.token(sub="robot", client_id="robot", scope=None, roles=None))).json()
    assert robot == {"subject": "robot", "client_id": "robot", "is_person": False, "scopes": [], "roles": []}


@pytest.mark.parametrize("alg", ["EdDSA", "RS256"])
def test_the_other_algorithms_of_the_issuer(api, issuer, alg):
    key = issuer.publish("other", alg)
    assert api.get("/notes", headers=bearer(issuer.token(key=key, alg=alg, kid="other"))).status_code == 200


def test_one_of_several_audiences(api, issuer):
    assert api.get("/notes", headers=bearer(issuer.token(aud=[AUDIENCE, "https://mail.example"]))).status_code == 200


def test_the_long_form_of_the_type_and_any_case_of_the_scheme(api, issuer):
    token = issuer.token(typ="application/at+JWT")
    assert api.get("/notes", headers={"Authorization": f"bearer {token}"}).status_code == 200


def test_health_needs_no_token(api, issuer):
    issuer.is_down = True
    assert api.get("/health").json() == {"status": "ok"}


# What is refused


def test_no_token_is_answered_with_a_bare_challenge(api):
    response = api.get("/notes")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="notes", scope="notes:read"'


def test_another_scheme_counts_as_no_token(api):
    response = api.get("/notes", headers={"Authorization": "Basic YTpi"})
    assert response.status_code == 401
    assert "error" not in response.headers["WWW-Authenticate"]


@pytest.mark.parametrize("value", ["Bearer", "Bearer ", "Bearer a b"])
def test_a_malformed_header(api, value):
    assert_refused(api.get("/notes", headers={"Authorization": value}), 400, "invalid_request")


def test_two_headers(api, issuer):
    header = ("Authorization", f"Bearer {issuer.token()}")
    assert_refused(api.get("/notes", headers=[header, header]), 400, "invalid_request")


@pytest.mark.parametrize(
    ("changes", "description"),
    [
        ({"aud": "https://mail.example"}, "another audience"),
        ({"aud": AUDIENCE + "/"}, "another audience"),
        ({"aud": None}, "malformed"),
        ({"iss": "https://evil.example"}, "another issuer"),
        ({"iss": None}, "malformed"),
        ({"exp": int(time.time()) - 60}, "expired"),
        ({"exp": None}, "malformed"),
        ({"nbf": int(time.time()) + 600}, "malformed"),
        ({"sub": None}, "malformed"),
        ({"client_id": None}, "malformed"),
        ({"jti": None}, "malformed"),
        ({"typ": "JWT"}, "not an access token"),
        ({"typ": None}, "not an access token"),
        ({"typ": "logout+jwt"}, "not an access token"),
        ({"kid": None}, "unknown key"),
        ({"cnf": {"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}}, "bound to a key"),
    ],
    ids=str,
)
def test_a_token_with_one_thing_wrong(api, issuer, changes, description):
    assert_refused(api.get("/notes", headers=bearer(issuer.token(**changes))), 401, "invalid_token", description)


@pytest.mark.parametrize("token", ["x", "a.b", "a.b.c", "....", "é" * 10])
def test_a_token_that_is_none(api, token):
    header = f"Bearer {token}".encode()
    assert_refused(api.get("/notes", headers={"Authorization": header}), 401, "invalid_token", "malformed")


@pytest.mark.parametrize("alg", ["none", "None", "NONE"])
def test_alg_none(api, issuer, alg):
    token = unsigned({"alg": alg, "typ": "at+jwt", "kid": "first"}, issuer.claims()) + "."
    assert_refused(api.get("/notes", headers=bearer(token)), 401, "invalid_token", "algorithm")


def test_hs256_with_the_public_key_as_the_secret(api, issuer):
    public = issuer.key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    token = unsigned({"alg": "HS256", "typ": "at+jwt", "kid": "first"}, issuer.claims())
    signature = hmac.new(public, token.encode(), hashlib.sha256).digest()
    refused = api.get("/notes", headers=bearer(f"{token}.{_base64url(signature)}"))
    assert_refused(refused, 401, "invalid_token", "algorithm")


def test_an_algorithm_that_is_not_the_keys_own(api, issuer):
    rs256 = issuer.publish("rsa", "RS256")
    refused = api.get("/notes", headers=bearer(issuer.token(key=rs256, alg="PS256", kid="rsa")))
    assert_refused(refused, 401, "invalid_token")


def test_a_key_in_the_token_itself_is_not_looked_at(api, issuer):
    stranger = ec.generate_private_key(ec.SECP256R1())
    jwk = ECAlgorithm.to_jwk(stranger.public_key(), as_dict=True)
    headers = {"typ": "at+jwt", "kid": "first", "jwk": jwk, "jku": "http://127.0.0.1:1/keys"}
    token = jwt.encode(issuer.claims(), stranger, algorithm="ES256", headers=headers)
    assert_refused(api.get("/notes", headers=bearer(token)), 401, "invalid_token", "signature")


def test_changed_claims(api, issuer):
    header, claims, signature = issuer.token(scope="notes:read").split(".")
    forged = _base64url(json.dumps(issuer.claims(scope="notes:write")).encode())
    refused = api.post("/notes", headers=bearer(f"{header}.{forged}.{signature}"), json={"text": "x"})
    assert_refused(refused, 401, "invalid_token", "signature")


def test_a_missing_scope(api, issuer):
    refused = api.post("/notes", headers=bearer(issuer.token(scope="notes:read")), json={"text": "x"})
    assert_refused(refused, 403, "insufficient_scope")
    assert 'scope="notes:write"' in refused.headers["WWW-Authenticate"]


@pytest.mark.parametrize("scope", [None, "", "notes", "notes:reader", ["notes:read"]])
def test_a_scope_that_only_looks_right(api, issuer, scope):
    assert_refused(api.get("/notes", headers=bearer(issuer.token(scope=scope))), 403, "insufficient_scope")


@pytest.mark.parametrize("roles", [None, [], ["administrator"], "admin", [["admin"]]])
def test_a_missing_role(api, issuer, roles):
    refused = api.get("/admin", headers=bearer(issuer.token(roles=roles)))
    assert refused.status_code == 403
    assert "WWW-Authenticate" not in refused.headers


# The key set


def test_rotation(api, issuer, clock):
    old = issuer.token()
    assert api.get("/notes", headers=bearer(old)).status_code == 200

    key = issuer.publish("second")
    new = issuer.token(key=key, kid="second")
    clock.now += 11
    assert api.get("/notes", headers=bearer(new)).status_code == 200
    assert api.get("/notes", headers=bearer(old)).status_code == 200, "the old key is still published"
    assert issuer.key_set_requests == 2

    del issuer.published[0]
    clock.now += 301
    assert api.get("/notes", headers=bearer(new)).status_code == 200
    assert_refused(api.get("/notes", headers=bearer(old)), 401, "invalid_token", "unknown key")


def test_made_up_key_ids_do_not_become_requests(api, issuer, clock):
    for number in range(20):
        refused = api.get("/notes", headers=bearer(issuer.token(kid=f"made-up-{number}")))
        assert_refused(refused, 401, "invalid_token", "unknown key")
    assert issuer.key_set_requests == 1
    clock.now += 11
    for number in range(20):
        api.get("/notes", headers=bearer(issuer.token(kid=f"made-up-{number}")))
    assert issuer.key_set_requests == 2


def test_good_tokens_do_not_become_requests_either(api, issuer):
    for _ in range(20):
        assert api.get("/notes", headers=bearer(issuer.token())).status_code == 200
    assert issuer.key_set_requests == 1


def test_an_issuer_that_is_down_for_a_while_does_no_harm(api, issuer, clock):
    token = bearer(issuer.token(exp=int(time.time()) + 100_000))
    assert api.get("/notes", headers=token).status_code == 200
    issuer.is_down = True
    clock.now += 1800
    assert api.get("/notes", headers=token).status_code == 200
    clock.now += 1801
    refused = api.get("/notes", headers=token)
    assert refused.status_code == 503 and refused.headers["Retry-After"] == "10"
    issuer.is_down = False
    clock.now += 11
    assert api.get("/notes", headers=token).status_code == 200


def test_an_issuer_that_is_down_from_the_start(api, issuer, clock):
    issuer.is_down = True
    assert api.get("/notes", headers=bearer(issuer.token())).status_code == 503
    issuer.is_down = False
    clock.now += 11
    assert api.get("/notes", headers=bearer(issuer.token())).status_code == 200


def test_metadata_of_another_issuer_is_not_believed(api, issuer, caplog):
    issuer.metadata["issuer"] = "https://evil.example"
    with caplog.at_level(logging.WARNING):
        assert api.get("/notes", headers=bearer(issuer.token())).status_code == 503
    assert issuer.key_set_requests == 0
    assert "https://evil.example" in caplog.text


def test_keys_that_cannot_be_used_are_passed_over(api, issuer):
    issuer.published += [
        {"kty": "oct", "kid": "shared", "k": "c2VjcmV0", "alg": "HS256"},
        {"kty": "new", "kid": "future"},
        {**issuer.published[0], "kid": "encryption", "use": "enc"},
        {**issuer.published[0], "kid": None},
    ]
    assert api.get("/notes", headers=bearer(issuer.token())).status_code == 200
    assert_refused(api.get("/notes", headers=bearer(issuer.token(kid="encryption"))), 401, "invalid_token")


def test_an_issuer_that_is_reached_under_another_address(issuer):
    """As in a container: tokens and the key set's address name the public issuer, which this process cannot reach."""
    public = "http://issuer.invalid"
    reached = f"{issuer.url}/.well-known/oauth-authorization-server"
    issuer.metadata = {"issuer": public, "jwks_uri": f"{public}/.well-known/jwks.json"}
    with TestClient(create_app(Settings(issuer=public, audience=AUDIENCE, metadata_url=reached))) as api:
        assert api.get("/notes", headers=bearer(issuer.token(iss=public))).status_code == 200
        assert_refused(api.get("/notes", headers=bearer(issuer.token())), 401, "invalid_token", "another issuer")


# What Swagger needs


def test_the_docs_page_signs_in_with_pkce(api, issuer):
    page = api.get("/docs").text
    assert '"usePkceWithAuthorizationCodeGrant": true' in page
    assert '"clientId": "notes-swagger"' in page
    assert "/docs/oauth2-redirect" in page

    description = api.get("/openapi.json").json()
    flow = description["components"]["securitySchemes"]["Placet"]["flows"]["authorizationCode"]
    assert flow["authorizationUrl"] == f"{issuer.url}/authorize"
    assert flow["tokenUrl"] == f"{issuer.url}/token"
    assert set(flow["scopes"]) == {"notes:read", "notes:write"}
    assert description["paths"]["/notes"]["get"]["security"] == [{"Placet": ["notes:read"]}]
    assert description["paths"]["/notes"]["post"]["security"] == [{"Placet": ["notes:write"]}]


def test_settings_come_from_the_environment(monkeypatch):
    for name in ("PLACET_ISSUER", "PLACET_METADATA_URL", "AUDIENCE", "SWAGGER_CLIENT_ID"):
        monkeypatch.delenv(name, raising=False)
    assert Settings.from_env() == Settings("http://localhost:8080", "http://localhost:8000", "notes-swagger", None)
    monkeypatch.setenv("PLACET_ISSUER", "https://id.example")
    monkeypatch.setenv("PLACET_METADATA_URL", "http://placet:8080/.well-known/oauth-authorization-server")
    assert Settings.from_env().issuer == "https://id.example"
    assert Settings.from_env().metadata_url == "http://placet:8080/.well-known/oauth-authorization-server"


# The tutorial's way


def test_the_tutorial_accepts_a_token_with_a_shared_key(monkeypatch):
    secret = "a shared key that is long enough to be one"
    monkeypatch.setenv("SECRET_KEY", secret)
    tutorial = importlib.import_module("hs256_tutorial")
    monkeypatch.setattr(tutorial, "SECRET_KEY", secret)
    claims = {"sub": ADA, "exp": int(time.time()) + 60, "iss": "http://localhost:8080", "client_id": "old-app"}
    with TestClient(tutorial.app) as api:
        good = jwt.encode(claims, secret, algorithm="HS256", headers={"typ": "at+jwt"})
        assert api.get("/users/me", headers=bearer(good)).json() == {"subject": ADA}
        forged = jwt.encode(claims, secret + "!", algorithm="HS256")
        assert api.get("/users/me", headers=bearer(forged)).status_code == 401
