"""The two channels are equal: whatever can be asked for can be said in Telegram and by mail."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from alliance import intents, speakers
from alliance.desk import DEEDS, Voice
from alliance.intents import Intent
from alliance.notes import Note
from alliance.packing import unpack
from alliance.rights import RIGHTS
from alliance.understanding import understand
from bot import buttons, views
from store.database import Database
from store.tables import Channel
from tests.town import CHATS, ERIKA, GUEST, HOUSE, MAX, NAMES, OFFICE, START, Town
from texts import say

KINDS: tuple[type, ...] = Intent.__args__
TELEGRAM, MAIL = Channel.TELEGRAM, Channel.MAIL
NOT_DONE = {say("de", f"{key}-title") for key in ("all-refusal", "member-proof", "all-unclear-ask", "guest-code-wrong")}
UNCLEAR = say("de", "all-unclear-title")

Before = Callable[[Town], Note | None]


@dataclass(frozen=True)
class Way:
    """How somebody says it at a door: in words, or by the button with this label on the note that came ``before``.

    By mail the words are a fresh letter, or an answer to the last letter of the person.
    """

    who: str
    words: str | Callable[[Town], str] = ""
    button: str = ""
    before: Before = lambda town: None
    is_answer: bool = False


def chat(who: str, words: str | Callable[[Town], str], before: Before = lambda town: None) -> Way:
    return Way(who, words, before=before)


def tap(who: str, button: str, before: Before) -> Way:
    return Way(who, button=button, before=before)


def letter(who: str, words: str) -> Way:
    return Way(who, words)


def answer(who: str, words: str, before: Before) -> Way:
    return Way(who, words, before=before, is_answer=True)


# --- what happened before


def proposed(who: str, words: str) -> Before:
    """A letter that changes something, so that it is asked back."""
    return lambda town: town.letter(who, words)


def confirmed(who: str, words: str) -> Before:
    """The same, and JA to what was asked back."""

    def before(town: Town) -> Note:
        town.letter(who, words)
        return town.reply(who, "JA")

    return before


def said(who: str, words: str) -> Before:
    return lambda town: town.chat(who, words)


def code_was_mailed(town: Town) -> Note:
    town.chat(GUEST, "/start")
    return town.chat(GUEST, GUEST)


def mailed_code(town: Town) -> str:
    found = re.search(r"Code für Telegram: (\S+)", "\n".join(town.last_letter(GUEST).lines))
    assert found
    return found[1]


def address_was_proved(town: Town) -> Note:
    code_was_mailed(town)
    return town.chat(GUEST, mailed_code(town))


def office_was_asked_in_chat(town: Town) -> Note:
    town.link(OFFICE)
    address_was_proved(town)
    town.chat(GUEST, "Probe GmbH")
    return unpack(town.bubbles(OFFICE)[-1].note, Note)


def office_was_asked_by_mail(town: Town) -> Note:
    town.letter(GUEST, "BEITRETEN Probe GmbH")
    town.reply(GUEST, "JA")
    return town.last_letter(OFFICE)


def office_is_about_to_answer(town: Town) -> Note:
    town.link(OFFICE)
    town.letter(MAX, QUESTION)
    case = unpack(town.bubbles(OFFICE)[-1].note, Note)
    return town.tap(OFFICE, case.actions[0])


def status_was_mailed(town: Town) -> Note:
    return town.letter(MAX, "STATUS")


def meeting_is_planned(town: Town) -> Note:
    return town.meeting(30)


def status_was_mailed_before_a_meeting(town: Town) -> Note:
    town.meeting(30)
    return town.letter(MAX, "STATUS")


def somebody_answers_for_max(town: Town) -> Note:
    """A reply to Max's letter from an address that nobody knows."""
    town.letter(MAX, "STATUS")
    return town.letter(GUEST, "unverändert", town.letters(MAX)[-1].token)


def office_doubts_in_chat(town: Town) -> Note:
    town.link(OFFICE)
    somebody_answers_for_max(town)
    return unpack(town.bubbles(OFFICE)[-1].note, Note)


def has_a_second_address(who: str) -> Before:
    """The guest's address is this member's; the member has got a letter since."""

    def before(town: Town) -> Note:
        town.letter(who, f"ADRESSE {GUEST}")
        town.reply(who, "JA")
        town.reply(GUEST, "JA")
        return town.letter(who, "STATUS")

    return before


