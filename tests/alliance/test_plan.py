"""The plan as a tree: fields, goals and measures, how they are named, and what PLAN and a card show of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlmodel import Session, select

from alliance import plan
from alliance.errors import Invalid
from alliance.hearing import Hearing, Voice
from alliance.intents import AddMeasure, ShowPlan
from alliance.words.plan_words import FIELD_NAMES
from store.database import Database
from store.tables import Channel, Measure, PlanField
from tests.town import ERIKA, GUEST, HOUSE, MAX, OFFICE, Town, button, words

Value = TypeVar("Value")


@pytest.fixture
def town(sqlite_town: Town) -> Town:
    return sqlite_town


def at_the_desk(town: Town, job: Callable[[Hearing], Value]) -> Value:
    """What the office's own commands do inside."""
    voice = Voice(Channel.MAIL, town.at)
    return town.database.write_now(lambda session: job(Hearing(session, HOUSE, voice, operator=True, proved=True)))


def laid_out(town: Town) -> Town:
    """The nine fields, and the town's own one after them."""

    def job(session: Session) -> None:
        for field in session.exec(select(PlanField)):
            session.delete(field)
        session.flush()
        plan.lay_out(session)

    town.database.write_now(job)
    return town


def named(town: Town, said: str) -> str:
    field = town.database.read_now(lambda session: plan.field_named(session, said))
    return field.name if field else ""


def test_an_empty_plan_gets_the_nine_fields_and_what_measures_already_name(town: Town) -> None:
    laid_out(town)
    fields = town.database.read_now(plan.fields)
    assert [field.name for field in fields] == [*FIELD_NAMES, "Infrastruktur"]
    assert [field.group_name for field in fields[:9:3]] == ["Themengruppe 1", "Themengruppe 2", "Themengruppe 3"]
    assert fields[9].group_name == ""


def test_laying_out_twice_changes_nothing(town: Town) -> None:
    laid_out(town).database.write_now(plan.lay_out)
    assert len(town.database.read_now(plan.fields)) == 10


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Fachkräfte", "Fachkräfte"),
        ("FACHKRAEFTE", "Fachkräfte"),
        ("fachkrafte", "Fachkräfte"),
        ("Fachkräffte", "Fachkräfte"),
        ("fach", "Fachkräfte"),
        ("Innovation", "Innovation und Digitalisierung"),
        ("innovaton und digitalisierung", "Innovation und Digitalisierung"),
        ("Digitalisierung", "Innovation und Digitalisierung"),
        ("Digitalisirung", "Innovation und Digitalisierung"),
        ("flächen", "Gewerbliche Flächen"),
        ("Infrastruktur", "Infrastruktur"),
        ("Standortmarketing", "Standortmarketing"),
        ("Standort", "Standortmarketing"),
        ("Tourismus", ""),
        ("und", ""),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_field_is_found_by_what_people_call_it(town: Town, said: str, meant: str) -> None:
    assert named(laid_out(town), said) == meant


def test_a_name_that_fits_two_fields_means_none_of_them(town: Town) -> None:
    for number, field in enumerate(("Handel im Norden", "Handel im Süden", "Handel"), start=5):
        town.office(AddMeasure(number, "Neu", field=field))
    assert named(town, "Handel im") == ""
    assert named(town, "Handel") == "Handel"


def test_a_new_measure_takes_the_field_that_is_only_misspelt_and_makes_one_that_is_new(town: Town) -> None:
    laid_out(town)
    town.office(AddMeasure(5, "Lotsen", field="fachkraefte"))
    town.office(AddMeasure(6, "Paten", field="Fachkräffte"))
    town.office(AddMeasure(7, "Wanderwege", field="Tourismus"))
    assert [town.measure(number).field for number in (5, 6, 7)] == ["Fachkräfte", "Fachkräfte", "Tourismus"]
    assert town.database.read_now(plan.fields)[-1].name == "Tourismus"


def test_the_tree_holds_every_measure_once_in_the_order_of_the_plan(town: Town) -> None:
    laid_out(town)

    def grow(hearing: Hearing) -> None:
        field = plan.field_named(hearing.session, "Fachkräfte")
        assert field
        strategic = plan.ensure_goal(hearing.session, field, "Ausbildung stärken")
        operative = plan.ensure_goal(hearing.session, field, "Ausbildung stärken", "Azubis gewinnen")
        plan.new_measure(hearing, "Azubi-Tag", goal=operative)
        plan.new_measure(hearing, "Betriebe besuchen", goal=strategic)
        plan.new_measure(hearing, "Jobbörse", field="Fachkräfte")
        plan.new_measure(hearing, "Ohne alles")

    at_the_desk(town, grow)
    groups = town.database.read_now(plan.tree)
    assert [group.name for group in groups] == ["Themengruppe 1", "Themengruppe 2", "Themengruppe 3", ""]
    assert [node.name for node in groups[-1].fields] == ["Infrastruktur", ""]
    skills = groups[2].fields[-1]
    assert [measure.number for measure in skills.all_measures] == [5, 6, 7]
    assert [measure.title for measure in skills.measures_without_goal] == ["Jobbörse"]
    assert [measure.title for measure in skills.goals[0].measures] == ["Betriebe besuchen"]
    assert [measure.title for measure in skills.goals[0].operative[0].measures] == ["Azubi-Tag"]
    numbers = [measure.number for group in groups for node in group.fields for measure in node.all_measures]
    assert sorted(numbers) == list(range(1, 9))


