#!/bin/sh
# Lets Stripe's CLI trigger every event the product handles, and looks whether each arrived. --help tells more.
set -eu

help() {
  cat <<'TEXT'
scripts/test-stripe-webhooks.sh [--api-base <url>] [--cli-only] [--wait <seconds>]

Triggers every event the product handles (requirement R15) with the Stripe CLI, waits, and prints what arrived in the
ledger and what became of it. The product has to run: npm start.

Without STRIPE_API_KEY against the Stripe emulator of the npm start of DATA_DIR (.data) and PORT (3000). What the CLI does
not know, and everything when there is no CLI, the emulator makes by its own API; --cli-only leaves it out.
With STRIPE_API_KEY (a test key) against Stripe; let `stripe listen --forward-to localhost:3000/api/webhooks/stripe` or an
endpoint of yours bring the events. Run it with the environment of the server then.

  --api-base <url>   the emulator's address, when it is not the one npm start kept
  --cli-only         count only what stripe trigger makes
  --wait <seconds>   for what is on its way (20)

The triggered objects are nobody's, so most of the events end as dead letters ("names no user"), which is right: use a
development installation. The CLI is the one that npm install brought, or `stripe` on PATH.

Ends with 0: every event was made and arrived, 1: not all, 2: bad arguments, or nothing to test with.
TEXT
}

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
PATH="$root/node_modules/.bin:$PATH"
api_base=
cli_only=
wait_s=20
say() { printf '%s\n' "$*" >&2; }
refuse() {
  say "$1"
  exit 2
}

while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) help; exit 0 ;;
    --api-base) [ $# -gt 1 ] || refuse "--api-base needs an address."; api_base=$2; shift 2 ;;
    --wait) [ $# -gt 1 ] || refuse "--wait needs a number of seconds."; wait_s=$2; shift 2 ;;
    --cli-only) cli_only=yes; shift ;;
    *) refuse "\"$1\" means nothing here; --help tells what does." ;;
  esac
done

key=${STRIPE_API_KEY:-}
case $key in *_live_*) refuse "STRIPE_API_KEY is a live key. Triggered events make customers and payments: use a test key." ;; esac
if [ -z "$key" ]; then
  key=sk_test_liveassist_emulator
  kept="${DATA_DIR:-$root/.data}/emulator-port"
  if [ -z "$api_base" ]; then
    [ -f "$kept" ] || refuse "No Stripe emulator has run here. Start the product with npm start, or set STRIPE_API_KEY."
    api_base="http://127.0.0.1:$(cat "$kept")"
  fi
fi

# LIVEASSIST_STRIPE_CLI names another one; "none" plays a machine without any.
cli=${LIVEASSIST_STRIPE_CLI:-}
if [ -z "$cli" ]; then
  installed="$root/packages/stripe-emulator/node_modules/.bin/stripe"
  if "$installed" --version >/dev/null 2>&1; then
    cli=$installed
  elif command -v stripe >/dev/null 2>&1; then
    cli=stripe
  else
    cli=none
  fi
fi
if [ "$cli" = none ]; then
  say "There is no Stripe CLI here: npm install brought none for this machine (https://docs.stripe.com/stripe-cli)."
  if [ -z "$api_base" ] || [ -n "$cli_only" ]; then refuse "Without it there is nothing to test with."; fi
  say "The emulator makes the events by its own API instead."
fi

triggers=$(mktemp)
said=$(mktemp)
trap 'rm -f "$triggers" "$said"' EXIT
export STRIPE_CLI_TELEMETRY_OPTOUT=1
since=$(date -u +%Y-%m-%dT%H:%M:%SZ)

if [ "$cli" != none ]; then
  types=$(node "$root/scripts/webhooks.ts" --types)
  known=$("$cli" trigger --help 2>/dev/null | tr -d ' ') || known=
  total=$(printf '%s\n' "$types" | wc -l | tr -d ' ')
  at=0
  for type in $types; do
    at=$((at + 1))
    [ ! -t 2 ] || printf '\r\033[2K[%s/%s] %s' "$at" "$total" "$type" >&2
    if ! printf '%s\n' "$known" | grep -qxF "$type"; then
      printf '%s\tunknown\n' "$type" >>"$triggers"
      continue
    fi
    set -- trigger "$type" --api-key "$key"
    [ -z "$api_base" ] || set -- "$@" --api-base "$api_base"
    if "$cli" "$@" >"$said" 2>&1 </dev/null; then
      why=ok
    else
      why=
    fi
    # It ends with 0 also when a request failed.
    if [ "$why" != ok ] || ! grep -q 'Trigger succeeded' "$said"; then
      why=$(sed -n 's/.*"message": "\(.*\)",\{0,1\}$/\1/p' "$said" | head -n 1)
      [ -n "$why" ] || why=$(grep -v -e '^$' -e '^Checking for' "$said" | tail -n 1 | cut -c 1-160)
    fi
    printf '%s\t%s\n' "$type" "${why:-it said nothing}" >>"$triggers"
  done
  [ ! -t 2 ] || printf '\r\033[2K' >&2
fi

set -- --since "$since" --triggers "$triggers" --wait "$wait_s"
if [ -z "$cli_only" ] && [ -n "$api_base" ]; then
  # An address with a key of Stripe's is a proxy of somebody's, and has no control API.
  [ -n "${STRIPE_API_KEY:-}" ] || set -- "$@" --play "$api_base"
fi
node "$root/scripts/webhooks.ts" "$@"
