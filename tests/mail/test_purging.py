"""Letters in the assistant's own folders are deleted in time, and those of an erased address at once; others never."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from imapclient import IMAPClient
from sqlmodel import select

from demo.postoffice import PostOffice
from mail import mailbox, purging
from mail.filing import Folders
from mail.mailbox import MailboxReader
from mail.purging import BERLIN, Agenda, Ages
from store.database import Database
from store.tables import Deed, Purge
from tests.mail.dovecots import Dovecot
from tests.mail.gate import Gate
from tests.mail.mail_world import ERIKA, HOUSE, MAX, letter, mailbox_settings, noon
from tests.mail.test_mailbox import watching
from tests.real_mail import available
from tests.waiting import PATIENCE, until

NOON = noon()
ALL = (Folders().done, Folders().office, Folders().quarantine)
OLD, YOUNG = NOON - timedelta(days=100), NOON - timedelta(days=40)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "FIRST_DELAY", 0.02)
    monkeypatch.setattr(mailbox, "LONGEST_DELAY", 0.1)
    monkeypatch.setattr(mailbox, "IDLE_RENEWAL", 0.1)
    monkeypatch.setattr(purging, "EVERY", 0.0)


@pytest.fixture
def box(post: PostOffice) -> Iterator[IMAPClient]:
    with person(post) as client:
        yield client


def person(server: Any) -> IMAPClient:
    """Somebody at the mailbox, with the assistant's folders and a private one."""
    client = IMAPClient(server.host, server.imap_port, ssl=False, timeout=PATIENCE)
    client.login(HOUSE, "secret")
    for name in (*ALL, "Privat"):
        client.create_folder(name)
    return client


def put(client: IMAPClient, folder: str, at: datetime, sender: str = MAX, to: str = HOUSE) -> None:
    raw = letter(sender=sender).replace(b"To: %s" % HOUSE.encode(), b"To: %s" % to.encode())
    client.append(folder, raw, msg_time=at)


def count(client: IMAPClient, folder: str) -> int:
    return int(client.folder_status(folder, ["MESSAGES"])[b"MESSAGES"])


def counts(client: IMAPClient) -> dict[str, int]:
    return {name: count(client, name) for name in (*ALL, "Privat", "INBOX")}


def erase(database: Database, *emails: str) -> None:
    database.write_now(lambda session: session.add_all([Purge(email=email, at=NOON) for email in emails]))


def purges(database: Database) -> list[Purge]:
    return database.read_now(lambda session: list(session.exec(select(Purge))))


def notes(database: Database) -> list[dict[str, Any]]:
    lines = database.read_now(lambda session: list(session.exec(select(Deed).where(Deed.what == "forget-letters"))))
    return [line.details for line in lines]


def old_and_young(client: IMAPClient) -> None:
    for folder in (*ALL, "Privat", "INBOX"):
        put(client, folder, OLD)
        put(client, folder, YOUNG)


def test_what_is_too_old_leaves_our_folders_and_no_others(post: PostOffice, file: Database, box: IMAPClient) -> None:
    old_and_young(box)
    with watching(file, post, ages=Ages(90, BERLIN)):
        post.wait_for(lambda: count(box, ALL[2]) == 0, PATIENCE)
        post.wait_for(lambda: notes(file) == [{"count": 4}], PATIENCE)
    assert counts(box) == {ALL[0]: 1, ALL[1]: 1, ALL[2]: 0, "Privat": 2, "INBOX": 2}


def test_zero_days_keep_everything(post: PostOffice, file: Database, box: IMAPClient) -> None:
    old_and_young(box)
    erase(file, "jutta@probe.example.org")
    with watching(file, post, ages=Ages(0, BERLIN)):
        post.wait_for(lambda: purges(file) == [], PATIENCE)
    assert set(counts(box).values()) == {2}


def test_it_is_done_once_a_night(post: PostOffice, file: Database, box: IMAPClient) -> None:
    with watching(file, post, ages=Ages(90, BERLIN)):
        put(box, ALL[0], NOON)
    with watching(file, post, ages=Ages(90, BERLIN)) as reader:
        put(box, ALL[0], OLD)
        reader.wake()
        post.deliver(HOUSE, letter(number=2))
        post.wait_for(lambda: count(box, ALL[0]) == 3, PATIENCE)
    tomorrow = MailboxReader(
        mailbox_settings(post, ages=Ages(90, BERLIN)), file, lambda: None, lambda: NOON + timedelta(days=1)
    )
    tomorrow.start()
    post.wait_for(lambda: count(box, ALL[0]) == 2, PATIENCE)
    tomorrow.stop()


