"""Fetching letters over IMAP: each is kept raw, in one commit with the cursor."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import structlog
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, IMAPClientReadOnlyError
from sqlmodel import Session

from mail import connecting, reading
from mail.filing import Filing
from store import inbox
from store.crashpoints import crash_point
from store.database import Database
from store.inbox import Channel, Cursor, Incoming

log = structlog.get_logger()

INBOX = "INBOX"
BATCH = 50  # letters
BATCH_BYTES = 20_000_000
SIZE_LIMIT = 10_000_000  # bytes: of a bigger letter only the headers are fetched
LOOK_BACK = timedelta(days=14)  # how old a letter may be that is read again after the server has renumbered
TRIES = 3  # for a letter that cannot be fetched
REST = 3600.0  # seconds until it is tried again when nothing newer could be fetched either
NOT_GIVEN = object()
TOO_BIG = reading.TOO_BIG


class Obstacles:
    """Letters that cannot be fetched, remembered beyond one connection, which such a letter may end.

    After a failed batch each letter is tried alone. One that has failed three times is left where it is as soon as a
    newer one could be fetched, so that a server in trouble costs no letter; before that it gets its last try.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: Counter[int] = Counter()
        self._alone_until = 0
        self._last_failure = 0.0

    def forget(self) -> None:
        """The server has renumbered the letters."""
        self._tries.clear()
        self._alone_until = 0

    def batch(self, found: Sequence[int]) -> list[int]:
        """The UIDs to fetch next, of those found, in order."""
        if self._tries and self._clock() - self._last_failure > REST:
            self._tries.clear()
        fit = [uid for uid in found if self._tries[uid] < TRIES]
        return fit[: 1 if fit and fit[0] <= self._alone_until else BATCH]

    def last_chances(self, found: Iterable[int], before: int) -> list[int]:
        """What has failed three times and should be tried once more, now that the server has given a newer letter."""
        return [uid for uid in found if uid < before and self._tries[uid] == TRIES]

    def failed(self, uids: Sequence[int]) -> None:
        """The server gave none of these, or hung up over them."""
        self._last_failure = self._clock()
        self._alone_until = max(self._alone_until, uids[-1])
        if len(uids) == 1:
            self._tries[uids[0]] += 1
            if self._tries[uids[0]] == TRIES:
                log.error("a letter cannot be fetched and stays in the INBOX", action="mailbox-letter", uid=uids[0])


