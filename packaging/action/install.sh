#!/usr/bin/env bash
# Puts the program of one known archive on the path of a job. Comes in: VERSION or URL, SHA256, ACTION_REPOSITORY, and what a runner sets.
set -euo pipefail

fail() {
    echo "::error::$1" >&2
    exit 1
}

# Prints the end of the name of the archive for this system.
archive() {
    case $RUNNER_OS-$RUNNER_ARCH in
        Linux-X64) echo x86_64-unknown-linux-musl.tar.gz ;;
        Linux-ARM64) echo aarch64-unknown-linux-musl.tar.gz ;;
        macOS-X64) echo x86_64-apple-darwin.tar.gz ;;
        macOS-ARM64) echo aarch64-apple-darwin.tar.gz ;;
        Windows-X64) echo x86_64-pc-windows-gnu.zip ;;
        *) fail "there is no archive of Rungs for $RUNNER_OS on $RUNNER_ARCH" ;;
    esac
}

sha256() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -c 1-64; }

[[ -n $SHA256 ]] ||
    fail "set \`sha256\` to the SHA-256 of the archive of Rungs for this system; SHA256SUMS of the release has it"
if [[ -z $URL ]]; then
    [[ -n $VERSION ]] ||
        fail "set \`version\` to a release of Rungs, such as 0.2.0, or \`url\` to the address of an archive that you built"
    name=rungs-${VERSION#v}-$(archive)
    URL=$ACTION_REPOSITORY/releases/download/v${VERSION#v}/$name
fi
folder=$RUNNER_TEMP/rungs
file=$folder/${URL##*/}
rm -rf "$folder"
mkdir -p "$folder/files"
curl --fail --location --silent --show-error --retry 3 --output "$file" "$URL" || fail "the archive of Rungs could not be had from $URL"
sum=$(sha256 "$file")
[[ $sum == "$(tr '[:upper:]' '[:lower:]' <<<"$SHA256")" ]] ||
    fail "the file at $URL has the SHA-256 $sum, not $SHA256, so it was not used: \`sha256\` must be that of the archive for $RUNNER_OS on $RUNNER_ARCH"
case $file in
    *.zip) unzip -q "$file" -d "$folder/files" ;;
    *) tar -xzf "$file" -C "$folder/files" ;;
esac
program=$(find "$folder/files" -type f \( -name rungs -o -name rungs.exe \) | head -n 1)
[[ -n $program ]] || fail "the archive at $URL holds no program named rungs"
dirname "$program" >>"$GITHUB_PATH"
"$program" --version
