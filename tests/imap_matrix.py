"""The IMAP calls the product rests on, one by one, through imapclient: what any server, real or stand-in, must do."""

from __future__ import annotations

import select
import socket
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from imapclient import IMAPClient
from imapclient.exceptions import LoginError

Deliver = Callable[[bytes], None]

FOLDER, FILED = "Prüfung Größe", "Prüfung erledigt"
HEAD = "From: erika@example.org\r\nSubject: =?utf-8?q?Gr=C3=B6=C3=9Fe?=\r\nMessage-ID: <{}@example.org>\r\n"
BODY = 'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n' + "".join(
    f"--b\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\nGrüße\r\n" for kind in ("plain", "html")
)
BATCH = 50
TIMEOUT = 10.0  # seconds
WAKE = 8.0  # seconds: Dovecot 2.3 holds its announcements for half a second, the rest is a slow machine


def a_letter(message_id: str | None = None) -> bytes:
    return f"{HEAD.format(message_id or uuid.uuid4().hex)}{BODY}--b--\r\n".encode()


def matrix(host: str, port: int, user: str, password: str, deliver: Deliver) -> list[str]:
    """Try every call; returns one line per gap, so an empty list is a pass. `deliver` puts a letter into the INBOX."""
    return _Matrix(host, port, user, password, deliver).gaps()