QUESTION = "Wer bringt den Kuchen mit?"
COMPANY = "UNTERNEHMEN Muster GmbH; 02041 1"
PERSON = "MITGLIED Robin Probe; neu@muster.example.org; Muster GmbH"
MEASURE = "MASSNAHME 12; Fahrradbügel; Verkehr; 31.12.2026"
ASSIGN = f"ZUORDNEN M4 {MAX}"
MEETING = "SITZUNG Allianz; 03.12.2026 17:00; Herbstsitzung; Rathaus"

TABLE: dict[type, dict[Channel, Way]] = {
    intents.ReportProgress: {TELEGRAM: chat(ERIKA, "M1 60 %"), MAIL: answer(MAX, "60 %", status_was_mailed)},
    intents.ShowStatus: {TELEGRAM: chat(ERIKA, "/status"), MAIL: letter(MAX, "STATUS")},
    intents.ShowMeasure: {TELEGRAM: chat(ERIKA, "M1"), MAIL: letter(MAX, "M3")},
    intents.Undo: {
        TELEGRAM: tap(ERIKA, "Rückgängig", said(ERIKA, "M1 60 %")),
        MAIL: answer(MAX, "RÜCKGÄNGIG", confirmed(MAX, "M3 60 %")),
    },
    intents.Greet: {TELEGRAM: chat(GUEST, "/start"), MAIL: letter(GUEST, "Guten Tag")},
    intents.Join: {TELEGRAM: chat(GUEST, f"BEITRETEN {GUEST}"), MAIL: letter(GUEST, "BEITRETEN")},
    intents.Confirm: {
        TELEGRAM: chat(GUEST, mailed_code, code_was_mailed),
        MAIL: answer(GUEST, "JA", proposed(GUEST, "BEITRETEN")),
    },
    intents.NameCompany: {
        TELEGRAM: chat(GUEST, "Probe GmbH", address_was_proved),
        MAIL: answer(GUEST, "Probe GmbH", confirmed(GUEST, "BEITRETEN")),
    },
    intents.Decide: {
        TELEGRAM: tap(OFFICE, "Ja, aufnehmen", office_was_asked_in_chat),
        MAIL: answer(OFFICE, "JA", office_was_asked_by_mail),
    },
    intents.LinkTelegram: {TELEGRAM: chat(ERIKA, "TELEGRAM"), MAIL: letter(MAX, "TELEGRAM")},
    intents.Pause: {
        TELEGRAM: chat(ERIKA, "PAUSE bis 31.12."),
        MAIL: answer(MAX, "JA", proposed(MAX, "PAUSE bis 31.12.")),
    },
    intents.Resume: {
        TELEGRAM: tap(ERIKA, "Pause beenden", said(ERIKA, "PAUSE bis 31.12.")),
        MAIL: answer(MAX, "WEITER", confirmed(MAX, "PAUSE bis 31.12.")),
    },
    intents.Leave: {TELEGRAM: chat(ERIKA, "ABMELDEN"), MAIL: answer(MAX, "JA", proposed(MAX, "ABMELDEN"))},
    intents.Help: {TELEGRAM: chat(GUEST, "/hilfe"), MAIL: letter(GUEST, "HILFE")},
    intents.Speak: {TELEGRAM: chat(ERIKA, "SPRACHE EN"), MAIL: answer(MAX, "JA", proposed(MAX, "SPRACHE EN"))},
    intents.Thank: {TELEGRAM: chat(ERIKA, "Vielen Dank!"), MAIL: letter(MAX, "Danke und viele Grüße\nMax Muster")},
    intents.Unclear: {TELEGRAM: chat(ERIKA, QUESTION), MAIL: letter(MAX, QUESTION)},
    intents.AnswerPerson: {
        TELEGRAM: chat(OFFICE, "Max Muster!", office_is_about_to_answer),
        MAIL: answer(OFFICE, "Max Muster!", proposed(MAX, QUESTION)),
    },
    intents.Trust: {
        TELEGRAM: tap(OFFICE, "Ja, das war Max Muster", office_doubts_in_chat),
        MAIL: answer(OFFICE, "JA", somebody_answers_for_max),
    },
    intents.AddAddress: {
        TELEGRAM: chat(ERIKA, f"ADRESSE {GUEST}"),
        MAIL: answer(MAX, "JA", proposed(MAX, f"ADRESSE {GUEST}")),
    },
    intents.DropAddress: {
        TELEGRAM: chat(ERIKA, f"ADRESSE WEG {GUEST}", has_a_second_address(ERIKA)),
        MAIL: answer(MAX, f"ADRESSE WEG {GUEST}", has_a_second_address(MAX)),
    },
    intents.Attend: {
        TELEGRAM: chat(ERIKA, "ZUSAGE", meeting_is_planned),
        MAIL: answer(MAX, "ABSAGE", status_was_mailed_before_a_meeting),
    },
    intents.SwitchSending: {
        TELEGRAM: chat(OFFICE, "BETRIEB STOPP"),
        MAIL: answer(OFFICE, "JA", proposed(OFFICE, "BETRIEB STOPP")),
    },
    intents.ShowOutstanding: {TELEGRAM: chat(OFFICE, "/offen"), MAIL: letter(OFFICE, "OFFEN")},
    intents.RegisterCompany: {TELEGRAM: chat(OFFICE, COMPANY), MAIL: answer(OFFICE, "JA", proposed(OFFICE, COMPANY))},
    intents.RegisterPerson: {TELEGRAM: chat(OFFICE, PERSON), MAIL: answer(OFFICE, "JA", proposed(OFFICE, PERSON))},
    intents.AddMeasure: {TELEGRAM: chat(OFFICE, MEASURE), MAIL: answer(OFFICE, "JA", proposed(OFFICE, MEASURE))},
    intents.AssignMeasure: {TELEGRAM: chat(OFFICE, ASSIGN), MAIL: answer(OFFICE, "JA", proposed(OFFICE, ASSIGN))},
    intents.PlanMeeting: {TELEGRAM: chat(OFFICE, MEETING), MAIL: answer(OFFICE, "JA", proposed(OFFICE, MEETING))},
}
CELLS = [pytest.param(kind, channel, id=f"{kind.__name__}-{channel}") for kind in KINDS for channel in Channel]


