"""A measure that is offered to somebody becomes theirs when they accept, and not before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from alliance.intents import AnswerLead, AssignMeasure, HandOver, RegisterPerson
from alliance.notes import Note
from alliance.packing import unpack
from scheduler import jobs
from store.tables import Assignment, Measure, OutboxRow, Person
from tests.town import ERIKA, HOUSE, MAX, OFFICE, Town, button, words


@pytest.fixture
def town(sqlite_town: Town) -> Town:
    """Erika and the office chat, Max writes letters. What M1 is about is Erika's to hand over."""
    sqlite_town.link(ERIKA)
    sqlite_town.link(OFFICE)
    return sqlite_town


def leads_of(town: Town, number: int) -> list[str]:
    """The names of those who lead a measure."""

    def names(session: Session) -> list[str]:
        statement = select(Person.name).join(Assignment).join(Measure)
        return list(session.exec(statement.where(Measure.number == number, col(Assignment.lead))))

    return town.database.read_now(names)


def beat(town: Town, **later: int) -> None:
    """Let time pass, then let the clock do what is due."""
    town.at += timedelta(**later)
    town.database.write_now(lambda session: jobs.beat(session, HOUSE, town.at))


def next_thing(town: Town, at: datetime) -> tuple[datetime, str]:
    return town.database.read_now(lambda session: jobs.next_thing(session, HOUSE, at))


def sent(town: Town) -> None:
    """As if everything in the outbox had gone out."""

    def job(session: Session) -> None:
        for row in session.exec(select(OutboxRow)):
            row.state = "sent"  # type: ignore[assignment]

    town.database.write_now(job)


def bubble(town: Town, who: str) -> Note:
    return unpack(town.bubbles(who)[-1].note, Note)


def test_a_handed_over_measure_changes_hands_when_the_other_accepts(town: Town) -> None:
    receipt = town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    assert receipt.title == f"Angeboten: M1 Radweg an {MAX}"
    assert leads_of(town, 1) == ["Erika Beispiel"]
    asked = town.last_letter(MAX)
    assert asked.title == "Übernehmen Sie M1 Radweg?"
    assert "Stahl GmbH möchte Ihnen" in asked.lines[0]
    assert "Erika" not in words(asked)
    receipt = town.reply(MAX, "JA")
    assert receipt.title == "Sie sind verantwortlich: M1 Radweg"
    assert receipt.items[0].actions
    assert leads_of(town, 1) == ["Max Muster"]
    assert bubble(town, ERIKA).title == "Übergeben: M1 Radweg"
    assert bubble(town, OFFICE).title == "Max Muster übernimmt M1 Radweg"


