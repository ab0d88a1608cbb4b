"""Minutes and decisions: recorded by who may, sent to everybody once, and each decision looked after."""

from __future__ import annotations

import shutil
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from alliance import minutes
from alliance.intents import NameMinuteTaker, PlanMeeting, RecordMinutes, RegisterPerson, SendCorrection
from alliance.notes import Note
from alliance.packing import unpack
from scheduler import jobs
from store.database import Database
from store.tables import Amendment, Assignment, Decision, LeadOffer, Measure, Meeting, OutboxRow, Person
from tests.town import ERIKA, HOUSE, MAX, OFFICE, Town, button, words

MEETING = 1
LADE = f"BESCHLUSS: Ladepunkte am Bahnhof; {MAX}; 30.06.2027; Infrastruktur"
TEXT = "PROTOKOLL: Begrüßung durch den Vorsitz.\nAlle waren da."


@pytest.fixture
def town(sqlite_town: Town) -> Town:
    """The evening of Tuesday, 24 November, after the autumn meeting. Erika and the office chat, Max writes letters."""
    sqlite_town.link(ERIKA)
    sqlite_town.link(OFFICE)
    sqlite_town.meeting(1)
    sqlite_town.at = sqlite_town.at + timedelta(days=1, hours=10)
    forget(sqlite_town)
    return sqlite_town


def forget(town: Town) -> None:
    """Nothing has been written to anybody yet, but for what must not be written twice."""

    def job(session: Session) -> None:
        for row in session.exec(select(OutboxRow)):
            row.to = "forgotten@example.org"
            row.state = "sent"  # type: ignore[assignment]

    town.database.write_now(job)


def beat(town: Town) -> None:
    town.database.write_now(lambda session: jobs.beat(session, HOUSE, town.at))


def next_thing(town: Town, at: datetime) -> tuple[datetime, str]:
    return town.database.read_now(lambda session: jobs.next_thing(session, HOUSE, at))


def until(town: Town, moment: datetime) -> None:
    """The clock looks every three hours."""
    while town.at < moment:
        town.at = min(town.at + timedelta(hours=3), moment)
        beat(town)


def local(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=HOUSE.zone)


def titles(town: Town, who: str) -> list[str]:
    rows = town.letters(who) if who == MAX else town.bubbles(who)
    return [row.note["title"] for row in rows]


def minutes_of(town: Town, who: str) -> list[Note]:
    rows = town.letters(who) if who == MAX else town.bubbles(who)
    notes = [unpack(row.note, Note) for row in rows]
    return [note for note in notes if note.title.startswith(("Protokoll:", "Berichtigung:"))]


def all_rows(town: Town, kind: type) -> list[object]:
    return town.database.read_now(lambda session: list(session.exec(select(kind))))


def assignments(town: Town) -> list[Assignment]:
    return town.database.read_now(lambda session: list(session.exec(select(Assignment))))


def meeting(town: Town) -> Meeting:
    return town.database.read_now(lambda session: session.get_one(Meeting, MEETING))


def adopt(town: Town) -> None:
    """The meeting has adopted the plan."""
    town.chat(OFFICE, "PLAN VERABSCHIEDET")
    town.chat(OFFICE, "JA")
    forget(town)


def name_max(town: Town) -> None:
    town.chat(OFFICE, f"PROTOKOLLANT {MAX}")


# --- who writes them


def test_the_minute_taker_is_told_once_and_whom_they_replace_too(town: Town) -> None:
    receipt = town.chat(OFFICE, f"PROTOKOLL AN {MAX}")
    assert receipt.title == "Max Muster führt Protokoll: »Herbstsitzung« am 24. November 2026"
    town.chat(OFFICE, f"PROTOKOLLANT {MAX}")
    assert titles(town, MAX) == ["Sie führen Protokoll: »Herbstsitzung« am 24. November 2026"]
    town.chat(OFFICE, f"PROTOKOLLANT {ERIKA}")
    assert titles(town, MAX)[1:] == ["Sie führen nicht mehr Protokoll: »Herbstsitzung« am 24. November 2026"]
    assert titles(town, ERIKA) == ["Sie führen Protokoll: »Herbstsitzung« am 24. November 2026"]


