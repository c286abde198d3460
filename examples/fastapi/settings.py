"""Settings, from the environment."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    # Who must have issued a token: compared with its `iss`, and where Swagger sends the browser.
    issuer: str = "http://localhost:8080"
    # Who a token must be for: the URI under which this API is registered as a resource.
    audience: str = "http://localhost:8000"
    # The public client that the Swagger page signs in with.
    swagger_client_id: str = "notes-swagger"
    # Where the metadata is fetched, if this machine reaches the issuer under another address than browsers do.
    metadata_url: str | None = None

    @classmethod
    def from_env(cls) -> "Settings":
        return cls(
            issuer=os.environ.get("PLACET_ISSUER", cls.issuer),
            audience=os.environ.get("AUDIENCE", cls.audience),
            swagger_client_id=os.environ.get("SWAGGER_CLIENT_ID", cls.swagger_client_id),
            metadata_url=os.environ.get("PLACET_METADATA_URL") or None,
        )
