"""The German and English words that understanding knows, and how a text is cut into words to compare."""

from __future__ import annotations

import re
from typing import Literal

from alliance.cleaning import fold
from alliance.intents import Status

# Words and numbers in a text ------------------------------------------------------------------------------------------

WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+|[%?]")
SPACES = re.compile(r"[^\S\n]+")

_MEASURE_WORD = r"(?:die )?(?:ma(?:ß|ss)nahmen?|measures?) (?:nr\.? ?|nummer |number |no\.? ?|# ?)?(?:m[ .-]?)?"
NUMBER = (
    rf"(?<!\w)(?:{_MEASURE_WORD}|nr\.? ?|# ?|m ?[-.]? ?)(?P<number>[0-9]{{1,4}})"
    r"(?![\w%])(?! ?(?:%|prozent|percent))(?![.,][0-9])"
)
NUMBERED = re.compile(NUMBER, re.IGNORECASE)


def keys_of(text: str) -> list[str]:
    """The words of a text as keys; of punctuation only % and ? remain."""
    return [fold(word) for word in WORD.findall(text)]


def word_set(words: str) -> frozenset[str]:
    """The keys of words that are parted by spaces."""
    return frozenset(fold(word) for word in words.split())


# Around any matter ----------------------------------------------------------------------------------------------------

POLITE = word_set(
    "bitte gern gerne danke dank vielen besten herzlichen sehr natürlich klar sicher selbstverständlich"
    " please thanks thank you sure of course"
)
PLEASE_DO = POLITE | word_set("machen")  # »Rückgängig machen, bitte«
REQUEST = word_set("bitte please")
THANKS = word_set("danke dank dankeschön thanks thank")
GREETINGS = word_set("hallo hello hi hey moin servus guten good grüß glück")

# How a measure stands -------------------------------------------------------------------------------------------------

State = Status | Literal["unchanged", "doubtful"]

STATES: dict[State, str] = {
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
DONE_WORDS = word_set(STATES[Status.DONE].replace(",", " "))
PERCENT = frozenset({"%", "prozent", "percent", "pct"})

# Beside a state: words that change nothing ----------------------------------------------------------------------------

CHATTER = POLITE | word_set("ja yes ok okay also so hallo nachfrage erinnerung für die der for")
PLAIN = (CHATTER - word_set("für for")) | word_set(
    "ist sind sein bin wir ich es das dies diese dieser gibt haben habe hat wurde wurden worden liegt liegen steht"
    " stehen bei beim zu zum zur auf an mit und seit von den dem alles alle allen beide beiden überall ganz komplett"
    " vollständig schon bereits inzwischen mittlerweile jetzt nun endlich heute gestern leider derzeit aktuell"
    " aktueller momentan maßnahme maßnahmen projekt vorhaben stand status fortschritt umsetzung umsetzungsstand"
    " fertigstellungsgrad update hier mein unser neuer is are it the we i at now currently measure progress been has"
    " have re ve all everything still"
)
# where a state lasts, not where it is reached
STILL = word_set(
    "noch immer weiterhin wieder nach wie vor gut sich plan geplant planmäßig bisher weiter bleibt bleiben"
    " super prima bestens problemlos reibungslos well fine smoothly good"
)
# with a percentage
ABOUT = word_set(
    "ca circa etwa rund ungefähr erst about approx approximately roughly around erreicht geschafft"
    " melde melden weiterhin nur only"
)
# before a colon; labels speak of the measure as a whole
HEADINGS = PLAIN | word_set("zwischenstand meldung bericht rückmeldung antwort betreff")
LABELS = HEADINGS | word_set("telefonisch telefon per laut anruf")

# Beside a state: words that explain it, or take it back ---------------------------------------------------------------

REASONS = word_set("wegen weil da aufgrund mangels due because since")
DEADLINES = word_set("bis until till um")
CONDITIONS = word_set("wenn falls sobald if once when unless")
DOUBTERS = CONDITIONS | word_set(
    "nicht nichts nix kein keine keinen keiner keinerlei nie nein ohne kaum noch fast beinahe nahezu halb teilweise"
    " teils nur größtenteils weitgehend außer bis fehlt fehlen ausstehend aus warten warte wartet wird werden soll"
    " sollen sollte könnte kann dürfte würde muss müsste will wollen droht drohen bald demnächst später folgt folgen"
    " morgen erst voraussichtlich hoffentlich hoffe wahrscheinlich vermutlich vermute vielleicht eventuell eigentlich"
    " quasi praktisch soweit angeblich glaube denke ob war waren gewesen aufgeholt behoben vermieden abgewendet gelöst"
    " vorbei not nothing none no never without hardly almost nearly partly mostly except until by will would should"
    " could might may must soon probably perhaps maybe think guess believe hope was were half yet resolved solved"
    " fixed avoided over"
)
CONTRASTS = word_set("aber jedoch allerdings doch oder sondern but however though or")
OTHERS = word_set(
    "außer except rest restliche restlichen übrige übrigen andere anderen sonst sonstige sonstigen other others"
)
TAKES_BACK_DONE = DOUBTERS | CONTRASTS | OTHERS | {"?"}
# beginnings of words: a percentage may be of an amount of money
MONEY = tuple(word_set("kosten förder finanz budget mittel zins eigenanteil rabatt preis umsatz miete"))

# Around a measure's number --------------------------------------------------------------------------------------------

BEFORE_NUMBER = word_set(
    "bericht rückmeldung meldung zwischenstand projekt vorhaben update"
    " bei zu zum zur für haben habe ist sind stand status die maßnahme for on at have with is"
)
DITTO = word_set("auch ebenso ebenfalls dito gleichfalls too ditto same % ?")
