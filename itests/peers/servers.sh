#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# servers.sh CACHE ROOT: makes usr/lib/postgresql and usr/bin/victoria-metrics below ROOT, with the libraries they need.
# What the system lacks comes from Debian's packages, downloaded to CACHE and unpacked only: an installed one would start
# its server at every boot.
set -u
mkdir -p "$1/partial" "$2/usr/bin" "$2/usr/lib"

# fetch PACKAGE: downloads the package, and of those it needs what is not installed here.
fetch() {
    apt-get install -y -q --no-install-recommends --download-only -o Debug::NoLocking=1 -o APT::Sandbox::User=root \
        -o Dir::Cache::archives="$cache" "$1" >"$cache/apt.log" 2>&1
}

# provide PATH PROGRAM PACKAGE: the path from the system where the program is in it, from an earlier download, or now.
provide() {
    if compgen -G "/$1$2" >/dev/null; then
        ln -s "/$1" "$root/$1"
    elif ! compgen -G "$cache/$3_*.deb" >/dev/null && ! fetch "$3"; then
        { [ "$(id -u)" = 0 ] && apt-get update -q >"$cache/apt.log" 2>&1 && fetch "$3"; } ||
            echo "Debian's package $3 is not to be had: $(grep '^E:' "$cache/apt.log" | head -1)" >&2
    fi
}

cache=$1 root=$2
provide usr/lib/postgresql '/*/bin/postgres' postgresql
provide usr/bin/victoria-metrics '' victoria-metrics
for deb in "$cache"/*.deb; do
    [ ! -e "$deb" ] || dpkg -x "$deb" "$root"
done
