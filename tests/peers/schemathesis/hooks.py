"""Tokens for the run. It may remove the very client that it acts as, or the key that signed its token: then it gets another."""

import itertools
import json
import os
import subprocess

import requests
import schemathesis

ISSUER = os.environ["PLACET_ISSUER"]
API = f"{ISSUER}/api/v1"


def new_token(number: int) -> str:
    command = ["client", "add", "--id", f"schemathesis-{number}", "--name", "Schemathesis", "--grant", "client_credentials"]
    command += ["--scope", "placet:admin", "--resource", API, "--json"]
    done = subprocess.run([os.environ["PEERS_BINARY"], *command], capture_output=True, text=True, check=True, timeout=60)
    client = json.loads(done.stdout)
    answer = requests.post(
        f"{ISSUER}/token",
        data={"grant_type": "client_credentials"},
        auth=(client["client_id"], client["client_secret"]),
        timeout=30,
    )
    answer.raise_for_status()
    return answer.json()["access_token"]


@schemathesis.auth(refresh_interval=None)
class Administrator:
    numbers = itertools.count(1)
    token = None

    def get(self, case, context):
        headers = {"Authorization": f"Bearer {self.token}"}
        if self.token is None or requests.get(f"{API}/scopes/openid", headers=headers, timeout=30).status_code == 401:
            self.token = new_token(next(self.numbers))
        return self.token

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"
