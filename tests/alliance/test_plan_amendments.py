"""The plan's life: discussed, adopted at a meeting, and changed afterwards only with a reason that is kept."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from alliance import amendments, plan
from alliance.errors import Refusal
from alliance.hearing import Hearing, Voice
from alliance.intents import AddMeasure, AmendMeasure, AssignMeasure, SetPlanState
from store.tables import Amendment, Channel, Measure, Meeting, OutboxRow, PlanVersion
from tests.town import ERIKA, HOUSE, MAX, OFFICE, Town, button, words

HELD = datetime(2026, 11, 19, 16, 0, tzinfo=UTC)  # Thursday 17:00 in Berlin, four days before
LATER = "ÄNDERN M1; Termin; 31.12.2027"
WHY = "weil das Gutachten später kommt"


@pytest.fixture
def town(sqlite_town: Town) -> Town:
    """The office speaks in Telegram, where nothing has to be proved."""
    sqlite_town.link(OFFICE)
    return sqlite_town


def held(town: Town, title: str = "Herbstsitzung", at: datetime = HELD, **more: Any) -> None:
    meeting = Meeting(kind="alliance", title=title, starts_at=at, **more)
    town.database.write_now(lambda session: session.add(meeting))


def adopted(town: Town) -> Town:
    """The plan as it is, adopted at the meeting four days ago."""
    held(town)
    town.tap(OFFICE, button(town.chat(OFFICE, "PLAN VERABSCHIEDET"), "Ja, beschlossen"))
    town.forget_letters()
    return town


def kept(town: Town) -> list[Amendment]:
    statement = select(Amendment).order_by(col(Amendment.id))
    return town.database.read_now(lambda session: list(session.exec(statement)))


def versions(town: Town) -> list[PlanVersion]:
    statement = select(PlanVersion).order_by(col(PlanVersion.id))
    return town.database.read_now(lambda session: list(session.exec(statement)))


def keys(town: Town) -> list[str]:
    return town.database.read_now(lambda session: list(session.exec(select(OutboxRow.dedupe_key))))


# --- the plan's life


def test_a_draft_goes_into_discussion_and_back(town: Town) -> None:
    assert town.chat(OFFICE, "PLAN DISKUSSION").title == "Der Plan ist in der Diskussion"
    assert "in der Diskussion" in words(town.chat(OFFICE, "PLAN"))
    assert "schon in der Diskussion" in words(town.chat(OFFICE, "PLAN DISKUSSION"))
    assert town.chat(OFFICE, "PLAN ENTWURF").title == "Der Plan ist wieder ein Entwurf"
    assert keys(town) == []


def test_before_it_is_adopted_the_office_sees_what_and_is_asked_once(town: Town) -> None:
    held(town)
    asked = town.chat(OFFICE, "PLAN VERABSCHIEDET")
    said = words(asked)
    assert "Sitzung: »Herbstsitzung«, Donnerstag, 19. November 2026, 17:00 Uhr" in said
    assert "Infrastruktur: M1, M2, M3 und M4" in said
    assert "Noch ohne Verantwortliche: M4" in said
    assert "Noch ohne Termin: M1, M2, M3 und M4" in said
    assert versions(town) == []
    assert town.chat(OFFICE, "NEIN").title == "So steht der Zukunftsplan"
    assert versions(town) == []


def test_adoption_keeps_the_whole_plan_and_tells_everyone_once(town: Town) -> None:
    held(town)
    town.office(AmendMeasure(1, "goal", "Wege / Radwege"))
    asked = town.chat(OFFICE, "PLAN VERABSCHIEDET")
    assert town.chat(OFFICE, "JA").title == "Der Plan ist beschlossen"
    (version,) = versions(town)
    first, *_ = version.content["measures"]
    assert (version.state, version.meeting_id) == ("adopted", 1)
    assert (first["number"], first["goal"], first["leads"]) == (1, ["Wege", "Radwege"], ["Stahl GmbH"])
    assert version.content["groups"][0]["fields"][0]["goals"] == [{"title": "Wege", "operative": ["Radwege"]}]
    assert "Erika" not in str(version.content)
    for email in (ERIKA, MAX):
        assert [row.note["title"] for row in town.letters(email)] == ["Der Zukunftsplan ist beschlossen"]
    assert town.bubbles(OFFICE) == []
    town.tap(OFFICE, button(asked, "Ja, beschlossen"))
    assert len(versions(town)) == 1
    assert len(town.letters(ERIKA)) == 1
    assert "Beschlossen am 19. November 2026." in words(town.letter(MAX, "PLAN"))


def test_by_mail_one_ja_proves_the_sender_and_adopts_the_plan(town: Town) -> None:
    held(town)
    assert town.letter(OFFICE, "PLAN VERABSCHIEDET").title == "Soll der Plan so beschlossen sein?"
    assert versions(town) == []
    assert town.reply(OFFICE, "JA").title == "Der Plan ist beschlossen"
    assert len(town.letters(ERIKA)) == len(versions(town)) == 1


def test_what_was_changed_after_the_question_is_shown_again_before_it_is_adopted(town: Town) -> None:
    held(town)
    asked = town.chat(OFFICE, "PLAN VERABSCHIEDET")
    town.office(AddMeasure(5, "Neu"))
    again = town.tap(OFFICE, button(asked, "Ja, beschlossen"))
    assert again.title == asked.title
    assert "M5" in words(again)
    assert versions(town) == []
    assert town.tap(OFFICE, button(again, "Ja, beschlossen")).title == "Der Plan ist beschlossen"


def test_the_meeting_may_be_named_by_its_day_or_title_else_it_is_the_last_one(town: Town) -> None:
    held(town, "Frühjahrssitzung", datetime(2026, 4, 16, 15, 0, tzinfo=UTC))
    held(town)
    held(town, "Abgesagte", HELD + timedelta(days=1), cancelled_at=HELD)
    for said, meant in {
        "": "Herbstsitzung",
        "16.04.2026": "Frühjahrssitzung",
        "am 16. April": "Frühjahrssitzung",
        "in der Fruehjahrssitzung": "Frühjahrssitzung",
        "19.11.": "Herbstsitzung",
    }.items():
        assert f"Sitzung: »{meant}«" in words(town.chat(OFFICE, f"PLAN VERABSCHIEDET {said}")), said
    assert "finde ich nicht" in words(town.chat(OFFICE, "PLAN VERABSCHIEDET Sommersitzung"))
    assert "finde ich nicht" in words(town.chat(OFFICE, "PLAN VERABSCHIEDET 16.04.2025"))


def test_a_meeting_to_come_cannot_have_adopted_anything(town: Town) -> None:
    assert "noch keine stattgefunden" in words(town.chat(OFFICE, "PLAN VERABSCHIEDET"))
    held(town, at=town.at + timedelta(days=10))
    for said in ("", "03.12.2026", "Herbstsitzung"):
        note = town.chat(OFFICE, f"PLAN VERABSCHIEDET {said}")
        assert "ist erst am Donnerstag, 3. Dezember 2026" in words(note)
    forged = town.tap(OFFICE, SetPlanState("adopted", meeting=1, seen="anything"))
    assert "ist erst am" in forged.toast
    assert versions(town) == []


def test_an_empty_plan_cannot_be_adopted(town: Town) -> None:
    held(town)

    def job(session: Any) -> None:
        for measure in session.exec(select(Measure)):
            measure.withdrawn_at = HELD

    town.database.write_now(job)
    assert "nichts zu beschließen" in words(town.chat(OFFICE, "PLAN VERABSCHIEDET"))


def test_an_adopted_plan_is_opened_again_only_after_a_question(town: Town) -> None:
    adopted(town)
    asked = town.chat(OFFICE, "PLAN DISKUSSION")
    assert asked.title == "Soll der beschlossene Plan wieder offen sein?"
    assert len(versions(town)) == 1
    town.tap(OFFICE, button(asked, "Ja, wieder öffnen"))
    assert [version.state for version in versions(town)] == ["adopted", "in-discussion"]
    town.chat(OFFICE, LATER)
    assert town.measure(1).due == date(2027, 12, 31)
    assert kept(town) == []


def test_members_cannot_move_or_change_the_plan(town: Town) -> None:
    held(town)
    town.link(ERIKA)
    for said in ("PLAN VERABSCHIEDET", "PLAN DISKUSSION", LATER, "STREICHEN M1; weg damit"):
        assert town.chat(ERIKA, said).title == "Das ging leider nicht"
    assert versions(town) == []
    assert town.measure(1).due is None


# --- changes


def test_in_a_draft_everything_changes_freely_and_without_a_trace(town: Town) -> None:
    note = town.chat(OFFICE, LATER)
    assert note.lines == ("Termin: – → 31. Dezember 2027",)
    assert kept(town) == []


@pytest.mark.parametrize(
    ("said", "column", "value"),
    [
        ("Titel; Radschnellweg", "title", "Radschnellweg"),
        ("Termin; 31.12.2027", "due", date(2027, 12, 31)),
        ("Beginn; 01.02.2027", "begins", date(2027, 2, 1)),
        ("Themenfeld; handel", "field", "Handel"),
        ("Initiative; Unternehmen", "initiative", "business"),
        ("Initiative; Verwaltung", "initiative", "administration"),
        ("Meilenstein; Bau; 30.06.2027", "milestones", [{"title": "Bau", "due": "2027-06-30", "done": False}]),
        ("Meilenstein; Bau", "milestones", [{"title": "Bau", "due": None, "done": False}]),
    ],
)
def test_each_part_of_the_plan_can_be_changed_and_taken_back(town: Town, said: str, column: str, value: object) -> None:
    town.office(AddMeasure(9, "Markt", field="Handel"))
    before = getattr(town.measure(1), column)
    note = town.chat(OFFICE, f"ÄNDERN M1; {said}")
    assert getattr(town.measure(1), column) == value
    town.tap(OFFICE, button(note, "Rückgängig"))
    assert getattr(town.measure(1), column) == before


def test_a_value_can_be_emptied(town: Town) -> None:
    town.chat(OFFICE, LATER)
    town.chat(OFFICE, "ÄNDERN M1; Ziel; Wege / Radwege")
    assert town.measure(1).goal_id == 2
    town.chat(OFFICE, "ÄNDERN M1; Termin; -")
    town.chat(OFFICE, "ÄNDERN M1; Ziel; leer")
    assert (town.measure(1).due, town.measure(1).goal_id) == (None, None)


def test_another_field_leaves_the_goal_behind(town: Town) -> None:
    town.office(AddMeasure(9, "Markt", field="Handel"))
    town.chat(OFFICE, "ÄNDERN M1; Ziel; Wege / Radwege")
    note = town.chat(OFFICE, "ÄNDERN M1; Themenfeld; Handel")
    assert (town.measure(1).field, town.measure(1).goal_id) == ("Handel", None)
    town.tap(OFFICE, button(note, "Rückgängig"))
    assert (town.measure(1).field, town.measure(1).goal_id) == ("Infrastruktur", 2)


def test_milestones_stand_in_order_are_reached_and_dropped(town: Town) -> None:
    for said in ("Bau; 30.06.2027", "Planung; 31.01.2027", "Feier", "Planung; erledigt", "Bau; 31.07.2027"):
        town.chat(OFFICE, f"ÄNDERN M1; Meilenstein; {said}")
    assert town.measure(1).milestones == [
        {"title": "Planung", "due": "2027-01-31", "done": True},
        {"title": "Bau", "due": "2027-07-31", "done": False},
        {"title": "Feier", "due": None, "done": False},
    ]
    assert "Planung → –" not in words(town.chat(OFFICE, "ÄNDERN M1; Meilenstein; Feier; streichen"))
    assert [entry["title"] for entry in town.measure(1).milestones] == ["Planung", "Bau"]
    assert "Eingetragen sind: Planung und Bau" in words(town.chat(OFFICE, "ÄNDERN M1; Meilenstein erledigt; Fest"))


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("ÄNDERN M99; Termin; 31.12.2027", "M99"),
        ("ÄNDERN M1; Termin; 31.02.2027", "»31.02.2027« kann ich nicht als Tag lesen"),
        ("ÄNDERN M1; Meilenstein; Bau; 31.02.2027; weil", "»31.02.2027« kann ich nicht als Tag lesen"),
        ("ÄNDERN M1; Beginn; 01.01.2028", "vor dem Beginn"),
        ("ÄNDERN M1; Themenfeld; Raumfahrt", "kenne ich nicht"),
        ("ÄNDERN M1; Initiative; niemand", "entweder von der Verwaltung"),
        ("ÄNDERN M1; Titel; Radweg", "steht bei M1 Radweg schon so"),
        ("ÄNDERN M4; Ziel; A / B", ""),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(town: Town, said: str, answer: str) -> None:
    town.office(AmendMeasure(1, "due", "31.12.2027"))
    before = [town.measure(number).model_dump() for number in (1, 4)]
    if not answer:
        town.office(AddMeasure(8, "Ohne Feld"))
        said, answer = "ÄNDERN M8; Ziel; A / B", "noch zu keinem Themenfeld"
    assert answer in words(town.chat(OFFICE, said))
    assert [town.measure(number).model_dump() for number in (1, 4)] == before


def test_once_adopted_every_change_needs_a_reason(town: Town) -> None:
    adopted(town)
    refusals = [
        LATER,
        "ÄNDERN M1; Titel; Anders",
        "ÄNDERN M1; Ziel; A / B",
        "ÄNDERN M1; Meilenstein; Bau; 30.06.2027",
        "STREICHEN M1",
        "MASSNAHME 9; Neue; Infrastruktur; 31.12.2027",
    ]
    for said in refusals:
        assert "Der Plan ist beschlossen. Bitte nennen Sie einen Grund, zum Beispiel:" in words(town.chat(OFFICE, said))
    assert kept(town) == []
    assert plan_of(town, 1) == ("Radweg", None, None, [], None)
    assert town.database.read_now(plan.next_number) == 5


def plan_of(town: Town, number: int) -> tuple[object, ...]:
    measure = town.measure(number)
    return measure.title, measure.due, measure.goal_id, measure.milestones, measure.withdrawn_at


def test_with_a_reason_the_change_is_kept_and_shown_in_the_plan(town: Town) -> None:
    adopted(town)
    note = town.chat(OFFICE, f"{LATER}; {WHY}")
    assert note.lines[:2] == ("Termin: – → 31. Dezember 2027", f"Grund: »{WHY}«")
    (amendment,) = kept(town)
    assert (amendment.what, amendment.before, amendment.after) == ("due", "", "2027-12-31")
    assert (amendment.why, amendment.by_id, amendment.at) == (WHY, town.person(OFFICE).id, town.at)
    shown = words(town.letter(MAX, "PLAN Infrastruktur"))
    assert f"23. November 2026, M1 Termin: – → 31. Dezember 2027 · Grund: »{WHY}«" in shown
    assert "seither eine Änderung" in words(town.letter(MAX, "PLAN"))


def test_new_and_withdrawn_measures_are_amendments_too(town: Town) -> None:
    adopted(town)
    town.chat(OFFICE, "MASSNAHME 9; Brücke; Infrastruktur; 31.12.2027; weil der Kanal neu geplant ist")
    town.chat(OFFICE, "STREICHEN M2; doppelt mit M9")
    assert [(row.what, row.after, row.why) for row in kept(town)] == [
        ("added", "Brücke", "weil der Kanal neu geplant ist"),
        ("withdrawn", "", "doppelt mit M9"),
    ]
    shown = words(town.letter(MAX, "PLAN Infrastruktur"))
    assert "M2 gestrichen · Grund: »doppelt mit M9«" in shown
    assert "M9 neu aufgenommen: Brücke" in shown


def test_progress_and_evidence_and_assignments_are_no_changes_of_the_plan(town: Town) -> None:
    town.chat(OFFICE, "ÄNDERN M1; Meilenstein; Bau; 30.06.2027")
    adopted(town)
    town.link(ERIKA)
    town.chat(ERIKA, "M1 60 %, bis Ende Mai 2027")
    town.chat(ERIKA, "NACHWEIS M1: Fotos")
    town.office(AssignMeasure(4, MAX))
    town.chat(OFFICE, "ÄNDERN M1; Meilenstein; Bau; erledigt")
    assert town.measure(1).milestones[0]["done"]
    assert kept(town) == []


# --- who hears of it


def test_whoever_leads_the_measure_hears_once_of_new_dates_and_titles(town: Town) -> None:
    town.chat(OFFICE, f"{LATER}; {WHY}")
    (row,) = town.letters(ERIKA)
    note = town.last_letter(ERIKA)
    assert row.note["title"] == "Geändert: M1 Radweg"
    assert note.lines[1:] == ("Termin: – → 31. Dezember 2027", f"Grund: »{WHY}«")
    town.chat(OFFICE, "ÄNDERN M1; Titel; Radschnellweg")
    assert town.last_letter(ERIKA).lines[1] == "Titel: Radweg → Radschnellweg"
    for said in ("Initiative; Verwaltung", "Ziel; Wege / Radwege", "Meilenstein; Bau"):
        town.chat(OFFICE, f"ÄNDERN M1; {said}")
    assert len(town.letters(ERIKA)) == 2
    assert town.letters(MAX) == []


def test_contributors_and_who_made_the_change_are_not_told(town: Town) -> None:
    town.office(AssignMeasure(4, OFFICE))
    town.office(AssignMeasure(4, MAX, lead=False))
    town.forget_letters()
    town.chat(OFFICE, "ÄNDERN M4; Termin; 31.12.2027")
    assert keys(town) == []


def test_a_lead_who_knows_of_a_change_hears_when_it_is_taken_back(town: Town) -> None:
    note = town.chat(OFFICE, LATER)
    town.tap(OFFICE, button(note, "Rückgängig"))
    assert [row.note["title"] for row in town.letters(ERIKA)] == [
        "Geändert: M1 Radweg",
        "Änderung zurückgenommen: M1 Radweg",
    ]
    assert town.last_letter(ERIKA).lines[1] == "Termin: 31. Dezember 2027 → –"


# --- withdrawn measures


def test_a_withdrawn_measure_is_out_of_the_plan_the_status_and_the_round(town: Town) -> None:
    town.link(ERIKA)
    town.chat(OFFICE, "STREICHEN M1; doppelt")
    assert "M1" not in words(town.chat(ERIKA, "STATUS"))
    assert "M1" not in words(town.chat(ERIKA, "PLAN Infrastruktur"))
    town.meeting(30)
    assert "M2" in words(town.chat(OFFICE, "OFFEN"))
    assert "M1" not in words(town.chat(OFFICE, "OFFEN"))
    assert town.bubbles(ERIKA)[0].note["title"] == "Gestrichen: M1 Radweg"


def test_a_report_on_a_withdrawn_measure_is_refused_with_a_sentence(town: Town) -> None:
    town.link(ERIKA)
    town.chat(OFFICE, "STREICHEN M1; doppelt")
    for said in ("M1 60 %", "NACHWEIS M1: Fotos"):
        assert "M1 Radweg ist aus dem Plan gestrichen" in words(town.chat(ERIKA, said))
    for said in (LATER, f"ZUORDNEN M1 {MAX}"):
        assert "ist aus dem Plan gestrichen" in words(town.chat(OFFICE, said))
    card = town.chat(ERIKA, "M1")
    assert "Am 23. November 2026 aus dem Plan gestrichen" in words(card)
    assert card.items[0].actions == ()
    assert town.measure(1).percent == 0


def test_unchanged_means_only_what_is_still_in_the_plan(town: Town) -> None:
    town.chat(OFFICE, "STREICHEN M1; doppelt")
    town.link(ERIKA)
    assert town.chat(ERIKA, "unverändert").title == "Danke, notiert: M2"


def test_a_withdrawal_can_be_taken_back(town: Town) -> None:
    adopted(town)
    town.chat(OFFICE, "STREICHEN M1; doppelt")
    assert town.chat(OFFICE, "RÜCKGÄNGIG").title == "Zurückgenommen: M1 Radweg"
    assert town.measure(1).withdrawn_at is None
    assert [row.note["title"] for row in town.letters(ERIKA)] == [
        "Gestrichen: M1 Radweg",
        "Änderung zurückgenommen: M1 Radweg",
    ]
    assert "gehört wieder zum Plan" in words(town.last_letter(ERIKA))
    assert "seither" not in words(town.letter(MAX, "PLAN"))
    assert kept(town)[0].undone_at == town.at


# --- taking back


def test_a_change_with_something_newer_on_it_stays(town: Town) -> None:
    first = town.chat(OFFICE, LATER)
    town.chat(OFFICE, "ÄNDERN M1; Termin; 30.06.2028")
    assert "neue" in town.tap(OFFICE, button(first, "Rückgängig")).toast
    assert town.measure(1).due == date(2028, 6, 30)


def test_a_change_of_something_else_does_not_stand_in_the_way(town: Town) -> None:
    first = town.chat(OFFICE, LATER)
    town.chat(OFFICE, "ÄNDERN M1; Titel; Anders")
    town.tap(OFFICE, button(first, "Rückgängig"))
    assert (town.measure(1).due, town.measure(1).title) == (None, "Anders")


def test_what_was_adopted_meanwhile_is_not_taken_back_silently(town: Town) -> None:
    first = town.chat(OFFICE, LATER)
    town.at += timedelta(minutes=5)
    adopted(town)
    assert "inzwischen so beschlossen" in town.tap(OFFICE, button(first, "Rückgängig")).toast
    assert town.measure(1).due == date(2027, 12, 31)


def test_after_two_weeks_nothing_is_taken_back(town: Town) -> None:
    first = town.chat(OFFICE, LATER)
    town.at += timedelta(days=15)
    town.tap(OFFICE, button(first, "Rückgängig"))
    assert town.measure(1).due == date(2027, 12, 31)


def test_going_back_word_by_word_takes_the_latest_first_whatever_it_was(town: Town) -> None:
    town.chat(OFFICE, "M3 20 %")
    town.chat(OFFICE, LATER)
    assert town.chat(OFFICE, "RÜCKGÄNGIG").title == "Zurückgenommen: M1 Radweg"
    assert town.chat(OFFICE, "RÜCKGÄNGIG").title == "Zurückgenommen: M3"
    assert town.chat(OFFICE, "RÜCKGÄNGIG").title == "Das ging leider nicht"


def test_nobody_takes_back_what_somebody_else_did(town: Town) -> None:
    town.link(ERIKA)
    note = town.chat(OFFICE, LATER)
    town.tap(ERIKA, button(note, "Rückgängig"))
    assert town.measure(1).due == date(2027, 12, 31)


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["title", "due", "begins", "initiative", "milestone", "field", "goal"]),
        st.sampled_from(["31.12.2027", "1.1.2027", "leer", "Verwaltung", "Handel", "A / B", "Bau; 1.5.2027"]),
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_taking_everything_back_restores_the_plan(town: Town, changes: list[tuple[str, str]]) -> None:
    """Whatever was changed in whatever order; what was refused left nothing behind."""
    before = town.measure(1).model_dump()

    def change(hearing: Hearing, what: str, value: str) -> None:
        measure = hearing.session.exec(select(Measure).where(Measure.number == 1)).one()
        amendments.amend(hearing, measure, what, value, "")

    count = 0
    for what, value in changes:
        with suppress(Refusal):
            as_office(town, change, what, value)
            count += 1
    for _ in range(count):
        assert town.chat(OFFICE, "RÜCKGÄNGIG").title == f"Zurückgenommen: M1 {town.measure(1).title}"
    assert town.measure(1).model_dump() == before


def as_office(town: Town, job: Any, *values: str) -> None:
    person = town.person(OFFICE)
    voice = Voice(Channel.TELEGRAM, town.at)
    town.database.write_now(lambda session: job(Hearing(session, HOUSE, voice, person, proved=True), *values))
