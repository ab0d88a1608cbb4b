"""What is said about one measure, as a report, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from alliance.intents import Report, Status
from alliance.words.clauses import Body, Clause, Kind, Signal, body_of, clauses_of, is_label
from alliance.words.findings import LASTING, Finding, covered_by, find
from alliance.words.wordlists import (
    CHATTER,
    CONDITIONS,
    CONTRASTS,
    DOUBTERS,
    IRONY,
    MONEY,
    OTHERS,
    TAKES_BACK_DONE,
)

_FIXED: frozenset[Kind] = frozenset({"percent", Status.DONE, Status.RUNNING, Status.OPEN, "day"})

_PART_OF = re.compile(r"[0-9] ?(?:[^\W\d_]{1,3} )?(?:von|of|/) ?[0-9]")  # »3 von 5 fertig«
_BARE_NUMBER = re.compile(r" ?[0-9]{1,4} (?!%|prozent|percent)", re.IGNORECASE)
_BARE_SHARE = re.compile(r"(?:auf |bei |at )?0*(?P<percent>[0-9]{1,2}|100)[.!]?", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """A report about one measure and how sure it is: "free" has only a person's words in it, "weak" perhaps more."""

    report: Report
    kind: Literal["certain", "doubtful", "weak", "free"]


def read(text: str, today: date, *, numbered: bool = False, strict: bool = False) -> Reading:
    """Status, share, day and text of what is said about one measure.

    ``numbered``: it stands behind the number (»M12 60«); ``strict``: nothing else may be said before the standing.
    """
    share = _BARE_SHARE.fullmatch(text.strip()) if numbered else None
    if share:
        return Reading(Report(percent=int(share["percent"])), "certain")
    body = body_of(text, today, numbered=numbered)
    findings = [find(clause) for clause in clauses_of(body)]
    return _reading(body, findings, strict=strict)


def _reading(body: Body, findings: list[Finding], *, strict: bool) -> Reading:
    findings = _without_given_up_days(findings)
    signals = [signal for finding in findings for signal in finding.signals]
    helps = any(finding.helps for finding in findings)
    remark = Report(text=body.text, help_wanted=helps)
    if not signals:
        return Reading(remark, "certain" if helps and not _is_doubted(findings) else _kind_of_doubt(body, findings))
    if _contradicts(signals, findings) or _is_overreach(body, findings, strict=strict):
        return Reading(remark, "doubtful")
    return Reading(_report(signals, _text(findings), helps=helps), "certain")


_GIVEN_UP = (("zu", "halten"), ("hinfaellig",), ("be", "kept"), ("zeitplan", "haelt", "nicht"))


def _without_given_up_days(findings: list[Finding]) -> list[Finding]:
    """»Der Termin 30.6. ist nicht zu halten« names no new day."""
    kept: list[Finding] = []
    for sentence in _sentences(findings):
        keys = [key for finding in sentence for key in finding.clause.keys]
        gone = any(tuple(keys[at : at + len(words)]) == words for words in _GIVEN_UP for at in range(len(keys)))
        kept += [
            replace(finding, signals=tuple(signal for signal in finding.signals if not (gone and signal.time)))
            for finding in sentence
        ]
    return kept


def _is_doubted(findings: list[Finding]) -> bool:
    return any(finding.doubted for finding in findings if not finding.helps)


def _kind_of_doubt(body: Body, findings: list[Finding]) -> Literal["doubtful", "weak", "free"]:
    """»Die Ausschreibung läuft« and »Frage offen« are remarks; a doubtful "done" has to be asked back."""
    doubted = {signal.kind for each in findings for signal in (*each.doubted, *each.denied, *each.recalled)}
    if doubted == {"percent"} and not body.numbered and any(key.startswith(MONEY) for key in body.keys):
        return "free"
    if doubted - {Status.RUNNING, Status.OPEN, "day"}:
        return "doubtful"
    return "weak" if doubted or _PART_OF.search(body.text) else "free"


def _report(signals: list[Signal], text: str, *, helps: bool) -> Report:
    """The report that signals without a contradiction make."""
    status = next((signal.kind for signal in signals if isinstance(signal.kind, Status)), None)
    percent = next((signal.percent for signal in signals if signal.kind == "percent"), None)
    expected = next((signal.time.day for signal in signals if signal.time), None)
    unchanged = all(signal.kind == "unchanged" for signal in signals)
    return Report(status=status, percent=percent, text=text, unchanged=unchanged, expected=expected, help_wanted=helps)


