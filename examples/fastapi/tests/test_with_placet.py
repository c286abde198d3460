"""The whole turn with a real Placet: sign-in, consent, tokens, this API. Give the binary by PLACET_BIN."""

import importlib
import json
import os
import re
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx2
import pytest
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from fastapi.testclient import TestClient

from main import create_app
from settings import Settings

PLACET_BIN = os.environ.get("PLACET_BIN")

pytestmark = pytest.mark.skipif(
    not PLACET_BIN,
    reason="NOT TESTED AGAINST PLACET: set PLACET_BIN to the binary, e.g. PLACET_BIN=../../target/debug/placet",
)

AUDIENCE = "http://localhost:8000"
LEGACY = "https://legacy.example/api"
CALLBACK = "http://127.0.0.1:8000/callback"
ALL_SCOPES = "notes:read notes:write offline_access"
PASSWORD = "correct horse battery staple"


# Placet, and what is registered there


class Placet:
    def __init__(self, folder: Path):
        self.folder = folder
        port = _free_port()
        self.issuer = f"http://localhost:{port}"
        inherited = {name: value for name, value in os.environ.items() if not _is_setting(name)}
        self.env = {**inherited, "PLACET_LISTEN": f"127.0.0.1:{port}", "PLACET_ISSUER": self.issuer}
        self.binary = str(Path(PLACET_BIN).resolve())
        self.log = folder / "placet.log"

    def start(self) -> None:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [self.binary], cwd=self.folder, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                if httpx2.get(f"{self.issuer}/health/ready").status_code == 200:
                    return
            except httpx2.TransportError:
                pass
            time.sleep(0.05)
        self.process.kill()
        pytest.fail(f"Placet did not get ready:\n{self.log.read_text()}")

    def stop(self) -> int:
        self.process.terminate()
        try:
            return self.process.wait(timeout=15)
        finally:
            self.process.kill()

    def cli(self, *arguments: str, stdin: str = "") -> dict | list:
        done = subprocess.run(
            [self.binary, *arguments, "--json"],
            cwd=self.folder,
            env=self.env,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, f"placet {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}"
        return json.loads(done.stdout)


@dataclass
class Registered:
    placet: Placet
    issuer: str
    metadata: dict
    web: dict
    swagger: dict
    robot: dict
    old_app: dict
    legacy_secret: str


@pytest.fixture(scope="module")
def registered(tmp_path_factory) -> Iterator[Registered]:
    placet = Placet(tmp_path_factory.mktemp("placet"))
    placet.start()
    try:
        yield _register(placet)
        assert placet.process.poll() is None, f"Placet ended by itself:\n{placet.log.read_text()}"
    finally:
        status = placet.stop()
    assert status == 0, f"Placet ended with {status}:\n{placet.log.read_text()}"


def _register(placet: Placet) -> Registered:
    placet.cli("scope", "add", "notes:read", "--description", "read your notes")
    placet.cli("scope", "add", "notes:write", "--description", "write notes for you")
    placet.cli("scope", "add", "legacy", "--description", "use the old service")
    placet.cli("resource", "add", AUDIENCE, "--name", "Notes", "--scope", "notes:read notes:write")
    legacy = placet.cli("resource", "add", LEGACY, "--name", "Old service", "--scope", "legacy", "--alg", "HS256")

    notes = ("--resource", AUDIENCE)
    swagger_redirect = ("--redirect-uri", f"{AUDIENCE}/docs/oauth2-redirect")
    registered = Registered(
        placet=placet,
        issuer=placet.issuer,
        metadata=httpx2.get(f"{placet.issuer}/.well-known/oauth-authorization-server").raise_for_status().json(),
        web=placet.cli("client", "add", "--name", "Notes Web", "--redirect-uri", CALLBACK, "--scope", ALL_SCOPES, *notes),
        swagger=placet.cli(
            *("client", "add", "--id", "notes-swagger", "--name", "Notes API page", "--public"),
            *(*swagger_redirect, "--scope", ALL_SCOPES, *notes),
        ),
        robot=placet.cli("client", "add", "--name", "Notes robot", "--scope", "notes:read", *notes),
        old_app=placet.cli(
            *("client", "add", "--name", "Old app", "--grant", "password", "--scope", "legacy", "--resource", LEGACY)
        ),
        legacy_secret=legacy["secret"],
    )
    placet.cli("user", "add", "ada", "--role", "admin", "--password-stdin", stdin=PASSWORD)
    placet.cli("user", "add", "grace", "--password-stdin", stdin=PASSWORD)
    time.sleep(1)  # A running server sees what the command line changed within a second.
    return registered


@pytest.fixture
def api(registered) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(issuer=registered.issuer, audience=AUDIENCE))) as client:
        yield client


