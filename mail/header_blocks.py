"""What mail programs write above the letter that is answered: header blocks, dividers, and all kinds of frames."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mail.attributions import ADDRESS, DAY, GROUPWISE, TIME, VERB, Frame, attribution_at
from mail.lines import may_be_wrapped

BLOCK = 24  # lines of a header block, long lists of recipients included

_KINDS = ("from", "date", "to", "subject", "other")
_LABEL = re.compile(
    r"(?P<from>von|from|de|van|da|od|från|fra|lähettäjä|от|absender|expéditeur|mittente)"
    r"|(?P<date>gesendet(?: am)?|sent|datum|date|envoyé(?: le)?|verzonden(?: op)?|inviato|data|enviad[oa](?: el"
    r"| em)?|fecha"
    r"|wysłan[oey]|odesláno|skickat|sendt|dato|lähetetty|дата|отправлено|date/time|datum/uhrzeit)"
    r"|(?P<to>an|to|à|aan|a|para|do|komu|till|til|vastaanottaja|кому|destinataire|empfänger)"
    r"|(?P<subject>betreff|subject|objet|onderwerp|oggetto|asunto|assunto|temat|předmět|ämne|emne|aihe|тема|thema)"
    r"|(?P<other>cc|kopie(?: an)?|bcc|cci|blindkopie|dw|kopia|kopi|antwort an|antworten an|bitte antworten an"
    r"|reply[- ]to"
    r"|please respond to|wichtigkeit|importance|priorität|priority|anlagen?|attachments?|anhänge?|organisation)",
    re.IGNORECASE,
)
_FIELD = re.compile(rf"[ \t*_|]{{0,6}}(?:{_LABEL.pattern})[ \t]?[*_]{{0,2}}[ \t]{{0,8}}:[*_]{{0,2}}(?P<value>.*)", re.I)
_COLUMN = re.compile(rf"[*_]{{0,2}}(?:{_LABEL.pattern})[*_]{{0,2}}(?:[ \t]{{2,}}|\t| )(?P<value>\S.*)", re.I)
_LONELY = re.compile(rf"[*_]{{0,2}}(?:{_LABEL.pattern})[*_]{{0,2}}(?P<value>)", re.I)
_IN_LIST = re.compile(r"[@;<>]|^['\"]|,$")


def header_block_at(texts: Sequence[str], start: int) -> Frame | None:
    """The header block that begins with this line. »Von: 8 bis 16 Uhr« alone is none."""
    for form in (_FIELD, _COLUMN, _LONELY):
        if form.fullmatch(texts[start]) and (end := _block_end(texts, start, form)):
            return Frame(start, end)
    return None


def _block_end(texts: Sequence[str], start: int, form: re.Pattern[str], least: int = 0) -> int:
    """Where the block ends; 0 if its fields are too few to be one (by the rules below, or by their number)."""
    found: dict[str, str] = {}
    last, end, blanks = "", start, 0
    spaced: set[bool] = set()
    for index in range(start, min(start + BLOCK, len(texts))):
        if not texts[index]:
            blanks += 1
            if blanks > 1:
                break
            continue
        field = form.fullmatch(texts[index])
        kind = _kind(field) if field else last
        if field and kind not in found:
            spaced |= {blanks > 0} if found else set()
            if len(spaced) > 1:  # a blank line between some fields only: it parts them from something else
                break
            found[kind], blanks = field["value"].strip(), 0
        elif kind == "other" if field else _continues(texts, index, last, found, blanks):
            found[kind] += f" {texts[index]}"
        else:
            break
        last, end = kind, index + 1
    enough = len(found.keys() & {"to", "subject"}) >= least if least else _is_block(found, form)
    return end if enough else 0


def _kind(field: re.Match[str]) -> str:
    return next(kind for kind in _KINDS if field[kind] is not None)


def _continues(texts: Sequence[str], index: int, last: str, found: dict[str, str], blanks: int) -> bool:
    """A value on the line below its label, or one that was too long for one line."""
    if not found[last]:
        return True
    if blanks:
        return False
    listed = last in {"to", "other", "from"} and _IN_LIST.search(texts[index]) is not None
    return listed or (may_be_wrapped(texts[index - 1], texts[index]) and last in {"subject", "to", "other"})


def _is_block(found: dict[str, str], form: re.Pattern[str]) -> bool:
    kinds = found.keys() - {"other"}
    values = " ".join(found.values())
    dated = bool(DAY.search(found.get("date", "")) or TIME.search(found.get("date", "")))
    if form is not _FIELD:
        return len(kinds) >= 3 and "subject" in kinds and (dated or ADDRESS.search(values) is not None)
    if len(kinds) >= 3:
        return "subject" in kinds or ADDRESS.search(values) is not None
    return kinds == {"from", "date"} and dated and ADDRESS.search(found["from"]) is not None


_NOTES_NAME = re.compile(r"[^:]{2,60}(?:<[^<>\s]+@[^<>\s]+>|/\w[\w/ .-]+(?:@[\w.-]+)?|@[\w.-]+)")
_PLAIN_NAME = re.compile(r"\"?[A-ZÄÖÜ][\w'-]+(?:,? [A-ZÄÖÜ][\w.'-]*){1,3}\"?")
_DATE_LINE = re.compile(r"(?:\w{2,10}\.?,? )?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: [AP]M)?")
_NOTES_TABLE = re.compile(r"\|[-+]{5,}>")

# --- dividers and markers

_DIVIDER = re.compile(
    r"[-‐‑–—_=*\s>]{0,40}(?:ursprüngliche (?:nachricht|mitteilung|mail|e-mail)|original[ -]?(?:nachricht|meldung"
    r"|mitteilung|message|mail|e-mail|text)"
    r"|(?:beginn der )?weitergeleitete[rn]? (?:nachricht|mail|e-mail)|forwarded (?:message|mail)(?: follows)?"
    r"|forwarded by .{1,80}|original[ -]?(?:termin|appointment|meeting request|besprechungsanfrage)"
    r"|ursprünglicher termin"
    r"|weitergeleitet von .{1,80}|antwortnachricht|reply message|message d'origine|message original|message transféré"
    r"|messaggio originale|messaggio inoltrato|mensaje original|mensagem original|oorspronkelijk bericht"
    r"|doorgestuurd bericht|originalmeddelande|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding"
    r"|wiadomość oryginalna|oryginalna wiadomość|původní (?:zpráva|e-mail)|исходное сообщение)[-‐‑–—_=*\s:]{0,40}",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"(?:anfang der weitergeleiteten (?:nachricht|e-mail)|begin forwarded message|début du message (?:réexpédié"
    r"|transféré)"
    r"|inizio messaggio inoltrato|inicio del mensaje reenviado|begin doorgestuurd bericht)\s?:",
    re.IGNORECASE,
)
_MARKER = re.compile(
    r"(?=.*\b(?:antwort\w*|schreiben|type|write|repl(?:y|ies)|response)\b)(?=.*\b(?:oberhalb|unterhalb|über|unter"
    r"|above|below)\b)"
    r"(?=.*\b(?:dieser|diese|this) (?:zeile|linie|line)\b[^,.;!?]{0,30}[^\w,;!?]*$).{10,120}",
    re.IGNORECASE,
)
_RULER = re.compile(r"\s*\+?(?:[-_=*~]\s?){3,}\+?")


def divider_at(texts: Sequence[str], index: int) -> Frame | None:
    """»-----Ursprüngliche Nachricht-----« and "reply above this line": what follows is the letter that is answered."""
    text = texts[index]
    if len(text) > 200:
        return None
    found = _DIVIDER.fullmatch(text)
    block = _block_below(texts, index) if found or is_ruler(text) else None
    if found and (block or text[0] in "-‐‑–—_=*>"):
        return Frame(index, block.end if block else index + 1)
    if _FORWARDED.fullmatch(text) or _MARKER.fullmatch(text) or _NOTES_TABLE.fullmatch(text):
        return Frame(index, index + 1)
    return Frame(index, block.end) if block else None


def _block_below(texts: Sequence[str], index: int) -> Frame | None:
    """The header block right below a divider or a ruler."""
    below = next((at for at in range(index + 1, min(index + 4, len(texts))) if texts[at]), None)
    return None if below is None else header_block_at(texts, below)


def notes_block_at(texts: Sequence[str], start: int) -> Frame | None:
    """Notes' own header: a name, below it the date and time, below these »An« and »Thema«."""
    proper = _NOTES_NAME.fullmatch(texts[start])
    if len(texts[start]) > 120 or not (proper or _PLAIN_NAME.fullmatch(texts[start])):
        return None
    rest = [at for at in range(start + 1, min(start + 6, len(texts))) if texts[at]][:2]
    if len(rest) < 2 or not _DATE_LINE.fullmatch(texts[rest[0]]):
        return None
    ends = (
        _block_end(texts, rest[1], form, least=1 if proper else 2)
        for form in (_FIELD, _COLUMN, _LONELY)
        if form.fullmatch(texts[rest[1]])
    )
    end = next(filter(None, ends), 0)
    return Frame(start, end) if end else None


def frame_at(texts: Sequence[str], index: int, quoted: Callable[[int], bool]) -> Frame | None:
    """What a mail program wrote above a quote, if it begins with this line."""
    block = divider_at(texts, index) or header_block_at(texts, index) or notes_block_at(texts, index)
    return block or attribution_at(texts, index, quoted)


def is_ruler(text: str) -> bool:
    """A line of dashes, underscores or the like."""
    return _RULER.fullmatch(text) is not None


def author_of(text: str) -> str:
    """The name in a line of a frame: what stands behind »Von:«, or all of an attribution."""
    field = _FIELD.fullmatch(text) or _COLUMN.fullmatch(text)
    if field:
        return field["value"].partition("<")[0] if field["from"] else ""
    return text if VERB.search(text) or GROUPWISE.fullmatch(text) else ""
