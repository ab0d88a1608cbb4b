"""German or English words to one intent; what is doubtful stays Unclear and is asked back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from alliance.cleaning import clean, fold, spellings, without_courtesies
from alliance.dates import understand_day
from alliance.intents import (
    AnswerPerson,
    Confirm,
    Greet,
    Help,
    Intent,
    Join,
    Leave,
    LinkTelegram,
    Matter,
    NameCompany,
    Pause,
    Report,
    ReportProgress,
    Resume,
    ShowMeasure,
    ShowOutstanding,
    ShowStatus,
    Speak,
    Status,
    Unclear,
    Undo,
)
from alliance.notes import NO_MATTER
from alliance.office_words import understand_office

LONGEST = 10_000  # characters of a message that is read
COMPANY_LENGTH = 120  # characters of a company's name
ASIDE = 25  # words; a longer doubtful answer without a number is for the office to read
UNASKED = 7  # words; the same where nothing was asked
MOST_SECTIONS = 50  # parts about measures in one message
NO_CHOICES: Mapping[str, Intent] = MappingProxyType({})


def understand(
    text: str, today: date, matter: Matter = NO_MATTER, choices: Mapping[str, Intent] = NO_CHOICES
) -> Intent:
    """The one intent of a message; Unclear with a reason when there is any doubt.

    ``choices`` are the reply words of the note that is answered and win over all else; then come commands, then what
    the ``matter`` makes of free words, then progress reports.
    """
    said = clean(text).strip()
    if not said:
        return Unclear("", "empty")
    if len(said) > LONGEST:
        return Unclear(said, "too-long")
    intent = _understand(said, today, matter, choices)
    return replace(intent, text=said) if isinstance(intent, Unclear) else intent


def _understand(said: str, today: date, matter: Matter, choices: Mapping[str, Intent]) -> Intent:
    words = without_courtesies(said)
    if not words and matter.kind not in {"company", "case"}:
        return Unclear(said, "empty")
    return (
        _choice(words, choices)
        or _command(words, today, matter)
        or _free_words(said, words, today, matter)
        or _reports(words, matter)
        or Unclear(said)
    )


# Words ----------------------------------------------------------------------------------------------------------------

_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+|[%?]")


def _keys(text: str) -> list[str]:
    """The words of a text as keys; of punctuation only % and ? remain."""
    return [fold(word) for word in _WORD.findall(text)]


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


POLITE = _set(
    "bitte gern gerne danke dank vielen besten herzlichen sehr natürlich klar sicher selbstverständlich"
    " please thanks thank you sure of course"
)


def _is_polite(text: str) -> bool:
    return POLITE.issuperset(_keys(text))


# Reply words ----------------------------------------------------------------------------------------------------------

_YES: tuple[str, ...] = ("ja",)
_NO: tuple[str, ...] = ("nein",)
_SAME_WORD = {
    "yes": "ja",
    "jawohl": "ja",
    "no": "nein",
    "nee": "nein",
    "nope": "nein",
    "undo": "rueckgaengig",
    "ruckgangig": "rueckgaengig",
}
_WITH_YES = POLITE | _set(
    "ja aufnehmen annehmen passt stimmt genau einverstanden das ist so richtig korrekt ok okay auf jeden fall gut"
    " approve approved agreed fine confirmed"
)
_WITH_NO = POLITE | _set("nein ablehnen leider auf keinen fall decline sorry")
_WITH_OTHERS = POLITE | _set("machen")


def _choice(words: str, choices: Mapping[str, Intent]) -> Intent | None:
    """A reply word with nothing but politeness around it; yes or no with more than that is asked back."""
    said = _reply_keys(words)
    options = {_reply_keys(word): intent for word, intent in choices.items()}
    for option in sorted(options, key=len, reverse=True):
        if option and said[: len(option)] == option:
            if _around(option).issuperset(said[len(option) :]):
                return options[option]
            if option in {_YES, _NO}:
                return Unclear(words, "yes-with-text")
    asks = _YES in options or _NO in options
    return Unclear(words, "yes-with-text") if asks and _WITH_YES.issuperset(said) else None


def _reply_keys(words: str) -> tuple[str, ...]:
    keys = _keys(words)
    while len(keys) > 1 and keys[0] in {"bitte", "please"}:
        del keys[0]
    return (*(_SAME_WORD.get(key, key) for key in keys[:1]), *keys[1:])


def _around(option: tuple[str, ...]) -> frozenset[str]:
    return {_YES: _WITH_YES, _NO: _WITH_NO}.get(option, _WITH_OTHERS)


# Commands -------------------------------------------------------------------------------------------------------------

_MEASURE_WORD = r"(?:die )?(?:ma(?:ß|ss)nahmen?|measures?) (?:nr\.? ?|nummer |number |no\.? ?|# ?)?(?:m[ .-]?)?"
_NUMBER = (
    rf"(?<!\w)(?:{_MEASURE_WORD}|nr\.? ?|# ?|m ?[-.]? ?)(?P<number>[0-9]{{1,4}})"
    r"(?![\w%])(?! ?(?:%|prozent|percent))(?![.,][0-9])"
)
_NUMBERED = re.compile(_NUMBER, re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
_SLASH = re.compile(r"/([a-z0-9_]{1,32})(?:@\w{1,64})?(?!\S)", re.IGNORECASE)
_START_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ADDRESS_ENDS = re.compile(r"[\s<>()\[\],;:\"|]+")
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@.]{1,63}(?:\.[^\s@.]{1,63}){1,8}")
_JOIN_LEAD = _set("für als von mit die der das firma unternehmen company for as with email mail adresse e")
_NO_COMPANY = _set(
    "nicht kein keine möchte will würde kann wann wie was warum ich wir sie mich uns ? not want how when why i we the"
)
_SPAN = re.compile(r"^(?:für|fuer|for)?\s*", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:bis|until|till)\b", re.IGNORECASE)
_AWAY = re.compile(
    r",? (?:bin|bitte|im urlaub|in urlaub|auf dienstreise|verreist|abwesend|nicht da|krank|weg|wegen|pausieren|pause"
    r"|because|on (?:holiday|vacation|leave))\b.*",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = " \n.,:;!?\"'»«„“”()[]*-–"
_NO_PAUSE = _set("% ? nicht kein keine not no")
_PAUSE_WORDS = 6  # more than that after PAUSE is no day but a sentence

Arguments = Callable[[str, date], Intent | None]


def _command(words: str, today: date, matter: Matter) -> Intent | None:
    """A command that is the whole message, with only the arguments it takes."""
    words = _SPACES.sub(" ", words)
    slash = _SLASH.match(words)
    if slash:
        name, rest = fold(slash[1]), words[slash.end() :].strip()
    else:
        name, rest = _first_word(words)
    if name == "start" and slash:
        return _start(rest)
    if name == "offen" and not slash and _only_measure(matter) is not None:
        return None
    if office := understand_office(name, rest, today):
        return office
    read = COMMANDS.get(name)
    return read(rest, today) if read else _shown_measure(f"{name} {rest}" if slash else words)


def _first_word(words: str) -> tuple[str, str]:
    """The first word that is not mere politeness, as a key, and what follows it."""
    for word in _WORD.finditer(words):
        if (name := fold(word[0])) not in POLITE:
            return name, words[word.end() :].strip()
    return "", ""


def _alone(intent: Intent, *, may_ask: bool = False) -> Arguments:
    """The reader of a command without arguments; ``may_ask`` forgives a question mark where nothing is changed."""
    around = (POLITE | {"?"}) if may_ask else POLITE
    return lambda rest, _today: intent if around.issuperset(_keys(rest)) else None


def _start(rest: str) -> Intent | None:
    if not rest:
        return Greet()
    return Greet(rest) if _START_CODE.fullmatch(rest) else None


def _undo(rest: str, _today: date) -> Intent | None:
    return Undo() if _WITH_OTHERS.issuperset(_keys(rest)) else None


def _status(rest: str, today: date) -> Intent | None:
    return _alone(ShowStatus(), may_ask=True)(rest, today) or _shown_measure(rest)


def _shown_measure(words: str) -> Intent | None:
    """A measure's number and nothing else."""
    found = _NUMBERED.search(words)
    if not found or (words[: found.start()] + words[found.end() :]).strip(_MARKS):
        return None
    return ShowMeasure(int(found["number"]))


