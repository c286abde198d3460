"""Validates access tokens: JWTs of RFC 9068, signed with a key from the issuer's key set. Knows nothing of FastAPI.

    1. The header must say `at+jwt`, so that an ID token is not taken for an access token, and name an asymmetric algorithm.
    2. `kid` picks the key from the cached key set. The key, not the token, decides which algorithm is used.
    3. Signature, `exp`, `iss` and `aud` must hold, and the claims that RFC 9068 demands must be there.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import httpx2
import jwt

ALGORITHMS = frozenset({"ES256", "EdDSA", "RS256", "PS256"})
REQUIRED_CLAIMS = ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"]  # RFC 9068 section 2.2
CLOCK_SKEW = 10  # seconds

log = logging.getLogger(__name__)


class InvalidToken(Exception):
    """The token is no good. The message is safe to send to whoever presented it."""


class KeysUnavailable(Exception):
    """The issuer's keys cannot be had at the moment, so no token can be judged."""


@dataclass(frozen=True)
class AccessToken:
    subject: str
    client_id: str
    scopes: frozenset[str]
    roles: frozenset[str]

    @property
    def is_person(self) -> bool:
        """False for a program that came on its own account, by client credentials."""
        return self.subject != self.client_id


class KeySet:
    """The issuer's public keys, cached.

    Fetched anew when `max_age` has passed, and when a token names a key that is not there (the issuer may have rotated),
    but at most once in `min_interval`: made-up key ids must not turn into requests to the issuer. If the issuer cannot be
    reached, the keys at hand stay in use until `max_stale`.
    """

    def __init__(
        self,
        issuer: str,
        metadata_url: str | None = None,
        *,
        max_age: float = 300,
        max_stale: float = 3600,
        min_interval: float = 10,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._issuer = issuer
        self._metadata_url = metadata_url or _metadata_url(issuer)
        self._max_age, self._max_stale, self._min_interval = max_age, max_stale, min_interval
        self._clock = clock
        self._http = httpx2.Client(timeout=5)
        self._lock = threading.Lock()
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None

    def find(self, kid: str) -> jwt.PyJWK:
        if not self._is_current(kid):
            with self._lock:  # one request to the issuer, however many tokens wait for it
                if not self._is_current(kid) and self._may_try():
                    self._refresh()
        if self._older_than(self._max_stale):
            raise KeysUnavailable
        try:
            return self._keys[kid]
        except KeyError:
            raise InvalidToken("The token is signed with an unknown key") from None

    def _is_current(self, kid: str) -> bool:
        return kid in self._keys and not self._older_than(self._max_age)

    def _older_than(self, seconds: float) -> bool:
        return self._fetched_at is None or self._clock() - self._fetched_at > seconds

    def _may_try(self) -> bool:
        return self._tried_at is None or self._clock() - self._tried_at >= self._min_interval

    def _refresh(self) -> None:
        self._tried_at = self._clock()
        try:
            metadata = self._get(self._metadata_url)
            # RFC 8414 section 3.3: metadata that speaks for another issuer must not be used.
            if metadata.get("issuer") != self._issuer:
                raise ValueError(f"the metadata is of {metadata.get('issuer')!r}, not of {self._issuer!r}")
            keys = self._get(self._reachable(metadata["jwks_uri"]))["keys"]
            self._keys = {kid: key for kid, key in map(_parse, keys) if key is not None}
            self._fetched_at = self._clock()
        except (httpx2.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
            log.warning("cannot fetch the key set of %s: %s", self._issuer, error)

    def _get(self, url: str) -> dict:
        return self._http.get(url).raise_for_status().json()

    def _reachable(self, jwks_uri: str) -> str:
        """The key set lies beside the metadata: behind the same address, if that is not the issuer's own."""
        uri, issuer, reached = urlsplit(jwks_uri), urlsplit(self._issuer), urlsplit(self._metadata_url)
        if uri[:2] != issuer[:2]:
            return jwks_uri
        return urlunsplit(uri._replace(scheme=reached.scheme, netloc=reached.netloc))


class Verifier:
    def __init__(self, issuer: str, audience: str, keys: KeySet):
        self._issuer, self._audience, self._keys = issuer, audience, keys

    def verify(self, token: str) -> AccessToken:
        try:
            header = jwt.get_unverified_header(token)
            if str(header.get("typ")).lower() not in ("at+jwt", "application/at+jwt"):
                raise InvalidToken("This is not an access token")
            if header.get("alg") not in ALGORITHMS:
                raise InvalidToken("The token's signature algorithm is not accepted")
            claims = jwt.decode(
                token,
                key := self._keys.find(str(header.get("kid"))),
                algorithms=[key.algorithm_name],
                issuer=self._issuer,
                audience=self._audience,
                leeway=CLOCK_SKEW,
                options={"require": REQUIRED_CLAIMS},
            )
        except jwt.ExpiredSignatureError:
            raise InvalidToken("The token has expired") from None
        except jwt.InvalidIssuerError:
            raise InvalidToken("The token is from another issuer") from None
        except jwt.InvalidAudienceError:
            raise InvalidToken("The token is for another audience") from None
        except jwt.PyJWTError as error:
            log.info("token refused: %s", error)
            raise InvalidToken("The token is malformed or its signature does not fit") from None
        # RFC 9449 section 7.1: a token that is bound to a key must not be accepted as a plain bearer token.
        if "cnf" in claims:
            raise InvalidToken("The token is bound to a key and cannot be used as a bearer token")
        return AccessToken(
            subject=claims["sub"],
            client_id=claims["client_id"],
            scopes=frozenset(_words(claims.get("scope"))),
            roles=frozenset(_list(claims.get("roles"))),
        )


def _metadata_url(issuer: str) -> str:
    """RFC 8414 section 3.1: the well-known path goes between the host and the issuer's own path."""
    uri = urlsplit(issuer)
    path = "/.well-known/oauth-authorization-server" + uri.path.rstrip("/")
    return urlunsplit((uri.scheme, uri.netloc, path, "", ""))


def _parse(jwk: dict) -> tuple[str | None, jwt.PyJWK | None]:
    """A key we cannot use (another algorithm, for encryption, without an id) is passed over, not an error."""
    kid = jwk.get("kid")
    if not isinstance(kid, str) or jwk.get("use", "sig") != "sig":
        return None, None
    try:
        key = jwt.PyJWK(jwk)
    except jwt.PyJWTError:
        return None, None
    return (kid, key) if key.algorithm_name in ALGORITHMS else (None, None)


def _words(value: object) -> list[str]:
    return value.split() if isinstance(value, str) else []


def _list(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
