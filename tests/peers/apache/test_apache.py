"""A page behind Apache's mod_auth_openidc, as in docs/apps/apache.md: in, by role, out, and out from elsewhere."""

import os
import time

import pytest
import requests

from placet import ISSUER, Browser, Forms, placet, query

SITE = f"http://localhost:{os.environ['PEERS_APACHE_PORT']}"
PAGE = f"{SITE}/secure/"


@pytest.fixture
def ada() -> Browser:
    return signed_in("ada")


def signed_in(username: str) -> Browser:
    browser = Browser(username)
    page = browser.sign_in(browser.open(PAGE))
    assert page.url == PAGE and page.status_code == 200, f"{page.status_code} at {page.url}:\n{page.text}"
    return browser


def is_signed_in(browser: Browser) -> bool:
    return browser.http.get(PAGE, allow_redirects=False).status_code == 200


def test_a_page_that_is_not_protected():
    assert "Everybody" in requests.get(SITE).text


def test_a_stranger_is_sent_to_placet():
    answer = requests.get(PAGE, allow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{ISSUER}/authorize?")
    assert query(answer.headers["Location"])["code_challenge_method"] == "S256"


def test_the_page_knows_who_signed_in(ada):
    page = ada.open(PAGE).text
    assert "REMOTE_USER=ada<" in page
    assert "X-Remote-User=ada<" in page
    assert "name=Ada Lovelace<" in page
    assert "email=ada@example.com<" in page


def test_a_header_of_the_visitors_own_is_not_believed(ada):
    page = ada.http.get(PAGE, headers={"X-Remote-User": "grace", "OIDC_CLAIM_name": "Grace Hopper"}).text
    assert "X-Remote-User=ada<" in page and "name=Ada Lovelace<" in page


def test_a_page_for_a_role(ada):
    assert "Staff only" in ada.open(f"{PAGE}staff/").text
    assert signed_in("grace").open(f"{PAGE}staff/").status_code in (401, 403)


def test_sign_out_at_the_site_signs_out_of_placet_too(ada):
    page = ada.open(f"{PAGE}callback?logout={SITE}/goodbye.html")
    assert "You are signed out" in page.text, f"at {page.url}:\n{page.text}"
    assert not is_signed_in(ada)
    again = ada.open(PAGE)
    assert again.url.startswith(ISSUER) and 'name="password"' in again.text


def test_sign_out_at_placet_signs_out_of_the_site_too(ada):
    question = ada.open(f"{ISSUER}/logout")
    (form,) = Forms(question.text).found
    ada.submit(question, form, decision="sign-out")
    assert_signed_out_soon(ada)


def test_a_disabled_account_is_signed_out_of_the_site(ada):
    placet("user", "disable", "ada")
    try:
        assert_signed_out_soon(ada)
    finally:
        placet("user", "enable", "ada")


def assert_signed_out_soon(browser: Browser):
    """Without a visit to Placet: Apache was told by the back channel."""
    deadline = time.monotonic() + 10
    while is_signed_in(browser):
        assert time.monotonic() < deadline, "the call to the back channel did not arrive"
        time.sleep(0.1)
