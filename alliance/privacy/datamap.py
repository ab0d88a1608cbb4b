"""The data map: what each table holds about people, why, how their rows are found, and what LÖSCHEN does with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from texts import say


class Basis(StrEnum):
    """Why something is kept: purpose and legal basis, said under ``privacy-basis-…``."""

    TASK = "task"  # Art. 6(1)(e) GDPR
    CONSENT = "consent"  # Art. 6(1)(a) and 9(2)(a) GDPR
    PROOF = "proof"  # Art. 5(2), 6(1)(c) and 7(1) GDPR
    RUNNING = "running"  # Art. 6(1)(e) and 32 GDPR
    NONE = "none"  # nothing about people, but for names in free text


class Fate(StrEnum):
    """What LÖSCHEN does with the rows of a person, and why; said under ``privacy-fate-…``.

    In all rows, whosever they are, the person's name, addresses and number in free text give way to the pseudonym.
    """

    DELETE = "delete"
    BLANK = "blank"  # the row stays, what it says of the person goes
    PSEUDONYM = "pseudonym"  # stays as the alliance's record, by the pseudonym's id
    REDACT = "redact"  # the history stays as a chain, its words go
    WORDS = "words"  # belongs to nobody: only names in its words go
    DISCARD = "discard"  # copies: thrown away, whosever they are
    STAY = "stay"  # nothing in it is about people


@dataclass(frozen=True)
class Entry:
    """One table. ``people`` are columns with ids of persons, and ``owners`` those whose rows are the person's own.

    ``addresses`` and ``chats`` are columns with mail addresses and chat ids, by which rows of people are found, too.
    ``words`` are columns of free text, JSON or bytes in which somebody may be named, ``plain`` the other columns of
    these types: codes and numbers. ``hidden`` columns are not shown by MEINEDATEN: they are secrets or bytes.
    ``blank`` is what LÖSCHEN writes in rows of the fate BLANK.
    """

    table: str
    basis: Basis
    fate: Fate
    people: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    chats: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    blank: Mapping[str, Any] = field(default_factory=dict)

    def what(self, language: str) -> str:
        """What the table holds, in plain words."""
        return say(language, f"privacy-map-{self.table.replace('_', '-')}")

    def why(self, language: str) -> str:
        """Purpose and legal basis."""
        return say(language, f"privacy-basis-{self.basis}")

    def end(self, language: str) -> str:
        """What LÖSCHEN does with it, and why."""
        return say(language, f"privacy-fate-{self.fate}")


_TASK, _CONSENT, _PROOF, _RUNNING, _NONE = Basis.TASK, Basis.CONSENT, Basis.PROOF, Basis.RUNNING, Basis.NONE
_ME = ("person_id",)

ENTRIES: tuple[Entry, ...] = (
    Entry("companies", _TASK, Fate.WORDS, words=("name", "search_key"), plain=("phone",)),
    Entry(
        "persons",
        _TASK,
        Fate.PSEUDONYM,
        people=("id",),
        owners=("id",),
        chats=("telegram_id",),
        words=("name",),
        plain=("role", "channel", "language", "phone", "digest"),
    ),
    Entry("addresses", _TASK, Fate.DELETE, people=_ME, owners=_ME, addresses=("email",)),
    Entry("fields", _NONE, Fate.WORDS, words=("group_name", "name")),
    Entry("goals", _NONE, Fate.WORDS, words=("title",)),
    Entry(
        "measures",
        _NONE,
        Fate.WORDS,
        words=("title", "milestones", "evidence", "note"),
        plain=("field", "initiative", "status"),
    ),
    Entry("assignments", _TASK, Fate.DELETE, people=_ME, owners=_ME),
    Entry("reports", _TASK, Fate.PSEUDONYM, people=_ME, owners=_ME, words=("text", "before"), plain=("status",)),
    Entry(
        "meetings",
        _TASK,
        Fate.PSEUDONYM,
        people=("minute_taker_id",),
        owners=("minute_taker_id",),
        words=("title", "place", "link", "agenda", "minutes", "cancel_reason"),
        plain=("kind",),
    ),
    Entry("attendances", _CONSENT, Fate.DELETE, people=_ME, owners=_ME, words=("deputy", "needs"), plain=("answer",)),
    Entry(
        "plan_versions",
        _TASK,
        Fate.PSEUDONYM,
        people=("by_id",),
        owners=("by_id",),
        words=("content",),
        plain=("state",),
        hidden=("content",),
    ),
    Entry(
        "amendments",
        _TASK,
        Fate.PSEUDONYM,
        people=("by_id",),
        owners=("by_id",),
        words=("before", "after", "why"),
        plain=("what",),
    ),
    Entry("decisions", _TASK, Fate.PSEUDONYM, people=("by_id",), owners=("by_id",), words=("text",)),
    Entry("lead_offers", _TASK, Fate.PSEUDONYM, people=("person_id", "from_id"), owners=("person_id", "from_id")),
    Entry(
        "ideas",
        _TASK,
        Fate.PSEUDONYM,
        people=("person_id", "decided_by"),
        owners=_ME,
        words=("text", "reason"),
        plain=("field", "state"),
    ),
    Entry("offers", _CONSENT, Fate.DELETE, people=_ME, owners=_ME, words=("text",)),
    Entry("matches", _CONSENT, Fate.DELETE, people=("other_person_id",), owners=("other_person_id",)),
    Entry("polls", _NONE, Fate.WORDS, words=("question", "tally"), plain=("kind",)),
    Entry("poll_options", _NONE, Fate.WORDS, words=("title",)),
    Entry("ballots", _CONSENT, Fate.DELETE, people=_ME, owners=_ME, plain=("choices",), hidden=("choices",)),
    Entry("follows", _CONSENT, Fate.DELETE, people=_ME, owners=_ME, plain=("field",)),
    Entry(
        "uploads",
        _TASK,
        Fate.BLANK,
        people=_ME,
        owners=_ME,
        words=("name", "content"),
        hidden=("content",),
        blank={"name": "", "content": b""},
    ),
    Entry(
        "requests",
        _CONSENT,
        Fate.BLANK,
        people=("person_id", "decided_by"),
        owners=_ME,
        addresses=("email",),
        chats=("chat_id",),
        words=("name", "company"),
        plain=("state", "language", "code_hash"),
        hidden=("code_hash",),
        blank={"email": "", "name": "", "company": "", "chat_id": None, "code_hash": "", "code_expires_at": None},
    ),
    Entry(
        "cases",
        _TASK,
        Fate.BLANK,
        people=("person_id", "claimed_id"),
        owners=("person_id", "claimed_id"),
        addresses=("email",),
        chats=("chat_id",),
        words=("text",),
        plain=("language", "reason", "token"),
        hidden=("token",),
        blank={"email": "", "chat_id": None, "text": "", "token": ""},
    ),
    Entry("talks", _RUNNING, Fate.DELETE, chats=("chat_id",), words=("matter", "choices")),
    Entry("keyboards", _RUNNING, Fate.DELETE, chats=("chat_id",), words=("intents",), plain=("id",), hidden=("id",)),
    Entry(
        "history",
        _PROOF,
        Fate.REDACT,
        people=("actor_id",),
        owners=("actor_id",),
        words=("details",),
        plain=("door", "what"),
    ),
    Entry(
        "inbox",
        _RUNNING,
        Fate.BLANK,
        addresses=("sender",),
        words=("raw", "answer"),
        plain=("channel", "external_id", "fingerprint", "state", "outcome", "holder"),
        hidden=("raw", "answer", "fingerprint"),
        blank={"raw": b"", "sender": "", "answer": None},
    ),
    Entry(
        "outbox",
        _RUNNING,
        Fate.BLANK,
        people=_ME,
        owners=_ME,
        addresses=("to",),
        words=("note", "dedupe_key", "in_reply_to"),
        plain=("channel", "token", "state", "error", "holder"),
        hidden=("token", "dedupe_key", "in_reply_to"),
    ),
    Entry("papers", _TASK, Fate.DISCARD, words=("name", "content"), plain=("media_type",), hidden=("content",)),
    Entry("mailboxes", _NONE, Fate.STAY, plain=("name",)),
    Entry("bounces", _RUNNING, Fate.DELETE, addresses=("email",), plain=("status",)),
    Entry("switches", _RUNNING, Fate.PSEUDONYM, people=("by_id",), owners=("by_id",), plain=("name",)),
    Entry("occasions", _NONE, Fate.STAY, plain=("key",)),
    Entry("instances", _NONE, Fate.STAY, plain=("name",)),
    Entry("outages", _NONE, Fate.STAY, plain=("channel", "reason")),
    Entry("backups", _NONE, Fate.STAY, plain=("error",)),
    Entry(
        "consents",
        _PROOF,
        Fate.PSEUDONYM,
        people=_ME,
        owners=_ME,
        plain=("purpose", "version", "wording", "door"),
    ),
    Entry(
        "personal_requests",
        _PROOF,
        Fate.BLANK,
        people=("person_id", "answered_by"),
        owners=_ME,
        addresses=("email",),
        words=("text", "outcome"),
        plain=("kind",),
        blank={"email": "", "text": ""},
    ),
    Entry(
        "role_proposals",
        _PROOF,
        Fate.PSEUDONYM,
        people=("person_id", "proposed_by", "decided_by"),
        owners=("person_id", "proposed_by"),
        plain=("role",),
    ),
    Entry("deputyships", _TASK, Fate.PSEUDONYM, people=("person_id", "deputy_id"), owners=("person_id", "deputy_id")),
    Entry("company_changes", _TASK, Fate.DELETE, people=("person_id", "decided_by"), owners=_ME, words=("company",)),
    Entry("changes", _PROOF, Fate.REDACT, words=("before", "after"), plain=("table_name", "row_id")),
    Entry("seals", _PROOF, Fate.REDACT, plain=("salt", "content", "chain")),
    Entry("purges", _PROOF, Fate.DELETE, addresses=("email",)),
)
MAP: Mapping[str, Entry] = {entry.table: entry for entry in ENTRIES}
