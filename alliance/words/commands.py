"""First-word commands: HILFE, PAUSE bis Freitag, BEITRETEN ..., and the arguments they take."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from alliance.intents import (
    AddAddress,
    Attend,
    DropAddress,
    Greet,
    Help,
    Intent,
    Join,
    Leave,
    Matter,
    Pause,
    Resume,
    ShowMeasure,
    ShowOutstanding,
    ShowStatus,
    Speak,
    SwitchSending,
    Unclear,
    Undo,
)
from alliance.words import (
    deputy_words,
    digest_words,
    discretion_words,
    meeting_words,
    minutes_words,
    moving_words,
    person_words,
    poll_words,
    privacy_words,
)
from alliance.words.cleaning import fold, spellings
from alliance.words.dates import understand_day
from alliance.words.file_words import understand_export
from alliance.words.history_words import understand_history
from alliance.words.idea_words import understand_shared
from alliance.words.needs_words import understand_needs
from alliance.words.office_words import understand_office
from alliance.words.paper_words import understand_paper
from alliance.words.plan_words import understand_plan
from alliance.words.progress import only_measure
from alliance.words.typos import only_near
from alliance.words.wordlists import NUMBERED, PLEASE_DO, POLITE, SPACES, WORD, keys_of, word_set

COMPANY_LENGTH = 120  # characters of a company's name

# what follows the first word, and today -> an intent, None if these are not the command's arguments
Arguments = Callable[[str, date], Intent | None]

SHORTEST_COMMAND = 4  # letters of a misspelt command
_SENTENCE = 10  # words
_AFTER_THANKS = re.compile(r"\A(?:danke|vielen dank|thanks|thank you)\b[^.!\n]{0,60}[.!\n]+\s*(?=\S)", re.IGNORECASE)
_SLASH = re.compile(r"/([a-z0-9_]{1,32})(?:@\w{1,64})?(?!\S)", re.IGNORECASE)


def understand_command(words: str, today: date, matter: Matter) -> Intent | None:
    """A command that is the whole message, with only the arguments it takes."""
    words = _AFTER_THANKS.sub("", SPACES.sub(" ", words))
    slash = _SLASH.match(words)
    if slash:
        name, rest = fold(slash[1]), words[slash.end() :].strip()
    else:
        name, rest = _first_word(words)
    if name == "start" and slash:
        return _start(rest)
    if name == "offen" and not slash and only_measure(matter) is not None:
        return None  # the state of the measure that was asked about
    if shared := understand_shared(words, matter):
        return shared
    if noted := understand_needs(name, rest, matter):
        return noted
    if deputy := deputy_words.understand_deputy(name, rest, today, matter):
        return deputy
    if meeting := meeting_words.understand_meeting(name, rest, today, matter):
        return meeting
    if paper := understand_paper(name, rest):
        return paper
    if office := understand_office(name, rest, today) or understand_plan(name, rest, today, matter):
        return office
    read = _COMMANDS.get(name) or _COMMANDS.get("" if slash else _meant(name))
    done = read(rest, today) if read else None
    return done or _in_a_sentence(words) or _shown_measure(f"{name} {rest}" if slash else words)


def _meant(name: str) -> str:
    """The command that a misspelt first word must be."""
    return only_near(name, _FORGIVING) if len(name) >= SHORTEST_COMMAND else ""


def _in_a_sentence(words: str) -> Intent | None:
    """»Könnten Sie mir bitte meinen Status schicken?«: a command with nothing but the words people put around it."""
    keys = keys_of(words)
    if len(keys) > _SENTENCE:
        return None
    for around, names, intent in _SPOKEN:
        if names & set(keys) and (names | around | POLITE | {"?"}).issuperset(keys):
            return intent
    return None


def _first_word(words: str) -> tuple[str, str]:
    """The first word that is not mere politeness, as a key, and what follows it."""
    for word in WORD.finditer(words):
        if (name := fold(word[0])) not in POLITE:
            return name, words[word.end() :].strip()
    return "", ""


# Alone, or with a word ------------------------------------------------------------------------------------------------

_START_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LANGUAGES = {"de": "de", "deutsch": "de", "german": "de", "en": "en", "englisch": "en", "english": "en"}
_SHOWING = POLITE | word_set("zeig zeige zeigen mir uns show me wie steht ?")
_MARKS = " \n.,:;!?\"'»«„“”()[]*-–"


def _alone(intent: Intent, *, may_ask: bool = False) -> Arguments:
    """The reader of a command without arguments; ``may_ask`` forgives a question mark where nothing is changed."""
    around = (POLITE | {"?"}) if may_ask else POLITE
    return lambda rest, _today: intent if around.issuperset(keys_of(rest)) and "??" not in rest else None


def _start(rest: str) -> Intent | None:
    """Telegram's first message, with the payload of the link that opened the chat."""
    if not rest:
        return Greet()
    return Greet(rest) if _START_CODE.fullmatch(rest) else None


def _undo(rest: str, _today: date) -> Intent | None:
    return Undo() if PLEASE_DO.issuperset(keys_of(rest)) else None


