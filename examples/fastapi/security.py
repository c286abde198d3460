"""Turns the rules of `verifier.py` into FastAPI dependencies, and their failures into the challenges of RFC 6750 section 3."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import OAuth2AuthorizationCodeBearer, SecurityScopes

from settings import Settings
from verifier import AccessToken, InvalidToken, KeysUnavailable, Verifier

SCOPES = {
    "notes:read": "read your notes",
    "notes:write": "write notes for you",
}


def access_token(settings: Settings, verifier: Verifier) -> Callable[..., AccessToken]:
    """The dependency that yields the caller's token. Use it as `Security(…, scopes=["notes:read"])`."""
    # What Swagger needs to know to sign in. FastAPI's own errors are off: ours are those of RFC 6750.
    scheme = OAuth2AuthorizationCodeBearer(
        authorizationUrl=f"{settings.issuer}/authorize",
        tokenUrl=f"{settings.issuer}/token",
        refreshUrl=f"{settings.issuer}/token",
        scopes=SCOPES,
        scheme_name="Placet",
        auto_error=False,
    )

    # Not async: FastAPI runs it on a worker thread, so that fetching the keys does not hold up other requests.
    def dependency(
        request: Request, needed: SecurityScopes, presented: Annotated[str | None, Depends(scheme)]
    ) -> AccessToken:
        if presented is None:
            # No token at all: the bare challenge, without an error code.
            raise challenge(401, scope=needed.scope_str)
        if not presented or " " in presented or len(request.headers.getlist("authorization")) > 1:
            raise challenge(400, error="invalid_request", error_description="The Authorization header is malformed")
        try:
            token = verifier.verify(presented)
        except InvalidToken as reason:
            raise challenge(401, error="invalid_token", error_description=str(reason)) from None
        except KeysUnavailable:
            raise HTTPException(503, "The keys of the authorization server cannot be had", {"Retry-After": "10"}) from None
        if not token.scopes.issuperset(needed.scopes):
            raise challenge(
                403,
                error="insufficient_scope",
                error_description="The token does not carry the scope that this needs",
                scope=needed.scope_str,
            )
        return token

    return dependency


def role(name: str, token_dependency: Callable[..., AccessToken]) -> Callable[..., AccessToken]:
    """The dependency that lets through only people with this role."""

    def dependency(token: Annotated[AccessToken, Depends(token_dependency)]) -> AccessToken:
        if name not in token.roles:
            # No challenge: another token would not help this person.
            raise HTTPException(403, f"This needs the role {name}")
        return token

    return dependency


def challenge(status: int, **parameters: str) -> HTTPException:
    parameters = {"realm": "notes", **{name: value for name, value in parameters.items() if value}}
    header = "Bearer " + ", ".join(f'{name}="{value}"' for name, value in parameters.items())
    return HTTPException(status, parameters.get("error_description", "Not authenticated"), {"WWW-Authenticate": header})
