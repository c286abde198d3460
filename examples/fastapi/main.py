"""A small API that accepts Placet's access tokens. Run it with `uvicorn --factory main:create_app`."""

from collections import defaultdict, deque
from typing import Annotated

from fastapi import Depends, FastAPI, Security
from pydantic import BaseModel, Field

from security import SCOPES, access_token, role
from settings import Settings
from verifier import AccessToken, KeySet, Verifier


class Note(BaseModel):
    text: Annotated[str, Field(min_length=1, max_length=1000)]


class Me(BaseModel):
    subject: str
    client_id: str
    is_person: bool
    scopes: list[str]
    roles: list[str]


def create_app(settings: Settings | None = None, keys: KeySet | None = None) -> FastAPI:
    settings = settings or Settings.from_env()
    keys = keys or KeySet(settings.issuer, settings.metadata_url)
    token = access_token(settings, Verifier(settings.issuer, settings.audience, keys))

    Caller = Annotated[AccessToken, Depends(token)]
    Reader = Annotated[AccessToken, Security(token, scopes=["notes:read"])]
    Writer = Annotated[AccessToken, Security(token, scopes=["notes:write"])]
    Admin = Annotated[AccessToken, Depends(role("admin", token))]

    # The notes of each subject, in memory: enough for an example.
    notes: dict[str, deque[Note]] = defaultdict(lambda: deque(maxlen=100))

    app = FastAPI(
        title="Notes",
        description="An example API. Press *Authorize* to sign in at Placet.",
        swagger_ui_init_oauth={
            "clientId": settings.swagger_client_id,
            "scopes": " ".join(SCOPES),
            "usePkceWithAuthorizationCodeGrant": True,
        },
    )

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/me")
    async def me(caller: Caller) -> Me:
        """What the token says, whatever its scopes."""
        return Me(
            subject=caller.subject,
            client_id=caller.client_id,
            is_person=caller.is_person,
            scopes=sorted(caller.scopes),
            roles=sorted(caller.roles),
        )

    @app.get("/notes")
    async def read_notes(caller: Reader) -> list[Note]:
        """The caller's own notes. Needs the scope `notes:read`."""
        return list(notes.get(caller.subject, ()))

    @app.post("/notes", status_code=201)
    async def write_note(caller: Writer, note: Note) -> Note:
        """Adds a note of the caller's. Needs the scope `notes:write`."""
        notes[caller.subject].append(note)
        return note

    @app.get("/admin")
    async def admin(caller: Admin) -> dict[str, int]:
        """How much is stored. Needs the role `admin`, which people have and programs do not."""
        return {"writers": len(notes), "notes": sum(map(len, notes.values()))}

    return app
