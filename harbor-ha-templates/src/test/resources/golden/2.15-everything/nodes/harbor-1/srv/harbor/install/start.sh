#!/bin/sh
# Starts Harbor and keeps trying, for about ten minutes. Rendered by harbor-ha.
#
# All containers send their lines to the log container, and Docker does not start one whose log it cannot open. After a boot
# it starts all of them at once, so some stay down until they are asked for again (https://github.com/goharbor/harbor/issues/7008).
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"
pause=${HARBOR_RETRY_SECONDS:-10}

if docker compose version > /dev/null 2>&1; then
  compose() { docker compose "$@"; }
elif command -v docker-compose > /dev/null; then
  compose() { docker-compose "$@"; }
else
  echo 'start.sh: there is neither "docker compose" nor docker-compose; install one of them' >&2
  exit 1
fi

for attempt in $(seq 1 60); do
  if compose up -d log && compose up -d; then
    exit 0
  fi
  echo "start.sh: attempt $attempt of 60 failed" >&2
  sleep "$pause"
done
echo 'start.sh: Harbor did not start; see "docker compose ps" and the lines above' >&2
exit 1