def test_only_the_office_names_and_only_members_are_named(town: Town) -> None:
    assert "nur die Geschäftsstelle" in town.chat(ERIKA, f"PROTOKOLLANT {MAX}").lines[0]
    assert "gibt es nicht" in town.chat(OFFICE, "PROTOKOLLANT niemand@example.org").lines[0]
    assert "Sitzung Nr. 9" in town.chat(OFFICE, f"PROTOKOLLANT 9 {MAX}").lines[0]
    assert meeting(town).minute_taker_id is None


def test_somebody_is_named_for_the_last_meeting_while_it_awaits_minutes_else_for_the_next(town: Town) -> None:
    town.meeting(62)
    assert "24. November 2026" in town.chat(OFFICE, f"PROTOKOLLANT {MAX}").title
    town.at += timedelta(days=20)
    assert "Januar 2027" in town.chat(OFFICE, f"PROTOKOLLANT {MAX}").title


def test_a_member_who_does_not_take_the_minutes_may_not_write_them(town: Town) -> None:
    for said in (TEXT, LADE):
        assert "wer bei der Sitzung Protokoll führt" in town.chat(ERIKA, said).lines[0]
    assert all_rows(town, Decision) == []


def test_a_meeting_that_is_still_to_come_has_no_minutes(town: Town) -> None:
    town.at -= timedelta(hours=8)
    assert "ist erst am Dienstag, 24. November 2026, 17:00 Uhr" in town.chat(OFFICE, TEXT).lines[0]
    name_max(town)
    assert "ist erst am" in town.reply(MAX, TEXT).lines[0]
    town.at += timedelta(hours=5, minutes=30)
    assert town.chat(OFFICE, LADE).title.startswith("Beschluss notiert")


def test_without_any_meeting_it_is_said_so(tmp_path: Path, migrated_sqlite: Path) -> None:
    database = Database(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'empty.db')}")
    town = Town(database).settle()
    town.link(OFFICE)
    assert town.chat(OFFICE, TEXT).lines == ("Es gibt noch keine Sitzung.",)
    assert town.chat(OFFICE, f"PROTOKOLLANT {MAX}").lines == ("Es gibt noch keine Sitzung.",)
    assert "Sitzung Nr. 7" in town.chat(OFFICE, "PROTOKOLL 7: Text").lines[0]
    database.close()


# --- sending them


def test_everyone_gets_the_minutes_with_the_decisions_once_on_the_third_workday(town: Town) -> None:
    name_max(town)
    receipt = town.reply(MAX, f"{TEXT}\n{LADE}\nEnde um acht.")
    assert "Freitag, 27. November 2026, 9:00 Uhr" in receipt.closing[0]
    until(town, local(27, 8))
    assert minutes_of(town, ERIKA) == []
    until(town, local(27))
    assert meeting(town).minutes_at == local(27)
    until(town, local(4, month=12))
    for who in (ERIKA, OFFICE, MAX):
        (note,) = minutes_of(town, who)
        assert note.title == "Protokoll: »Herbstsitzung« am 24. November 2026"
        assert note.lines[:3] == ("Begrüßung durch den Vorsitz.", "Alle waren da.", "Ende um acht.")
    assert not [title for who in (ERIKA, OFFICE, MAX) for title in titles(town, who) if "Bitte schicken" in title]


def test_members_read_that_the_lead_is_open_and_the_office_whom_it_waits_for(town: Town) -> None:
    town.chat(OFFICE, LADE)
    town.chat(OFFICE, "BESCHLUSS: Wir tagen monatlich.")
    until(town, local(27))
    (for_member,), (for_office,) = minutes_of(town, ERIKA), minutes_of(town, OFFICE)
    assert (
        "1. M5 Ladepunkte am Bahnhof; Termin: 30. Juni 2027; Die Verantwortung wird noch geklärt"
        in for_member.items[0].lines
    )
    assert (
        "1. M5 Ladepunkte am Bahnhof; Termin: 30. Juni 2027; wartet auf Annahme (Logistik KG)"
        in for_office.items[0].lines
    )
    assert "2. Wir tagen monatlich." in for_member.items[0].lines
    assert "Max" not in words(for_member)


