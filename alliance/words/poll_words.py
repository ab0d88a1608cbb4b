"""What people say to open, close and see a poll, and to vote: a list of options with values, or one word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from alliance.intents import ClosePoll, Intent, Matter, OpenPoll, ShowPoll, Unclear, Vote
from alliance.words.cleaning import fold
from alliance.words.dates import understand_day
from alliance.words.wordlists import POLITE, keys_of, word_set

Values = tuple[tuple[str, int], ...]

# Opening, closing, looking --------------------------------------------------------------------------------------------

_KINDS = (
    ("points", re.compile(r"(?:punkte|points)(?: (?P<after>\d{1,4}))?|(?P<before>\d{1,4}) (?:punkte|points)")),
    ("yes-no", re.compile(r"ja ?(?:/|oder)? ?nein|yes ?(?:/|or)? ?no")),
    ("consensus", re.compile(r"(?:systemisch\w* )?(?:konsens\w*|consensus)|widerstand|resistance")),
)
_CLOSE = re.compile(r"(?:schliessen|schliesse|beenden|close|end)(?: (?:nr\.? ?)?(?P<number>\d{1,6}))?")
_NUMBER = re.compile(r"(?:nr\.? ?)?(\d{1,6})")
_PARTS = re.compile(r"[;\n]")
_BULLET = re.compile(r"^(?:[-*•–]|[A-Za-z][).]|\d{1,2}[).])\s+")
_UNTIL = re.compile(r"(?:^|[\s,])(?:bis|until|till)\s+(?P<day>(?=[^;\n]*\d)[^;\n]{1,40})$", re.IGNORECASE)
_MEETING = re.compile(r"(?:zur |zu |for )?(?:sitzung|meeting) (?:nr\.? ?)?(\d{1,6})", re.IGNORECASE)
_MEASURES = re.compile(r"m ?\d{1,6}(?:(?: ?, ?| und | and | )m ?\d{1,6})*", re.IGNORECASE)
_HEAD = 40  # characters before the colon


def understand_poll(rest: str, today: date) -> Intent | None:
    """What follows ABSTIMMUNG: nothing, a number, »schließen«, or a poll to open."""
    words = fold(rest.strip(" .?"))
    if POLITE.issuperset(keys_of(words)):
        return ShowPoll()
    if number := _NUMBER.fullmatch(words):
        return ShowPoll(int(number[1]))
    if closing := _CLOSE.fullmatch(words):
        return ClosePoll(int(closing["number"] or 0))
    return _opening(rest, today)


def _opening(rest: str, today: date) -> Intent | None:
    """»Punkte 5: Was zuerst?; M3, M7, M12; bis 10.12.«; without a kind it is asked back, without a colon it is none."""
    head, colon, body = rest.partition(":")
    if not colon or len(head) > _HEAD:
        return None
    said = fold(" ".join(head.split()))
    found = next(((kind, match) for kind, shape in _KINDS if (match := shape.fullmatch(said))), None)
    if found is None:
        return OpenPoll("", body.strip()) if not said else None
    kind, match = found
    points = int(match["after"] or match["before"] or 0) if kind == "points" else 0
    parts = [part.strip(" ,") for part in _PARTS.split(body) if part.strip(" ,")]
    parts, meeting = _without_meeting(parts)
    parts, closes = _without_deadline(parts, today)
    measures, options = _options(parts[1:]) if kind == "points" else ((), tuple(map(_unmarked, parts[1:])))
    question = parts[0] if parts else ""
    return OpenPoll(kind, question, options, measures, points, closes, meeting)


def _without_meeting(parts: list[str]) -> tuple[list[str], int]:
    found = [match for part in parts[1:] if (match := _MEETING.fullmatch(part))]
    return [part for part in parts if not _MEETING.fullmatch(part)], int(found[0][1]) if found else 0


def _without_deadline(parts: list[str], today: date) -> tuple[list[str], date | None]:
    """The last words may name a day in figures, up to which the poll is open."""
    until = _UNTIL.search(parts[-1]) if parts else None
    day = understand_day(until["day"], today) if until else None
    if until is None or day is None:
        return parts, None
    left = parts[-1][: until.start()].rstrip(" ,")
    return [*parts[:-1], *([left] if left else [])], day


def _options(parts: Sequence[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Measures by their numbers, or else words: options, or the name of a field."""
    joined = ", ".join(part.rstrip(" .,") for part in parts)
    if _MEASURES.fullmatch(joined):
        return tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", joined))), ()
    return (), tuple(map(_unmarked, parts))


