"""The German and English words that understanding knows, and how a text is cut into words to compare."""

from __future__ import annotations

import re
from typing import Literal

from alliance.intents import Status
from alliance.words.cleaning import fold

# Words and numbers in a text ------------------------------------------------------------------------------------------

WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+|[%?✅✔☑🙄]")
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
THANKS = word_set("danke dank dankeschön merci thanks thank thx")
GREETINGS = word_set("hallo hello hi hey moin servus guten good grüß glück")

# How a measure stands -------------------------------------------------------------------------------------------------

State = Status | Literal["unchanged", "doubtful"]

STATES: dict[State, str] = {
    Status.DONE: "fertig, fertich, erledigt, abgeschlossen, fertiggestellt, fertig gestellt, umgesetzt, beendet,"
    " vollendet, durch, haken dran, ✅, ✔, ☑, was completed, was finished, was done, were completed, done, finished,"
    " completed, complete, concluded, wrapped up",
    Status.RUNNING: "läuft, läufts, laufen, laufend, läuft an, in arbeit, in umsetzung, in bearbeitung, im gange, im"
    " gang, in gang, im plan, im zeitplan, nach plan, wie geplant, plangemäß, planmäßig, begonnen, angefangen,"
    " gestartet, angelaufen, sind dran, sind noch dran, bin dran, auf gutem weg, auf gutem wege, auf einem guten weg,"
    " auf kurs, im grünen bereich, geht voran, geht gut voran, schreitet voran, kommen voran, kommen gut voran,"
    " mitten in der umsetzung, mitten in der arbeit, nicht mehr blockiert, nicht mehr verzögert, geht wieder voran,"
    " läuft wieder, rollt wieder, running, in progress, ongoing, on track, on schedule, under way, underway, started,"
    " begun, as planned, according to plan, moving again, moving forward, making progress, no longer blocked, no"
    " longer delayed, well advanced",
    Status.DELAYED: "verzögert, verzögert sich, verzögern sich, verspätet, verspätet sich, verzögerung, verzögerungen,"
    " verspätung, verzug, im verzug, in verzug, verschiebt sich, hinken hinterher, hinkt hinterher, hinterher,"
    " hängen hinterher, hinter dem zeitplan, hinter plan, im rückstand, in rückstand, zeitplan hält nicht,"
    " nicht zu halten, nicht mehr zu halten, hinfällig, wird später, klemmt, klemmt es, hakt, hakt es, stockt,"
    " stockt es, hängt, dauert länger, wartet auf, delayed, behind schedule, running late, slipped,"
    " slipping, postponed, pushed back, cannot be kept, can t be kept, slower than hoped, slower than planned,"
    " taking longer",
    Status.BLOCKED: "blockiert, gestoppt, steht still, stehen still, stillstand, ruht, auf eis,"
    " kommen nicht weiter, kommt nicht weiter, kommen nicht voran, festgefahren, blocked, stuck, on hold, on ice,"
    " stalled, at a standstill",
    Status.OPEN: "offen, nicht begonnen, noch nicht begonnen, nicht angefangen, noch nicht angefangen, nicht gestartet,"
    " noch nicht gestartet, noch nichts passiert, noch nichts getan, noch nichts geschehen, nicht angelaufen,"
    " noch nicht angelaufen, noch ganz am anfang, ganz am anfang, open, not started, not yet started, not begun,"
    " not yet begun, haven t begun, hasn t begun, haven t started, hasn t started, nothing has happened yet,"
    " yet to start",
    "unchanged": "unverändert, keine änderung, keine änderungen, keine veränderung, keine veränderungen, nichts"
    " neues, nix neues, nichts geändert, nichts verändert, nicht geändert, nicht verändert, kein neuer stand, keine"
    " neuigkeiten, wie gehabt, wie bisher, wie zuvor, wie beim letzten mal, wie letztes mal, alles beim alten, beim"
    " alten, gleich geblieben, gleicher stand, gleiche stand, selber stand, derselbe stand, alter stand, letzter"
    " stand, stand ist derselbe, nichts getan, nichts bewegt, dito, unchanged, no change, no changes, nothing new,"
    " nothing changed, nothing has changed, nothing has moved, keine von beiden hat sich verändert, keine hat sich"
    " verändert, hasn t changed, not changed, no news, no update, nothing to report, nichts zu berichten, nichts zu"
    " melden, no updates, still the same, same as last time, same as before, as before, as it was",
    "doubtful": "verzögern, verzögerte, blockieren, abschließen, fertigstellen, unfertig, bald, demnächst,"
    " irgendwann, in kürze, so schnell wie möglich, schnellstmöglich, schliff, soon, sometime, shortly, weiter"
    " nichts, losgehen, geht los, geht am, anfangen, begonnene, macht pause, stimmt so nicht, stimmt nicht, falsch,"
    " kein stillstand, isn t running, aren t running, nach den sommerferien, after the summer holidays, drehen uns im"
    " kreis, im kreis, jahr noch",
}
DONE_WORDS = word_set(STATES[Status.DONE].replace(",", " ")) | word_set("geschafft erfasst")
PERCENT = frozenset({"%", "prozent", "percent", "pct", "proz", "pozent", "prozentig"})

