"""What holds for every letter that was taken apart, whatever was in it."""

from __future__ import annotations

import json
import re
from dataclasses import fields

from mail.contents import Contents
from mail.screening import Kind

SECONDS = 2.0
CHARACTERS = 500_000  # of all words of one letter
_UNCLEAN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200b\ufeff]")


def check(found: Contents, seconds: float) -> None:
    """See that the words can be stored and shown, and that it took no longer than ``seconds`` may be."""
    assert isinstance(found.kind, Kind)
    assert found.unreadable != "broken"
    words = [str(getattr(found, field.name)) for field in fields(found)]
    words += [str(value) for failure in found.failures for value in failure]
    for said in words:
        assert not _UNCLEAN.search(said), ascii(_UNCLEAN.findall(said)[:5])
    json.dumps(words).encode()
    assert sum(map(len, words)) < CHARACTERS
    assert "\n" not in found.name + found.email + found.token + found.message_id
    assert seconds < SECONDS, f"{seconds:.1f} s"