def test_after_acceptance_the_minutes_name_the_company(town: Town) -> None:
    town.chat(OFFICE, LADE)
    town.reply(MAX, "JA")
    until(town, local(27))
    assert "verantwortlich: Logistik KG" in words(minutes_of(town, ERIKA)[0])


def test_the_minute_taker_is_asked_then_reminded_and_what_comes_in_goes_out(town: Town) -> None:
    name_max(town)
    until(town, local(27))
    assert titles(town, MAX)[1:] == ["Bitte schicken Sie das Protokoll: »Herbstsitzung« am 24. November 2026"]
    until(town, local(3, month=12))
    asked = [title for title in titles(town, MAX) if "Protokoll" in title][1:]
    assert asked[1:] == ["Erinnerung: Das Protokoll fehlt noch, »Herbstsitzung« am 24. November 2026"]
    assert not [title for title in titles(town, OFFICE) if "Protokoll" in title]
    until(town, local(8, 14, month=12))
    request = next(row for row in reversed(town.letters(MAX)) if row.note["title"].startswith("Erinnerung"))
    town.letter(MAX, TEXT, request.token)
    town.at += timedelta(minutes=59)
    beat(town)
    assert minutes_of(town, ERIKA) == []
    town.at += timedelta(minutes=1)
    beat(town)
    assert len(minutes_of(town, ERIKA)) == 1
    until(town, local(18, month=12))
    assert [len(minutes_of(town, who)) for who in (ERIKA, OFFICE, MAX)] == [1, 1, 1]
    assert len([title for title in titles(town, MAX) if title.startswith(("Bitte schicken", "Erinnerung: Das"))]) == 2


def test_the_office_is_asked_when_nobody_takes_the_minutes(town: Town) -> None:
    until(town, local(27))
    (note,) = [unpack(row.note, Note) for row in town.bubbles(OFFICE) if "Protokoll" in row.note["title"]]
    assert "PROTOKOLLANT" in note.lines[0]
    assert not [title for who in (ERIKA, MAX) for title in titles(town, who) if "Protokoll" in title]


def test_while_the_minute_taker_pauses_the_office_is_asked_by_name(town: Town) -> None:
    name_max(town)
    town.reply(MAX, "PAUSE bis 27.11.")
    until(town, local(27))
    (note,) = [unpack(row.note, Note) for row in town.bubbles(OFFICE) if "schicken" in row.note["title"]]
    assert note.lines[0].startswith("Max Muster führt Protokoll, ist aber")
    assert not [title for title in titles(town, MAX) if "Bitte schicken" in title]
    until(town, local(30))
    assert [title for title in titles(town, MAX) if "Bitte schicken" in title]


def test_a_downtime_from_the_second_to_the_ninth_day_costs_one_question(town: Town) -> None:
    name_max(town)
    town.at = local(7, 10, month=12)
    beat(town)
    beat(town)
    assert len([title for title in titles(town, MAX) if "Bitte schicken" in title or "fehlt noch" in title]) == 1


def test_a_cancelled_meeting_has_no_minutes(town: Town) -> None:
    def cancel(session: Session) -> None:
        session.get_one(Meeting, MEETING).cancelled_at = town.at

    town.database.write_now(cancel)
    until(town, local(30))
    assert not [title for title in titles(town, OFFICE) if "Protokoll" in title]
    assert "noch keine Sitzung" in town.chat(OFFICE, TEXT).lines[0]


