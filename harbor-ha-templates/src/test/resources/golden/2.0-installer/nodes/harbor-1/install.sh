#!/bin/sh
# Lays the files of this folder down on the node that it is for. Rendered by harbor-ha for Harbor 2.0.6.
#
#   ./install.sh [--replace-secretkey]
#
# Run it as root on the node, as often as you like: what is in place already is left alone, and what has changed is written
# over in place, because a container holds a single file by its inode. It prints the files that it changed or removed.
# With DESTDIR=/somewhere it works below that folder instead of /.
set -eu
umask 022

install_dir='/opt/harbor'
secretkey='/data/secret/keys/secretkey'
list="$install_dir/.harbor-ha.files"
dest=${DESTDIR:-}
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

cd "$(dirname "$0")"
here=$(pwd -P)
[ "$(id -u)" -eq 0 ] || die 'run this as root: files get the owners that the containers need'

# Mode, owner and path of each file that Harbor needs. Other files of this folder belong to root and keep their mode.
files() {
  cat <<'END'
600 0:0 /opt/harbor/harbor.yml
600 0:0 /opt/harbor/docker-compose.override.yml
644 10000:10000 /opt/harbor/harbor-ha/nginx/nginx.conf
600 10000:10000 /opt/harbor/harbor-ha/jobservice/config.yml
600 10000:10000 /opt/harbor/harbor-ha/registry/config.yml
600 10000:10000 /opt/harbor/harbor-ha/registry/passwd
600 10000:10000 /data/secret/keys/secretkey
600 10000:10000 /data/secret/core/private_key.pem
644 10000:10000 /data/secret/registry/root.crt
644 0:0 /etc/systemd/system/harbor.service
755 0:0 /opt/harbor/start.sh
END
}

# Mode, owner and path of each folder that must be there before the containers are.
folders() {
  cat <<'END'
END
}

# Source and target of each file that is on the node already and that Harbor wants in another place.
copies() {
  cat <<'END'
END
}

# Folders that must be the mount point of a share.
mounts() {
  cat <<'END'
END
}

# First everything that can be wrong: nothing is written before all of it is right.
files | while read -r mode owner path; do
  [ -f "$here$path" ] || die "$here$path is missing; copy the whole folder of the node"
done
copies | while read -r source target; do
  [ -r "$dest$source" ] || die "$dest$source is missing; put the certificate and its key there first"
done
mounts | while read -r path; do
  [ -n "$dest" ] || mountpoint -q "$path" || die "$path is not mounted; mount the share first, or layers would go to the node's own disk"
done
if [ "$replace_secretkey" = no ] && [ -f "$dest$secretkey" ] && ! cmp -s "$dest$secretkey" "$here$secretkey"; then
  die "$dest$secretkey has another content than the cluster's, and what was encrypted with it in the database would be lost; bring it into the key store and render again, or, for a new database, use --replace-secretkey"
fi

new=$(mktemp)
trap 'rm -f "$new"' EXIT

# lay MODE OWNER SOURCE PATH: the content is complete beside its place before it goes there.
lay() {
  target=$dest$4
  mkdir -p "$(dirname "$target")"
  if ! cmp -s "$3" "$target"; then
    (umask 077 && cat "$3" > "$target.harbor-ha")
    if [ -f "$target" ] && [ ! -L "$target" ]; then
      cat "$target.harbor-ha" > "$target"
      rm "$target.harbor-ha"
    else
      mv -f "$target.harbor-ha" "$target"
    fi
    printf '%s\n' "$4"
  fi
  chown "$2" "$target"
  chmod "$1" "$target"
  printf '%s\n' "$4" >> "$new"
}

folders | while read -r mode owner path; do
  mkdir -p "$dest$path"
  chown "$owner" "$dest$path"
  chmod "$mode" "$dest$path"
done
files | while read -r mode owner path; do
  lay "$mode" "$owner" "$here$path" "$path"
done
find . -type f ! -path ./install.sh | sed 's|^\.||' | LC_ALL=C sort | while read -r path; do
  grep -qxF -- "$path" "$new" || lay "$(stat -c %a ".$path")" 0:0 "$here$path" "$path"
done
copies | while read -r source target; do
  lay 600 10000:10000 "$dest$source" "$target"
done

# What an earlier run laid down and is no longer part of the node.
if [ -f "$dest$list" ]; then
  while read -r path; do
    grep -qxF -- "$path" "$new" || { rm -f "$dest$path"; printf '%s (removed)\n' "$path"; }
  done < "$dest$list"
fi
cat "$new" > "$dest$list"
chmod 600 "$dest$list"
