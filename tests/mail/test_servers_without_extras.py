"""Mailboxes of the real world: poor servers, shared and read-only folders, letters that cannot be had, old heaps."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError
from structlog.testing import capture_logs

from mail import connecting, fetching, mailbox
from mail.connecting import Account, Unconnected
from mail.fetching import Obstacles
from mail.filing import Folders
from mail.mailbox import MailboxReader
from store.database import Database
from store.inbox import Received
from tests.mail.dovecots import Dovecot
from tests.mail.gate import Gate
from tests.mail.mail_world import (
    DONE_FOLDER,
    ERIKA,
    HOUSE,
    Clerk,
    deeds,
    letter,
    mailbox_settings,
    noon,
    open_door,
    rows,
    smtp_settings,
    states,
)
from tests.mail.scripted_imap import HANG_UP, POOR, ScriptedImap
from tests.mail.test_mailbox import close_all, numbers, watching
from tests.real_mail import available
from tests.waiting import PATIENCE, until

QUICK = SocketTimeout(connect=5, read=5)
OLD = 5_000  # letters

needs_real_mail = pytest.mark.skipif(available() is not None, reason=available() or "runs")


def real(*marked: Any) -> Any:
    """Marks for a test that needs Dovecot."""
    return [pytest.mark.real_mail, pytest.mark.xdist_group("real_mail"), needs_real_mail, *marked]


def wait_for(condition: Any) -> None:
    asyncio.run(until(condition))


def begun(database: Database, server: Any) -> None:
    """The first look ever."""
    with watching(database, server):
        pass


@contextmanager
def person(server: Any) -> Iterator[IMAPClient]:
    """Somebody else at the same mailbox."""
    with IMAPClient(server.host, server.imap_port, ssl=False, timeout=PATIENCE) as client:
        client.login(HOUSE, "secret")
        client.select_folder("INBOX")
        yield client


def folder(server: Any, name: str) -> int:
    with person(server) as client:
        return int(client.folder_status(name, ["MESSAGES"])[b"MESSAGES"])


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "FIRST_DELAY", 0.02)
    monkeypatch.setattr(mailbox, "LONGEST_DELAY", 0.1)
    monkeypatch.setattr(mailbox, "FILING", 0.02)
    monkeypatch.setattr(mailbox, "IDLE_RENEWAL", 0.1)  # a scripted server tells no news


# --- poor servers


def test_without_idle_move_and_uidplus_letters_are_polled_copied_and_only_marked(
    file: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "POLL", 0.05)
    with ScriptedImap(POOR) as server, watching(file, server):
        server.put(1, letter(), "\\Deleted")  # by somebody who has changed their mind
        server.put(2, letter(number=2))
        wait_for(lambda: server.copied.get(DONE_FOLDER) == [1, 2])
        wait_for(lambda: server.flags[2] == {"\\Seen", "\\Deleted"})
    assert sorted(server.letters) == [1, 2]
    assert not server.said("EXPUNGE")
    assert not server.said("UID EXPUNGE")
    assert not server.said("IDLE")


def test_what_could_only_be_marked_is_not_filed_twice(file: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "POLL", 0.05)
    with ScriptedImap(POOR) as server:
        begun(file, server)
        for _ in range(2):
            with watching(file, server):
                if not server.letters:
                    server.put(1, letter())
                wait_for(lambda: "\\Deleted" in server.flags[1])
    assert server.copied == {DONE_FOLDER: [1]}


@pytest.mark.real_mail
@pytest.mark.xdist_group("real_mail")
@needs_real_mail
def test_a_real_server_stripped_of_every_extra(file: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "POLL", 0.1)
    more = "protocol imap {\n imap_capability = IMAP4rev1\n}\nnamespace inbox {\n separator = .\n prefix = INBOX.\n}"
    with Dovecot(more) as server:
        begun(file, server)
        server.deliver(HOUSE, letter())
        with person(server) as client:
            client.add_flags(client.search("ALL"), ["\\Flagged"])
        with watching(file, server):
            wait_for(lambda: numbers(file) == ["1"])
            wait_for(lambda: folder(server, "INBOX.Zukunftsplan.erledigt") == 1)
        with person(server) as client:
            names = {name for _, _, name in client.list_folders()}
            (flags,) = (found[b"FLAGS"] for found in client.fetch(client.search("ALL"), ["FLAGS"]).values())
    assert {"INBOX.Zukunftsplan.offen", "INBOX.Zukunftsplan.unlesbar"} <= names
    assert {b"\\Seen", b"\\Deleted", b"\\Flagged"} <= set(flags)


# --- what became of a letter


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (Received.DONE, "Zukunftsplan/erledigt"),
        (Received.IGNORED, "Zukunftsplan/erledigt"),
        (Received.OFFICE, "Zukunftsplan/offen"),
        (Received.QUARANTINED, "Zukunftsplan/unlesbar"),
    ],
)
def test_letters_are_filed_by_what_became_of_them(post: Any, file: Database, state: Received, name: str) -> None:
    begun(file, post)
    reader = MailboxReader(mailbox_settings(post), file, lambda: None, noon)
    reader.start()
    post.deliver(HOUSE, letter())
    post.wait_for(lambda: len(rows(file)) == 1, PATIENCE)
    assert len(post.folder(HOUSE, "INBOX")) == 1  # nothing has been done about it yet
    close_all(file, state)
    post.wait_for(lambda: len(post.folder(HOUSE, name)) == 1, PATIENCE)
    assert post.folder(HOUSE, "INBOX") == []
    reader.stop()


async def test_a_letter_without_a_sender_goes_to_the_office_and_one_that_breaks_us_aside(
    post: Any, file: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mail.incoming.RETRY", 0.01)
    clerk = Clerk()
    clerk.failures["M13 fertig"] = 9  # a deed that fails in company is tried again alone
    async with open_door(file, mailbox_settings(post), smtp_settings(post), clerk):
        post.deliver(HOUSE, letter().replace(b"From: Erika Beispiel <%s>" % ERIKA.encode(), b"From: nobody"))
        post.deliver(HOUSE, letter(b"M13 fertig", number=2))
        await until(lambda: len(post.folder(HOUSE, Folders().quarantine)) == 1)
        await until(lambda: len(post.folder(HOUSE, Folders().office)) == 1)
    assert sorted(state for state, _ in states(file)) == ["office", "quarantined"]


def test_folders_may_share_a_name_and_have_other_ones(post: Any, file: Database) -> None:
    begun(file, post)
    post.deliver(HOUSE, letter())
    with watching(file, post, folders=Folders("Erledigt", "Für uns", "Für uns")):
        post.wait_for(lambda: len(post.folder(HOUSE, "Erledigt")) == 1, PATIENCE)
    assert post.folder(HOUSE, "Für uns") == []


# --- shared with people


def test_what_a_person_has_opened_or_flagged_is_still_ours(post: Any, file: Database) -> None:
    begun(file, post)
    for number in (1, 2):
        post.deliver(HOUSE, letter(number=number))
    with person(post) as client:
        client.add_flags(client.search("ALL"), ["\\Seen", "\\Flagged"])
    with watching(file, post):
        post.wait_for(lambda: post.folder(HOUSE, "INBOX") == [], PATIENCE)
    assert numbers(file) == ["1", "2"]


def gone(server: ScriptedImap, uid: int) -> None:
    server.letters.pop(uid, None)


def test_a_letter_that_vanishes_between_search_and_fetch_is_no_error(file: Database) -> None:
    with ScriptedImap(f"{POOR} IDLE MOVE") as server:
        begun(file, server)
        for uid in (1, 2, 3):
            server.put(uid, letter(number=uid))
        server.others = lambda: gone(server, 2)
        server.answer = lambda command: "{tag} OK done" if command.startswith("UID MOVE") else None
        with capture_logs() as logs, watching(file, server):
            wait_for(lambda: numbers(file) == ["1", "3"])
    assert [entry for entry in logs if entry["log_level"] == "error"] == []


@pytest.mark.real_mail
@pytest.mark.xdist_group("real_mail")
@needs_real_mail
def test_people_who_delete_and_move_at_the_same_time_do_not_stop_us(file: Database) -> None:
    with Dovecot() as server:
        begun(file, server)
        with watching(file, server), person(server) as client:
            client.create_folder("Privat")
            for number in range(40):
                server.deliver(HOUSE, letter(number=number))
                client.noop()
                if lying := client.search("ALL"):
                    with suppress(IMAPClientError):  # filed by us at this very moment
                        client.move(lying[-1:], "Privat") if number % 2 else client.delete_messages(lying[:1])
            server.deliver(HOUSE, letter(number=99))
            wait_for(lambda: "99" in numbers(file))
            wait_for(lambda: folder(server, "INBOX") == 0)
    assert len(numbers(file)) == len(set(numbers(file)))


def test_what_cannot_be_filed_looks_as_people_have_left_it(file: Database) -> None:
    full = "{tag} NO [OVERQUOTA] the mailbox is full"
    with ScriptedImap(f"{POOR} IDLE", lambda said: full if said.startswith("UID COPY") else None) as server:
        begun(file, server)
        server.put(1, letter())
        server.put(2, letter(number=2), "\\Seen")
        with capture_logs() as logs, watching(file, server):
            wait_for(lambda: any(entry.get("action") == "mailbox-filing" for entry in logs))
    assert (server.flags[1], server.flags[2]) == (set(), {"\\Seen"})
    assert numbers(file) == ["1", "2"]


@pytest.mark.real_mail
@pytest.mark.xdist_group("real_mail")
@needs_real_mail
def test_a_read_only_mailbox_is_read_and_loudly_lamented(file: Database) -> None:
    more = "protocol imap {\n mail_plugins = acl\n}\nplugin {\n acl = vfile:$base/rights\n}"
    server = Dovecot(more)
    server.files["rights"] = "INBOX owner lr\n"
    with server:
        begun(file, server)
        with capture_logs() as logs, watching(file, server) as reader:
            for number in (1, 2):
                server.deliver(HOUSE, letter(number=number))
            wait_for(lambda: numbers(file) == ["1", "2"])
            assert reader.healthy
        with watching(file, server), person_reading(server) as client:
            flags = [found[b"FLAGS"] for found in client.fetch(client.search("ALL"), ["FLAGS"]).values()]
    assert [entry["log_level"] for entry in logs if entry.get("action") == "mailbox-read-only"] == ["error"]
    assert not [entry for entry in logs if entry.get("action") == "mailbox-filing"]
    assert len(flags) == 2
    assert not any(b"\\Seen" in found for found in flags)
    assert numbers(file) == ["1", "2"]


@contextmanager
def person_reading(server: Any) -> Iterator[IMAPClient]:
    with IMAPClient(server.host, server.imap_port, ssl=False, timeout=PATIENCE) as client:
        client.login(HOUSE, "secret")
        client.select_folder("INBOX", readonly=True)
        yield client


# --- letters that cannot be had


@pytest.mark.parametrize("how", ["{tag} NO I cannot", "{tag} BAD internal error", "{tag} OK done", HANG_UP])
def test_a_letter_that_cannot_be_fetched_holds_up_no_other(file: Database, how: str) -> None:
    def answer(command: str) -> str | None:
        words = command.split(" ")
        return how if command.startswith("UID FETCH") and "BODY" in command and _covers(words[2], 2) else None

    with ScriptedImap(f"{POOR} IDLE", answer) as server:
        begun(file, server)
        for uid in (1, 2, 3, 4):
            server.put(uid, letter(number=uid))
        with capture_logs() as logs, watching(file, server):
            wait_for(lambda: numbers(file) == ["1", "3", "4"])
            wait_for(lambda: server.flags[4] >= {"\\Seen", "\\Deleted"})
        with watching(file, server):
            pass
    stuck = [entry["uid"] for entry in logs if entry.get("action") == "mailbox-letter"]
    assert stuck == [2]
    assert server.flags[2] == set()
    assert numbers(file) == ["1", "3", "4"]


def _covers(uids: str, uid: int) -> bool:
    ends = [[int(end) for end in part.split(":")] for part in uids.split(",")]
    return any(part[0] <= uid <= part[-1] for part in ends)


def test_letters_a_server_could_not_give_for_a_while_are_all_read_in_the_end(file: Database) -> None:
    refusals = iter([*["{tag} NO storage is away"] * 11])

    def answer(command: str) -> str | None:
        return next(refusals, None) if command.startswith("UID FETCH") and "BODY" in command else None

    with ScriptedImap(f"{POOR} IDLE", answer) as server:
        begun(file, server)
        for uid in (1, 2, 3, 4):
            server.put(uid, letter(number=uid))
        with watching(file, server):
            wait_for(lambda: len(rows(file)) == 4)
    assert sorted(numbers(file)) == ["1", "2", "3", "4"]


def test_when_nothing_can_be_fetched_it_is_tried_again_after_an_hour() -> None:
    now = [0.0]
    obstacles = Obstacles(clock=lambda: now[0])
    for uid in (5, 6):
        for _ in range(fetching.TRIES):
            assert obstacles.batch([uid]) == [uid]
            obstacles.failed([uid])
    assert obstacles.batch([5, 6]) == []
    now[0] = fetching.REST + 1
    assert obstacles.batch([5, 6]) == [5]


def test_a_letter_of_no_bytes_is_kept_and_filed(file: Database) -> None:
    with ScriptedImap(f"{POOR} IDLE") as server, watching(file, server):
        server.put(1, b"")
        server.put(2, letter(number=2))
        wait_for(lambda: server.copied.get(DONE_FOLDER) == [1, 2])
    assert [row.raw for row in rows(file)] == [b"", letter(number=2)]


async def test_a_letter_of_no_bytes_is_dealt_with(post: Any, file: Database) -> None:
    async with open_door(file, mailbox_settings(post), smtp_settings(post)):
        post.deliver(HOUSE, b"")
        post.deliver(HOUSE, letter())
        await until(lambda: deeds(file)[-1:] == ["M12 60 %"])
        await until(lambda: post.folder(HOUSE, "INBOX") == [])
    assert not {"quarantined", "new"} & {state for state, _ in states(file)}


# --- moods of servers


@pytest.mark.fault(30)
def test_a_server_that_says_bye_is_visited_again(file: Database) -> None:
    byes = iter(["+ idling\r\n* BYE Session expired, please login again.\r\n" + HANG_UP])

    def answer(command: str) -> str | None:
        return next(byes, None) if command == "IDLE" else None

    with ScriptedImap(f"{POOR} IDLE", answer) as server, watching(file, server):
        wait_for(lambda: server.connections == 2)
        server.put(1, letter())
        wait_for(lambda: len(rows(file)) == 1)


@pytest.mark.fault(30)
def test_a_line_that_goes_dead_in_idle_is_noticed(post: Any, file: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "IDLE_RENEWAL", 0.1)
    monkeypatch.setattr(mailbox, "READ_PATIENCE", 0.5)
    dead = DeadGate(post.imap_port)
    with dead, watching(file, dead) as reader:
        dead.silent = True  # half open: nothing comes through, nobody hangs up
        wait_for(lambda: reader.trouble == "unreachable")
        post.deliver(HOUSE, letter())
        dead.silent = False
        wait_for(lambda: len(rows(file)) == 1)
        assert dead.connections > 1


class DeadGate(Gate):
    """A line that may swallow everything."""

    silent = False

    def _upwards(self, data: bytes) -> bytes:
        return b"" if self.silent else super()._upwards(data)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("{tag} BAD User is authenticated but not connected.", 180.0),
        ("{tag} NO Request is throttled. Suggested Backoff Time: 299961 milliseconds", 299.961),
        ("{tag} NO Request is throttled. Suggested Backoff Time: 999999999 milliseconds", 3600.0),
        ("{tag} NO [LIMIT] too many connections", 180.0),
    ],
)
def test_a_server_that_wants_to_be_left_alone_is(file: Database, said: str, seconds: float) -> None:
    with ScriptedImap(f"{POOR} IDLE", lambda command: said if command.startswith("SELECT") else None) as server:
        reader = MailboxReader(mailbox_settings(server), file, lambda: None, noon)
        reader.start()
        wait_for(lambda: reader.trouble == "throttled")
        reader.wake()
        reader.stop()
        assert server.connections == 1
    failed = connecting.named(IMAPClientError(said))
    assert mailbox._trouble(failed) == ("throttled", seconds)


def test_throttling_is_no_letters_fault(file: Database) -> None:
    slow = "{tag} NO Request is throttled. Suggested Backoff Time: 1000 milliseconds"
    with ScriptedImap(f"{POOR} IDLE", lambda said: slow if "BODY" in said else None) as server:
        begun(file, server)
        server.put(1, letter())
        reader = MailboxReader(mailbox_settings(server), file, lambda: None, noon)
        reader.start()
        wait_for(lambda: reader.trouble == "throttled")
        assert reader._obstacles.batch([1, 2]) == [1, 2]
        reader.stop()


# --- passwords


@pytest.mark.parametrize("extras", ["AUTH=PLAIN", "LITERAL+", ""])
@pytest.mark.parametrize(("user", "password"), [(HOUSE, "Grüße 100 %"), ("Haus des Plans", 'so "geheim"\\')])
def test_any_password_and_any_user_are_told_as_they_are(extras: str, user: str, password: str) -> None:
    with ScriptedImap(f"{POOR} {extras}") as server:
        client = connecting.imap(Account("127.0.0.1", server.imap_port, user, password, "none"), QUICK)
        client.select_folder("INBOX")
        client.shutdown()
    told = f"\0{user}\0{password}" if "PLAIN" in extras else user
    assert told in server.commands


@pytest.mark.real_mail
@pytest.mark.xdist_group("real_mail")
@needs_real_mail
@pytest.mark.parametrize("hide", [(), (b"AUTH=PLAIN",)])
def test_a_password_with_umlauts_opens_a_real_mailbox(hide: tuple[bytes, ...]) -> None:
    with Dovecot(password="Grüße") as server, Gate(server.imap_port, hide=hide) as gate:
        client = connecting.imap(Account(gate.host, gate.imap_port, HOUSE, "Grüße", "none"), QUICK)
        client.select_folder("INBOX")
        client.logout()
        with pytest.raises(Unconnected) as refused:
            connecting.imap(Account(gate.host, gate.imap_port, HOUSE, "Grüsse", "none"), QUICK)
    assert refused.value.trouble == "login"
    assert any(b"AUTHENTICATE PLAIN" in said for said in gate.commands) is not bool(hide)


# --- heaps, and new numbers


@pytest.mark.real_mail
@pytest.mark.xdist_group("real_mail")
@needs_real_mail
@pytest.mark.fault(32)
def test_of_thousands_of_old_letters_none_is_read_and_the_start_takes_seconds(file: Database) -> None:
    with Dovecot() as server:
        server.fill(HOUSE, [letter(number=number) for number in range(OLD)])
        with person(server):
            pass  # Dovecot makes its index
        began = time.monotonic()
        begun(file, server)
        first = time.monotonic() - began
        began = time.monotonic()
        with watching(file, server):
            second = time.monotonic() - began
            server.deliver(HOUSE, letter(number=OLD))
            wait_for(lambda: folder(server, DONE_FOLDER) == 1)
        assert folder(server, "INBOX") == OLD
    assert numbers(file) == [str(OLD)]
    assert (first < 5, second < 5) == (True, True)
    print(f"first {first:.2f} s, again {second:.2f} s")  # noqa: T201 - shown by pytest -s


@pytest.mark.real_mail
@pytest.mark.xdist_group("real_mail")
@needs_real_mail
@pytest.mark.fault(31)
async def test_after_new_numbers_nothing_is_answered_twice(file: Database) -> None:
    """The done letters lie in the INBOX again, as after a restored backup."""
    with Dovecot(postfix=True) as server:
        async with open_door(file, mailbox_settings(server), smtp_settings(server)):
            for number in (1, 2):
                server.deliver(HOUSE, letter(b"M%d fertig" % number, number=number))
            await until(lambda: folder(server, DONE_FOLDER) == 2)
        with person(server) as client:
            client.select_folder(DONE_FOLDER)
            client.move(client.search("ALL"), "INBOX")
        server.renumber(HOUSE)
        async with open_door(file, mailbox_settings(server), smtp_settings(server)):
            server.deliver(HOUSE, letter(b"M3 fertig", number=3))
            await until(lambda: "M3 fertig" in deeds(file))
            await until(lambda: folder(server, "INBOX") == 0)
            await asyncio.to_thread(server.read, ERIKA, 3)
        assert len(server.read(ERIKA)) == 3
    assert deeds(file) == ["M1 fertig", "M2 fertig", "M3 fertig"]
