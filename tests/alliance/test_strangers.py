"""What strangers cannot learn or do: who is registered, codes without limit, and what somebody else has begun."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from datetime import timedelta

import pytest
from sqlmodel import select

from alliance.hearing import Voice
from alliance.intents import RegisterPerson
from alliance.notes import Note
from alliance.packing import pack, unpack
from store.tables import Channel, Company, JoinRequest, RequestState
from tests.alliance.joining_steps import agree_in_chat, code_in
from tests.town import CHATS, ERIKA, GUEST, MAX, OFFICE, START, Town, button, words

CODE = re.compile(r"[\w-]{22}")


@pytest.fixture
def town(sqlite_town: Town) -> Town:
    return sqlite_town


def requests(town: Town) -> list[JoinRequest]:
    return town.database.read_now(lambda session: list(session.exec(select(JoinRequest))))


NOBODY = "niemand@neu.example.org"
WAITING, LEFT = "wartet@neu.example.org", "weg@alt.example.org"


@pytest.fixture
def lively(town: Town) -> Town:
    """Erika is a member with Telegram, Max one by mail; somebody waits for the office, somebody else has left."""
    town.link(ERIKA)
    town.letter(WAITING, "BEITRETEN Probe GmbH")
    town.reply(WAITING, "JA")
    town.office(RegisterPerson("Jutta Probe", LEFT, "Probe GmbH"))
    town.letter(LEFT, "ABMELDEN")
    town.reply(LEFT, "JA")
    town.forget_letters()
    return town


def seen_by_a_stranger(town: Town, *said: str) -> list[Note]:
    """What a chat that nobody knows reads in answer to these words."""
    return [town.chat(GUEST, one) for one in said]


@pytest.mark.parametrize("address", [ERIKA, MAX, OFFICE, WAITING, LEFT])
def test_a_stranger_in_a_chat_cannot_learn_who_is_registered(lively: Town, address: str) -> None:
    def asked(email: str) -> tuple[list[str], int, int]:
        forms = (
            "/start",
            email,
            "x" * 22,
            f"BEITRETEN {email}",
            "TELEGRAM",
            "STATUS",
            f"ADRESSE {email}",
            email.upper(),
        )
        before = len(lively.letters(email))
        shown = seen_by_a_stranger(lively, *forms)
        lively.at += timedelta(hours=2)  # the tries of the chat are spent by then
        wire = [str(pack(note)).replace(email, "?").replace(email.upper(), "?!") for note in shown]
        return wire, len(lively.letters(email)) - before, len(lively.bubbles(GUEST))

    assert asked(address) == asked(NOBODY)


@pytest.mark.parametrize("address", [ERIKA, MAX, OFFICE, WAITING, LEFT])
def test_a_stranger_by_mail_cannot_learn_who_is_registered(lively: Town, address: str) -> None:
    stranger = "fremd@anderswo.example.org"

    def asked(email: str) -> list[str]:
        forms = (f"BEITRETEN {email}", f"ADRESSE {email}", f"TELEGRAM {email}", f"STATUS {email}", "STATUS", "x1" * 11)
        shown = [lively.letter(stranger, form) for form in forms]
        lively.at += timedelta(days=2)
        return [re.sub(r"\d+", "0", CODE.sub("", str(pack(note)).replace(email, "?"))) for note in shown]

    assert asked(address) == asked(NOBODY)


def test_naming_an_address_does_not_touch_what_its_owner_has_begun(town: Town) -> None:
    town.link(OFFICE)
    town.letter(GUEST, "BEITRETEN Neue Werkstatt GmbH")
    town.reply(GUEST, "JA")
    town.chat(MAX, f"BEITRETEN {GUEST} Falsche GmbH")
    town.tap(OFFICE, unpack(town.bubbles(OFFICE)[-1].note, Note).actions[0])
    guest = town.person(GUEST)
    assert (guest.telegram_id, guest.channel) == (None, Channel.MAIL)
    assert "Neue Werkstatt GmbH" in town.database.read_now(
        lambda session: [company.name for company in session.exec(select(Company))]
    )


def test_naming_an_address_does_not_spoil_the_code_that_its_owner_has(town: Town) -> None:
    town.letter(GUEST, "BEITRETEN Neue Werkstatt GmbH")
    code = code_in(town, GUEST)
    town.chat(MAX, f"BEITRETEN {GUEST}")
    assert "Darf ich Ihnen in Telegram schreiben" in words(town.chat(GUEST, f"/start {code}"))


def test_who_asks_twice_lies_before_the_office_once(town: Town) -> None:
    first = town.letter(GUEST, "BEITRETEN Stahl GmbH")
    token = town.letters(GUEST)[-1].token
    town.letter(GUEST, "BEITRETEN Logistik KG")
    town.reply(GUEST, "JA")
    town.letter(GUEST, "JA", token)
    assert first.matter.id
    pending = [one for one in requests(town) if one.state == RequestState.PENDING]
    assert [one.company for one in pending] == ["Logistik KG"]


# --- limits on codes


def test_a_chat_may_ask_for_five_codes_an_hour(town: Town) -> None:
    town.chat(GUEST, "/start")
    shown = [words(town.chat(GUEST, f"BEITRETEN gast{number}@neu.example.org")) for number in range(6)]
    assert ["zu viele Versuche" in one for one in shown] == [False] * 5 + [True]
    town.at = START + timedelta(hours=1, seconds=1)
    assert "zu viele" not in words(town.chat(GUEST, f"BEITRETEN {GUEST}"))


@pytest.mark.fault(54)
def test_an_address_gets_three_letters_an_hour_and_ten_a_day_whoever_asks(town: Town) -> None:
    shown = set()
    for hour in range(5):
        town.at = START + timedelta(hours=hour, minutes=hour)
        before = len(town.letters(GUEST))
        for chat in range(5):
            shown.add(words(from_chat(town, 5_000 + 10 * hour + chat, f"BEITRETEN {GUEST}")))
        assert len(town.letters(GUEST)) - before == (1 if hour == 3 else 0 if hour == 4 else 3)
    assert len(shown) == 1
    town.at = START + timedelta(days=1, minutes=1)
    from_chat(town, 6_000, f"BEITRETEN {GUEST}")
    assert len(town.letters(GUEST)) == 11


def test_letters_with_codes_are_limited_by_mail_too(town: Town) -> None:
    titles = [town.letter(ERIKA, "TELEGRAM").title for _ in range(4)]
    assert titles == ["Telegram mit Ihrer Mitgliedschaft verbinden"] * 3 + ["Bitte schauen Sie in Ihr Postfach"]


def test_the_last_code_still_counts_when_no_more_are_sent(town: Town) -> None:
    town.chat(GUEST, "/start")
    for _ in range(4):
        town.chat(GUEST, GUEST)
    assert len(town.letters(GUEST)) == 3
    assert "Darf ich Ihnen in Telegram schreiben" in words(from_chat(town, CHATS[GUEST], code_in(town, GUEST)))


def from_chat(town: Town, chat: int, text: str) -> Note:
    """Words from any chat."""
    voice = Voice(Channel.TELEGRAM, town.at, chat_id=chat, name="Robin Probe")
    return town.database.write_now(lambda session: town.desk.listen(session, voice, text))


# --- the code itself


@pytest.mark.fault(54)
def test_a_code_has_128_random_bits(town: Town) -> None:
    codes = set()
    for number in range(3):
        town.chat(GUEST, f"BEITRETEN gast{number}@neu.example.org")
        codes.add(code_in(town, f"gast{number}@neu.example.org"))
    assert len(codes) == 3
    assert {len(urlsafe_b64decode(code + "==")) * 8 for code in codes} == {128}


@pytest.mark.fault(54)
def test_a_replayed_code_does_nothing_in_the_same_chat(town: Town) -> None:
    town.chat(ERIKA, "/start")
    town.chat(ERIKA, ERIKA)
    code = code_in(town, ERIKA)
    town.chat(ERIKA, code)
    assert "passt nicht" in words(town.chat(ERIKA, f"/start {code}"))
    assert town.person(ERIKA).telegram_id is None


@pytest.mark.fault(54)
def test_a_code_lives_fifteen_minutes(town: Town) -> None:
    town.chat(ERIKA, "/start")
    town.chat(ERIKA, ERIKA)
    code = code_in(town, ERIKA)
    town.at = START + timedelta(minutes=15, seconds=1)
    assert "älter als 15 Minuten" in words(town.chat(ERIKA, code))
    agree_in_chat(town, ERIKA)
    assert town.person(ERIKA).telegram_id == CHATS[ERIKA]


@pytest.mark.fault(54)
def test_linking_over_somebody_elses_chat_tells_both_sides(town: Town) -> None:
    town.link(ERIKA)
    town.letter(MAX, "TELEGRAM")
    link = town.last_letter(MAX).actions[-1].link
    asked = town.chat(ERIKA, f"/start {link.rpartition('=')[2]}")
    linked = town.tap(ERIKA, button(asked, "Einverstanden"))
    assert "Guten Tag Max Muster" in words(linked)
    assert "Waren Sie das nicht?" in words(town.last_letter(MAX))
    assert "mit einer anderen Mitgliedschaft verbunden" in words(town.last_letter(ERIKA))
