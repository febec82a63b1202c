#!/bin/sh
# Lays the files of this folder down on the node that it is for. Rendered by harbor-ha for Harbor 2.15.2.
#
#   ./install.sh [--replace-secretkey]
#
# Run it as root on the node, as often as you like: what is in place already is left alone, and what has changed is written
# over in place, because a container holds a single file by its inode. It prints the files that it changed or removed.
# With DESTDIR=/somewhere it works below that folder instead of /.
#
# Each file is whole beside its place before its place is touched; where the disk is full, the old file stays
# or the new one takes its name. A run that is killed leaves old and new files, each whole, but for the one that it was just
# writing over, which is a moment's work. The next run mends all of it.
set -eu
umask 022
unset CDPATH
LC_ALL=C
export LC_ALL

install_dir='/srv/harbor/install'
secretkey='/srv/harbor/data/secret/keys/secretkey'
# Where Harbor's prepare looks for a key to move over this one; empty where it is not run.
older_key=''
list="$install_dir/.harbor-ha.files"
replace_secretkey=no

die() {
  printf 'install.sh: %s\n' "$*" >&2
  exit 1
}

for argument in "$@"; do
  case $argument in
    --replace-secretkey) replace_secretkey=yes ;;
    *) die "unknown option $argument; the only one is --replace-secretkey" ;;
  esac
done
[ "$(id -u)" -eq 0 ] || die 'run this as root: files get the owners that the containers need'