def test_a_measure_whose_field_nobody_entered_is_not_lost(town: Town) -> None:
    town.database.write_now(lambda session: session.add(Measure(number=9, title="Altes", field="Von früher")))
    last = town.database.read_now(plan.tree)[-1]
    assert [(node.name, [measure.number for measure in node.all_measures]) for node in last.fields] == [
        ("Infrastruktur", [1, 2, 3, 4]),
        ("Von früher", [9]),
    ]


def test_a_goal_is_entered_once_below_its_own_parent(town: Town) -> None:
    laid_out(town)

    def job(hearing: Hearing) -> list[int | None]:
        field = plan.field_named(hearing.session, "Fachkräfte")
        other = plan.field_named(hearing.session, "Gründungen")
        assert field
        assert other
        said = [(field, "Ausbildung", ""), (field, "AUSBILDUNG ", ""), (other, "Ausbildung", "")]
        said += [(field, "Ausbildung", "Ausbildung"), (field, "Ausbildung", "ausbildung")]
        return [plan.ensure_goal(hearing.session, *parts).id for parts in said]

    first, again, elsewhere, below, below_again = at_the_desk(town, job)
    assert first == again
    assert below == below_again
    assert len({first, elsewhere, below}) == 3


def test_goals_are_numbered_in_the_order_in_which_they_came(town: Town) -> None:
    field = next(iter(town.database.read_now(plan.fields)))
    goals = at_the_desk(town, lambda hearing: [plan.ensure_goal(hearing.session, field, name) for name in "BAC"])
    assert [goal.position for goal in goals] == [1, 2, 3]


def test_numbers_go_on_after_the_highest_and_are_not_given_twice(town: Town) -> None:
    numbers = at_the_desk(town, lambda hearing: [plan.new_measure(hearing, "Neu").number for _ in range(2)])
    assert numbers == [5, 6]
    with pytest.raises(Invalid) as refused:
        at_the_desk(town, lambda hearing: plan.new_measure(hearing, "Noch eine", number=6))
    assert refused.value.key == "refusal-measure-exists"


@pytest.mark.parametrize(
    ("title", "more", "key"),
    [
        ("  ", {}, "refusal-measure-incomplete"),
        ("x" * 301, {}, "refusal-plan-title-long"),
        ("Neu", {"number": -1}, "refusal-measure-incomplete"),
        ("Neu", {"initiative": "nobody"}, "refusal-plan-initiative"),
        ("Neu", {"begins": date(2027, 2, 1), "due": date(2027, 1, 31)}, "refusal-plan-dates"),
    ],
)
def test_a_new_measure_that_cannot_be_is_refused_and_nothing_is_added(
    town: Town, title: str, more: dict[str, object], key: str
) -> None:
    with pytest.raises(Invalid) as refused:
        at_the_desk(town, lambda hearing: plan.new_measure(hearing, title, **more))  # type: ignore[arg-type]
    assert refused.value.key == key
    assert town.database.read_now(plan.next_number) == 5


# --- PLAN


def test_the_plan_by_mail_shows_each_field_with_its_light_bar_and_freshness(town: Town) -> None:
    laid_out(town)
    town.link(ERIKA)
    town.chat(ERIKA, "M1 60 %")
    town.chat(ERIKA, "M2 blockiert: kein Grundstück")
    note = town.letter(MAX, "PLAN")
    assert note.lines[:2] == ("Der Plan ist ein Entwurf.", "Insgesamt: ▲ rot · 15 % · 4 Maßnahmen")
    (field,) = note.items
    assert (field.title, field.percent) == ("Infrastruktur: ▲ rot", 15)
    assert field.lines == ("4 Maßnahmen: 1 ● · 1 ▲ · 2 ○", "Letzte Meldung: heute")
    assert "Noch ohne Maßnahmen: Technische Infrastruktur, Gewerbliche Flächen," in note.closing[0]
    assert "mehr als 90 Tage" in note.closing[-1]
    assert town.reply(MAX, "PLAN Infrastruktur").title == "Infrastruktur"


def test_in_a_chat_the_plan_is_one_bubble_with_a_button_for_each_field(town: Town) -> None:
    town.link(ERIKA)
    note = town.chat(ERIKA, "/plan")
    assert note.items == ()
    assert "Infrastruktur: ○ noch nicht begonnen · 0 %" in note.lines[0]
    field = town.tap(ERIKA, button(note, "Infrastruktur"))
    assert field.title == "Infrastruktur"
    assert "○ M1 Radweg · 0 %, noch nicht begonnen" in field.lines[0]
    assert town.tap(ERIKA, button(field, "Ganzer Plan")).title == note.title


