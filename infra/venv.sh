#!/bin/sh
# Makes .venv and installs a lock into it; does nothing when that lock is installed already.
# usage: infra/venv.sh requirements.txt
set -eu
cd "$(dirname "$0")/.."
lock=$1
stamp=.venv/installed-$lock

find_python() {
  for name in python3.13 python3.12 python3.11 python3 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  echo "Samen needs Python 3.11 or newer, and none was found: install it (python.org) and try again." >&2
  exit 1
}

# A .venv whose Python has gone, or is older, is made again.
if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  python=$(find_python)
  rm -rf .venv
  if ! message=$("$python" -m venv .venv 2>&1); then
    rm -rf .venv
    echo "$message" | tail -n 5 >&2
    echo "Python could not make a virtual environment: on Debian and Ubuntu, install python3-venv and try again." >&2
    exit 1
  fi
fi

cmp -s "$lock" "$stamp" && exit 0
echo "Installing $lock into .venv (once, about half a minute)."
# Bytecode is left to the first import: it would cost more than half of the time and of the disk, mostly for modules
# that are never imported.
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --no-compile \
  --require-hashes --no-deps --timeout 30 --retries 3 -r "$lock"
cp "$lock" "$stamp"
