"""Watching a mailbox: what arrives is kept once and then filed, whatever the server or the wire does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from demo.postoffice import PostOffice
from mail import mailbox
from mail.fetching import SIZE_LIMIT, TOO_BIG, fingerprint
from mail.mailbox import MailboxReader
from store import inbox
from store.database import Database
from store.inbox import Channel, Cursor, Received
from tests.mail.gate import Gate
from tests.mail.mail_world import DONE_FOLDER, HOUSE, NOON, letter, limit_pages, mailbox_settings, noon, rows
from tests.waiting import PATIENCE


def close_all(database: Database, state: Received = Received.DONE) -> None:
    """Deal with every letter that waits."""

    def close(session: Session) -> None:
        for row in inbox.waiting(session, Channel.MAIL):
            inbox.close(row, state)

    database.write_now(close)


@contextmanager
def watching(database: Database, server: Any, **settings: Any) -> Iterator[MailboxReader]:
    """A reader that has caught up, with somebody behind it who deals with every letter at once."""
    reader = MailboxReader(mailbox_settings(server, **settings), database, lambda: close_all(database), noon)
    reader.start()
    try:
        assert reader.watching.wait(PATIENCE), reader.trouble
        yield reader
    finally:
        reader.stop()


def numbers(database: Database) -> list[str]:
    """The Message-ID lines of what was kept, in order."""
    return [row.raw.split(b"Message-ID: <")[1].split(b"@")[0].decode() for row in rows(database)]


def kept(database: Database, count: int) -> Any:
    return lambda: len(rows(database)) == count


@pytest.mark.fault(32)
def test_the_first_look_ever_starts_at_the_present(post: PostOffice, file: Database) -> None:
    post.deliver(HOUSE, letter(number=1))
    with watching(file, post):
        post.deliver(HOUSE, letter(number=2))
        post.wait_for(lambda: len(post.folder(HOUSE, DONE_FOLDER)) == 1, PATIENCE)
    assert numbers(file) == ["2"]
    assert len(post.folder(HOUSE, "INBOX")) == 1


def test_what_came_while_we_were_down_is_read_later(post: PostOffice, file: Database) -> None:
    with watching(file, post):
        pass
    for number in range(120):  # more than two batches
        post.deliver(HOUSE, letter(number=number))
    with watching(file, post):
        post.wait_for(lambda: post.folder(HOUSE, "INBOX") == [], PATIENCE)
    assert numbers(file) == [str(number) for number in range(120)]


def test_a_letter_that_comes_between_select_and_idle_is_noticed_at_once(post: PostOffice, file: Database) -> None:
    waiting = [letter(number=number) for number in range(5)]
    gate = Gate(post.imap_port, before_idle=lambda: post.deliver(HOUSE, waiting.pop(0)) if waiting else None)
    with gate, watching(file, gate):
        post.wait_for(kept(file, 5), PATIENCE)
    assert numbers(file) == ["0", "1", "2", "3", "4"]


@pytest.mark.fault(30)
def test_a_broken_connection_is_made_anew(post: PostOffice, file: Database) -> None:
    with watching(file, post) as reader:
        reader.watching.clear()
        post.drop_connections()
        post.deliver(HOUSE, letter(number=1))
        post.wait_for(kept(file, 1), PATIENCE)
        assert reader.watching.wait(PATIENCE)
        assert reader.healthy


@pytest.mark.fault(30)
def test_the_watch_is_renewed_again_and_again_long_before_anybody_on_the_way_forgets_it(
    post: PostOffice, file: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mailbox.IDLE_RENEWAL <= 9 * 60  # seconds; routers forget a silent line after ten minutes, servers after 29
    monkeypatch.setattr(mailbox, "IDLE_RENEWAL", 0.1)
    with Gate(post.imap_port) as gate, watching(file, gate):
        post.wait_for(lambda: sum(b"DONE" in command for command in [*gate.commands]) > 3, PATIENCE)
        assert gate.connections == 1


@pytest.mark.fault(30)
def test_without_idle_and_move_letters_are_polled_copied_and_deleted(post: PostOffice, file: Database) -> None:
    gate = Gate(post.imap_port, hide=(b"IDLE", b"MOVE"))
    with gate, watching(file, gate) as reader:
        post.deliver(HOUSE, letter())
        reader.wake()
        post.wait_for(lambda: len(post.folder(HOUSE, DONE_FOLDER)) == 1, PATIENCE)
        post.wait_for(lambda: post.folder(HOUSE, "INBOX") == [], PATIENCE)
    sent = b"".join(gate.commands)
    assert b"COPY" in sent
    assert b"IDLE" not in sent
    assert b"MOVE" not in sent


@pytest.mark.fault(31)
def test_renumbered_letters_are_recognised(file: Database) -> None:
    with PostOffice({HOUSE: "secret"}, clock=noon) as post, watching(file, post):
        post.deliver(HOUSE, letter(number=1))
        post.wait_for(kept(file, 1), PATIENCE)
        post.stop()
        post.start()  # a new UIDVALIDITY
        post.deliver(HOUSE, letter(number=1))
        post.deliver(HOUSE, letter(number=2))
        post.wait_for(kept(file, 3), PATIENCE)
        post.wait_for(lambda: len(post.folder(HOUSE, DONE_FOLDER)) == 2, PATIENCE)
    first, again, other = (row.fingerprint for row in rows(file))
    assert first == again != other


@pytest.mark.fault(31, 32)
def test_after_renumbering_nothing_from_long_ago_is_read_again(file: Database) -> None:
    days = iter([NOON - timedelta(days=400), NOON - timedelta(days=2)])
    with PostOffice({HOUSE: "secret"}, clock=lambda: next(days)) as post:
        before = Cursor(uidvalidity=1, last_uid=7)
        file.write_now(lambda session: inbox.advance(session, mailbox_settings(post).name, before))
        post.deliver(HOUSE, letter(number=1))
        post.deliver(HOUSE, letter(number=2))
        with watching(file, post):
            post.wait_for(kept(file, 1), PATIENCE)
        assert len(post.folder(HOUSE, "INBOX")) == 1
    assert numbers(file) == ["2"]


def test_the_same_letter_delivered_twice_is_kept_under_one_fingerprint(post: PostOffice, file: Database) -> None:
    with watching(file, post):
        post.deliver(HOUSE, letter(number=1))
        post.deliver(HOUSE, letter(number=1))
        post.wait_for(kept(file, 2), PATIENCE)
    assert len({row.fingerprint for row in rows(file)}) == 1
    assert len({row.external_id for row in rows(file)}) == 2


@pytest.mark.fault(33)
def test_of_a_huge_letter_only_the_headers_are_fetched(post: PostOffice, file: Database) -> None:
    with watching(file, post):
        post.deliver(HOUSE, letter() + (b"y" * 70 + b"\r\n") * (SIZE_LIMIT // 72 + 1))
        post.deliver(HOUSE, letter(number=2))
        post.wait_for(kept(file, 2), 60)
    huge, small = rows(file)
    assert huge.raw.startswith(TOO_BIG.encode())
    assert b"Message-ID: <1@" in huge.raw
    assert len(huge.raw) < 1_000
    assert small.raw.endswith(b"M12 60 %\r\n")


def test_a_refused_login_is_told_and_not_hammered(post: PostOffice, file: Database) -> None:
    gate = Gate(post.imap_port)
    reader = MailboxReader(mailbox_settings(gate, password="wrong"), file, lambda: None, noon)
    with gate:
        reader.start()
        post.wait_for(lambda: reader.trouble == "login", PATIENCE)
        reader.wake()
        assert not reader.healthy
        reader.stop()
    assert not any(thread.name == "mailbox" for thread in threading.enumerate())
    assert sum(b"LOGIN" in command for command in gate.commands) == 1


def test_a_server_that_is_not_there_is_unreachable_not_a_refused_login(post: PostOffice, file: Database) -> None:
    post.stop()
    reader = MailboxReader(mailbox_settings(post), file, lambda: None, noon)
    reader.start()
    post.wait_for(lambda: reader.trouble == "unreachable", PATIENCE)
    reader.stop()


@pytest.mark.fault(9)
def test_on_a_full_disk_letters_stay_in_the_mailbox_until_there_is_room(post: PostOffice, file: Database) -> None:
    with watching(file, post) as reader:
        limit_pages(file, 2)
        post.deliver(HOUSE, letter(b"x" * 100_000))
        post.wait_for(lambda: reader.trouble == "error", PATIENCE)
        assert len(post.folder(HOUSE, "INBOX")) == 1
        assert rows(file) == []
        limit_pages(file, None)
        post.wait_for(lambda: len(post.folder(HOUSE, DONE_FOLDER)) == 1, PATIENCE)
        assert reader.watching.wait(PATIENCE)
        assert reader.healthy
    assert len(rows(file)) == 1


@pytest.mark.parametrize("change", [lambda raw: raw.replace(b"\r\n", b"\n"), lambda raw: raw + b"\r\n\r\n"])
def test_line_ends_do_not_make_another_letter(change: Any) -> None:
    assert fingerprint(change(letter())) == fingerprint(letter())


def test_letters_without_a_message_id_are_told_apart_by_who_wrote_when() -> None:
    bare = letter().replace(b"Message-ID: <1@client.example.org>\r\n", b"Date: Mon, 2 Mar 2026 12:00:00 +0100\r\n")
    later = bare.replace(b"12:00:00", b"12:30:00")
    assert fingerprint(bare) == fingerprint(bare)
    assert fingerprint(bare) != fingerprint(later)
