"""Roles: observers read along, and nobody gives or takes the office's rights alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from alliance import ballots, notices, poll_steps, rounds
from alliance.desk import Voice
from alliance.errors import NotAllowed
from alliance.intents import (
    AssignMeasure,
    DecideRole,
    HandOver,
    Intent,
    OpenPoll,
    RegisterPerson,
    SetRole,
    Trust,
    Unclear,
    Vote,
)
from alliance.notes import Note
from alliance.packing import unpack
from alliance.understanding import understand
from store.tables import Assignment, Channel, Deed, LeadOffer, Meeting, OutboxRow, Person, Role, RoleProposal
from tests.town import ERIKA, HOUSE, MAX, OFFICE, Town, button, copy_of, words

JUTTA, KIM = "jutta@stadt.example.org", "kim@stadt.example.org"  # of the office, too
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, settled_sqlite: Path) -> Path:
    """The small alliance with a second person of the office, to be copied; roles do not depend on where they are."""
    folder = tmp_path_factory.mktemp("roles")
    with copy_of(settled_sqlite, folder) as town:
        town.office(RegisterPerson("Jutta Probe", JUTTA, "Stadt", office=True))
        town.link(ERIKA)
        town.link(OFFICE)
        town.forget_letters()
    return folder / "town.db"


@pytest.fixture
def town(tmp_path: Path, prepared: Path) -> Iterator[Town]:
    with copy_of(prepared, tmp_path) as town:
        yield town


def says(town: Town, who: str, text: str) -> Note:
    """A letter with its confirmation."""
    note = town.letter(who, text)
    return town.reply(who, "JA") if note.title == "Bitte bestätigen Sie kurz" else note


def proposed(town: Town, who: str = MAX, role: str = "Geschäftsstelle") -> Note:
    """The question that the office's other person gets, after Jutta has proposed it."""
    says(town, JUTTA, f"ROLLE {who} {role}")
    return unpack(town.bubbles(OFFICE)[-1].note, Note)


def count(town: Town, kind: type) -> int:
    return len(town.database.read_now(lambda session: session.exec(select(kind)).all()))


def role_of(town: Town, email: str) -> str:
    return town.person(email).role


def deeds(town: Town, what: str) -> list[Deed]:
    return town.database.read_now(lambda session: list(session.exec(select(Deed).where(Deed.what == what))))


# How it is said -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("ROLLE max@firma.example.org Beobachter", "observer"),
        ("Rolle Max@firma.example.org: Beobachterin", "observer"),
        ("rolle max@firma.example.org ist jetzt Mitglied", "member"),
        ("ROLLE: max@firma.example.org; Geschaeftsstelle", "office"),
        ("ROLE max@firma.example.org office", "office"),
        ("/rolle max@firma.example.org Mitglied", "member"),
        ("Rolle Geschäftsstelle für max@firma.example.org", "office"),
    ],
)
def test_a_role_is_said_in_many_ways(said: str, role: str) -> None:
    assert understand(said, TODAY) == SetRole("max@firma.example.org", role)


@pytest.mark.parametrize(
    "said",
    [
        "ROLLE max@firma.example.org",
        "ROLLE Beobachter",
        "ROLLE max@firma.example.org Vorsitz",
        "ROLLE max@firma.example.org Mitglied oder Beobachter",
        "ROLLE max@firma.example.org nicht Geschäftsstelle",
        "ROLLE max@firma.example.org kim@firma.example.org Mitglied",
        "Rolle der Geschäftsstelle?",
    ],
)
def test_what_does_not_fit_is_no_role(said: str) -> None:
    assert isinstance(understand(said, TODAY), Unclear)


# Observers ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def observed(town: Town) -> Town:
    """Erika, who led M1 and M2, reads along; a meeting is three weeks away and a poll is open."""
    town.meeting(24)
    town.chat(OFFICE, f"ROLLE {ERIKA} Beobachter")
    town.office(OpenPoll("yes-no", "Soll es einen Sommermarkt geben?", confirmed=True))
    return town


