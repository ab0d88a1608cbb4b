"""Working off letters that are kept: the order, the count of tries, and a database that is full."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from mail.fetching import fingerprint
from mail.incoming import IncomingLetters
from store import inbox
from store.database import Database
from store.inbox import Channel, Incoming
from tests.mail.mail_world import NOON, OWN, Clerk, deeds, letter, limit_pages, noon, outgoing, rows, states


def keep(database: Database, *letters: bytes) -> None:
    things = [Incoming(f"1:{number}", raw, fingerprint(raw)) for number, raw in enumerate(letters, start=1)]
    database.write_now(lambda session: inbox.keep(session, Channel.MAIL, things, NOON))


def incoming(database: Database, desk: Clerk | None = None) -> IncomingLetters:
    return IncomingLetters(database, desk or Clerk(), OWN, noon)


async def test_letters_are_heard_in_the_order_they_came(database: Database) -> None:
    keep(database, *(letter(b"M%d fertig" % number, number=number) for number in range(120)))
    assert await incoming(database).work_off() == 0
    assert deeds(database) == [f"M{number} fertig" for number in range(120)]


@pytest.mark.fault(31)
async def test_the_same_letter_twice_has_one_effect(database: Database) -> None:
    keep(database, letter(number=1), letter(number=1), letter(number=2))
    await incoming(database).work_off()
    assert states(database) == [("done", ""), ("ignored", "duplicate"), ("done", "")]
    assert len(deeds(database)) == len(outgoing(database)) == 2


async def test_working_off_twice_changes_nothing(database: Database) -> None:
    keep(database, letter())
    await incoming(database).work_off()
    await incoming(database).work_off()
    assert len(deeds(database)) == len(outgoing(database)) == 1


async def test_a_failing_deed_leaves_no_trace_and_takes_no_neighbour_with_it(database: Database) -> None:
    clerk = Clerk()
    clerk.failures["Gift"] = 2  # among its neighbours, and once more alone
    keep(database, letter(b"M1 fertig", number=1), letter(b"Gift", number=2), letter(b"M3 fertig", number=3))
    assert await incoming(database, clerk).work_off() == 0
    assert deeds(database) == ["M1 fertig", "M3 fertig", "Gift"]
    assert [row.tries for row in rows(database)] == [1, 2, 1]


@pytest.mark.fault(7)
async def test_what_crashed_three_times_is_quarantined_and_answered_once(database: Database) -> None:
    clerk = Clerk()
    clerk.failures["Gift"] = 9
    keep(database, letter(b"Gift"))
    door = incoming(database, clerk)
    assert [await door.work_off() for _ in range(4)] == [1, 1, 0, 0]
    assert states(database) == [("quarantined", "failed")]
    assert deeds(database) == []
    assert len(outgoing(database)) == 1


@pytest.mark.fault(39, 65)
async def test_hostile_characters_reach_both_databases_clean(database: Database) -> None:
    raw = letter(
        "Rad\0weg\u202e am\u200b Kanal".encode() + b"\xff", headers=b"Content-Type: text/plain; charset=utf-8\r\n"
    )
    raw = raw.replace(b"Erika Beispiel", b"=?utf-8?q?Er=00ika=E2=80=AE?= \xff\0").replace(b"<1@", b"<\xff\0 1@")
    clerk = Clerk()
    keep(database, raw)
    assert await incoming(database, clerk).work_off() == 0
    assert states(database) == [("done", "")]
    assert deeds(database) == ["Radweg am Kanal\N{REPLACEMENT CHARACTER}"]
    assert clerk.voices[0].name.startswith("Erika")
    assert outgoing(database)[0].in_reply_to == ""


async def test_a_desk_that_cannot_even_say_so_does_not_stop_the_queue(file: Database) -> None:
    class Broken(Clerk):
        failed = Clerk.listen  # type: ignore[assignment]  # raises TypeError: there is no text

    keep(file, letter(b"Gift", number=1), letter(b"M1 fertig", number=2))
    clerk = Broken()
    clerk.failures["Gift"] = 9
    for _ in range(4):
        await incoming(file, clerk).work_off()
    assert states(file) == [("quarantined", "failed"), ("done", "")]


@pytest.mark.fault(9)
async def test_on_a_full_disk_nothing_is_counted_against_the_letter(file: Database) -> None:
    keep(file, letter(b"M1 " + b"x" * 60_000))
    limit_pages(file, 4)
    for _ in range(5):
        with pytest.raises(OperationalError):
            await incoming(file).work_off()
    assert [(row.state, row.tries) for row in rows(file)] == [("new", 0)]
    limit_pages(file, None)
    assert await incoming(file).work_off() == 0
    assert states(file) == [("done", "")]
