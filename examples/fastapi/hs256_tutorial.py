"""An API in the manner of FastAPI's tutorial: a shared SECRET_KEY, python-jose and OAuth2PasswordBearer.

Placet's tokens for a resource that is registered with `--alg HS256` are accepted by such code as it stands; only the line
with SECRET_KEY changes. It is a way to bring an old service along, not a model: whoever knows the key can make tokens, and
the password goes through the app. New services do as main.py does.

Run it with `SECRET_KEY=… uvicorn hs256_tutorial:app`.
"""

import os
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, status
from fastapi.security import OAuth2PasswordBearer
from jose import JWTError, jwt

SECRET_KEY = os.environ["SECRET_KEY"]  # the secret that `placet resource add … --alg HS256` printed
ALGORITHM = "HS256"
PLACET_ISSUER = os.environ.get("PLACET_ISSUER", "http://localhost:8080")

oauth2_scheme = OAuth2PasswordBearer(tokenUrl=f"{PLACET_ISSUER}/token")

app = FastAPI(title="Tutorial")


async def get_current_user(token: Annotated[str, Depends(oauth2_scheme)]) -> str:
    credentials_exception = HTTPException(
        status_code=status.HTTP_401_UNAUTHORIZED,
        detail="Could not validate credentials",
        headers={"WWW-Authenticate": "Bearer"},
    )
    try:
        payload = jwt.decode(token, SECRET_KEY, algorithms=[ALGORITHM])
    except JWTError:
        raise credentials_exception
    subject = payload.get("sub")
    if subject is None:
        raise credentials_exception
    return subject


@app.get("/users/me")
async def read_users_me(current_user: Annotated[str, Depends(get_current_user)]) -> dict[str, str]:
    return {"subject": current_user}