class Fetching:
    """One connection's view of the INBOX."""

    def __init__(
        self,
        client: IMAPClient,
        database: Database,
        mailbox: str,
        clock: Callable[[], datetime],
        obstacles: Obstacles,
    ) -> None:
        self._client = client
        self._database = database
        self._mailbox = mailbox
        self._clock = clock
        self._obstacles = obstacles
        self._seen = 0  # UIDs up to here need no second look on this connection
        self.read_only = False

    def look(self) -> dict[bytes, Any]:
        """The INBOX as it is now: an atomic view of UIDNEXT, where a SEARCH may swallow the news of a letter."""
        try:
            selected = self._client.select_folder(INBOX, readonly=self.read_only)
        except IMAPClientReadOnlyError:
            self.read_only = True
            log.error("the INBOX is read-only: nothing can be filed", action="mailbox-read-only")  # noqa: TRY400
            selected = self._client.select_folder(INBOX, readonly=True)
        return dict(selected)

    # --- fetch and keep

    def keep_new(self, selected: dict[bytes, Any], filing: Filing) -> bool:
        """Keep the next batch of new letters, to be filed later; False when there are none."""
        cursor = self._cursor(selected)
        last = max(cursor.last_uid, self._seen)
        if selected.get(b"UIDNEXT", last + 2) <= last + 1:
            return False
        found = self._client.search(["UID", f"{last + 1}:*"])
        found = sorted(uid for uid in found if uid > last)  # n:* always names the last letter
        if not found:
            self._seen = max(last, selected.get(b"UIDNEXT", 1) - 1)
            return False
        uids = self._obstacles.batch(found)
        if uids:
            taken, letters = self._fetch(uids)
            for uid in self._obstacles.last_chances(found, before=taken[-1]):
                letters += self._fetch([uid])[1]
            filing.expect(self._keep(Cursor(cursor.uidvalidity, taken[-1]), sorted(letters)))
        return bool(uids)

    def _cursor(self, selected: dict[bytes, Any]) -> Cursor:
        """How far we have read: at the first connection ever, up to the present."""
        validity = int(selected[b"UIDVALIDITY"])
        cursor = self._database.read_now(lambda session: inbox.cursor(session, self._mailbox))
        if cursor and cursor.uidvalidity == validity:
            return cursor
        start = Cursor(validity, self._recent(selected) if cursor else self._present(selected))
        log.info("mailbox begun", action="mailbox-begun", renumbered=cursor is not None)
        self._seen = 0
        self._obstacles.forget()
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

    def _keep(self, cursor: Cursor, letters: Sequence[tuple[int, bytes]]) -> dict[str, int]:
        names = {self._name(cursor.uidvalidity, uid): uid for uid, _ in letters}
        raws = (raw for _, raw in letters)
        things = [Incoming(name, raw, fingerprint(raw)) for name, raw in zip(names, raws, strict=True)]
        now = self._clock()

        def keep(session: Session) -> None:
            inbox.keep(session, Channel.MAIL, things, now)
            inbox.advance(session, self._mailbox, cursor)

        crash_point("mail-fetched")
        self._database.write_now(keep)
        crash_point("mail-kept")
        return names

    def _name(self, validity: int, uid: int) -> str:
        """What tells a letter from all others, also after a change of mailbox."""
        return f"{self._mailbox}:{validity}:{uid}"

    def _fetch(self, uids: Sequence[int]) -> tuple[list[int], list[tuple[int, bytes]]]:
        """As many of the first UIDs as fit into one batch, and their letters, without those that are gone meanwhile."""
        try:
            small, big = self._sizes(uids)
            letters = [*self._whole(small), *self._headers(big)]
            taken = sorted([*small, *big])
            given = {uid for uid, _ in letters}
            if missing := [uid for uid in taken if uid not in given]:
                self._let_go(missing)
        except (IMAPClientError, OSError) as error:
            if connecting.named(error).trouble != "throttled":
                self._obstacles.failed(uids)
            raise
        return taken, letters

    def _sizes(self, uids: Sequence[int]) -> tuple[dict[int, int], list[int]]:
        """The first UIDs that fit into one batch: those to fetch whole, with their sizes, and those too big for it."""
        answer = self._client.fetch(uids, ["RFC822.SIZE"])
        small: dict[int, int] = {}
        big: list[int] = []
        total = 0
        for uid in uids:
            size = answer.get(uid, {}).get(b"RFC822.SIZE", 0)
            total += min(size, SIZE_LIMIT)
            if total > BATCH_BYTES and (small or big):
                break
            if size <= SIZE_LIMIT:
                small[uid] = size
            else:
                big.append(uid)
        return small, big

    def _whole(self, sizes: dict[int, int]) -> Iterator[tuple[int, bytes]]:
        answer = self._client.fetch(list(sizes), ["BODY.PEEK[]"]) if sizes else {}
        for uid, size in sizes.items():
            raw = answer.get(uid, {}).get(b"BODY[]", NOT_GIVEN)
            if raw is None and size == 0:  # how some servers say that it is empty
                yield uid, b""
            elif isinstance(raw, bytes):
                yield uid, raw

    def _headers(self, uids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        answer = self._client.fetch(uids, [f"BODY.PEEK[HEADER]<0.{reading.HEADER_LIMIT}>"]) if uids else {}
        for uid in uids:
            if raw := answer.get(uid, {}).get(b"BODY[HEADER]<0>"):
                yield uid, f"{TOO_BIG}: yes\r\n".encode() + raw

    def _let_go(self, uids: Sequence[int]) -> None:
        """Somebody else may move or delete letters while we fetch. Raises IMAPClientError when they are still there."""
        if self._client.search(["UID", ",".join(map(str, uids))]):
            raise IMAPClientError("the server lists letters that it does not give")

    # --- what is kept already

    def leftovers(self, selected: dict[bytes, Any]) -> dict[str, int]:
        """What lies in the INBOX though we have been past it, by the name it would be kept under."""
        validity = int(selected[b"UIDVALIDITY"])
        cursor = self._database.read_now(lambda session: inbox.cursor(session, self._mailbox))
        if cursor is None or cursor.uidvalidity != validity or cursor.last_uid < 1:
            return {}
        lying = self._client.search(["UID", f"1:{cursor.last_uid}", "UNDELETED"])
        return {self._name(validity, uid): uid for uid in sorted(lying)}


def fingerprint(raw: bytes) -> str:
    """What recognises a letter that comes twice: Message-ID and body; without an ID who wrote, when and what about."""
    head = reading.head(raw)
    names = reading.raw_headers(head, "Message-ID") or [
        value for name in ("Date", "From", "To", "Subject") for value in reading.raw_headers(head, name)
    ]
    body = reading.body(raw).replace(b"\r\n", b"\n").rstrip()
    identity = "\0".join(reading.one_line(name) for name in names).encode("utf-8", "surrogateescape")
    return sha256(identity + b"\0" + body).hexdigest()
