"""Never a loop, never a flood."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from alliance.brakes import LIMITS
from alliance.hearing import Voice
from alliance.intents import Unclear
from store import inbox
from store.tables import Channel, InboxRow
from tests.town import CHATS, ERIKA, GUEST, MAX, NAMES, OFFICE, Town

NONSENSE = "Läuft das eigentlich bald mal ganz anders?"


def answers(town: Town, email: str = ERIKA) -> int:
    return len(town.letters(email))


def test_the_same_answer_in_vain_is_given_twice_a_day_and_then_no_more(town: Town) -> None:
    town.letter(ERIKA, "STATUS")
    token = town.letters(ERIKA)[-1].token
    before = answers(town)
    for _ in range(5):
        town.letter(ERIKA, "M1 vielleicht fertig", token)
    assert answers(town) - before == LIMITS["same-answer-in-vain"].count == 2
    assert "Viele Nachrichten von Erika Beispiel" in town.last_letter(OFFICE).title
    town.at += timedelta(days=1)
    town.letter(ERIKA, "M1 vielleicht fertig", token)
    assert answers(town) - before == 3


def test_what_is_understood_is_always_answered(town: Town) -> None:
    town.letter(ERIKA, "STATUS")
    token = town.letters(ERIKA)[-1].token
    for _ in range(4):
        town.letter(ERIKA, "M1 vielleicht fertig", token)
    assert "notiert" in town.letter(ERIKA, "M1 fertig", token).title
    assert "notiert" in town.last_letter(ERIKA).title


def test_different_mistakes_are_each_answered_until_the_matter_has_had_enough(town: Town) -> None:
    town.letter(ERIKA, "STATUS")
    token = town.letters(ERIKA)[-1].token
    before = answers(town)
    for number in range(160, 168):
        town.letter(ERIKA, f"M1 {number} %", token)
    assert answers(town) - before == LIMITS["answers-in-vain-to-a-matter"].count == 6


def test_over_all_matters_there_is_a_limit_too(town: Town) -> None:
    tokens = []
    for words in ("HILFE", "M1", "M2", "M1", "M2"):
        town.letter(ERIKA, words)
        tokens.append(town.letters(ERIKA)[-1].token)
    before = answers(town)
    for number, token in enumerate(tokens * 4, start=160):
        town.letter(ERIKA, f"M1 {number} %", token)
    assert answers(town) - before == LIMITS["answers-in-vain"].count == 12


def test_the_brake_on_one_person_leaves_others_alone(town: Town) -> None:
    for _ in range(5):
        town.letter(ERIKA, NONSENSE)
    town.letter(MAX, NONSENSE)
    assert answers(town, MAX) == 1


def test_the_office_is_shown_five_letters_of_a_stranger_and_then_told_once(town: Town) -> None:
    for _ in range(12):
        town.letter("robot@example.net", NONSENSE)
    keys = [row.dedupe_key.partition(":")[0] for row in town.letters(OFFICE)]
    assert keys.count("case") == LIMITS["cases-of-a-sender"].count == 5
    assert keys.count("braked") == 1
    assert answers(town, "robot@example.net") == 1


def test_the_office_is_shown_five_messages_of_a_strangers_chat_and_then_told_once(town: Town) -> None:
    shown = [town.chat(GUEST, f"{NONSENSE} {number}") for number in range(12)]
    keys = [row.dedupe_key.partition(":")[0] for row in town.letters(OFFICE)]
    assert (keys.count("case"), keys.count("braked")) == (LIMITS["cases-of-a-sender"].count, 1)
    assert ["Geschäftsstelle" in note.title for note in shown] == [True] * 5 + [False] * 7
    assert "rufen Sie dort an" in shown[-1].lines[0]
    town.at += timedelta(days=2)
    assert "Geschäftsstelle" in town.chat(GUEST, NONSENSE).title


def test_a_display_name_in_a_strangers_chat_is_marked_as_nobodys(town: Town) -> None:
    voice = Voice(Channel.TELEGRAM, town.at, chat_id=CHATS[GUEST], name=NAMES[ERIKA])
    town.database.write_now(lambda session: town.desk.listen(session, voice, NONSENSE))
    assert f"{NAMES[ERIKA]} (in Telegram, nicht als Mitglied verbunden)" in town.last_letter(OFFICE).title


def test_letters_that_name_no_sender_do_not_flood_the_office_either(town: Town) -> None:
    for _ in range(12):
        town.database.write_now(
            lambda session: town.desk.hear(session, Voice(Channel.MAIL, town.at), Unclear(NONSENSE))
        )
    keys = [row.dedupe_key.partition(":")[0] for row in town.letters(OFFICE)]
    assert (keys.count("case"), keys.count("braked")) == (LIMITS["cases-of-a-sender"].count, 1)


def test_what_a_member_writes_in_a_chat_is_always_shown_to_the_office(town: Town) -> None:
    town.link(ERIKA)
    for number in range(8):
        town.chat(ERIKA, f"{NONSENSE} {number}")
    assert [row.dedupe_key.partition(":")[0] for row in town.letters(OFFICE)] == ["case"] * 8


def flood(town: Town, email: str, count: int) -> None:
    def job(session: Session) -> None:
        for number in range(count):
            inbox.keep(session, Channel.MAIL, [inbox.Incoming(f"9:{email}:{number}", b"")], town.at)
        for row in session.exec(select(InboxRow).where(InboxRow.sender == "")):
            row.sender = email

    town.database.write_now(job)


@pytest.mark.parametrize(("count", "over"), [(60, False), (61, True)])
@pytest.mark.fault(35)
def test_who_writes_more_than_sixty_letters_an_hour_is_not_heard_and_told_so_once(
    town: Town, count: int, over: bool
) -> None:
    flood(town, ERIKA, count)
    voice = Voice(Channel.MAIL, town.at, email=ERIKA)
    for _ in range(3):
        assert town.database.write_now(lambda session: town.desk.overrun(session, voice)) is over
    assert answers(town) == over
    town.at += timedelta(hours=2)
    later = Voice(Channel.MAIL, town.at, email=ERIKA)
    assert not town.database.write_now(lambda session: town.desk.overrun(session, later))


def test_letters_under_a_forged_sender_do_not_use_up_those_that_prove_themselves(town: Town) -> None:
    town.letter(ERIKA, "STATUS")
    token = town.letters(ERIKA)[-1].token
    flood(town, ERIKA, 500)
    proved, forged = (Voice(Channel.MAIL, town.at, email=ERIKA, token=given) for given in (token, ""))
    passed_on = Voice(Channel.MAIL, town.at, email=MAX, token=token)
    flood(town, MAX, 500)
    over = town.database.write_now(
        lambda session: [town.desk.overrun(session, voice) for voice in (proved, forged, passed_on)]
    )
    assert over == [False, True, True]


def test_who_proves_every_letter_is_heard_up_to_a_limit_too(town: Town) -> None:
    flood(town, ERIKA, 61)
    town.letter(ERIKA, "HILFE")
    voice = Voice(Channel.MAIL, town.at, email=ERIKA, token=town.letters(ERIKA)[-1].token)
    for _ in range(LIMITS["answers-to-a-sender"].count - 2):
        town.letter(ERIKA, "HILFE", voice.token)
    assert not town.database.write_now(lambda session: town.desk.overrun(session, voice))
    town.letter(ERIKA, "HILFE", voice.token)
    assert town.database.write_now(lambda session: town.desk.overrun(session, voice))