# A browser without JavaScript


@dataclass
class Form:
    action: str | None
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)  # hidden fields and ticked or unticked checkboxes
    inputs: set[str] = field(default_factory=set)
    buttons: set[tuple[str, str]] = field(default_factory=set)


class Forms(HTMLParser):
    def __init__(self, page: str):
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        name, value = attributes.get("name"), attributes.get("value") or ""
        kind = (attributes.get("type") or ("submit" if tag == "button" else "text")).lower()
        if tag == "form":
            self._open = Form(attributes.get("action"), (attributes.get("method") or "get").lower())
            self.found.append(self._open)
        elif self._open and tag in ("input", "button") and name and "disabled" not in attributes:
            if kind == "submit":
                self._open.buttons.add((name, value))
            elif kind in ("hidden", "checkbox"):
                self._open.fields.append((name, value if kind == "hidden" else value or "on"))
            else:
                self._open.inputs.add(name)

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None


class Browser:
    """Follows redirects and fills in the forms until it is sent to the app, where it stops."""

    def __init__(self):
        self.http = httpx2.Client(follow_redirects=False)
        self.pages: list[str] = []

    def authorize(
        self, url: str, username: str, *, decision: str = "allow", without: str = "", callback: str = CALLBACK
    ) -> str:
        """Returns the address at the app that the browser ends at."""
        response = self.http.get(url)
        for _ in range(10):
            if response.is_redirect:
                location = urljoin(str(response.url), response.headers["Location"])
                if location.split("?")[0] == callback:
                    return location
                response = self.http.get(location)
                continue
            assert response.status_code == 200, f"{response.status_code} from {response.url}:\n{response.text}"
            self.pages.append(response.text)
            forms = Forms(response.text).found
            if login := next((form for form in forms if {"username", "password"} <= form.inputs), None):
                response = self._submit(response, login, ("username", username), ("password", PASSWORD))
            elif consent := next((form for form in forms if ("decision", decision) in form.buttons), None):
                consent.fields = [item for item in consent.fields if item != ("scope", without)]
                response = self._submit(response, consent, ("decision", decision))
            else:
                pytest.fail(f"neither sign-in nor consent at {response.url}:\n{response.text}")
        pytest.fail(f"the browser goes round in circles, now at {response.url}")

    def _submit(self, page, form: Form, *entered: tuple[str, str]):
        assert form.method == "post"
        data: dict[str, list[str]] = {}
        for name, value in (*form.fields, *entered):
            data.setdefault(name, []).append(value)
        action = urljoin(str(page.url), form.action or "")
        return self.http.post(action, data=data, headers={"Sec-Fetch-Site": "same-origin"})


@dataclass
class App:
    """A client of Placet, by Authlib, that signs people in with PKCE."""

    registered: Registered
    client: dict
    callback: str = CALLBACK

    def __post_init__(self):
        method = self.client.get("token_endpoint_auth_method", "client_secret_basic")
        self.oauth = OAuth2Client(
            client_id=self.client["client_id"],
            client_secret=self.client.get("client_secret"),
            token_endpoint_auth_method=method,
            code_challenge_method="S256",
            redirect_uri=self.callback,
            revocation_endpoint_auth_method=method,
        )

    def start(self, scope: str) -> tuple[str, str, str]:
        verifier = secrets.token_urlsafe(48)
        endpoint = self.registered.metadata["authorization_endpoint"]
        url, state = self.oauth.create_authorization_url(endpoint, scope=scope, code_verifier=verifier)
        return url, state, verifier

    def finish(self, location: str, state: str, verifier: str) -> dict:
        assert _query(location)["iss"] == self.registered.issuer  # RFC 9207
        return self.oauth.fetch_token(
            self.registered.metadata["token_endpoint"],
            authorization_response=location,
            state=state,
            code_verifier=verifier,
        )

    def sign_in(self, username: str, scope: str, **choices) -> dict:
        url, state, verifier = self.start(scope)
        return self.finish(Browser().authorize(url, username, callback=self.callback, **choices), state, verifier)


