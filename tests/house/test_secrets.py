"""No secret lies in the repository, and everything that is installed is pinned by its hash."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Collection
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LARGEST = 2_000_000  # bytes; what is larger is a picture, a font or a recording

# What secrets look like. Tests and the demo hold made-up ones, which say so
SHAPES = {
    "Telegram token": r"\d{8,10}:[A-Za-z0-9_-]{35}\b",
    "private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    "Amazon key": r"A(?:KI|SI)A[A-Z0-9]{16}\b",
    "Google key": r"AIza[A-Za-z0-9_-]{35}\b",
    "Google client secret": r"GOCSPX-[A-Za-z0-9_-]{28}\b",
    "Google refresh token": r"1//0[A-Za-z0-9_-]{40,}",
    "Microsoft client secret": r"\dQ~[A-Za-z0-9_.~-]{31,34}",
    "GitHub token": r"g(?:h[pousr]_[A-Za-z0-9]{36}|ithub_pat_[A-Za-z0-9_]{60,})",
    "Slack token": r"xox[abprs]-[A-Za-z0-9-]{10,}",
    "JSON web token": r"eyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{15,}",
}
# made-up passwords stand in tests, so these are looked for elsewhere only
PASSWORDS = {
    "password in an address": r"://[^\s/:@\"'{}<>]+:(?!kennwort@|passwort@|password@)[^\s/:@\"'{}<>]{6,}@",
    "password in the open": r"(?:[Pp]ass(?:word|wd)|PASSWORD|kennwort|secret|SECRET|token|TOKEN)\s*=\s*"
    r"[\"'](?=[^\"'\s]*\d)[^\"'\s{}<>]{12,}[\"']",
}
PATTERNS = {kind: re.compile(shape) for kind, shape in (SHAPES | PASSWORDS).items()}
MADE_UP = ("tests/", "benchmarks/", "data/")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is or may be committed."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(ROOT / name for name in listed.split("\0") if name)


def kinds(text: str, wanted: Collection[str] = PATTERNS) -> list[str]:
    return [kind for kind in wanted if PATTERNS[kind].search(text)]


def in_file(file: Path) -> list[str]:
    made_up = str(file.relative_to(ROOT)).startswith(MADE_UP)
    return kinds(file.read_text(encoding="latin-1"), SHAPES if made_up else PATTERNS)


def test_no_tracked_file_holds_anything_that_looks_like_a_secret() -> None:
    found = {
        str(file.relative_to(ROOT)): shapes
        for file in tracked()
        if file.is_file() and file.stat().st_size < LARGEST
        if (shapes := in_file(file))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("kind", "example"),
    [
        ("Telegram token", "123456789:" + "AAE" + "x" * 32),
        ("private key", "-----BEGIN RSA " + "PRIVATE KEY-----"),
        ("Amazon key", "AKIA" + "ABCDEFGHIJKLMNOP"),
        ("Google key", "AIza" + "Sy" * 17 + "x"),
        ("Google client secret", "GOCSPX-" + "ab" * 14),
        ("Google refresh token", "1//0" + "a1" * 25),
        ("Microsoft client secret", "abc8Q~" + "x" * 34),
        ("GitHub token", "ghp_" + "a" * 36),
        ("Slack token", "xoxb-" + "1" * 12),
        ("JSON web token", ".".join(("eyJ" + "a" * 20, "eyJ" + "b" * 20, "c" * 43))),
        ("password in an address", "postgresql://zukunftsplan:" + "Hj7kLm2p@db.example.org/x"),
        ("password in the open", 'MAIL_PASSWORD = "' + 'Hj7kLm2pQr9s"'),
    ],
)
def test_each_shape_is_recognised(kind: str, example: str) -> None:
    assert kinds(f"x {example} y") == [kind]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_everything_that_is_installed_is_pinned_by_hash_and_names_no_registry(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) > 20
    assert [line[:60] for line in lines if not is_pinned(line)] == []
    assert "://" not in text


def is_pinned(line: str) -> bool:
    named, *hashes = line.split(" --hash=")
    exact = re.match(r"[\w.\[\]-]+==[\w.+!-]+(?: *;.*)?$", named.strip())
    return bool(exact and hashes) and all(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", each) for each in hashes)


def test_the_makefile_installs_nothing_without_its_hash() -> None:
    lines = (ROOT / "Makefile").read_text().splitlines()
    installs = [line for line in lines if "pip install" in line and "$(AUDIT)" not in line]
    locked = [line for line in installs if "--require-hashes" in line or "--no-deps --no-build-isolation -e ." in line]
    assert [line for line in installs if line not in locked] == []
    assert len(locked) == 3


def test_settings_with_secrets_are_not_tracked() -> None:
    ignored = (ROOT / ".gitignore").read_text().split()
    assert {".env", "data/"} <= set(ignored)
    assert [file.name for file in tracked() if file.name == ".env" or file.suffix in {".db", ".pem", ".key"}] == []