def _speak(rest: str, _today: date) -> Intent | None:
    languages = {"de": "de", "deutsch": "de", "german": "de", "en": "en", "englisch": "en", "english": "en"}
    named = [languages.get(key, "") for key in _keys(rest) if key not in POLITE]
    if not named:
        return Unclear(rest, "doubtful")
    return Speak(named[0]) if len(named) == 1 and named[0] else None


def _pause(rest: str, today: date) -> Intent | None:
    day = _named_day(rest, today)
    if day:
        return Pause(day)
    is_sentence = len(_keys(rest)) > _PAUSE_WORDS or "\n" in rest or _NO_PAUSE & set(_keys(rest))
    return None if is_sentence or _NUMBERED.search(rest) else Pause(None)


def _named_day(text: str, today: date) -> date | None:
    """The day up to which somebody is away: the words themselves, what follows "bis", or a span of time."""
    words = " ".join(text.split())
    last = _AWAY.sub("", _UNTIL.split(words)[-1])
    return understand_day(words, today) or understand_day(last, today) or understand_day(_SPAN.sub("in ", last), today)


def _join(rest: str, _today: date) -> Intent | None:
    addresses = _addresses(rest)
    company = _company(rest, addresses)
    if len(addresses) > 1 or len(company) > COMPANY_LENGTH or _NO_COMPANY & set(_keys(company)):
        return None
    return Join(email=addresses[0] if addresses else "", company="" if _is_polite(company) else company)