def test_one_person_of_the_office_makes_a_member_an_observer_and_all_hear_of_it(town: Town) -> None:
    note = town.chat(OFFICE, f"ROLLE {ERIKA} Beobachter")
    assert note.title == "Erika Beispiel: jetzt Beobachter"
    assert "Ohne Verantwortliche sind jetzt: M1 und M2" in words(note)
    assert "Nach einem Stand gefragt werden Sie nicht mehr" in town.bubbles(ERIKA)[-1].note["lines"][0]
    assert role_of(town, ERIKA) == Role.OBSERVER
    assert town.letters(JUTTA) == []  # nothing of the office's rights was changed
    assert [deed.details["measures"] for deed in deeds(town, "set-role")] == [[1, 2]]
    assert town.chat(OFFICE, f"ROLLE {ERIKA} Mitglied").title == "Erika Beispiel: jetzt Mitglied"
    assert role_of(town, ERIKA) == Role.MEMBER
    assert count(town, Assignment) == 1  # what was freed does not come back by itself


def test_an_observer_takes_no_part(observed: Town) -> None:
    before = count(observed, Deed)
    for said in (
        "M1 60 %",
        "M4 60 %",
        "unverändert",
        "STIMME JA",
        "IDEE: Radstation",
        "ANGEBOT: Stapler",
        "RÜCKGÄNGIG",
    ):
        assert "lesen Sie mit" in words(observed.chat(ERIKA, said)), said
    assert count(observed, Deed) == before


def test_an_observer_reads_along_and_settles_what_is_theirs(observed: Town) -> None:
    for said in ("STATUS", "PLAN", "M1", "ABSTIMMUNG", "IDEEN", "WOCHENÜBERBLICK MONATLICH", "PAUSE bis 31.12.",
                 "ZUSAGE", "HILFE", "EXPORT", "SPRACHE EN"):  # fmt: skip
        note = observed.chat(ERIKA, said)
        assert note.title not in {"", "Das ging leider nicht"}, said
        assert not note.futile, said


def test_an_observer_is_asked_nothing_and_counted_nowhere(observed: Town) -> None:
    def looked(session: Session) -> tuple[set[int], int, int, list[str]]:
        meeting = session.exec(select(Meeting)).one()
        turnout = rounds.turnout(session, HOUSE, meeting, observed.at)
        asked = {person.id or 0 for person, _ in rounds.led(session)}
        steps = [step.what for step in poll_steps.due(session, HOUSE, observed.at)]
        return asked, turnout.asked, ballots.people(session), steps

    asked, in_round, voters, _ = observed.database.read_now(looked)
    assert asked == {observed.person(MAX).id}
    assert in_round == 1
    assert voters == 3  # Max and the office
    assert [row for row in observed.bubbles(ERIKA) if "Abstimmung" in row.note["title"]] == []
    assert "Beispiel" not in words(observed.chat(OFFICE, "OFFEN"))
    assert "Beispiel" not in words(observed.chat(OFFICE, "ABSTIMMUNG"))


def test_a_measure_left_to_an_observer_is_asked_of_nobody(town: Town) -> None:
    """However it came about, for instance because an import was taken back."""

    def left_over(session: Session) -> set[int]:
        erika = session.exec(select(Person).where(Person.name == "Erika Beispiel")).one()
        erika.role = Role.OBSERVER
        session.flush()
        return {measure.number for _, measure in rounds.led(session)}

    assert town.database.write_now(left_over) == {3}


def test_a_vote_of_somebody_who_now_reads_along_no_longer_counts(town: Town) -> None:
    town.meeting(24)
    town.office(OpenPoll("yes-no", "Soll es einen Sommermarkt geben?", confirmed=True))
    town.chat(ERIKA, "STIMME JA")
    assert town.database.read_now(lambda session: ballots.voters(session, 1)) == {town.person(ERIKA).id}
    town.chat(OFFICE, f"ROLLE {ERIKA} Beobachter")
    assert town.database.read_now(lambda session: ballots.voters(session, 1)) == set()


def test_an_observer_sees_a_poll_without_the_ways_to_vote(observed: Town) -> None:
    note = observed.chat(ERIKA, "ABSTIMMUNG")
    assert "unter den Mitgliedern" in words(note)
    assert not any(isinstance(action.intent, Vote) for action in note.actions)


