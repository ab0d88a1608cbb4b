"""The formulas of automatic letters, German first: what autoresponders, ticket desks and newsletters say.

Each line is one way to say it, in folded letters (ä is ae, ß is ss). ``…`` stands for up to 60 characters of the same
sentence, ``_`` for up to three words, ``→`` for the rest of the sentence, ``{name}`` for the words of that name. A line
that begins with ``|`` continues the one above.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mail.late import Late

_NAMES = {
    "your": "ihre[rnm]?|deine[rnm]?|eure[rnm]?|diese[rnm]?|die",
    "mail": "e-?mails?|mails?|nachricht(?:en)?|anfragen?|schreiben|mitteilung|anliegen|zuschrift|message|request"
    "|inquiry|enquiry|ticket|case",
    "box": "postfach|posteingang|mailbox|inbox|e-?mail-?adresse|adresse|address|account|mail-?konto|e-?mail-?konto",
    "i am": "(?:ich|wir|i|we) (?:bin|sind|befinden?|am|are|habe|have)|bin|i'm|we're|mein buero ist|befinde mich",
    "the house": "(?:unsere?|das|die|der|our|the) [\\w-]+(?: [\\w-]+)?|wir",
    "automatic": "automatisch\\w*|maschinell\\w*|auto-?generated|automated|automatic(?:ally)?|auto-?reply"
    "|computer[- ]generated|system[- ]generated",
    "is": "(?:wurde|wird|ist|is|was|has been|kommt)(?: an?)?",
    "made": "erstellt|generiert|erzeugt|versandt|versendet|verschickt|gesendet|generated|sent|created",
    "letter": "antwort|e-?mail|nachricht|mail|abwesenheits\\w+|eingangsbest\\w+|best\\w+|rueckmeldung|benachrichtigung"
    "|mitteilung|reply|response|message|notification",
    "urgent": "dringend(?:e[nrms]?)?|eilige[nrm]?|unaufschiebbare[nrm]?|wichtige[nrm]?|urgent|emergency|immediate",
    "soon": "schnellst\\w*|so schnell wie moeglich|umgehend|in kuerze|baldmoeglichst|zeitnah|sobald wie moeglich|sobald"
    "|as soon as|shortly|nach meiner rueckkehr|nach dem urlaub|(?:up)?on my return|when (?:i|we) (?:get back"
    "|return|am back"
    "|reopen)|innerhalb|within \\w+",
    "answer": "bearbeite[nt]?|beantworte[nt]?|antworte[nt]?|melde[nt]?|kuemmer\\w*|lese[n]?|liest|respond|reply|answer"
    "|review|get back to you|be in touch",
}


class Row(NamedTuple):
    """One line of a table: what it counts, and the words by which it is found.

    ``answers``: said in answer to a letter; else any machine may say it. ``personal``: people say it, too.
    """

    points: int
    answers: bool
    personal: bool
    pattern: Late


def _row(points: int, phrases: str, *, answers: bool = True, personal: bool = False) -> Row:
    lines = (line.strip() for line in re.sub(r"\n\s*\|", "|", phrases).strip().split("\n"))
    return Row(points, answers, personal, Late("|".join(map(_pattern, lines))))


def _pattern(phrase: str) -> str:
    for name, words in _NAMES.items():
        phrase = phrase.replace(f"{{{name}}}", f"(?:{words})")
    phrase = (
        phrase.replace(" _ ", r" (?:[\w-]+ ){0,3}")
        .replace("……", r"(?:[^.!?]|(?<=\d)\.){0,120}?")
        .replace("…", r"(?:[^.!?]|(?<=\d)\.){0,60}?")
    )
    return phrase.replace("→", r"[^!?]{0,90}?(?=[.!?](?:\s|$)|$)")


# --- what an automatic answer says; each group counts once

ANSWERS = (
    _row(  # that no person wrote it
        4,
        r"""
        (?:dies|dieses|es|this) (?:ist|is)(?: eine?| an?)? {automatic}(?: [\w-]+)?(?: {letter})?
        (?:hierbei|es) handelt es sich um eine {automatic}(?: \w+)? {letter}
        dies(?:e \w+)? (?:ist|wurde) (?:eine? )?vom system {automatic}
        (?:diese|this|die|the) {letter} {is} _ {automatic}(?: {made})?(?=\s*(?:[.!?)*,;-]|$|von |und |by |and ))
        (?:^|[.!?:(*\[~_#-] ?)(?:eine? |an? )?{automatic} (?:\w+e )?{letter}(?=\s*(?:$|[.!:)*\]~_#-]|auf (?:ihre
            |deine)|from|to your))
        (?:bitte )?antworten sie (?:bitte )?nicht (?:auf|direkt)[\w -]*
        nicht auf (?:diese|die) {mail} (?:zu )?antworten
        do(?:n't| not) (?:reply|respond)(?: directly)?(?: to this (?:e-?mail|mail|message|address)|(?=[.!]|$))
        (?:diese|die) (?:absender)?adresse (?:dient|wird|ist) _ (?:ausschliesslich|nur|lediglich) _ versand
        """,
        answers=False,
    ),
    _row(  # that nobody reads what was written
        3,
        r"""
        {your} (?:\w+ )?{mail}…\bnicht _ (?:weitergeleitet|gelesen|bearbeitet|umgeleitet|beantwortet)
        {mail} (?:wird|werden) _ (?:nicht|weder) _ (?:weitergeleitet|gelesen|umgeleitet|bearbeitet)
        (?:eine )?(?:automatische )?weiterleitung _ (?:erfolgt|findet) (?:\w+ )?nicht(?: statt)?
        keine (?:automatische )?weiterleitung
        (?:your |my )?(?:{mail}|{box}) (?:will|is|are) (?:not
            |neither) (?:be )?(?:being )?(?:automatically )?(?:forwarded|read|monitored|checked)
        (?:dieses|das|mein|diese|die|meine) {box}…(?:nicht|un) ?(?:mehr )?(?:gelesen|ueberwacht|betreut|abgerufen
            |besetzt|genutzt)
        will not be (?:reading|checking|answering) (?:my )?{mail}
        (?:unattended|unmonitored) {box}
        {your} (?:\w+ )?{mail}…(?:weitergeleitet|umgeleitet)
        """,
        answers=False,
    ),
    _row(  # whom to ask meanwhile
        2,
        r"""
        (?:in|bei|for|in case of) (?:\w+ )?{urgent}(?: \w+)?,?…(?:wende|kontaktier|erreich|steh|helf|hilf|schreib
            |meld|ruf|an |please|contact|call|write|:)→
        (?:wenn|falls|sollten?|ist|if|for anything)…(?:{urgent}|nicht warten|sofortige|can(?:no|')t wait)→
        (?:wenden sie sich|kontaktieren sie|wende dich|melden sie sich|contact|reach out to)(?: bitte
            | please)?(?: \w+){0,5} (?:an|bei|unter|to|at)\s→
        (?:wenn es brennt|in notfaellen|im notfall|den notdienst)→
        (?:bis dahin |waehrend\w* |in dieser zeit )?(?:hilft|helfen|unterstuetzt|steht|stehen) (?:ihnen|dir|euch)→
        please (?:contact|direct|call|refer)→
        """,
        answers=False,
    ),
    _row(  # who stands in
        2,
        r"""
        (?:meine |unsere )?vertretung(?: \w+)? (?:ist|uebernimmt|hat|erreichen)→
        (?:meine |unsere )?vertretung: →
        vertreten werde ich→
        (?:wird|werde)(?: ich)? _ vertreten\b→
        (?:my colleague|meine kollegin|mein kollege|meine kolleg(?:en|innen))…(?:hilft|helfen|gerne?|steht|will
            |can|vertritt|is)→
        (?:richten|senden|schicken) sie _ (?:anliegen|anfrage|nachricht|mail|e-mail|sie|diese) _ an→
        (?:meine )?(?:aufgaben|themen) (?:\w+ )?(?:uebernimmt|uebernehmen)→
        """,
        answers=False,
        personal=True,
    ),
    _row(  # that the writer is away
        2,
        r"""
        {i am}\b……(?:nicht (?:im|am|in meinem|an meinem) (?:buero|hause?|dienst|arbeitsplatz|platz|schreibtisch
            |office|geschaeft))
        {i am}\b……(?:abwesend|ausser haus|unterwegs|im ausland|verreist|in den ferien|krank\w*|erkrankt|im termin
            |absent)\b
        {i am}\b……(?:(?:im|in) \w*urlaub|urlaub|in elternzeit|im mutterschutz|auf (?:[\w-]+ ){0,2}\w*(?:reisen?
            |messe|fortbildung|kur|lehrgang|seminar))\b
        {i am}\b……nicht _ (?:erreichbar|verfuegbar|zu erreichen|da|anwesend)\b
        {i am}\b……nur _ (?:eingeschraenkt|sporadisch|bedingt|\w+tags|vormittags) _ (?:erreichbar|verfuegbar
            |zu erreichen|online|im buero)
        {i am}\b……(?:out of (?:the |my )?office|away\b|on (?:\w+ )?(?:vacation|holidays?|leave|business trip
            |travel)|travell?ing|not (?:available|in the office)|unavailable)
        """,
        personal=True,
    ),
    _row(  # that the house is closed
        2,
        r"""
        {the house} (?:ist|sind|bleibt|bleiben|is|are|will be|hat|haben|macht|machen)……(?:geschlossen|closed
            |nicht besetzt|unbesetzt|\w+ferien|betriebsurlaub|\w*pause|eingeschraenkt erreichbar|nicht erreichbar)
        (?:ist|bleibt) (?:unsere?|das|die|der) [\w-]+……(?:geschlossen|nicht besetzt|unbesetzt)
        (?:betriebsferien|betriebsurlaub|betriebsruhe|werksferien|company holidays?)\b
        """,
        personal=True,
    ),
    _row(  # thanks for whatever it was
        1,
        r"""
        (?:(?:vielen|herzlichen|besten|lieben) )?danke? (?:fuer|dass) {your} (?:\w+ )?(?:{mail}|kontakt\w+
            |interesse|meldung)(?: (?:vom|an|an uns)\b[^.!?]{0,30})?
        (?:many )?(?:thank you|thanks) (?:very much |so much )?for (?:your (?:\w+ )?(?:{mail}|interest|note)
            |contacting(?: us| me)?|reaching out(?: to \w+)?|getting in touch|writing(?: to \w+)?)
        """,
    ),
    _row(  # that it has come in
        2,
        r"""
        (?:wir haben|ich habe|hiermit bestaetigen wir…) ?{your} (?:\w+ )?{mail}…(?:erhalten|empfangen|aufgenommen
            |registriert)
        {your} (?:\w+ )?{mail} (?:ist|wurde)…(?:eingegangen|empfangen|registriert|aufgenommen|erfasst|zugestellt
            |angekommen)
        {your} (?:\w+ )?{mail} hat uns erreicht
        (?:die|das) bei uns eingegangen ist
        (?:den|der) (?:eingang|erhalt|empfang) {your} (?:\w+ )?{mail}
        (?:we(?:'ve| have)?|i have) received your (?:\w+ )?{mail}
        your (?:\w+ )?{mail}(?: \([^)]{1,30}\))? (?:has been|was) (?:\w+ )?(?:received|created|opened|registered|logged)
        (?:confirm|acknowledge)(?:s|ing)? (?:the )?receipt of your (?:\w+ )?{mail}
        """,
    ),
    _row(  # that it has a number now
        2,
        r"""
        (?:ticket|vorgangs?|anfragen?|bearbeitungs|fall|case|request|reference|referenz|service)[ -]?(?:nummer
            |nr\.?|id|number|no\.?|#|kennung|zeichen)?(?: lautet| ist| is
            | hat die nummer)?\s*[:#\[(]*\s*[a-z]{0,5}[-#]?\d{4,}[\w-]*
        (?:unter der|die) nummer \d{4,}\w*
        (?:ticket|vorgangs|fall|case)[ -]?(?:nummer|number|id)\b
        \[[a-z]{2,12}[#-] ?\d{3,}\]
        """,
    ),
    _row(  # that somebody will answer later
        1,
        r"""
        (?:ich|wir|i|we)? ?(?:werden?|{answer}|setzen?|will|shall|'ll|try)\b…(?:{soon})…(?=[.!?]|$)
        (?:kann|koennen|werden?)\b…{mail}…(?:erst|ab|nach)…{answer}
        {your} (?:\w+ )?{mail}…(?:{soon}|verzoeger\w+|spaeter)…(?=[.!?]|$)
        (?:nach meiner rueckkehr|upon my return|sobald (?:ich|wir) (?:wieder )?(?:zurueck|im buero|da) (?:bin
            |sind)|when i (?:am back|return|get back))…(?=[.!?]|$)
        (?:we|i|someone|a member of our team|our team)(?: will|'ll)…{answer}…(?=[.!?]|$)
        (?:ein|eine|unser) (?:mitarbeiter\w*|team|kundenservice|support|kolleg\w+)…(?:wird|melde[nt]?
            |bearbeite)…(?=[.!?]|$)
        (?:sie|es) wird…(?:{soon})…(?:bearbeitet|beantwortet)
        wir melden uns(?: bei ihnen)?
        (?:und )?melde mich (?:dann|danach|spaeter)(?=[.!?]|$)
        """,
    ),
    _row(  # that there is no post meanwhile
        2,
        r"""
        (?:keinen?|nur (?:eingeschraenkt|begrenzt|sporadisch|unregelmaessig)\w*|no|limited|little|only (?:limited
            |sporadic|occasional)|intermittent) (?:\w+ )?(?:zugriff|zugang|access)(?: (?:auf|zu
            |to) (?:\w+ )?(?:{mail}|{box}))?
        (?:lese|rufe|kann|pruefe|will (?:not )?be checking|check)\b…(?:{mail}|{box})…(?:nicht|nur|unregelm\w+
            |selten|sporadisch|occasionally|infrequently|abrufen|lesen)
        """,
    ),
    _row(  # when the writer is back
        1,
        r"""
        (?:erst )?(?:ab|am|vom?|from|on) ……(?:wieder|zurueck)(?: (?:fuer (?:sie|euch|dich)|(?:im|am|in
            |an der) \w+|zurueck|erreichbar|da|persoenlich|zu erreichen|gerne?|bin|sind))*
        (?:i|we)(?:'ll| will| shall)?(?: be)? (?:back|return(?:ing)?)(?: (?:in|to|at) (?:the |my )?(?:office
            |work))?(?: (?:on|from|by)[^.!?]{0,40})?
        returning (?:on|to)[^.!?]{0,40}
        rueckkehr(?: ist)?:? (?:am|ab|zum)\b
        sie erreichen (?:mich|uns) (?:wieder |erst )+……(?=[.!?]|$)
        wieder _ (?:erreichbar|im (?:buero|haus|dienst|geschaeft)|fuer sie da|zu erreichen)
        """,
    ),
    _row(  # the same in other languages
        3,
        r"""
        je (?:suis|serai) (?:actuellement )?(?:absente?|en conges?|en vacances)
        ik ben _ (?:afwezig|met vakantie|niet (?:op|aanwezig))
        (?:estoy|estare) _ (?:fuera de (?:la )?oficina|de vacaciones)
        sono _ (?:fuori ufficio|in ferie|assente)
        jestem _ (?:poza biurem|na urlopie|nieobecn)
        """,
    ),
    _row(  # as a heading
        3,
        r"""
        ^\W*(?:out of office|abwesenheit(?:s\w+)?|automatische antwort
            |auto(?:matic )?reply)(?: ?/ ?[\w -]{3,30}?)?\s*(?=[.:!*-]|bis\b|$)
        """,
    ),
    _row(  # that the writer is gone for good
        2,
        r"""
        (?:ist|bin|arbeitet|is|am|works?) _ (?:nicht (?:mehr|laenger)|no longer) _ (?:fuer|bei|in|with|for|at
            |employed|taetig|beschaeftigt)\b…(?=[.!?]|$)
        (?:hat|has) _ (?:verlassen|left)\b…(?=[.!?]|$)
        {box} _ (?:nicht mehr|no longer) _ (?:aktiv|gueltig|in gebrauch|verwendet|genutzt|active|valid|in use
            |used|monitored)
        in den ruhestand|im ruhestand
        """,
        personal=True,
    ),
)
CHALLENGE = _row(
    3,
    r"""
    confirm (?:that )?you(?:'re| are) (?:a )?human
    click (?:here |the link )…(?:deliver|release) (?:your|the) {mail}
    bestaetigen sie…damit {your} {mail} zugestellt
    """,
)

# --- what mass mail and notifications say

MASS = (
    _row(  # how to be rid of it
        2,
        r"""
        (?:newsletter|mailing|{mail}|benachrichtigung(?:en)?) _ (?:abbestellen|abmelden|kuendigen|austragen)
        nicht mehr (?:erhalten|empfangen|bekommen) (?:moechten|wollen)
        (?:unsubscribe|abmelden|abbestellen)…(?:click|klick|here|hier|link)|(?:click|klick|here|hier|link)…(?:unsubscribe
            |abmelden|abbestellen)
        unsubscribe from|abmeldelink|vom newsletter ab|update your preferences|opt[- ]out
        manage (?:your )?(?:\w+ )?(?:preferences|subscription|notifications?)
        """,
        answers=False,
    ),
    _row(  # how else to read it
        2,
        r"""
        (?:im browser|online|webansicht|in (?:ihrem|your) browser) (?:ansehen|anzeigen|oeffnen|lesen)
        view (?:this (?:e-?mail )?)?(?:in|online)(?: your| a)?(?: browser)?
        """,
        answers=False,
    ),
    _row(  # why it comes
        2,
        r"""
        you(?:'re| are) receiving this (?:e-?mail|message|because)
        sie erhalten diese (?:e-?mail|nachricht|mail|newsletter)…(?:weil|da|aufgrund)
        """,
        answers=False,
    ),
    _row(  # what it is
        2,
        r"""
        return receipt|lesebestaetigung|empfangsbestaetigung fuer ihre (?:an|nachricht|e-?mail)
        (?:ihre|your) (?:nachricht|message)\s[^!?]{0,200}?(?:wurde (?:am [^!?]{0,40} )?(?:gelesen|geoeffnet
            |angezeigt)|was read on|has been (?:read|displayed|opened))
        report domain:|dmarc aggregate|aggregate report|tls-?rpt
        your (?:verification|security|login) code|(?:bestaetigungs|sicherheits|einmal)code (?:lautet|ist|:)
        passwort (?:zuruecksetzen|zurueckgesetzt)|reset your password|confirm your (?:e-?mail|account|subscription)
        bestaetigen sie (?:bitte )?ihre (?:e-?mail-?adresse|anmeldung)
        """,
        answers=False,
    ),
)

# --- how subjects begin

_OWN = r"(?!(?:re|aw|antw|antwort|wg|fwd?)\b)"
_GONE = "(?:abwesen|urlaub|ferien|elternzeit|mutterschutz|office|vacation|holiday|leave|krank|geschlossen)"
SUBJECTS = (
    _row(  # what only a program writes
        4,
        rf"""
        (?:automatische (?:antwort|rueckmeldung|abwesenheits\w+|e-?mail-antwort)|auto(?:matic
            |mated)?[ -]?(?:reply|response|antwort|responder)) ?(?::|$|\()
        \[(?:auto(?:matic|mated)?[ -]?(?:reply|response|antwort)|automatische antwort|auto)\]
        reponse automatique|risposta automatica|respuesta automatica|automatisch antwoord|autosvar
            |odpowiedz automatyczna
        {_OWN}[^:\[]{{0,40}}{_GONE}[^:\[]{{0,30}}\b(?:re|aw|antw) ?:
        abwesenheits(?:notiz|meldung|nachricht|assistent|benachrichtigung|agent|hinweis)\b|autoreply\b
        out[ -]of[ -](?:the[ -])?office[ -]auto-? ?reply
        .{{0,80}}\((?:automatische antwort|auto-?reply|abwesenheitsnotiz)\)$
        """,
    ),
    _row(  # what a person could write, too
        2,
        r"""
        (?:abwesenheit|abwesend|out of (?:the )?office|ooo|away from (?:my |the )?(?:office|mail
            |desk))\s*(?:[:–,-]|re\b|aw\b|$)
        auto ?:
        (?:ich bin |bin )?(?:nicht im (?:buero|hause?)|ausser haus|im urlaub|abwesend)\b
        (?:i am |i'm |am )?(?:currently )?(?:out of (?:the )?office|on (?:vacation|holiday|annual leave|leave)|away)\b
        .{3,40} is (?:currently )?out of (?:the )?office
        (?:urlaubs(?:notiz|meldung|vertretung|info)|vacation (?:reply|message|notice)|betriebs(?:ferien|urlaub))\b
        (?:ihre|deine) {mail} (?:vom|an|ist|wurde|haben|bei)\b
        (?:eingangsbestaetigung|empfangsbestaetigung der anfrage|wir haben ihre {mail})\b
        (?:we(?:'ve| have)? received your|your {mail} (?:has been|was|to|is))\b
        (?:thank you|thanks) for (?:contacting|your {mail}|writing)\b
        (?:vielen |herzlichen )?danke? fuer (?:ihre|deine|eure) (?:{mail}|kontaktaufnahme)\b
        """,
    ),
    _row(  # what a desk puts before it
        1,
        r"""
        .{0,80}(?:ticket|vorgang|anfrage|case|request|fall)(?:s?(?:nummer|-?nr\.?|-?id
            |number))?\s*[:#(\[]*\s*[a-z]{0,4}[-#]?\d{3,}
        .{0,80}[\[(]#?(?:[a-z]{1,6}[-#])?\d{4,}[\])]
        """,
    ),
)
MASS_SUBJECT = _row(
    3,
    r"""
    \W{1,3}(?:spam|junk|virus)\b\W{1,4}
    (?:\[?preview\]? ?)?report domain:
    disposition notification|delivery receipt
    """,
    answers=False,
)
RECEIPT_SUBJECT = _row(
    2,
    r"""
    (?:nicht )?gelesen ?:|(?:not )?read ?:|lesebestaetigung\b|return receipt\b|empfangsbestaetigung ?:
    zugestellt ?:|delivered ?:|newsletter\b
    """,
    answers=False,
)

# --- what says nothing

COURTESY = Late(
    r"sehr geehrte\w*[^,!\n]{0,60}|liebe[r]? [^,!\n.]{0,40}|(?:guten (?:tag|morgen|abend)|hallo|hello|hi|dear|moin"
    r"|good (?:morning|day|afternoon))\b[^,!.\n]{0,40}"
    r"|(?:wir|i|we|ich) (?:wuenschen?|wish)\b[^.!?]{0,100}|(?:frohe|schoene) (?:weihnachten|feiertage"
    r"|ostern)[^.!?]{0,60}"
    r"|(?:merry christmas|happy (?:holidays|new year))[^.!?]{0,40}"
    r"|(?:(?:vielen|herzlichen|besten) )?dank fuer (?:ihr|dein|euer) verstaendnis"
    r"|(?:wir bitten|ich bitte)(?: \w+){0,3} (?:um|fuer)(?: \w+){0,2} (?:verstaendnis|geduld|beachtung)"
    r"|thank you for your (?:understanding|patience)|(?:english (?:version|text)|see) (?:see )?below(?: for english)?"
    r"|[\w.+-]+@[\w.-]+|https?://\S+|(?:tel|fon|telefon|fax|phone|mobil)\w*\.?:?\s*[+\d(][\d\s()/.-]{4,}"
    r"|\+?\d[\d\s()/.-]{6,}|\d{1,2}\.\s?(?:\d{1,2}\.)?(?:\s?\d{2,4})?"
)
DATE_WORDS = Late(
    r"\b(?:jan|feb|maerz|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec|mon|die?n|mit|don|fre|sam|son|tue"
    r"|wed|thu|fri|sat|sun)"
    r"\w*\b|\b(?:vom|bis|zum|zur|ab|am|von|from|until|till|through|to|on|den|dem|einschliesslich|leider|derzeit"
    r"|zurzeit)\b"
)
CLOSING = Late(
    r"^\s*(?:mit (?:\w+ )?(?:freundlichen?|besten|herzlichen) gruessen|(?:freundliche|beste|viele|liebe"
    r"|herzliche|schoene) "
    r"gruesse|mfg|vg|lg|gruss|herzlichst|(?:best|kind|warm) (?:regards|wishes)|regards|sincerely"
    r"|yours (?:sincerely|faithfully|truly)|cheers|ihre? (?:\w+[ -]?)?team|-- ?)\b.*$|^--\s*$",
    re.MULTILINE,
)
CLAUSE = Late(r"[.,;:!?\n()|–]| - |\b(?:und|oder|and|or|aber|but|sowie)\b")
WORD = Late(r"[^\W\d_]{2,}")

# --- what only somebody who knows of us says

REPORTS = Late(
    r"\bm ?\d{1,3}\b(?!-)|\b\d{1,3} ?(?:%|prozent|percent)|\bunveraendert\b|\b(?:zu|ab)sage\b|\bstatusmeldung\b"
    r"|\bverzoegert sich\b|\bteil(?:zu)?nehmen\b|\b(?:pause|rueckgaengig|vielleicht)\b"
    r"|\b(?:die|der|unsere|meine|unserer|meiner) massnahmen?\b"
    r"|\b(?:zur|an der|fuer die|beim) (?:naechsten )?(?:sitzung|treffen|termin)\b|\bwie geplant\b|\bgutachten\b"
)

# a cheap look whether the tables are worth the time; letters as people type them
STEMS = (
    *(
        "auto",
        "abwesen",
        "urlaub",
        "of office",
        "of the office",
        "büro",
        "buero",
        "erreich",
        "dank für",
        "danke für",
        "thank you for",
    ),
    *("thanks for", "received", "ticket", "nicht mehr", "no longer", "weitergeleitet", "geschlossen", "ferien"),
    *("elternzeit", "vertret", "außer haus", "ausser haus", "absent", "afwezig", "vakantie", "oficina", "vacaciones"),
    *("ufficio", "ferie", "biurem", "urlopie", "congé", "vacances", "erhalten", "eingegangen", "eingang", "dringend"),
    *(
        "leave",
        "away",
        "vacation",
        "holiday",
        "unsubscribe",
        "abmelden",
        "abbestellen",
        "browser",
        "receiv",
        "newsletter",
    ),
    *("receipt", "gelesen", "lesebest", "nicht im", "dienstreise", "reply", "antworten sie", "human", "zugestellt"),
    *("report domain", "code", "passw", "confirm", "vorgang", "closed", "monitored", "im hause", "unterwegs", "travel"),
    *("krank", "mutterschutz", "verlassen", "displayed", "pause", "wieder", "ruhestand", "hat uns", "angekommen"),
)