# People


def test_a_person_signs_in_and_the_app_uses_the_api(registered, api):
    token = App(registered, registered.web).sign_in("ada", ALL_SCOPES)
    assert token["token_type"].lower() == "bearer"
    assert 0 < token["expires_in"] <= 600

    headers = _bearer(token)
    me = api.get("/me", headers=headers).json()
    assert me["client_id"] == registered.web["client_id"]
    assert me["is_person"] and me["roles"] == ["admin"]
    assert {"notes:read", "notes:write"} <= set(me["scopes"])

    assert api.post("/notes", headers=headers, json={"text": "Buy milk"}).status_code == 201
    assert api.get("/notes", headers=headers).json() == [{"text": "Buy milk"}]
    assert api.get("/admin", headers=headers).status_code == 200


def test_a_token_without_the_scope_or_the_role_is_refused(registered, api):
    token = App(registered, registered.web).sign_in("grace", "notes:read")
    assert api.get("/notes", headers=_bearer(token)).status_code == 200

    refused = api.post("/notes", headers=_bearer(token), json={"text": "Buy milk"})
    assert refused.status_code == 403
    assert 'error="insufficient_scope"' in refused.headers["WWW-Authenticate"]
    assert 'scope="notes:write"' in refused.headers["WWW-Authenticate"]

    assert api.get("/admin", headers=_bearer(token)).status_code == 403
    assert api.get("/notes").status_code == 401


def test_the_consent_page_says_what_is_asked_in_words(registered):
    app, browser = App(registered, registered.web), Browser()
    url, _, _ = app.start("notes:read notes:write")
    browser.authorize(url + "&prompt=consent", "grace")
    consent = browser.pages[-1]
    assert "Notes Web" in consent
    assert "read your notes" in consent and "write notes for you" in consent


def test_a_person_leaves_a_scope_out(registered, api):
    app, browser = App(registered, registered.web), Browser()
    url, state, verifier = app.start("notes:read notes:write")
    location = browser.authorize(url + "&prompt=consent", "grace", without="notes:write")
    token = app.finish(location, state, verifier)
    assert token["scope"].split() == ["notes:read"]
    assert api.post("/notes", headers=_bearer(token), json={"text": "x"}).status_code == 403


def test_a_person_says_no(registered):
    app = App(registered, registered.web)
    url, state, verifier = app.start("notes:read")
    location = Browser().authorize(url + "&prompt=consent", "grace", decision="deny")
    answer = _query(location)
    assert answer["error"] == "access_denied" and answer["state"] == state and answer["iss"] == registered.issuer
    assert "code" not in answer


def test_a_code_without_its_verifier_is_worth_nothing(registered):
    app = App(registered, registered.web)
    url, state, _ = app.start("notes:read")
    location = Browser().authorize(url, "grace")
    with pytest.raises(OAuthError) as refused:
        app.finish(location, state, secrets.token_urlsafe(48))
    assert refused.value.error == "invalid_grant"


def test_a_refresh_brings_a_new_token(registered, api):
    app = App(registered, registered.web)
    first = dict(app.sign_in("ada", ALL_SCOPES))
    second = app.oauth.refresh_token(registered.metadata["token_endpoint"], refresh_token=first["refresh_token"])
    assert second["access_token"] != first["access_token"]
    assert second["refresh_token"] != first["refresh_token"], "refresh tokens rotate"
    assert api.get("/notes", headers=_bearer(second)).status_code == 200