def test_no_task_is_given_to_an_observer(observed: Town) -> None:
    observed.at += timedelta(days=25)  # the meeting has begun
    for said in (f"ZUORDNEN M4 {ERIKA}", f"ZUORDNEN M4 {ERIKA} beteiligt", f"PROTOKOLLANT {ERIKA}",
                 f"BESCHLUSS: Ladepunkte; {ERIKA}; 30.06.2027; Verkehr"):  # fmt: skip
        assert "übernimmt keine Aufgaben" in words(observed.chat(OFFICE, said)), said
    assert count(observed, Assignment) == 1


def test_a_measure_cannot_be_handed_over_to_an_observer(observed: Town) -> None:
    observed.link(MAX)
    assert "übernimmt keine Aufgaben" in words(observed.tap(MAX, HandOver(3, ERIKA)))
    assert count(observed, LeadOffer) == 0


def test_what_was_offered_before_somebody_became_an_observer_is_void(town: Town) -> None:
    town.link(MAX)
    town.tap(MAX, HandOver(3, ERIKA))
    offer = unpack(town.bubbles(ERIKA)[-1].note, Note)
    town.chat(OFFICE, f"ROLLE {ERIKA} Beobachter")
    town.chat(OFFICE, f"ROLLE {ERIKA} Mitglied")
    assert town.tap(ERIKA, button(offer, "Ja, ich übernehme")).title == ""
    assert count(town, Assignment) == 1


def test_help_of_an_observer_names_only_what_they_may_do(observed: Town) -> None:
    said = words(observed.chat(ERIKA, "HILFE"))
    assert "ZUSAGE" in said
    assert "STIMME" not in said
    assert "ABGEBEN" not in said


# The office's rights --------------------------------------------------------------------------------------------------


def test_nobody_of_the_office_gives_its_rights_alone(town: Town) -> None:
    note = says(town, JUTTA, f"ROLLE {MAX} Geschäftsstelle")
    assert note.title == "Vorgeschlagen: Max Muster, Rolle Geschäftsstelle"
    assert role_of(town, MAX) == Role.MEMBER
    assert town.letters(MAX) == []


def test_a_second_person_of_the_office_gives_them(town: Town) -> None:
    note = town.tap(OFFICE, button(proposed(town), "Ja, Rechte geben"))
    assert note.title == "Max Muster: jetzt Geschäftsstelle"
    assert role_of(town, MAX) == Role.OFFICE
    assert town.last_letter(MAX).title == "Sie gehören jetzt zur Geschäftsstelle"
    assert "Geändert von: Geschäftsstelle" in words(town.last_letter(JUTTA))
    assert deeds(town, "set-role")[0].details["proposal"] == 1


def test_a_no_leaves_all_as_it_is_and_the_proposer_hears_of_it(town: Town) -> None:
    question = proposed(town)
    town.tap(OFFICE, button(question, "Nein, nicht geben"))
    assert role_of(town, MAX) == Role.MEMBER
    assert "hat Nein gesagt" in words(town.last_letter(JUTTA))
    assert town.letters(MAX) == []
    assert "schon entschieden" in town.tap(OFFICE, button(question, "Ja, Rechte geben")).toast
    assert role_of(town, MAX) == Role.MEMBER


def test_the_second_person_may_answer_by_mail(town: Town) -> None:
    town.office(RegisterPerson("Kim Probe", KIM, "Stadt", office=True))
    proposed(town)
    assert town.reply(KIM, "JA").title == "Max Muster: jetzt Geschäftsstelle"
    assert role_of(town, MAX) == Role.OFFICE


def test_a_bare_letter_decides_nothing(town: Town) -> None:
    proposed(town)
    assert understand("JA", TODAY) != DecideRole(1, accept=True)
    town.letter(OFFICE, "JA")
    assert role_of(town, MAX) == Role.MEMBER


def test_the_proposer_cannot_be_the_second_person(town: Town) -> None:
    proposed(town)
    note = town.database.write_now(
        lambda session: town.desk.hear(
            session, Voice(Channel.MAIL, town.at, email=JUTTA, token=_token(session, JUTTA)), DecideRole(1, accept=True)
        )
    )
    assert "selbst vorgeschlagen" in words(note)
    assert role_of(town, MAX) == Role.MEMBER


