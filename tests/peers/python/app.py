"""A Flask app that signs people in with Authlib, and the same client of Placet as a plain session."""

from urllib.parse import urlsplit

from authlib.integrations.flask_client import OAuth
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask, jsonify, redirect, session

from placet import ISSUER, Browser

CALLBACK = "http://127.0.0.1:9/callback"
GOODBYE = "http://127.0.0.1:9/goodbye"
METADATA = f"{ISSUER}/.well-known/openid-configuration"
SCOPE = "openid profile email offline_access"


class App:
    def __init__(self, client: dict, *, secret=None, auth_methods=(), scope: str = SCOPE, **parameters: str):
        self.client = client
        self.secret = secret or client.get("client_secret")
        self.auth_methods = list(auth_methods)
        self.flask = Flask(__name__)
        self.flask.testing = True  # What Authlib throws is seen here, not answered with 500.
        self.flask.secret_key = "for this run alone"
        self.placet = OAuth(self.flask).register(
            "placet",
            client_id=client["client_id"],
            client_secret=self.secret,
            server_metadata_url=METADATA,
            client_kwargs={
                "scope": scope,
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": client["token_endpoint_auth_method"],
            },
            client_auth_methods=self.auth_methods,
            authorize_params=parameters,
        )
        self.flask.add_url_rule("/login", view_func=self._login)
        self.flask.add_url_rule("/callback", view_func=self._callback)
        self.flask.add_url_rule("/logout", view_func=self._logout)
        self.flask.add_url_rule("/goodbye", view_func=self._goodbye)

    def _login(self):
        return self.placet.authorize_redirect(CALLBACK)

    def _callback(self):
        token = self.placet.authorize_access_token()
        session["id_token"] = token["id_token"]
        return jsonify(token)

    def _logout(self):
        return self.placet.logout_redirect(GOODBYE, session.pop("id_token"))

    def _goodbye(self):
        self.placet.validate_logout_response()
        return redirect("/")

    def sign_in(self, browser: Browser | None = None) -> dict:
        """The whole turn; the answer is that of the token endpoint, and in `userinfo` the ID token's claims, validated."""
        self.visitor = self.flask.test_client()
        location = self.visitor.get("/login").headers["Location"]
        answer = (browser or Browser()).authorize(location, CALLBACK)
        return self.visitor.get(_path(answer)).get_json()

    def sign_out(self, browser: Browser) -> int:
        location = self.visitor.get("/logout").headers["Location"]
        answer = browser.open(location, GOODBYE)
        assert isinstance(answer, str), f"at {answer.url}:\n{answer.text}"
        return self.visitor.get(_path(answer)).status_code

    def session(self, token: dict | None = None) -> OAuth2Session:
        method = self.client["token_endpoint_auth_method"]
        made = OAuth2Session(
            self.client["client_id"],
            self.secret,
            token_endpoint_auth_method=method,
            revocation_endpoint_auth_method=method,
            token=token,
        )
        for auth_method in self.auth_methods:
            made.register_client_auth_method(auth_method)
        return made

    def metadata(self) -> dict:
        return self.placet.load_server_metadata()


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"
