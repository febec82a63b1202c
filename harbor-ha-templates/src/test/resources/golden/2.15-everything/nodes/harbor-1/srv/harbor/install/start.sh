#!/bin/sh
# Starts Harbor and keeps trying, for at most ten minutes. Rendered by harbor-ha.
#
# All containers send their lines to the log container, and Docker does not start one whose log it cannot open. After a boot
# it starts all of them at once, so some stay down until they are asked for again (https://github.com/goharbor/harbor/issues/7008).
set -eu
cd "$(dirname "$0")"

compose() {
  if docker compose version > /dev/null 2>&1; then
    docker compose "$@"
  else
    docker-compose "$@"
  fi
}

for attempt in $(seq 1 60); do
  if compose up -d log && compose up -d; then
    exit 0
  fi
  echo "start.sh: attempt $attempt failed; trying again in ${HARBOR_RETRY_SECONDS:-10} s" >&2
  sleep "${HARBOR_RETRY_SECONDS:-10}"
done
echo 'start.sh: Harbor did not start; see "docker compose ps" and the lines above' >&2
exit 1