def test_a_long_reply_to_the_request_is_the_minutes_even_without_the_word(town: Town) -> None:
    name_max(town)
    until(town, local(27))
    request = next(row for row in reversed(town.letters(MAX)) if "Bitte schicken" in row.note["title"])
    long = "Die Sitzung begann um 17 Uhr, es waren zwölf Mitglieder da. M1 steht bei 60 %, M3 ist fertig.\n" * 3
    assert town.letter(MAX, long, request.token).title.startswith("Protokoll notiert")
    assert meeting(town).minutes == long.strip()
    assert town.measure(3).percent == 0


# --- changing and correcting them


def test_a_second_text_replaces_the_first_and_can_be_taken_back(town: Town) -> None:
    town.chat(OFFICE, "PROTOKOLL: Erste Fassung.")
    second = town.chat(OFFICE, "PROTOKOLL: Zweite Fassung.")
    assert second.lines == ("Die frühere Fassung ist ersetzt und bleibt im Verlauf.", "Zweite Fassung.")
    assert meeting(town).minutes == "Zweite Fassung."
    first_again = town.chat(OFFICE, "RÜCKGÄNGIG")
    assert "wieder die frühere Fassung" in first_again.lines[0]
    assert meeting(town).minutes == "Erste Fassung."
    assert "kein Protokoll" in town.chat(OFFICE, "RÜCKGÄNGIG").lines[0]
    assert meeting(town).minutes == ""


def test_an_older_text_cannot_be_taken_back_from_below_a_newer_one(town: Town) -> None:
    first = town.chat(OFFICE, "PROTOKOLL: Erste Fassung.")
    town.chat(OFFICE, "PROTOKOLL: Zweite Fassung.")
    assert "neuere Fassung" in town.tap(OFFICE, button(first, "Rückgängig")).toast
    assert meeting(town).minutes == "Zweite Fassung."


def test_an_empty_text_is_refused(town: Town) -> None:
    assert "den Text dahinter" in town.chat(OFFICE, "PROTOKOLL:").lines[0]


def sent_minutes(town: Town) -> None:
    name_max(town)
    town.chat(OFFICE, "PROTOKOLL: Erste Fassung.")
    until(town, local(27))
    town.at += timedelta(minutes=1)


def test_once_sent_a_new_text_goes_out_as_a_correction_only_when_the_office_says_so(town: Town) -> None:
    sent_minutes(town)
    receipt = town.chat(OFFICE, "PROTOKOLL: Zweite Fassung.")
    assert "schon verschickt" in receipt.closing[0]
    until(town, local(1, month=12))
    assert meeting(town).minutes == "Erste Fassung."
    assert len(minutes_of(town, ERIKA)) == 1
    yes = button(receipt, "Ja, Berichtigung schicken")
    assert town.tap(OFFICE, yes).title == "Die Berichtigung geht an alle"
    assert "schon entschieden" in town.tap(OFFICE, yes).toast
    assert meeting(town).minutes == "Zweite Fassung."
    for who in (ERIKA, OFFICE, MAX):
        note = minutes_of(town, who)[-1]
        assert note.title == "Berichtigung: Protokoll »Herbstsitzung« am 24. November 2026"
        assert "Zweite Fassung." in note.lines
        assert len(minutes_of(town, who)) == 2


def test_the_office_may_leave_it_at_what_was_sent(town: Town) -> None:
    sent_minutes(town)
    receipt = town.chat(OFFICE, "PROTOKOLL: Zweite Fassung.")
    town.tap(OFFICE, button(receipt, "Nein, nicht schicken"))
    assert "schon entschieden" in town.tap(OFFICE, button(receipt, "Ja, Berichtigung schicken")).toast
    assert meeting(town).minutes == "Erste Fassung."
    assert len(minutes_of(town, ERIKA)) == 1


