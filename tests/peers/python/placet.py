"""The Placet of this run: its command line, and people's browser, which knows forms and cookies but no scripts."""

import json
import os
import subprocess
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import requests

ISSUER = os.environ["PLACET_ISSUER"]
PASSWORD = os.environ["PEERS_PASSWORD"]
API = os.environ["PEERS_API"]


def placet(*command: str) -> dict:
    """Runs a command and returns what it prints with --json."""
    done = subprocess.run(
        [os.environ["PEERS_BINARY"], *command, "--json"],
        cwd=os.environ["PEERS_FOLDER"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, f"placet {' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}"
    return json.loads(done.stdout)


def query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@dataclass
class Form:
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)  # hidden ones and checkboxes, ticked or not
    names: set[str] = field(default_factory=set)


class Forms(HTMLParser):
    def __init__(self, page: str):
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(attributes.get("action", ""), attributes.get("method", "get").lower())
            self.found.append(self._open)
        elif self._open and tag in ("input", "button") and (name := attributes.get("name")):
            self._open.names.add(name)
            if attributes.get("type") in ("hidden", "checkbox"):
                self._open.fields.append((name, attributes.get("value", "on")))

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None


class Browser:
    def __init__(self, username: str = "ada"):
        self.username = username
        self.http = requests.Session()

    def open(self, url: str, until: str = "http://127.0.0.1:9/") -> requests.Response | str:
        """Follows redirects to a page, or to an address that begins with `until`, which it returns without going there."""
        return self._follow(self.http.get(url, allow_redirects=False), until)

    def sign_in(self, page: requests.Response | str, until: str = "http://127.0.0.1:9/") -> requests.Response | str:
        """Signs in and allows, as far as the pages of Placet ask."""
        for _ in range(5):
            if isinstance(page, str) or not page.url.startswith(ISSUER):
                return page
            (form,) = (form for form in Forms(page.text).found if {"password", "decision"} & form.names)
            entered = {"username": self.username, "password": PASSWORD} if "password" in form.names else {"decision": "allow"}
            page = self.submit(page, form, until, **entered)
        raise AssertionError(f"asked over and over, now at {page.url}:\n{page.text}")

    def authorize(self, url: str, until: str) -> str:
        return self.sign_in(self.open(url, until), until)

    def submit(self, page: requests.Response, form: Form, until: str = "http://127.0.0.1:9/", **entered: str):
        data = [*form.fields, *entered.items()]
        headers = {"Origin": "{0.scheme}://{0.netloc}".format(urlsplit(page.url))}
        address = urljoin(page.url, form.action)
        return self._follow(self.http.post(address, data=data, headers=headers, allow_redirects=False), until)

    def _follow(self, response: requests.Response, until: str) -> requests.Response | str:
        for _ in range(10):
            if not response.is_redirect:
                return response
            address = urljoin(response.url, response.headers["Location"])
            if address.startswith(until):
                return address
            response = self.http.get(address, allow_redirects=False)
        raise AssertionError(f"too many redirects, the last to {response.url}")
