"""Plain text of a letter as lines, with what is quoted told by the signs before it."""

from __future__ import annotations

import re
from itertools import pairwise

from mail.attributions import VERB, WRAPS, attribution_at
from mail.lines import SURE_QUOTE, WRAP, Line, Mark

STRAY = 30  # characters that a wrap on the way leaves over
WIDTH = 64  # columns; a shorter line was not wrapped on the way
DOUBLED = 4  # lines from one to the next, if all are doubled and a blank one stood between
SENTENCE_LENGTH = 300  # characters
ARROWS = 3  # more lines than this that begin with ">" are a quote

_PREFIX = re.compile(r"[ \t]{0,3}((?:>[ \t]?)+)")
_NO_QUOTE = re.compile(r">{2,3} .+ >{2,3}\s*|\s*>-{10,}\|?")  # GroupWise's attribution, a line in a table of Notes'
_INITIALS = re.compile(r" ?[A-Za-z]{1,4}(>+)(?: |$)")
_BAR = re.compile(r"[|¦](?: |$)(?![|¦ ]*[^|¦ ].*[|¦])")
_GOES_ON = re.compile(r"[a-zäöüßéèà(]|$")
_NEWSREADER = re.compile(r"([:|¦}#%»~])(?: |$)")
_ITEM = re.compile(r"[-*•·#]|\(?\w{1,3}[.):]|M ?\d")
_ANSWER = re.compile(
    r"[\d%]|\b(?:ja|nein|jein|fertig|erledigt|unverändert|blockiert|verzögert|offen|läuft|ok|okay|gerne?|klar|doch"
    r"|yes|no|done|sure|running|unchanged|blocked|delayed|open|fine)\b",
    re.IGNORECASE,
)
_SAID_OUT = re.compile(r"(?!\d)(?=.*[a-zäöü]{2})(?:\S+ ){2,}.*\w[.!?]\W{0,3}$")
_SENTENCE_END = re.compile(r"[a-zäöüß].*[.!?]")
_ENDED = re.compile(r"[.!?:;…»“\"]$")


def to_lines(text: str) -> list[Line]:
    """The lines of a plain text; ``>`` before them is how deeply they are quoted."""
    lines = [Line(row if row == "-- " else row.rstrip()) for row in text.split("\n")]
    tell_quotes(lines)
    return lines


def folded(lines: list[str]) -> list[str]:
    """Words of Outlook, in whose plain text a blank line stands below every line, and three for a blank one."""
    said = [at for at, line in enumerate(lines) if line]
    gaps = {below - above for above, below in pairwise(said)}
    if not gaps or max(gaps) < DOUBLED or any(gap % 2 for gap in gaps):
        return lines
    return lines[said[0] : said[-1] + 1 : 2]


def tell_quotes(lines: list[Line]) -> None:
    """Takes the quote signs off the lines that no mail program has marked, and notes their depth."""
    signed: dict[int, str] = {}
    for at, line in enumerate(lines):
        if line.mark is Mark.NONE and not line.depth:
            row = line.text
            line.text, line.depth = _told(row)
            if line.depth and line.text and SURE_QUOTE not in row:
                signed[at] = row
    _mark_other_signs(lines)
    _keep_arrows(lines, signed)
    _close_stray_wraps(lines)


def _told(row: str) -> tuple[str, int]:
    if row == "-- ":
        return row, 0
    quoted = _PREFIX.match(row)
    if not quoted or _NO_QUOTE.fullmatch(row):
        return row.strip(), 0
    return row[quoted.end() :].strip(), quoted[1].count(">")


def _mark_other_signs(lines: list[Line]) -> None:
    """Quotes with the writer's initials (»EB> «) or a bar before them; one such line alone is none."""
    _mark_signs_below_attributions(lines)
    for sign in (_INITIALS, _BAR):
        found = [at for at, line in enumerate(lines) if not line.depth and sign.match(line.text)]
        if len(found) > 1:
            for at in found:
                lines[at].text, lines[at].depth = sign.sub("", lines[at].text, count=1).strip(), 1


def _mark_signs_below_attributions(lines: list[Line]) -> None:
    """Quotes with another sign (»: «), if the first stands right below an attribution; more of them may follow."""
    signs = {at: found[1] for at, line in enumerate(lines) if line.said and (found := _NEWSREADER.match(line.text))}
    known: set[str] = set()
    for at, sign in signs.items():
        if sign not in known and not _is_below_attribution(lines, at):
            continue
        known.add(sign)
        lines[at].text, lines[at].depth = lines[at].text[1:].strip(), 1


