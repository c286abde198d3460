#!/usr/bin/env bash
# Foreign software against the given binary, over real HTTP: tests/peers/run.sh target/release/placet
# openid-client and oidc-provider (node), Authlib (Python), Apache with mod_auth_openidc, and Schemathesis against the admin API. Their packages are fetched on the first run.
set -euo pipefail

(($# == 1)) || { echo "usage: $0 path/to/placet" >&2; exit 2; }
binary=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
venv=$here/python/.venv
folder=$(mktemp -d)
started=()
failed=()

clean_up() {
    local status=$? pid
    for pid in "${started[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
    if ((status)); then
        echo '--- what Placet said last:' >&2
        tail -n 40 "$folder/placet/log" >&2 || true
        echo '--- what Apache said last:' >&2
        tail -n 40 "$folder/apache/error.log" >&2 || true
    fi
    rm -rf "$folder"
}
trap clean_up EXIT

main() {
    need node 'node 20 or newer' nodejs
    need npm npm npm
    need python3 'Python 3.11 or newer' python3-venv
    need apache2 Apache apache2-bin
    [[ -e $modules/mod_auth_openidc.so ]] || fail 'mod_auth_openidc is missing; on Debian: apt install libapache2-mod-auth-openidc'
    fetch_packages
    start_placet
    peer 'openid-client and oidc-provider, by node' node --test --test-reporter=spec "$here/node/"
    peer 'Authlib, by Python' run_pytest python
    start_apache
    peer 'Apache, mod_auth_openidc' run_pytest apache
    peer 'Schemathesis, at the admin API' run_schemathesis
    ((${#failed[@]} == 0)) || fail "peers: $(printf '%s; ' "${failed[@]}")"
    echo "peers: all passed, after $SECONDS s"
}

fail() { echo "FAILED: $*" >&2; exit 1; }

need() { [[ $(PATH=$PATH:/usr/sbin command -v "$1") ]] || fail "$2 is missing; on Debian: apt install $3"; }

# Each runs to its end, so that one run tells all that is wrong.
peer() {
    local title=$1
    shift
    printf '\n--- %s\n' "$title"
    "$@" || failed+=("$title")
}

run_pytest() {
    (cd "$here" && PYTHONPATH=python "$venv/bin/python" -m pytest -p no:cacheprovider -v --tb=short --no-header "$@")
}

fetch_packages() {
    (cd "$here/node" && npm ci --silent --no-audit --no-fund)
    [[ -x $venv/bin/python ]] || python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/python/requirements.txt" -r "$here/schemathesis/requirements.txt"
}

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

port=$((20000 + RANDOM % 12000))
free_port() {
    port=$((port + 1))
    until is_free "$port"; do port=$((port + 1)); done
}

start_placet() {
    # Settings of whoever runs this must not leak in.
    for name in $(compgen -e PLACET_) DATABASE_URL; do unset "$name"; done
    free_port
    export PLACET_LISTEN=127.0.0.1:$port PLACET_ISSUER=http://localhost:$port
    free_port
    export PEERS_APACHE_PORT=$port
    free_port
    export PEERS_APP_PORT=$port
    free_port
    export PEERS_PROVIDER_PORT=$port PEERS_PROVIDER_SECRET='a secret of Placet at oidc-provider'
    export PLACET_OUTGOING__ALLOW_HOSTS=localhost:$PEERS_APACHE_PORT,127.0.0.1:$PEERS_APP_PORT,localhost:$PEERS_PROVIDER_PORT
    export PLACET_UPSTREAM__FILE=$folder/placet/providers.toml
    export PLACET_PASSWORD_HASH__MEMORY_KIB=64 PLACET_PASSWORD_HASH__ITERATIONS=1
    export PLACET_REGISTRATION__MODE=open PLACET_REGISTRATION__MAX_PER_HOUR_PER_ADDRESS=1000
    export PYTHONDONTWRITEBYTECODE=1 PEERS_BINARY=$binary PEERS_FOLDER=$folder/placet PEERS_PASSWORD='correct horse battery staple'
    export PEERS_API=https://notes.example

    # Apache runs as somebody else and has a folder of its own in here.
    chmod 711 "$folder"
    mkdir -m 700 "$folder/placet"
    cd "$folder/placet"
    cat >providers.toml <<END
[[provider]]
id = "elsewhere"
name = "Elsewhere"
issuer = "http://localhost:$PEERS_PROVIDER_PORT"
client_id = "placet"
client_secret = "$PEERS_PROVIDER_SECRET"
create_accounts = true
END
    "$binary" >log 2>&1 </dev/null &
    started+=($!)
    for _ in {1..200}; do
        "$binary" health >/dev/null 2>&1 && break
        kill -0 "${started[-1]}" 2>/dev/null || fail 'Placet ended at once'
        sleep 0.05
    done
    "$binary" health >/dev/null || fail 'Placet was not ready within ten seconds'

    "$binary" scope add notes:read --description 'Read your notes' --json >/dev/null
    "$binary" resource add "$PEERS_API" --name Notes --scope notes:read --json >/dev/null
    add_person ada --name 'Ada Lovelace' --email ada@example.com --email-verified --role staff
    add_person grace --name 'Grace Hopper' --email grace@example.com
}

# A server of its own: the run changes and removes whatever it finds.
run_schemathesis() (
    free_port
    at=http://localhost:$port
    fresh=(env "PLACET_LISTEN=127.0.0.1:$port" "PLACET_ISSUER=$at")
    mkdir -m 700 "$folder/schemathesis"
    cd "$folder/schemathesis"
    "${fresh[@]}" "$binary" >log 2>&1 </dev/null &
    server=$!
    trap 'kill -TERM "$server" 2>/dev/null; wait "$server" 2>/dev/null' EXIT
    for _ in {1..200}; do
        "${fresh[@]}" "$binary" health >/dev/null 2>&1 && break
        sleep 0.05
    done
    "${fresh[@]}" "PYTHONPATH=$here/schemathesis" "$venv/bin/schemathesis" --config-file "$here/schemathesis/schemathesis.toml" \
        run "$at/api/v1/openapi.json" --checks all --max-examples 10 --seed 1 --no-color
)

add_person() { "$binary" user add "$@" --password-stdin --json <<<"$PEERS_PASSWORD" >/dev/null; }

# The value of a string member, from JSON with or without line breaks.
member() { tr -d '\n' | sed -nE "s/.*\"$1\" *: *\"([^\"]*)\".*/\1/p"; }

modules=/usr/lib/apache2/modules

start_apache() {
    local site=http://localhost:$PEERS_APACHE_PORT client as=()
    client=$("$binary" client add --name 'Staff pages' --scope 'openid profile email' --first-party \
        --redirect-uri "$site/secure/callback" --post-logout-redirect-uri "$site/goodbye.html" \
        --backchannel-logout-uri "$site/secure/callback?logout=backchannel" --json)
    mkdir -m 700 "$folder/apache"
    cp -r "$here/apache/site" "$here/apache/httpd.conf" "$folder/apache/"
    if ((EUID == 0)); then
        chown -R www-data:www-data "$folder/apache"
        as=(setpriv --reuid=www-data --regid=www-data --clear-groups --no-new-privs)
    fi
    PATH=$PATH:/usr/sbin MODULES=$modules FOLDER=$folder/apache PORT=$PEERS_APACHE_PORT ISSUER=$PLACET_ISSUER \
        CLIENT_ID=$(member client_id <<<"$client") CLIENT_SECRET=$(member client_secret <<<"$client") \
        "${as[@]}" apache2 -d "$folder/apache" -f httpd.conf -D FOREGROUND </dev/null &
    started+=($!)
    for _ in {1..100}; do
        is_free "$PEERS_APACHE_PORT" || return 0
        sleep 0.05
    done
    echo 'Apache did not start' >&2
}

main