def _token(session: Session, email: str) -> str:
    rows = session.exec(select(OutboxRow).where(OutboxRow.to == email)).all()
    return rows[-1].token


def test_who_is_to_lose_the_rights_is_told_and_cannot_decide(town: Town) -> None:
    town.office(RegisterPerson("Kim Probe", KIM, "Stadt", office=True))
    says(town, KIM, f"ROLLE {OFFICE} Mitglied")
    assert "Entschieden ist noch nichts" in words(unpack(town.bubbles(OFFICE)[-1].note, Note))
    assert "eigenen Rechte" in town.tap(OFFICE, DecideRole(1, accept=False)).toast
    assert role_of(town, OFFICE) == Role.OFFICE
    assert town.reply(JUTTA, "JA").title == "Geschäftsstelle: jetzt Mitglied"
    assert role_of(town, OFFICE) == Role.MEMBER
    assert "Rechte der Geschäftsstelle sind damit beendet" in words(unpack(town.bubbles(OFFICE)[-1].note, Note))
    assert "nur die Geschäftsstelle" in words(town.chat(OFFICE, "OFFEN"))


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (lambda town: setattr(town, "at", town.at + timedelta(days=14)), "gilt nicht mehr"),
        (lambda town: town.office(SetRole(JUTTA, "member")), "gilt nicht mehr"),
        (lambda town: town.office(SetRole(MAX, "office")), "gilt nicht mehr"),
        (lambda town: says(town, MAX, "ABMELDEN"), "gilt nicht mehr"),
    ],
    ids=["after-two-weeks", "the-proposer-is-no-longer-of-the-office", "done-otherwise", "the-person-has-left"],
)
def test_a_proposal_lapses(town: Town, meanwhile: Callable[[Town], object], said: str) -> None:
    question = proposed(town)
    meanwhile(town)
    before = role_of(town, MAX)
    assert said in town.tap(OFFICE, button(question, "Ja, Rechte geben")).toast
    assert role_of(town, MAX) == before


def test_twenty_presses_are_one_change(town: Town) -> None:
    yes = button(proposed(town), "Ja, Rechte geben")
    for _ in range(20):
        town.tap(OFFICE, yes)
    assert len(deeds(town, "set-role")) == 1


def test_the_same_proposal_twice_asks_once_and_the_other_person_may_decide_at_once(town: Town) -> None:
    proposed(town)
    says(town, JUTTA, f"ROLLE {MAX} Geschäftsstelle")
    assert count(town, RoleProposal) == 1
    assert len([row for row in town.bubbles(OFFICE) if "gehören?" in row.note["title"]]) == 1
    shown = town.chat(OFFICE, f"ROLLE {MAX} Geschäftsstelle")
    assert town.tap(OFFICE, button(shown, "Ja, Rechte geben")).title == "Max Muster: jetzt Geschäftsstelle"


def test_with_one_person_of_the_office_the_operator_is_named(town: Town) -> None:
    town.office(SetRole(JUTTA, "member"))
    said = words(town.chat(OFFICE, f"ROLLE {MAX} Geschäftsstelle"))
    assert f"zukunftsplan person role {MAX} office" in said
    assert count(town, RoleProposal) == 0
    town.office(SetRole(MAX, "office"))
    assert role_of(town, MAX) == Role.OFFICE


def test_the_last_person_of_the_office_stays_unless_the_operator_says_so(town: Town) -> None:
    town.office(SetRole(JUTTA, "member"))
    assert "letzte Person" in words(town.chat(OFFICE, f"ROLLE {OFFICE} Mitglied"))
    assert "letzte Person" in words(town.chat(OFFICE, "ABMELDEN"))
    assert (role_of(town, OFFICE), town.person(OFFICE).left_at) == (Role.OFFICE, None)
    note = town.office(SetRole(OFFICE, "observer"))
    assert "niemand mehr" in words(note)
    assert role_of(town, OFFICE) == Role.OBSERVER