def _unmarked(option: str) -> str:
    return _BULLET.sub("", option).strip()


# Voting ---------------------------------------------------------------------------------------------------------------

_LEAD = re.compile(
    r"(?:(?:meine|unsere|my|our) )?(?:stimmen?|punkte|wahl|bewertung|widerstand|votes?|points)\b\s*:?\s*"
    r"|(?:ich|wir|i|we) (?:gebe|geben|vergebe|vergeben|stimme|stimmen|give|vote)\b\s*:?\s*(?:mit\s+)?",
    re.IGNORECASE,
)
_WORDS = (
    (1, word_set("ja yes dafür zustimmung pro")),
    (0, word_set("nein no dagegen ablehnung contra kontra against")),
    (-1, word_set("enthaltung enthalten enthalte abstain abstention")),
)
_AROUND = POLITE | word_set("ich wir mich uns bin sind stimme stimmen mit i we vote")
_WITHDRAW = word_set("zurück zurücknehmen zurückziehen zurücksetzen withdraw reset rückgängig undo")
_MAYBE = word_set("vielleicht maybe")

_PREFIX = r"(?:option |vorschlag |variante |möglichkeit )?"
_CALLED = (
    r"(?:(?:ma(?:ß|ss)nahme|measure|nr\.?) ?m? ?|m ?)(?P<measure{0}>\d{{1,6}})(?!\d)"
    r"|(?P<letter{0}>[a-l])(?![^\W\d])"
)
_POINTS = r"(?: ?(?:punkte?|points?|x)(?!\w))?"
_PAIR = re.compile(
    rf"{_PREFIX}(?:(?:{_CALLED.format(1)}) ?(?:[:=→(]|[-–] |mit |je )? ?"
    rf"|(?P<bare>\d{{1,6}}) ?[:=] ?)(?P<value>\d{{1,4}})(?![\d%])(?! ?(?:%|prozent|percent)){_POINTS}\)?"
    rf"|(?P<first>\d{{1,4}}){_POINTS} (?:für|fuer|auf|an|for|to|on) {_PREFIX}(?:{_CALLED.format(2)})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:[\s,;.&+]|und\b|and\b|sowie\b)*", re.IGNORECASE)
_IN_ORDER = re.compile(r"\d{1,4}(?:[\s,;/]+\d{1,4})*\.?")


def understand_vote(rest: str, _today: date) -> Intent | None:
    """What follows STIMME: values, one word, »zurück«, or nothing."""
    if POLITE.issuperset(keys_of(rest)):
        return ShowPoll()
    values = _values(rest)
    return None if values is None else Vote(values)


def understand_ballot(words: str, matter: Matter) -> Intent | None:
    """A vote in answer to a poll, which no other command looks like; »vielleicht« is none and is asked back."""
    if matter.kind != "poll":
        return None
    if _MAYBE.issuperset(keys_of(words)):
        return Unclear(words, "doubtful")
    values = _values(words)
    return None if values is None else Vote(values, matter.id)


def _values(text: str) -> Values | None:
    """Options with their values in the order they were said; None if there is anything else in the text."""
    said = " ".join(text.split()).strip(" .!")
    keys = [key for key in keys_of(said) if key not in POLITE]
    if keys and _WITHDRAW.issuperset(keys):
        return ()
    for value, names in _WORDS:
        if names & set(keys) and (names | _AROUND).issuperset(keys):
            return (("", value),)
    if lead := _LEAD.match(said):
        said = said[lead.end() :]
    if _IN_ORDER.fullmatch(said):
        return tuple(("", int(number)) for number in re.findall(r"\d+", said))
    return _pairs(said)


def _pairs(said: str) -> Values | None:
    pairs = []
    at = 0
    while found := _PAIR.match(said, at):
        pairs.append((_name(found), int(found["value"] or found["first"])))
        between = _BETWEEN.match(said, found.end())
        assert between
        at = between.end()
    return tuple(pairs) if pairs and at == len(said) else None


def _name(found: re.Match[str]) -> str:
    """The option as it is called: »M3«, »A«, or a bare number."""
    if number := found["measure1"] or found["measure2"]:
        return f"M{int(number)}"
    if letter := found["letter1"] or found["letter2"]:
        return letter.upper()
    return str(int(found["bare"]))
