"""The formulas of automatic letters, German first: what autoresponders, ticket desks and newsletters say.

Each line is one way to say it, in folded letters (ä is ae, ß is ss). ``…`` stands for up to 60 characters of the same
sentence, ``_`` for up to three words, ``→`` for the rest of the sentence, ``{name}`` for the words of that name. A line
that begins with ``|`` or ``…`` continues the one above.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mail.late import Late

_NAMES = {
    "your": "ihre[rnm]?|deine[rnm]?|eure[rnm]?|diese[rnm]?|die",
    "yours": "ihre[rnm]?|deine[rnm]?|eure[rnm]?|diese[rnm]?|your",
    "mail": "e-?mails?|mails?|nachricht(?:en)?|anfragen?|schreiben|mitteilung|anliegen|zuschrift|message|request"
    "|inquiry|enquiry|ticket|case",
    "box": "postfach|posteingang|mailbox|inbox|e-?mail-?adresse|adresse|address|account|mail-?konto|e-?mail-?konto",
    "i am": "sind wir|(?:ich|wir|i|we) (?:bin|sind|befinden?|am|are|habe|have)|bin"
    "|i'm|we're|mein buero ist|befinde mich",
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
    lines = (line.strip() for line in re.sub(r"\n\s*(?=[|…])", "", phrases).strip().split("\n"))
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
        (?:diese|this|die|the) {letter} {is} _ {automatic}(?: {made})?(?=\s*(?:[.!?)*,;-]|$|von |und |by |and\s
            |in (?:response|reply|antwort|reaktion)|auf (?:ihre|grund)|as |because ))
        (?:^|[.!?:(*\[~_#-] ?)(?:eine? |an? )?{automatic} (?:\w+e )?{letter}(?=\s*(?:$|[.!:)*\]~_#-]|auf (?:ihre
            |deine)|from|to your))
        (?:bitte )?antworten sie (?:bitte )?nicht (?:auf|direkt)[\w -]*
        nicht auf (?:diese|die) {mail} (?:zu )?antworten
        do(?:n't| not) (?:reply|respond)(?: directly)?(?: to this (?:e-?mail|mail|message|address)|(?=[.!]|$))
        (?:diese|this) {letter} (?:ergeht|erfolgt|geht|kommt|schickt|verschickt|schreibt|sendet|versendet|stammt|hat)\b
            …(?:automatisch\w*|maschinell\w*|rechner|computer|server|system|roboter|bot|automat|maschine|von selbst
            |von allein)\b
        (?:automatically|automatisch) (?:sent|generated|created|erzeugt|generiert|versandt|versendet
            |verschickt)(?=[.!)]|$)
        (?:^|[.!]|-) ?(?:sent|generated|created|gesendet|versandt) (?:automatically|automatisch)(?=[.!)]|$)
        (?:ceci est|il s'agit d')(?: une?)? (?:reponse|message) automati\w+|dit is een automatisch\w* (?:antwoord
            |bericht)
        est[ea] es (?:una respuesta|un mensaje) automatic\w+
        quest[ao] e' (?:una risposta|un messaggio) automatic\w+
        (?:diese|die) (?:absender)?adresse (?:dient|wird|ist) _ (?:ausschliesslich|nur|lediglich) _ versand
        """,
        answers=False,
    ),
    _row(  # that nobody reads what was written
        3,
        r"""
        (?:{yours}|die)? ?(?:\w+ )?{mail}\b…(?:wird|werden|wurde|kann|koennen)\b…\bnicht _ (?:weitergeleitet|gelesen
            |bearbeitet|umgeleitet|beantwortet|abgerufen)
        not (?:be )?(?:checking|reading|monitoring|answering)(?: my| any)? (?:{mail}|{box})
        {mail} (?:wird|werden) _ (?:nicht|weder) _ (?:weitergeleitet|gelesen|umgeleitet|bearbeitet)
        (?:eine )?(?:automatische )?weiterleitung _ (?:erfolgt|findet) (?:\w+ )?nicht(?: statt)?
        keine (?:automatische )?weiterleitung
        (?:your |my )?(?:{mail}|{box}) (?:will|is|are) (?:not
            |neither) (?:be )?(?:being )?(?:automatically )?(?:forwarded|read|monitored|checked)
        (?:lese|bearbeite|beantworte|pruefe|sehe) (?:ich )?(?:\w+ )?keine(?:rlei)? (?:\w+ )?{mail}
        {mail} werden…automatisch _ (?:geloescht|verworfen)
        (?:will|are|is) (?:be )?automatically deleted
        (?:this|my|the) {box}…(?:no longer|not|never|isn't) _ (?:monitored|read|checked|attended|in use)
        (?:this|my|the|old) (?:mailbox|inbox|e-?mail address|account)…(?:closed|deactivated|retired|decommissioned
            |switched off|unmonitored|unattended)
        (?:dieses|das|mein|diese|die|meine|eine) (?:postfach|mailbox|e-?mail-?adresse|mail-?konto|account)
            …(?:abgeschaltet|geschlossen|stillgelegt|deaktiviert|geloescht)
        (?:dieses|das|mein|diese|die|meine|eine) {box}…(?:nicht|un) ?(?:mehr )?(?:gelesen|ueberwacht|betreut|abgerufen
            |besetzt|genutzt)
        will not be (?:reading|checking|answering) (?:my )?{mail}
        (?:replies|antworten)…(?:are|werden) (?:not|nicht) (?:read|monitored|gelesen|bearbeitet)→
        {box}…(?:outgoing|ausgehende|nur fuer den versand)→
        (?:unattended|unmonitored) {box}
        """,
        answers=False,
    ),
    _row(  # what becomes of the letter
        2,
        r"""
        (?:eine )?(?:automatische )?weiterleitung _ (?:erfolgt|findet) (?:\w+ )?nicht(?: statt)?
        {yours} (?:\w+ )?{mail}\b(?: \w+)? (?:wird|werden|wurde|wurden|leite\w*)\b…(?:weitergeleitet|umgeleitet
            |weitergegeben
            |uebergeben|zugeleitet|zugestellt|weiter)\b
        {yours} (?:\w+ )?{mail}\b(?: \w+)? (?:will (?:not )?be|is being|was|has been)
            … (?:forwarded|passed on|redirected|read|deleted)
        (?:please )?(?:resend|send)\b…again…(?:after|when)→|senden sie…(?:erneut|noch einmal|nochmals)→
        """,
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
        {urgent} (?:\w+ )?(?:bitte|please|klaer\w+|uebernimmt|beantworte\w*)→
        (?:bitte )?kontaktieren sie (?:bitte )?(?:das|die|den|unser\w*|mein\w*)\b→
        (?:in|bei|fuer|for|in case of) (?:\w+ )?{urgent} (?:faell\w+|anliegen|angelegenheit\w*|fragen|dinge\w*|themen
            |matters?|cases?|issues?|requests?|queries|enquiries|notfaell\w+)→
        (?:wenn|falls|sollte) es (?:\w+ )?(?:eilt|eilig|dringend|brennt)→|wer nicht warten kann→|dringendes→
        richten sie _ (?:anliegen|anfrage\w*|nachricht\w*|mails?|e-mails?) _ an→
        (?:until then|in the meantime|meanwhile|bis dahin|solange|inzwischen|in der zwischenzeit),? (?:bitte\s
            |please )?(?:wende\w*
            |erreich\w+|kontakt\w+|contact|reach|call|hilf\w*|hel\w+|vertritt|speak|get in touch)\b→
        (?:bitte )?(?:nutzen|benutzen|verwenden) sie (?:bitte )?(?:unser|das|den|die) (?:\w+ )?(?:kontakt\w*|formular
            |portal
            |hotline|notdienst\w*)→
        (?:pour toute|en cas d)[e']? ?(?:demande )?urgen\w+→
        (?:voor|bij) (?:dringende|spoed)\w*→|(?:para|en caso de|si es) (?:\w+ )?urgen\w+→
        (?:per|in caso di) (?:\w+ )?urgen\w+→|(?:veuillez|vous pouvez) (?:contacter|vous adresser)→
        please (?:contact|direct|call|refer|reach out|get in touch|speak)→
        (?:slack|ping|text|call|ring|phone) (?:me|us) (?:if|for)→
        """,
        answers=False,
    ),
    _row(  # who stands in
        2,
        r"""
        (?:meine |unsere )?vertretung(?: \w+)? (?:ist|uebernimmt|hat|erreichen)→
        (?:meine |unsere )?vertretung: →
        vertreten werde ich→|mich vertritt→|es vertritt mich→
        (?:frau|herr|kollege|kollegin) [\w-]+(?: [\w-]+)? (?:vertritt|uebernimmt|kuemmert sich)→
        (?:wird|werde)(?: ich)? _ vertreten\b→
        (?:my colleague|meine kollegin|mein kollege|meine kolleg(?:en|innen))…(?:hilft|helfen|gerne?|steht|will
            |can|vertritt|is)→
        (?:is|are) covering(?: for me)?→|(?:can|will) help (?:you )?(?:in the meantime|meanwhile)→
        (?:meine nachfolge\w*|my successor) (?:ist|is|heisst|hat)→
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
        {i am}\b……(?:unregelmaessig|eingeschraenkt|schlecht|schwer|kaum|selten|begrenzt|nicht)\b…(?:zu erreichen
            |erreichbar|verfuegbar)
        (?:ich|wir) hab\w+ _ frei\b
        {i am}\b……(?:auf (?:[\w-]+ )?(?:\w*ausflug|tagung|montage|messe|schulung|konferenz|klassenfahrt)
            |im krankenstand)
        {i am}\b……(?:mit verlof|out this week|out (?:all|the) |nicht im dienst|ohne (?:laptop|internet|empfang|netz))
        (?:ich|wir) hab\w+ (?:heute |morgen )?(?:brueckentag|urlaub|frei)\b
        {i am}\b……(?:im sabbatical|im mutterschutz|im krankenhaus|im krankenstand|zur kur|in kur|zur reha
            |in (?:der )?reha
            |in (?:[\w-]+ )?auszeit|arbeitsunfaehig|krankgeschrieben|im ruhestand|im homeoffice)\b
        (?:weder|entweder) [^!?]{0,50}(?:erreichbar|da|zu erreichen|besetzt)\b
        (?:ich|wir) (?:goenne|goennen|mache|machen|nehme|nehmen|geniesse|geniessen|verabschiede\w*)……(?:urlaub|auszeit
            |ferien|pause|\w+pause|frei|elternzeit)\b
        (?:ich|wir) (?:arbeite|arbeiten)\b……(?:teilzeit|montag\w*|dienstag\w*|mittwoch\w*|donnerstag\w*|freitag\w*
            |\w+tags)\b[^.!?]{0,30}?(?=[.!?]| und |$)
        (?:i|we) (?:work|am working|are working) (?:part[- ]time|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?)→
        (?:ooo|out of (?:the )?office|off|away) (?:until|till|from)[^.!?]{0,30}
        {i am}\b……(?:off sick|off work|off until|on pto|on sabbatical|attending|at a conference|on (?:\w+ )?leave)
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
        (?:buero|praxis|laden|geschaeft|werkstatt|atelier|studio) _ (?:zu|dicht)(?=[.!,]|$)
        {the house} (?:hat|haben|macht|machen)……(?:schliess(?:zeit|tage?|ungszeit)|inventur|betriebsversammlung)\b
        {the house} (?:ist|sind|bleibt|bleiben|is|are|will be|hat|haben|macht|machen)……(?:geschlossen|closed
            |nicht besetzt|unbesetzt|\w+ferien|betriebsurlaub|\w*pause|eingeschraenkt erreichbar|nicht erreichbar)
        (?:ist|bleibt) (?:unsere?|das|die|der) [\w-]+……(?:geschlossen|nicht besetzt|unbesetzt)
        (?:our|the) (?:[\w-]+ )?(?:offices?|shop|store|practice|team|desk|school) (?:is|are|will be) _ closed→
        (?:zwischen den (?:jahren|feiertagen)|ueber (?:die )?(?:feiertage|weihnachten|ostern|pfingsten)
            |feiertagsbedingt)\b
            …(?:geschlossen|unbesetzt|nicht)→
        (?:bleibt|ist) _ (?:buero|praxis|laden|geschaeft|werkstatt|atelier|haus|studio) _ (?:zu|dicht|geschlossen)\b
        (?:buero|praxis|sekretariat|laden|geschaeft|werkstatt|kanzlei|verwaltung|rathaus|geschaeftsstelle|telefon)\b
            …(?:geschlossen|nicht (?:\w+ )?besetzt|unbesetzt)→
        (?:betriebsferien|betriebsurlaub|betriebsruhe|werksferien|company holidays?)\b
        """,
        personal=True,
    ),
    _row(  # when the house is open
        2,
        r"""
        (?:buero|oeffnungs|sprech|service|geschaefts|telefon|kern|arbeits)zeiten\b→
        (?:opening|office|business|working) hours\b→
        (?:montags|dienstags|mittwochs|donnerstags|freitags|werktags|taeglich|mo(?:ntag)?\.?(?: ?- ?| bis )\w+)\b
            …(?:\d{1,2}(?:[:.]\d\d)? ?(?:uhr )?(?:-|bis|und) ?\d{1,2}(?:[:.]\d\d)?) ?uhr\b(?: (?:besetzt|erreichbar
            |fuer sie da|zu erreichen|geoeffnet|telefonisch|da|persoenlich))*
        (?:mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|weekdays) ?(?:-|to|through|till|until)[^!?]{0,60}?\d ?(?:am|pm|:\d\d|h)\b
        {i am}\b……(?:montags|dienstags|mittwochs|donnerstags|freitags|werktags) (?:bis|und|-) \w+→
        """,
        answers=False,
        personal=True,
    ),
    _row(  # how soon they usually answer
        2,
        r"""
        (?:ich|wir)?[^.!?,]{0,40}\b(?:innerhalb|binnen) (?:von )?(?:\w+ ){0,3}(?:\w*tage[ns]?|\w*stunden)\b[^.!?]{0,40}
        (?:i|we)?[^.!?,]{0,40}\bwithin (?:the next )?(?:[\w-]+ ){1,3}(?:days?|hours)\b[^.!?]{0,40}
        (?:wir|ich)?[^.!?,]{0,30}\b(?:in der regel|ueblicherweise|usually|typically|aim to)\b
            …(?:{answer}|tag\w*|stunden|days?|hours)\b→
        (?:{answer})\b…(?:an meinem|am) naechsten (?:\w*werk|\w*arbeits)tag\b→
        """,
    ),
    _row(  # what a house says of the whole of its post
        2,
        r"""
        (?:derzeit |zurzeit |momentan )?erreichen uns…(?:viele|hohe|zahlreiche|mehr)→
        we are (?:currently )?(?:receiving|experiencing)…(?:high|large|many|unusual)→
        (?:es )?kann (?:es |die \w+ )?(?:bis zu|etwas|einige|mehrere|laenger)…(?:tage\w*|wochen|zeit|dauern)→
        (?:wegen|aufgrund) (?:\w+ ){0,3}(?:anfragen|nachrichten|e-?mails?|nachfrage|andrangs?)\b→
        (?:die|meine|unsere) (?:antwort|beantwortung|bearbeitung|rueckmeldung)\b…(?:derzeit|zurzeit|momentan|leider
            |aktuell)→
        (?:meine |unsere )?antworten…(?:verzoeger\w+|dauer\w*|laenger)→|(?:slow|delayed?) (?:to|in) (?:respond
            |reply)\w*→
        wenn (?:die|meine|unsere) antwort…(?:dauert|wartet)→
        unser\w* (?:[\w-]+ )?(?:kundenservice|support|team|helpdesk|kundendienst) (?:hilft|steht|kuemmert|meldet
            |prueft)→
        (?:if|wenn|falls) (?:your|ihre?) (?:\w+ )?{mail}→|visit our (?:website|faq|help)→
        (?:haeufige fragen|weitere informationen)…(?:website|webseite|homepage|www|unter)→
        (?:aufgrund|wegen) (?:des|der)(?: \w+){0,3} (?:\w*aufkommens?|anzahl|vielzahl|menge|nachfrage|anfragen)→
        due to (?:the|a|an)?(?: \w+){0,2} (?:volume|number)→
        (?:die|unsere) (?:bearbeitung|beantwortung|bearbeitungszeit)\b…(?:dauer\w*|verzoeger\w*|betraegt|tage|zeit)→
        von (?:rueck|nach)fragen→|(?:bitte )?sehen sie von→
        (?:wird|werden|wurde) (?:\w+ )?(?:an|in|durch|von) (?:die|das|den|der|dem|unser\w*
            |einem?r?) (?:\w+ )?(?:zustaendige\w*
            |fach\w+|stelle|abteilung|sachbearbeiter\w*|mitarbeiter\w*|team|support\S*)→
        (?:stellt|ist|gilt)…(?:keine|nicht als)(?: \w+)? (?:inhaltliche\w*|verbindliche\w*|antwort|auftragsbestaetigung
            |zusage|rechtsverbindlich\w*)→
        (?:will|has) be(?:en)? (?:passed|forwarded|assigned|routed) (?:on )?to→
        (?:one|a member) of our→|our (?:support |service )?team (?:will|is)→
        (?:waehrend|wenn|while|if) (?:sie|du|you(?:'re| are)?) (?:das|dies|diese|this|reading)[^,.!?]{0,30}(?:lesen
            |liest
            |reading|read|this)\b
        """,
    ),
    _row(  # where else the post goes now
        2,
        r"""
        (?:bitte )?(?:verwenden|nutzen|benutzen|schreiben|senden|schicken
            |richten) sie\b[^.!?@]{0,80}[\w.+-]+@[\w.-]+[^.!?]{0,30}
        (?:please )?(?:use|write to|send|update)\b[^.!?@]{0,80}[\w.+-]+@[\w.-]+[^.!?]{0,30}
        (?:postfach|adresse|mailbox|address|account)\b[^.!?]{0,40}(?:existiert|gibt es|exists?
            |does)[^.!?]{0,20}(?:nicht mehr
            |no longer|not exist)
        (?:meine|unsere|die|my|our) (?:neue |new )?(?:e-?mail-?)?(?:adresse|address) (?:hat sich|lautet|ist
            |has changed|is)→
        """,
        personal=True,
    ),
    _row(  # whom it greets: everybody who might write
        1,
        r"""
        (?:liebe[rs]?|sehr geehrte[rs]?|werte[rs]?|dear) (?:patient|kund|besucher|gaest|gast|absender|interessent
            |einsender
            |mandant|sender|customer|visitor|client)\w*
        """,
    ),
    _row(  # thanks for whatever it was
        1,
        r"""
        (?:danke?|(?:vielen|herzlichen|lieben) dank),? dass sie\b…(?:geschrieben|kontaktier\w*|gewandt|gewendet
            |gemeldet)\b…
        sorry (?:i|we) missed you(?:r \w+)?
        (?:merci|bedankt|dank u|dank|gracias|grazie)(?: \w+)? (?:pour|de|voor|por|per|wel)\b[^.!?]{0,40}
        (?:wir|ich) (?:freue|freuen) (?:mich|uns) (?:ueber|auf) {your}[^.!?]{0,40}
        (?:(?:vielen|herzlichen|besten|lieben) )?danke? (?:fuer|dass) {your} (?:\w+ )?(?:{mail}|kontakt\w+
            |interesse|meldung)(?: (?:vom|an|an uns)\b[^.!?]{0,30})?
        (?:many )?(?:thank you|thanks) (?:very much |so much )?for (?:your (?:\w+ )?(?:{mail}|interest|note)
            |contacting(?: us| me)?|reaching out(?: to \w+)?|getting in touch|writing(?: to \w+)?)
        """,
    ),
    _row(  # that it has come in
        2,
        r"""
        (?:votre (?:message|demande|courriel)|uw (?:bericht|mail|vraag)|su (?:mensaje|correo|consulta)
            |(?:la )?(?:sua|vostra) (?:richiesta|mail|e-?mail))…(?:recu|ontvangen|recibido|ricevut\w+)→
        (?:nous avons bien recu|wij hebben|we hebben|hemos recibido|abbiamo ricevuto)
            …(?:votre|uw|su|sua|vostra)\b[^.!?]{0,40}
        (?:ein|das) (?:\w+ )?(?:ticket|vorgang)\b…(?:angelegt|erstellt|eroeffnet)
        (?:wir haben|ich habe|hiermit bestaetigen wir…) ?{your} (?:\w+ )?{mail}…(?:erhalten|bekommen|empfangen
            |aufgenommen
            |registriert)
        {your} (?:\w+ )?{mail}(?: \([^)]{1,30}\)| [\w#\[\]-]*\d[\w\]-]*)? (?:ist|wurde|liegt|haben)…(?:eingegangen
            |empfangen|erhalten|registriert|aufgenommen|erfasst
            |zugestellt|angekommen|angelegt|eroeffnet|vor(?=[.!]))
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
        (?:fuer (?:{yours}) {mail} )?(?:wurde|ist|haben wir|we have|we've)\b…(?:ticket|vorgang|case|fall)\b
            …(?:erstellt|angelegt|eroeffnet|vergeben|registriert|gefuehrt|erfasst|created|opened)→
        (?:we have|we've) (?:created|opened|logged) (?:an? )?(?:\w+ )?(?:ticket|case)\b→
        (?:stand|status|bearbeitungsstand)\b…(?:einsehen|verfolgen|abrufen|ansehen)→
        (?:unter )?(?:dem|das) (?:akten|geschaefts)zeichen [\w/.-]*\d→
        \b(?:ticket|vorgangs?|anfragen?|bearbeitungs|fall|case|request|reference|referenz|service)[ -]?(?:nummer
            |nr\.?|id|number|no\.?|#|kennung|zeichen)?(?: lautet| ist| is
            | hat die nummer)?\s*[:#\[(]*\s*[a-z]{0,5}[-#]?\d{4,}[\w-]*
        (?:unter der|die) nummer \d{4,}\w*
        (?:incident|ticket|case|request|vorgang|fall|anfrage|auftrag|stoerung)[ #:-]*[\w-]*\d{3,}[\w-]* (?:has been
            |was|wurde
            |ist)…(?:submitted|opened|created|registered|logged|eroeffnet|angelegt|erstellt|aufgenommen|erfasst
            |geschlossen|closed
            |resolved|geloest|aktualisiert|updated)\b→
        (?:an?|your|ihr|ihnen|ein) (?:\w+ )?(?:ticket|case)\b…(?:has been|was|wurde|ist)…(?:opened|created|assigned
            |logged
            |eroeffnet|angelegt|erstellt)\b→
        (?:you|sie) (?:will be|werden)…(?:notified|updated|benachrichtigt|informiert|auf dem laufenden)→
        (?:bitte )?(?:geben|nennen|fuehren|lassen|belassen|verwenden) sie\b…(?:betreff\w*|\w*nummer|\w*zeichen)\b→
        (?:please )?(?:include|quote|keep|leave)\b…(?:subject|number|string|reference)\b→
        antworte\w* (?:sie )?(?:bitte )?(?:einfach )?auf diese {mail}→
        (?:um|to) [^.!?,]{0,50}(?:hinzuzufuegen|ergaenzen|add|comment)…(?:antworten|reply|respond)→
        antwort\w* (?:sie )?(?:bitte )?(?:oberhalb|ueber) dieser (?:zeile|linie)(?=\s*(?:[.!#-]|$))
            |reply above this line(?=\s*(?:[.!#-]|$))|##-
        assigned (?:an|the) id\b→|(?:anfrage|ticket|vorgang|request) (?:anzeigen|ansehen|einsehen|verfolgen)\b→
        (?:track|view|check)\b…(?:status|ticket|request|incident)\b→
        \b(?:ticket|vorgangs|fall|case)[ -]?(?:nummer|number|id)\b
        \[[a-z]{2,12}[#-] ?\d{3,}\]
        """,
    ),
    _row(  # that somebody will answer later
        1,
        r"""
        (?:je|nous) (?:vous )?(?:repondr\w+|recontacter\w+)→|(?:ik|wij|we)?[^.!?]{0,20}nemen [^.!?]{0,30}contact→
        (?:le |les )?(?:responder\w+|contestar\w+)→|(?:la |vi )?(?:rispond\w+|ricontatt\w+)→
        (?:ich|wir|i|we)? ?(?:werden?|{answer}|setzen?|will|shall|'ll|try)\b…(?:{soon})…(?=[.!?]|$)
        (?:kann|koennen|werden?)\b…{mail}…(?:erst|ab|nach)…{answer}
        {your} (?:\w+ )?{mail}…(?:{soon}|verzoeger\w+|spaeter)…(?=[.!?]|$)
        (?:nach meiner rueckkehr|upon my return|sobald (?:ich|wir) (?:wieder )?(?:zurueck|im buero|da) (?:bin
            |sind)|when i (?:am back|return|get back))…(?=[.!?]|$)
        (?:we|i|someone|a member of our team|our team)(?: will|'ll)…{answer}…(?=[.!?]|$)
        (?:ein|eine|unser) (?:mitarbeiter\w*|team|kundenservice|support|kolleg\w+)…(?:wird|melde[nt]?
            |bearbeite)…(?=[.!?]|$)
        (?:sie|es) wird…(?:{soon})…(?:bearbeitet|beantwortet)
        (?:wir|ich) melden? (?:uns|mich)(?: (?:dann|danach|so|bei|ihnen|gerne?|umgehend|zeitnah|wieder|unaufgefordert))*
        (?:ihre|deine|eure) (?:\w+ )?{mail}\b(?: wird| werden)?…(?:lese|lesen|gelesen|bearbeite\w*
            |beantworte\w*)\b[^.!?,]{0,30}(?=[.!?]|$)
        {mail} (?:lese|lesen|beantworte\w*|bearbeite\w*) (?:ich|wir)…(?:ab|nach|im anschluss|danach|wieder
            |erst)\b[^.!?,]{0,40}
        (?:i|we)(?:'ll| will) (?:get back|reply|respond|answer)\b…(?:when|after|upon|on my|as soon)→
        (?:schaue|sehe|lese)\w* (?:ich )?erst\b[^.!?,]{0,40}
        (?:lese|lesen|bearbeite|beantworte)\w*…{mail}…(?:danach|dann|ab|am|an|nach|spaeter|wieder|freitags|naechst\w+)→
        (?:und )?kuemmere? (?:ich )?(?:mich|uns) (?:\w+ )?um (?:ihr|dein)\w* {mail}
        (?:danach|dann|anschliessend) (?:lese|lesen|melde\w*|beantworte\w*|bin|sind|antworte\w*)\b[^.!?,]{0,40}
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
        (?:i|we) (?:expect|plan|hope|intend|will|shall)(?: to)? (?:return|reopen|be back)[^.!?]{0,40}
        (?:we )?(?:will )?(?:re-?open|resume)\b[^.!?]{0,40}
        (?:das bleibt|bleibt) so bis[^!?]{0,30}
        (?:je serai|de retour)\b…retour→|de retour (?:le|au|a)→|(?:terug|weer) (?:op|vanaf|bereikbaar|aanwezig)→
        (?:volvere|regreso|rientr\w+|torn\w+)\b→
        rueckkehr(?: ist)?:? (?:am|ab|zum)\b
        sie erreichen (?:mich|uns) (?:wieder |erst )+……(?=[.!?]|$)
        wieder _ (?:erreichbar|im (?:buero|haus|dienst|geschaeft)|fuer sie da|zu erreichen)
        """,
    ),
    _row(  # the same in other languages
        4,
        r"""
        (?:je|nous|notre \w+) (?:suis|serai|sommes|serons|est|sera) _ (?:absente?s?|en conges?|en vacances
            |en deplacement
            |ferme[es]*|hors du bureau)→
        (?:ik|wij|we|ons kantoor) (?:ben|zijn|is) _ (?:\d+ \w+ )?(?:met verlof|afwezig|met vakantie|op vakantie
            |niet (?:op|aanwezig|bereikbaar)
            |gesloten)→
        (?:estoy|estare|estamos|estaremos) _ (?:fuera de (?:la )?oficina|de vacaciones|ausentes?|cerrad\w+)→
        (?:sono|siamo|saro|il nostro ufficio e) _ (?:fuori (?:sede|ufficio)|in ferie|assente|chius\w+)→
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
        (?:nicht mehr|keine(?: \w+)? {mail}(?: mehr)?) (?:erhalten|empfangen|bekommen) (?:moechten|wollen)
        (?:unsubscribe|abmelden|abbestellen)…(?:click|klick|here|hier|link)|(?:click|klick|here|hier|link)
            …(?:unsubscribe
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
        (?:sie haben|you have)(?: received)?(?: eine?n?| an?)?(?: neues?n?| new| missed)? (?:sprachnachricht|voicemail
            |voice
            |fax|anruf|telefax|call)
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
        automati\w+ (?:\w+best\w+|benachrichtigung|hinweis|mitteilung)\b|.{{0,80}}\bauto-?reply:
        (?:message d')?absence du bureau|absence\b.{{0,20}} ?:|afwezigheids?\w*|afwezig\b ?:|niet aanwezig\b
            |fuera de (?:la )?oficina|ausencia\b ?:|fuori (?:sede|ufficio)|assenza\b
        abwesenheits-?(?:agent|info|assistent\w*)\b|out of (?:the )?office ?: .*(?:\[zp-|\b(?:re|aw) ?:)
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
        (?:incident|ticket|case|request|vorgang|stoerung)[ #:-]*[\w-]*\d{3,}.{0,60}(?:opened|created|received|eroeffnet
            |angelegt|erstellt|eingegangen|erhalten)
        (?:diese|this|die) (?:e-?mail-?)?(?:adresse|address|postfach|mailbox)\b.{0,40}(?:nicht|no longer|not)\b
        .{0,40}\beingang ihre[rs]? {mail}|unattended|unmonitored|(?:unser|das|our) \w+ (?:ist|bleibt|is
            |are) .{0,30}(?:geschlossen
            |closed)\b
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
    _row(  # what a desk puts before it, or a house over its holidays
        1,
        r"""
        (?:sommer|winter|herbst|oster|weihnachts|pfingst|betriebs|werks)(?:ferien|pause|urlaub)\b|(?:bank
            |public) holiday
            |(?:frohe|schoene) (?:weihnachten|ostern|feiertage)|merry christmas|season's greetings
        (?:geaenderte |unsere )?(?:oeffnungs|sprech|buero|service)zeiten\b|(?:opening|office) hours\b|ihre (?:{mail})$
            |(?:contact|kontakt)anfrage$|request received|anfrage erhalten
        [a-z]{2,8}-\d{3,}\b
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
    (?:neue )?(?:sprachnachricht|voicemail|fax|telefax|voice message
        |verpasster anruf|missed call)\b.{0,20}\b(?:von|from|:)
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
    r"|(?:einen? )?(?:guten rutsch|gutes neues jahr|erholsame \w+|besinnliche \w+|frohes fest)[^.!?]{0,40}"
    r"|(?:danke?|thank you|thanks)(?: (?:fuer|for))? (?:ihr|ihre|your|dein|eure?) (?:geduld|patience)"
    r"|glueck auf|greetings"
    r"|(?:merry christmas|happy (?:holidays|new year))[^.!?]{0,40}"
    r"|(?:bonjour|geachte|beste|estimad[oa]s?|hola|buongiorno|gentile|cordialement|met vriendelijke groet|saluti"
    r"|saludos|cordiali)\b[^.!?\n]{0,40}"
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

# where a ticket repeats what it is about
ABOUT = Late(r"\b(?:betreff|subject|description|regarding|summary|titel)\b\W{0,4}[^.!?]{0,60}")

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
    *("sabbatical", "reha", "zur kur", "werktag", "arbeitstag", "zeiten", " hours", "melden uns"),
    *("absence", "bedankt", "merci", "gracias", "grazie", "ontvangen", "ooo", "deactivated", "incident"),
    *(
        "postfach",
        "mail-adresse",
        "diese adresse",
        "email address",
        "mailbox",
        "rechner",
        "voicemail",
        "sprachnachricht",
        "ein fax",
    ),
    *(
        "geschrieben haben",
        "weitergegeben",
        "verzöger",
        "eilt",
        "slow",
        "delay",
        "bekommen",
        "missed you",
        "replies",
        "anfragen",
        "verlof",
        "gewandt",
        "zugeleitet",
        "kontaktier",
        "patienten",
        "kunden",
        "betriebsausflug",
    ),
)