def _company(rest: str, addresses: Iterable[str]) -> str:
    for address in addresses:
        rest = rest.replace(address, " ")
    words = rest.split()
    while words and _JOIN_LEAD.issuperset(_keys(words[0])):
        del words[0]
    return " ".join(words).strip(" ,;:-–<>()")


def _addresses(text: str) -> list[str]:
    """The e-mail addresses in a text, each once."""
    parts = (part.strip(".'!?*_") for part in _ADDRESS_ENDS.split(text.replace("mailto:", " ")))
    found = {part.casefold(): part for part in parts if _ADDRESS.fullmatch(part)}
    return list(found.values())


COMMANDS: dict[str, Arguments] = {
    key: read
    for names, read in (
        ("status", _status),
        ("hilfe help ?", _alone(Help(), may_ask=True)),
        ("offen outstanding", _alone(ShowOutstanding(), may_ask=True)),
        ("rückgängig undo", _undo),
        ("weiter resume", _alone(Resume())),
        ("telegram", _alone(LinkTelegram())),
        ("abmelden leave unsubscribe", _alone(Leave())),
        ("sprache language", _speak),
        ("pause", _pause),
        ("beitreten join", _join),
    )
    for name in names.split()
    for key in spellings(name)
}


# Free words that a matter explains ------------------------------------------------------------------------------------

_CODE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_LOOSE_CODE = re.compile(r"(?!m[0-9]{1,4}-)(?=[^0-9]*[0-9])(?=[^a-z]*[a-z])[a-z0-9_-]{16,64}", re.IGNORECASE)


def _free_words(said: str, words: str, today: date, matter: Matter) -> Intent | None:
    match matter.kind:
        case "company":
            return _name_company(said, words, matter.id)
        case "email":
            addresses = _addresses(said)
            return Join(email=addresses[0]) if len(addresses) == 1 else Unclear(said, "no-address")
        case "proof":
            return _proof(said)
        case "pause":
            day = _named_day(words, today)
            return None if not day and _NUMBERED.search(words) else Pause(day)
        case "case":
            return AnswerPerson(matter.id, said)
    return Confirm(said) if _LOOSE_CODE.fullmatch(said) else None


def _proof(said: str) -> Intent:
    """The mailed code; or the address once more, because the first one was mistyped."""
    addresses = _addresses(said)
    if len(addresses) == 1:
        return Join(email=addresses[0])
    return Confirm(said) if _CODE.fullmatch(said) else Unclear(said)


def _name_company(said: str, words: str, request: int) -> Intent:
    """The first line is the name; a single line is taken as it stands, for "Glück auf" may be part of it."""
    line = (words if words and "\n" in said else said).splitlines()[0].strip()
    if len(line) > COMPANY_LENGTH or line.endswith("?"):
        return Unclear(said)
    return NameCompany(request, line)


# Progress reports -----------------------------------------------------------------------------------------------------

_STATES: dict[Status | Literal["unchanged", "doubtful"], str] = {
    Status.DONE: "fertig, erledigt, abgeschlossen, fertiggestellt, fertig gestellt, umgesetzt, beendet,"
    " done, finished, completed, complete",
    Status.RUNNING: "läuft, laufend, in arbeit, in umsetzung, in bearbeitung, im gange, im plan, im zeitplan, begonnen,"
    " gestartet, running, in progress, ongoing, on track, on schedule, started",
    Status.DELAYED: "verzögert, verzögert sich, verspätet, verzögerung, verzögerungen, verzug, im verzug, in verzug,"
    " delayed, behind schedule",
    Status.BLOCKED: "blockiert, blocked, stuck, on hold, liegt auf eis",
    Status.OPEN: "offen, nicht begonnen, noch nicht begonnen, nicht angefangen, noch nicht angefangen, nicht gestartet,"
    " noch nicht gestartet, open, not started, not yet started, not begun",
    "unchanged": "unverändert, keine änderung, keine änderungen, keine veränderung, keine veränderungen, nichts neues,"
    " nichts geändert, kein neuer stand, keine neuigkeiten, wie gehabt, alles beim alten, gleich geblieben,"
    " unchanged, no change, no changes, nothing new, nothing changed, nothing has changed, no news, still the same,"
    " same as last time",
    "doubtful": "verzögern, verzögerte, blockieren, abschließen, fertigstellen",
}
_DONE_WORDS = _set(_STATES[Status.DONE].replace(",", " "))
_FIGURE = re.compile(r"0*([0-9]{1,6})(?:[.,][0-9]{1,2})?")
_PERCENT = frozenset({"%", "prozent", "percent", "pct"})

