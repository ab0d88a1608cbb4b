"""LÖSCHEN: somebody is forgotten in every table, and the alliance's records go on under a pseudonym (Art. 17 GDPR)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, or_, select, update
from sqlmodel import Session, col
from sqlmodel import select as choose

from alliance import companies, deputising, moving, notices, phrases, sealing
from alliance.house import House
from alliance.moving import Freed
from alliance.notes import Note
from alliance.privacy import subjects
from alliance.privacy.datamap import ENTRIES, MAP, Entry, Fate
from alliance.privacy.subjects import Subject, own, table_of
from alliance.privacy.traces import Traces, traces
from store import changes, inbox, outbox
from store.erased import Forgotten
from store.tables import (
    Case,
    Change,
    Channel,
    Company,
    Deed,
    InboxRow,
    JoinRequest,
    LeadOffer,
    Meeting,
    Offer,
    OfferMatch,
    OutboxRow,
    Paper,
    Person,
    PersonalRequest,
    Poll,
    Purge,
    Received,
    RequestState,
    Role,
    RoleProposal,
    Sending,
)
from texts import say

READ = 500  # lines of the history in memory at a time
_WAITING = (Received.NEW, Received.ACTED)


@dataclass
class Erased:
    """What an erasure did, for the office: measures that are free, and whether a namesake is still with us."""

    company: str = ""
    freed: Freed = field(default_factory=Freed)
    namesake: bool = False


def erase(session: Session, house: House, person: Person, now: datetime, inbox_id: int | None = None) -> Erased:
    """Forget a member or former member, at the same moment in every table; the office hears which measures are free.

    ``inbox_id`` is the letter or update that asked for it, None where a rule does. All is done in the caller's
    transaction, and safe to run again. Nothing is sent to the person: :mod:`alliance.privacy.farewell` does that.
    """
    if person.erased_at is not None:
        return Erased()
    deed = _line(session, person, now, inbox_id)
    deputising.end_all(session, house, person, now)
    freed = moving.free(session, person)
    done = _Erasure(session, subjects.of_person(session, person), now, deed, inbox_id).run(person)
    done.company, done.freed = notices.company_of(session, person).name, freed  # without a name that stood in it
    if inbox_id or freed.orphans or done.namesake:
        _tell_office(session, person, done, now)
    return done


def erase_stranger(session: Session, subject: Subject, now: datetime, inbox_id: int | None) -> None:
    """Forget somebody who is no member, and of whom only an address or a chat is known."""
    _Erasure(session, subject, now, _line(session, None, now, inbox_id), inbox_id).run(None)


def pseudonym(person_id: int) -> str:
    """What stands for somebody who was forgotten: »N. N. 12«."""
    return f"N. N. {person_id}"


def _line(session: Session, person: Person | None, now: datetime, inbox_id: int | None) -> Deed:
    """The history's line: who was forgotten, by id only."""
    source = session.get(InboxRow, inbox_id) if inbox_id else None
    door = str(source.channel) if source else "clock"
    who = person.id if person else None
    deed = Deed(at=now, actor_id=who if source else None, door=door, what="erase", details={"person": who})
    deed.inbox_id = inbox_id
    session.add(deed)
    session.flush()
    changes.belong(session, deed)
    return deed


