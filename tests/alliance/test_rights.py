"""Who may do what, cell by cell, as it was agreed; and that the desk itself refuses, politely, and changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select
from structlog.testing import capture_logs
from typer.testing import CliRunner

import texts
from alliance import intents, rights
from alliance.desk import DEEDS, Voice
from alliance.errors import NotAllowed, Refusal
from alliance.hearing import Hearing
from alliance.intents import (
    AddEvidence,
    AmendMeasure,
    Export,
    Intent,
    PlanMeeting,
    RecordMinutes,
    Report,
    ReportProgress,
    Unclear,
)
from alliance.rights import RIGHTS, Cell, Standing
from app import cli, rights_table
from docs import rights as page
from store.database import Database
from store.tables import Address, Channel, Deed, Deputyship, Idea, Offer, Person, Role
from tests.town import ERIKA, GUEST, HOUSE, MAX, OFFICE, START, Town, words

KINDS: tuple[type, ...] = Intent.__args__
LETTERS = {"y": Cell.YES, "o": Cell.OWN, "p": Cell.PART, "-": None}

# y: yes, o: own, p: part, -: no. Of a guest, an observer, a member, who carries the measure, the office, the operator
AGREED = """
Greet                 yyyyy-    Join                  yyyyy-    Confirm               yyyyy-
NameCompany           yyyyy-    Help                  yyyyy-    Thank                 yyyyy-
Unclear               yyyyy-    ShowPrivacy           yyyyy-    AgreeTelegram         yyyyy-
ShowMyData            ooooo-    Rectify               ooooo-    Erase                 ooooo-
ShowMeasure           -yyyyy    ShowPlan              -yyyyy    ShowPlanSheet         -yyyyy
ShowPoll              -yyyyy    ShowIdeas             -yyyyy    ShowOffers            -yyyyy
Export                -pppyy    ShowStatus            -yyyy-    Attend                -yyyy-
SendDeputy            -yyyy-    SetDigest             -yyyy-    FollowPlan            -yyyy-
Pause                 -yyyy-    Resume                -yyyy-    Speak                 -yyyy-
LinkTelegram          -yyyy-    UnlinkTelegram        -yyyy-    AddAddress            -yyyy-
DropAddress           -yyyy-    MailMe                -yyyy-    ChangeCompany         -yyyy-
NoteNeeds             -yyyy-    Leave                 -yyyp-
ReportProgress        ---yyy    AddEvidence           ---yyy
HandOver              --ooo-    AnswerLead            --ooo-    NameDeputy            --yyy-
AnswerDeputy          --ooo-    EndDeputy             --ooo-    Undo                  --ooo-
Vote                  --yyy-    ShareIdea             --yyy-    PlaceIdea             --ooo-
KeepIdea              --ooo-    ShareOffer            --yyy-    AskContact            --yyy-
CloseOffer            -oooyy    AnswerMatch           -oooo-    RecordMinutes         --ooyy
RecordDecisions       --ooyy
Decide                ----yy    AnswerPerson          ----yy    Trust                 ----yy
SwitchSending         ----yy    ShowOutstanding       ----yy    RegisterCompany       ----yy
RegisterPerson        ----py    AddMeasure            ----yy    AssignMeasure         ----yy
PlanMeeting           ----yy    ChangeMeeting         ----yy    SetAgenda             ----yy
CancelMeeting         ----yy    Invite                ----yy    ShowAttendance        ----yy
ShowHistory           ----yy    MakeReport            ----yy    SetPlanState          ----yy
AmendMeasure          ----yy    PreviewDigest         ----yy    ReleaseDigest         ----yy
NameMinuteTaker       ----yy    SendCorrection        ----yy    OpenPoll              ----yy
ClosePoll             ----yy    DecideIdea            ----yy    ApplyImport           ----yy
ShowPersonalRequests  ----yy    AnswerPersonalRequest ----yy    CorrectPerson         ----yy
DecideCompany         ----yy    SetRole               ----py    DecideRole            ----y-
"""
EXPECTED: dict[str, str] = dict(zip(AGREED.split()[::2], AGREED.split()[1::2], strict=True))
CELLS = [
    pytest.param(kind, standing, EXPECTED[kind.__name__][at], id=f"{kind.__name__}-{standing}")
    for kind in KINDS
    for at, standing in enumerate(Standing)
]


# The table ------------------------------------------------------------------------------------------------------------


def test_every_wish_was_thought_of() -> None:
    assert {kind.__name__ for kind in KINDS} == {kind.__name__ for kind in RIGHTS}
    assert {kind.__name__ for kind in RIGHTS} == set(EXPECTED)


@pytest.mark.parametrize(("kind", "standing", "agreed"), CELLS)
def test_a_cell_is_as_it_was_agreed(kind: type, standing: Standing, agreed: str) -> None:
    assert RIGHTS[kind].get(standing) is LETTERS[agreed]


def test_what_only_the_office_may_do_is_never_for_others() -> None:
    """Whoever adds a wish about other people has to put it here on purpose."""
    of_office = {kind for kind in RIGHTS if not RIGHTS[kind].keys() - {Standing.OFFICE, Standing.OPERATOR}}
    assert {kind.__name__ for kind in of_office} == {name for name, row in EXPECTED.items() if row[:4] == "----"}


def test_whoever_carries_a_measure_may_all_that_a_member_may() -> None:
    for kind, row in RIGHTS.items():
        assert Standing.MEMBER not in row or row[Standing.CARRIER] == row[Standing.MEMBER], kind


def test_the_page_shows_the_table_as_it_is() -> None:
    assert page.FILE.read_text(encoding="utf-8") == page.page()


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_command_line_shows_it_in_a_hundred_columns(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "LANGUAGE", language)
    monkeypatch.setattr(cli.out, "_width", 100)
    shown = CliRunner().invoke(cli.main, ["rights"])
    assert shown.exit_code == 0
    lines = shown.output.splitlines()
    assert max(map(len, lines)) <= 100
    assert "…" not in shown.output.split(texts.say(language, "rights-wish-greet"))[0]  # no heading is cut off
    assert len(lines) > len(RIGHTS)


# Who is who -----------------------------------------------------------------------------------------------------------

OBSERVER = "kim@kammer.example.org"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Town]:
    """Erika leads M1 and M2, Max M3 and contributes to M1; nothing in this module changes anything."""
    file = shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("rights") / "town.db")
    database = Database(f"sqlite:///{file}")
    town = Town(database).settle()
    town.office(intents.RegisterPerson("Kim Probe", OBSERVER, "Kammer"))
    town.office(intents.SetRole(OBSERVER, "observer"))
    town.office(intents.AssignMeasure(1, MAX, lead=False))
    for who in (ERIKA, MAX, OFFICE):
        town.link(who)
    town.tap(ERIKA, intents.ShareIdea("Radstation am Bahnhof"))
    town.tap(ERIKA, intents.ShareOffer("Stapler zu verleihen"))
    town.at = START
    yield town
    database.close()


def hearing(session: Session, who: str, at: Any = START) -> Hearing:
    """Who speaks in the chat; "" is a guest, "operator" the command line."""
    voice = Voice(Channel.TELEGRAM, at, chat_id=1)
    if who == "operator":
        return Hearing(session, HOUSE, voice, operator=True, proved=True)
    person = next((one for one in session.exec(select(Person)) if one.id == _id(session, who)), None)
    return Hearing(session, HOUSE, voice, person, proved=True)


def _id(session: Session, email: str) -> int | None:
    return session.exec(select(Address.person_id).where(Address.email == email)).first()


def standing(town: Town, who: str, intent: Intent) -> Standing:
    return town.database.read_now(lambda session: rights.standing(hearing(session, who), intent))


def refusal(town: Town, who: str, intent: Intent) -> str:
    """The key of the refusal, "" if there is none."""

    def checked(session: Session) -> str:
        try:
            rights.check(hearing(session, who), intent)
        except NotAllowed as error:
            texts.say("de", error.key, **error.values)
            return error.key
        return ""

    return town.database.read_now(checked)


def reports(*numbers: int | None) -> ReportProgress:
    return ReportProgress(tuple(Report(number, percent=60) for number in numbers))


@pytest.mark.parametrize(
    ("who", "wish", "is_then"),
    [
        ("", reports(1), Standing.GUEST),
        (OBSERVER, reports(1), Standing.OBSERVER),
        (ERIKA, reports(1), Standing.CARRIER),
        (ERIKA, reports(1, 2), Standing.CARRIER),
        (ERIKA, reports(None), Standing.CARRIER),
        (ERIKA, reports(1, 3), Standing.MEMBER),
        (MAX, reports(1), Standing.CARRIER),  # contributing is enough
        (MAX, reports(2), Standing.MEMBER),
        (MAX, AddEvidence(3, "fertig"), Standing.CARRIER),
        (MAX, AddEvidence(4, "fertig"), Standing.MEMBER),
        (MAX, intents.ShowStatus(), Standing.MEMBER),
        (OFFICE, reports(4), Standing.OFFICE),
        ("operator", reports(4), Standing.OPERATOR),
    ],
)
def test_what_somebody_is_depends_on_the_wish(town: Town, who: str, wish: Intent, is_then: Standing) -> None:
    assert standing(town, who, wish) is is_then


def test_a_deputy_carries_what_the_other_carries_as_long_as_it_holds(town: Town) -> None:
    def with_deputy(session: Session, until: date, **values: Any) -> list[Standing]:
        savepoint = session.begin_nested()
        erika, maxi = _id(session, ERIKA) or 0, _id(session, MAX) or 0
        made = {"accepted": True, "made_at": START, **values}
        session.add(Deputyship(person_id=erika, deputy_id=maxi, until=until, **made))
        session.flush()
        found = [rights.standing(hearing(session, who), reports(2)) for who in (MAX, ERIKA)]
        savepoint.rollback()
        return found

    carrier, member = Standing.CARRIER, Standing.MEMBER
    held = town.database.write_now(lambda session: with_deputy(session, START.date()))
    over = town.database.write_now(lambda session: with_deputy(session, date(2026, 11, 22)))
    unanswered = town.database.write_now(lambda session: with_deputy(session, START.date(), accepted=None))
    ended = town.database.write_now(lambda session: with_deputy(session, START.date(), ended_at=START))
    assert held == [carrier, carrier]
    assert over == unanswered == ended == [member, carrier]


def test_a_role_of_a_newer_version_reads_along(town: Town) -> None:
    def archivist(session: Session) -> Standing:
        speaker = hearing(session, MAX)
        speaker.member.role = "archivist"  # type: ignore[assignment]  # what the database may hold
        found = rights.standing(speaker, reports(3))
        session.rollback()
        return found

    assert town.database.write_now(archivist) is Standing.OBSERVER


# What is said ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "wish", "key"),
    [
        ("", intents.ShowStatus(), "refusal-members-only"),
        ("", intents.ShowOutstanding(), "refusal-office-only"),
        ("", reports(1), "refusal-members-only"),
        (OBSERVER, reports(1), "refusal-observer"),
        (OBSERVER, intents.Vote((("", 1),)), "refusal-observer"),
        (OBSERVER, intents.ShowOutstanding(), "refusal-office-only"),
        (OBSERVER, Export("members"), "refusal-office-only"),
        (OBSERVER, Export("plan"), ""),
        (ERIKA, reports(3), "refusal-not-your-measure"),
        (ERIKA, reports(99), ""),  # of what does not exist the deed says so
        (ERIKA, AddEvidence(3, "x"), "refusal-not-your-measure"),
        (ERIKA, intents.HandOver(3, MAX), "refusal-lead-not-yours"),
        (MAX, intents.HandOver(1, ERIKA), "refusal-lead-not-yours"),  # who contributes does not lead
        (OFFICE, intents.HandOver(1, MAX), "refusal-lead-not-yours"),
        (MAX, intents.HandOver(3, ERIKA), ""),
        (MAX, intents.PlaceIdea(1, 3), "refusal-idea-not-yours"),
        (OFFICE, intents.KeepIdea(1), "refusal-idea-not-yours"),
        (ERIKA, intents.KeepIdea(1), ""),
        (MAX, intents.CloseOffer(1), "refusal-offer-not-yours"),
        (ERIKA, intents.CloseOffer(1), ""),
        (OFFICE, intents.CloseOffer(1), ""),
        (MAX, RecordMinutes("Es waren viele da."), "refusal-minutes-not-yours"),
        (OFFICE, RecordMinutes("Es waren viele da."), ""),
        (OFFICE, intents.Leave(), "refusal-last-of-office"),
        (MAX, intents.Leave(), ""),
        (OFFICE, intents.RegisterPerson("Robin Probe", GUEST, "Stadt", office=True), "refusal-office-by-two"),
        (OFFICE, intents.RegisterPerson("Robin Probe", GUEST, "Stadt"), ""),
        ("operator", intents.RegisterPerson("Robin Probe", GUEST, "Stadt", office=True), ""),
        ("operator", intents.ShowStatus(), "refusal-operator-in-person"),
        ("operator", intents.Undo(), "refusal-operator-in-person"),
    ],
)
def test_a_refusal_says_why(town: Town, who: str, wish: Intent, key: str) -> None:
    assert refusal(town, who, wish) == key


def test_who_carries_nothing_hears_that(town: Town) -> None:
    def checked(session: Session) -> str:
        speaker = hearing(session, OFFICE)
        speaker.member.role = Role.MEMBER
        with pytest.raises(NotAllowed) as refused:
            rights.check(speaker, reports(None))
        session.rollback()
        return refused.value.key

    assert town.database.write_now(checked) == "refusal-no-measures"


# The desk -------------------------------------------------------------------------------------------------------------


def example(kind: type) -> Any:
    """Some wish of this kind, whatever is in it."""
    usual: dict[str, Any] = {"int": 1, "str": "x", "bool": True, "date": date(2027, 1, 4), "time": time(17)}
    special: dict[type, Any] = {
        ReportProgress: reports(4),
        AddEvidence: AddEvidence(4, "x"),
        AmendMeasure: AmendMeasure(4, "title", "x"),
        PlanMeeting: PlanMeeting("alliance", "x", date(2027, 1, 4), time(17)),
        Unclear: Unclear("x"),
        intents.SetDigest: intents.SetDigest("never"),
        intents.Rectify: intents.Rectify("x"),
        intents.DecideIdea: intents.DecideIdea(1, "decline", reason="x"),
        Export: Export("members"),
    }
    if kind in special:
        return special[kind]
    return kind(*(usual.get(str(field.type).removesuffix(" | None"), ()) for field in fields(kind)))


def snapshot(town: Town) -> tuple[int, ...]:
    """How many deeds, people, ideas and offers there are."""
    tables = (Deed, Person, Idea, Offer)
    return town.database.read_now(lambda session: tuple(len(session.exec(select(table)).all()) for table in tables))


@pytest.mark.parametrize("who", [ERIKA, GUEST])
@pytest.mark.fault(55)
def test_the_desk_itself_refuses_and_changes_nothing(town: Town, who: str) -> None:
    """Every wish that is not for them, tapped in a chat as if a button had been forged."""
    position = 3 if who == ERIKA else 0
    refused = [kind for kind in KINDS if EXPECTED[kind.__name__][position] == "-"]
    before = snapshot(town)
    assert len(refused) > 30
    for kind in (*refused, ReportProgress):
        with capture_logs() as logs:
            note = town.tap(who, example(kind))
        assert note.toast.endswith("."), kind
        assert logs[0]["action"] == "refused", kind
        assert logs[0]["wish"] == kind.__name__
    assert snapshot(town) == before


def test_a_refusal_is_logged_with_ids_only(town: Town) -> None:
    with capture_logs() as logs:
        town.chat(ERIKA, "M3 60 %, geheimes Gutachten fehlt")
    person = town.person(ERIKA).id
    assert logs == [
        {
            "event": "refused",
            "action": "refused",
            "key": "refusal-not-your-measure",
            "wish": "ReportProgress",
            "person": person,
            "log_level": "info",
        }
    ]


@pytest.mark.parametrize(
    "said",
    ["OFFEN", "/offen", "BETRIEB STOPP", "MITGLIED Robin Probe; neu@werk.example.org; Stadt", "BERICHT",
     "ZUORDNEN M4 max@x.example", "M4 telefonisch: 60 %", "EXPORT MITGLIEDER", "PLAN VERABSCHIEDET",
     "ROLLE erika@stahl.example.org office", "STREICHEN M3; doppelt", "EINLADEN", "TEILNAHME"],
)  # fmt: skip
@pytest.mark.fault(55)
def test_a_member_who_says_what_the_office_says_is_refused_by_either_door(town: Town, said: str) -> None:
    before = snapshot(town)
    for note in (town.chat(ERIKA, said), town.letter(MAX, said)):
        assert any(hint in words(note) for hint in ("nur die Geschäftsstelle", "nicht zugeordnet")), words(note)
        assert note.futile
    assert snapshot(town) == before


def test_a_spreadsheet_of_a_member_is_refused(town: Town) -> None:
    voice = Voice(Channel.MAIL, START, email=MAX, name="Max Muster")
    note = town.database.write_now(lambda session: town.desk.receive_file(session, voice, "plan.csv", b"Nr.;Titel"))
    assert "nur die Geschäftsstelle" in words(note)


def test_the_operator_is_checked_too(town: Town) -> None:
    for wish in (intents.ShowStatus(), intents.Pause(None), intents.Vote(()), Unclear("Hallo")):
        with pytest.raises(NotAllowed, match="refusal-operator-in-person"):
            town.office(wish)


def test_whoever_has_a_cell_is_answered_or_refused_with_a_sentence(town: Town) -> None:
    """No cell promises what its deed cannot do without a person, as at the command line."""
    answered: set[tuple[str, str]] = set()

    def tried(session: Session, kind: type, who: str) -> None:
        savepoint = session.begin_nested()
        speaker = hearing(session, who)
        try:
            rights.check(speaker, example(kind))
            DEEDS[kind](speaker, example(kind))
            answered.add((kind.__name__, who))
        except Refusal as refusal:
            texts.say("de", refusal.key, **refusal.values)
        savepoint.rollback()

    def job(session: Session) -> None:
        for kind in KINDS:
            for who in (OBSERVER, "operator"):
                tried(session, kind, who)
        session.rollback()

    town.database.write_now(job)
    assert {("ShowOutstanding", "operator"), ("ShowStatus", OBSERVER), ("ShowMeasure", "operator")} <= answered
    assert ("ShowOutstanding", OBSERVER) not in answered


def test_every_wish_has_words_for_the_table() -> None:
    for language in texts.LANGUAGES:
        rows = rights_table.rows(language)
        assert len({row[0] for row in rows}) == len(RIGHTS)
