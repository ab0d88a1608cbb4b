"""What nobody understood or could be trusted with: to the office with its words, and the answer back."""

from __future__ import annotations

from collections.abc import Iterator

from alliance import brakes, history, notices, phrases
from alliance.errors import Expired, NotFound
from alliance.hearing import Hearing
from alliance.intents import AnswerPerson, Matter, Trust, Unclear
from alliance.notes import Action, Note
from store.tables import Case, Person
from texts import say

ASKED_BACK = frozenset({"empty", "doubtful", "which-measure", "no-address", "no-company", "too-long", "yes-with-text"})
SHOWN = 1_500  # characters of a person's words shown to the office


def unclear(hearing: Hearing, intent: Unclear) -> Note:
    """Ask back what is doubtful; hand what nobody understands to the office. Nothing else is changed."""
    if intent.reason in ASKED_BACK or (hearing.is_office and not hearing.distrusted):
        return _ask_back(hearing, intent)
    case = open_case(hearing, intent.text, intent.reason)
    language = hearing.language
    if hearing.in_chat and brakes.too_many_cases(hearing.session, case, hearing.at):
        return Note(say(language, "all-unclear-enough-title"), (say(language, "all-unclear-enough"),), futile=True)
    lines = [say(language, "all-unclear-office")]
    if not hearing.person:
        lines.append(say(language, "guest-unclear-join"))
    return Note(
        say(language, "all-unclear-title"), tuple(lines), matter=Matter("case-asked", case.id or 0), futile=True
    )


def _ask_back(hearing: Hearing, intent: Unclear) -> Note:
    language = hearing.language
    quoted = (say(language, "all-phrase-your-words", text=_shortened(intent.text)),) if intent.text.strip() else ()
    role = "office" if hearing.is_office else "member" if hearing.person else "guest"
    lines = (*quoted, say(language, f"all-unclear-{intent.reason}"), say(language, f"{role}-unclear-examples"))
    return Note(say(language, "all-unclear-ask-title"), lines, matter=hearing.matter, futile=True)


def open_case(hearing: Hearing, text: str, reason: str) -> Case:
    """Put words before the office, with sender and reason."""
    case = Case(
        person_id=hearing.person.id if hearing.person else None,
        email=hearing.voice.email,
        chat_id=hearing.voice.chat_id or None,
        language=hearing.language,
        text=text,
        reason=reason,
        claimed_id=hearing.claimed.id if hearing.claimed else None,
        token=hearing.voice.token if hearing.claimed else "",
        inbox_id=hearing.voice.inbox_id,
        made_at=hearing.at,
    )
    hearing.session.add(case)
    hearing.session.flush()
    if brakes.too_many_cases(hearing.session, case, hearing.at):
        braked(hearing)
        return case
    notices.to_office(hearing.session, lambda reader: _for_office(hearing, reader, case), f"case:{case.id}", hearing.at)
    return case


def braked(hearing: Hearing) -> None:
    """Tell the office, once a day, that somebody gets no more answers today; all their letters are kept."""
    key = f"braked:{hearing.voice.email or hearing.voice.chat_id}:{hearing.today}"
    kind = "braked-chat" if hearing.in_chat else "braked"
    notices.to_office(hearing.session, lambda reader: _sender_note(hearing, reader, kind), key, hearing.at)


def overrun(hearing: Hearing) -> None:
    """Tell the sender and the office, once a day each, that letters pile up unheard."""
    email, language = hearing.voice.email, hearing.language
    note = Note(say(language, "all-overrun-title"), (say(language, "all-overrun-line"),), language=language)
    notices.to_address(hearing.session, email, note, f"overrun:{email}:{hearing.today}", hearing.at)
    key = f"overrun-office:{email}:{hearing.today}"
    notices.to_office(hearing.session, lambda reader: _sender_note(hearing, reader, "overrun"), key, hearing.at)


def _sender_note(hearing: Hearing, reader: Person, kind: str) -> Note:
    name = _sender(hearing, reader.language)
    title = say(reader.language, f"office-{kind}-title", name=name)
    return Note(title, (say(reader.language, f"office-{kind}-line", name=name),), names=_strangers(hearing))