def test_the_table_has_no_empty_cell() -> None:
    assert set(TABLE) == set(KINDS)
    for ways in TABLE.values():
        assert set(ways) == set(Channel)
        assert all(way.words or way.button for way in ways.values())


def test_every_intent_has_a_deed_and_a_right() -> None:
    assert set(DEEDS) == set(RIGHTS) == set(KINDS)


@pytest.fixture
def town(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Town]:
    """On one system: what is said does not depend on where it is kept."""
    file = Path(shutil.copy(migrated_sqlite, tmp_path / "town.db"))
    database = Database(f"sqlite:///{file}")
    yield Town(database).settle()
    database.close()


@pytest.mark.parametrize(("kind", "channel"), CELLS)
def test_it_can_be_said_and_is_done(town: Town, kind: type, channel: Channel) -> None:
    town.link(ERIKA)
    way = TABLE[kind][channel]
    if channel == TELEGRAM and way.who == OFFICE:
        town.link(OFFICE)
    note = way.before(town)
    meant, done = _tapped(town, way, note) if way.button else _said(town, way, channel)
    assert type(meant) is kind
    assert done.title not in NOT_DONE
    assert (done.title == UNCLEAR) is (kind is intents.Unclear)


def _said(town: Town, way: Way, channel: Channel) -> tuple[Intent, Note]:
    """What the desk understands of the words, and its answer to them."""
    words = way.words if isinstance(way.words, str) else way.words(town)
    token = town.letters(way.who)[-1].token if way.is_answer else ""
    if channel == TELEGRAM:
        voice = Voice(TELEGRAM, town.at, chat_id=CHATS[way.who], name=NAMES[way.who])
    else:
        voice = Voice(MAIL, town.at, email=way.who, name=NAMES[way.who], token=token)

    def understood(session: Session) -> Intent:
        hearing = speakers.identify(session, HOUSE, voice)
        return understand(words, hearing.today, hearing.matter, hearing.choices)

    meant = town.database.read_now(understood)
    return meant, town.chat(way.who, words) if channel == TELEGRAM else town.letter(way.who, words, token)


def _tapped(town: Town, way: Way, note: Note | None) -> tuple[Intent, Note]:
    """What the button under the shown note means when it is pressed, and the desk's answer."""
    assert note
    shown, chat_id = views.bubbles(note), CHATS[way.who]

    def pressed(session: Session) -> Any:
        keys = buttons.keep(session, chat_id, shown, START)
        for bubble, key in zip(shown, keys, strict=True):
            for button in (button for row in buttons.rows(bubble, key) for button in row):
                if button["text"] == way.button:
                    return buttons.find(session, button["callback_data"], chat_id, START)
        return None

    meant = town.database.write_now(pressed)
    return meant, town.tap(way.who, meant)
