"""Domains with letters beyond ASCII: they are recognised as letters name them, and seen for what they are."""

from __future__ import annotations

import pytest

from alliance.errors import Invalid
from alliance.intents import RegisterPerson
from tests.town import OFFICE, Town, words

WRITTEN, NAMED_BY_LETTERS = "uwe@größe.example.org", "uwe@xn--gre-6ka8i.example.org"
LOOKS_LIKE_STAHL = "erika@st\u0430hl.example.org"  # with a Cyrillic a


def test_who_is_registered_with_an_umlaut_in_the_domain_is_recognised(town: Town) -> None:
    town.office(RegisterPerson("Uwe Muster", WRITTEN, "Größe GmbH"))
    assert [row.to for row in town.letters(NAMED_BY_LETTERS)] == [NAMED_BY_LETTERS]
    assert "Mitglieder" not in words(town.letter(NAMED_BY_LETTERS, "STATUS"))


def test_the_office_sees_that_a_domain_only_looks_like_a_known_one(town: Town) -> None:
    punycode = LOOKS_LIKE_STAHL.partition("@")[0] + "@xn--sthl-63d.example.org"
    town.letter(punycode, "BEITRETEN Stahl GmbH")
    town.reply(punycode, "JA")
    asked = words(town.last_letter(OFFICE))
    assert "xn--sthl-63d" in asked
    assert "st\u0430hl" not in asked


def test_a_name_before_the_at_that_no_letter_can_carry_is_refused(town: Town) -> None:
    with pytest.raises(Invalid):
        town.office(RegisterPerson("Uwe Muster", "größe@example.org", "Größe GmbH"))