def test_a_correction_of_the_minute_taker_waits_for_the_office(town: Town) -> None:
    sent_minutes(town)
    receipt = town.reply(MAX, "PROTOKOLL: Zweite Fassung.")
    assert "Die Geschäftsstelle entscheidet" in receipt.closing[0]
    assert receipt.actions == ()
    asked = unpack(town.bubbles(OFFICE)[-1].note, Note)
    assert asked.title == "Berichtigung verschicken? Protokoll »Herbstsitzung« am 24. November 2026"
    assert "Zweite Fassung." in asked.lines
    town.tap(OFFICE, button(asked, "Ja, Berichtigung schicken"))
    assert meeting(town).minutes == "Zweite Fassung."
    assert "Berichtigung" in minutes_of(town, MAX)[-1].title


def test_of_two_corrections_only_the_newer_can_be_sent(town: Town) -> None:
    sent_minutes(town)
    second = town.chat(OFFICE, "PROTOKOLL: Zweite Fassung.")
    town.chat(OFFICE, "PROTOKOLL: Dritte Fassung.")
    assert "neuere Fassung" in town.tap(OFFICE, button(second, "Ja, Berichtigung schicken")).toast
    assert len(minutes_of(town, ERIKA)) == 1


def test_a_decision_that_comes_late_is_looked_after_and_goes_out_as_a_correction_if_wanted(town: Town) -> None:
    sent_minutes(town)
    receipt = town.chat(OFFICE, LADE)
    assert town.last_letter(MAX).title == "Übernehmen Sie M5 Ladepunkte am Bahnhof?"
    town.tap(OFFICE, button(receipt, "Ja, Berichtigung schicken"))
    note = minutes_of(town, ERIKA)[-1]
    assert "Erste Fassung." in note.lines
    assert "M5 Ladepunkte am Bahnhof" in words(note)


def test_a_correction_asked_for_at_night_goes_out_in_the_morning(town: Town) -> None:
    sent_minutes(town)
    town.at = local(27, 20)
    receipt = town.chat(OFFICE, "PROTOKOLL: Zweite Fassung.")
    town.tap(OFFICE, button(receipt, "Ja, Berichtigung schicken"))
    assert town.bubbles(ERIKA)[-1].due_at == local(30, 8)


def test_a_forged_or_foreign_button_sends_nothing(town: Town) -> None:
    sent_minutes(town)
    assert "nicht mehr gültig" in town.tap(OFFICE, SendCorrection(1, accept=True)).toast
    assert "nur die Geschäftsstelle" in town.tap(ERIKA, SendCorrection(1, accept=True)).toast
    assert len(minutes_of(town, ERIKA)) == 1


# --- decisions


def test_a_decision_becomes_a_measure_that_is_offered_to_its_lead(town: Town) -> None:
    receipt = town.chat(OFFICE, LADE)
    assert receipt.title == "Beschluss notiert: »Herbstsitzung« am 24. November 2026"
    line = "1. M5 Ladepunkte am Bahnhof; Termin: 30. Juni 2027; wartet auf Annahme (Logistik KG)"
    assert receipt.lines == (line,)
    measure = town.measure(5)
    assert (measure.title, measure.field, str(measure.due)) == ("Ladepunkte am Bahnhof", "Infrastruktur", "2027-06-30")
    assert measure.id not in {row.measure_id for row in assignments(town)}
    asked = town.last_letter(MAX)
    assert asked.title == "Übernehmen Sie M5 Ladepunkte am Bahnhof?"
    assert asked.lines[0] == "Die Sitzung hat das beschlossen und Sie als verantwortlich vorgesehen."
    town.reply(MAX, "JA")
    assert unpack(town.bubbles(OFFICE)[-1].note, Note).title == "Max Muster übernimmt M5 Ladepunkte am Bahnhof"


def test_who_names_themselves_has_accepted(town: Town) -> None:
    receipt = town.chat(OFFICE, LADE.replace(MAX, OFFICE))
    assert "verantwortlich: Stadt" in receipt.lines[0]
    assert titles(town, OFFICE) == []


