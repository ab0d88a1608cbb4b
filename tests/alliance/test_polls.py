"""Polls: opening, voting by tap and by line, reminding, closing, and nobody knows who voted how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from alliance import poll_steps, polls, rights
from alliance.hearing import Hearing, Voice
from alliance.intents import ClosePoll, Matter, OpenPoll, PlanMeeting, RegisterPerson, ShowPoll, Unclear, Vote
from alliance.notes import Note
from alliance.packing import pack, unpack
from alliance.understanding import understand
from alliance.words.poll_words import understand_ballot, understand_poll, understand_vote
from bot import views
from mail.letters import Sender, as_text
from scheduler import jobs
from store.tables import Ballot, Channel, Deed, Measure, Paper, Person, Poll, PollOption
from tests.town import BERLIN, ERIKA, GUEST, HOUSE, MAX, OFFICE, START, Town, button, copy_of, words

MEETING = 30  # days from START: Wednesday, 23 December 2026, 17:00
POINTS = "ABSTIMMUNG Punkte 5: Was zuerst?; M1, M3, M4"
YES_NO = "ABSTIMMUNG Ja/Nein: Soll es einen Sommermarkt geben?"
CONSENSUS = "ABSTIMMUNG Konsens: Wohin mit dem Markt?; Rathausplatz; Berliner Platz"


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, settled_sqlite: Path) -> Path:
    """A town with a meeting in a month, to be copied; everyone uses Telegram but Max."""
    folder = tmp_path_factory.mktemp("polls")
    with copy_of(settled_sqlite, folder) as town:
        town.meeting(MEETING)
        town.link(ERIKA)
        town.link(OFFICE)
    return folder / "town.db"


@pytest.fixture
def town(tmp_path: Path, settled: Path) -> Iterator[Town]:
    """On one system: how votes are counted does not depend on where they are kept."""
    with copy_of(settled, tmp_path) as town:
        yield town


def opened(town: Town, text: str) -> Note:
    """The office opens a poll in its chat; the receipt."""
    preview = town.chat(OFFICE, text)
    return town.tap(OFFICE, button(preview, "Ja, so hinausgeben"))


def asked(town: Town, who: str) -> Note:
    """The poll as it came to somebody."""
    return noted(town, who, "poll-ask:")


def beat(town: Town) -> None:
    town.database.write_now(lambda session: jobs.beat(session, HOUSE, town.at))


def go_to(town: Town, day: int, hour: int = 9, minute: int = 1, month: int = 12) -> None:
    """Move the clock to a time in Berlin, with a beat at everything that falls due on the way."""
    until = datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)
    while town.at < until:
        coming, _step = town.database.read_now(lambda session: jobs.next_thing(session, HOUSE, town.at))
        assert coming > town.at
        town.at = min(coming, until)
        beat(town)


def noted(town: Town, who: str, prefix: str) -> Note:
    """The latest note to somebody whose key begins so."""
    rows = [*town.letters(who), *town.bubbles(who)]
    return unpack([row.note for row in rows if row.dedupe_key.startswith(prefix)][-1], Note)


def keys(town: Town, who: str, prefix: str) -> list[str]:
    rows = [*town.letters(who), *town.bubbles(who)]
    return [row.dedupe_key for row in rows if row.dedupe_key.startswith(prefix)]


def all_of(town: Town, kind: Any) -> list[Any]:
    return town.database.read_now(lambda session: list(session.exec(select(kind))))


def ballot(town: Town, who: str) -> dict[str, int]:
    person = town.person(who).id
    rows = [row for row in all_of(town, Ballot) if row.person_id == person]
    return rows[0].choices if rows else {}


# Opening --------------------------------------------------------------------------------------------------------------


def test_nothing_goes_out_before_the_office_has_seen_it_and_said_yes(town: Town) -> None:
    preview = town.chat(OFFICE, POINTS)
    assert "Sie geht sofort an 3 Personen" in words(preview)
    assert "Abstimmung: Was zuerst?" in words(preview)
    assert "M1 Radweg\nM3 Messe\nM4 Glasfaser" in words(preview)
    assert "offen bis Dienstag, 22. Dezember 2026, 18:00 Uhr" in words(preview)
    assert (all_of(town, Poll), town.letters(MAX)) == ([], [])


def test_after_yes_everyone_is_asked_once(town: Town) -> None:
    assert "Abstimmung eröffnet: Was zuerst?" in words(opened(town, POINTS))
    beat(town)
    for who in (ERIKA, MAX, OFFICE):
        assert len(keys(town, who, "poll-ask:")) == 1
    assert "Sie haben 5 Punkte" in words(asked(town, MAX))
    assert "STIMME M1 3, M3 2" in words(asked(town, MAX))


def test_yes_twice_opens_one_poll(town: Town) -> None:
    preview = town.chat(OFFICE, POINTS)
    for _ in range(2):
        receipt = town.tap(OFFICE, button(preview, "Ja, so hinausgeben"))
    assert "Abstimmung eröffnet" in words(receipt)
    assert len(all_of(town, Poll)) == 1


def test_no_drops_it(town: Town) -> None:
    preview = town.chat(OFFICE, POINTS)
    assert "Es ist nichts hinausgegangen." in words(town.tap(OFFICE, button(preview, "Nein, verwerfen")))
    assert all_of(town, Poll) == []


def test_by_mail_one_yes_is_enough(town: Town) -> None:
    preview = town.letter(OFFICE, YES_NO)
    assert preview.title == "Soll diese Abstimmung hinausgehen?"
    assert town.reply(OFFICE, "JA").title == "Abstimmung eröffnet: Soll es einen Sommermarkt geben?"
    assert len(all_of(town, Poll)) == 1


def test_a_letter_that_only_claims_to_be_the_offices_opens_nothing(town: Town) -> None:
    town.letter(OFFICE, YES_NO)
    town.letter(OFFICE, "JA")
    assert all_of(town, Poll) == []


def test_only_what_asks_back_needs_no_proof() -> None:
    voice = Voice(Channel.MAIL, START, email=OFFICE)
    unproved: Any = Hearing(session=None, house=HOUSE, voice=voice)  # type: ignore[arg-type]  # nothing is looked up
    asking = (OpenPoll("yes-no", "Kommt er?"), ClosePoll(1))
    assert not any(rights.needs_proof(unproved, intent) for intent in asking)
    assert all(rights.needs_proof(unproved, replace(intent, confirmed=True)) for intent in asking)


def test_a_member_opens_no_poll(town: Town) -> None:
    assert "Das kann nur die Geschäftsstelle" in words(town.chat(ERIKA, POINTS))
    assert "Das kann nur die Geschäftsstelle" in words(town.chat(ERIKA, "ABSTIMMUNG SCHLIESSEN"))


def test_outside_office_hours_the_question_waits_for_the_morning(town: Town) -> None:
    town.at = datetime(2026, 11, 27, 19, 0, tzinfo=BERLIN).astimezone(UTC)  # a Friday
    assert "am Montag, 30. November 2026, 8:00 Uhr" in words(town.chat(OFFICE, POINTS))
    opened(town, POINTS)
    assert keys(town, MAX, "poll-ask:") == []
    go_to(town, 30, 8, month=11)
    assert len(keys(town, MAX, "poll-ask:")) == 1


def test_who_joins_later_is_asked_too_and_not_reminded_at_once(town: Town) -> None:
    opened(town, YES_NO)
    go_to(town, 18, 8)
    town.office(RegisterPerson("Robin Probe", GUEST, "Probe GmbH"))
    go_to(town, 18, 12)
    assert len(keys(town, GUEST, "poll-ask:")) == 1
    go_to(town, 22, 12)
    assert (len(keys(town, GUEST, "poll-remind:")), len(keys(town, MAX, "poll-remind:"))) == (0, 1)


def test_a_field_stands_for_its_measures(town: Town) -> None:
    assert "M1 Radweg\nM2 Flächenbörse\nM3 Messe\nM4 Glasfaser" in words(
        town.chat(OFFICE, "ABSTIMMUNG Punkte 3: Was zuerst?; Infrastruktur")
    )


def test_a_consensus_ends_with_all_staying_as_it_is(town: Town) -> None:
    text = words(town.chat(OFFICE, CONSENSUS))
    assert "A: Rathausplatz\nB: Berliner Platz\nC: Alles bleibt, wie es ist" in text
    said_too = words(town.chat(OFFICE, f"{CONSENSUS}; alles bleibt, wie es ist"))
    assert said_too.count("bleibt, wie es ist") == 1


def test_a_day_may_be_named_until_which_it_is_open(town: Town) -> None:
    assert "offen bis Donnerstag, 10. Dezember 2026, 18:00 Uhr" in words(town.chat(OFFICE, f"{POINTS}; bis 10.12."))
    on_the_day = words(town.chat(OFFICE, f"{YES_NO} bis 23.12."))
    assert "offen bis Mittwoch, 23. Dezember 2026, 17:00 Uhr" in on_the_day


def test_the_meeting_may_be_named(town: Town) -> None:
    at = town.at.astimezone(BERLIN)
    town.office(PlanMeeting("working-group", "AG im Januar", date(2027, 1, 20), at.time().replace(tzinfo=None)))
    assert "Zur Sitzung »AG im Januar«" in words(town.chat(OFFICE, f"{YES_NO}; Sitzung 2"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ABSTIMMUNG: Was zuerst?", "Welche Art von Abstimmung?"),
        ("ABSTIMMUNG Punkte 5: Was zuerst?", "Was steht zur Wahl?"),
        ("ABSTIMMUNG Konsens: Wohin?", "Was steht zur Wahl?"),
        ("ABSTIMMUNG Punkte 5: Was zuerst?; M3", "mindestens zwei Möglichkeiten"),
        ("ABSTIMMUNG Punkte 5: Was zuerst?; M3, M3", "mindestens zwei Möglichkeiten"),
        ("ABSTIMMUNG Konsens: Wohin?; Rathausplatz", "Zur Wahl steht nur Rathausplatz"),
        ("ABSTIMMUNG Punkte 5: Was zuerst?; M3, M99", "Eine Maßnahme M99 gibt es nicht"),
        ("ABSTIMMUNG Punkte 5: Was zuerst?; Luftfahrt", "»Luftfahrt« ist kein Themenfeld mit Maßnahmen"),
        ("ABSTIMMUNG Punkte: Was zuerst?; M3, M4", "Wie viele Punkte hat jede Person?"),
        ("ABSTIMMUNG Punkte 21: Was zuerst?; M3, M4", "Wie viele Punkte hat jede Person?"),
        ("ABSTIMMUNG Ja/Nein: ", "Die Frage fehlt"),
        (f"ABSTIMMUNG Ja/Nein: {'Warum ' * 30}?", "länger als 150 Zeichen"),
        (f"ABSTIMMUNG Konsens: Was?; {'A' * 81}; B", "länger als 80 Zeichen"),
        ("ABSTIMMUNG Ja/Nein: Kommt der Markt?; vielleicht", "Bei Ja/Nein genügt die Frage"),
        (f"ABSTIMMUNG Konsens: Was?; {'; '.join(f'Nr. {n}' for n in range(12))}", "Das sind 13 Möglichkeiten"),
        (f"{POINTS}; bis 24.12.2026", "muss enden, bevor die Sitzung »Herbstsitzung« am Mittwoch, 23. Dezember"),
        (f"{POINTS}; bis 20.11.2026", "Bis Freitag, 20. November 2026, 18:00 Uhr kann niemand abstimmen"),
        (f"{POINTS}; Sitzung 9", "Eine Sitzung 9 gibt es nicht"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence_and_changes_nothing(town: Town, text: str, why: str) -> None:
    note = town.chat(OFFICE, text)
    assert note.title == "Das ging leider nicht"
    assert why in words(note)
    assert all_of(town, Poll) == []


def test_without_a_meeting_there_is_no_poll(town: Town) -> None:
    town.at = START + timedelta(days=40)
    assert "keine Sitzung geplant" in words(town.chat(OFFICE, YES_NO))
    assert "hat schon begonnen" in words(town.chat(OFFICE, f"{YES_NO}; Sitzung 1"))


def test_when_the_evening_before_has_gone_the_poll_runs_until_the_meeting_begins(town: Town) -> None:
    town.at = datetime(2026, 12, 23, 9, 0, tzinfo=BERLIN).astimezone(UTC)
    assert "offen bis Mittwoch, 23. Dezember 2026, 17:00 Uhr" in words(town.chat(OFFICE, YES_NO))


# Voting: points -------------------------------------------------------------------------------------------------------


def test_points_are_given_tap_by_tap_in_one_bubble(town: Town) -> None:
    opened(town, POINTS)
    note = asked(town, ERIKA)
    note = town.tap(ERIKA, button(note, "M3 Messe +1"))
    assert note.toast == "Notiert. 4 Punkte sind noch frei."
    note = town.tap(ERIKA, button(note, "M3 Messe ▪ +1"))
    note = town.tap(ERIKA, button(note, "M1 Radweg +1"))
    assert note.title == "Ihre Stimme: Was zuerst?"
    assert "M1 Radweg: ▪ 1 Punkt\nM3 Messe: ▪▪ 2 Punkte\nM4 Glasfaser" in words(note)
    assert ballot(town, ERIKA) == {"1": 1, "3": 2}
    assert len(views.bubbles(note)) == 1


def test_a_double_tap_on_an_old_bubble_gives_one_point(town: Town) -> None:
    opened(town, POINTS)
    first = button(asked(town, ERIKA), "M3 Messe +1")
    notes = [town.tap(ERIKA, first) for _ in range(3)]
    assert notes[0] == notes[2]
    assert ballot(town, ERIKA) == {"3": 1}


def test_a_tap_on_a_bubble_that_is_outdated_shows_how_it_stands_and_changes_nothing(town: Town) -> None:
    opened(town, POINTS)
    old = asked(town, ERIKA)
    town.chat(ERIKA, "STIMME M3 3, M1 2")
    note = town.tap(ERIKA, button(old, "M4 Glasfaser +1"))
    assert "inzwischen geändert" in note.toast
    assert "M3 Messe: ▪▪▪ 3 Punkte" in words(note)
    assert ballot(town, ERIKA) == {"1": 2, "3": 3}


def test_when_all_points_are_given_a_tap_takes_one_back(town: Town) -> None:
    opened(town, POINTS)
    note = town.chat(ERIKA, "STIMME M3 3, M1 2")
    assert "Alle Punkte sind vergeben." in words(note)
    assert [action.label for action in note.actions] == ["M1 Radweg ▪▪ −1", "M3 Messe ▪▪▪ −1", "Zurücksetzen"]
    note = town.tap(ERIKA, button(note, "M1 Radweg ▪▪ −1"))
    assert ballot(town, ERIKA) == {"1": 1, "3": 3}
    assert "M4 Glasfaser +1" in [action.label for action in note.actions]


def test_resetting_takes_the_vote_back(town: Town) -> None:
    opened(town, POINTS)
    note = town.tap(ERIKA, button(town.chat(ERIKA, "STIMME M3 3"), "Zurücksetzen"))
    assert note.toast == "Ihre Stimme ist zurückgenommen."
    assert ballot(town, ERIKA) == {}
    town.tap(ERIKA, button(note, "M3 Messe +1"))
    assert ballot(town, ERIKA) == {"3": 1}


def test_by_mail_a_line_is_a_whole_vote_and_the_last_one_counts(town: Town) -> None:
    opened(town, POINTS)
    first = town.letters(MAX)[-1].token
    assert "M3 Messe: ▪▪▪ 3 Punkte" in words(town.letter(MAX, "M3 3, M1 2\n\nViele Grüße\nMax Muster", first))
    note = town.letter(MAX, "M4: 5", first)
    assert ballot(town, MAX) == {"4": 5}
    assert "STIMME ZURÜCK" in as_text(note, Sender(HOUSE.email, HOUSE.name))
    town.reply(MAX, "Stimme zurück")
    assert ballot(town, MAX) == {}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("M3 3, M1 3", "Das wären 6 Punkte, zu vergeben sind 5"),
        ("M2 3", "M2 steht nicht zur Wahl, sondern M1, M3 und M4"),
        ("A 3", "A steht nicht zur Wahl"),
        ("M3 1, M3 2", "doppelt genannt"),
        ("ja", "Zum Beispiel: STIMME M1 3, M3 2"),
        ("3 2 0", "Zum Beispiel: STIMME M1 3, M3 2"),
    ],
)
def test_a_vote_that_does_not_fit_is_a_sentence_and_counts_nothing(town: Town, text: str, why: str) -> None:
    opened(town, POINTS)
    note = town.reply(MAX, text)
    assert why in words(note)
    assert "Gezählt wurde nichts." in words(note)
    assert ballot(town, MAX) == {}
    assert town.reply(MAX, "M3 5").title == "Ihre Stimme: Was zuerst?"


def test_a_report_in_answer_to_a_poll_stays_a_report(town: Town) -> None:
    opened(town, POINTS)
    town.reply(MAX, "M3 60 %")
    assert (town.measure(3).percent, ballot(town, MAX)) == (60, {})


def test_bare_figures_in_a_chat_may_be_points_or_a_report_and_are_asked_back(town: Town) -> None:
    opened(town, POINTS)
    question = town.chat(ERIKA, "M3 3, M1 2")
    assert question.title == "Stimme oder Stand?"
    assert (ballot(town, ERIKA), town.measure(1).percent) == ({}, 0)
    town.tap(ERIKA, button(question, "Meine Punkte"))
    assert ballot(town, ERIKA) == {"1": 2, "3": 3}
    town.tap(ERIKA, button(town.chat(ERIKA, "ABSTIMMUNG"), "Zurücksetzen"))
    town.letter(ERIKA, "STATUS")
    question = town.reply(ERIKA, "M1 2")
    assert "STIMME M1 2 – Meine Punkte" in as_text(question, Sender(HOUSE.email, HOUSE.name))
    town.reply(ERIKA, "M1 2 %")
    assert (ballot(town, ERIKA), town.measure(1).percent) == ({}, 2)


@pytest.mark.parametrize("text", ["M1 60", "M1 2 %", "M2 3"])
def test_what_can_be_no_vote_is_a_report_although_a_poll_is_open(town: Town, text: str) -> None:
    opened(town, POINTS)
    assert town.chat(ERIKA, text).title.startswith("Danke, notiert")


def test_without_a_poll_bare_figures_are_a_report(town: Town) -> None:
    assert town.chat(ERIKA, "M1 2").title.startswith("Danke, notiert")


# Voting: yes and no ---------------------------------------------------------------------------------------------------


def test_yes_no_and_abstaining_are_one_tap_or_one_word(town: Town) -> None:
    opened(town, YES_NO)
    note = town.tap(ERIKA, button(asked(town, ERIKA), "Ja, dafür"))
    assert "Sie haben mit Ja gestimmt." in words(note)
    assert "✓ Ja, dafür" in [action.label for action in note.actions]
    town.tap(ERIKA, button(note, "Ich enthalte mich"))
    assert "Sie haben mit Nein gestimmt." in words(town.reply(MAX, "Nein"))
    assert (ballot(town, ERIKA), ballot(town, MAX)) == ({"0": -1}, {"0": 0})
    assert "Sie haben sich enthalten." in words(town.reply(MAX, "Enthaltung, danke"))


def test_perhaps_is_no_vote_and_no_answer_to_the_meeting(town: Town) -> None:
    opened(town, YES_NO)
    note = town.reply(MAX, "vielleicht")
    assert "nicht sicher, wie Sie das meinen" in words(note)
    assert ballot(town, MAX) == {}


def test_yes_with_more_than_that_is_asked_back(town: Town) -> None:
    opened(town, YES_NO)
    town.reply(MAX, "Ja, aber nur am Wochenende")
    assert ballot(town, MAX) == {}


# Voting: consensus ----------------------------------------------------------------------------------------------------


def test_a_consensus_is_tapped_option_by_option_and_counts_when_it_is_whole(town: Town) -> None:
    opened(town, CONSENSUS)
    note = asked(town, ERIKA)
    assert [action.label for action in note.actions] == [f"A {value}" for value in range(11)]
    note = town.tap(ERIKA, button(note, "A 7"))
    assert note.toast == "Es fehlen noch B und C."
    assert "A: Rathausplatz: Widerstand 7\n→ B: Berliner Platz\nC: Alles bleibt" in words(note)
    note = town.tap(ERIKA, button(note, "B 0"))
    assert ballot(town, ERIKA) == {}
    note = town.tap(ERIKA, button(note, "C 10"))
    assert ballot(town, ERIKA) == {"1": 7, "2": 0, "3": 10}
    assert "C: Alles bleibt, wie es ist: Widerstand 10" in words(note)


def test_one_value_of_a_consensus_can_be_changed_by_tap(town: Town) -> None:
    opened(town, CONSENSUS)
    note = town.tap(ERIKA, button(town.chat(ERIKA, "STIMME A 7, B 0, C 10"), "B ändern"))
    assert "Bis dahin zählt Ihre bisherige Stimme." in words(note)
    assert ballot(town, ERIKA) == {"1": 7, "2": 0, "3": 10}
    town.tap(ERIKA, button(note, "B 4"))
    assert ballot(town, ERIKA) == {"1": 7, "2": 4, "3": 10}


def test_a_consensus_by_mail_is_one_line_with_or_without_letters(town: Town) -> None:
    opened(town, CONSENSUS)
    token = town.letters(MAX)[-1].token
    town.letter(MAX, "A 0, B 7, C 3", token)
    assert ballot(town, MAX) == {"1": 0, "2": 7, "3": 3}
    town.letter(MAX, "1 2 10", token)
    assert ballot(town, MAX) == {"1": 1, "2": 2, "3": 10}
    town.letter(MAX, "B 9", token)
    assert ballot(town, MAX) == {"1": 1, "2": 9, "3": 10}


def test_what_is_missing_in_a_consensus_is_asked_back_by_name(town: Town) -> None:
    opened(town, CONSENSUS)
    note = town.reply(MAX, "B 7")
    assert "Noch ist nichts gezählt: Es fehlen A und C." in words(note)
    assert "STIMME A 0, B 7, C 3" in words(note)
    assert ballot(town, MAX) == {}
    town.reply(MAX, "A 0, B 7, C 3")
    assert ballot(town, MAX) == {"1": 0, "2": 7, "3": 3}


@pytest.mark.parametrize("text", ["A 11, B 0, C 0", "11 0 0"])
def test_resistance_ends_at_ten(town: Town, text: str) -> None:
    opened(town, CONSENSUS)
    assert "Widerstand geht von 0 bis 10" in words(town.reply(MAX, text))


def test_as_many_figures_as_options_or_it_is_asked_back(town: Town) -> None:
    opened(town, CONSENSUS)
    assert "Zum Beispiel: STIMME A 0, B 7, C 3" in words(town.reply(MAX, "0 7"))


# Reminding and closing ------------------------------------------------------------------------------------------------


def test_two_days_before_the_end_only_who_has_not_voted_is_reminded_once(town: Town) -> None:
    opened(town, YES_NO)
    town.reply(MAX, "JA")
    go_to(town, 18, 8)
    assert keys(town, ERIKA, "poll-remind:") == []  # the 20th is a Sunday, so the Friday before
    go_to(town, 22, 12)
    assert len(keys(town, ERIKA, "poll-remind:")) == 1
    assert keys(town, MAX, "poll-remind:") == []
    reminder = noted(town, ERIKA, "poll-remind:")
    assert reminder.title == "Ihre Stimme fehlt noch: Soll es einen Sommermarkt geben?"
    town.tap(ERIKA, button(reminder, "Ja, dafür"))
    assert ballot(town, ERIKA) == {"0": 1}


def test_nobody_is_reminded_while_away(town: Town) -> None:
    opened(town, YES_NO)
    town.chat(ERIKA, "PAUSE bis 31.12.")
    go_to(town, 22, 12)
    assert (keys(town, ERIKA, "poll-remind:"), len(keys(town, MAX, "poll-remind:"))) == ([], 1)


def test_a_short_poll_reminds_nobody(town: Town) -> None:
    town.at += timedelta(days=7)
    opened(town, f"{YES_NO}; bis 2.12.2026")
    go_to(town, 2, 17)
    assert keys(town, MAX, "poll-remind:") == []


def test_after_a_downtime_there_is_one_reminder_or_only_the_result(town: Town) -> None:
    opened(town, YES_NO)
    town.at = datetime(2026, 12, 22, 11, 0, tzinfo=BERLIN).astimezone(UTC)
    beat(town)
    beat(town)
    assert len(keys(town, MAX, "poll-remind:")) == 1
    town.at = datetime(2026, 12, 28, 11, 0, tzinfo=BERLIN).astimezone(UTC)
    beat(town)
    beat(town)
    assert (len(keys(town, MAX, "poll-remind:")), len(keys(town, MAX, "poll-close:"))) == (1, 1)


def test_the_result_comes_to_everyone_once_with_table_turnout_and_rule(town: Town) -> None:
    opened(town, POINTS)
    town.chat(ERIKA, "STIMME M3 3, M1 2")
    town.reply(MAX, "M3 5")
    go_to(town, 23, 12)
    for who in (ERIKA, MAX, OFFICE):
        assert len(keys(town, who, "poll-close:")) == 1
    result = noted(town, MAX, "poll-close:")
    assert result.title == "Ergebnis: Was zuerst?"
    assert result.lines[0] == "Die meisten Punkte hat M3 Messe."
    assert result.lines[1] == "M3 Messe: 8 Punkte (80 %)\nM1 Radweg: 2 Punkte (20 %)\nM4 Glasfaser: 0 Punkte (0 %)"
    assert result.lines[2] == "Abgestimmt: 2 von 3 (67 %)"
    assert result.lines[3].startswith("Regel:")
    [picture] = result.papers
    assert noted(town, ERIKA, "poll-close:").papers == town.chat(ERIKA, "ABSTIMMUNG").papers == (picture,)
    [paper] = [paper for paper in all_of(town, Paper) if paper.id == picture]
    assert (paper.name, paper.media_type, paper.content[1:4]) == ("Abstimmung-1.png", "image/png", b"PNG")


def test_closing_leaves_sums_and_forgets_who_voted_how(town: Town) -> None:
    opened(town, POINTS)
    town.chat(ERIKA, "STIMME M3 3, M1 2")
    town.reply(MAX, "M3 5")
    go_to(town, 23, 12)
    assert all_of(town, Ballot) == []
    poll = all_of(town, Poll)[0]
    assert {**poll.tally, "pictures": 0} == {
        "asked": 3, "voted": 2, "totals": {"1": 2, "3": 8, "4": 0}, "strong": {}, "pictures": 0,
    }  # fmt: skip
    assert [deed.details for deed in all_of(town, Deed) if deed.what == "vote"] == [{"poll": 1}, {"poll": 1}]


def test_two_clocks_that_close_a_poll_at_once_count_it_once(town: Town) -> None:
    opened(town, YES_NO)
    town.reply(MAX, "JA")
    town.at = datetime(2026, 12, 23, 9, 0, tzinfo=BERLIN).astimezone(UTC)
    steps = town.database.read_now(lambda session: poll_steps.due(session, HOUSE, town.at))
    assert steps == [poll_steps.Step(poll_steps.CLOSE, 1)]
    for step in steps * 2:
        town.database.write_now(partial(poll_steps.carry_out, house=HOUSE, step=step, now=town.at))
    assert all_of(town, Poll)[0].tally["totals"] == {"1": 1, "0": 0, "-1": 0}


def test_a_vote_after_the_end_brings_the_result_and_counts_nothing(town: Town) -> None:
    opened(town, YES_NO)
    late = asked(town, ERIKA)
    town.reply(MAX, "JA")
    town.at = datetime(2026, 12, 22, 18, 0, tzinfo=BERLIN).astimezone(UTC)  # closed, not yet counted
    for _ in range(2):
        note = town.tap(ERIKA, button(late, "Nein, dagegen"))
        assert "seit Dienstag, 22. Dezember 2026, 18:00 Uhr geschlossen" in words(note)
        assert "Angenommen: Mehr Ja als Nein." in words(note)
        assert note.papers == ()
        assert "Ja: eine Stimme (100 %)\nNein: 0 Stimmen (0 %)\nEnthaltung: 0 Stimmen" in words(note)
        go_to(town, 23, 12)
    assert town.chat(ERIKA, "STIMME NEIN").lines[0].startswith("Die Abstimmung ist seit")
    assert town.chat(ERIKA, "ABSTIMMUNG").title == "Ergebnis: Soll es einen Sommermarkt geben?"


def test_the_office_closes_a_poll_early_after_it_was_asked_back(town: Town) -> None:
    opened(town, YES_NO)
    town.reply(MAX, "JA")
    asked_back = town.chat(OFFICE, "ABSTIMMUNG SCHLIESSEN")
    assert "Abstimmung jetzt schließen?" in words(asked_back)
    town.reply(MAX, "NEIN")
    receipt = town.tap(OFFICE, button(asked_back, "Ja, schließen"))
    assert "Alle bekommen das Ergebnis sofort." in words(receipt)
    assert "Abgelehnt: Mehr Nein als Ja." in words(receipt)
    beat(town)
    assert len(keys(town, MAX, "poll-close:")) == 1
    assert "Die Abstimmung ist seit" in words(town.reply(MAX, "JA"))


def test_a_poll_ends_with_the_beginning_of_its_meeting_at_the_latest(town: Town) -> None:
    opened(town, f"{YES_NO}; bis 23.12.")

    def job(session: Session) -> None:
        session.get_one(Poll, 1).closes_at = town.at + timedelta(days=300)

    town.database.write_now(job)
    town.at = datetime(2026, 12, 23, 17, 0, tzinfo=BERLIN).astimezone(UTC)
    assert "Die Abstimmung ist seit Mittwoch, 23. Dezember 2026, 17:00 Uhr" in words(town.chat(ERIKA, "STIMME JA"))


def test_who_has_left_is_not_counted(town: Town) -> None:
    opened(town, YES_NO)
    town.chat(ERIKA, "STIMME JA")
    town.chat(ERIKA, "ABMELDEN")
    go_to(town, 23, 12)
    tally = all_of(town, Poll)[0].tally
    assert (tally["asked"], tally["voted"], tally["totals"]) == (2, 0, {"1": 0, "0": 0, "-1": 0})
    assert "Es hat niemand abgestimmt." in words(town.chat(OFFICE, "ABSTIMMUNG"))


def test_two_people_of_one_company_have_a_vote_each(town: Town) -> None:
    town.office(RegisterPerson("Robin Probe", GUEST, "Logistik KG"))
    opened(town, YES_NO)
    town.reply(MAX, "JA")
    town.reply(GUEST, "NEIN")
    go_to(town, 23, 12)
    assert all_of(town, Poll)[0].tally["totals"] == {"1": 1, "0": 1, "-1": 0}
    assert "Gleichstand: Ebenso viele Ja wie Nein." in words(town.chat(OFFICE, "ABSTIMMUNG"))


def test_the_result_of_a_consensus_is_measured_against_all_staying_as_it_is(town: Town) -> None:
    opened(town, CONSENSUS)
    town.chat(ERIKA, "STIMME A 2, B 9, C 6")
    town.reply(MAX, "1 4 10")
    go_to(town, 23, 12)
    text = words(town.chat(ERIKA, "ABSTIMMUNG"))
    assert "Den geringsten Widerstand hat A: Rathausplatz." in text
    assert "A: Rathausplatz: im Mittel 1,5 von 10, 6,5 weniger als wenn alles bleibt, kein starker Einwand" in text
    assert "B: Berliner Platz: im Mittel 6,5 von 10, 1,5 weniger als wenn alles bleibt, ein starker Einwand" in text
    assert "C: Alles bleibt, wie es ist: im Mittel 8,0 von 10, das ist der Maßstab, ein starker Einwand" in text


# Looking --------------------------------------------------------------------------------------------------------------


def test_abstimmung_shows_my_vote_and_nobody_elses(town: Town) -> None:
    assert town.chat(ERIKA, "ABSTIMMUNG").title == "Zurzeit läuft keine Abstimmung"
    opened(town, POINTS)
    town.reply(MAX, "M3 5")
    assert "▪" not in words(town.chat(ERIKA, "ABSTIMMUNG"))
    assert "M3 Messe: ▪▪▪▪▪ 5 Punkte" in words(town.reply(MAX, "ABSTIMMUNG"))


def test_the_office_sees_who_has_not_voted_but_not_how_anybody_voted(town: Town) -> None:
    opened(town, POINTS)
    town.reply(MAX, "M3 5")
    text = words(town.chat(OFFICE, "ABSTIMMUNG"))
    assert "Bisher haben 1 von 3 abgestimmt." in text
    assert "Es fehlen noch: Erika Beispiel, Geschäftsstelle" in text
    assert "▪" not in text
    assert "Erika" not in words(town.chat(ERIKA, "ABSTIMMUNG"))


def test_several_polls_are_listed_and_a_vote_has_to_say_which(town: Town) -> None:
    opened(town, POINTS)
    opened(town, YES_NO)
    listed = town.chat(ERIKA, "ABSTIMMUNG")
    assert listed.title == "2 Abstimmungen laufen"
    assert town.tap(ERIKA, button(listed, "Was zuerst?")).title == "Abstimmung: Was zuerst?"
    town.chat(OFFICE, "ABSTIMMUNG")
    assert "Es laufen mehrere Abstimmungen" in words(town.chat(OFFICE, "STIMME M3 5"))
    assert "ABSTIMMUNG SCHLIESSEN 1" in words(town.chat(OFFICE, "ABSTIMMUNG SCHLIESSEN"))
    assert "»Was zuerst?« läuft noch" in words(town.chat(OFFICE, "ABSTIMMUNG SCHLIESSEN 1"))
    assert "Eine Abstimmung 7 gibt es nicht" in words(town.chat(OFFICE, "ABSTIMMUNG 7"))


def test_status_mentions_an_open_poll_until_i_have_voted(town: Town) -> None:
    opened(town, YES_NO)
    assert "Ihre Stimme fehlt noch" in words(town.chat(ERIKA, "STATUS"))
    town.chat(ERIKA, "STIMME JA")
    assert "Sie haben abgestimmt" in words(town.chat(ERIKA, "STATUS"))
    go_to(town, 23, 12)
    assert "bstimm" not in words(town.chat(ERIKA, "STATUS"))


def test_the_minutes_carry_the_result_in_the_readers_language(town: Town) -> None:
    opened(town, CONSENSUS)

    def lines(session: Session, language: str = "en") -> list[tuple[str, ...]]:
        return [polls.result_lines(session, poll, language) for poll in polls.of_meeting(session, 1)]

    assert town.database.read_now(lines) == [()]
    town.reply(MAX, "0 4 10")
    go_to(town, 23, 12)
    [carried] = town.database.read_now(lines)
    assert carried[0] == "Poll “Wohin mit dem Markt?”: A: Rathausplatz meets the least resistance."
    assert "C: All stays as it is: 10.0 of 10 on average, this is the measure, one strong objection" in carried
    assert "Voted: 1 of 3 (33 %)" in carried


def test_everybody_reads_a_poll_in_their_own_language(town: Town) -> None:
    town.chat(ERIKA, "SPRACHE EN")
    opened(town, CONSENSUS)
    assert "C: All stays as it is" in words(asked(town, ERIKA))
    town.tap(ERIKA, button(asked(town, ERIKA), "A 3"))
    assert "A: Rathausplatz: resistance 3" in words(town.chat(ERIKA, "VOTE A 3, B 4, C 5"))


# How it looks ---------------------------------------------------------------------------------------------------------


def test_no_button_is_wider_than_a_phone_and_every_bubble_is_one(town: Town) -> None:
    def job(session: Session) -> None:
        for number in range(20, 32):
            session.add(Measure(number=number, title=f"Innenstadtentwicklungskonzept Teil {number}", field="Lang"))

    town.database.write_now(job)
    opened(town, "ABSTIMMUNG Punkte 20: Was zuerst?; Lang")
    note = town.chat(ERIKA, "STIMME M20 20")
    rows = [row for bubble in views.bubbles(asked(town, ERIKA)) for row in bubble.rows]
    assert all(sum(len(action.label) for action in row) <= views.ROW_WIDTH for row in rows)
    assert len(rows) <= 6
    assert len(views.bubbles(note)) == 1
    opened(town, "ABSTIMMUNG Punkte 3: Was davon?; M20, M21")
    labels = [action.label for action in asked(town, ERIKA).actions]
    assert labels == ["M20 Innenstadtentwicklungs… +1", "M21 Innenstadtentwicklungs… +1"]


def test_the_eleven_values_of_a_consensus_take_four_rows(town: Town) -> None:
    opened(town, CONSENSUS)
    [bubble] = views.bubbles(asked(town, ERIKA))
    assert [len(row) for row in bubble.rows] == [3, 3, 3, 2]


def test_the_letter_of_a_poll_says_how_to_answer_in_one_line(town: Town) -> None:
    opened(town, POINTS)
    text = as_text(town.last_letter(MAX), Sender(HOUSE.email, HOUSE.name))
    assert "STIMME M1 3, M3 2" in " ".join(text.split())
    assert "+1" not in text
    opened(town, YES_NO)
    text = as_text(town.last_letter(MAX), Sender(HOUSE.email, HOUSE.name))
    assert "JA – Ja, dafür\nNEIN – Nein, dagegen\nENTHALTUNG – Ich enthalte mich" in text


def test_votes_survive_the_way_through_a_button(town: Town) -> None:
    for intent in (
        Vote((("M3", 1), ("A", 0)), 4, ()),
        Vote((), 4),
        OpenPoll("points", "Was?", (), (1, 2), 3, date(2026, 12, 1), 1, confirmed=True),
        ClosePoll(1, confirmed=True),
        ShowPoll(2),
    ):
        assert unpack(pack(intent), type(intent)) == intent


# Words ----------------------------------------------------------------------------------------------------------------

TODAY = START.date()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("M3 3, M7 2", (("M3", 3), ("M7", 2))),
        ("m3: 3 m7: 2", (("M3", 3), ("M7", 2))),
        ("M3 = 3 Punkte und M7 = 2 Punkte", (("M3", 3), ("M7", 2))),
        ("3 Punkte für M3, 2 für M7.", (("M3", 3), ("M7", 2))),
        ("Meine Stimme: M3 3; M7 2", (("M3", 3), ("M7", 2))),
        ("Ich gebe M3 3 Punkte und M7 2 Punkte", (("M3", 3), ("M7", 2))),
        ("Maßnahme 3: 5", (("M3", 5),)),
        ("3: 3\n7: 2", (("3", 3), ("7", 2))),
        ("A 0, B 7, C 3", (("A", 0), ("B", 7), ("C", 3))),
        ("a0 b7 c3", (("A", 0), ("B", 7), ("C", 3))),
        ("Option A: 0, Option B: 10", (("A", 0), ("B", 10))),
        ("0 7 3", (("", 0), ("", 7), ("", 3))),
        ("0,7,3", (("", 0), ("", 7), ("", 3))),
        ("ja", (("", 1),)),
        ("Ich stimme dafür", (("", 1),)),
        ("Nein danke", (("", 0),)),
        ("Ich enthalte mich", (("", -1),)),
        ("zurück", ()),
    ],
)
def test_a_ballot_is_understood(text: str, values: tuple[tuple[str, int], ...]) -> None:
    assert understand_ballot(text, Matter("poll", 4)) == Vote(values, 4)
    assert understand_vote(text, TODAY) == Vote(values)
    assert understand_ballot(text, Matter("round", 4)) is None


@pytest.mark.parametrize(
    "text",
    ["M33", "M3 60 %", "M3 fertig", "A", "M3 -2", "M3 3?", "M3 3 aber nur vielleicht", "ja und nein", "nicht dafür",
     "dem zu", "M3", "alle Punkte für M3", "M3 3, M7", "12.12.", "Alles Gute"],
)  # fmt: skip
def test_what_is_no_ballot_is_left_alone(text: str) -> None:
    assert understand_ballot(text, Matter("poll", 4)) is None
    assert understand_vote(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("", ShowPoll()),
        ("bitte", ShowPoll()),
        ("3", ShowPoll(3)),
        ("schließen", ClosePoll()),
        ("beenden 3", ClosePoll(3)),
        ("Punkte 5: Was?; M3, m7 und M 12", OpenPoll("points", "Was?", (), (3, 7, 12), 5)),
        ("5 Punkte: Was?\nM3\nM7", OpenPoll("points", "Was?", (), (3, 7), 5)),
        ("punkte 3: Was?; Verkehr", OpenPoll("points", "Was?", ("Verkehr",), (), 3)),
        ("Punkte 3: Was?; - Märkte; - Feste", OpenPoll("points", "Was?", ("Märkte", "Feste"), (), 3)),
        ("ja/nein: Kommt er?", OpenPoll("yes-no", "Kommt er?")),
        ("Ja oder Nein: Kommt er?", OpenPoll("yes-no", "Kommt er?")),
        ("yes/no: Soll er? bis 10.12.", OpenPoll("yes-no", "Soll er?", closes=date(2026, 12, 10))),
        ("Ja/Nein: Soll es bis Ende März fertig sein?", OpenPoll("yes-no", "Soll es bis Ende März fertig sein?")),
        ("Konsens: Wo?; A) Hier; B) Dort; bis 10.12.2026; Sitzung 4",
         OpenPoll("consensus", "Wo?", ("Hier", "Dort"), closes=date(2026, 12, 10), meeting=4)),
        ("Konsensierung: Wo?; Hier; Dort", OpenPoll("consensus", "Wo?", ("Hier", "Dort"))),
        (": Wer kommt?", OpenPoll("", "Wer kommt?")),
        ("war gut", None),
        ("am Dienstag: schön", None),
        ("schließen wir bald", None),
    ],
)  # fmt: skip
def test_what_follows_abstimmung(text: str, intent: object) -> None:
    assert understand_poll(text, TODAY) == intent


def test_a_remark_about_a_poll_is_no_command() -> None:
    for text in (
        "Die Abstimmung war gut",
        "Abstimmung mit der Stadt läuft noch",
        "Stimme dem zu",
        "Stimmen wir morgen ab?",
    ):
        assert not isinstance(understand(text, TODAY), Vote | OpenPoll | ClosePoll | ShowPoll), text
    assert isinstance(understand("Stimme dem zu", TODAY), Unclear)


def test_options_of_a_poll_are_stored_in_their_order(town: Town) -> None:
    opened(town, "ABSTIMMUNG Punkte 5: Was zuerst?; M4, M1")
    assert [(row.number, row.title) for row in all_of(town, PollOption)] == [(4, "Glasfaser"), (1, "Radweg")]
    assert all(person.role for person in all_of(town, Person))
