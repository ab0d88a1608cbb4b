"""Meetings: planning, inviting once, changes and cancellations that reach everyone once, the reminder before."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from sqlmodel import Session, select

from alliance import steps
from alliance.errors import Invalid
from alliance.intents import (
    AgendaPoint,
    CancelMeeting,
    ChangeMeeting,
    Intent,
    Invite,
    PlanMeeting,
    RegisterPerson,
    SetAgenda,
)
from alliance.notes import Note
from alliance.packing import unpack
from scheduler import jobs
from store import outbox
from store.outbox import Outcome, Result
from store.tables import Meeting, OutboxRow, Sending
from tests.town import BERLIN, ERIKA, GUEST, HOUSE, MAX, OFFICE, Town, button, words

TITLE = "Herbstsitzung"
EVERYONE = (ERIKA, MAX, OFFICE)


@pytest.fixture
def town(sqlite_town: Town) -> Town:
    """The small alliance on a Monday, 23 November 2026, 10:00 in Berlin."""
    return sqlite_town


def plan(
    town: Town, day: date = date(2027, 1, 20), at: time = time(17), link: str = "", ends: time | None = None
) -> Note:
    """Far enough off that no question of its round is due yet."""
    return town.office(PlanMeeting("alliance", TITLE, day, at, "Rathaus", link, ends))


def beat(town: Town) -> None:
    town.database.write_now(lambda session: jobs.beat(session, HOUSE, town.at))


def go_to(town: Town, moment: str) -> None:
    """Move the clock to a local time in Berlin, from one thing that happens by itself to the next, all delivered."""
    until = datetime.fromisoformat(moment).replace(tzinfo=BERLIN).astimezone(UTC)
    while town.at < until:
        send_all(town)
        town.at = min(until, town.database.read_now(lambda session: jobs.next_thing(session, HOUSE, town.at))[0])
        beat(town)


def send_all(town: Town) -> None:
    """What waits is delivered."""

    def job(session: Session) -> None:
        for letter in outbox.claim(session, town.at, limit=1000):
            outbox.finish(session, letter, Outcome(Result.SENT), town.at)

    town.database.write_now(job)


def letters(town: Town, email: str, kind: str) -> list[Note]:
    """The notes of one kind that are on their way or were sent to an address, oldest first."""
    rows = [row for row in town.letters(email) if row.state != Sending.DROPPED]
    return [unpack(row.note, Note) for row in rows if row.dedupe_key.startswith(f"{kind}:")]


def meeting(town: Town, title: str = TITLE) -> Meeting:
    statement = select(Meeting).where(Meeting.title == title)
    return town.database.read_now(lambda session: session.exec(statement).one())


def refused(town: Town, intent: Intent) -> str:
    with pytest.raises(Invalid) as refusal:
        town.office(intent)
    return refusal.value.key


# --- planning


def test_the_receipt_says_what_is_sent_when(town: Town) -> None:
    said = plan(town, ends=time(19), link="https://example.org/treffen")
    assert said.title == "Geplant: Herbstsitzung, Mittwoch, 20. Januar 2027, 17:00 Uhr"
    assert said.lines == (
        "Wann: Mittwoch, 20. Januar 2027, 17:00–19:00 Uhr\nWo: Rathaus\nOnline: https://example.org/treffen",
        "Dienstag, 24. November 2026, 9:00 Uhr: Einladung an alle",
        "Mittwoch, 30. Dezember 2026, 9:00 Uhr: Abfrage an alle Verantwortlichen",
        "Mittwoch, 6. Januar 2027, 9:00 Uhr: Erinnerung an alle, die noch nicht geantwortet haben",
        "Freitag, 8. Januar 2027, 9:00 Uhr: Zwischenliste für die Geschäftsstelle",
        "Dienstag, 12. Januar 2027, 9:00 Uhr: zweite Erinnerung",
        "Mittwoch, 13. Januar 2027, 9:00 Uhr: Redaktionsschluss: Zwischenstand an alle",
        "Freitag, 15. Januar 2027, 9:00 Uhr: Anmeldeschluss: Teilnahmeliste an die Geschäftsstelle",
        "Dienstag, 19. Januar 2027, 9:00 Uhr: Erinnerung mit Tagesordnung an alle, die nicht abgesagt haben",
    )


@pytest.mark.parametrize(
    ("intent", "why"),
    [
        (PlanMeeting("alliance", TITLE, date(2026, 11, 20), time(17)), "refusal-meeting-past"),
        (PlanMeeting("alliance", " ", date(2027, 1, 20), time(17)), "refusal-meeting-title"),
        (PlanMeeting("party", TITLE, date(2027, 1, 20), time(17)), "refusal-meeting-kind"),
        (PlanMeeting("alliance", TITLE, date(2027, 1, 23), time(17)), "refusal-meeting-day"),
        (PlanMeeting("alliance", TITLE, date(2027, 1, 20), time(6, 59)), "refusal-meeting-hour"),
        (PlanMeeting("alliance", TITLE, date(2027, 1, 20), time(22, 1)), "refusal-meeting-hour"),
        (PlanMeeting("alliance", TITLE, date(2027, 1, 20), time(17), ends=time(17)), "refusal-meeting-ends"),
        (PlanMeeting("alliance", TITLE, date(2027, 1, 20), time(17), link="Teams"), "refusal-meeting-link"),
    ],
)
def test_what_cannot_be_meant_so_is_refused(town: Town, intent: PlanMeeting, why: str) -> None:
    assert refused(town, intent) == why
    assert town.database.read_now(lambda session: session.exec(select(Meeting)).all()) == []


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            date(2027, 5, 27),
            "Donnerstag, 27. Mai 2027 geht nicht (Fronleichnam). Arbeitstage davor und danach: "
            "Mittwoch, 26. Mai 2027, und Freitag, 28. Mai 2027.",
        ),
        (
            date(2026, 12, 24),
            "Donnerstag, 24. Dezember 2026 geht nicht (Heiligabend). Arbeitstage davor und danach: "
            "Mittwoch, 23. Dezember 2026, und Montag, 28. Dezember 2026.",
        ),
        (
            date(2027, 1, 23),
            "Samstag, 23. Januar 2027 geht nicht (Wochenende). Arbeitstage davor und danach: "
            "Freitag, 22. Januar 2027, und Montag, 25. Januar 2027.",
        ),
    ],
)
def test_a_day_off_is_named_with_the_workdays_around_it(town: Town, day: date, said: str) -> None:
    town.link(OFFICE)
    assert said in words(town.chat(OFFICE, f"SITZUNG Allianz; {day:%d.%m.%Y} 17:00; {TITLE}; Rathaus"))


def test_two_meetings_at_the_same_time_are_pointed_out(town: Town) -> None:
    plan(town, at=time(16))
    said = words(town.office(PlanMeeting("working-group", "Werkstatt", date(2027, 1, 20), time(17))))
    assert "»Werkstatt« liegt zur selben Zeit wie »Herbstsitzung« (Mittwoch, 20. Januar 2027, 16:00 Uhr)" in said


def test_meetings_one_after_the_other_are_not_pointed_out(town: Town) -> None:
    plan(town, at=time(15), ends=time(17))
    assert "Achtung" not in words(town.office(PlanMeeting("working-group", "Werkstatt", date(2027, 1, 20), time(17))))


# --- inviting


def test_invitations_go_out_the_next_workday_at_nine_once(town: Town) -> None:
    plan(town, ends=time(19), link="https://example.org/treffen")
    town.office(SetAgenda((AgendaPoint("Begrüßung", time(17)), AgendaPoint("Verschiedenes"))))
    go_to(town, "2026-11-24 08:59")
    assert letters(town, ERIKA, "invite") == []
    go_to(town, "2026-11-26 12:00")
    for email in EVERYONE:
        assert len(letters(town, email, "invite")) == 1
    note = letters(town, ERIKA, "invite")[0]
    assert note.title == "Einladung: Herbstsitzung am Mittwoch, 20. Januar 2027"
    assert note.lines == (
        "Wann: Mittwoch, 20. Januar 2027, 17:00–19:00 Uhr\nWo: Rathaus\nOnline: https://example.org/treffen",
        "Tagesordnung:\n17:00 Begrüßung\nVerschiedenes",
    )
    assert [action.word for action in note.actions] == ["ZUSAGE", "ABSAGE", "VIELLEICHT"]
    assert "bis Freitag, 15. Januar 2027" in words(note)
    assert note.series == "einladung"


def test_an_invitation_carries_the_meeting_for_the_calendar(town: Town) -> None:
    plan(town)
    town.office(Invite())
    calendar = letters(town, MAX, "invite")[0].calendar
    assert calendar is not None
    assert (calendar.uid, calendar.method, calendar.sequence) == ("sitzung-1@alliance.example.org", "REQUEST", 0)
    assert (calendar.begins, calendar.ends - calendar.begins) == (
        datetime(2027, 1, 20, 16, tzinfo=UTC),
        timedelta(hours=2),
    )


def test_the_office_can_invite_at_once_and_nobody_is_invited_twice(town: Town) -> None:
    town.link(OFFICE)
    done = town.tap(OFFICE, button(town.chat(OFFICE, "SITZUNG Allianz; 20.01.2027 17:00; Rat"), "Jetzt einladen"))
    assert done.title == "»Rat«: 3 Einladungen gehen hinaus"
    assert "schon alle eingeladen" in words(town.chat(OFFICE, "EINLADEN"))
    go_to(town, "2026-11-25 12:00")
    assert len(letters(town, ERIKA, "invite")) == 1


def test_a_meeting_at_short_notice_is_invited_to_at_once(town: Town) -> None:
    plan(town, day=date(2026, 11, 24))
    beat(town)
    assert len(letters(town, ERIKA, "invite")) == 1
    go_to(town, "2026-11-24 16:00")
    assert letters(town, ERIKA, "eve") == []


def test_an_evenings_plan_on_friday_is_invited_to_on_monday(town: Town) -> None:
    town.at = datetime(2026, 11, 27, 20, tzinfo=BERLIN).astimezone(UTC)
    plan(town)
    go_to(town, "2026-11-30 08:30")
    assert letters(town, ERIKA, "invite") == []
    go_to(town, "2026-11-30 09:00")
    assert len(letters(town, ERIKA, "invite")) == 1


def test_who_joins_later_is_invited_a_day_later_once(town: Town) -> None:
    plan(town)
    go_to(town, "2026-11-25 12:00")
    town.office(RegisterPerson("Robin Probe", GUEST, "Probe GmbH"))
    beat(town)
    assert letters(town, GUEST, "invite") == []
    go_to(town, "2026-11-28 12:00")
    assert len(letters(town, GUEST, "invite")) == 1
    assert len(letters(town, ERIKA, "invite")) == 1


# --- changing


def invited(town: Town) -> None:
    plan(town, ends=time(19))
    town.office(Invite())
    send_all(town)


def test_a_slip_of_the_pen_is_put_right_before_anyone_hears_of_it(town: Town) -> None:
    plan(town)
    town.office(ChangeMeeting(place="Ratssaal"))
    go_to(town, "2026-11-24 12:00")
    (note,) = letters(town, ERIKA, "invite")
    assert "Wo: Ratssaal" in words(note)
    assert note.calendar is not None
    assert note.calendar.sequence == 0
    assert letters(town, ERIKA, "change") == []


def test_a_new_place_is_told_once_and_answers_hold(town: Town) -> None:
    invited(town)
    town.reply(MAX, "ZUSAGE")
    said = town.office(ChangeMeeting(place="Ratssaal"))
    assert "Ort: Rathaus → Ratssaal" in said.lines
    assert "3 Personen bekommen Nachricht." in said.lines
    go_to(town, "2026-11-26 12:00")
    (note,) = letters(town, MAX, "change")
    assert note.title == "Geändert: Herbstsitzung am Mittwoch, 20. Januar 2027"
    assert note.lines == ("Ort: Rathaus → Ratssaal", "Ihre Antwort von vorher gilt weiter.")
    assert note.calendar is not None
    assert (note.calendar.method, note.calendar.sequence) == ("REQUEST", 1)
    assert "Herbstsitzung am Mittwoch, 20. Januar 2027: eine Person kommt" in attendance(town)


def test_who_has_not_answered_is_asked_with_the_change(town: Town) -> None:
    invited(town)
    town.office(ChangeMeeting(place="Ratssaal"))
    (note,) = letters(town, MAX, "change")
    assert note.lines[-1] == "Ihre Antwort fehlt noch. Kommen Sie?"
    assert [action.word for action in note.actions] == ["ZUSAGE", "ABSAGE", "VIELLEICHT"]


def test_a_change_takes_the_place_of_a_reminder_that_waits(town: Town) -> None:
    invited(town)
    go_to(town, "2027-01-19 08:00")
    send_all(town)
    town.at = datetime(2027, 1, 19, 8, tzinfo=UTC)
    beat(town)
    assert len(letters(town, MAX, "eve")) == 1
    town.office(ChangeMeeting(place="Ratssaal"))
    assert letters(town, MAX, "eve") == []
    assert len(letters(town, MAX, "change")) == 1


def test_a_new_day_asks_everyone_anew(town: Town) -> None:
    invited(town)
    town.reply(MAX, "ZUSAGE")
    town.office(ChangeMeeting(day=date(2027, 1, 27)))
    (note,) = letters(town, MAX, "change")
    assert note.lines[0] == (
        "Termin: Mittwoch, 20. Januar 2027, 17:00–19:00 Uhr → Mittwoch, 27. Januar 2027, 17:00–19:00 Uhr"
    )
    assert [action.word for action in note.actions] == ["ZUSAGE", "ABSAGE", "VIELLEICHT"]
    assert "noch niemand kommt" in attendance(town)


def attendance(town: Town) -> str:
    town.link(OFFICE)
    return words(town.chat(OFFICE, "TEILNAHME"))


def test_an_answer_to_the_old_day_is_not_taken_for_the_new_one(town: Town) -> None:
    invited(town)
    old = town.letters(MAX)[-1].token
    town.office(ChangeMeeting(day=date(2027, 1, 27)))
    for answer in ("ZUSAGE", "Absage, leider krank"):
        assert town.letter(MAX, answer, old).title == "Die Sitzung »Herbstsitzung« ist verlegt"
    assert "noch niemand kommt" in attendance(town)
    town.reply(MAX, "ZUSAGE")
    assert "eine Person kommt" in attendance(town)


def test_several_changes_before_anything_was_sent_are_one_letter(town: Town) -> None:
    invited(town)
    town.office(ChangeMeeting(place="Ratssaal"))
    town.office(ChangeMeeting(title="Winterrunde"))
    town.office(ChangeMeeting(place="Ratssaal, 1. Stock"))
    (note,) = letters(town, MAX, "change")
    assert note.lines[:2] == ("Titel: Herbstsitzung → Winterrunde", "Ort: Rathaus → Ratssaal, 1. Stock")
    assert note.calendar is not None
    assert note.calendar.sequence == 3


def test_there_and_back_again_is_no_letter_and_answers_hold(town: Town) -> None:
    invited(town)
    town.reply(MAX, "ZUSAGE")
    town.office(ChangeMeeting(day=date(2027, 1, 27)))
    town.office(ChangeMeeting(day=date(2027, 1, 20)))
    assert letters(town, MAX, "change") == []
    assert "eine Person kommt" in attendance(town)


def test_a_change_while_the_invitation_waits_changes_the_invitation(town: Town) -> None:
    plan(town)
    town.office(Invite())
    town.office(ChangeMeeting(place="Ratssaal"))
    (note,) = letters(town, MAX, "invite")
    assert "Wo: Ratssaal" in words(note)
    assert note.language == "de"
    assert letters(town, MAX, "change") == []


def test_later_changes_tell_what_is_different_from_the_last_letter(town: Town) -> None:
    invited(town)
    town.office(ChangeMeeting(place="Ratssaal"))
    send_all(town)
    town.office(ChangeMeeting(begins=time(18)))
    assert [note.lines[0] for note in letters(town, MAX, "change")] == [
        "Ort: Rathaus → Ratssaal",
        "Termin: Mittwoch, 20. Januar 2027, 17:00–19:00 Uhr → Mittwoch, 20. Januar 2027, 18:00–20:00 Uhr",
    ]


def test_a_change_reaches_who_went_over_to_telegram_in_between(town: Town) -> None:
    invited(town)
    town.link(MAX)
    town.office(ChangeMeeting(place="Ratssaal"))
    assert letters(town, MAX, "change") == []
    assert [row.dedupe_key for row in town.bubbles(MAX)] == ["change:1:0-1:2"]


def test_the_agenda_moves_with_the_beginning_and_alone_sends_nothing(town: Town) -> None:
    invited(town)
    said = town.office(SetAgenda((AgendaPoint("Begrüßung", time(17)), AgendaPoint("Bericht", time(17, 15)))))
    assert "mit der Erinnerung vor der Sitzung" in words(said)
    assert letters(town, MAX, "change") == []
    town.office(ChangeMeeting(begins=time(18, 30)))
    assert meeting(town).agenda == [{"at": "18:30", "title": "Begrüßung"}, {"at": "18:45", "title": "Bericht"}]


def test_nothing_is_changed_by_what_is_planned_already_or_cannot_be(town: Town) -> None:
    invited(town)
    assert refused(town, ChangeMeeting(place="Rathaus")) == "refusal-meeting-same"
    assert refused(town, ChangeMeeting(ends=time(16))) == "refusal-meeting-ends"
    assert refused(town, ChangeMeeting(day=date(2027, 5, 27))) == "refusal-meeting-day"
    now = meeting(town)
    assert (now.sequence, now.starts_at) == (0, datetime(2027, 1, 20, 16, tzinfo=UTC))
    assert letters(town, MAX, "change") == []


# --- cancelling


def test_a_cancellation_is_asked_back_and_reaches_everyone_once(town: Town) -> None:
    invited(town)
    town.link(OFFICE)
    asked = town.chat(OFFICE, "SITZUNG ABSAGEN; Sturmwarnung")
    assert asked.title == "Wirklich absagen? Herbstsitzung, Mittwoch, 20. Januar 2027, 17:00 Uhr"
    assert meeting(town).cancelled_at is None
    assert town.chat(OFFICE, "JA").title == "Abgesagt: Herbstsitzung am Mittwoch, 20. Januar 2027"
    go_to(town, "2027-01-21 12:00")
    (note,) = letters(town, MAX, "cancel")
    assert "Grund: Sturmwarnung" in note.lines
    assert note.calendar is not None
    assert (note.calendar.method, note.calendar.sequence) == ("CANCEL", 1)
    for kind in ("nudge", "dossier", "eve", "close"):
        assert letters(town, MAX, kind) == letters(town, OFFICE, kind) == []
    assert "ist abgesagt" in words(town.reply(MAX, "ZUSAGE"))


def test_what_waits_is_dropped_with_a_cancelled_meeting(town: Town) -> None:
    plan(town)
    town.office(Invite())
    said = town.office(CancelMeeting(confirmed=True))
    assert "Niemand braucht eine Nachricht." in said.lines
    assert letters(town, MAX, "invite") == letters(town, MAX, "cancel") == []


def test_who_was_asked_for_a_meeting_hears_that_it_is_cancelled_before_being_invited(town: Town) -> None:
    plan(town, day=date(2026, 12, 10))
    beat(town)
    send_all(town)
    assert len(letters(town, MAX, "nudge")) == 1
    town.office(CancelMeeting(confirmed=True))
    (note,) = letters(town, MAX, "cancel")
    assert note.calendar is None
    assert letters(town, OFFICE, "cancel") == []


def test_who_said_yes_before_being_invited_hears_of_the_cancellation(town: Town) -> None:
    plan(town)
    town.letter(MAX, "STATUS")
    town.reply(MAX, "ZUSAGE")
    town.office(CancelMeeting(confirmed=True))
    assert len(letters(town, MAX, "cancel")) == 1
    assert letters(town, ERIKA, "cancel") == []


def due_at(town: Town, moment: str) -> list[steps.Step]:
    """What is found due at this local time."""
    town.at = datetime.fromisoformat(moment).replace(tzinfo=BERLIN).astimezone(UTC)
    return town.database.read_now(lambda session: steps.due(session, HOUSE, town.at))


def carry_out(town: Town, found: list[steps.Step]) -> None:
    for step in found:
        job = partial(jobs.carry_out, source=steps, house=HOUSE, step=step, now=town.at)
        town.database.write_now(job)


@pytest.mark.parametrize(
    ("moment", "kinds"), [("2026-11-24 10:00", ("invite",)), ("2027-01-15 10:00", ("dossier", "close", "eve"))]
)
def test_what_was_found_due_is_not_done_when_the_meeting_was_cancelled_meanwhile(
    town: Town, moment: str, kinds: tuple[str, ...]
) -> None:
    plan(town)
    found = due_at(town, moment)
    assert found
    town.office(CancelMeeting(confirmed=True))
    carry_out(town, found)
    assert [letters(town, email, kind) for email in EVERYONE for kind in kinds if letters(town, email, kind)] == []


# --- reminding


def test_what_two_found_due_at_once_is_done_once(town: Town) -> None:
    plan(town)
    go_to(town, "2027-01-18 12:00")
    found = due_at(town, "2027-01-19 10:00")
    carry_out(town, found)
    carry_out(town, found)
    assert [len(letters(town, email, "eve")) for email in EVERYONE] == [1, 1, 1]


def test_the_reminder_goes_to_those_who_have_not_declined(town: Town) -> None:
    plan(town, ends=time(19))
    go_to(town, "2026-11-24 10:00")
    send_all(town)
    town.reply(MAX, "ABSAGE")
    town.reply(ERIKA, "ZUSAGE")
    town.office(SetAgenda((AgendaPoint("Begrüßung", time(17)), AgendaPoint("Bericht", time(17, 15)))))
    go_to(town, "2027-01-20 12:00")
    assert not town.database.read_now(lambda session: jobs.anything_due(session, HOUSE, town.at))
    assert letters(town, MAX, "eve") == []
    (note,) = letters(town, ERIKA, "eve")
    assert note.title == "Erinnerung: Herbstsitzung am Mittwoch, 20. Januar 2027"
    assert "Sie haben zugesagt. Bis dann!" in note.lines
    assert "Karte: https://www.openstreetmap.org/search?query=Rathaus" in words(note)
    assert "Tagesordnung:\n17:00 Begrüßung\n17:15 Bericht" in note.lines
    assert "Ihre Antwort fehlt noch. Kommen Sie?" in letters(town, OFFICE, "eve")[0].lines


def test_a_reminder_before_a_monday_comes_on_friday_and_not_to_the_absent(town: Town) -> None:
    plan(town, day=date(2027, 1, 25))
    go_to(town, "2026-11-25 10:00")
    send_all(town)
    town.reply(MAX, "PAUSE bis 31.01.2027")
    go_to(town, "2027-01-22 08:59")
    assert letters(town, ERIKA, "eve") == []
    go_to(town, "2027-01-22 09:00")
    assert len(letters(town, ERIKA, "eve")) == 1
    assert letters(town, MAX, "eve") == []


def test_after_a_downtime_over_everything_there_is_one_letter(town: Town) -> None:
    plan(town)
    town.at = datetime(2027, 1, 20, 9, 30, tzinfo=BERLIN).astimezone(UTC)
    beat(town)
    beat(town)
    assert [row.dedupe_key for row in town.letters(MAX) if row.dedupe_key[:6] in {"invite", "eve:1:", "change"}] == [
        "invite:1:2"
    ]


def test_whose_invitation_still_waits_gets_no_reminder_on_top(town: Town) -> None:
    plan(town)
    town.office(Invite())
    town.at = datetime(2027, 1, 19, 8, tzinfo=UTC)
    beat(town)
    assert letters(town, MAX, "eve") == []
    assert len(letters(town, MAX, "invite")) == 1


def test_the_clock_knows_the_next_step(town: Town) -> None:
    plan(town)

    def upcoming() -> tuple[datetime, str]:
        return town.database.read_now(lambda session: jobs.next_thing(session, HOUSE, town.at))

    assert upcoming() == (datetime(2026, 11, 24, 8, tzinfo=UTC), "invite")
    go_to(town, "2027-01-14 10:00")
    send_all(town)
    assert upcoming() == (datetime(2027, 1, 15, 8, tzinfo=UTC), "close")
    go_to(town, "2027-01-18 10:00")
    send_all(town)
    assert upcoming() == (datetime(2027, 1, 19, 8, tzinfo=UTC), "eve")


# --- rounds


def test_a_round_serves_two_meetings_close_to_each_other(town: Town) -> None:
    plan(town)
    said = town.office(PlanMeeting("working-group", "Werkstatt", date(2027, 2, 3), time(17)))
    assert "Die Runde zur Sitzung »Herbstsitzung« am Mittwoch, 20. Januar 2027 gilt auch für diese" in words(said)
    assert "Abfrage" not in "".join(said.lines).replace("Keine eigene Abfrage", "")
    go_to(town, "2027-02-04 12:00")
    nudges = [row.dedupe_key for row in rows(town) if row.dedupe_key.startswith("nudge:")]
    assert nudges
    assert {key.split(":")[1] for key in nudges} == {"1"}
    assert len(letters(town, MAX, "dossier")) == 1
    assert len(letters(town, MAX, "eve")) == 2


def rows(town: Town) -> list[OutboxRow]:
    statement = select(OutboxRow).where(OutboxRow.state != Sending.DROPPED)
    return town.database.read_now(lambda session: list(session.exec(statement)))


def test_meetings_far_from_each_other_have_a_round_each(town: Town) -> None:
    plan(town)
    said = town.office(PlanMeeting("working-group", "Werkstatt", date(2027, 2, 11), time(17)))
    assert "Keine eigene Abfrage" not in words(said)


def test_a_round_that_has_begun_serves_an_earlier_meeting_planned_later(town: Town) -> None:
    plan(town, day=date(2026, 12, 14))
    beat(town)
    said = town.office(PlanMeeting("working-group", "Werkstatt", date(2026, 12, 8), time(17)))
    assert "Die Runde zur Sitzung »Herbstsitzung« am Montag, 14. Dezember 2026 gilt auch" in words(said)
    go_to(town, "2026-12-14 12:00")
    assert not [row for row in rows(town) if row.dedupe_key.startswith("nudge:2")]


def test_a_meeting_gets_its_own_round_when_the_other_is_cancelled(town: Town) -> None:
    plan(town)
    town.office(PlanMeeting("working-group", "Werkstatt", date(2027, 2, 3), time(17)))
    town.office(CancelMeeting(1, confirmed=True))
    go_to(town, "2027-01-13 10:00")
    assert [row.dedupe_key for row in town.letters(MAX) if row.dedupe_key.startswith("nudge:")] == ["nudge:2:ask:2"]


def test_an_answer_counts_though_the_meeting_moves_a_few_weeks(town: Town) -> None:
    plan(town, day=date(2026, 12, 14))
    beat(town)
    town.reply(MAX, "M3 60 %")
    town.office(ChangeMeeting(day=date(2027, 1, 13)))
    go_to(town, "2027-01-14 12:00")
    assert [row.dedupe_key for row in town.letters(MAX) if row.dedupe_key.startswith("nudge:")] == ["nudge:1:ask:2"]
    assert [row.dedupe_key for row in town.letters(ERIKA) if row.dedupe_key.startswith("nudge:")] == [
        "nudge:1:ask:1",
        "nudge:1:remind:1",
        "nudge:1:remind-again:1",
    ]


def test_an_answer_to_a_cancelled_meeting_counts_for_the_one_in_its_place(town: Town) -> None:
    plan(town, day=date(2026, 12, 14))
    beat(town)
    send_all(town)
    town.reply(MAX, "M3 60 %")
    town.office(CancelMeeting(confirmed=True))
    plan(town, day=date(2027, 1, 8))
    go_to(town, "2026-12-20 12:00")
    assert [row.dedupe_key for row in town.letters(ERIKA) if row.dedupe_key.startswith("nudge:2")] == ["nudge:2:ask:1"]
    assert [row.dedupe_key for row in town.letters(MAX) if row.dedupe_key.startswith("nudge:2")] == []
