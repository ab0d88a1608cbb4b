"""Who is known to the alliance by name, address and number, and whose chat is whose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sqlmodel import Session, col, select

import texts
from alliance.words import initials
from alliance.words.initials import Names
from store.tables import Address, Attendance, Change, Company, JoinRequest, Person, Role

FEWEST_DIGITS = 5  # of a phone number without its area's 0; shorter ones are too many other things

_NO_DIGITS = re.compile(r"\D+")
_BETWEEN = r"[\s/().–-]"  # what people put between the digits of a number
_RUN = re.compile(rf"\d(?:{_BETWEEN}*\d){{{FEWEST_DIGITS - 1},}}")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Reader:
    """Whose chat it is: what is theirs is no third person's. Without ``person_id`` somebody who is no member yet."""

    person_id: int | None = None
    is_office: bool = False
    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True)
class People:
    """Everybody whose name must not appear, and who reads in which chat.

    ``everyone`` are all names, with those that somebody had before: a note may be older than a correction. ``phones``
    are digits after the 0, with whether the number is kept with a 0 or + at all.
    """

    names: Names
    everyone: frozenset[str]
    phones: dict[str, bool]
    readers: dict[int, Reader]
    starts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", frozenset(phone[:FEWEST_DIGITS] for phone in self.phones))

    def phones_near(self, text: str, without: frozenset[str]) -> list[str]:
        """Numbers whose digits stand in the text one after the other, the longest first. Cheap."""
        runs = [_NO_DIGITS.sub("", run) for run in _RUN.findall(text)]
        if not any(self._begins_in(digits) for digits in runs):
            return []
        found = (each for each in self.phones if each not in without and any(each in digits for digits in runs))
        return sorted(found, key=len, reverse=True)

    def _begins_in(self, digits: str) -> bool:
        windows = (digits[at : at + FEWEST_DIGITS] for at in range(len(digits) - FEWEST_DIGITS + 1))
        return not self.starts.isdisjoint(windows)


def former_names(session: Session) -> frozenset[str]:
    """Names that members had before they were corrected. Looks through all changes there are."""
    name = col(Change.before)["name"].as_string()
    return frozenset(session.exec(select(name).where(Change.table_name == "persons", name.is_not(None))))


def load(session: Session, former: frozenset[str]) -> People:
    """Everybody with a name here: members, who has left, who asks to join, who comes instead of somebody."""
    persons = list(session.exec(select(Person).where(col(Person.erased_at).is_(None))))
    companies = list(session.exec(select(Company)))
    requests = list(session.exec(select(JoinRequest)))
    deputies = session.exec(select(Attendance.deputy).where(Attendance.deputy != "").distinct()).all()
    names = former.union((person.name for person in persons), (request.name for request in requests), deputies)
    numbers = {*(person.phone for person in persons), *(company.phone for company in companies)}
    phones = {core(number): number.lstrip(" (")[:1] in {"0", "+"} for number in numbers}
    return People(
        Names(names, {company.name for company in companies}, vocabulary()),
        names,
        {digits: led for digits, led in phones.items() if len(digits) >= FEWEST_DIGITS},
        _readers(session, persons, companies, requests),
    )


def _readers(
    session: Session, persons: Iterable[Person], companies: Iterable[Company], requests: Iterable[JoinRequest]
) -> dict[int, Reader]:
    readers: dict[int, Reader] = defaultdict(Reader)
    emails: dict[int | None, set[str]] = defaultdict(set)
    for email, person_id in session.exec(select(Address.email, Address.person_id)):
        emails[person_id].add(email)
    for request in requests:
        emails[request.person_id].add(request.email)
        if request.chat_id:
            asking = readers[request.chat_id]
            readers[request.chat_id] = replace(
                asking, names=asking.names | {request.name}, emails=asking.emails | {request.email}
            )
    of_company = {company.id: company.phone for company in companies}
    for person in persons:
        if person.telegram_id:
            asked = readers[person.telegram_id]
            readers[person.telegram_id] = Reader(
                person.id,
                person.role == Role.OFFICE,
                asked.names | {person.name},
                asked.emails | emails[person.id],
                frozenset(map(core, (person.phone, of_company[person.company_id]))),
            )
    return dict(readers)


def core(phone: str) -> str:
    """The digits of a phone number without what stands for Germany or for long distance."""
    digits = _NO_DIGITS.sub("", phone.replace("(0)", ""))
    is_abroad = phone.strip().startswith(("+", "00"))
    return re.sub(r"\A(?:00)?49|\A0+" if is_abroad else r"\A0+", "", digits)


@lru_cache(maxsize=1000)
def phone_pattern(phone: str, *, led: bool) -> re.Pattern[str]:
    """A number however its digits are grouped. Only one that is kept without a 0 is found without."""
    between = f"{_BETWEEN}*"
    lead = rf"\(?(?:(?:\+|00)\s?(?:49{between}(?:0{between})?)?|0){between}"
    return re.compile(rf"(?<!\d)(?:{lead}){'' if led else '?'}{between.join(phone)}(?!\d)")


@lru_cache
def our_texts() -> str:
    """Everything we say ourselves."""
    return "\n".join(file.read_text(encoding="utf-8") for language in texts.LANGUAGES for file in texts.files(language))


@lru_cache
def vocabulary() -> frozenset[str]:
    """The folded words we say ourselves: a mailbox called so is nobody's name."""
    return frozenset(_WORD.findall(initials.fold(our_texts())))
