#!/bin/sh
# Builds one program for Linux that needs no library of the machine it runs on: dist/tallyframe-<version>-linux-<arch>.tar.gz.
# The musl target is taken where the toolchain has it (`rustup target add x86_64-unknown-linux-musl`); else glibc is linked in.
set -eu
cd "$(dirname "$0")/.."

arch=$(uname -m)
musl="$arch-unknown-linux-musl"
gnu="$arch-unknown-linux-gnu"
if [ -d "$(rustc --print sysroot)/lib/rustlib/$musl" ]; then
    target=$musl
else
    target=$gnu
    echo "The toolchain has no $musl: linking glibc in instead." >&2
fi

CARGO_PROFILE_RELEASE_STRIP=symbols RUSTFLAGS="-C target-feature=+crt-static ${RUSTFLAGS:-}" \
    ${CARGO:-cargo} build --release --locked --target "$target"

out=${CARGO_TARGET_DIR:-target}/$target/release/tallyframe
if ldd "$out" 2>/dev/null | grep -q '=>'; then
    echo "The program still needs libraries of the machine:" >&2
    ldd "$out" >&2
    exit 1
fi

version=$("$out" --version | cut -d' ' -f2)
name="tallyframe-$version-linux-$arch"
rm -rf "dist/$name"
mkdir -p "dist/$name"
cp "$out" README.md LICENSE-MIT LICENSE-APACHE "dist/$name/"
# A fixed owner, order and day: the same sources give the same archive.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime='2026-01-01 00:00Z' -C dist -cf - "$name" | gzip -n > "dist/$name.tar.gz"
rm -rf "dist/$name"
echo "dist/$name.tar.gz ($target)"