dest=${DESTDIR:-}
case $dest in
  '' | /*) ;;
  *) dest=$PWD/$dest ;;
esac
dest=${dest%/}
cd -- "$(dirname -- "$0")"
here=$(pwd -P)

# Mode, owner and path of each file that Harbor needs. Other files of this folder belong to root and keep their mode.
files() {
  cat <<'END'
644 0:0 /srv/harbor/install/docker-compose.yml
644 10000:10000 /srv/harbor/install/common/config/nginx/nginx.conf
600 0:0 /srv/harbor/install/common/config/core/env
644 10000:10000 /srv/harbor/install/common/config/core/app.conf
600 0:0 /srv/harbor/install/common/config/db/env
600 0:0 /srv/harbor/install/common/config/jobservice/env
600 10000:10000 /srv/harbor/install/common/config/jobservice/config.yml
600 10000:10000 /srv/harbor/install/common/config/registry/config.yml
600 10000:10000 /srv/harbor/install/common/config/registry/passwd
600 0:0 /srv/harbor/install/common/config/registryctl/env
644 10000:10000 /srv/harbor/install/common/config/registryctl/config.yml
644 10000:10000 /srv/harbor/install/common/config/portal/nginx.conf
644 10000:10000 /srv/harbor/install/common/config/log/logrotate.conf
644 10000:10000 /srv/harbor/install/common/config/log/rsyslog_docker.conf
600 0:0 /srv/harbor/install/common/config/trivy-adapter/env
600 0:0 /srv/harbor/install/common/config/exporter/env
644 10000:10000 /srv/harbor/install/common/config/shared/trust-certificates/storage_ca_bundle.crt
644 10000:10000 /srv/harbor/install/common/config/shared/trust-certificates/redis_tls_ca.crt
600 10000:10000 /srv/harbor/data/secret/keys/secretkey
600 10000:10000 /srv/harbor/data/secret/core/private_key.pem
644 10000:10000 /srv/harbor/data/secret/registry/root.crt
644 10000:10000 /srv/harbor/data/secret/cert/server.crt
600 10000:10000 /srv/harbor/data/secret/cert/server.key
644 10000:10000 /srv/harbor/data/secret/tls/harbor_internal_ca.crt
644 10000:10000 /srv/harbor/data/secret/tls/proxy.crt
600 10000:10000 /srv/harbor/data/secret/tls/proxy.key
644 10000:10000 /srv/harbor/data/secret/tls/core.crt
600 10000:10000 /srv/harbor/data/secret/tls/core.key
644 10000:10000 /srv/harbor/data/secret/tls/job_service.crt
600 10000:10000 /srv/harbor/data/secret/tls/job_service.key
644 10000:10000 /srv/harbor/data/secret/tls/registry.crt
600 10000:10000 /srv/harbor/data/secret/tls/registry.key
644 10000:10000 /srv/harbor/data/secret/tls/registryctl.crt
600 10000:10000 /srv/harbor/data/secret/tls/registryctl.key
644 10000:10000 /srv/harbor/data/secret/tls/portal.crt
600 10000:10000 /srv/harbor/data/secret/tls/portal.key
644 10000:10000 /srv/harbor/data/secret/tls/trivy_adapter.crt
600 10000:10000 /srv/harbor/data/secret/tls/trivy_adapter.key
644 10000:10000 /srv/harbor/install/common/config/shared/trust-certificates/harbor_internal_ca.crt
644 0:0 /etc/systemd/system/harbor.service
755 0:0 /srv/harbor/install/start.sh
END
}

# Mode, owner and path of each folder that must be there before the containers are.
folders() {
  cat <<'END'
755 0:0 /srv/harbor/install/common/config/core/certificates
755 10000:10000 /srv/harbor/install/common/config/nginx/conf.d
755 0:0 /srv/harbor/install/common/config/shared/trust-certificates
755 10000:10000 /srv/harbor/data/ca_download
755 10000:10000 /srv/harbor/data/job_logs
755 10000:10000 /srv/harbor/data/registry
755 10000:10000 /srv/harbor/data/trivy-adapter/trivy
755 10000:10000 /srv/harbor/data/trivy-adapter/reports
END
}

# Source and target of each file that is on the node already and that Harbor wants in another place.
copies() {
  cat <<'END'
END
}

# Folders that must be the mount point of a share, in which the containers' user can write.
mounts() {
  cat <<'END'
END
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# without FILE: the lines of the input that are not in the file
without() {
  grep -vxFf "$1" || [ $? -eq 1 ]
}

# What is laid down: the files of Harbor, those that other programs need, and the copies.
files | cut -d ' ' -f 3 > "$work/named"
find . -type f ! -path ./install.sh | sed 's|^\.||' | sort | without "$work/named" > "$work/others"
{
  cat "$work/named" "$work/others"
  copies | cut -d ' ' -f 2
} | sort > "$work/new"

# First everything that can be wrong: nothing is written before all of it is right.
stray=$(find . ! -name . -prune ! -type d ! -name install.sh | sed -n '1s|^\./||p')
[ "$here" != / ] || die 'this folder is /; copy the node'\''s folder into a new folder of its own'
[ -z "$stray" ] || die "$here/$stray is no file of the node; copy the node's folder into a new folder of its own"
command -v cmp > /dev/null || die 'cmp is not installed; it is in the package diffutils'
while read -r path; do
  [ -f "$here$path" ] || die "$here$path is missing; copy the whole folder of the node"
done < "$work/named"
while read -r path; do
  target=$dest$path
  [ ! -d "$target" ] || [ -L "$target" ] || [ -z "$(ls -A "$target")" ] ||
    die "$target is a folder, where a file has to be; move it away"
done < "$work/new"
copies | while read -r source target; do
  [ -f "$dest$source" ] || die "$dest$source is missing; put the certificate and its key there first"
done
[ -n "$dest" ] || mounts | while read -r path; do
  mountpoint -q "$path" || die "$path is not mounted; mount the share first, or layers would go to the node's own disk"
  setpriv --reuid=10000 --regid=10000 --clear-groups test -w "$path" ||
    die "user 10000 may not write in $path; give that folder to him first: chown 10000:10000 $path"
done
if [ "$replace_secretkey" = no ] && [ -f "$dest$secretkey" ] && ! cmp -s "$dest$secretkey" "$here$secretkey"; then
  die "$dest$secretkey has another content than the cluster's, and what was encrypted with it in the database would be lost; bring it into the key store and render again, or, for a new database, use --replace-secretkey"
fi
if [ -n "$older_key" ] && [ -f "$dest$older_key" ] && ! cmp -s "$dest$older_key" "$here$secretkey"; then
  die "$dest$older_key has another content than the cluster's key, and Harbor's prepare would put it in that one's place; bring it into the key store and render again, or move it away"
fi

# remember FILE: the paths in it are what this script has laid down, or is about to
remember() {
  mkdir -p "$dest$install_dir"
  if ! cmp -s "$1" "$dest$list"; then
    (umask 077 && cat "$1" > "$dest$list.harbor-ha")
    mv -f "$dest$list.harbor-ha" "$dest$list"
  fi
}

# own MODE OWNER PATH: true if something had to be changed
own() {
  if [ "$(stat -Lc '%a %u:%g' "$3")" = "$1 $2" ]; then
    return 1
  fi
  chown "$2" "$3" || exit 1
  chmod "$1" "$3" || exit 1
}

# lay MODE OWNER SOURCE PATH
lay() {
  target=$dest$4
  beside=$target.harbor-ha
  changed=no
  if [ ! -d "${target%/*}" ]; then
    mkdir -p "${target%/*}"
  fi
  if [ -e "$beside" ] || [ -L "$beside" ]; then
    rm -f "$beside"
  fi
  if [ -L "$target" ] || [ ! -f "$target" ] || ! cmp -s "$3" "$target"; then
    changed=yes
    install -m "$1" -o "${2%:*}" -g "${2#*:}" "$3" "$beside" || {
      rm -f "$beside"
      die "$target could not be written"
    }
    # A link is replaced and never written through. An empty folder is what Docker makes of a file that was missing.
    if [ -L "$target" ]; then
      rm -f "$target"
    elif [ -d "$target" ]; then
      rmdir "$target"
    fi
    # A script that runs reads on where it was, so programs are not written over either.
    if [ -f "$target" ] && [ "$1" != 755 ]; then
      chmod 600 "$target"
      if cat "$beside" > "$target"; then
        rm -f "$beside"
      else
        mv -f "$beside" "$target"
      fi
    else
      mv -f "$beside" "$target"
    fi
  fi
  if own "$1" "$2" "$target"; then
    changed=yes
  fi
  if [ "$changed" = yes ]; then
    printf '%s\n' "$4"
  fi
}

# Should this run be killed, the next one knows what it may have laid down.
{
  [ ! -f "$dest$list" ] || cat "$dest$list"
  cat "$work/new"
} | sort -u > "$work/all"
remember "$work/all"

folders | while read -r mode owner path; do
  [ -d "$dest$path" ] || mkdir -p "$dest$path"
  own "$mode" "$owner" "$dest$path" || :
done
files | while read -r mode owner path; do
  lay "$mode" "$owner" "$here$path" "$path"
done
while read -r path; do
  lay "$(stat -c %a "$here$path")" 0:0 "$here$path" "$path"
done < "$work/others"
copies | while read -r source target; do
  lay 600 10000:10000 "$dest$source" "$target"
done

# What an earlier run laid down and is no longer part of the node.
without "$work/new" < "$work/all" > "$work/gone"
while read -r path; do
  rm -f "$dest$path.harbor-ha"
  if [ -f "$dest$path" ] || [ -L "$dest$path" ]; then
    rm -f "$dest$path"
    printf '%s (removed)\n' "$path"
  fi
done < "$work/gone"
remember "$work/new"