def test_several_decisions_are_entered_all_or_none_and_errors_name_their_line(town: Town) -> None:
    good, late = "BESCHLUSS: Wir tagen monatlich", f"BESCHLUSS: Messe; {MAX}; 1.10.2026"
    said = f"{LADE}\n{good}\n{late}"
    assert town.chat(OFFICE, said).lines == (
        "Zeile 3 (»Messe«): Der 1. Oktober 2026 ist schon vorbei. Bitte nennen Sie einen Termin ab heute. "
        "Notiert wurde nichts.",
    )
    assert all_rows(town, Decision) == all_rows(town, LeadOffer) == []
    assert len(all_rows(town, Measure)) == 4
    assert town.letters(MAX) == []
    assert len(town.chat(OFFICE, f"{LADE}\n{good}").lines) == 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("BESCHLUSS: Messe; niemand@example.org; 30.06.2027", "niemand@example.org gibt es nicht"),
        ("BESCHLUSS: Messe; 30.06.2027", "Wer ist verantwortlich?"),
        (f"BESCHLUSS: Messe; {MAX}; Ende Herbst", "Bis wann?"),
        (f"BESCHLUSS: Messe; {MAX}; {ERIKA}; 30.06.2027", "zu viele Angaben"),
        ("BESCHLUSS M12; Farbe grün; weil es schöner ist", "Diese Änderung verstehe ich nicht"),
        ("BESCHLUSS M99; Termin 31.12.2027; weil es dauert", "M99 gibt es nicht"),
        ("BESCHLUSS 9: Wir tagen monatlich", "Sitzung Nr. 9"),
    ],
)
def test_what_cannot_be_entered_is_said_in_a_sentence_and_nothing_changes(town: Town, said: str, why: str) -> None:
    assert why in town.chat(OFFICE, said).lines[0]
    assert all_rows(town, Decision) == []
    assert len(all_rows(town, Measure)) == 4


def test_the_same_decision_is_entered_once(town: Town) -> None:
    town.chat(OFFICE, LADE)
    assert "schon notiert" in town.chat(OFFICE, LADE).lines[0]
    assert len(all_rows(town, Measure)) == 5


def test_decisions_in_minutes_that_are_sent_again_are_not_doubled(town: Town) -> None:
    town.chat(OFFICE, f"{TEXT}\n{LADE}")
    receipt = town.chat(OFFICE, f"{TEXT}\n{LADE}\nBESCHLUSS: Wir tagen monatlich.")
    assert len(all_rows(town, Measure)) == 5
    assert receipt.items[0].lines[1:] == ("2. Wir tagen monatlich.",)
    assert len(town.letters(MAX)) == 1


def test_an_amendment_of_an_adopted_plan_needs_its_reason_and_is_bound_to_the_meeting(town: Town) -> None:
    adopt(town)
    assert "Grund" in town.chat(OFFICE, "BESCHLUSS M1; Termin 31.12.2027").lines[0]
    assert town.measure(1).due is None
    receipt = town.chat(OFFICE, "BESCHLUSS M1; Termin 31.12.2027; weil das Gutachten fehlt")
    assert receipt.lines == ("1. M1: Termin 31.12.2027, weil das Gutachten fehlt",)
    assert str(town.measure(1).due) == "2027-12-31"
    (amendment,) = all_rows(town, Amendment)
    (decision,) = all_rows(town, Decision)
    assert isinstance(amendment, Amendment)
    assert isinstance(decision, Decision)
    assert (amendment.meeting_id, decision.amendment_id) == (MEETING, amendment.id)


def test_a_new_measure_of_an_adopted_plan_has_the_decision_as_its_reason(town: Town) -> None:
    adopt(town)
    town.chat(OFFICE, LADE)
    (amendment,) = all_rows(town, Amendment)
    assert isinstance(amendment, Amendment)
    assert amendment.why == "Beschluss der Sitzung »Herbstsitzung« am 24. November 2026"


