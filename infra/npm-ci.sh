#!/bin/sh
# Installs what a committed package-lock.json names; does nothing when that lock is installed already.
# usage: infra/npm-ci.sh FROM [TO]     FROM holds package.json and package-lock.json; TO receives node_modules
set -eu
from=$1
to=${2:-$1}
mkdir -p "$to"
cmp -s "$from/package-lock.json" "$to/node_modules/.installed-lock" && exit 0
if [ "$from" != "$to" ]; then
  cp "$from/package.json" "$from/package-lock.json" "$to/"
  if [ -f "$from/.npmrc" ]; then cp "$from/.npmrc" "$to/"; fi
fi
cd "$to"
npm ci --no-audit --no-fund --ignore-scripts --fetch-timeout=30000 --fetch-retries=3
cp package-lock.json node_modules/.installed-lock