def test_declined_it_stays_where_it_is_and_the_office_reads_the_reason(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    receipt = town.reply(MAX, "Nein, mir fehlt die Zeit")
    assert receipt.title == "Notiert: Sie übernehmen M1 Radweg nicht"
    assert leads_of(town, 1) == ["Erika Beispiel"]
    assert bubble(town, ERIKA).title == "Nicht übergeben: M1 Radweg"
    assert bubble(town, OFFICE).lines == ("Max Muster (Logistik KG) hat abgelehnt.", "»mir fehlt die Zeit«")


def test_whoever_declines_without_a_reason_may_add_one_which_goes_to_the_office(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    assert "in einem Satz" in town.reply(MAX, "Nein").lines[0]
    town.reply(MAX, "Ich wechsle im Januar die Firma.")
    assert "Ich wechsle im Januar die Firma." in bubble(town, OFFICE).lines


def test_only_the_first_word_counts(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    token = town.letters(MAX)[-1].token
    town.letter(MAX, "JA", token)
    assert "haben Sie schon angenommen" in town.letter(MAX, "NEIN", token).lines[0]
    assert leads_of(town, 1) == ["Max Muster"]
    assert len([row for row in town.bubbles(ERIKA) if "Übergeben" in row.note["title"]]) == 1


def test_one_can_hand_over_only_what_one_leads_and_only_to_another_member(town: Town) -> None:
    assert "nicht verantwortlich" in town.chat(ERIKA, f"ABGEBEN M3 an {MAX}").lines[0]
    assert "gibt es nicht" in town.chat(ERIKA, "ABGEBEN M1 an niemand@example.org").lines[0]
    assert "Ihre eigene Adresse" in town.chat(ERIKA, f"ABGEBEN M1 an {ERIKA}").lines[0]
    assert "gibt es nicht" in town.chat(ERIKA, f"ABGEBEN M99 an {MAX}").lines[0]
    town.office(AssignMeasure(2, ERIKA, lead=False))
    assert "nicht verantwortlich" in town.chat(ERIKA, f"ABGEBEN M2 an {MAX}").lines[0]
    assert town.letters(MAX) == []


def test_the_same_offer_is_not_made_twice_and_another_one_replaces_it(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    assert "schon angeboten" in town.chat(ERIKA, f"ABGEBEN M1 an {MAX}").lines[0]
    sent(town)
    token = town.letters(MAX)[-1].token
    town.chat(ERIKA, f"ABGEBEN M1 an {OFFICE}")
    assert town.last_letter(MAX).title == "Erledigt: M1 Radweg"
    assert "hat sich erledigt" in town.letter(MAX, "JA", token).lines[0]
    town.tap(OFFICE, button(bubble(town, OFFICE), "Ja, ich übernehme"))
    assert leads_of(town, 1) == ["Geschäftsstelle"]


def test_what_was_not_sent_yet_is_dropped_without_a_word(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    town.chat(ERIKA, f"ABGEBEN M1 an {OFFICE}")
    assert [row.state for row in town.letters(MAX)] == ["dropped"]


def test_a_contributor_who_accepts_leads_it(town: Town) -> None:
    town.office(AssignMeasure(1, MAX, lead=False))
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    assert "schon verantwortlich" not in town.last_letter(MAX).title
    town.reply(MAX, "JA")
    assert leads_of(town, 1) == ["Max Muster"]


def test_the_office_assigning_somebody_settles_the_offer(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    sent(town)
    token = town.letters(MAX)[-1].token
    town.office(AssignMeasure(1, OFFICE))
    assert "hat sich erledigt" in town.letter(MAX, "JA", token).lines[0]
    assert leads_of(town, 1) == ["Erika Beispiel", "Geschäftsstelle"]


def test_the_office_assigning_the_very_person_is_as_if_they_had_accepted(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    token = town.letters(MAX)[-1].token
    town.office(AssignMeasure(1, MAX))
    assert "schon angenommen" in town.letter(MAX, "JA", token).lines[0]


def test_a_measure_that_was_withdrawn_cannot_be_accepted(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    town.chat(OFFICE, "STREICHEN M1; das Geld fehlt")
    assert "nicht mehr im Plan" in town.reply(MAX, "JA").lines[0]
    assert "Max Muster" not in leads_of(town, 1)


def test_nobody_is_reminded_of_a_measure_that_was_withdrawn(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    town.chat(OFFICE, "STREICHEN M1; das Geld fehlt")
    for _ in range(15):
        beat(town, days=1)
    titles = [row.note["title"] for row in (*town.letters(MAX), *town.bubbles(OFFICE))]
    assert "nicht mehr im Plan" in town.chat(ERIKA, f"ABGEBEN M1 an {MAX}").lines[0]
    assert [title for title in titles if "Erinnerung: Übernehmen" in title or "Noch nicht übergeben" in title] == []


def test_nobody_answers_for_another(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    assert "nicht mehr gültig" in town.tap(OFFICE, AnswerLead(1, accept=True)).toast
    assert "nicht mehr gültig" in town.tap(OFFICE, AnswerLead(99, accept=True)).toast
    assert leads_of(town, 1) == ["Erika Beispiel"]


def test_the_question_waits_for_office_hours(town: Town) -> None:
    town.at = town.at.replace(hour=20)
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    due = town.letters(MAX)[-1].due_at.astimezone(HOUSE.zone)
    assert (due.day, due.hour) == (24, 8)


def test_a_reminder_after_a_week_and_a_line_to_the_office_after_two_once_each(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    beat(town, days=6)
    assert len(town.letters(MAX)) == 1
    before = len(town.bubbles(OFFICE))
    for _ in range(3):
        beat(town, days=1)
    assert [row.note["title"] for row in town.letters(MAX) if "Übernehmen" in row.note["title"]] == [
        "Übernehmen Sie M1 Radweg?",
        "Erinnerung: Übernehmen Sie M1 Radweg?",
    ]
    for _ in range(8):
        beat(town, days=1)
    told = [unpack(row.note, Note) for row in town.bubbles(OFFICE)[before:]]
    told = [note for note in told if note.title == "Noch nicht übergeben: M1 Radweg"]
    assert len(told) == 1
    assert "Max Muster (Logistik KG)" in told[0].lines[0]
    assert "02041 1" in told[0].lines[0]
    assert "ZUORDNEN M1" in told[0].lines[1]
    assert [row.note["title"] for row in town.bubbles(ERIKA)].count("Noch keine Antwort: M1 Radweg") == 1
    assert town.reply(MAX, "JA").title == "Sie sind verantwortlich: M1 Radweg"


def test_the_reminder_can_be_answered_just_the_same(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    beat(town, days=7)
    reminder = next(row for row in reversed(town.letters(MAX)) if row.note["title"].startswith("Erinnerung: Über"))
    town.letter(MAX, "JA", reminder.token)
    assert leads_of(town, 1) == ["Max Muster"]


def test_an_offer_to_somebody_who_left_is_void_and_the_office_hears_of_it(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    town.letter(MAX, "ABMELDEN")
    town.reply(MAX, "JA")
    beat(town, hours=1)
    note = bubble(town, OFFICE)
    assert note.title == "Noch nicht übergeben: M1 Radweg"
    assert "hat sich aber abgemeldet" in note.lines[0]
    count = len(town.bubbles(OFFICE))
    beat(town, days=1)
    assert [row.note["title"] for row in town.bubbles(OFFICE)[count:]].count(note.title) == 0
    assert [row.note["title"] for row in town.bubbles(ERIKA)].count("Nicht übergeben: M1 Radweg") == 1
    assert leads_of(town, 1) == ["Erika Beispiel"]


def test_who_left_and_came_back_cannot_accept_what_was_offered_before(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    offer = town.letters(MAX)[-1].token
    town.letter(MAX, "ABMELDEN")
    town.reply(MAX, "JA")
    town.at += timedelta(minutes=1)
    town.office(RegisterPerson("Max Muster", MAX, "Logistik KG"))
    assert "hat sich erledigt" in town.letter(MAX, "JA", offer).lines[0]
    assert leads_of(town, 1) == ["Erika Beispiel"]


def test_both_ways_in_telegram(town: Town) -> None:
    town.letter(MAX, "STATUS")
    town.letter(MAX, f"ABGEBEN M3 an {ERIKA}", town.letters(MAX)[-1].token)
    offer = bubble(town, ERIKA)
    done = town.tap(ERIKA, button(offer, "Ja, ich übernehme"))
    assert done.title == "Sie sind verantwortlich: M3 Messe"
    assert "schon angenommen" in town.tap(ERIKA, button(offer, "Ja, ich übernehme")).toast
    assert town.last_letter(MAX).title == "Übergeben: M3 Messe"
    assert leads_of(town, 3) == ["Erika Beispiel"]


def test_english_readers_get_english_words(town: Town) -> None:
    town.letter(MAX, "SPRACHE EN")
    town.reply(MAX, "JA")
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    assert town.last_letter(MAX).title == "Will you take M1 Radweg?"
    assert town.reply(MAX, "YES").title == "You lead M1 Radweg"


def test_a_mail_only_member_proves_who_they_are_before_anything_is_offered(town: Town) -> None:
    town.letter(MAX, f"ABGEBEN M3 an {OFFICE}")
    assert town.last_letter(MAX).actions[0].intent == HandOver(3, OFFICE)
    town.reply(MAX, "JA")
    assert bubble(town, OFFICE).title == "Übernehmen Sie M3 Messe?"


def test_the_clock_says_when_an_offer_is_due_next(town: Town) -> None:
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    sent(town)
    coming, at = [], town.at
    for _ in range(8):
        at, step = next_thing(town, at)
        coming.append((step, at.astimezone(HOUSE.zone).date().isoformat()))
    assert ("lead-remind", "2026-11-30") in coming
