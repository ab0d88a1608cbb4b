"""Lines that programs add to a person's words: device lines, pictures' places, banners, disclaimers, list footers.

Each cutter takes the lines of one stretch of words and leaves out what it is sure of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from mail.header_blocks import is_ruler

DELIMITERS = {"-- ", "--", "—", "–", "__"}  # the first is the proper one (RFC 3676, 4.3)
DEVICE_LENGTH = 160
BANNER_LENGTH = 600
SNIP_LENGTH = 90
RULER = 20  # characters of a long ruler
ADVERTISEMENT = 8  # lines
INVITATION = 16  # lines
PARAGRAPH = 8  # lines of one
FOOTER_START = 400  # characters of a paragraph that are looked at


def compiled(*ways: str) -> re.Pattern[str]:
    """A pattern of several ways to say something; case does not count."""
    return re.compile("|".join(ways), re.IGNORECASE)


_LINK = re.compile(r"<(?:https?:|mailto:|tel:)[^<>\s]{1,500}>")
_THING = compiled(
    r"(?:i(?:phone|pad|pod|mac|os)|mac(?:book|mini)?|android|handy|\w*smart\w*|\w*mobil\w*|\w*tablet|blackberry"
    r"|samsung",
    r"galaxy|huawei|xiaomi|redmi|sony|xperia|htc|nokia|lumia|pixel|fairphone|oneplus|oppo|motorola|moto|honor|lg"
    r"|windows",
    r"\w*gerät|\w*telefon|\w*phone|laptop|pc|computer|surface|device|handheld|cell|watch|typewriter)[\w.’'-]*",
)
_PROGRAM = compiled(
    r"(?:[\w.-]*mail|outlook|gmx|web\.de|t-online|freemail|yahoo!?|spark|tuta(?:nota)?|k-9|thunderbird|superhuman"
    r"|mailbird",
    r"em client|canary|nine|newton|typeapp|hey|missive|front|proton|apple|unterwegs|app|mobile|phone|windows|samsung"
    r"|galaxy",
    r"iphone|ipad|ios|android|blackberry|handheld|smartphone|tablet|handy)",
)
_DEVICE = compiled(
    rf"(?:diese (?:nachricht|e?-?mail) wurde )?(?:von|auf|mit|über) mein(?:em"
    rf"|er)? (?:[\w.’'-]+ ){{0,3}}{_THING.pattern}"
    r"(?: [\w.’'-]+){0,5} (?:gesendet|geschickt|verschickt|versendet|verfasst|geschrieben|getippt)",
    r"(?:gesendet|verschickt|geschickt|geschrieben|versendet|getippt) (?:von|mit|über|via|aus|auf) (?:mein(?:em|er|) )?"
    rf"(?:[\w.’'-]+ ){{0,3}}(?:{_THING.pattern}|{_PROGRAM.pattern})\b.{{0,60}}",
    rf"(?:von|mit|aus|per) (?:[\w.-]+ ){{0,3}}(?:{_THING.pattern}|{_PROGRAM.pattern})(?: [\w.-]+){{0,5}} gesendet",
    r"(?:mobil|unterwegs|sicher) gesendet(?: (?:von|mit|über) .{2,40})?(?:\s?[,–-] .{0,60})?",
    r"(?:holen|laden) sie (?:sich )?[\w. ]{2,20} für (?:ios|android|windows|mac).{0,60}",
    r"outlook für (?:ios|android)(?: (?:beziehen|herunterladen))?.{0,60}",
    r"(?:get|download) [\w. ]{2,20} for (?:ios|android|windows|mac|iphone|mobile).{0,60}",
    r"(?:this (?:message|e-?mail|mail) was )?sent (?:from|via|with|by|using) my (?:[\w.’'+-]+ ?){1,5}(?:(?:with"
    r"|using) .{2,40})?",
    rf"(?:this (?:message|e-?mail) was )?sent (?:from|via|with|by"
    rf"|using) (?:the )?(?:[\w.-]+ ){{0,3}}{_PROGRAM.pattern}\b.{{0,60}}",
    r"sent (?:on the (?:go|move|run|road)|in haste|while travell?ing)",
    r"envoyé (?:de(?:puis)? mon|à partir de|depuis|avec) .{2,60}",
    r"(?:verstuurd|verzonden) (?:vanaf|met|via) (?:mijn )?.{2,60}",
    r"(?:wysłane|odesláno) z .{2,60}",
    r"inviato (?:da|dal) .{2,60}",
    r"enviado (?:desde|do) (?:mi|meu) .{2,60}",
    r"(?:skickat från|sendt fra) (?:min )?.{2,60}",
)
_SENT = (
    r"(?:gesendet|verschickt|geschickt|versendet|verfasst|geschrieben|getippt|diktiert|sent|written|typed|composed"
    r"|dictated)"
)
_DEVICE_ROUGHLY = re.compile(  # a send word and a device, whatever else stands between that no sentence needs
    rf"(?:(?:diese |this )?(?:nachricht|e-?mail|mail|message) (?:wurde|was) |{_SENT} |(?:[a-zäöü]+ und )?[a-zäöü]+ von "
    rf"|von |mit |aus |per |from )(?=.*\b(?:{_PROGRAM.pattern}|{_THING.pattern}))",
    re.IGNORECASE,
)
_EXCUSE = re.compile(
    r"[\s,;.:–(-]+(?:daher|deshalb|also|sorry|drum)\b.{0,60}$|[\s,;.:–(-]+(?:bitte |etwaige |evtl\. |eventuelle )?"
    r"(?:(?:tipp|schreib)\w*fehler|kürze|entschuldig\w*|(?:please )?(?:excuse|forgive|pardon)|typos|brevity"
    r"|autokorrektur)\b.{0,60}$",
    re.IGNORECASE,
)
_EXCUSE_WRAPPED = compiled(
    r"(?:(?:und )?(?:die )?(?:kürze|tippfehler|schreibfehler)|brevity|typos)(?: und \w+fehler)?[.!]?"
)
_SENDING_WORDS = compiled(
    r"von|mit|aus|per|über|via|vom|meine[mr]?|mein|meinem/meiner|diese|nachricht|e-?mail|mail|wurde|für|auf|unterwegs"
    r"|kurz|knapp|und|mobil|fürs|ums|sicherer?|sichere|verschlüsselt\w*|app|the|my|from|with|using|by|for|on|this|message|was"
    r"|a|an|secure|encrypted|mobile|de|com|aol|it|go|short|brief|and|i|einem|einer|dem|der|gesichert"
)
_APP_AD = re.compile(
    r"(?:get|download|try|holen sie|laden sie|jetzt) .{0,60}\bapp\b.{0,40}\w\.\w{2,}\S*\W{0,3}", re.IGNORECASE
)
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,60})\]\(\S{1,200}\)")
_DEVICE_WORD = compiled(
    r"diktiert|dictated|typed|written|sen[dt]|schickt|outlook|tippt|geschrieben|verfasst|envoy|verstuurd|verzonden|wysłane|inviato|enviado|skickat"
    r"|odesl",
    r"^\W{0,6}(?:get|download) |(?:holen|laden) sie",
)
_PICTURE = compiled(
    r"\[(?:cid:|image:|bild:|inline image|grafik)[^\]]{0,200}\](?:<\S{1,300}>)?",
    r"\{#HS:[\d-]{3,40}#?\}|\((?:embedded image moved to file|eingebettetes bild (?:verschoben|wurde)"
    r"[\w ]{0,20}): ?[\w.-]{3,60}\)",
    r"<image\d+\.\w+>|\[https?://\S{1,300}\](?:<\S{1,300}>)?",
    r"\[(?:quoted text hidden|zitierter text ausgeblendet)\]",
)
_BANNER = compiled(
    r"\W{0,8}(?:caution|warning|achtung|warnung|vorsicht|hinweis|attention|external|extern[er]?(?: e-?mail)?)\b"
    r"(?=.*\b(?:e-?mail|nachricht|mail|message|absender|sender)\b)"
    r"(?=.*\b(?:extern\w*|außerhalb|outside|unbekannte\w*)\b).*",
    r"[\[(*]{1,3}(?:externe?[rs]?|external)\b[^\])*]{0,20}[\])*]{1,3}.{0,40}"
    r"\b(?:nachricht|e?-?mail|message|absender|sender|vorsicht|caution|careful|links?|attachments?|anhängen?)\b.*",
    r"\W{0,8}(?:externe?[rs]?|external) (?:e-?mail|absender|sender|nachricht|message)\W{0,8}",
    r"[\[*#!\s]{0,6}(?:externe?[rs]?|external)(?: (?:e-?mail|absender|sender|nachricht"
    r"|message))?\s?[\]*:!#]{1,6}.{0,10}",
    r"\W{0,8}(?:this|the) (?:e-?mail|message) (?:originated|was sent|came|comes|is) from (?:outside|an external).*",
    r"\W{0,8}(?:diese|die) (?:e-?mail|nachricht|mail) (?:stammt|kommt|kam|wurde) (?:von (?:einem )?(?:extern|außerhalb)"
    r"|nicht (?:von|aus)|aus einer externen).*",
    r"you don['’]t often get email from .*|some people who received this message don['’]t often .*",
    r"sie erhalten nicht (?:häufig|oft) (?:e-mails|eine e-mail) von .*",
    r"einige personen, die diese nachricht erhalten haben, erhalten nicht oft .*",
)
_BANNER_MORE = compiled(
    r"\b(?:links?|anhänge\w*|anlagen|attachments?|absenders?|sender|recogni[sz]e|vertrauenswürdig|öffnen|klicken"
    r"|click)\b",
    r"learn why|erfahren sie, warum|inhalt sicher|content is safe",
)
_LETTER = r"(?:e-?mail|nachricht|mail|message|communication|transmission)"
_LEGAL = compiled(
    rf"\W{{0,6}}(?:diese|die in dieser|der inhalt dieser|diese elektronische) {_LETTER}\b.{{0,120}}"
    r"(?:vertraulich|ausschließlich|rechtlich geschützt|adressat|empfänger|viren)",
    rf"\W{{0,6}}(?:diese|die) {_LETTER} (?:wurde|ist) .{{0,60}}(?:viren|malware|avast|avira|norton|spam)",
    r"(?:wenn|falls|sollten) sie (?:nicht der (?:richtige|beabsichtigte|vorgesehene)"
    rf"|diese {_LETTER} (?:irrtümlich|versehentlich))",
    r"\W{0,6}(?:disclaimer|vertraulichkeitshinweis|rechtlicher hinweis|datenschutzhinweis|haftungsausschluss)\b",
    r"\W{0,6}(?:confidentiality notice|privileged/confidential|legal notice)\b",
    r"(?:informationen|hinweise|angaben) (?:zum|zur|über den|nach art) .{0,60}(?:daten|dsgvo)",
    r"(?:unsere |die )?(?:datenschutzhinweise|datenschutzerklärung|datenschutzinformation\w*)\b.{0,60}"
    r"(?:finden|http|www|unter|:)",
    rf"\W{{0,6}}(?:this|the information (?:contained )?in this|the contents? of this"
    rf"|this electronic) {_LETTER}\b.{{0,160}}"
    r"(?:confidential|intended|privileged|virus|property|solely)",
    r"(?:the )?information (?:contained )?in this .{0,60}(?:confidential|intended|privileged)",
    rf"if you (?:are not the (?:intended|named)|have received this {_LETTER} in error)",
    rf"this {_LETTER} (?:has been|was|is) (?:scanned|checked|certified|virus|sent through)",
    r"(?:bitte )?(?:denken|prüfen|schützen|schonen|überlegen) sie .{0,60}(?:umwelt|ausdruck|ausgedruckt|drucken)",
    r"(?:please )?(?:consider|think (?:of|about)|think before) .{0,40}(?:environment|print)",
    r"(?:please )?(?:save|do not) .{0,30}(?:paper|print this)|(?:vor dem (?:aus)?drucken|before printing)\b.{0,20}$",
    r"der umwelt zuliebe|umweltfreundlich .{0,40}drucken",
    r"(?:virenfrei|virus-free|virengeprüft|keine viren)\b",
    r".{0,60}\b(?:avast|avg|avira|eset|kaspersky|sophos|norton|symantec)\b.{0,40}"
    r"(?:viren|virus|geprüft|checked|scanned|antivirus|security)",
    r"(?:checked|scanned|geprüft) (?:by|for|von|mit|durch) (?:avast|avg|avira|eset|virus)",
    r"für (?:die )?(?:richtigkeit|vollständigkeit) .{0,80}(?:haftung|gewähr)",
)
_TREE = re.compile(r"^(?:P |[^\w\s»\"'(\[]{1,3}\s*)")  # a Webdings tree
_HEADING = compiled(
    r"\W{0,4}(?:confidentiality|disclaimer|vertraulich\w*|important notice|wichtiger hinweis"
    r"|hinweis|notice|legal)\b[^.]{0,30}:"
)
_LAWYERLY = compiled(
    r"\b(?:vertraulich\w*|empfänger\w*|adressat\w*|irrtümlich|versehentlich|unbefugt\w*|unerlaubt\w*|vernichten|löschen"
    r"|absender|weitergabe|weiterleitung|kopieren|geschützt\w*|ausschließlich|bestimmt|haftung|confidential\w*|intended"
    r"|recipients?|addressee|privileged|in error|notify|delete|disclos\w+|copying|distribution|dissemination|prohibited"
    r"|unauthori[sz]ed|liab\w+|virus\w*|destroy|solely|proprietary)\b"
)
_LIST_FOOTER = compiled(
    rf"sie (?:haben|erhalten) diese {_LETTER} (?:erhalten, )?(?:da|weil) ",
    rf"you (?:are receiving|received) this {_LETTER} because",
    r"to (?:unsubscribe|post to|stop receiving|manage your|view this discussion)\b",
    r"(?:wenn sie )?(?:um )?sich (?:von dieser|aus dieser|abzumelden|abmelden)",
    r"wenn sie (?:aus|von) dieser (?:gruppe|liste)|weitere optionen finden sie unter|for more options, visit",
    r"(?:abmelden|unsubscribe):|.{0,60}\b(?:mailing ?list|mailingliste|mailman/listinfo)\b.{0,80}$",
    r"\S+@(?:lists?|listen|groups|googlegroups)\.\S+$|(?:liste?|archiv\w*|list info|listen-?info)\s?: \S+[@./]\S+",
    r"(?:links zu ihren|yahoo!?) groups?|(?:links zu ihren )gruppen",
)
_ONESELF = re.compile(r"\b(?:[Ii]ch|[Mm]ir|[Mm]ich|I'm|I am|I have|I will|I)\b|\bM ?\d+\b")
_MEASURE = re.compile(
    r"\d ?%|\b(?:erledigt|fertig|unverändert|blockiert|verzögert|done|delayed|blocked)\b", re.IGNORECASE
)
_ADDRESS_OF_SITE = re.compile(r"https?://|\bwww\.|\S@\S+\.\w|<\*>")
_PROGRAM_SPEAKS = re.compile(
    r"\b(?:this (?:e-?mail|message|mail)|diese (?:nachricht|e-?mail|mail))\b.{0,80}\b(?:sent|gesendet"
    r"|versandt|verschickt|erstellt|scanned|geprüft)\b",
    re.IGNORECASE,
)
_TAGLINE = re.compile(r"(?:[#*=~+]{2,} ?)[^#*=~+]{3,60}\d\.\d[^#*=~+]{0,20}(?: ?[#*=~+]{2,})|\* Origin: .{3,80}")
_MEETING = compiled(
    r"(?:microsoft teams|zoom|webex|google meet|skype)(?:[- ](?:besprechung|meeting"
    r"|(?:benötigen sie hilfe|need help)\?.{0,40}))?"
)
_UUENCODED = re.compile(r"^begin [0-7]{3} [^\n]{1,100}\n(?:[!-`][^\n]{0,90}\n){1,5000}?end$", re.MULTILINE)
_SNIP = re.compile(
    r"[\[<({]+ ?(?:\.{3}|…) ?[\])>}]+|[\[<{]+ ?(?:\.{3}|…)?[\w ]{0,30}\b(?:snip\w*|schnipp|schnapp|gekürzt"
    r"|gelöscht|entfernt|weggelassen|deleted|trimmed|cut)\b[\w ]{0,30}(?:\.{3}|…)? ?[\]>}]+|[ -]{0,40}8<[ -]{0,40}",
    re.IGNORECASE,
)
_BARE_SITE = re.compile(r"(?:https?://|www\.)\S{4,200}")
_REACHABLE = re.compile(r"https?://|\S@\S")
_PGP_BEGIN, _PGP_END = "-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----"


def without_links(line: str) -> str:
    """Without the addresses that Outlook writes behind linked words."""
    return _LINK.sub("", line) if "<" in line else line


def is_device(line: str) -> bool:
    """»Von meinem iPhone gesendet« in its many forms."""
    if len(line) > DEVICE_LENGTH or not _DEVICE_WORD.search(line):
        return False
    text = without_links(_MARKDOWN_LINK.sub(r"\1", line)).strip(" \t.!()*_~-")
    if _DEVICE.fullmatch(_EXCUSE.sub("", text)):
        return True
    return _APP_AD.fullmatch(text) is not None or _is_roughly_device(text)


def _is_roughly_device(text: str) -> bool:
    """»Kurz und knapp von meinem Musterfon gesendet, bitte Tippfehler entschuldigen«: no word that a sentence needs."""
    text = _EXCUSE.sub("", text)
    if not _DEVICE_ROUGHLY.match(text) or not re.search(rf"\b{_SENT}\b", text, re.IGNORECASE):
        return False
    rest = re.sub(rf"\b(?:{_SENT}|{_PROGRAM.pattern}|{_THING.pattern})\b", " ", text, flags=re.IGNORECASE)
    words = re.findall(r"[^\s.,;:!?()]+", rest)
    return len(words) < 9 and all(_SENDING_WORDS.fullmatch(word) or not word[0].islower() for word in words)


def is_snip(line: str) -> bool:
    """»[…]«, which says that something quoted was left out there."""
    return len(line) < SNIP_LENGTH and _SNIP.fullmatch(line) is not None


def without_marks(lines: Sequence[str]) -> list[str]:
    """Without device lines and placeholders of pictures, wherever they stand."""
    gone = {
        index
        for index, line in enumerate(lines)
        if line and (is_device(line) or is_snip(line) or any(form.fullmatch(line) for form in (_PICTURE, _TAGLINE)))
    }
    gone |= {index - 1 for index in gone if index and lines[index - 1] in DELIMITERS}
    gone |= {index + 1 for index in gone if _EXCUSE_WRAPPED.fullmatch("".join(lines[index + 1 : index + 2]))}
    return [line for index, line in enumerate(lines) if index not in gone]


def without_armour(text: str) -> str:
    """A text without what OpenPGP puts around signed words (RFC 9580, 7), and without files spelled out in it."""
    if "\nend" in text and "begin " in text:
        text = _UUENCODED.sub("", text)
    if _PGP_BEGIN not in text:
        return text
    head, _, rest = text.partition(_PGP_BEGIN)
    words = rest.partition("\n\n")[2].partition(_PGP_END)[0]
    return head + re.sub(r"^- ", "", words, flags=re.MULTILINE)


def without_banner(lines: list[str]) -> list[str]:
    """Without the warning that a server puts above letters from outside."""
    start = next((index for index, line in enumerate(lines) if line), len(lines))
    if start == len(lines) or len(lines[start]) > BANNER_LENGTH or not _BANNER.fullmatch(lines[start]):
        return lines
    end = start + 1
    while end < len(lines) and lines[end] and _BANNER_MORE.search(lines[end]):
        end += 1
    return lines[:start] + lines[end:]


def without_footers(lines: list[str], *, alone: bool) -> list[str]:
    """Without disclaimers and what lists add, which run to the end.

    If the stretch is ``alone``, its first line is not taken for one: somebody says something about a letter.
    """
    lines = _without_advertisement(_without_invitation(lines), alone=alone)
    for index, line in enumerate(lines):
        if len(line) > 12 and _is_footer(lines, index) and (any(lines[:index]) or not alone):
            return without_rulers(lines[:index])
    return lines


def _without_invitation(lines: list[str]) -> list[str]:
    """Without the way into a meeting that calendars write below a long ruler, up to the next ruler or to the end."""
    for index, line in enumerate(lines[:-1]):
        if not _MEETING.fullmatch(lines[index + 1]) or len(line) < RULER or not is_ruler(line):
            continue
        end = next((at for at in range(index + 1, len(lines)) if len(lines[at]) >= RULER and is_ruler(lines[at])), None)
        if end is not None or sum(map(bool, lines[index:])) <= INVITATION:
            return without_rulers(lines[:index] + lines[len(lines) if end is None else end + 1 :])
    return lines


def _without_advertisement(lines: list[str], *, alone: bool) -> list[str]:
    """Without the few lines below a long ruler at the end, by which mail services and lists speak of themselves.

    Below a quote (not ``alone``) what begins with a ruler or "-- " is no answer.
    """
    said = [at for at, line in enumerate(lines) if line]
    for place in range(max(len(said) - ADVERTISEMENT - 1, 0), len(said) - 1):
        below = [lines[at] for at in said[place + 1 :]]
        nobody = (place or not alone) and not any(map(_ONESELF.search, below))
        if nobody and _is_advertised(lines[said[place]], below, first=not place):
            return without_rulers(lines[: said[place]])
    return lines if alone else _without_slogan(lines, said)


def _is_advertised(ruler: str, below: list[str], *, first: bool) -> bool:
    if not (is_ruler(ruler) or ruler in DELIMITERS):
        return False
    told = " ".join(below)
    if first or ruler == "-- ":
        return True
    if len(ruler) < RULER and ruler != "--":
        return False
    return _PROGRAM_SPEAKS.search(told) is not None or bool(_ADDRESS_OF_SITE.search(told) and not _MEASURE.search(told))


def _without_slogan(lines: list[str], said: list[int]) -> list[str]:
    """Without an exclamation with a bare address below it, the last thing below a quote."""
    if len(said) < 2 or not _BARE_SITE.fullmatch(lines[said[-1]]) or not lines[said[-2]].endswith("!"):
        return lines
    above = lines[said[-2]]
    apart = len(said) == 2 or not lines[said[-2] - 1]
    return lines[: said[-2]] if apart and not _ONESELF.search(above) and not _MEASURE.search(above) else lines


def _paragraph(lines: list[str], index: int) -> str:
    """The beginning of a paragraph from this line on."""
    return " ".join(takewhile(bool, lines[index : index + PARAGRAPH]))[: 2 * FOOTER_START]


def _is_boilerplate(start: str, heading: str) -> bool:
    """A lawyer's words, several of them: nobody says as many at once of a letter."""
    told = {word.lower()[:7] for word in _LAWYERLY.findall(start)}
    return len(told) >= (2 if _HEADING.match(heading) else 4) and not _ONESELF.search(start)


def _is_footer(lines: list[str], index: int) -> bool:
    """Only at the beginning of a paragraph; short things that lists say only below a line or with a way to leave."""
    above = lines[index - 1] if index else ""
    if above and len(_LAWYERLY.findall(lines[index])) > 1 and _is_boilerplate(_paragraph(lines, index), lines[index]):
        return True
    if above and not is_ruler(above) and above not in DELIMITERS and not _REACHABLE.search(above):
        return False
    start = _TREE.sub("", " ".join(lines[index : index + 4])[:FOOTER_START])
    if _LEGAL.match(start) or _is_boilerplate(_paragraph(lines, index), lines[index]):
        return True
    framed = bool(above) and (is_ruler(above) or above in DELIMITERS)
    listed = _LIST_FOOTER.match(lines[index]) or _LIST_FOOTER.match(start)
    return listed is not None and (framed or _REACHABLE.search(start) is not None)


def without_rulers(lines: list[str]) -> list[str]:
    """Without blank lines, rulers and delimiters at the end."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or is_ruler(lines[end - 1]) or lines[end - 1] in DELIMITERS):
        end -= 1
    return lines[:end]
