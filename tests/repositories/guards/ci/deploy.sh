#!/usr/bin/env bash
set -euo pipefail
if [ -z "${CONVEX_DEPLOY_KEY:-}" ]; then
  echo "no key, nothing to deploy"
  exit 0
fi
npx convex deploy