def _status(rest: str, today: date) -> Intent | None:
    return _alone(ShowStatus(), may_ask=True)(rest, today) or _shown_measure(rest)


def _shown_measure(words: str) -> Intent | None:
    """A measure's number and nothing else."""
    found = NUMBERED.search(words)
    around = words[: found.start()] + words[found.end() :] if found else ""
    if not found or (around.strip(_MARKS) and not _SHOWING.issuperset(keys_of(around))):
        return None
    return ShowMeasure(int(found["number"]))


def _speak(rest: str, _today: date) -> Intent | None:
    """The one language that is named; without any the person is asked back."""
    named = [_LANGUAGES.get(key, "") for key in keys_of(rest) if key not in POLITE]
    if not named:
        return Unclear(rest, "doubtful")
    return Speak(named[0]) if len(named) == 1 and named[0] else None


# Until a day ----------------------------------------------------------------------------------------------------------

_SPAN = re.compile(r"^(?:für|fuer|for)?\s*", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:bis|until|till)\b", re.IGNORECASE)
_AWAY = re.compile(
    r",? (?:bin|bitte|im urlaub|in urlaub|auf dienstreise|verreist|abwesend|nicht da|krank|weg|wegen|pausieren|pause"
    r"|because|on (?:holiday|vacation|leave))\b.*",
    re.IGNORECASE | re.DOTALL,
)
_NO_PAUSE = word_set("% ? nicht kein keine not no")
_PAUSE_WORDS = 6  # more than that after PAUSE is no day but a sentence


def _pause(rest: str, today: date) -> Intent | None:
    """A pause until the day that is named, or of no set length where no day can be read."""
    day = named_day(rest, today)
    if day:
        return Pause(day if day >= today else None)
    is_sentence = len(keys_of(rest)) > _PAUSE_WORDS or "\n" in rest or _NO_PAUSE & set(keys_of(rest))
    return None if is_sentence or NUMBERED.search(rest) else Pause(None)


_LATER = 3  # days, if none are named
_DAYS = re.compile(
    r"(?:in |um |for |by )?(?P<span>\w{1,12} (?:tage?n?|days?|wochen?|weeks?))(?: bitte| please)?", re.IGNORECASE
)


def _later(rest: str, today: date) -> Intent | None:
    """SPÄTER: ask me again in some days."""
    found = _DAYS.fullmatch(rest.strip(_MARKS))
    if found:
        day = understand_day(f"in {found['span']}", today)
        return Pause(day) if day else None
    return Pause(today + timedelta(_LATER)) if POLITE.issuperset(keys_of(rest)) else None


def named_day(text: str, today: date) -> date | None:
    """The day up to which somebody is away: the words themselves, what follows "bis", or a span of time."""
    words = " ".join(text.split())
    last = _AWAY.sub("", _UNTIL.split(words)[-1])
    return understand_day(words, today) or understand_day(last, today) or understand_day(_SPAN.sub("in ", last), today)


# With a company and an address ----------------------------------------------------------------------------------------

_ADDRESS_ENDS = re.compile(r"[\s<>()\[\],;:\"|]+")
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@.]{1,63}(?:\.[^\s@.]{1,63}){1,8}")
_JOIN_LEAD = word_set("für als von mit die der das firma unternehmen company for as with email mail adresse e")
_NO_COMPANY = word_set(
    "nicht kein keine möchte will würde kann wann wie was warum ich wir sie mich uns ? not want how when why i we the"
)


def _join(rest: str, _today: date) -> Intent | None:
    """An e-mail address, a company, both or neither."""
    addresses = find_addresses(rest)
    company = _company(rest, addresses)
    if len(addresses) > 1 or len(company) > COMPANY_LENGTH or _NO_COMPANY & set(keys_of(company)):
        return None
    return Join(email=addresses[0] if addresses else "", company="" if POLITE.issuperset(keys_of(company)) else company)


def _company(rest: str, addresses: Iterable[str]) -> str:
    """What is left beside the addresses, without words that lead to it (»für die Firma ...«)."""
    for address in addresses:
        rest = rest.replace(address, " ")
    words = rest.split()
    while words and _JOIN_LEAD.issuperset(keys_of(words[0])):
        del words[0]
    return " ".join(words).strip(" ,;:-–<>()")


def find_addresses(text: str) -> list[str]:
    """The e-mail addresses in a text, each once."""
    parts = (part.strip(".'!?*_") for part in _ADDRESS_ENDS.split(text.replace("mailto:", " ")))
    found = {part.casefold(): part for part in parts if _ADDRESS.fullmatch(part)}
    return list(found.values())


# Addresses, meetings and the stop of all sending -------------------------------------------------------------------

_DROP = word_set("weg entfernen löschen streichen remove delete drop")
_ADD = word_set("hinzufügen dazu neu neue auch zusätzlich add new also")
_TO_A_MEETING = POLITE | word_set(
    "leider ich wir komme kommen zur zum für die der das sitzung treffen meeting for the to dabei"
)
_OFF, _ON = word_set("stopp stop aus halt off"), word_set("start weiter an los on go")


