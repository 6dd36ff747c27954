#!/usr/bin/env bash
# Builds the site of a job; mistakes become annotations at their lines. Comes in: SITE_ROOT, OUTPUT_DIR, BASE_URL, ARGUMENTS.
set -euo pipefail

options=(--root "$SITE_ROOT" --output-dir "$OUTPUT_DIR" --format github)
[[ -z $BASE_URL ]] || options+=(--base-url "$BASE_URL")
read -r -a more <<<"$ARGUMENTS"
rungs build "${options[@]}" ${more[@]+"${more[@]}"}
