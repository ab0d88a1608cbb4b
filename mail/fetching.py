"""Fetching letters over IMAP: each is kept in one commit with the cursor, and filed in the mailbox only then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

import structlog
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError
from sqlmodel import Session, col, select

from mail import reading
from store import inbox
from store.crashpoints import crash_point
from store.database import Database
from store.inbox import Channel, Cursor, InboxRow, Incoming

log = structlog.get_logger()

INBOX = "INBOX"
BATCH = 50  # letters
BATCH_BYTES = 20_000_000
SIZE_LIMIT = 10_000_000  # bytes: of a bigger letter only the headers are fetched
LOOK_BACK = timedelta(days=14)  # how old a letter may be that is read again after the server has renumbered
CHUNK = 500  # UIDs in one command or query
TOO_BIG = "X-Zukunftsplan-Too-Big"  # our note in front of the headers of a letter that was not fetched whole


class Fetching:
    """One connection's view of the INBOX."""

    def __init__(
        self,
        client: IMAPClient,
        database: Database,
        mailbox: str,
        done_folder: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._database = database
        self._mailbox = mailbox
        self._clock = clock
        self._seen = 0  # UIDs up to here need no second look on this connection
        self._to_file: list[int] = []
        self._done_folder = _ensure_folder(client, done_folder)

    # --- fetch and keep

    def keep_new(self, selected: dict[bytes, Any]) -> bool:
        """Keep the next batch of new letters; False when there are none."""
        cursor = self._cursor(selected)
        last = max(cursor.last_uid, self._seen)
        if selected.get(b"UIDNEXT", last + 2) <= last + 1:
            return False
        found = self._client.search(["UID", f"{last + 1}:*"])
        uids = sorted(uid for uid in found if uid > last)[:BATCH]  # n:* always names the last letter
        if not uids:
            self._seen = max(last, selected.get(b"UIDNEXT", 1) - 1)
            return False
        self._keep(cursor.uidvalidity, uids)
        return True

    def _cursor(self, selected: dict[bytes, Any]) -> Cursor:
        """How far we have read: at the first connection ever, up to the present."""
        validity = int(selected[b"UIDVALIDITY"])
        cursor = self._database.read_now(lambda session: inbox.cursor(session, self._mailbox))
        if cursor and cursor.uidvalidity == validity:
            return cursor
        start = Cursor(validity, self._recent(selected) if cursor else self._present(selected))
        log.info("mailbox begun", action="mailbox-begun", renumbered=cursor is not None)
        self._seen = 0
        self._database.write_now(lambda session: inbox.advance(session, self._mailbox, start))
        return start

    def _present(self, selected: dict[bytes, Any]) -> int:
        if b"UIDNEXT" in selected:
            return int(selected[b"UIDNEXT"]) - 1
        return max(self._client.search("ALL"), default=0)

    def _recent(self, selected: dict[bytes, Any]) -> int:
        """Before the oldest letter worth reading again: what was left from years ago must not be answered now."""
        since = self._clock().date() - LOOK_BACK
        return min(self._client.search(["SINCE", since]), default=self._present(selected) + 1) - 1

    def _keep(self, validity: int, uids: Sequence[int]) -> None:
        uids, small, big = self._sorted_by_size(uids)
        letters = sorted([*self._whole(small), *self._headers(big)])
        things = [Incoming(self._name(validity, uid), raw, fingerprint(raw)) for uid, raw in letters]
        cursor, now = Cursor(validity, uids[-1]), self._clock()

        def keep(session: Session) -> None:
            inbox.keep(session, Channel.MAIL, things, now)
            inbox.advance(session, self._mailbox, cursor)

        crash_point("mail-fetched")
        self._database.write_now(keep)
        crash_point("mail-kept")
        self._to_file += [uid for uid, _ in letters]

    def _name(self, validity: int, uid: int) -> str:
        """What tells a letter from all others, also after a change of mailbox."""
        return f"{self._mailbox}:{validity}:{uid}"

    def _sorted_by_size(self, uids: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
        """As many of the first UIDs as fit into one batch; those to fetch whole; those too big for it."""
        answer = self._client.fetch(uids, ["RFC822.SIZE"])
        taken: list[int] = []
        small: list[int] = []
        big: list[int] = []
        total = 0
        for uid in uids:
            size = answer.get(uid, {}).get(b"RFC822.SIZE", 0)
            total += min(size, SIZE_LIMIT)
            if taken and total > BATCH_BYTES:
                break
            taken.append(uid)
            (small if size <= SIZE_LIMIT else big).append(uid)
        return taken, small, big

    def _whole(self, uids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        answer = self._client.fetch(uids, ["BODY.PEEK[]"]) if uids else {}
        for uid in uids:  # a letter that is gone meanwhile is simply not in the answer
            if raw := answer.get(uid, {}).get(b"BODY[]"):
                yield uid, raw

    def _headers(self, uids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        answer = self._client.fetch(uids, [f"BODY.PEEK[HEADER]<0.{reading.HEADER_LIMIT}>"]) if uids else {}
        for uid in uids:
            if raw := answer.get(uid, {}).get(b"BODY[HEADER]<0>"):
                yield uid, f"{TOO_BIG}: yes\r\n".encode() + raw

    # --- file what is kept

    def file_leftovers(self) -> None:
        """File what was kept before a crash and still lies in the INBOX; what was there before us stays."""
        validity = int(self._client.select_folder(INBOX)[b"UIDVALIDITY"])
        cursor = self._database.read_now(lambda session: inbox.cursor(session, self._mailbox))
        if cursor is None or cursor.uidvalidity != validity or cursor.last_uid < 1:
            return
        lying = sorted(self._client.search(["UID", f"1:{cursor.last_uid}", "UNDELETED"]))
        for start in range(0, len(lying), CHUNK):
            names = {self._name(validity, uid): uid for uid in lying[start : start + CHUNK]}
            self._to_file += self._database.read_now(partial(_kept, names=names))
        self.file_kept()

    def file_kept(self) -> None:
        """Mark as read and move away what is safely ours; may be repeated."""
        waiting, self._to_file = self._to_file, []
        try:
            for start in range(0, len(waiting), CHUNK):
                self._file(waiting[start : start + CHUNK])
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:  # a full or read-only mailbox: reading goes on, filing is housekeeping
            log.warning("letters stay in the INBOX", action="mailbox-filing", error=type(error).__name__)

    def _file(self, uids: Sequence[int]) -> None:
        client = self._client
        client.add_flags(uids, [b"\\Seen"], silent=True)
        if not self._done_folder:
            return
        if client.has_capability("MOVE"):
            client.move(uids, self._done_folder)
            return
        client.copy(uids, self._done_folder)
        client.add_flags(uids, [b"\\Deleted"], silent=True)
        if client.has_capability("UIDPLUS"):  # a plain EXPUNGE would also remove what somebody else has marked
            client.uid_expunge(uids)


def _kept(session: Session, names: dict[str, int]) -> list[int]:
    """Those of the UIDs whose letters lie in our inbox, given by their external ids."""
    statement = select(InboxRow.external_id).where(
        InboxRow.channel == Channel.MAIL, col(InboxRow.external_id).in_(names)
    )
    return sorted(names[name] for name in session.exec(statement))


def _ensure_folder(client: IMAPClient, path: str) -> str:
    """The folder's name on this server, made if missing; "" if the server will not have it."""
    try:
        prefix, delimiter = _namespace(client)
        name = prefix + path.replace("/", delimiter)
        if not client.folder_exists(name):
            client.create_folder(name)
            client.subscribe_folder(name)
    except IMAPClientAbortError:
        raise
    except IMAPClientError as error:
        log.warning("no folder for what is done", action="mailbox-folder", error=type(error).__name__)
        return ""
    return name


def _namespace(client: IMAPClient) -> tuple[str, str]:
    """Where personal folders lie, and what stands between their levels."""
    if client.has_capability("NAMESPACE") and (personal := client.namespace().personal):
        prefix, delimiter = personal[0]
    else:
        prefix, delimiter = "", next((found for _, found, _ in client.list_folders("", "")), b"/")
    between = delimiter.decode() if isinstance(delimiter, bytes) else delimiter
    return prefix, between or "-"  # a server without levels names none


def fingerprint(raw: bytes) -> str:
    """What recognises a letter that comes twice: Message-ID and body; without an ID who wrote, when and what about."""
    head = reading.head(raw)
    names = reading.raw_headers(head, "Message-ID") or [
        value for name in ("Date", "From", "To", "Subject") for value in reading.raw_headers(head, name)
    ]
    body = reading.body(raw).replace(b"\r\n", b"\n").rstrip()
    identity = "\0".join(reading.one_line(name) for name in names).encode("utf-8", "surrogateescape")
    return sha256(identity + b"\0" + body).hexdigest()
