"""Joining, and linking a chat: from the first word over the proved address to the office's decision."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from alliance import addresses, companies, history, measures, notices, proofs
from alliance.companies import Newcomer
from alliance.errors import Expired, Invalid, NotAllowed, NotFound
from alliance.hearing import Hearing
from alliance.intents import Confirm, Decide, Greet, Join, LinkTelegram, Matter, NameCompany, ShowStatus
from alliance.notes import Action, Note
from store.tables import Channel, JoinRequest, Person, RequestState
from texts import say

REQUEST_LIFETIME = timedelta(days=7)
COMPANY_LIMIT = 120  # characters
OPEN = (RequestState.UNPROVED, RequestState.NAMELESS, RequestState.PENDING)


def greet(hearing: Hearing, intent: Greet) -> Note:
    """/start: with a code the second half of a link, without one a hello."""
    if intent.code:
        return confirm(hearing, Confirm(intent.code))
    if hearing.person:
        return measures.show_status(hearing, ShowStatus())
    language = hearing.language
    lines = (say(language, "guest-hello-line", house=hearing.house.name), say(language, "guest-hello-address"))
    return Note(say(language, "guest-hello-title"), lines, matter=Matter("email"))


def join(hearing: Hearing, intent: Join) -> Note:
    """Ask to join: prove the address first. The answer never tells whether an address is known."""
    if hearing.person:
        raise Invalid("refusal-already-member")
    if hearing.in_chat:
        return _join_by_chat(hearing, intent)
    request = _request(hearing, hearing.voice.email, intent)
    if request.state == RequestState.PENDING:
        return _waiting(hearing)
    return proofs.proof_letter(hearing, request, proofs.new_code(request, hearing.at))


def _join_by_chat(hearing: Hearing, intent: Join) -> Note:
    language = hearing.language
    if not intent.email:
        return Note(say(language, "guest-hello-title"), (say(language, "guest-hello-address"),), matter=Matter("email"))
    if not proofs.spend_try(hearing):
        return Note(say(language, "guest-code-too-many-title"), (say(language, "guest-code-too-many"),))
    email = proofs.checked(intent.email)
    request = _request(hearing, email, intent)
    if request.state != RequestState.PENDING:
        proofs.mail_code(hearing, request)
    return _code_is_on_its_way(hearing, email)


def _code_is_on_its_way(hearing: Hearing, email: str) -> Note:
    language = hearing.language
    lines = (say(language, "guest-code-sent", email=email), say(language, "guest-code-type"))
    return Note(say(language, "guest-code-title"), lines, matter=Matter("proof"))


def link_telegram(hearing: Hearing, _intent: LinkTelegram) -> Note:
    """Mail a link that ties a Telegram chat to this membership, to the registered address only."""
    if not hearing.house.bot:
        raise Invalid("refusal-no-telegram")
    email = notices.address_of(hearing.session, hearing.member)
    request = _request(hearing, email, Join(name=hearing.member.name))
    request.chat_id = hearing.voice.chat_id or None
    if not hearing.in_chat:
        return proofs.proof_letter(hearing, request, proofs.new_code(request, hearing.at))
    proofs.mail_code(hearing, request)
    return _code_is_on_its_way(hearing, email)


def confirm(hearing: Hearing, intent: Confirm) -> Note:
    """The address is proved by the mailed code, or by JA to the letter that brought it.

    The code is short-lived because it also ties a chat; the letter's own reply token counts as long as the request.
    """
    request = _by_reply(hearing, intent.request) if intent.request else _by_code(hearing, intent.code)
    if request is None:
        return _wrong_code(hearing)
    if request.state != RequestState.UNPROVED:
        return _used_code(hearing, request)
    if not intent.request and (request.code_expires_at is None or request.code_expires_at < hearing.at):
        return _late_code(hearing, request)
    return _proved(hearing, request)


def _proved(hearing: Hearing, request: JoinRequest) -> Note:
    """One use only: from here on the code is worth nothing."""
    request.code_hash = ""
    if hearing.in_chat:
        request.chat_id = hearing.voice.chat_id
    elif request.chat_id:
        request.chat_id = None  # JA by mail proves the address, not whose chat asked
    person = proofs.owner(hearing.session, request.email)
    if person:
        return _link(hearing, request, person)
    if request.person_id:
        return addresses.keep(hearing, request)
    request.name = request.name or hearing.voice.name or request.email.partition("@")[0]
    if not request.company:
        request.state = RequestState.NAMELESS
        return _ask_company(hearing, request)
    return _submit(hearing, request)


def name_company(hearing: Hearing, intent: NameCompany) -> Note:
    """The joining person says for whom they speak."""
    request = hearing.session.get(JoinRequest, intent.request)
    if request is None or request.state != RequestState.NAMELESS or not _is_theirs(hearing, request):
        raise Expired("refusal-request-over")
    request.company = " ".join(intent.company.split())[:COMPANY_LIMIT]
    return _submit(hearing, request)


def decide(hearing: Hearing, intent: Decide) -> Note:
    """The office says JA or NEIN; only the first word counts."""
    request = hearing.session.get(JoinRequest, intent.request, with_for_update=True)
    if request is None:
        raise NotFound("refusal-request-over")
    if request.state != RequestState.PENDING:
        raise Expired("refusal-already-decided", name=request.name)
    request.decided_at = hearing.at
    request.decided_by = hearing.person.id if hearing.person else None
    history.write(hearing, "approve" if intent.approve else "decline", {"request": request.id})
    return _admit(hearing, request) if intent.approve else _decline(hearing, request)


def forget_unproved(session: Session, now: datetime) -> int:
    """Delete requests that nobody carried on within seven days. Returns how many."""
    statement = select(JoinRequest).where(
        col(JoinRequest.state).in_([RequestState.UNPROVED, RequestState.NAMELESS]),
        JoinRequest.made_at < now - REQUEST_LIFETIME,
    )
    old = list(session.exec(statement))
    for request in old:
        session.delete(request)
    return len(old)


def _request(hearing: Hearing, email: str, intent: Join) -> JoinRequest:
    """The speaker's open request for this address, or a new one; never one that a member made for another address."""
    person_id = hearing.person.id if hearing.person else None
    statement = select(JoinRequest).where(JoinRequest.email == email, col(JoinRequest.state).in_(OPEN))
    statement = statement.where(col(JoinRequest.person_id).is_not_distinct_from(person_id))
    request = hearing.session.exec(statement.order_by(col(JoinRequest.id).desc())).first()
    if request is None or (hearing.in_chat and request.chat_id not in {None, hearing.voice.chat_id}):
        request = JoinRequest(email=email, language=hearing.language, person_id=person_id, made_at=hearing.at)
        hearing.session.add(request)
    request.name = intent.name or hearing.voice.name or request.name
    request.company = intent.company[:COMPANY_LIMIT] or request.company
    if hearing.in_chat:
        request.chat_id = hearing.voice.chat_id
    hearing.session.flush()
    return request