class _Erasure:
    """One erasure, step by step. Rows are found first, because what finds them is forgotten on the way."""

    def __init__(self, session: Session, subject: Subject, now: datetime, deed: Deed, inbox_id: int | None) -> None:
        self.session = session
        self.subject = subject
        self.now = now
        self.deed = deed
        self.inbox_id = inbox_id
        self.done = Erased()

    def run(self, person: Person | None) -> Erased:
        traces_ = self._traces(person)
        letters = subjects.letters(self.session, self.subject) | ({self.inbox_id} if self.inbox_id else set())
        if person:
            self._settle(person)
        self._purge()
        owned = self._owned()
        self._delete()
        self._blank()
        self._outbox()
        self._inbox(letters)
        self._papers()
        if person:
            self._pseudonymise(person)
        if traces_:
            self._sweep(traces_)
        changes.settle(self.session)
        self._redact(traces_, owned)
        self.session.expire_all()
        self.session.info["scrub"] = True
        known = frozenset({*self.subject.emails, *map(str, self.subject.chats)})
        self.session.info.setdefault("forgotten", []).append(Forgotten(self.now, self.subject.person, known))
        return self.done

    # --- what they are known by

    def _traces(self, person: Person | None) -> Traces | None:
        """How the subject shows in free text. A name or number that others have, too, is left to the office."""
        numbers = [str(chat) for chat in self.subject.chats]
        if person is None:
            return traces([], self.subject.emails, numbers, "N. N.")
        assert person.id is not None
        others = self.session.exec(choose(Person).where(Person.id != person.id)).all()
        mine = traces([person.name], [], [], "")
        self.done.namesake = bool(mine and any(mine.show_in(other.name) for other in others))
        shared = {_digits(other.phone) for other in others}
        shared |= {_digits(phone) for phone in self.session.exec(choose(Company.phone))}
        names = [] if self.done.namesake else [person.name]
        numbers += [] if _digits(person.phone) in shared else [person.phone]
        return traces(names, self.subject.emails, numbers, pseudonym(person.id))

    # --- what is open

    def _settle(self, person: Person) -> None:
        """What waits for the person's word waits no more."""
        no = {"accepted": False}
        self._close("lead_offers", col(LeadOffer.answered_at), no)
        self._close("role_proposals", col(RoleProposal.decided_at), no)
        self._close("cases", col(Case.answered_at), {})
        self._close("personal_requests", col(PersonalRequest.answered_at), {"outcome": "erased"})
        open_ = update(Meeting).where(col(Meeting.minute_taker_id) == person.id, col(Meeting.minutes_at).is_(None))
        self.session.execute(open_.values(minute_taker_id=None))

    def _close(self, table: str, end: Any, values: dict[str, Any]) -> None:
        """End what has no ``end`` yet."""
        open_ = update(table_of(MAP[table])).where(own(MAP[table], self.subject), end.is_(None))
        self.session.execute(open_.values({end.key: self.now, **values}))

    def _purge(self) -> None:
        """The addresses whose letters must leave the mailbox's folders."""
        for email in self.subject.emails:
            self.session.merge(Purge(email=email, at=self.now))

    # --- rows

    def _owned(self) -> dict[str, set[str]]:
        """The keys of the rows that are about to go, so that the history's copies of them go, too."""
        owned: dict[str, set[str]] = {}
        for entry in ENTRIES:
            if entry.fate in {Fate.DELETE, Fate.BLANK} or entry.table == "persons":
                key = next(iter(table_of(entry).primary_key.columns))
                rows = self.session.scalars(select(key).where(own(entry, self.subject)))
                owned[entry.table] = {str(row) for row in rows}
        return owned

    def _delete(self) -> None:
        me = self.subject.person
        if me:
            theirs = choose(Offer.id).where(Offer.person_id == me).scalar_subquery()
            matches = or_(col(OfferMatch.offer_id).in_(theirs), col(OfferMatch.other_offer_id).in_(theirs))
            self.session.execute(delete(OfferMatch).where(or_(matches, col(OfferMatch.other_person_id) == me)))
        for entry in ENTRIES:
            if entry.fate is Fate.DELETE and entry.table != "purges":
                self.session.execute(delete(table_of(entry)).where(own(entry, self.subject)))

    def _blank(self) -> None:
        state = update(JoinRequest).where(own(MAP["requests"], self.subject))
        open_ = col(JoinRequest.state) != RequestState.APPROVED
        self.session.execute(state.where(open_).values(state=RequestState.DECLINED, decided_at=self.now))
        for entry in ENTRIES:
            if entry.fate is Fate.BLANK and entry.blank and entry.table != "inbox":
                self.session.execute(update(table_of(entry)).where(own(entry, self.subject)).values(dict(entry.blank)))

    def _outbox(self) -> None:
        """What waits is dropped, what was sent is emptied (FAULTS 64); no old letter can be answered any more."""
        rows = self.session.exec(choose(OutboxRow).where(own(MAP["outbox"], self.subject))).all()
        for row in rows:
            if row.state in {*outbox.RESTING, Sending.IN_FLIGHT}:
                row.state, row.lease_until = Sending.DROPPED, None
            outbox.empty(row)

    def _inbox(self, letters: set[int]) -> None:
        """Their letters and updates are emptied; an update whose answer is still to be shown, right after that."""
        for row_id in letters:
            row = self.session.get_one(InboxRow, row_id)
            if row_id == self.inbox_id and row.channel == Channel.TELEGRAM:
                row.outcome = inbox.FORGET
                continue
            for name, value in MAP["inbox"].blank.items():
                setattr(row, name, value)
            if row.state in _WAITING and row_id != self.inbox_id:
                row.state = Received.IGNORED

    def _papers(self) -> None:
        """Papers are copies, and a PDF cannot be searched: all go but pictures and what is on its way to members."""
        kept = {paper for tally in self.session.exec(choose(Poll.tally)) for paper in _pictures(tally)}
        office = choose(Person.id).where(Person.role == Role.OFFICE).scalar_subquery()
        going = choose(OutboxRow.note).where(
            col(OutboxRow.state).in_([*outbox.RESTING, Sending.IN_FLIGHT]), col(OutboxRow.person_id).not_in(office)
        )
        kept.update(paper for note in self.session.exec(going) for paper in note.get("papers", ()))
        self.session.execute(delete(Paper).where(col(Paper.id).not_in(kept)))

    def _pseudonymise(self, person: Person) -> None:
        assert person.id is not None
        person.name, person.phone, person.telegram_id, person.telegram_dead = pseudonym(person.id), "", None, False
        person.channel, person.digest, person.language = Channel.MAIL, "never", "de"
        person.paused_until = person.away_until = person.last_contact_at = None
        person.left_at, person.erased_at = person.left_at or self.now, self.now

    # --- words

    def _sweep(self, gone: Traces) -> None:
        """Free text of others, in which the person is named."""
        for entry in ENTRIES:
            if entry.words and entry.fate is not Fate.REDACT:
                self._sweep_table(entry, gone)

    def _sweep_table(self, entry: Entry, gone: Traces) -> None:
        table = table_of(entry)
        key = next(iter(table.primary_key.columns))
        rows: Select[Any] = select(key, *(table.c[name] for name in entry.words))
        if entry.table == "inbox":  # what still waits to be acted on keeps its words
            rows = rows.where(table.c.state.not_in(_WAITING))
        for row_key, *values in self.session.execute(rows).all():
            changed = {
                name: _still_a_key(entry.table, name, row_key, cleaned)
                for name, value in zip(entry.words, values, strict=True)
                if (cleaned := gone.without(value)) != value
            }
            if changed:
                self.session.execute(update(table).where(key == row_key).values(changed))

    # --- the history

    def _redact(self, gone: Traces | None, owned: dict[str, set[str]]) -> None:
        """The history loses what it says of the person (its own copies of their rows wholly), and its chain holds."""
        deeds = {self.deed.id or 0}
        if gone:
            lines = self.session.execute(select(col(Deed.id), col(Deed.details)).execution_options(yield_per=READ))
            deeds.update(deed for deed, details in lines if gone.show_in(details))
        for change in self.session.exec(choose(Change).execution_options(yield_per=READ)):
            if change.deed_id and _is_theirs(change, gone, owned, self.subject):
                deeds.add(change.deed_id)

        def forget(row: Deed | Change) -> None:
            if isinstance(row, Deed):
                row.details = gone.without(row.details) if gone else row.details
            elif _is_theirs(row, None, owned, self.subject):
                sealing.blank(row)
            elif gone:
                row.before, row.after = gone.without(row.before), gone.without(row.after)

        sealing.redact(self.session, deeds, self.now, forget)