# Beside a state: words that change nothing ----------------------------------------------------------------------------

CHATTER = POLITE | word_set("ja yes ok okay also so hallo nachfrage erinnerung für die der for")
PLAIN = (CHATTER - word_set("für for")) | word_set(
    "ist sind sein bin wir ich es das dies diese dieser gibt haben habe hat wurde wurden worden liegt liegen steht"
    " stehen bei beim zu zum zur auf an mit und seit von den dem alles alle allen beide beiden überall ganz komplett"
    " vollständig schon bereits inzwischen mittlerweile jetzt nun endlich heute gestern leider derzeit aktuell"
    " aktueller momentan maßnahme maßnahmen projekt vorhaben stand status fortschritt umsetzung umsetzungsstand"
    " fertigstellungsgrad update hier mein unser unsere neuer grad gerade sache voll längst uns damit als nach langer"
    " lange kurz bisher bislang is are it s m the we i us at now currently measure project progress been has have re ve"
    " all everything still both just that sorry eintragen vermerken bitte jeweils je each"
)
# where a state lasts, not where it is reached
STILL = word_set(
    "noch immer weiterhin wieder nach wie vor gut sich plan geplant planmäßig bisher weiter bleibt bleiben"
    " super prima bestens problemlos reibungslos hervorragend rund mitten voran gekommen arbeiten doch zurück kommando"
    " well fine smoothly good nicely again yet"
)
# with a percentage
ABOUT = word_set(
    "ca circa etwa rund ungefähr erst about approx approximately roughly around erreicht geschafft melde melden"
    " weiterhin nur only so um die herum dabei nun wohl grob geschätzt schätze schätzungsweise meine meinte gemeint"
    " sagen sage wir mal na knapp gut knappe knappen knappes fast vorne schon fertig stellen gekommen vorangekommen"
    " zurückgefallen gestiegen geklettert angekommen der arbeit arbeiten hinter uns weg weges etwas einem von auf"
    " korrektur korrigieren korrigiere muss mich sorry tippfehler diesmal diesem kurz knapp es sehen sieht haben wir"
    " schaffen denke estimate estimated there way done put would make that about down correction nearly say through"
    " of work to up us we re roughly so now some sonst ansonsten otherwise kopf aus bauch sagen ein tragen setzen"
    " würde insgesamt überall total overall"
)
# before a colon; labels speak of the measure as a whole
HEADINGS = PLAIN | word_set("anbei zwischenstand meldung bericht rückmeldung antwort betreff")
LABELS = HEADINGS | word_set(
    "telefonisch telefon phone telephone per laut anruf kurz knapp kurzfassung ergebnis prozent grund bemerkung"
    " anmerkung termin neuer zieltermin kleines korrektur nachtrag eben wie gestern am besprochen aus zug correction"
    " quick note reason folgendes mitteilen nur viel telefonat percent kann ihnen"
)

# Around a day ---------------------------------------------------------------------------------------------------------