def test_decisions_are_taken_back_with_their_measures_and_offers(town: Town) -> None:
    receipt = town.chat(OFFICE, f"{LADE}\nBESCHLUSS M1; Termin 31.12.2027; weil das Gutachten fehlt")
    town.tap(OFFICE, button(receipt, "Rückgängig"))
    assert all_rows(town, Decision) == []
    assert town.measure(5).withdrawn_at is not None
    assert town.measure(1).due is None
    assert [row.state for row in town.letters(MAX)] == ["dropped"]
    until(town, local(27))
    assert minutes_of(town, ERIKA) == []
    assert town.chat(OFFICE, LADE).lines[0].startswith("1. M6 Ladepunkte")


def test_a_decision_whose_measure_has_a_lead_stays(town: Town) -> None:
    receipt = town.chat(OFFICE, LADE)
    town.reply(MAX, "JA")
    assert "hat schon Verantwortliche" in town.tap(OFFICE, button(receipt, "Rückgängig")).toast
    assert len(all_rows(town, Decision)) == 1


def test_what_is_in_minutes_that_were_sent_is_not_taken_back(town: Town) -> None:
    decided = town.chat(OFFICE, LADE)
    written = town.chat(OFFICE, TEXT)
    until(town, local(27))
    for receipt in (decided, written):
        assert "schon verschickt" in town.tap(OFFICE, button(receipt, "Rückgängig")).toast


def test_the_minute_taker_may_record_decisions_too(town: Town) -> None:
    name_max(town)
    receipt = town.reply(MAX, LADE.replace(MAX, ERIKA))
    assert receipt.title.startswith("Beschluss notiert")
    assert titles(town, ERIKA) == ["Übernehmen Sie M5 Ladepunkte am Bahnhof?"]


def test_minutes_wait_an_hour_for_the_decisions_that_follow(town: Town) -> None:
    town.at = local(30, 10)
    town.chat(OFFICE, TEXT)
    town.at += timedelta(minutes=50)
    town.chat(OFFICE, LADE)
    town.at += timedelta(minutes=50)
    beat(town)
    assert minutes_of(town, ERIKA) == []
    town.at += timedelta(minutes=10)
    beat(town)
    assert "M5 Ladepunkte" in words(minutes_of(town, ERIKA)[0])


def test_the_operator_can_say_all_of_it_too(town: Town) -> None:
    town.office(NameMinuteTaker(MAX))
    town.office(RecordMinutes("Alle waren da."))
    until(town, local(27))
    assert len(minutes_of(town, ERIKA)) == 1


def test_the_clock_names_the_minutes_among_what_comes_next(town: Town) -> None:
    town.chat(OFFICE, TEXT)
    forget(town)
    coming = [next_thing(town, town.at)]
    for _ in range(5):
        coming.append(next_thing(town, coming[-1][0]))
    assert (local(27), "minutes") in coming


def test_everybody_is_written_to_in_their_language(town: Town) -> None:
    def english(session: Session) -> None:
        statement = select(Person).where(col(Person.name) == "Max Muster")
        session.exec(statement).one().language = "en"

    town.database.write_now(english)
    town.chat(OFFICE, f"{TEXT}\n{LADE}")
    until(town, local(27))
    note = unpack(town.letters(MAX)[-1].note, Note)
    assert note.title == 'Minutes: "Herbstsitzung", 24 November 2026'
    assert note.items[0].title == "Decisions"


def test_the_result_of_a_poll_stands_in_the_minutes(town: Town) -> None:
    town.at -= timedelta(hours=10)
    receipt = town.chat(OFFICE, "ABSTIMMUNG Ja/Nein: Sollen wir jeden Monat tagen?")
    town.tap(OFFICE, receipt.actions[0])
    town.at += timedelta(hours=10)
    beat(town)
    town.chat(OFFICE, TEXT)
    until(town, local(27))
    (note,) = minutes_of(town, ERIKA)
    assert "Sollen wir jeden Monat tagen?" in note.items[0].title


def test_an_old_meeting_without_minutes_stays_at_rest(town: Town) -> None:
    town.at = local(20, month=12) + timedelta(days=40)
    beat(town)
    assert not [title for title in titles(town, OFFICE) if "Protokoll" in title]


