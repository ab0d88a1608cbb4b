"""A round by mail with the real desk: question, answer, receipt, undo; and who is not believed."""

from __future__ import annotations

from demo.postoffice import PostOffice
from store.database import Database
from tests.mail.mail_world import (
    letter,
    mailbox_settings,
    mailed,
    open_door,
    smtp_settings,
    states,
    subject_of,
    words_of,
)
from tests.town import ERIKA, MAX, OFFICE, Town
from tests.waiting import until


async def test_a_member_reports_by_mail_and_takes_it_back(post: PostOffice, database: Database) -> None:
    town = Town(database).settle()
    async with open_door(database, mailbox_settings(post), smtp_settings(post), town.desk):
        post.deliver("zukunftsplan@example.org", letter(b"STATUS", ERIKA))
        await until(lambda: len(post.letters(ERIKA)) == 1)
        status = mailed(post, ERIKA)[0]
        assert "M1 Radweg" in words_of(status)
        post.deliver(status["Reply-To"], letter(b"M1 60 %\r\nM2 fertig", ERIKA, number=2))
        await until(lambda: len(post.letters(ERIKA)) == 2)
        receipt = mailed(post, ERIKA)[1]
        assert (town.measure(1).percent, town.measure(2).status) == (60, "done")
        post.deliver(receipt["Reply-To"], letter("RÜCKGÄNGIG".encode(), ERIKA, number=3))
        await until(lambda: len(post.letters(ERIKA)) == 3)
    assert (town.measure(1).percent, town.measure(2).status) == (0, "open")
    assert states(database) == [("done", "")] * 3


async def test_a_bare_from_line_changes_nothing(post: PostOffice, file: Database) -> None:
    town = Town(file).settle()
    async with open_door(file, mailbox_settings(post), smtp_settings(post), town.desk):
        post.deliver("zukunftsplan@example.org", letter(b"M1 60 %", ERIKA))
        await until(lambda: len(post.letters(ERIKA)) == 1)
        asked = mailed(post, ERIKA)[0]
        assert town.measure(1).percent == 0
        post.deliver(asked["Reply-To"], letter(b"JA", ERIKA, number=2))
        await until(lambda: len(post.letters(ERIKA)) == 2)
    assert town.measure(1).percent == 60


async def test_a_token_in_foreign_hands_goes_to_the_office(post: PostOffice, file: Database) -> None:
    town = Town(file).settle()
    async with open_door(file, mailbox_settings(post), smtp_settings(post), town.desk):
        post.deliver("zukunftsplan@example.org", letter(b"STATUS", ERIKA))
        await until(lambda: len(post.letters(ERIKA)) == 1)
        post.deliver(mailed(post, ERIKA)[0]["Reply-To"], letter(b"M1 90 %", MAX, number=2))
        await until(lambda: len(post.letters(OFFICE)) == 1)
    assert town.measure(1).percent == 0
    assert "M1 90 %" in words_of(mailed(post, OFFICE)[0])
    assert subject_of(mailed(post, OFFICE)[0])