def _by_reply(hearing: Hearing, request_id: int) -> JoinRequest | None:
    """JA counts only as the answer to the letter that asked, from the address it went to."""
    if not hearing.proved or hearing.matter != Matter("proof", request_id):
        raise NotAllowed("refusal-request-over")
    return hearing.session.get(JoinRequest, request_id)


def _by_code(hearing: Hearing, code: str) -> JoinRequest | None:
    if not proofs.spend_try(hearing):
        return None
    request = hearing.session.exec(select(JoinRequest).where(JoinRequest.code_hash == proofs.hashed(code))).first()
    if request is None:
        return None
    foreign_chat = hearing.in_chat and request.chat_id not in {None, hearing.voice.chat_id}
    foreign_mail = not hearing.in_chat and request.email != hearing.voice.email
    return None if foreign_chat or foreign_mail else request


def _wrong_code(hearing: Hearing) -> Note:
    language = hearing.language
    return Note(say(language, "guest-code-wrong-title"), (say(language, "guest-code-wrong"),), matter=Matter("proof"))


def _used_code(hearing: Hearing, request: JoinRequest) -> Note:
    if request.state == RequestState.NAMELESS and _is_theirs(hearing, request):
        return _ask_company(hearing, request)
    if request.state == RequestState.PENDING:
        return _waiting(hearing)
    return _wrong_code(hearing)


def _late_code(hearing: Hearing, request: JoinRequest) -> Note:
    """Too late: a new code is on its way, so that nobody has to start again."""
    language = hearing.language
    proofs.mail_code(hearing, request)
    return Note(say(language, "guest-code-title"), (say(language, "guest-code-late"),), matter=Matter("proof"))


def _link(hearing: Hearing, request: JoinRequest, person: Person) -> Note:
    """Tie the chat to the member; both sides are told."""
    request.state, request.decided_at, request.person_id = RequestState.APPROVED, hearing.at, person.id
    if not request.chat_id:
        raise Invalid("refusal-already-member")
    _tie_chat(hearing.session, person, request.chat_id)
    history.write(hearing, "link-telegram", {"person": person.id})
    told = Note(
        say(person.language, "member-linked-title"),
        (say(person.language, "member-linked-mail"),),
        language=person.language,
    )
    email = notices.address_of(hearing.session, person)
    notices.to_address(hearing.session, email, told, f"linked:{request.id}", hearing.at)
    welcome = (say(person.language, "member-linked-line", name=person.name), say(person.language, "member-linked-try"))
    return Note(
        say(person.language, "member-linked-title"),
        welcome,
        actions=(_status_action(person.language),),
        language=person.language,
    )