CHATTER = POLITE | _set("ja yes ok okay also so hallo nachfrage erinnerung für die der for")
PLAIN = (CHATTER - _set("für for")) | _set(
    "ist sind sein bin wir ich es das dies diese dieser gibt haben habe hat wurde wurden worden liegt liegen steht"
    " stehen bei beim zu zum zur auf an mit und seit von den dem alles alle allen beide beiden überall ganz komplett"
    " vollständig schon bereits inzwischen mittlerweile jetzt nun endlich heute gestern leider derzeit aktuell"
    " aktueller momentan maßnahme maßnahmen projekt vorhaben stand status fortschritt umsetzung umsetzungsstand"
    " fertigstellungsgrad update hier mein unser neuer is are it the we i at now currently measure progress been has"
    " have re ve all everything still"
)
_STILL = _set(
    "noch immer weiterhin wieder nach wie vor gut sich plan geplant planmäßig bisher weiter bleibt bleiben"
    " super prima bestens problemlos reibungslos well fine smoothly good"
)
_ABOUT = _set(
    "ca circa etwa rund ungefähr erst about approx approximately roughly around erreicht geschafft"
    " melde melden weiterhin nur only"
)
_HEADINGS = PLAIN | _set("zwischenstand meldung bericht rückmeldung antwort betreff")
_LABELS = _HEADINGS | _set("telefonisch telefon per laut anruf")
_REASONS = _set("wegen weil da aufgrund mangels due because since")
_DEADLINES = _set("bis until till um")
_CONDITIONS = _set("wenn falls sobald if once when unless")
_DOUBTERS = _CONDITIONS | _set(
    "nicht nichts nix kein keine keinen keiner keinerlei nie nein ohne kaum noch fast beinahe nahezu halb teilweise"
    " teils nur größtenteils weitgehend außer bis fehlt fehlen ausstehend aus warten warte wartet wird werden soll"
    " sollen sollte könnte kann dürfte würde muss müsste will wollen droht drohen bald demnächst später folgt folgen"
    " morgen erst voraussichtlich hoffentlich hoffe wahrscheinlich vermutlich vermute vielleicht eventuell eigentlich"
    " quasi praktisch soweit angeblich glaube denke ob war waren gewesen aufgeholt behoben vermieden abgewendet gelöst"
    " vorbei not nothing none no never without hardly almost nearly partly mostly except until by will would should"
    " could might may must soon probably perhaps maybe think guess believe hope was were half yet resolved solved"
    " fixed avoided over"
)
_CONTRASTS = _set("aber jedoch allerdings doch oder sondern but however though or")
_OTHERS = _set(
    "außer except rest restliche restlichen übrige übrigen andere anderen sonst sonstige sonstigen other others"
)
_TAKES_BACK_DONE = _DOUBTERS | _CONTRASTS | _OTHERS | {"?"}
_MONEY = tuple(_set("kosten förder finanz budget mittel zins eigenanteil rabatt preis umsatz miete"))

_CLAUSE_END = re.compile(r"\n+|[;!?()]|,(?![0-9])|:(?![0-9])|(?<![0-9])(?<!\bca)\.+(?=\s|$)| (?:[-–—]+|[/|]) ")
_BULLET = re.compile(r"^ ?(?:[-*•·–—]+ )?(?:[0-9]{1,2}[.)] (?=m))?\*{0,2}", re.IGNORECASE)
_LEAD = re.compile(
    rf"(?:(?:zu|zur|bei|für|stand|status|update|betrifft|betr\.|re|aw|on|for)\b:? )?{_NUMBER}"
    r"\*{0,2}(?: ?\([^()\n]{1,120}\)(?= ?[:–-]))?(?: ?(?:[:=,.]|->|=>|→) ?| [-–—]+ |[-–—]+ ?| |$)?",
    re.IGNORECASE,
)
_BARE_LEAD = re.compile(
    r"(?P<number>[0-9]{1,4})(?: ?:(?:\s|(?=[^\W\d]))| [-–—] (?![0-9]+\b(?! ?(?:%|prozent|percent))))", re.IGNORECASE
)
_JOINT = re.compile(
    r"(?P<joint>(?<!\bnr)(?<!\bno) ?(?:[,;.!/+&]|\b(?:und|and|sowie|u\.)(?!\w)) ?)"
    rf"(?=(?:{_NUMBER.replace('?P<number>', '')})"
    r"|[0-9]{1,4} ?:(?:\s|[^\W\d]))",
    re.IGNORECASE,
)
_DITTO = _set("auch ebenso ebenfalls dito gleichfalls too ditto same % ?")
_REQUEST = _set("bitte please")
_INTRODUCTION = re.compile(
    r"[^\n]*:|(?:anbei|hier|nachfolgend|nachstehend|im folgenden|here)\b[^\n,;]{0,80}", re.IGNORECASE
)
_ASKS = re.compile(r" ?(?:ist|sind|is|are) (?:es|das|die|der|alles|sie|it|the|everything)\b", re.IGNORECASE)
_PART_OF = re.compile(r"[0-9] ?(?:von|of|/) ?[0-9]")
_BARE_NUMBER = re.compile(r" ?[0-9]{1,4} ")
_LOOSE_NUMBER = re.compile(r"[0-9]{1,4}[),] ")
_BEFORE_NUMBER = _set(
    "bericht rückmeldung meldung zwischenstand projekt vorhaben update"
    " bei zu zum zur für haben habe ist sind stand status die maßnahme for on at have with is"
)


