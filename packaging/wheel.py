#!/usr/bin/env python3
"""Puts a built program into a Python wheel, so that `pip install` gives the command `tallyframe`.

    packaging/wheel.py target/x86_64-unknown-linux-musl/release/tallyframe --platform linux-x86_64

The wheel holds the very file that is released by itself; no Python runs when the command is called.
Same program, same bytes: times and order inside are fixed. Needs Python 3.11 and nothing else.
"""

import argparse
import base64
import hashlib
import pathlib
import tomllib
import zipfile

# A static program runs on any Linux: glibc or musl, from the oldest that pip knows by these tags.
PLATFORMS = {
    "linux-x86_64": "manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64",
    "linux-aarch64": "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
    "windows-x86_64": "win_amd64",
    "macos-x86_64": "macosx_10_12_x86_64",
    "macos-aarch64": "macosx_11_0_arm64",
}
ROOT = pathlib.Path(__file__).resolve().parent.parent


def digest(content: bytes) -> str:
    """A file's digest as RECORD writes it."""
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def metadata(package: dict) -> bytes:
    """What package indexes show."""
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {package['name']}",
        f"Version: {package['version']}",
        f"Summary: {package['description']}",
        f"License: {package['license']}",
        "Requires-Python: >=3.7",
        "Description-Content-Type: text/markdown",
        "",
        (ROOT / package["readme"]).read_text(encoding="utf-8"),
    ]
    return "\n".join(lines).encode()


def build(program: pathlib.Path, platform: str, out: pathlib.Path) -> pathlib.Path:
    """Writes the wheel and returns its path."""
    package = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
    stem = f"{package['name']}-{package['version']}"
    tag = PLATFORMS[platform]
    single = "".join(f"Tag: py3-none-{one}\n" for one in tag.split("."))
    files = {
        f"{stem}.data/scripts/{program.name}": program.read_bytes(),
        f"{stem}.dist-info/METADATA": metadata(package),
        f"{stem}.dist-info/WHEEL": f"Wheel-Version: 1.0\nGenerator: tallyframe\nRoot-Is-Purelib: false\n{single}".encode(),
    }
    record = "".join(f"{name},{digest(content)},{len(content)}\n" for name, content in files.items())
    files[f"{stem}.dist-info/RECORD"] = (record + f"{stem}.dist-info/RECORD,,\n").encode()

    out.mkdir(parents=True, exist_ok=True)
    wheel = out / f"{stem}-py3-none-{tag}.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100755 if "/scripts/" in name else 0o100644) << 16
            archive.writestr(entry, content)
    return wheel


def main() -> None:
    """Reads the call."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=pathlib.Path, help="the built program: tallyframe or tallyframe.exe")
    parser.add_argument("--platform", required=True, choices=PLATFORMS)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "dist")
    call = parser.parse_args()
    print(build(call.program, call.platform, call.out))


if __name__ == "__main__":
    main()