def _text(findings: list[Finding]) -> str:
    """The person's own words without what the fields of the report say already."""
    kept = (each.clause.body.text[each.kept : each.clause.after] for each in findings if each.kept is not None)
    text = "".join(kept).strip(" \n,;:-–—")
    return text if "(" in text else text.strip(")").strip()


# The whole ------------------------------------------------------------------------------------------------------------


def _contradicts(signals: list[Signal], findings: list[Finding]) -> bool:
    """Two states, shares or days; done at 60 %, open at 60 %, »100 % im Plan«; done and not done."""
    kinds = {signal.kind for signal in signals}
    denied = {signal.kind for finding in findings for signal in finding.denied}
    percents = {signal.percent for signal in signals if signal.kind == "percent"}
    days = {signal.time.day for signal in signals if signal.time}
    states = kinds - {"percent", "unchanged", "day"}
    return bool(
        max(len(percents), len(states), len(days)) > 1
        or (Status.DONE in kinds and ("unchanged" in kinds or percents - {100} or days))
        or (Status.OPEN in kinds and percents - {0})
        or (100 in percents and kinds - {"percent", Status.DONE})
        or kinds & denied
        or (100 in percents and Status.DONE in denied)
    )


def _is_strict(findings: list[Finding]) -> bool:
    """Done and »offen« might be said of what was named before; »noch nicht begonnen« is said of the measure."""
    signals = [signal for finding in findings for signal in finding.signals]
    return any(s.kind == Status.DONE or (s.kind == Status.OPEN and s.last - s.first == 1) for s in signals)


def _is_overreach(body: Body, findings: list[Finding], *, strict: bool) -> bool:
    """Whether what seems certain might be said of something else, or be taken back by other words."""
    kinds = {signal.kind for finding in findings for signal in finding.signals}
    doubted = {signal.kind for finding in findings for signal in finding.doubted}
    keys = set(body.keys)
    return bool(
        (Status.DONE in kinds and (doubted or _takes_back(findings) or _PART_OF.search(body.text)))
        or _follows_other_words(findings, strict=_is_strict(findings) or (strict and "percent" not in kinds))
        or ({Status.RUNNING, "unchanged"} & kinds and {Status.DELAYED, Status.BLOCKED} & doubted)
        or ("unchanged" in kinds and keys & OTHERS and not _says_other_words(findings))
        or _is_of_money(findings)
        or (_FIXED & kinds and (_is_conditional(findings) or keys & IRONY))
        or _doubts_first(findings)
        or any(
            {"vielleicht", "eher", "maybe", "perhaps", "oder", "or"} & set(each.clause.keys)
            for each in findings
            if each.doubted and {"percent", "day"} & {signal.kind for signal in each.doubted} & kinds
        )
        or _names_another(findings)
        or _is_sarcastic(findings)
        or any(_is_bare_number(finding) for finding in findings)
        or ("percent" in kinds and any(_offers_another(finding.clause) for finding in findings))
    )


def _is_of_money(findings: list[Finding]) -> bool:
    """»Von den Kosten sind 60 % gedeckt«."""
    for sentence in _sentences(findings):
        kinds = {signal.kind for finding in sentence for signal in finding.signals}
        keys = {key for finding in sentence for key in finding.clause.keys}
        if "percent" in kinds and not sentence[0].signals and any(key.startswith(MONEY) for key in keys):
            return True
    return False


def _says_other_words(findings: list[Finding]) -> bool:
    """»sonst nichts Neues« beside another state speaks of the same measure."""
    return any(signal.kind != "unchanged" for finding in findings for signal in finding.signals)


def _doubts_first(findings: list[Finding]) -> bool:
    """A doubtful share before what is certain; behind it (»60 %, Kosten 20 % höher«) it is a remark."""
    for finding in findings:
        if finding.signals:
            return False
        if any(signal.kind == "percent" or signal.time for signal in finding.doubted):
            return True
    return False