def test_one_of_several_of_the_office_may_leave(town: Town) -> None:
    town.chat(OFFICE, "ABMELDEN")
    assert town.person(OFFICE).left_at is not None


def test_a_person_is_registered_for_the_office_by_the_operator_only(town: Town) -> None:
    note = town.tap(OFFICE, RegisterPerson("Robin Probe", KIM, "Stadt", office=True))
    assert "niemand allein" in note.toast
    with pytest.raises(Exception, match="No row was found"):
        town.person(KIM)


def test_the_operator_cannot_answer_for_a_second_person(town: Town) -> None:
    proposed(town)
    with pytest.raises(NotAllowed, match="refusal-operator-in-person"):
        town.office(DecideRole(1, accept=True))
    assert role_of(town, MAX) == Role.MEMBER


@pytest.mark.parametrize("said", ["JA", f"ROLLE {MAX} Geschäftsstelle", "ADRESSE fremd@neu.example.org", "ABMELDEN"])
def test_nobody_vouches_for_a_letter_in_order_to_be_two(town: Town, said: str) -> None:
    """Jutta proposes, sends a letter in the name of the other, and says JA to her own forgery."""
    proposed(town)
    before = count(town, Deed)
    forge = "rate@ganz.example.org"
    token = town.letters(OFFICE)[-1].token if town.letters(OFFICE) else town.bubbles(OFFICE)[-1].token
    town.letter(forge, said, token)
    assert isinstance(town.last_letter(JUTTA).actions[0].intent, Trust)
    assert "niemand anderes bestätigen" in words(town.reply(JUTTA, "JA"))
    assert role_of(town, MAX) == Role.MEMBER
    assert count(town, RoleProposal) == 1
    assert not {deed.what for deed in deeds_since(town, before)} & {"set-role", "add-address", "propose-role"}


def deeds_since(town: Town, number: int) -> list[Deed]:
    return town.database.read_now(lambda session: list(session.exec(select(Deed)).all()[number:]))


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (SetRole("niemand@neu.example.org", "member"), "niemand@neu.example.org"),
        (SetRole(MAX, "member"), "schon"),
        (SetRole(MAX, "king"), "Möglich sind"),
    ],
)
def test_what_cannot_be_a_role_is_refused(town: Town, wish: Intent, why: str) -> None:
    assert why in town.tap(OFFICE, wish).toast


def test_everyone_is_told_by_the_operator_too(town: Town) -> None:
    town.office(SetRole(MAX, "office"))
    assert "Kommandozeile" in words(unpack(town.bubbles(OFFICE)[-1].note, Note))
    assert [person.id for person in town.database.read_now(notices.office_people)][-1] == town.person(JUTTA).id


# Spreadsheets ---------------------------------------------------------------------------------------------------------

HEAD = "Name;E-Mail;Unternehmen;Rolle"
NEW = "neu@werk.example.org"


def sheet(town: Town, *rows: str) -> Note:
    content = "\r\n".join((HEAD, *rows)).encode()
    voice = Voice(Channel.TELEGRAM, town.at, chat_id=7_000_000_003)
    return town.database.write_now(lambda session: town.desk.receive_file(session, voice, "liste.csv", content))


def test_no_spreadsheet_gives_or_takes_the_offices_rights(town: Town) -> None:
    note = sheet(
        town,
        f"Robin Probe;{NEW};Probe GmbH;Geschäftsstelle",
        f"Max Muster;{MAX};Logistik KG;Geschäftsstelle",
        f"Jutta Probe;{JUTTA};Stadt;Mitglied",
        f"Geschäftsstelle;{OFFICE};Stadt;Beobachter",
    )
    assert words(note).count("gibt und nimmt keine Tabelle") == 4
    assert note.actions == ()


def test_who_left_the_office_does_not_come_back_to_it_by_a_spreadsheet(town: Town) -> None:
    says(town, JUTTA, "ABMELDEN")
    assert "gibt und nimmt keine Tabelle" in words(sheet(town, f"Jutta Probe;{JUTTA};Stadt;"))
    town.tap(OFFICE, button(sheet(town, f"Jutta Probe;{JUTTA};Stadt;Mitglied"), "✓ Ja, übernehmen"))
    assert (role_of(town, JUTTA), town.person(JUTTA).left_at) == (Role.MEMBER, None)