def test_the_page_of_the_api_signs_in_from_another_origin(registered, api):
    """What Swagger's page does: a public client, and a token request by the browser's fetch."""
    swagger = registered.swagger
    assert swagger["client_id"] == "notes-swagger" and "client_secret" not in swagger
    app = App(registered, {**swagger, "token_endpoint_auth_method": "none"}, f"{AUDIENCE}/docs/oauth2-redirect")
    url, _, verifier = app.start("notes:read notes:write")
    location = Browser().authorize(url, "ada", callback=app.callback)

    endpoint, origin = registered.metadata["token_endpoint"], {"Origin": AUDIENCE}
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-requested-with"}
    preflight = httpx2.options(endpoint, headers={**origin, **asked})
    assert preflight.is_success
    assert preflight.headers["Access-Control-Allow-Origin"] in (AUDIENCE, "*")
    assert "x-requested-with" in preflight.headers["Access-Control-Allow-Headers"].lower()

    answer = httpx2.post(
        endpoint,
        headers={**origin, "X-Requested-With": "XMLHttpRequest"},
        data={
            "grant_type": "authorization_code",
            "code": _query(location)["code"],
            "client_id": "notes-swagger",
            "redirect_uri": app.callback,
            "code_verifier": verifier,
        },
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["Access-Control-Allow-Origin"] in (AUDIENCE, "*")
    assert "no-store" in answer.headers["Cache-Control"]
    assert api.get("/notes", headers=_bearer(answer.json())).status_code == 200


# Programs


def test_a_program_comes_on_its_own_account(registered, api):
    robot = registered.robot
    oauth = OAuth2Client(robot["client_id"], robot["client_secret"])
    token = oauth.fetch_token(registered.metadata["token_endpoint"], grant_type="client_credentials", scope="notes:read")
    assert "refresh_token" not in token
    assert api.get("/notes", headers=_bearer(token)).json() == []
    assert api.post("/notes", headers=_bearer(token), json={"text": "x"}).status_code == 403

    me = api.get("/me", headers=_bearer(token)).json()
    assert me["subject"] == me["client_id"] == robot["client_id"]
    assert not me["is_person"] and me["roles"] == []


def test_a_program_does_not_get_a_scope_it_may_not_have(registered):
    robot = registered.robot
    oauth = OAuth2Client(robot["client_id"], robot["client_secret"])
    with pytest.raises(OAuthError) as refused:
        oauth.fetch_token(registered.metadata["token_endpoint"], grant_type="client_credentials", scope="notes:write")
    assert refused.value.error == "invalid_scope"


def test_a_token_for_another_api_is_refused(registered, api):
    with TestClient(create_app(Settings(issuer=registered.issuer, audience="https://mail.example"))) as other_api:
        token = App(registered, registered.web).sign_in("grace", "notes:read")
        assert other_api.get("/notes", headers=_bearer(token)).status_code == 401
        assert api.get("/notes", headers=_bearer(token)).status_code == 200


# The tutorial's way


def test_an_api_written_like_the_tutorial_accepts_our_token(registered, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", registered.legacy_secret)
    tutorial = importlib.import_module("hs256_tutorial")
    monkeypatch.setattr(tutorial, "SECRET_KEY", registered.legacy_secret)

    old_app = registered.old_app
    token = OAuth2Client(old_app["client_id"], old_app["client_secret"]).fetch_token(
        registered.metadata["token_endpoint"], grant_type="password", username="ada", password=PASSWORD, scope="legacy"
    )
    with TestClient(tutorial.app) as api:
        assert api.get("/users/me", headers=_bearer(token)).json()["subject"]
        header, claims, signature = token["access_token"].split(".")
        forged = f"{header}.{claims}.{signature[::-1]}"
        assert api.get("/users/me", headers={"Authorization": f"Bearer {forged}"}).status_code == 401
        monkeypatch.setattr(tutorial, "SECRET_KEY", registered.legacy_secret + "!")
        assert api.get("/users/me", headers=_bearer(token)).status_code == 401


def test_the_password_grant_is_only_for_clients_that_were_given_it(registered):
    web = registered.web
    with pytest.raises(OAuthError) as refused:
        OAuth2Client(web["client_id"], web["client_secret"]).fetch_token(
            registered.metadata["token_endpoint"], grant_type="password", username="ada", password=PASSWORD
        )
    assert refused.value.error == "unauthorized_client"


def test_nothing_secret_is_in_the_servers_log(registered):
    log = registered.placet.log.read_text()
    assert PASSWORD not in log
    for secret in (registered.web["client_secret"], registered.robot["client_secret"], registered.legacy_secret):
        assert secret not in log
    assert not re.search(r"eyJ[\w-]+\.eyJ[\w-]+\.", log), "a token"


def _bearer(token: dict) -> dict[str, str]:
    return {"Authorization": f"Bearer {token['access_token']}"}


def _query(location: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def _is_setting(name: str) -> bool:
    return name.startswith("PLACET_") or name == "DATABASE_URL"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