def _is_theirs(change: Change, gone: Traces | None, owned: dict[str, set[str]], subject: Subject) -> bool:
    """Whether a row's copy in the history is of one of the person's rows, or names them."""
    if change.row_id in owned.get(change.table_name, ()):
        return True
    entry, copies = MAP.get(change.table_name), (change.before or {}, change.after or {})
    owners = entry.owners if entry and entry.fate in {Fate.DELETE, Fate.BLANK} and subject.person else ()
    if any(copy.get(name) == subject.person for copy in copies for name in owners):
        return True
    return bool(gone and any(gone.show_in(copy) for copy in copies))


def _still_a_key(table: str, name: str, key: Any, cleaned: Any) -> Any:
    """A key that must differ is replaced as a whole, and a company is still found by its name."""
    if (table, name) == ("outbox", "dedupe_key"):
        return f"-erased:{key}"
    return companies.search_key(cleaned) if (table, name) == ("companies", "search_key") else cleaned


def _pictures(tally: Mapping[str, Any] | None) -> Iterator[int]:
    yield from ((tally or {}).get("pictures") or {}).values()


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())


def _tell_office(session: Session, person: Person, done: Erased, now: datetime) -> None:
    """Which measures are free now, by company; not who was forgotten."""
    key = f"erased-office:{person.id}"
    notices.to_office(session, lambda reader: _for_office(session, reader, done), key, now)


def _for_office(session: Session, reader: Person, done: Erased) -> Note:
    language = reader.language
    lines = [say(language, "office-privacy-erased-line", company=done.company)]
    if done.freed.orphans:
        names = phrases.measure_numbers(language, (measure.number for measure in done.freed.orphans))
        lines.append(say(language, "office-privacy-erased-measures", measures=names))
    if done.namesake:
        lines.append(say(language, "office-privacy-erased-namesake"))
    items = moving.giving(session, language, done.freed)
    return Note(say(language, "office-privacy-erased-title"), tuple(lines), items)