def test_a_spreadsheet_makes_observers_of_those_who_carry_nothing(town: Town) -> None:
    note = sheet(town, f"Robin Probe;{NEW};Probe GmbH;Beobachterin", f"Max Muster;{MAX};Logistik KG;Beobachter")
    assert "eingetragen ist hier noch: M3" in words(note)
    note = sheet(town, f"Robin Probe;{NEW};Probe GmbH;Beobachterin")
    town.tap(OFFICE, button(note, "✓ Ja, übernehmen"))
    assert role_of(town, NEW) == Role.OBSERVER
    assert "frage ich kurz nach dem Stand" not in words(town.last_letter(NEW))


def test_a_plan_sheet_gives_no_measure_to_an_observer(town: Town) -> None:
    town.chat(OFFICE, f"ROLLE {ERIKA} Beobachter")
    content = f"Nr.;Maßnahme;Verantwortlich\r\n4;Glasfaser;{ERIKA}\r\n".encode()
    voice = Voice(Channel.TELEGRAM, town.at, chat_id=7_000_000_003)
    note = town.database.write_now(lambda session: town.desk.receive_file(session, voice, "plan.csv", content))
    assert "kann keine Maßnahme tragen" in words(note)


def test_what_is_exported_can_come_back_with_the_office_in_it(town: Town) -> None:
    note = sheet(town, f"Jutta Probe;{JUTTA};Stadt;Geschäftsstelle", f"Max Muster;{MAX};Logistik KG;")
    assert "2 gleich" in words(note)


def test_reports_of_others_than_the_carriers_are_refused_with_the_title(town: Town) -> None:
    assert "»M3 Messe« ist Ihnen nicht zugeordnet" in words(town.chat(ERIKA, "M3 60 %"))
    town.office(AssignMeasure(3, ERIKA, lead=False))
    assert town.chat(ERIKA, "M3 60 %").title == "Danke, notiert: M3"


@pytest.mark.parametrize("said", ["ÄNDERN M4 Titel: Neu", "import"])
def test_who_has_left_the_office_takes_back_nothing_of_what_it_did(town: Town, said: str) -> None:
    token = _letter_to(town, JUTTA)
    if said == "import":
        sheet = b"Nummer;Titel\n4;Neu\n"
        voice = Voice(Channel.MAIL, town.at, email=JUTTA, token=token)
        town.database.write_now(lambda session: _receive(town, session, voice, sheet))
        town.reply(JUTTA, "JA")
    else:
        town.letter(JUTTA, said, token)
    assert town.measure(4).title == "Neu"
    town.office(SetRole(JUTTA, "member"))
    assert town.letter(JUTTA, "RÜCKGÄNGIG", token).futile
    assert town.measure(4).title == "Neu"
    town.office(SetRole(JUTTA, "office"))
    town.letter(JUTTA, "RÜCKGÄNGIG", token)
    assert town.measure(4).title == "Glasfaser"


def _letter_to(town: Town, email: str) -> str:
    town.letter(email, "STATUS")
    return town.letters(email)[-1].token


def _receive(town: Town, session: Session, voice: Voice, sheet: bytes) -> None:
    note = town.desk.receive_file(session, voice, "plan.csv", sheet)
    town.desk.answer_by_mail(session, voice, note, "<letter@example.org>")


def test_taking_back_an_import_sends_nobody_away_from_the_office(town: Town) -> None:
    sheet = f"Name;E-Mail;Unternehmen\nKim Beispiel;{KIM};Stadt\n".encode()
    voice = Voice(Channel.MAIL, town.at, email=JUTTA, token=_letter_to(town, JUTTA))
    town.database.write_now(lambda session: _receive(town, session, voice, sheet))
    assert town.reply(JUTTA, "JA").title == "»plan.csv« ist übernommen"
    town.office(SetRole(KIM, "office"))
    town.letter(JUTTA, "RÜCKGÄNGIG", _letter_to(town, JUTTA))
    assert (role_of(town, KIM), town.person(KIM).left_at) == (Role.OFFICE, None)
