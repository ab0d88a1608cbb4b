"""Filing letters in the mailbox, once everything about them has been done: what lies in the INBOX still waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import structlog
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError
from sqlmodel import Session, col, select

from store.database import Database
from store.inbox import Channel, InboxRow, Received

log = structlog.get_logger()

CHUNK = 500  # UIDs in one command or query
NO_LEVELS = "-"  # where a server knows no folders in folders
TRIES = 2  # a COPY may be refused because somebody has just deleted one of the letters; the next SELECT knows it


@dataclass(frozen=True)
class Folders:
    """Where letters go, by what became of them; written with "/" whatever the server's delimiter is."""

    done: str = "Zukunftsplan/erledigt"
    office: str = "Zukunftsplan/offen"
    quarantine: str = "Zukunftsplan/unlesbar"


class Filing:
    """One connection's letters that are kept and wait to be filed."""

    def __init__(self, client: IMAPClient, database: Database, folders: Folders) -> None:
        self._client = client
        self._database = database
        self._waiting: dict[str, int] = {}  # external ids with their UIDs
        self._tries = 0
        self._done = _ensure_folder(client, folders.done)
        self._others: dict[str, str] = {
            Received.OFFICE: _ensure_folder(client, folders.office),
            Received.QUARANTINED: _ensure_folder(client, folders.quarantine),
        }

    @property
    def names(self) -> tuple[str, str, str]:
        """What the folders for what is done, for the office and for the unreadable are called here; "" without one."""
        return self._done, self._others[Received.OFFICE], self._others[Received.QUARANTINED]

    @property
    def waiting(self) -> bool:
        """Whether letters still wait to be dealt with."""
        return bool(self._waiting)

    def expect(self, names: dict[str, int]) -> None:
        """These letters are kept; file them when their rows are closed."""
        self._waiting |= names

    def expect_known(self, names: dict[str, int]) -> None:
        """Those of these letters that are kept; what was there before us stays."""
        self._waiting |= {name: names[name] for name in self._states(names)}

    def forget(self) -> None:
        """Nothing may be changed here."""
        self._waiting.clear()

    def file_finished(self) -> bool:
        """Move away what is dealt with; may be repeated. Call after a SELECT. Says whether fewer letters wait now."""
        before = len(self._waiting)
        groups: dict[str, dict[str, int]] = {}
        for name, state in self._states(self._waiting).items():
            if state not in {Received.NEW, Received.ACTED}:
                groups.setdefault(self._others.get(state, "") or self._done, {})[name] = self._waiting[name]
        for folder, names in groups.items():
            self._file_all(folder, names)
        return len(self._waiting) < before

    def _states(self, names: dict[str, int]) -> dict[str, str]:
        known: dict[str, str] = {}
        every = list(names)
        for start in range(0, len(every), CHUNK):
            known |= self._database.read_now(partial(_states, names=every[start : start + CHUNK]))
        return known

    def _file_all(self, folder: str, names: dict[str, int]) -> None:
        uids = sorted(names.values())
        try:
            for start in range(0, len(uids), CHUNK):
                self._file(uids[start : start + CHUNK], folder)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:  # a full mailbox, a missing right: reading goes on, filing is housekeeping
            self._tries += 1
            if self._tries % TRIES:
                return
            log.warning("letters stay in the INBOX", action="mailbox-filing", error=type(error).__name__)
        for name in names:
            del self._waiting[name]

    def _file(self, uids: Sequence[int], folder: str) -> None:
        """Mark as read and move away. What has to stay looks as people have left it."""
        if not folder:
            return
        client = self._client
        unseen = client.search(["UID", ",".join(map(str, uids)), "UNSEEN"])
        client.add_flags(unseen, [b"\\Seen"], silent=True)
        try:
            _move(client, uids, folder)
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            client.remove_flags(unseen, [b"\\Seen"], silent=True)
            raise


def _move(client: IMAPClient, uids: Sequence[int], folder: str) -> None:
    if client.has_capability("MOVE"):
        client.move(uids, folder)
        return
    client.copy(uids, folder)
    client.add_flags(uids, [b"\\Deleted"], silent=True)
    if client.has_capability("UIDPLUS"):  # a plain EXPUNGE would also remove what somebody else has marked
        client.uid_expunge(uids)


def _states(session: Session, names: Sequence[str]) -> dict[str, str]:
    """The states of those of our rows that carry one of these external ids."""
    statement = select(InboxRow.external_id, InboxRow.state).where(
        InboxRow.channel == Channel.MAIL, col(InboxRow.external_id).in_(names)
    )
    return dict(session.exec(statement).all())


def _ensure_folder(client: IMAPClient, path: str) -> str:
    """The folder's name on this server, made if missing; "" if the server will not have it."""
    kind = ""
    prefixes, delimiter = _namespace(client)
    for prefix in prefixes:
        name = prefix + path.replace("/", delimiter)
        try:
            if not client.folder_exists(name):
                client.create_folder(name)
                client.subscribe_folder(name)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            kind = type(error).__name__
        else:
            return name
    log.warning("a folder cannot be made", action="mailbox-folder", error=kind)
    return ""


def _namespace(client: IMAPClient) -> tuple[list[str], str]:
    """Where personal folders may lie, and what stands between their levels (RFC 2342)."""
    if client.has_capability("NAMESPACE") and (personal := client.namespace().personal):
        prefix, delimiter = personal[0]
        return [prefix], delimiter or NO_LEVELS
    found = next((found for _, found, _ in client.list_folders("", "")), b"/")
    between = found.decode() if found else NO_LEVELS
    return ["", f"INBOX{between}"], between  # without NAMESPACE only trying tells