def test_a_field_shows_its_goals_with_their_measures(town: Town) -> None:
    town.office(AddMeasure(5, "Kanal", field="Infrastruktur", due=date(2027, 3, 31)))
    town.letter(OFFICE, "ÄNDERN M5; Ziel; Wege ausbauen / Radwege")
    town.reply(OFFICE, "JA")
    note = town.letter(MAX, "PLAN Infrastruktur")
    goal, rest = note.items
    assert (goal.title, goal.percent) == ("Wege ausbauen: ○ noch nicht begonnen", 0)
    assert goal.lines == (
        "Radwege: ○ noch nicht begonnen",
        "○ M5 Kanal · 0 %, noch nicht begonnen · Termin: 31. März 2027",
    )
    assert rest.title == "Ohne Ziel"
    assert len(rest.lines) == 4


def test_the_response_rate_stands_in_the_plan_while_a_round_is_open(town: Town) -> None:
    town.meeting(30)
    assert "Rücklauf" not in words(town.letter(MAX, "PLAN"))
    town.at += timedelta(days=12)
    town.link(ERIKA)
    town.chat(ERIKA, "M1 60 %")
    assert "Rücklauf zur nächsten Sitzung: 1 von 3 Maßnahmen" in town.letter(MAX, "PLAN").lines


def test_an_unknown_field_is_answered_with_those_that_are_there(town: Town) -> None:
    note = town.letter(MAX, "PLAN: Tourismus")
    assert note.lines == ("Ein Themenfeld »Tourismus« kenne ich nicht. Es gibt: Infrastruktur.",)


def test_a_guest_does_not_see_the_plan(town: Town) -> None:
    assert "Infrastruktur" not in words(town.letter(GUEST, "PLAN"))


def test_an_empty_plan_says_so(tmp_path: Path, migrated_sqlite: Path) -> None:
    database = Database(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'empty.db')}")
    town = Town(database)
    town.database.write_now(plan.lay_out)
    note = town.office(ShowPlan())
    database.close()
    assert "Hier gibt es noch keine Maßnahmen." in note.lines
    assert note.items == ()


# --- the card and evidence


def test_a_card_tells_what_the_plan_says_only_where_it_says_anything(town: Town) -> None:
    town.link(OFFICE)
    before = words(town.chat(OFFICE, "M1"))
    for change in (
        "Beginn; 01.02.2027",
        "Ziel; Wege ausbauen / Radwege",
        "Meilenstein; Baubeginn; 01.03.2027",
        "Meilenstein; Planung; 15.12.2026",
    ):
        town.chat(OFFICE, f"ÄNDERN M1; {change}")
    card = words(town.chat(OFFICE, "M1"))
    assert not any(word in before for word in ("Ziel", "Beginn", "Meilenstein"))
    assert "Ziel: Radwege\nBeginn: 1. Februar 2027\nNächster Meilenstein: Planung (15.12.2026)" in card
    town.chat(OFFICE, "ÄNDERN M1; Meilenstein; Planung; erledigt")
    assert "Nächster Meilenstein: Baubeginn (01.03.2027)" in words(town.chat(OFFICE, "M1 20 %"))


def test_evidence_is_kept_and_the_last_two_lines_stand_on_the_card(town: Town) -> None:
    town.link(ERIKA)
    for text in ("https://beispiel.example.org/1", "Förderbescheid liegt vor", "Eröffnung am 3. Oktober"):
        note = town.chat(ERIKA, f"NACHWEIS M1: {text}")
        assert note.title == "Nachweis notiert: M1 Radweg"
    assert town.measure(1).evidence[0] == "https://beispiel.example.org/1"
    card = words(town.chat(ERIKA, "M1"))
    assert "Nachweis: Förderbescheid liegt vor\nNachweis: Eröffnung am 3. Oktober" in card
    assert "beispiel.example.org" not in card


def test_the_same_evidence_twice_is_kept_once_and_can_be_taken_back(town: Town) -> None:
    town.link(ERIKA)
    first = town.chat(ERIKA, "NACHWEIS M1: fertig gebaut")
    town.chat(ERIKA, "NACHWEIS M1: fertig gebaut")
    assert town.measure(1).evidence == ["fertig gebaut"]
    assert town.tap(ERIKA, button(first, "Rückgängig")).title == "Nachweis entfernt: M1 Radweg"
    assert town.measure(1).evidence == []


def test_evidence_of_somebody_elses_measure_or_without_words_is_refused(town: Town) -> None:
    town.link(ERIKA)
    assert "M3 Messe" in words(town.chat(ERIKA, "NACHWEIS M3: Fotos"))
    assert "Was belegt den Fortschritt?" in words(town.chat(ERIKA, "NACHWEIS M1:"))
    assert "höchstens 500 Zeichen" in words(town.chat(ERIKA, f"NACHWEIS M1: {'x' * 501}"))
    assert town.measure(1).evidence == town.measure(3).evidence == []