def _tie_chat(session: Session, person: Person, chat_id: int) -> None:
    for other in session.exec(select(Person).where(Person.telegram_id == chat_id, Person.id != person.id)):
        other.telegram_id, other.channel = None, Channel.MAIL
    session.flush()
    person.telegram_id, person.telegram_dead, person.channel = chat_id, False, Channel.TELEGRAM


def _status_action(language: str) -> Action:
    return Action(say(language, "member-button-status"), ShowStatus(), "STATUS")


def _is_theirs(hearing: Hearing, request: JoinRequest) -> bool:
    if hearing.in_chat:
        return request.chat_id == hearing.voice.chat_id
    return hearing.proved and request.email == hearing.voice.email


def _ask_company(hearing: Hearing, request: JoinRequest) -> Note:
    language = hearing.language
    lines = (say(language, "guest-company-line"),)
    return Note(
        say(language, "guest-company-title"), lines, matter=Matter("company", request.id or 0), language=language
    )


def _waiting(hearing: Hearing) -> Note:
    return Note(say(hearing.language, "guest-waiting-title"), (say(hearing.language, "guest-waiting-line"),))


def _submit(hearing: Hearing, request: JoinRequest) -> Note:
    """Put the request before the office."""
    request.state = RequestState.PENDING
    known = companies.find(hearing.session, request.company)
    notices.to_office(
        hearing.session,
        lambda reader: _for_office(reader, request, known is not None),
        f"request:{request.id}",
        hearing.at,
    )
    return _waiting(hearing)


def _for_office(reader: Person, request: JoinRequest, known: bool) -> Note:
    language = reader.language
    actions = tuple(
        Action(
            say(language, f"office-join-button-{word}"),
            Decide(request.id or 0, approve=word == "yes"),
            say(language, f"word-{word}"),
        )
        for word in ("yes", "no")
    )
    lines = (
        say(language, "office-join-person", name=request.name, email=request.email),
        say(language, "office-join-company-known" if known else "office-join-company-new", company=request.company),
    )
    title = say(language, "office-join-title", name=request.name, company=request.company)
    return Note(title, lines, actions=actions, matter=Matter("request", request.id or 0))


def _admit(hearing: Hearing, request: JoinRequest) -> Note:
    request.state = RequestState.APPROVED
    company = companies.find(hearing.session, request.company) or companies.add(hearing.session, request.company)
    newcomer = Newcomer(request.name, request.email, language=request.language)
    person = companies.enrol(hearing, company, newcomer)
    request.person_id = person.id
    if request.chat_id:
        _tie_chat(hearing.session, person, request.chat_id)
    notices.to_person(hearing.session, person, welcome(hearing, person), f"welcome:{request.id}", hearing.at)
    return Note(
        say(hearing.language, "office-admitted-title", name=person.name),
        (say(hearing.language, "office-admitted-line", name=person.name, company=company.name),),
        toast=say(hearing.language, "office-admitted-title", name=person.name),
    )


def _decline(hearing: Hearing, request: JoinRequest) -> Note:
    request.state = RequestState.DECLINED
    language = request.language
    note = Note(
        say(language, "guest-declined-title"),
        (say(language, "guest-declined-line", house=hearing.house.name),),
        language=language,
    )
    if request.chat_id:
        notices.to_chat(hearing.session, request.chat_id, note, f"declined:{request.id}", hearing.at)
    else:
        notices.to_address(hearing.session, request.email, note, f"declined:{request.id}", hearing.at)
    return Note(
        say(hearing.language, "office-declined-title", name=request.name),
        (say(hearing.language, "office-declined-line"),),
    )


def welcome(hearing: Hearing, person: Person) -> Note:
    """The first letter to a new member, with "my measures"."""
    theirs = notices.as_heard(hearing.session, hearing.house, person, hearing.at)
    mine = measures.carried_by(theirs)
    language = person.language
    lines = [say(language, "member-welcome-line", name=person.name, house=hearing.house.name)]
    lines.append(say(language, "member-welcome-measures" if mine else "member-welcome-no-measures"))
    return Note(
        title=say(language, "member-welcome-title", house=hearing.house.name),
        lines=tuple(lines),
        items=tuple(measures.card(theirs, measure) for measure in mine),
        actions=() if mine else (_status_action(language),),
        closing=(say(language, "member-welcome-closing"),),
        language=language,
    )
