"""What we hand out for servers: the unit files, the container and what is kept out of it."""

from __future__ import annotations

import re
from pathlib import Path

from app.settings import Settings, secret_names

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
PACKAGES = sorted(file.parent.name for file in ROOT.glob("*/__init__.py"))


def read(name: str) -> str:
    return (DEPLOY / name).read_text()


def test_the_unit_for_several_alliances_differs_only_in_where_an_alliance_has_its_own() -> None:
    one, many = (read(name).splitlines()[1:] for name in ("zukunftsplan.service", "zukunftsplan@.service"))
    own = [(line, other) for line, other in zip(one, many, strict=True) if line != other]
    names = [line.partition("=")[0] for line, _ in own]
    assert names == ["Description", "WorkingDirectory", "Environment", "StateDirectory"]
    assert all("%i" in other and "%i" not in line for line, other in own)


def test_the_units_set_only_what_the_settings_know() -> None:
    for name in ("zukunftsplan.service", "zukunftsplan@.service"):
        named = re.findall(r"^Environment=(\w+)=", read(name), re.MULTILINE)
        assert {each.lower() for each in named} <= Settings.model_fields.keys()


def test_every_secret_of_the_compose_file_is_a_setting_or_belongs_to_the_database() -> None:
    files = re.findall(r"file: secrets/(\w+)", read("compose.yaml"))
    assert set(files) - {"database_password"} <= secret_names()
    assert "database_url" in files
    assert not re.search(r"PASSWORD: |TOKEN: ", read("compose.yaml"))


def test_neither_secrets_nor_data_get_into_the_image() -> None:
    kept_out = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".env", "data", ".git", "deploy/secrets", "deploy/assistant.env"} <= set(kept_out)
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"deploy/secrets/", "deploy/assistant.env"} <= set(ignored)


def test_the_image_has_all_our_packages_ready_and_runs_without_rights() -> None:
    image = read("Containerfile")
    [compiled] = re.findall(r"compileall -q ([\w ]+)", image)
    assert set(compiled.split()) == set(PACKAGES) - {"benchmarks"}
    assert re.search(r"^USER 10001", image, re.MULTILINE)
    assert "--require-hashes" in image