@pytest.mark.parametrize("hide", [(), (b"UIDPLUS",)])
def test_letters_of_an_erased_address_go_whichever_way_they_went(
    post: PostOffice, file: Database, box: IMAPClient, hide: tuple[bytes, ...]
) -> None:
    put(box, ALL[0], NOON, sender=ERIKA)
    put(box, ALL[1], NOON, sender=ERIKA.upper())
    put(box, ALL[2], NOON, to=ERIKA)
    put(box, ALL[0], NOON, sender=f"x{ERIKA}")
    put(box, ALL[0], NOON, sender=f"{ERIKA}.example.com")
    put(box, ALL[1], NOON, sender=MAX)
    put(box, "Privat", NOON, sender=ERIKA)
    put(box, "INBOX", NOON, sender=ERIKA)
    erase(file, ERIKA)
    gate = Gate(post.imap_port, hide=hide)
    with gate, watching(file, gate):
        post.wait_for(lambda: purges(file) == [], PATIENCE)
    assert counts(box) == {ALL[0]: 2, ALL[1]: 1, ALL[2]: 0, "Privat": 1, "INBOX": 1}
    assert notes(file) == [{"count": 3}]


def test_the_letter_that_asked_for_it_is_filed_first_and_then_deleted(
    post: PostOffice, file: Database, box: IMAPClient
) -> None:
    with watching(file, post):
        pass
    post.deliver(HOUSE, letter())
    erase(file, ERIKA)
    with watching(file, post):
        post.wait_for(lambda: purges(file) == [], PATIENCE)
    assert set(counts(box).values()) == {0}


def test_many_letters_go_in_portions_between_which_new_ones_are_read(
    post: PostOffice, file: Database, box: IMAPClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "CHUNK", 3)
    for _ in range(7):
        put(box, ALL[0], OLD)
    gate = Gate(post.imap_port)
    with gate, watching(file, gate, ages=Ages(90, BERLIN)):
        post.wait_for(lambda: notes(file) == [{"count": 7}], PATIENCE)
    said = b"\n".join(gate.commands)
    assert said.count(b"EXPUNGE") == 3
    between = said[said.index(b"EXPUNGE") : said.rindex(b"EXPUNGE")]
    assert b"SELECT INBOX" in between.replace(b'"', b"")


def test_a_connection_that_breaks_meanwhile_is_made_anew_and_the_rest_goes(
    post: PostOffice, file: Database, box: IMAPClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "CHUNK", 1)
    for _ in range(3):
        put(box, ALL[0], OLD)
    kept = mailbox_settings(post, ages=Ages(90, BERLIN))
    reader = MailboxReader(kept, file, lambda: None, noon)
    reader.start()
    post.wait_for(lambda: count(box, ALL[0]) < 3, PATIENCE)
    post.drop_connections()
    post.wait_for(lambda: notes(file) == [{"count": 3}], PATIENCE)
    reader.stop()
    with IMAPClient(post.host, post.imap_port, ssl=False) as again:
        again.login(HOUSE, "secret")
        assert count(again, ALL[0]) == 0


def test_a_folder_that_is_the_inbox_is_left_alone(post: PostOffice, file: Database, box: IMAPClient) -> None:
    put(box, "INBOX", OLD)
    put(box, ALL[1], OLD)
    names = Folders("INBOX", ALL[1], ALL[2])
    with watching(file, post, ages=Ages(90, BERLIN), folders=names):
        post.wait_for(lambda: count(box, ALL[1]) == 0, PATIENCE)
    assert count(box, "INBOX") == 1


def test_a_refused_folder_is_tried_again_after_a_rest() -> None:
    now = 0.0
    agenda = Agenda("box", BERLIN, lambda: datetime(2026, 3, 2, tzinfo=UTC), lambda: now)
    assert agenda.is_time()
    agenda.rest()
    now = purging.REST - 1
    assert not agenda.is_time()
    now = purging.REST
    assert agenda.is_time()


@pytest.mark.parametrize(("keep", "days"), [(90, (90, 90, 30)), (14, (14, 14, 14)), (0, (0, 0, 0))])
def test_unreadable_letters_go_sooner_but_never_later_than_the_others(keep: int, days: tuple[int, int, int]) -> None:
    ages = Ages(keep, BERLIN).of("done", "unreadable", "office")
    assert (ages["done"], ages["office"], ages["unreadable"]) == days
    assert Ages(90, BERLIN).of("done", "both", "both") == {"done": 90, "both": 90}


@pytest.mark.real_mail
@pytest.mark.xdist_group("real_mail")
@pytest.mark.skipif(available() is not None, reason=available() or "runs")
def test_on_a_real_server_too(file: Database) -> None:
    with Dovecot() as server, person(server) as client:
        old_and_young(client)
        put(client, ALL[0], NOON, sender=ERIKA)
        erase(file, ERIKA)

        def is_over() -> bool:
            return len(notes(file)) == 2

        with watching(file, server, ages=Ages(90, BERLIN)):
            asyncio.run(until(is_over))
        assert counts(client) == {ALL[0]: 1, ALL[1]: 1, ALL[2]: 0, "Privat": 2, "INBOX": 2}