class _Matrix:
    """The checks in the order they need each other; the first line of each docstring names the call."""

    def __init__(self, host: str, port: int, user: str, password: str, deliver: Deliver) -> None:
        self.host, self.port, self.user, self.password, self.deliver = host, port, user, password, deliver
        self.client = self.connect()
        self.uids: list[int] = []

    def connect(self) -> IMAPClient:
        client = IMAPClient(self.host, self.port, ssl=False, timeout=TIMEOUT)
        # imapclient sends some commands in two writes: 45 ms each without this
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return client

    def gaps(self) -> list[str]:
        checks = [check for name, check in vars(_Matrix).items() if name.startswith("check_")]
        try:
            return [gap for gap in (self.gap(check) for check in checks) if gap]
        finally:
            with suppress(OSError):
                self.client.shutdown()

    def gap(self, check: Callable[[_Matrix], None]) -> str | None:
        try:
            check(self)
        except Exception as error:
            return f"{check.__doc__} {type(error).__name__}: {error}"
        return None

    def check_wrong_password(self) -> None:
        """LOGIN with a wrong password is refused as such."""
        with self.connect() as client, suppress(LoginError):
            client.login(self.user, "wrong")
            raise AssertionError("let in")

    def check_login(self) -> None:
        """LOGIN lets the owner in, and IDLE, MOVE and UIDPLUS are on offer."""
        self.client.login(self.user, self.password)
        assert all(self.client.has_capability(name) for name in ("IDLE", "MOVE", "UIDPLUS"))

    def check_folders(self) -> None:
        """CREATE and LIST know folders with umlauts."""
        for name in (FOLDER, FILED):
            self.client.create_folder(name)
            assert self.client.folder_exists(name)
        assert {"INBOX", FOLDER, FILED} <= {name for _, _, name in self.client.list_folders()}

    def check_select(self) -> None:
        """SELECT tells UIDVALIDITY and UIDNEXT, and UIDNEXT grows with a letter."""
        before = self.client.select_folder(FOLDER)
        self.client.append(FOLDER, a_letter("first"), flags=[b"\\Flagged"])
        after = self.client.select_folder(FOLDER)
        assert isinstance(before[b"UIDVALIDITY"], int)
        assert before[b"UIDVALIDITY"] == after[b"UIDVALIDITY"]
        assert (after[b"UIDNEXT"], after[b"EXISTS"]) == (before[b"UIDNEXT"] + 1, 1)

    def check_append(self) -> None:
        """APPEND takes letters while the folder is selected."""
        for _ in range(BATCH):
            self.client.append(FOLDER, a_letter())
        self.uids = sorted(self.client.search("ALL"))
        assert len(self.uids) == BATCH + 1

    def check_search_range(self) -> None:
        """SEARCH UID n:* finds what is new, and the last letter when nothing is."""
        assert sorted(self.client.search(["UID", f"{self.uids[3]}:*"])) == self.uids[3:]
        assert self.client.search(["UID", f"{self.uids[-1] + 7}:*"]) == [self.uids[-1]]

    def check_search_fields(self) -> None:
        """SEARCH finds by Message-ID, by day and by flag."""
        assert self.client.search(["HEADER", "Message-ID", "<first@example.org>"]) == [self.uids[0]]
        assert sorted(self.client.search(["SINCE", date(2020, 1, 1)])) == self.uids
        assert sorted(self.client.search("UNSEEN")) == self.uids
        assert self.client.search("FLAGGED") == [self.uids[0]]

    def check_fetch_sizes(self) -> None:
        """FETCH tells size, day and flags of a batch without its text."""
        found = self.client.fetch(self.uids[:BATCH], ["RFC822.SIZE", "INTERNALDATE", "FLAGS"])
        assert sorted(found) == self.uids[:BATCH]
        assert found[self.uids[0]][b"RFC822.SIZE"] == len(a_letter("first"))
        assert found[self.uids[0]][b"INTERNALDATE"].year >= 2020

    def check_fetch_bodies(self) -> None:
        """FETCH BODY.PEEK[] gives a batch byte for byte and leaves it unseen."""
        found = self.client.fetch(self.uids[:BATCH], ["BODY.PEEK[]"])
        assert found[self.uids[0]][b"BODY[]"] == a_letter("first")
        assert all(letter[b"BODY[]"].endswith(b"--b--\r\n") for letter in found.values())
        assert sorted(self.client.search("UNSEEN")) == self.uids

    def check_fetch_header(self) -> None:
        """FETCH gives the header alone, and the first bytes alone."""
        uid = self.uids[0]
        header = self.client.fetch([uid], ["BODY.PEEK[HEADER]"])[uid][b"BODY[HEADER]"]
        assert b"<first@example.org>" in header
        assert b"multipart" in header
        assert self.client.fetch([uid], ["BODY.PEEK[]<0.20>"])[uid][b"BODY[]<0>"] == a_letter("first")[:20]

    def check_fetch_structure(self) -> None:
        """FETCH tells envelope and structure, as mail programs ask for them."""
        found = self.client.fetch(self.uids[:1], ["ENVELOPE", "BODYSTRUCTURE"])[self.uids[0]]
        assert found[b"ENVELOPE"].message_id == b"<first@example.org>"
        assert found[b"BODYSTRUCTURE"].is_multipart

    def check_fetch_gone(self) -> None:
        """FETCH and STORE of a letter that is gone do nothing and do not fail."""
        gone = self.uids[-1] + 1000
        assert self.client.fetch([gone], ["BODY.PEEK[]"]) == {}
        self.client.add_flags([gone], [b"\\Seen"], silent=True)

    def check_store(self) -> None:
        r"""STORE marks a batch as \Seen, silently."""
        self.client.add_flags(self.uids[:BATCH], [b"\\Seen"], silent=True)
        assert sorted(self.client.search("SEEN")) == self.uids[:BATCH]

    def check_move(self) -> None:
        """MOVE files a batch, and moving it again does no harm."""
        self.client.move(self.uids[:BATCH], FILED)
        self.client.move(self.uids[:BATCH], FILED)
        assert self.client.search("ALL") == [self.uids[-1]]
        assert self.client.folder_status(FILED, ["MESSAGES"])[b"MESSAGES"] == BATCH

    def check_copy_and_expunge(self) -> None:
        r"""COPY, \Deleted and UID EXPUNGE do what MOVE does."""
        self.client.copy(self.uids[-1:], FILED)
        self.client.delete_messages(self.uids[-1:], silent=True)
        self.client.uid_expunge(self.uids[-1:])
        assert self.client.search("ALL") == []
        assert self.client.folder_status(FILED, ["MESSAGES", "UIDNEXT", "UIDVALIDITY"])[b"MESSAGES"] == BATCH + 1

    def check_small_talk(self) -> None:
        """NOOP and ID are answered."""
        self.client.noop()
        self.client.id_({"name": "matrix"})

    def check_idle(self) -> None:
        """IDLE announces a letter that comes in meanwhile, and commands work afterwards."""
        before = self.client.select_folder("INBOX")[b"UIDNEXT"]
        self.client.idle()
        self.deliver(a_letter("idle"))
        assert self.announced()
        new = self.client.search(["UID", f"{before}:*"])
        assert b"<idle@example.org>" in self.client.fetch(new, ["BODY.PEEK[]"])[new[-1]][b"BODY[]"]

    def check_idle_just_before(self) -> None:
        """IDLE announces a letter that came between the last command and IDLE."""
        self.client.select_folder("INBOX")
        self.deliver(a_letter())
        self.client.idle()
        assert self.announced()

    def check_idle_again(self) -> None:
        """IDLE ends with DONE when nothing happened."""
        self.client.select_folder("INBOX")
        self.client.idle()
        self.client.idle_done()
        self.client.noop()

    def check_second_connection(self) -> None:
        """A second connection may file letters while the first one idles."""
        self.client.select_folder("INBOX")
        self.client.idle()
        with self.connect() as other:
            other.login(self.user, self.password)
            other.select_folder("INBOX")
            other.move(other.search("ALL"), FILED)
        assert self.announced(b"EXPUNGE")
        assert self.client.select_folder("INBOX")[b"EXISTS"] == 0

    def check_logout(self) -> None:
        """LOGOUT ends the session, after the folders made here are deleted."""
        self.client.select_folder("INBOX")
        for name in (FOLDER, FILED):
            self.client.delete_folder(name)
        self.client.logout()

    def announced(self, what: bytes = b"EXISTS") -> bool:
        """Whether the server says so while we idle; ends IDLE. Not idle_check(): it chokes on half a line."""
        heard = self.buffered() or bool(select.select([self.client.socket()], [], [], WAKE)[0])
        _, lines = self.client.idle_done()  # a server may also tell here, on DONE, what it kept back while we idled
        return heard and any(len(line) > 1 and line[1] == what for line in lines)

    def buffered(self) -> bool:
        """Whether a line was read along with the go-ahead for IDLE, where select() cannot see it."""
        connection = self.client.socket()
        connection.settimeout(0)
        try:
            return bool(self.client._imap.file.peek(1))
        finally:
            connection.settimeout(TIMEOUT)