def _takes_back(findings: list[Finding]) -> bool:
    """Whether the sentence of a "done" takes it back, or any later one says that something is missing."""
    sentences = _sentences(findings)
    for place, sentence in enumerate(sentences):
        keys = {key for finding in sentence for key in _open_keys(finding)}
        keys -= CONTRASTS if any(finding.recalled for finding in sentence) else set()
        keys -= {"was", "were"}  # »was completed«
        is_done = any(signal.kind == Status.DONE for finding in sentence for signal in finding.signals)
        if keys & (TAKES_BACK_DONE if is_done else TAKES_BACK_DONE - _MODALS):
            return True
        if is_done and place + 1 == len(sentences):
            return False
    return False


_MODALS = frozenset({"kann", "will", "wird", "werden", "war", "waren", "was", "were", "would", "doch", "oder", "aus",
                     "morgen", "erst", "?", "bis"})  # fmt: skip


def _open_keys(finding: Finding) -> set[str]:
    """The words of a clause that belong to no signal."""
    covered = covered_by((*finding.signals, *finding.recalled))
    return {
        key
        for index, key in enumerate(finding.clause.keys, finding.clause.first)
        if index not in covered and not finding.recalled
    }


def _sentences(findings: list[Finding]) -> list[list[Finding]]:
    """The findings by sentence."""
    sentences: list[list[Finding]] = [[]]
    for finding in findings:
        sentences[-1].append(finding)
        if finding.clause.ends_sentence:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _follows_other_words(findings: list[Finding], *, strict: bool) -> bool:
    """Whether a condition stands before the first certain signal, or when ``strict`` any words of substance."""
    for sentence in _sentences(findings):
        has_signal = any(finding.signals for finding in sentence)
        for finding in sentence:
            if finding.signals:
                return False
            keys = set(finding.clause.keys)
            if keys & CONDITIONS and has_signal:
                return True
            is_other = keys - CHATTER and not (is_label(finding.clause) or finding.recalled or finding.denied)
            if strict and is_other and not _is_prelude(sentence, findings):
                return True
    return False


_WHOLE = frozenset({"massnahme", "projekt", "vorhaben", "ganze", "alles", "measure", "project", "everything", "m"})
_SORRY = frozenset({"entschuldigung", "entschuldigen", "sorry", "verzeihung", "pardon", "apologies"})


def _is_prelude(sentence: list[Finding], findings: list[Finding]) -> bool:
    """Whether a sentence only leads to the one that counts: an excuse, or that one names the whole measure."""
    keys = {key for finding in sentence for key in finding.clause.keys}
    if keys & _SORRY or (any(finding.signals for finding in sentence) and keys & _WHOLE):
        return True
    if any(finding.signals for finding in sentence):
        return False
    later = next(finding for finding in findings if finding.signals)
    return not keys & DOUBTERS and not _WHOLE.isdisjoint(later.clause.keys)


def _is_conditional(findings: list[Finding]) -> bool:
    """Whether a condition stands in a sentence with a state that cannot be had on a condition."""
    for sentence in _sentences(findings):
        kinds = {signal.kind for finding in sentence for signal in finding.signals}
        if _FIXED & kinds and not LASTING & kinds and any(CONDITIONS & set(each.clause.keys) for each in sentence):
            return True
    return False


def _names_another(findings: list[Finding]) -> bool:
    """»M12 blockiert, 13 fertig«: the second number is a measure too, but nothing says so for certain."""
    return any(finding.doubted and _BARE_NUMBER.match(finding.clause.text) for finding in findings)


def _is_bare_number(finding: Finding) -> bool:
    """»läuft, 60«: a share, perhaps."""
    return not finding.signals and "".join(finding.clause.keys).isdecimal()


def _offers_another(clause: Clause) -> bool:
    """»50 %, oder waren es 60?«."""
    keys = clause.keys
    return keys[:1] in (["oder"], ["or"], ["eher"], ["bzw"]) and any(key[0].isdigit() for key in keys)


def _is_sarcastic(findings: list[Finding]) -> bool:
    """»Läuft ja super, wie immer nichts«."""
    running = [place for place, each in enumerate(findings) if any(s.kind == Status.RUNNING for s in each.signals)]
    if not running:
        return False
    rest = {key for finding in findings[running[0] :] for key in _open_keys(finding)}
    return bool(rest & {"nichts", "nothing", "nix"})