def _is_below_attribution(lines: list[Line], at: int) -> bool:
    last = next((above for above in range(at - 1, max(at - 3, -1), -1) if lines[above].text), None)
    if last is None or lines[last].depth or not VERB.search(lines[last].text):
        return False
    texts = [line.text for line in lines[: last + 1]]
    starts = range(max(last - WRAPS + 1, 0), last + 1)
    return any(frame.end == last + 1 for start in starts if (frame := attribution_at(texts, start, lambda _: True)))


def _keep_arrows(lines: list[Line], signed: dict[int, str]) -> None:
    """``>`` before words of one's own: nothing introduces it, and what is quoted stands below or nowhere."""
    quoted = [at for at, line in enumerate(lines) if line.depth]
    first = next((at for at in quoted if _begins_quote(lines, at)), len(lines))
    arrows = [at for at in quoted if at < first]
    alone = len(quoted) == 1 and not _is_lone_quote(lines, quoted[0])
    within = bool(arrows) and len(arrows) < len(quoted) and any(line.text for line in lines[: arrows[0]])
    if alone or (within and len(arrows) <= ARROWS):
        told = {line.text for line in lines[first:] if line.depth}
        for at in arrows:
            if at in signed and lines[at].text not in told:
                lines[at].text, lines[at].depth = signed[at].strip(), 0


def _is_lone_quote(lines: list[Line], at: int) -> bool:
    """A single quoted line: something ends with a colon above it, or it is a whole sentence apart from the others."""
    apart = not any(line.text for line in (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2]))
    return _above(lines, at).endswith(":") or (apart and _is_said_out(lines[at].text))


def _is_said_out(text: str) -> bool:
    return len(text) < SENTENCE_LENGTH and _SAID_OUT.match(text) is not None


def _begins_quote(lines: list[Line], at: int) -> bool:
    """Whether an attribution stands above the quoted line, or in the quote itself as Apple's do."""
    if at and lines[at - 1].depth:
        return False
    above = [line.text for line in lines[max(at - WRAPS, 0) : at]]
    within = [line.text for line in lines[at : at + WRAPS] if line.depth]
    return any(_attributed(texts, start) for texts in (above, within) for start in range(len(texts)))


def _attributed(texts: list[str], start: int) -> bool:
    return bool(texts[start]) and attribution_at(texts, start, lambda _: True) is not None


def _above(lines: list[Line], at: int) -> str:
    return next((line.text for line in reversed(lines[max(at - 3, 0) : at]) if line.text), "")


def _close_stray_wraps(lines: list[Line]) -> None:
    """The end of a quoted line that was wrapped on the way and lost its ``>`` belongs to the quote."""
    loose = [at for at in range(1, len(lines)) if lines[at - 1].depth and _may_be_stray(lines, at)]
    sure = [at for at in loose if _is_stray(lines, at)]
    likely = [at for at in loose if at not in sure and _is_likely_stray(lines, at)] if sure and len(loose) > 1 else []
    for at in [*sure, *likely]:
        lines[at].depth = lines[at - 1].depth


def _may_be_stray(lines: list[Line], at: int) -> bool:
    """A short line right below a quoted one that does not end a sentence; another quoted line or nothing is below."""
    below = lines[at + 1] if at + 1 < len(lines) else Line("")
    within = lines[at].said and (below.depth or not below.text)
    return bool(within) and len(lines[at].text) < STRAY and not _ENDED.search(lines[at - 1].text)


def _is_stray(lines: list[Line], at: int) -> bool:
    """The sentence begins above, in a line as long as lines can be, and goes on below or ends here."""
    above, text = lines[at - 1].text, lines[at].text
    if at + 1 == len(lines) or not lines[at + 1].depth or len(above) < WRAP or len(above) + len(text) < WIDTH:
        return False
    full = len(above) >= WIDTH
    if _GOES_ON.match(lines[at + 1].text) or (full and _SENTENCE_END.fullmatch(text)):
        return True
    return full and text[0].islower() and not _may_answer(lines, at)


def _is_likely_stray(lines: list[Line], at: int) -> bool:
    """Where one line was wrapped on the way, a shorter one may have been, too."""
    above, text = lines[at - 1].text, lines[at].text
    goes_on = text[0].islower() or len(above) + len(text) >= WIDTH
    return goes_on and len(above) >= STRAY and not _may_answer(lines, at)


def _may_answer(lines: list[Line], at: int) -> bool:
    """Whether it may be an answer, by its words or because an item of a list is quoted below it."""
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    return _ITEM.match(below) is not None or _ANSWER.search(lines[at].text) is not None
