#!/bin/sh
# Checks that the crate compiles for the systems it is released for, as far as this toolchain can tell.
# Says what it checked and what it skipped; fails only where a check fails.
set -u
cd "$(dirname "$0")/.."

targets="x86_64-unknown-linux-gnu x86_64-unknown-linux-musl x86_64-pc-windows-msvc x86_64-pc-windows-gnu x86_64-apple-darwin aarch64-apple-darwin"
libraries="$(rustc --print sysroot)/lib/rustlib"
said=$(mktemp)
trap 'rm -f "$said"' EXIT
failed=0
for target in $targets; do
    if [ ! -d "$libraries/$target/lib" ]; then
        echo "skipped  $target: the toolchain has no library for it (rustup target add $target)"
    elif ${CARGO:-cargo} check --locked --target "$target" >"$said" 2>&1; then
        echo "checked  $target"
    elif grep -q 'failed to find tool\|ToolNotFound' "$said"; then
        # A dependency in C is compiled even for a check.
        echo "skipped  $target: this machine has no C compiler for it"
    else
        echo "FAILED   $target"
        cat "$said"
        failed=1
    fi
done
exit $failed
