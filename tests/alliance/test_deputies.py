"""A deputy answers for another's measures for a time: once they have agreed, and not a day longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from alliance import rounds
from alliance.intents import AnswerDeputy, AssignMeasure, EndDeputy, Matter, NameDeputy, RegisterPerson
from alliance.notes import Note
from alliance.packing import unpack
from alliance.understanding import understand
from scheduler import jobs
from store.tables import Address, Deed, Deputyship, Meeting, OutboxRow, Person, Role
from tests.town import BERLIN, ERIKA, HOUSE, MAX, OFFICE, Town, button, copy_of, words

JUTTA = "jutta@handwerk.example.org"
TODAY = date(2026, 11, 23)
UNTIL = date(2026, 12, 31)
ASK = f"VERTRETUNG {MAX} bis 31.12.2026"


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, settled_sqlite: Path) -> Path:
    """Erika and the office chat, Max and Jutta write letters. M1 and M2 are Erika's, M3 is Max's, Jutta has none."""
    folder = tmp_path_factory.mktemp("deputies")
    with copy_of(settled_sqlite, folder) as town:
        town.office(RegisterPerson("Jutta Probe", JUTTA, "Handwerk eG"))
        town.forget_letters()
        town.link(ERIKA)
        town.link(OFFICE)
    return folder / "town.db"


@pytest.fixture
def town(tmp_path: Path, settled: Path) -> Iterator[Town]:
    """That town, once for each test."""
    with copy_of(settled, tmp_path) as town:
        yield town


def agreed(town: Town) -> None:
    """Max answers for Erika until 31 December."""
    town.chat(ERIKA, ASK)
    town.reply(MAX, "JA")
    town.forget_letters()


def beat(town: Town, **later: int) -> None:
    """Let time pass, then let the clock do what is due."""
    town.at += timedelta(**later)
    town.database.write_now(lambda session: jobs.beat(session, HOUSE, town.at))


def go_to(town: Town, month: int, day: int, hour: int = 9, year: int = 2026) -> None:
    """Move the clock on to a moment in Berlin; it does what is due then."""
    town.at = datetime(year, month, day, hour, 1, tzinfo=BERLIN)
    beat(town)


def bubble(town: Town, who: str) -> Note:
    return unpack(town.bubbles(who)[-1].note, Note)


def titles(rows: list[OutboxRow]) -> list[str]:
    return [row.note["title"] for row in rows]


def asked(rows: list[OutboxRow]) -> list[OutboxRow]:
    """The status questions and reminders among these."""
    return [row for row in rows if row.dedupe_key.startswith("nudge:")]


def deputyships(town: Town) -> list[Deputyship]:
    return town.database.read_now(lambda session: list(session.exec(select(Deputyship).order_by(col(Deputyship.id)))))


def deeds(town: Town, what: str) -> list[Deed]:
    return town.database.read_now(lambda session: list(session.exec(select(Deed).where(Deed.what == what))))


def set_person(town: Town, email: str, **values: object) -> None:
    def job(session: Session) -> None:
        person = session.exec(select(Person).join(Address).where(Address.email == email)).one()
        for name, value in values.items():
            setattr(person, name, value)

    town.database.write_now(job)


def sent(town: Town) -> None:
    """As if everything in the outbox had gone out."""

    def job(session: Session) -> None:
        for row in session.exec(select(OutboxRow)):
            row.state = "sent"  # type: ignore[assignment]

    town.database.write_now(job)


def turnout(town: Town) -> rounds.Turnout:
    def job(session: Session) -> rounds.Turnout:
        return rounds.turnout(session, HOUSE, session.exec(select(Meeting)).one(), town.at)

    return town.database.read_now(job)


# What is said ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (f"VERTRETUNG {MAX} bis 31.12.2026", NameDeputy(MAX, UNTIL)),
        (f"vertretung: {MAX} bis zum 31. Dezember", NameDeputy(MAX, UNTIL)),
        (f"Vertretung bis 31.12.2026: {MAX}", NameDeputy(MAX, UNTIL)),
        (f"Vertretung ist Max Muster <{MAX}> bis 31.12.2026", NameDeputy(MAX, UNTIL)),
        (f"VERTRETUNG {MAX} für zwei Wochen", NameDeputy(MAX, date(2026, 12, 7))),
        (f"DEPUTY {MAX} until 31 December 2026", NameDeputy(MAX, UNTIL)),
        ("VERTRETUNG Max Muster bis 31.12.2026", NameDeputy("Max Muster", UNTIL)),
        ("VERTRETUNG bis 31.12.2026", NameDeputy("", UNTIL)),
        ("VERTRETUNG", NameDeputy()),
        ("Vertretung bitte", NameDeputy()),
        ("VERTRETUNG ENDE", EndDeputy()),
        ("Vertretung bitte beenden", EndDeputy()),
        ("VERTRETUNG ENDE 12", EndDeputy(12)),
        ("DEPUTY END", EndDeputy()),
    ],
)
def test_the_words_of_a_deputy_for_a_time(text: str, meant: object) -> None:
    assert understand(text, TODAY) == meant


@pytest.mark.parametrize(
    "text",
    [
        f"VERTRETUNG {MAX}",
        "VERTRETUNG Jutta Probe",
        f"VERTRETUNG {MAX} bis auf Weiteres",
        f"VERTRETUNG {MAX} vom 1.12. bis 15.12.",
        f"VERTRETUNG {MAX} oder {JUTTA} bis 15.12.",
        "Vertretung am Ende doch nicht",
        "VERTRETUNG?",
    ],
)
def test_what_does_not_fit_is_never_a_deputy_for_a_time(text: str) -> None:
    assert not isinstance(understand(text, TODAY), NameDeputy | EndDeputy)


def test_after_a_pause_the_address_is_enough() -> None:
    paused = Matter("deputy", UNTIL.toordinal())
    assert understand(MAX, TODAY, paused) == NameDeputy(MAX, UNTIL)
    assert understand(f"VERTRETUNG {MAX}", TODAY, paused) == NameDeputy(MAX, UNTIL)
    assert understand(f"{MAX} bis 24.12.2026", TODAY, paused) == NameDeputy(MAX, date(2026, 12, 24))
    assert not isinstance(understand("Danke, M1 60 %", TODAY, paused), NameDeputy)


# From the question to the answer --------------------------------------------------------------------------------------


def test_it_holds_once_the_deputy_has_agreed(town: Town) -> None:
    receipt = town.chat(ERIKA, ASK)
    assert receipt.title == f"Angefragt: Vertretung durch {MAX} bis Donnerstag, 31. Dezember 2026"
    assert "weiter Sie" in receipt.lines[0]
    question = town.last_letter(MAX)
    assert question.title == "Vertreten Sie Stahl GmbH bis Donnerstag, 31. Dezember 2026?"
    assert {"M1 Radweg", "M2 Flächenbörse"} <= set(question.lines)
    assert "nicht zugeordnet" in town.letter(MAX, "M1 60 %", town.letters(MAX)[-1].token).lines[0]
    question_row = next(row for row in town.letters(MAX) if row.dedupe_key.startswith("deputy-ask:"))
    receipt = town.letter(MAX, "JA", question_row.token)
    assert receipt.title == "Sie vertreten Stahl GmbH bis Donnerstag, 31. Dezember 2026"
    assert [item.title for item in receipt.items] == ["M1 Radweg", "M2 Flächenbörse"]
    assert all("In Vertretung für Stahl GmbH" in item.lines for item in receipt.items)
    assert bubble(town, ERIKA).title == "Ihre Vertretung hat zugesagt"
    report = town.letter(MAX, "M1 60 %", town.letters(MAX)[-1].token)
    assert report.title == "Danke, notiert: M1"
    assert "In Vertretung für Stahl GmbH" in report.items[0].lines
    assert town.measure(1).percent == 60


def test_the_history_names_the_deputy_and_in_whose_place(town: Town) -> None:
    agreed(town)
    town.letter(MAX, "STATUS")
    town.reply(MAX, "M1 60 %")
    town.reply(MAX, "M3 20 %")
    instead, own = deeds(town, "report")
    assert instead.actor_id == own.actor_id == town.person(MAX).id
    assert instead.details["instead_of"] == {"1": town.person(ERIKA).id}
    assert "instead_of" not in own.details
    said = words(town.chat(OFFICE, "VERLAUF M1"))
    assert "Max Muster (Logistik KG), in Vertretung für Erika Beispiel (Stahl GmbH)" in said
    assert [deed.details["deputyship"] for deed in deeds(town, "name-deputy") + deeds(town, "accept-deputy")] == [1, 1]


def test_status_shows_own_and_deputised_measures_and_whose_they_are(town: Town) -> None:
    agreed(town)
    note = town.letter(MAX, "STATUS")
    marked = {item.title: "In Vertretung für Stahl GmbH" in item.lines for item in note.items}
    assert marked == {"M1 Radweg": True, "M2 Flächenbörse": True, "M3 Messe": False}
    assert "Erika" not in words(note)


def test_a_measure_that_both_carry_is_the_deputys_own(town: Town) -> None:
    town.office(AssignMeasure(1, MAX, lead=False))
    agreed(town)
    note = town.letter(MAX, "STATUS")
    assert {item.title: "In Vertretung für Stahl GmbH" in item.lines for item in note.items} == {
        "M1 Radweg": False,
        "M2 Flächenbörse": True,
        "M3 Messe": False,
    }


def test_no_means_no_and_the_person_hears_of_it(town: Town) -> None:
    town.chat(ERIKA, ASK)
    token = town.letters(MAX)[-1].token
    assert town.letter(MAX, "NEIN", token).title == "Notiert: keine Vertretung für Stahl GmbH"
    assert bubble(town, ERIKA).title == "Ihre Vertretung hat abgesagt"
    assert "schon abgesagt" in town.letter(MAX, "JA", token).lines[0]
    assert "nicht zugeordnet" in town.letter(MAX, "M1 60 %", token).lines[0]


def test_somebody_who_is_no_member_is_told_apart_from_nobody(town: Town) -> None:
    unknown = town.chat(ERIKA, "VERTRETUNG gast@neu.example.org bis 31.12.2026")
    assert "BEITRETEN" in unknown.lines[0]
    assert HOUSE.email in unknown.lines[0]
    set_person(town, JUTTA, role=Role.OBSERVER)
    observer = town.chat(ERIKA, f"VERTRETUNG {JUTTA} bis 31.12.2026")
    assert observer.lines[0].replace(JUTTA, "gast@neu.example.org") == unknown.lines[0]
    assert deputyships(town) == []


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (f"VERTRETUNG {MAX} bis 22.11.2026", "einen Tag ab heute"),
        (f"VERTRETUNG {MAX} bis 25.11.2027", "höchstens ein Jahr"),
        (f"VERTRETUNG {ERIKA} bis 31.12.2026", "Ihre eigene Adresse"),
        ("VERTRETUNG Max Muster bis 31.12.2026", "brauche ich eine E-Mail-Adresse"),
        ("VERTRETUNG", "VERTRETUNG name@firma.example bis 15.08."),
    ],
)
def test_what_cannot_be_is_refused_kindly(town: Town, said: str, says: str) -> None:
    assert says in words(town.chat(ERIKA, said))
    assert deputyships(town) == []
    assert town.letters(MAX) == []


def test_366_days_are_the_longest(town: Town) -> None:
    assert town.tap(ERIKA, NameDeputy(MAX, TODAY + timedelta(days=366))).title.startswith("Angefragt")


def test_without_a_day_it_is_about_the_next_meeting_as_ever(town: Town) -> None:
    town.meeting(30)
    assert town.chat(ERIKA, f"VERTRETUNG {MAX}").title == f"Notiert: Für Sie kommt {MAX}"
    assert deputyships(town) == []


def test_deputies_of_deputies_are_refused_in_both_directions(town: Town) -> None:
    agreed(town)
    refused = town.letter(MAX, "STATUS") and town.reply(MAX, f"VERTRETUNG {JUTTA} bis 31.12.2026")
    assert "Sie vertreten zurzeit Stahl GmbH" in refused.lines[0]
    town.letter(JUTTA, "STATUS")
    refused = town.reply(JUTTA, f"VERTRETUNG {ERIKA} bis 31.12.2026")
    assert "lässt sich zurzeit selbst vertreten" in refused.lines[0]
    assert len(deputyships(town)) == 1


def test_a_chain_that_would_come_about_by_the_answer_is_refused_then(town: Town) -> None:
    town.chat(ERIKA, ASK)
    of_erika = town.letters(MAX)[-1].token
    town.letter(MAX, f"VERTRETUNG {JUTTA} bis 31.12.2026", of_erika)
    town.reply(JUTTA, "JA")
    assert "Sie lassen sich zurzeit selbst vertreten" in town.letter(MAX, "JA", of_erika).lines[0]
    assert [one.accepted for one in deputyships(town)] == [None, True]
    town.letter(MAX, "VERTRETUNG ENDE", of_erika)
    assert town.letter(MAX, "JA", of_erika).title.startswith("Sie vertreten Stahl GmbH bis")


def test_a_mail_only_member_proves_who_they_are_first(town: Town) -> None:
    town.letter(MAX, f"VERTRETUNG {JUTTA} bis 31.12.2026")
    assert town.last_letter(MAX).actions[0].intent == NameDeputy(JUTTA, UNTIL)
    assert deputyships(town) == []
    town.reply(MAX, "JA")
    assert town.last_letter(JUTTA).title.startswith("Vertreten Sie Logistik KG")


def test_nobody_answers_or_ends_for_another(town: Town) -> None:
    town.chat(ERIKA, ASK)
    assert "nicht mehr gültig" in town.tap(OFFICE, AnswerDeputy(1, accept=True)).toast
    assert "keine Vertretung" in town.tap(OFFICE, EndDeputy(1)).toast
    assert "nicht mehr gültig" in town.tap(ERIKA, AnswerDeputy(99, accept=True)).toast
    assert deputyships(town)[0].answered_at is None


# In the round ---------------------------------------------------------------------------------------------------------


def test_one_letter_to_the_deputy_for_own_and_deputised_measures(town: Town) -> None:
    town.meeting(30)
    agreed(town)
    go_to(town, 12, 2)
    assert asked(town.bubbles(ERIKA)) == []
    (question,) = asked(town.letters(MAX))
    note = unpack(question.note, Note)
    assert note.title == "Bitte bis 16. Dezember: Wie steht es um Ihre 3 Maßnahmen?"
    assert ["In Vertretung für Stahl GmbH" in item.lines for item in note.items] == [True, True, False]
    assert turnout(town).asked == 1
    town.letter(MAX, "unverändert", question.token)
    assert [town.measure(number).reported_at is not None for number in (1, 2, 3)] == [True, True, True]
    assert (turnout(town).answered, turnout(town).missing) == (1, ())


def test_the_person_may_still_report_and_is_counted_once(town: Town) -> None:
    town.meeting(30)
    agreed(town)
    go_to(town, 12, 2)
    town.chat(ERIKA, "M1 80 %")
    town.chat(ERIKA, "M2 80 %")
    assert [lead.unanswered for lead in turnout(town).missing] == [(3,)]
    assert turnout(town).asked == 1


def test_the_office_sees_who_is_to_answer_for_whom(town: Town) -> None:
    town.meeting(30)
    agreed(town)
    go_to(town, 12, 2)
    line = town.chat(OFFICE, "OFFEN").lines[1]
    assert line.startswith("Max Muster, Logistik KG: M1, M2 und M3")
    assert line.endswith("auch in Vertretung für Stahl GmbH")


def test_nobody_gets_more_than_four_nudges_because_of_it(town: Town) -> None:
    town.meeting(30)
    go_to(town, 12, 3)
    agreed(town)
    for day in range(4, 21):
        go_to(town, 12, day)
    assert 0 < len(asked(town.letters(MAX))) <= 4
    assert asked(town.bubbles(ERIKA)) == []


def test_pause_offers_a_deputy_and_then_the_deputy_is_asked(town: Town) -> None:
    town.meeting(30)
    receipt = town.chat(ERIKA, "PAUSE bis 31.12.2026")
    ask = town.tap(ERIKA, button(receipt, "Vertretung nennen"))
    assert ask.title == "Wer vertritt Sie?"
    assert "31. Dezember 2026" in ask.lines[0]
    assert "Ihre Pause gilt schon jetzt" in town.chat(ERIKA, MAX).lines[0]
    town.reply(MAX, "JA")
    town.forget_letters()
    go_to(town, 12, 2)
    assert asked(town.bubbles(ERIKA)) == []
    (question,) = asked(town.letters(MAX))
    assert len(unpack(question.note, Note).items) == 3
    assert turnout(town).asked == 1


def test_by_mail_the_receipt_of_a_pause_is_answered_with_the_deputys_address(town: Town) -> None:
    town.letter(MAX, "STATUS")
    receipt = town.reply(MAX, "PAUSE bis 31.12.2026")
    assert [action.word for action in receipt.actions] == ["WEITER", "VERTRETUNG"]
    assert town.reply(MAX, f"VERTRETUNG {JUTTA}").title.startswith(
        f"Angefragt: Vertretung durch {JUTTA} bis Donnerstag"
    )
    assert deputyships(town)[0].until == UNTIL


def test_a_deputy_who_pauses_is_told_that_this_is_left_alone_too(town: Town) -> None:
    agreed(town)
    town.letter(MAX, "STATUS")
    assert "Sie vertreten zurzeit Stahl GmbH" in words(town.reply(MAX, "PAUSE bis 15.12.2026"))
    assert "Max Muster (Logistik KG)" in words(town.chat(ERIKA, "PAUSE bis 15.12.2026"))


# The end --------------------------------------------------------------------------------------------------------------


def test_it_ends_on_the_day_and_both_hear_of_it_once(town: Town) -> None:
    agreed(town)
    town.letter(MAX, "STATUS")
    status = town.letters(MAX)[-1].token
    go_to(town, 12, 31, 23)
    assert town.letter(MAX, "M1 60 %", status).title == "Danke, notiert: M1"
    go_to(town, 1, 1, 10, year=2027)  # a holiday: nobody is written to, and it is over all the same
    assert "nicht zugeordnet" in town.letter(MAX, "M1 65 %", status).lines[0]
    go_to(town, 1, 4, 8, year=2027)
    assert "nicht zugeordnet" in town.letter(MAX, "M1 70 %", status).lines[0]
    for _ in range(3):
        beat(town, hours=1)
    assert titles(town.bubbles(ERIKA)).count("Ihre Vertretung ist beendet") == 1
    assert titles(town.letters(MAX)).count("Sie vertreten Stahl GmbH nicht mehr") == 1


def test_the_clock_knows_when_it_ends(town: Town) -> None:
    agreed(town)
    at, step = town.at, ""
    while step != "deputy-over":
        at, step = town.database.read_now(lambda session, at=at: jobs.next_thing(session, HOUSE, at))  # type: ignore[misc]
    assert at.astimezone(BERLIN) == datetime(2027, 1, 4, 8, tzinfo=BERLIN)


@pytest.mark.parametrize("who", [ERIKA, MAX])
def test_either_side_can_end_it_and_the_other_hears_of_it(town: Town, who: str) -> None:
    agreed(town)
    if who == MAX:
        town.letter(MAX, "STATUS")
    done = town.reply(MAX, "VERTRETUNG ENDE") if who == MAX else town.chat(ERIKA, "VERTRETUNG ENDE")
    told = town.last_letter(MAX) if who == ERIKA else bubble(town, ERIKA)
    assert {done.title, told.title} == {"Ihre Vertretung ist beendet", "Sie vertreten Stahl GmbH nicht mehr"}
    assert deputyships(town)[0].ended_at is not None
    assert "keine Vertretung" in town.chat(ERIKA, "VERTRETUNG ENDE").lines[0]
    town.meeting(30)
    go_to(town, 12, 2)
    assert len(asked(town.bubbles(ERIKA))) == len(asked(town.letters(MAX))) == 1


def test_a_new_deputy_takes_over_once_they_agree(town: Town) -> None:
    agreed(town)
    receipt = town.chat(ERIKA, f"VERTRETUNG {JUTTA} bis 31.12.2026")
    assert "bleibt, bis die neue zugesagt hat" in receipt.lines[1]
    assert deputyships(town)[0].ended_at is None
    town.reply(JUTTA, "JA")
    assert [one.ended_at is None for one in deputyships(town)] == [False, True]
    assert town.last_letter(MAX).title == "Sie vertreten Stahl GmbH nicht mehr"
    assert titles(town.bubbles(ERIKA)) == ["Ihre Vertretung hat zugesagt"]


def test_a_longer_time_with_the_same_deputy_needs_their_word_and_nobody_hears_of_an_end(town: Town) -> None:
    agreed(town)
    town.chat(ERIKA, f"VERTRETUNG {MAX} bis 31.01.2027")
    town.reply(MAX, "JA")
    assert "Sie vertreten Stahl GmbH nicht mehr" not in titles(town.letters(MAX))
    assert [one.ended_at is None for one in deputyships(town)] == [False, True]


def test_a_request_can_be_taken_back_and_replaced(town: Town) -> None:
    receipt = town.chat(ERIKA, ASK)
    assert "schon angefragt" in town.chat(ERIKA, ASK).lines[0]
    assert town.tap(ERIKA, button(receipt, "Bitte zurückziehen")).title == "Zurückgezogen"
    assert [row.state for row in town.letters(MAX)] == ["dropped"]
    town.chat(ERIKA, ASK)
    sent(town)
    token = town.letters(MAX)[-1].token
    town.chat(ERIKA, f"VERTRETUNG {JUTTA} bis 31.12.2026")
    assert town.last_letter(MAX).title == "Erledigt: Vertretung für Stahl GmbH"
    assert "hat sich erledigt" in town.letter(MAX, "JA", token).lines[0]


def test_who_could_mean_several_is_asked_which(town: Town) -> None:
    agreed(town)
    town.letter(JUTTA, "STATUS")
    town.reply(JUTTA, ASK)
    town.reply(MAX, "JA")
    town.letter(MAX, "STATUS")
    which = town.reply(MAX, "VERTRETUNG ENDE")
    assert which.title == "Welche Vertretung soll enden?"
    assert [action.label for action in which.actions] == [
        "Sie vertreten Stahl GmbH bis 31. Dezember 2026",
        "Sie vertreten Handwerk eG bis 31. Dezember 2026",
    ]
    assert town.reply(MAX, which.actions[1].word).title == "Sie vertreten Handwerk eG nicht mehr"
    assert [one.ended_at is None for one in deputyships(town)] == [True, False]


def test_it_ends_when_one_of_both_leaves(town: Town) -> None:
    agreed(town)
    town.letter(MAX, "STATUS")
    town.reply(MAX, "ABMELDEN")
    assert "Ihre Vertretung ist beendet" in titles(town.bubbles(ERIKA))
    town.chat(ERIKA, f"VERTRETUNG {JUTTA} bis 31.12.2026")
    town.reply(JUTTA, "JA")
    town.chat(ERIKA, "ABMELDEN")
    assert town.last_letter(JUTTA).title == "Sie vertreten Stahl GmbH nicht mehr"
    assert all(one.ended_at for one in deputyships(town))


def test_it_ends_when_one_of_both_is_erased_or_only_observes_from_now_on(town: Town) -> None:
    agreed(town)
    town.letter(MAX, "STATUS")
    town.reply(MAX, "LÖSCHEN")
    town.reply(MAX, "JA")
    assert "Ihre Vertretung ist beendet" in titles(town.bubbles(ERIKA))
    town.chat(ERIKA, f"VERTRETUNG {JUTTA} bis 31.12.2026")
    town.reply(JUTTA, "JA")
    town.chat(OFFICE, f"ROLLE {JUTTA} Beobachter")
    assert "Sie vertreten Stahl GmbH nicht mehr" in titles(town.letters(JUTTA))
    assert all(one.ended_at for one in deputyships(town))


def test_what_was_asked_before_somebody_left_is_void_when_they_are_back(town: Town) -> None:
    town.chat(ERIKA, ASK)
    token = town.letters(MAX)[-1].token
    town.chat(ERIKA, "ABMELDEN")
    town.at += timedelta(minutes=1)
    town.office(RegisterPerson("Erika Beispiel", ERIKA, "Stahl GmbH"))
    assert "hat sich erledigt" in town.letter(MAX, "JA", token).lines[0]


def test_without_an_answer_there_is_one_reminder_and_then_a_word_to_the_person(town: Town) -> None:
    town.chat(ERIKA, f"VERTRETUNG {MAX} bis 27.11.2026")
    go_to(town, 11, 27)
    assert titles(town.letters(MAX)).count("Erinnerung: Vertreten Sie Stahl GmbH bis Freitag, 27. November 2026?") == 1
    go_to(town, 11, 30)
    for _ in range(3):
        beat(town, hours=1)
    assert titles(town.bubbles(ERIKA)).count("Niemand hat die Vertretung übernommen") == 1
    token = next(row.token for row in town.letters(MAX) if row.dedupe_key.startswith("deputy-ask:"))
    assert "hat sich erledigt" in town.letter(MAX, "JA", token).lines[0]


def test_a_deputy_who_pauses_is_not_reminded_of_the_request(town: Town) -> None:
    town.chat(ERIKA, ASK)
    set_person(town, MAX, paused_until=date(2026, 12, 10))
    go_to(town, 12, 10)
    assert not any(title.startswith("Erinnerung") for title in titles(town.letters(MAX)))
    go_to(town, 12, 11)
    assert any(title.startswith("Erinnerung: Vertreten Sie") for title in titles(town.letters(MAX)))


def test_who_is_still_paused_when_it_ends_is_told_so(town: Town) -> None:
    agreed(town)
    town.chat(ERIKA, "PAUSE bis 31.01.2027")
    assert "bis Sonntag, 31. Januar 2027 gilt weiter" in words(town.chat(ERIKA, "VERTRETUNG ENDE"))


def test_a_deputy_cannot_give_away_what_is_not_theirs(town: Town) -> None:
    agreed(town)
    town.letter(MAX, "STATUS")
    assert "nicht verantwortlich" in town.reply(MAX, f"ABGEBEN M1 an {JUTTA}").lines[0]
