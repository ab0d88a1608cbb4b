"""Letters that a fuzzer makes up, taken apart as the mail door does it; README.md says how to run it."""

from __future__ import annotations

import sys
import time
from datetime import date
from random import Random

import atheris  # type: ignore[import-untyped]  # not among the tools: it has no wheel for every platform

with atheris.instrument_imports(include=["mail", "alliance"]):
    from mail.contents import Identity, contents

from tests.fuzz.damage import damaged
from tests.fuzz.promises import check

OWN = Identity("zukunftsplan@example.org", "mx.example.org")
SENT = date(2026, 3, 2)
HALF = 0.5  # of the letters are damaged by our own hand, the others by the fuzzer's


def one_letter(raw: bytes) -> None:
    """Take one letter apart and see that it keeps what is promised."""
    began = time.process_time()
    check(contents(raw, OWN, SENT), time.process_time() - began)


def mutate(raw: bytes, longest: int, seed: int) -> bytes:
    """The next letter to try."""
    random = Random(seed)
    if random.random() < HALF:
        return damaged(raw, random)[:longest]
    return bytes(atheris.Mutate(raw, longest))


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_letter, custom_mutator=mutate)
    atheris.Fuzz()