def _address(rest: str, _today: date) -> Intent | None:
    """One address, with or without a word for adding it or taking it away."""
    found = find_addresses(rest)
    if len(found) != 1:
        return None
    said = set(keys_of(rest.replace(found[0], " "))) - POLITE
    if said and _DROP.issuperset(said):
        return DropAddress(found[0])
    return AddAddress(found[0]) if _ADD.issuperset(said) else None


def _attend(answer: str) -> Arguments:
    return lambda rest, _today: Attend(answer) if _says_no_more(rest) else None


_WITH_MORE = word_set(
    "aber jedoch doch nur erst wenn falls kommt kommen statt stattdessen vertretung but only if instead ?"
)
_MORE = 8  # words of a reason


def _says_no_more(rest: str) -> bool:
    """Nothing but the meeting, how many come, or a short reason; what goes beyond that the office has to read."""
    keys = keys_of(rest)
    is_reason = rest[:1] in {",", ".", ";", ":", "-", "–"} and len(keys) <= _MORE and not _WITH_MORE & set(keys)
    return _TO_A_MEETING.issuperset(keys) or is_reason or bool(_PERSONS.fullmatch(rest.strip(_MARKS)))


_PERSONS = re.compile(r"(?:für|mit|for|with) \w{1,10} (?:personen|person|leuten?|people|persons)", re.IGNORECASE)


def _sending(rest: str, _today: date) -> Intent | None:
    said = set(keys_of(rest)) - POLITE
    if said and _OFF.issuperset(said):
        return SwitchSending(on=False)
    return SwitchSending(on=True) if said and _ON.issuperset(said) else None


# All of them ----------------------------------------------------------------------------------------------------------

_COMMANDS: dict[str, Arguments] = {
    key: read
    for names, read in (
        ("status", _status),
        ("hilfe help ?", _alone(Help(), may_ask=True)),
        ("offen outstanding", _alone(ShowOutstanding(), may_ask=True)),
        ("rückgängig undo", _undo),
        ("weiter resume", _alone(Resume())),
        ("telegram telegramm", privacy_words.telegram),
        ("datenschutz datenschutzhinweis datenschutzhinweise datenschutzerklärung privacy", privacy_words.privacy),
        ("später later", _later),
        ("abmelden leave unsubscribe", _alone(Leave())),
        ("sprache language", _speak),
        ("pause", _pause),
        ("beitreten join", _join),
        ("adresse address", _address),
        ("zusage accept", _attend("yes")),
        ("absage decline", _attend("no")),
        ("vielleicht maybe", _attend("maybe")),
        ("betrieb sending", _sending),
        ("export", understand_export),
        ("verlauf history", understand_history),
        ("wochenüberblick überblick digest", digest_words.digest_rhythm),
        ("folgen follow", digest_words.follow),
        ("vorschau preview", digest_words.preview),
        ("freigeben release", digest_words.release),
        ("protokollant protokollantin minutetaker", minutes_words.minute_taker),
        ("protokoll minutes", minutes_words.minutes),
        ("beschluss decision", minutes_words.decision),
        ("beschlüsse decisions", minutes_words.decisions),
        ("abgeben übergeben handover", minutes_words.hand_over),
        ("wechsel firmenwechsel switch", moving_words.change_company),
        ("abstimmung abstimmungen poll polls", poll_words.understand_poll),
        ("stimme vote", poll_words.understand_vote),
        ("meinedaten mydata", person_words.my_data),
        ("meine my", person_words.mine),
        ("berichtigen berichtigung rectify", person_words.rectify),
        ("löschen erase", person_words.erase),
        ("widerspruch widerspreche object objection", person_words.objection),
        ("einschränken einschränkung restrict restriction", person_words.restriction),
        ("ich i", person_words.in_person),
        ("anliegen requests", person_words.requests),
        ("mit with", discretion_words.with_names),
    )
    for name in names.split()
    for key in spellings(name)
}

# only where a slip can do no harm
_FORGIVEN = "status hilfe rückgängig weiter telegram sprache pause später zusage absage vielleicht"
_FORGIVING = frozenset(key for name in _FORGIVEN.split() for key in spellings(name))
# the words that may stand around a command, its names, and what it is
_SPOKEN: tuple[tuple[frozenset[str], frozenset[str], Intent], ...] = (
    (
        word_set(
            "mein meine meinen den mir können könnten kann sie ich schicken senden zeigen zeig haben bekommen my me"
            " send show can could you the i get"
        ),
        word_set("status"),
        ShowStatus(),
    ),
    (
        word_set("meine zeig zeige mir show me my what are welche habe ich"),
        word_set("maßnahmen measures"),
        ShowStatus(),
    ),
    (
        word_set("letzte letzten meine meldung das die es machen that it my last report the"),
        word_set("rückgängig undo"),
        Undo(),
    ),
    (word_set("ich bin wieder da zurück i m am back"), word_set("weiter resume"), Resume()),
)