def _for_office(hearing: Hearing, reader: Person, case: Case) -> Note:
    language = reader.language
    name = _sender(hearing, language)
    lines = []
    if hearing.person:
        company = notices.company_of(hearing.session, hearing.person)
        lines.append(say(language, "office-case-company", company=company.name))
    if hearing.matter.kind == "round":
        names = phrases.measure_numbers(language, hearing.matter.measures)
        lines.append(say(language, "office-case-about", measures=names))
    lines.append(say(language, f"office-case-reason-{case.reason}"))
    lines += _shortened(case.text).split("\n")
    title = say(language, "office-case-title", name=name)
    if case.reason == "forged" or not (case.person_id or case.email or case.chat_id):
        decisions = tuple(_decisions(language, hearing, case))
        return Note(title, tuple(lines), actions=decisions, names=_strangers(hearing))
    answer = Action(say(language, "office-case-button-answer"), AnswerPerson(case.id or 0, ""))
    actions = (*_decisions(language, hearing, case), answer)
    closing = (say(language, "office-case-closing", name=name),)
    about, strangers = Matter("case", case.id or 0), _strangers(hearing)
    return Note(title, tuple(lines), actions=actions, closing=closing, matter=about, names=strangers)


def _decisions(language: str, hearing: Hearing, case: Case) -> Iterator[Action]:
    """JA acts as if the letter had been believed, NEIN lays it aside."""
    if hearing.claimed is None:
        return
    for word in ("yes", "no"):
        label = say(language, f"office-case-button-{word}", name=hearing.claimed.name)
        yield Action(label, Trust(case.id or 0, accept=word == "yes"), say(language, f"word-{word}"))


def trusted(hearing: Hearing, intent: Trust) -> Case:
    """The office's word on a letter that was not believed; only the first one counts. Raises NotFound or Expired."""
    case = hearing.session.get(Case, intent.case, with_for_update=True)
    if case is None or case.claimed_id is None:
        raise NotFound("refusal-no-such-case")
    if case.answered_at is not None:
        raise Expired("refusal-case-decided")
    case.answered_at = hearing.at
    history.write(hearing, "trust" if intent.accept else "distrust", {"case": case.id})
    return case


def laid_aside(hearing: Hearing) -> Note:
    """The receipt for NEIN."""
    language = hearing.language
    return Note(say(language, "office-case-no-title"), (say(language, "office-case-no-line"),))


def carried_out(hearing: Hearing, person: Person, done: Note) -> Note:
    """The receipt for JA; the person gets their own."""
    language = hearing.language
    lines = (say(language, "office-case-yes-line", name=person.name), done.title, *done.lines)
    return Note(say(language, "office-case-yes-title"), lines)


def _sender(hearing: Hearing, language: str) -> str:
    if hearing.person:
        return hearing.person.name
    name, email = hearing.voice.name, hearing.voice.email
    if email:  # a display name alone can be anybody's
        return f"{name} ({email})" if name else email
    return say(language, "office-case-chat", name=name) if name else say(language, "office-case-somebody")


def _strangers(hearing: Hearing) -> tuple[str, ...]:
    """The name that somebody gives themselves whom we do not know."""
    return () if hearing.person or not hearing.voice.name else (hearing.voice.name,)


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN] + " …"


def answer(hearing: Hearing, intent: AnswerPerson) -> Note:
    """The office's answer goes back to the person, on the way they asked."""
    case = hearing.session.get(Case, intent.case)
    if case is None:
        raise NotFound("refusal-no-such-case")
    language = hearing.language
    if not intent.text.strip():
        lines = (say(language, "office-answer-ask"), *_shortened(case.text).split("\n"))
        return Note(say(language, "office-answer-ask-title"), lines, matter=Matter("case", intent.case))
    case.answered_at = hearing.at
    deed = history.write(hearing, "answer", {"case": case.id})
    _send_answer(hearing, case, intent.text, f"answer:{deed.id}")
    return Note(say(language, "office-answered-title"), (say(language, "office-answered-line"),))


def _send_answer(hearing: Hearing, case: Case, text: str, key: str) -> None:
    lines = (*text.strip().split("\n"), "", say(case.language, "all-answer-quote", text=_shortened(case.text)))
    note = Note(say(case.language, "all-answer-title"), lines, language=case.language)
    person = hearing.session.get(Person, case.person_id) if case.person_id else None
    if person and person.left_at is None:
        notices.to_person(hearing.session, person, note, key, hearing.at)
    elif case.email:
        notices.to_address(hearing.session, case.email, note, key, hearing.at)
    elif case.chat_id:
        notices.to_chat(hearing.session, case.chat_id, note, key, hearing.at)
