#!/usr/bin/env bash
# What Cargo calls as RUSTC_WRAPPER when .ci/package compiles: links fixed random numbers into the one build script whose output
# depends on them. See packaging/fixed-random.c.
if [[ ${CARGO_PKG_NAME:-} == minify-html-common && " $* " == *" --crate-name build_script_build "* ]]; then
    exec "$@" -C "link-arg=$FIXED_RANDOM"
fi
exec "$@"
