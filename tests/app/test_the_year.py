"""The alliance's year as it is shipped: replayed once, then looked at from all sides."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console
from sqlmodel import Session, col, select

from alliance import plan
from app import simulation_report
from app.settings import Settings
from app.simulate import STORY
from app.simulation import Happening, Replay, replay
from app.story import read
from store.tables import (
    Address,
    Amendment,
    Assignment,
    Idea,
    InboxRow,
    Measure,
    Meeting,
    OutboxRow,
    Person,
    Poll,
    Received,
    Sending,
)
from tests.prying import overheard

BERLIN = ZoneInfo("Europe/Berlin")
pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("year")]


@dataclass(frozen=True)
class Year:
    """What is left of the year: the replay, and some of the tables at its end."""

    replay: Replay
    state: str
    meetings: list[Meeting]
    measures: dict[int, Measure]
    led: set[int]
    amendments: list[Amendment]
    ideas: list[Idea]
    polls: list[Poll]
    unsent: list[tuple[str, str]]
    unheard: list[tuple[str, str]]
    people: list[Person]
    overheard: list[str]

    def got(self, who: str, beginning: str) -> list[Happening]:
        """What somebody was sent under a title that begins so."""
        return [
            one for one in self.replay.happenings if one.who == who and not one.own and one.title.startswith(beginning)
        ]

    @property
    def everyone(self) -> list[str]:
        return [figure.key for figure in self.replay.story.figures]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    folder = tmp_path_factory.mktemp("year")

    async def live() -> Year:
        async with replay(Settings(_env_file=None), read(STORY, BERLIN), folder) as told:
            await told.run()
            return await told.world.parts.database.read(lambda session: _look(session, told))

    return asyncio.run(live())


def _look(session: Session, told: Replay) -> Year:
    sent = {Sending.SENT, Sending.DROPPED}
    heard = {Received.DONE, Received.IGNORED}
    leads = select(Measure.number).join(Assignment).where(col(Assignment.lead))
    return Year(
        replay=told,
        state=plan.state(session),
        meetings=list(session.exec(select(Meeting).order_by(col(Meeting.starts_at)))),
        measures={measure.number: measure for measure in session.exec(select(Measure))},
        led=set(session.exec(leads)),
        amendments=list(session.exec(select(Amendment))),
        ideas=list(session.exec(select(Idea))),
        polls=list(session.exec(select(Poll))),
        unsent=[(row.dedupe_key, row.state) for row in session.exec(select(OutboxRow)) if row.state not in sent],
        unheard=[(row.outcome, row.state) for row in session.exec(select(InboxRow)) if row.state not in heard],
        people=list(session.exec(select(Person))),
        overheard=overheard(told.world.telegram, _personal(session)),
    )


def _personal(session: Session) -> dict[int, set[str]]:
    """Name and addresses of everybody by their chat, or by a number that is no chat."""
    found = {}
    for person in session.exec(select(Person)):
        emails = session.exec(select(Address.email).where(Address.person_id == person.id))
        found[person.telegram_id or -(person.id or 0)] = {person.name, *emails}
    return found


def test_at_its_end_the_plan_is_adopted(year: Year) -> None:
    assert year.state == "adopted"
    for who in year.everyone:
        assert len(year.got(who, "Der Zukunftsplan ist beschlossen")) == (who != "office")


def test_everything_was_heard_and_everything_was_sent(year: Year) -> None:
    assert year.unheard == []
    assert year.unsent == []


def test_everyone_was_invited_to_every_meeting_once(year: Year) -> None:
    assert len(year.meetings) == 7
    invited = Counter((one.who, one.title) for who in year.everyone for one in year.got(who, "Einladung:"))
    assert set(invited.values()) == {1}
    assert {len(year.got(who, "Einladung:")) for who in year.everyone if who != "guest"} == {7}
    assert len(year.got("guest", "Einladung:")) == 6  # joined in August


def test_nobody_was_nudged_more_than_four_times_before_a_meeting(year: Year) -> None:
    days = sorted(one.starts_at for one in year.meetings)
    for who in year.everyone:
        nudges = [*year.got(who, "Bitte bis"), *year.got(who, "Erinnerung, bitte bis")]
        per_meeting = Counter(next(day for day in days if day > one.at) for one in nudges)
        assert max(per_meeting.values(), default=0) <= 4


def test_whoever_answered_at_once_was_never_reminded(year: Year) -> None:
    assert year.got("chamber", "Bitte bis")
    assert year.got("chamber", "Erinnerung, bitte bis") == []
    assert len(year.got("retail", "Erinnerung, bitte bis")) >= 5


def test_nobody_had_two_digests_in_one_week(year: Year) -> None:
    for who in year.everyone:
        digests = [*year.got(who, "Wochenüberblick Zukunftsplan"), *year.got(who, "Monatsüberblick")]
        weeks = Counter(one.at.isocalendar()[:2] for one in digests)
        assert weeks
        assert max(weeks.values()) == 1


def test_whoever_chose_a_digest_a_month_gets_no_more_than_that(year: Year) -> None:
    chosen = next(one.at for one in year.replay.happenings if one.title == "Der Überblick kommt einmal im Monat")
    later = [one for one in year.got("steel", "") if one.at > chosen and "überblick Zukunftsplan" in one.title]
    assert later
    assert max(Counter((one.at.year, one.at.month) for one in later).values()) == 1


def test_everyone_has_the_dossier_a_week_before_every_meeting_and_the_minutes_after_it(year: Year) -> None:
    for who in year.everyone:
        for beginning in ("Zwischenstand zum Zukunftsplan", "Protokoll:"):
            titles = Counter(one.title for one in year.got(who, beginning))
            assert set(titles.values()) == {1}
    for one in year.got("logistics", "Zwischenstand zum Zukunftsplan"):
        meeting = next(meeting for meeting in year.meetings if meeting.title in one.title)
        assert 7 <= (meeting.starts_at - one.at).days <= 9


def test_decisions_became_measures_with_a_lead_who_accepted(year: Year) -> None:
    assert {13, 14} <= year.led
    assert year.measures[13].title == "Willkommenspaket für neue Beschäftigte"
    assert year.measures[14].field == "Gründungen"


def test_the_adopted_plan_was_changed_only_with_a_reason(year: Year) -> None:
    assert any("ohne Grund" in one.text or "Grund" in one.text for one in year.got("office", "Das ging leider nicht"))
    (amendment,) = [one for one in year.amendments if "Kartenteil" in one.why]
    assert amendment.after
    assert len(year.got("logistics", "Geändert: M3")) == 1


def test_a_changed_place_reached_everyone_once(year: Year) -> None:
    for who in year.everyone:
        told = [one for one in year.got(who, "Geändert: Dritte Sitzung") if " am Donnerstag" in one.title]
        assert len(told) == 1


def test_a_similar_measure_was_shown_with_the_idea(year: Year) -> None:
    (receipt,) = year.got("craft", "Danke, notiert: Idee")
    assert "M12 Ausbildungsmesse" in receipt.text
    assert len(year.ideas) == 2


def test_no_chat_has_shown_who_others_are(year: Year) -> None:
    assert year.overheard == []


def test_the_polls_are_closed_and_everyone_knows_the_result(year: Year) -> None:
    assert len(year.polls) == 2
    assert all(poll.closed_at for poll in year.polls)
    for who in year.everyone:
        assert len(year.got(who, "Ergebnis: Was soll 2019")) == 1


def test_most_of_those_who_were_asked_answered_before_each_meeting(year: Year) -> None:
    asked = [one for one in year.replay.rounds if one.asked]
    assert len(asked) == 6
    assert all(one.answered / one.asked >= 0.75 for one in asked)


def test_the_year_can_be_printed_and_written_as_a_page(year: Year) -> None:
    out = StringIO()
    simulation_report.show(year.replay, "de", BERLIN, Console(file=out, width=120))
    assert "Einladung: Allianzsitzung" in out.getvalue()
    page = simulation_report.page(year.replay, "de", BERLIN)
    assert page.count("<h2>") == len(year.replay.story.chapters)
    assert "Erika Beispiel" in page


def test_one_persons_inbox_is_shown_in_full(year: Year) -> None:
    out = StringIO()
    simulation_report.show(year.replay, "de", BERLIN, Console(file=out, width=120), only="retail")
    assert "Jutta Probe" not in out.getvalue().split("━")[0]
    assert "fehlt noch Ihre Meldung" in out.getvalue()