# with a day: what is done by then
COMPLETION = DONE_WORDS | word_set(
    "abschluss fertigstellung vollendung zieltermin termin neuer neuen neues neue datum ziel rest restliche der den"
    " dem dann wird werden werde sollten sollte soll wir durch sein so soweit weit ist es sind das ganze alles rechne"
    " rechnen ich mit jetzt planen plane nun kommt geplant steht weiterhin brauchen brauche benötigen dauert machen"
    " mache erwartet erwarten anvisiert angepeilt aktuell derzeit dadurch leider erst voraussichtlich wohl nachtrag"
    " eben und bitte spätestens müssten schaffen haben hier noch etwa zur wollen peilen an latest at completion"
    " expected expect due finish finished done will be should aim aiming target date new now ready plan planned we i"
    " it is the in need another to with and hope for end for at"
)
DONE_BY = word_set("fertig erledigt abschluss fertigstellung zieltermin termin rechnen rechne")

# Words of other times, of other people, and of those who do not mean it -----------------------------------------------

PAST = word_set("war waren hatte hatten vorher zuvor damals letztes letzte letzten geplant was were had previously")
NEGATORS = word_set(
    "nicht nichts kein keine keinen keiner ohne weder nie niemals niemand not no never without t cannot"
)
IRONY = word_set("haha hehe lol ironie sarkasmus traum träumen 🙄 witz scherz schön wär wish yeah")
HEARSAY = word_set("angeblich meint behauptet sagt hört supposedly allegedly")

# Help -----------------------------------------------------------------------------------------------------------------

HELP = word_set(
    "hilfe hilfestellung unterstützung unterstützen helfen hilft beistand mithilfe jemanden jemand partner partnerin"
    " help support hand assistance assist somebody someone anyone anybody"
)
WANTED = word_set(
    "brauchen brauche bräuchten bräuchte benötigen benötige benötigt gebraucht nötig notwendig erforderlich suchen"
    " suche sucht gesucht wünschen wünsche wünschenswert erwünscht gewünscht erbeten bitte bitten toll willkommen"
    " hilfreich wer kann könnte könnten mag need needed needs could please would appreciate appreciated welcome"
    " wanted who can looking require required wäre"
)
REALLY_HELP = HELP - word_set("jemanden jemand partner partnerin hand somebody someone anyone anybody")
SEEKS = word_set("brauchen brauche bräuchten bräuchte benötigen suchen suche gesucht need needed looking")
NO_HELP = NEGATORS | word_set("dank mir angeboten danke kam")

# Beside a state: words that explain it, or take it back ---------------------------------------------------------------

REASONS = word_set("dank wegen weil da aufgrund mangels due because since")
DEADLINES = word_set("bis until till um by durch")
CONDITIONS = word_set("sofern vorausgesetzt provided assuming wenn falls sobald if once when unless")
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
ALL = word_set("alle allen alles beide beiden überall jeweils sämtliche both all any them everything")
EXCEPT = word_set("außer ausgenommen ausser except")
AFFIRMED = word_set(
    "eröffnet eingeweiht abgenommen übergeben freigegeben online betrachten betrachte gilt gelten dass that off abhaken"
    " können sie on erfolgreich successfully"
)
SEASONS = word_set(
    "frühjahr frühling sommer herbst winter karneval ferien sommerferien herbstferien osterferien sitzung spring summer"
    " autumn fall holidays meeting jahreszeit"
)
TAKES_BACK_DONE = DOUBTERS | CONTRASTS | OTHERS | {"?"}
# beginnings of words: a percentage may be of an amount of money
MONEY = tuple(word_set("kosten förder finanz budget mittel zins eigenanteil rabatt preis umsatz miete"))

# Around a measure's number --------------------------------------------------------------------------------------------

BEFORE_NUMBER = word_set(
    "bericht rückmeldung meldung zwischenstand projekt vorhaben update"
    " bei zu zum zur für haben habe ist sind stand status die maßnahme for on at have with is"
)
FOR_THE_OFFICE = word_set(
    "abgegeben abgeben zuständig streichen löschen umschreiben verantwortung ansprechpartner protokoll zuständigkeit"
    " gestrichen gestorben"
)
WRITE_DOWN = word_set("eintragen vermerken notieren aufnehmen setzen enter note put record")
NOTHING_SAID = word_set("keine ahnung siehe anhang hilfe help no idea attached see weiß nicht unklar k a")
DITTO = word_set("auch ebenso ebenfalls dito gleichfalls too ditto same % ?")