def test_a_late_decision_that_went_out_as_a_correction_is_not_taken_back(town: Town) -> None:
    sent_minutes(town)
    receipt = town.chat(OFFICE, LADE)
    town.tap(OFFICE, button(receipt, "Ja, Berichtigung schicken"))
    assert "schon verschickt" in town.tap(OFFICE, button(receipt, "Rückgängig")).toast
    assert len(all_rows(town, Decision)) == 1


def test_a_late_decision_that_did_not_go_out_is_taken_back(town: Town) -> None:
    sent_minutes(town)
    receipt = town.chat(OFFICE, LADE)
    town.tap(OFFICE, button(receipt, "Rückgängig"))
    assert all_rows(town, Decision) == []


def test_undoing_a_decision_with_an_amendment_undoes_each_deed_once(town: Town) -> None:
    town.chat(OFFICE, "BESCHLUSS M1; Termin 31.12.2027; weil das Gutachten fehlt")
    town.chat(OFFICE, "RÜCKGÄNGIG")
    assert town.measure(1).due is None
    assert "keine Meldung" in town.chat(OFFICE, "RÜCKGÄNGIG").lines[0]


def test_a_new_measure_of_an_adopted_plan_that_is_taken_back_is_no_amendment_any_more(town: Town) -> None:
    adopt(town)
    receipt = town.chat(OFFICE, LADE)
    town.tap(OFFICE, button(receipt, "Rückgängig"))
    (amendment,) = all_rows(town, Amendment)
    assert isinstance(amendment, Amendment)
    assert amendment.undone_at == town.at


def test_with_two_meetings_behind_us_the_last_one_is_meant_and_a_number_names_the_other(town: Town) -> None:
    town.office(PlanMeeting("working-group", "AG", date(2026, 11, 26), time(9)))
    town.at = local(26, 12)
    assert "»AG«" in town.chat(OFFICE, TEXT).title
    assert "»Herbstsitzung«" in town.chat(OFFICE, "PROTOKOLL 1: Alle waren da.").title
    assert meeting(town).minutes == "Alle waren da."


def test_who_left_takes_no_minutes_any_more_and_the_office_is_asked(town: Town) -> None:
    name_max(town)
    town.reply(MAX, "ABMELDEN")
    until(town, local(27))
    assert not [title for title in titles(town, MAX) if "Bitte schicken" in title]
    assert [title for title in titles(town, OFFICE) if "Bitte schicken" in title]


def test_a_member_with_several_meetings_answers_for_the_one_that_was_asked_about(town: Town) -> None:
    name_max(town)
    request = town.letters(MAX)[-1].token
    town.office(PlanMeeting("working-group", "AG", date(2026, 11, 26), time(9)))
    town.at = local(26, 12)
    town.office(NameMinuteTaker(MAX, 2))
    town.letter(MAX, "PROTOKOLL: Alle waren da.", request)
    assert meeting(town).minutes == "Alle waren da."


def test_a_decision_whose_measure_was_reported_on_stays(town: Town) -> None:
    receipt = town.chat(OFFICE, LADE)
    town.chat(OFFICE, "M5 10 %")
    assert "oder eine Meldung" in town.tap(OFFICE, button(receipt, "Rückgängig")).toast
    assert town.measure(5).withdrawn_at is None


def test_sending_them_again_does_nothing_not_even_for_who_joined_since(town: Town) -> None:
    sent_minutes(town)
    town.office(RegisterPerson("Robin Probe", "gast@neu.example.org", "Probe GmbH"))
    at = meeting(town).minutes_at
    town.database.write_now(lambda session: minutes.send(session, HOUSE, MEETING, town.at))
    assert meeting(town).minutes_at == at
    assert not [row for row in town.letters("gast@neu.example.org") if row.note["title"].startswith("Protokoll")]


def test_once_the_minutes_are_sent_a_new_minute_taker_is_for_the_next_meeting(town: Town) -> None:
    town.meeting(62)
    sent_minutes(town)
    assert "Januar 2027" in town.chat(OFFICE, f"PROTOKOLLANT {ERIKA}").title
