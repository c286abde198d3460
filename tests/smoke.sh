#!/usr/bin/env bash
# Starts the given binary on an empty folder and does one turn by real HTTP: tests/smoke.sh target/release/placet
set -euo pipefail

(($# == 1)) || { echo "usage: $0 path/to/placet" >&2; exit 2; }
binary=$(realpath "$1")
folder=$(mktemp -d)
server=
passed=0

clean_up() {
    local status=$?
    if [[ $server ]]; then kill -KILL "$server" 2>/dev/null || true; fi
    if ((status)); then
        echo "smoke: failed after $passed checks; the server said:" >&2
        cat "$folder/log" >&2 || true
    fi
    rm -rf "$folder"
}
trap clean_up EXIT

fail() { echo "FAILED: $*" >&2; exit 1; }
pass() { echo "ok: $*"; passed=$((passed + 1)); }

# The value of a string member, from JSON with or without line breaks.
member() { tr -d '\n' | sed -nE "s/.*\"$1\" *: *\"([^\"]*)\".*/\1/p"; }

decode_base64url() {
    local text
    text=$(tr '_-' '/+')
    while ((${#text} % 4)); do text+='='; done
    base64 -d <<<"$text"
}

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

port=$((20000 + RANDOM % 12000))
until is_free "$port"; do port=$((port + 1)); done
issuer=http://localhost:$port

# Settings of whoever runs this must not leak in.
for name in $(compgen -e PLACET_) DATABASE_URL; do unset "$name"; done
export PLACET_LISTEN=127.0.0.1:$port PLACET_ISSUER=$issuer
cd "$folder"

"$binary" >log 2>&1 </dev/null &
server=$!
for _ in {1..200}; do
    "$binary" health >/dev/null 2>&1 && break
    kill -0 "$server" 2>/dev/null || fail 'the server ended at once'
    sleep 0.05
done
"$binary" health >/dev/null || fail 'not ready within ten seconds'
pass 'ready on an empty folder'

[[ $(curl -sS "$issuer/.well-known/openid-configuration" | member issuer) == "$issuer" ]] || fail 'discovery names another issuer'
pass 'discovery'

"$binary" scope add smoke:test --description 'Take part in the smoke test' --json >/dev/null
client=$("$binary" client add --name Smoke --scope smoke:test --json)
id=$(member client_id <<<"$client")
secret=$(member client_secret <<<"$client")
[[ $id && $secret ]] || fail 'client add did not print client_id and client_secret'
pass 'a client by the command line'

# The secret goes in by a file, not by an argument that every process on the machine may read.
ask_for_token() {
    printf 'user = "%s:%s"\n' "$id" "$secret" |
        curl -sS --config - --dump-header headers --data grant_type=client_credentials --data scope=smoke:test "$issuer/token"
}
# A running server sees a new client within a second.
for _ in {1..20}; do
    token=$(ask_for_token | member access_token)
    [[ $token ]] && break
    sleep 0.1
done
[[ $token ]] || fail "no token: $(ask_for_token)"
grep -qi '^cache-control:.*no-store' headers || fail 'the token may be cached'
pass 'a token by client_credentials'

header=$(cut -d. -f1 <<<"$token" | tr -d '\n' | decode_base64url)
claims=$(cut -d. -f2 <<<"$token" | tr -d '\n' | decode_base64url)
[[ $(member typ <<<"$header") == at+jwt && $(member alg <<<"$header") == ES256 ]] || fail "the token's header is $header"
[[ $(member iss <<<"$claims") == "$issuer" && $(member sub <<<"$claims") == "$id" ]] || fail "the token's claims are $claims"
pass 'the token says what it should'

curl -sS "$issuer/.well-known/jwks.json" | grep -qF "\"$(member kid <<<"$header")\"" || fail 'the key is not published'
pass 'the key is published'

refused=$(printf 'user = "%s:wrong"\n' "$id" |
    curl -sS --config - --output /dev/null --write-out '%{http_code}' --data grant_type=client_credentials "$issuer/token")
[[ $refused == 401 ]] || fail "a wrong secret was answered with $refused"
pass 'a wrong secret is refused'

grep -qF "$secret" log && fail 'the secret is in the log'
grep -qF "$token" log && fail 'the token is in the log'
pass 'nothing secret in the log'

kill -TERM "$server"
for _ in {1..150}; do
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
kill -0 "$server" 2>/dev/null && fail 'still there 15 s after SIGTERM'
status=0
wait "$server" || status=$?
server=
((status == 0)) || fail "ended with $status on SIGTERM"
pass 'SIGTERM ends it, with 0'

echo "smoke: $passed passed, 0 failed"
