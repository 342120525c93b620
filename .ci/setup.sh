# SPDX-License-Identifier: Apache-2.0
# Sourced by run, test and bench: finds what they need, installs what is missing when root on Debian or Ubuntu.
# shellcheck shell=bash

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# need COMMAND PACKAGE… : makes sure that the command is there.
need() {
    local command=$1
    shift
    command -v "$command" >/dev/null && return
    install_packages "$@"
    command -v "$command" >/dev/null || fail "$command is still missing after installing $*"
}

install_packages() {
    command -v apt-get >/dev/null || fail "please install: $* (no apt-get here to do it)"
    [ "$(id -u)" = 0 ] || fail "please install what is missing: sudo apt-get install $*"
    echo "Installing $* ..." >&2
    { apt-get install -y -q --no-install-recommends "$@" ||
        { apt-get update -q && apt-get install -y -q --no-install-recommends "$@"; }; } >"${TMPDIR:-/tmp}/coppercube-apt.$$" 2>&1 ||
        { cat "${TMPDIR:-/tmp}/coppercube-apt.$$" >&2; fail "could not install $*"; }
    rm -f "${TMPDIR:-/tmp}/coppercube-apt.$$"
}

# Prints the home of a JDK 17 or 21, nothing when there is none.
find_jdk() {
    local javac version
    for javac in "${JAVA_HOME:+$JAVA_HOME/bin/javac}" /usr/lib/jvm/*-17-*/bin/javac /usr/lib/jvm/*-21-*/bin/javac \
        "$(command -v javac)"; do
        [ -x "$javac" ] || continue
        version=$("$javac" -version 2>&1 | sed -n 's/javac \([0-9]*\).*/\1/p')
        case "$version" in
            17 | 21) dirname "$(dirname "$(readlink -f "$javac")")" && return ;;
        esac
    done
}

need_jdk() {
    JAVA_HOME=$(find_jdk)
    if [ -z "$JAVA_HOME" ]; then
        [ "$(id -u)" != 0 ] || apt-get update -q >/dev/null 2>&1
        install_packages "$(available openjdk-17-jdk-headless openjdk-21-jdk-headless)"
        JAVA_HOME=$(find_jdk)
    fi
    [ -n "$JAVA_HOME" ] || fail "needs a JDK 17 or 21: apt-get install openjdk-17-jdk-headless, or set JAVA_HOME"
    export JAVA_HOME
    export PATH="$JAVA_HOME/bin:$PATH"
}

# Prints the first of these packages that the system has, or else the first.
available() {
    local package
    for package in "$@"; do
        apt-cache show "$package" >/dev/null 2>&1 && echo "$package" && return
    done
    echo "$1"
}

# Builds the distribution and the simulator when a source is newer than the last build.
build() {
    local built=karaf-assembly/target/built
    if [ -e "$built" ] && [ -z "$(find pom.xml bundles config features karaf-assembly LICENSES \
        -name target -prune -o -type f -newer "$built" -print -quit)" ]; then
        return
    fi
    need mvn maven
    echo "Building CopperCube (the first time a few minutes, for Maven fetches what it needs) ..." >&2
    local started
    started=$(mktemp)
    mvn -q -B -ntp -Dstyle.color=never -DskipTests -Dfeatures.verify.skip=true -pl karaf-assembly,bundles/site-simulator -am package >&2 ||
        fail "the build failed; the lines above say where"
    touch -r "$started" "$built" && rm -f "$started"
}

distribution=karaf-assembly/target/assembly
simulator=bundles/site-simulator/target/org.coppercube.site.simulator-1.0.0-SNAPSHOT.jar