class Signal(NamedTuple):
    """Words that say how a measure stands: the keys from ``first`` up to ``last``."""

    kind: Status | Literal["percent", "unchanged", "doubtful"]
    percent: int
    first: int
    last: int


def _phrases() -> dict[tuple[str, ...], Status | Literal["unchanged", "doubtful"]]:
    """The keys of each phrase, with and without dots."""
    return {
        tuple(key.split()): kind
        for kind, phrases in _STATES.items()
        for phrase in phrases.split(", ")
        for key in spellings(phrase.strip())
    }


_PHRASES = _phrases()
_LONGEST_PHRASE = max(map(len, _PHRASES))


@dataclass(frozen=True)
class Clause:
    """A part of a sentence, from ``start`` to ``end`` of the body; ``after`` is where the next one begins."""

    body: str
    start: int
    end: int
    after: int
    labelled: bool = False

    @property
    def text(self) -> str:
        """The words without the mark that ends them."""
        return self.body[self.start : self.end]

    @property
    def mark(self) -> str:
        """The mark that ends the clause."""
        return self.body[self.end : self.after].strip()


@dataclass(frozen=True)
class Finding:
    """What one clause says: certain signals, doubtful ones, and the words to keep from ``kept`` on."""

    signals: tuple[Signal, ...] = ()
    kept: int | None = None
    doubted: tuple[Signal, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A report about one measure and how sure it is: "free" has only a person's words in it, "weak" perhaps more."""

    report: Report
    kind: Literal["certain", "doubtful", "weak", "free"]


class Section(NamedTuple):
    """What is said about one measure; ``joined`` to another one in the same sentence."""

    number: int | None
    body: str
    whole: str
    joined: bool


def _reports(words: str, matter: Matter) -> Intent | None:
    words = _SPACES.sub(" ", words)
    sections = list(_sections(words))
    if any(section.number is not None for section in sections):
        return _numbered_reports(words, sections)
    reading = _read(words)
    asked = matter.kind in {"measure", "round", "reason"}
    if matter.kind == "reason" and reading.kind != "certain" and not words.endswith("?"):
        return _progress(Report(matter.id, text=words))
    if reading.kind == "certain":
        if _NUMBERED.search(words) or _LOOSE_NUMBER.match(words):
            return Unclear(words, "doubtful")
        return _placed(words, reading.report, matter)
    return _not_a_report(words, reading, asked=asked)


def _not_a_report(words: str, reading: Reading, *, asked: bool) -> Intent | None:
    """Doubtful states and one-word answers are asked back; all else is for the office."""
    keys = _keys(words)
    is_answer = (CHATTER | {"nein", "no", "gut"}).issuperset(keys) or all(key[0].isdigit() for key in keys)
    is_state = reading.kind == "doubtful" or (reading.kind == "weak" and asked and keys[-1:] != ["?"])
    is_doubtful = is_state and len(keys) <= (ASIDE if asked else UNASKED)
    return Unclear(words, "doubtful") if keys and (is_doubtful or is_answer) else None


def _placed(words: str, report: Report, matter: Matter) -> Intent:
    """A report without a number belongs to what was asked about."""
    number = _only_measure(matter)
    if number is not None or matter.kind != "round" or not matter.measures:
        return _progress(replace(report, measure=number))
    if report == Report(unchanged=True):
        return _progress(*(replace(report, measure=number) for number in matter.measures))
    return Unclear(words, "which-measure")


def _only_measure(matter: Matter) -> int | None:
    if matter.kind in {"measure", "reason"}:
        return matter.id
    return matter.measures[0] if matter.kind == "round" and len(matter.measures) == 1 else None


def _progress(*reports: Report) -> ReportProgress:
    return ReportProgress(reports)


def _numbered_reports(words: str, sections: list[Section]) -> Intent:
    """One report per measure; a doubt about one is a doubt about the message, so that nothing is half recorded."""
    if len(sections) > MOST_SECTIONS:
        return Unclear(words, "doubtful")
    preamble, rest = _preamble(sections)
    readings = {number: _read_section(parts) for number, parts in _by_number(rest).items()}
    kinds = {reading.kind for reading in readings.values()}
    if "doubtful" in kinds or _says_more(preamble):
        return Unclear(words, "doubtful")
    if "certain" not in kinds and _is_for_the_office(words):
        return Unclear(words)
    reports = [replace(reading.report, measure=number) for number, reading in readings.items()]
    if preamble and not _INTRODUCTION.fullmatch(preamble):
        reports[0] = replace(reports[0], text=f"{preamble}\n{reports[0].text}".strip())
    return _progress(*reports)


def _says_more(preamble: str) -> bool:
    """Whether words before the first number report on something themselves."""
    return bool(_NUMBERED.search(preamble)) or _read(preamble).kind in {"certain", "doubtful"}


def _is_for_the_office(words: str) -> bool:
    """A question or a request is no remark about a measure: somebody has to answer it."""
    return words.endswith("?") or bool(_REQUEST & set(_keys(words)))


def _preamble(sections: list[Section]) -> tuple[str, list[Section]]:
    """The words before the first number, and the sections from there on."""
    first = next(index for index, section in enumerate(sections) if section.number is not None)
    return "\n".join(section.body for section in sections[:first]).strip(), sections[first:]


def _by_number(sections: list[Section]) -> dict[int, list[Section]]:
    """The sections of each measure; lines without a number go on about the one before."""
    grouped: dict[int, list[Section]] = {}
    number = 0
    for section in sections:
        number = number if section.number is None else section.number
        grouped.setdefault(number, []).append(section)
    return grouped


def _read_section(sections: list[Section]) -> Reading:
    reading = _read("\n".join(section.body for section in sections).strip())
    if reading.kind in {"certain", "doubtful"}:
        return reading
    is_remark = set(_keys(_NUMBERED.sub("", reading.report.text))) - CHATTER - _DITTO
    if not any(key[0].isalpha() for key in is_remark) or any(section.joined for section in sections):
        return Reading(reading.report, "doubtful")
    return Reading(Report(text="\n".join(section.whole for section in sections).strip()), "free")


def _sections(words: str) -> Iterator[Section]:
    """Split a message by measure: per line, and in a line wherever a new number follows a mark or "und".

    Of »M12 und M13 unverändert« both numbers get the words.
    """
    for line in words.split("\n"):
        parts = _parts(_BULLET.sub("", line))
        joined = any(joint not in {"", ".", "!", ";"} for joint, _ in parts)
        numbers: list[int | None] = []
        for position, (_, part) in enumerate(parts, 1):
            number, body, whole = _split_number(part)
            numbers.append(number)
            if body or number is None or position == len(parts):
                yield from (Section(each, body, whole, joined) for each in numbers)
                numbers = []


def _parts(line: str) -> list[tuple[str, str]]:
    """The parts of a line, each with the joint before it."""
    joints = [("", 0, 0), *((found["joint"].strip(), found.start(), found.end()) for found in _JOINT.finditer(line))]
    ends = [*(start for _, start, _ in joints[1:]), len(line)]
    return [(joint, line[begin:end]) for (joint, _, begin), end in zip(joints, ends, strict=True)]


def _split_number(part: str) -> tuple[int | None, str, str]:
    """The measure's number, what is said about it, and the words to keep when that is a mere remark."""
    lead = _LEAD.match(part) or _BARE_LEAD.match(part)
    if lead:
        body = part[lead.end() :].strip()
        return int(lead["number"]), body, body
    inner = list(_NUMBERED.finditer(part))
    if len(inner) != 1 or not _introduces(part[: inner[0].start()]):
        return None, part, part
    body = f"{part[: inner[0].start()]} {part[inner[0].end() :]}".strip()
    return int(inner[0]["number"]), body, part


def _introduces(before: str) -> bool:
    """Whether words before a number say that the sentence is about it."""
    keys = _keys(before)
    asks = keys in (["ist"], ["sind"], ["is"])
    return before.rstrip().endswith(":") or (not asks and not _BEFORE_NUMBER.isdisjoint(keys[-1:]))


# One measure's words --------------------------------------------------------------------------------------------------


def _read(body: str) -> Reading:
    """Status, percentage and text of what is said about one measure."""
    clauses = list(_clauses(body))
    findings = [_find(clause) for clause in clauses]
    signals = [signal for finding in findings for signal in finding.signals]
    text = _text(clauses, findings)
    if not signals:
        return Reading(Report(text=body), _kind_of_doubt(findings))
    if _contradicts(signals) or _is_overreach(body, clauses, findings):
        return Reading(Report(text=body), "doubtful")
    return Reading(_report(signals, text), "certain")


def _kind_of_doubt(findings: list[Finding]) -> Literal["doubtful", "weak", "free"]:
    """»Die Ausschreibung läuft« and »Frage offen« are remarks; a doubtful "done" has to be asked back."""
    doubted = {signal.kind for finding in findings for signal in finding.doubted}
    if doubted - {Status.RUNNING, Status.OPEN}:
        return "doubtful"
    return "weak" if doubted else "free"


def _report(signals: list[Signal], text: str) -> Report:
    status = next((signal.kind for signal in signals if isinstance(signal.kind, Status)), None)
    percent = next((signal.percent for signal in signals if signal.kind == "percent"), None)
    unchanged = all(signal.kind == "unchanged" for signal in signals)
    return Report(status=status, percent=percent, text=text, unchanged=unchanged)


def _contradicts(signals: list[Signal]) -> bool:
    """Two states or two percentages, done at 60 %, open at 60 %, or »100 % im Plan«."""
    kinds = {signal.kind for signal in signals}
    percents = {signal.percent for signal in signals if signal.kind == "percent"}
    states = kinds - {"percent", "unchanged"}
    return bool(
        len(percents) > 1
        or len(states) > 1
        or (Status.DONE in kinds and ("unchanged" in kinds or percents - {100}))
        or (Status.OPEN in kinds and percents - {0})
        or (100 in percents and kinds - {"percent", Status.DONE})
    )


def _is_overreach(body: str, clauses: list[Clause], findings: list[Finding]) -> bool:
    """Whether what seems certain might be said of something else, or be taken back by other words."""
    kinds = {signal.kind for finding in findings for signal in finding.signals}
    doubted = {signal.kind for finding in findings for signal in finding.doubted}
    keys = set(_keys(body))
    return bool(
        (Status.DONE in kinds and (doubted or keys & _TAKES_BACK_DONE or _PART_OF.search(body)))
        or _follows_other_words(clauses, findings, strict=bool({Status.DONE, Status.OPEN} & kinds))
        or ({Status.RUNNING, "unchanged"} & kinds and {Status.DELAYED, Status.BLOCKED} & doubted)
        or ("unchanged" in kinds and keys & _OTHERS)
        or ("percent" in kinds and not findings[0].signals and any(key.startswith(_MONEY) for key in keys))
        or _names_another(clauses, findings)
    )


def _names_another(clauses: list[Clause], findings: list[Finding]) -> bool:
    """»M12 blockiert, 13 fertig«: the second number is a measure too, but nothing says so for certain."""
    pairs = zip(clauses, findings, strict=True)
    return any(finding.doubted and _BARE_NUMBER.match(clause.text) for clause, finding in pairs)


def _follows_other_words(clauses: list[Clause], findings: list[Finding], *, strict: bool) -> bool:
    """Whether a condition stands before the first certain signal, or when ``strict`` any words of substance."""
    for clause, finding in zip(clauses, findings, strict=True):
        if finding.signals:
            return False
        keys = set(_keys(clause.text))
        if keys & _CONDITIONS or (strict and keys - CHATTER and not _is_label(clause)):
            return True
    return False


def _text(clauses: list[Clause], findings: list[Finding]) -> str:
    """The person's own words without what the fields of the report say already."""
    kept = (
        clause.body[clause.start + finding.kept : clause.after]
        for clause, finding in zip(clauses, findings, strict=True)
        if finding.kept is not None
    )
    text = "".join(kept).strip(" \n,;:-–—")
    return text if "(" in text else text.strip(")").strip()


def _clauses(body: str) -> Iterator[Clause]:
    start, labelled = 0, False
    for mark in [*_CLAUSE_END.finditer(body), None]:
        end, after = (mark.start(), mark.end()) if mark else (len(body), len(body))
        clause = Clause(body, start, end, after, labelled)
        yield clause
        labelled = clause.mark == ":" and not _is_label(clause)
        start = after


def _is_label(clause: Clause) -> bool:
    """Whether the words before a colon speak of the measure as a whole."""
    return clause.mark == ":" and _LABELS.issuperset(_keys(clause.text))


def _find(clause: Clause) -> Finding:
    """The signals of one clause, as far as they are certain."""
    words = list(_WORD.finditer(clause.text))
    keys = [fold(word[0]) for word in words]
    signals = _without_participle(_signals(clause.text, words, keys), keys)
    if not signals:
        empty = _HEADINGS if clause.mark == ":" else CHATTER
        return Finding(kept=None if empty.issuperset(keys) else 0)
    if _is_doubtful(clause, words, signals):
        return Finding(kept=0, doubted=tuple(signals))
    free = _free(keys, signals)
    if not free:
        return Finding(tuple(signals))
    if signals[-1].last <= free[0] and _explains(keys, free[0], signals):
        return Finding(tuple(signals), words[signals[-1].last].start())
    if _holds_anywhere(clause.text, keys, words, signals):
        return Finding(tuple(signals), 0)
    return Finding(kept=0, doubted=tuple(signals))


def _is_doubtful(clause: Clause, words: list[re.Match[str]], signals: list[Signal]) -> bool:
    """Whether the clause asks, speaks of a part of the measure (»Gutachten: fertig«) or of a change (+20 %)."""
    is_question = clause.mark == "?" or _ASKS.match(clause.text)
    return bool(clause.labelled or is_question or _is_list(clause, signals) or _is_odd(clause.text, words, signals))


def _is_list(clause: Clause, signals: list[Signal]) -> bool:
    """»offen: Finanzierung« and »erledigt: Planung« name parts of a measure, not all of it."""
    goes_on = clause.mark == ":" and clause.after < len(clause.body)
    return goes_on and signals[0].kind in {Status.OPEN, Status.DONE}


def _signals(text: str, words: list[re.Match[str]], keys: list[str]) -> list[Signal]:
    signals: list[Signal] = []
    index = 0
    while index < len(keys):
        signal = _percent_at(text, words, keys, index) or _phrase_at(keys, index)
        if signal:
            signals.append(signal)
        index = signal.last if signal else index + 1
    return signals


def _percent_at(text: str, words: list[re.Match[str]], keys: list[str], index: int) -> Signal | None:
    """A whole percentage; of »62,5 %« the 62 counts, and »1.000 %« is doubtful."""
    if not keys[index][0].isdigit() or index + 1 == len(keys) or keys[index + 1] not in _PERCENT:
        return None
    figure = _FIGURE.fullmatch(keys[index])
    start = words[index].start()
    sign = -1 if text[max(start - 1, 0) : start] in {"-", "−"} else 1
    kind: Literal["percent", "doubtful"] = "percent" if figure else "doubtful"
    return Signal(kind, sign * int(figure[1]) if figure else 0, index, index + 2)


def _phrase_at(keys: list[str], index: int) -> Signal | None:
    for length in range(_LONGEST_PHRASE, 0, -1):
        kind = _PHRASES.get(tuple(keys[index : index + length]))
        if kind and index + length <= len(keys):
            return Signal(kind, 0, index, index + length)
    return None


def _without_participle(signals: list[Signal], keys: list[str]) -> list[Signal]:
    """In "zu 60 % erledigt" and "fertig zu 60 %" the word done says nothing of its own."""
    if [signal.kind for signal in signals] == ["percent", Status.DONE] and signals[0].percent != 100:
        return signals[:1]
    if [signal.kind for signal in signals] == [Status.DONE, "percent"] and keys[signals[1].first - 1] in {"zu", "to"}:
        return signals[1:]
    return signals


def _free(keys: list[str], signals: list[Signal]) -> list[int]:
    """The words that belong to no signal and say something beside it."""
    kinds = {signal.kind for signal in signals}
    covered = _covered(signals)
    harmless = PLAIN
    if Status.DONE not in kinds:
        harmless = harmless | _CONTRASTS
    if not kinds & {Status.DONE, "percent"}:
        harmless = harmless | _STILL
    if "percent" in kinds:
        harmless = harmless | _ABOUT | _DONE_WORDS
    return [index for index, key in enumerate(keys) if index not in covered and key not in harmless]


def _covered(signals: list[Signal]) -> set[int]:
    return {index for signal in signals for index in range(signal.first, signal.last)}


def _is_odd(text: str, words: list[re.Match[str]], signals: list[Signal]) -> bool:
    """Increments (+20 %), ranges (60-70 %) and fractions of a measure's number are no standing."""
    for signal in signals:
        start = words[signal.first].start()
        before = text[max(start - 5, 0) : start].rstrip()
        if signal.kind == "doubtful" or (signal.kind == "percent" and before.endswith(("+", "±", "~", "<", ">", "/"))):
            return True
        if signal.kind == "percent" and re.search(r"[0-9] ?[-–—]$", before):
            return True
    return False


def _explains(keys: list[str], first: int, signals: list[Signal]) -> bool:
    """Whether the free words behind the signals give a reason or a date for them."""
    if keys[first] in _REASONS or keys[first - 1] in _REASONS | {"seit"}:
        return True
    return _is_lasting(signals) and (keys[first] in _DEADLINES or not _DOUBTERS & set(keys[first:]))


def _holds_anywhere(text: str, keys: list[str], words: list[re.Match[str]], signals: list[Signal]) -> bool:
    """»Wegen Gutachten verzögert«: delayed, blocked and unchanged hold wherever they stand, if nothing denies them."""
    before = text[: words[signals[0].first].start()]
    covered = _covered(signals)
    beside = {key for index, key in enumerate(keys) if index not in covered}
    return _is_lasting(signals) and not _DOUBTERS & beside and not re.search("[0-9]", before)


def _is_lasting(signals: list[Signal]) -> bool:
    return {signal.kind for signal in signals} <= {Status.DELAYED, Status.BLOCKED, "unchanged"}
