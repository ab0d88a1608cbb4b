"""Joining, and linking a chat: from the first word over the proved address to the office's decision."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, col, select

from alliance import addresses, chats, companies, consents, history, measures, notices, proofs
from alliance.companies import Newcomer
from alliance.consents import DIGEST, TELEGRAM, VERSION
from alliance.errors import Expired, Invalid, NotAllowed, NotFound
from alliance.hearing import Hearing
from alliance.intents import (
    AgreeTelegram,
    Confirm,
    Decide,
    Greet,
    Join,
    LinkTelegram,
    Matter,
    NameCompany,
    ShowStatus,
)
from alliance.notes import Action, Note
from alliance.speakers import TOKEN_LIFETIME
from store.tables import JoinRequest, Person, RequestState, Role
from texts import say

COMPANY_LIMIT = 120  # characters
UNANSWERED = (RequestState.UNPROVED, RequestState.PROVED)  # the question what they agree to is open
FORGOTTEN = (*UNANSWERED, RequestState.NAMELESS)  # unless they are carried on


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
    if pending := _pending(hearing.session, hearing.voice.email):
        _put_again(hearing, pending)
        return _waiting(hearing)
    return proofs.answered_with_code(hearing, _request(hearing, hearing.voice.email, intent))


def _join_by_chat(hearing: Hearing, intent: Join) -> Note:
    language = hearing.language
    if not intent.email:
        return Note(say(language, "guest-hello-title"), (say(language, "guest-hello-address"),), matter=Matter("email"))
    if not proofs.spend_try(hearing):
        return Note(say(language, "guest-code-too-many-title"), (say(language, "guest-code-too-many"),))
    email = proofs.checked(intent.email)
    request = _request(hearing, email, intent)
    if pending := _pending(hearing.session, email):
        _put_again(hearing, pending)
        _mail_waiting(hearing, request)
    else:
        proofs.mail_code(hearing, request)
    return _code_is_on_its_way(hearing, email)


def _mail_waiting(hearing: Hearing, request: JoinRequest) -> None:
    """Whoever has the address hears that their first request is there; who asked sees and waits as ever."""
    if proofs.may_write(hearing.session, request.email, hearing.at):
        proofs.new_code(request, hearing.at)  # told to nobody
        proofs.mail(hearing, request, _waiting_note(request.language))


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
    if not hearing.in_chat:
        return proofs.answered_with_code(hearing, request)
    proofs.mail_code(hearing, request)
    return _code_is_on_its_way(hearing, email)


def confirm(hearing: Hearing, intent: Confirm) -> Note:
    """The address is proved by the mailed code, or by JA to the letter that brought it.

    The code is short-lived because it also ties a chat; the letter's own reply token counts as long as the request.
    """
    if intent.request:
        return _confirmed(hearing, intent)
    request = _by_code(hearing, intent.code)
    if request is None:
        return _wrong_code(hearing)
    if request.code_expires_at is None or request.code_expires_at < hearing.at:
        return _late_code(hearing, request)
    return _proved(hearing, request)


def _proved(hearing: Hearing, request: JoinRequest) -> Note:
    """The code is right, and worth nothing from here on: now comes the question what they agree to."""
    request.code_hash, request.state = "", RequestState.PROVED
    person = proofs.owner(hearing.session, request.email)
    if request.person_id and not person:
        return addresses.keep(hearing, request)
    if not hearing.in_chat:
        return _ask_membership(hearing, request)
    request.chat_id = hearing.voice.chat_id
    if chats.agreed(hearing, request):
        return _go_on_in_chat(hearing, request)
    return chats.ask(hearing.house, request, proofs.language_of(hearing.session, request))


def agree_telegram(hearing: Hearing, intent: AgreeTelegram) -> Note:
    """»Einverstanden« ties the chat or goes on with the request in it; »Lieber per E-Mail« ties nothing.

    By mail the answer brings a new link: the chat itself is still to come. Raises Expired.
    """
    request = _asked(hearing, intent.request)
    if request is None or request.state not in UNANSWERED:
        raise Expired("refusal-request-over")
    if not intent.agree:
        return _rather_by_mail(hearing, request)
    if intent.version != VERSION:
        return _ask_again(hearing, request)
    words = consents.telegram(proofs.language_of(hearing.session, request), hearing.house.name)
    consents.of_request(hearing, request, TELEGRAM, words, given=True)
    if hearing.in_chat:
        return _go_on_in_chat(hearing, request)
    return _chat_is_missing(hearing, request)


def _asked(hearing: Hearing, request_id: int) -> JoinRequest | None:
    """The request whose question is answered by whoever was asked."""
    request = hearing.session.get(JoinRequest, request_id)
    if not hearing.in_chat:
        return request if hearing.proved and hearing.matter == Matter("proof", request_id) else None
    is_theirs = request and request.chat_id == hearing.voice.chat_id and request.state != RequestState.UNPROVED
    return request if is_theirs else None


def _ask_again(hearing: Hearing, request: JoinRequest) -> Note:
    """The words have changed since they were shown."""
    if not hearing.in_chat:
        return proofs.answered_with_code(hearing, request)
    if chats.agreed(hearing, request):
        return _ask_membership(hearing, request)
    return chats.ask(hearing.house, request, proofs.language_of(hearing.session, request))


def _go_on_in_chat(hearing: Hearing, request: JoinRequest) -> Note:
    person = proofs.owner(hearing.session, request.email)
    return _link(hearing, request, person) if person else _ask_membership(hearing, request)


def _rather_by_mail(hearing: Hearing, request: JoinRequest) -> Note:
    """Nothing is tied. Who wants to join answers the letter with the code, which is still good for that."""
    person = proofs.owner(hearing.session, request.email)
    request.chat_id, request.code_hash, request.state = None, "", RequestState.UNPROVED
    if person:
        request.state, request.decided_at = RequestState.DECLINED, hearing.at
    language = proofs.language_of(hearing.session, request)
    line = say(language, f"guest-consent-mail-{'member' if person else 'joining'}")
    return Note(say(language, "guest-consent-mail-title"), (line,), language=language)


def _chat_is_missing(hearing: Hearing, request: JoinRequest) -> Note:
    """Agreed by mail: a fresh link, whatever chat may have asked for the first one."""
    request.chat_id = None
    letter = proofs.answered_with_code(hearing, request)
    if letter.futile:
        return letter
    language = proofs.language_of(hearing.session, request)
    lines = (say(language, "guest-consent-agreed-line"), *letter.lines[-2:])
    return replace(letter, title=say(language, "guest-consent-agreed-title"), lines=lines, actions=letter.actions[-1:])


def _ask_membership(hearing: Hearing, request: JoinRequest) -> Note:
    """The same question as in the letter. Raises Invalid for who is a member already."""
    if proofs.owner(hearing.session, request.email):
        raise Invalid("refusal-already-member")
    language = request.language
    lines = proofs.membership_lines(language, hearing.house.name, "guest-consent-membership-how")
    return Note(
        say(language, "guest-consent-membership-title"),
        lines,
        actions=tuple(proofs.membership_answers(language, request)),
        matter=Matter("proof", request.id or 0),
        language=language,
    )


def _confirmed(hearing: Hearing, intent: Confirm) -> Note:
    """JA or JA OHNE to the letter, or to the same question in the chat."""
    request = _asked(hearing, intent.request)
    if request is None:
        raise NotAllowed("refusal-request-over")
    if request.state not in UNANSWERED:
        return _answered_before(hearing, request)
    if proofs.owner(hearing.session, request.email):
        raise Invalid("refusal-already-member")
    if request.person_id:
        return addresses.keep(hearing, request)
    if intent.version != VERSION or (hearing.in_chat and not chats.agreed(hearing, request)):
        return _ask_again(hearing, request)
    return _joins(hearing, request, digest=intent.digest)


def _joins(hearing: Hearing, request: JoinRequest, *, digest: bool) -> Note:
    request.code_hash = ""
    if request.state == RequestState.UNPROVED:
        request.chat_id = None  # JA by mail proves the address, not whose chat asked
    if _pending(hearing.session, request.email):
        request.state, request.decided_at = RequestState.DECLINED, hearing.at
        return _waiting(hearing)
    for purpose, words in consents.joined(request.language, hearing.house.name, digest=digest).items():
        consents.of_request(hearing, request, purpose, words, given=digest or purpose != DIGEST)
    history.write(hearing, "confirm", {"request": request.id})
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


def _request(hearing: Hearing, email: str, intent: Join) -> JoinRequest:
    """The speaker's own unproved request for this address, or a new one.

    Whoever merely names an address never touches what somebody else has begun with it, or what is proved already.
    """
    person_id, chat_id = hearing.person.id if hearing.person else None, hearing.voice.chat_id or None
    company = intent.company[:COMPANY_LIMIT]
    statement = select(JoinRequest).where(
        JoinRequest.email == email,
        JoinRequest.state == RequestState.UNPROVED,
        col(JoinRequest.person_id).is_not_distinct_from(person_id),
        col(JoinRequest.chat_id).is_not_distinct_from(chat_id),
    )
    request = hearing.session.exec(statement.order_by(col(JoinRequest.id).desc())).first()
    if request is None or (company and company != request.company):
        request = JoinRequest(email=email, language=hearing.language, person_id=person_id, made_at=hearing.at)
        request.name, request.company, request.chat_id = intent.name or hearing.voice.name, company, chat_id
        hearing.session.add(request)
    hearing.session.flush()
    return request


def _pending(session: Session, email: str) -> JoinRequest | None:
    """The request for this address that lies before the office."""
    statement = select(JoinRequest).where(JoinRequest.email == email, JoinRequest.state == RequestState.PENDING)
    return session.exec(statement).first()


def _by_code(hearing: Hearing, code: str) -> JoinRequest | None:
    if not proofs.spend_try(hearing):
        return None
    # looked up by an index, not compared in constant time: what is looked up is a hash, which nobody can steer towards
    # the one that is kept, and the code behind it has 128 random bits
    request = hearing.session.exec(select(JoinRequest).where(JoinRequest.code_hash == proofs.hashed(code))).first()
    if request is None:
        return None
    foreign_chat = hearing.in_chat and request.chat_id not in {None, hearing.voice.chat_id}
    foreign_mail = not hearing.in_chat and request.email != hearing.voice.email
    return None if foreign_chat or foreign_mail else request


def _wrong_code(hearing: Hearing) -> Note:
    language = hearing.language
    return Note(say(language, "guest-code-wrong-title"), (say(language, "guest-code-wrong"),), matter=Matter("proof"))


def _answered_before(hearing: Hearing, request: JoinRequest) -> Note:
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
    consents.carry_over(hearing.session, request, person)
    chats.tie(hearing, person, request.chat_id)
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
    return _waiting_note(hearing.language)


def _waiting_note(language: str) -> Note:
    return Note(say(language, "guest-waiting-title"), (say(language, "guest-waiting-line"),), language=language)


def _submit(hearing: Hearing, request: JoinRequest) -> Note:
    """Put the request before the office."""
    request.state = RequestState.PENDING
    _put(hearing, request, f"request:{request.id}")
    return _waiting(hearing)


def _put(hearing: Hearing, request: JoinRequest, key: str) -> None:
    known = companies.find(hearing.session, request.company)
    notices.to_office(hearing.session, lambda reader: _for_office(reader, request, known is not None), key, hearing.at)


def _put_again(hearing: Hearing, request: JoinRequest) -> None:
    """Ask the office once more, when it can no longer answer the question it was asked."""
    lifetimes = (hearing.at - request.made_at) // TOKEN_LIFETIME
    if lifetimes:
        _put(hearing, request, f"request:{request.id}:{lifetimes}")


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
    return Note(title, lines, actions=actions, matter=Matter("request", request.id or 0), names=(request.name,))


def _admit(hearing: Hearing, request: JoinRequest) -> Note:
    request.state = RequestState.APPROVED
    company = companies.find(hearing.session, request.company) or companies.add(hearing.session, request.company)
    newcomer = Newcomer(request.name, request.email, language=request.language)
    person = companies.enrol(hearing, company, newcomer)
    request.person_id = person.id
    _take_at_their_word(hearing, request, person)
    note = welcome(hearing, person, joined=True)
    notices.to_person(hearing.session, person, note, f"welcome:{request.id}", hearing.at)
    return Note(
        say(hearing.language, "office-admitted-title", name=person.name),
        (say(hearing.language, "office-admitted-line", name=person.name, company=company.name),),
        toast=say(hearing.language, "office-admitted-title", name=person.name),
    )


def _take_at_their_word(hearing: Hearing, request: JoinRequest, person: Person) -> None:
    """What they agreed to with the request holds from now on."""
    agreed = consents.standing(hearing.session, request_id=request.id)
    consents.carry_over(hearing.session, request, person)
    if DIGEST in agreed:
        person.digest = "weekly" if agreed[DIGEST] else "never"
    if request.chat_id and agreed.get(TELEGRAM):
        chats.tie(hearing, person, request.chat_id)


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


def welcome(hearing: Hearing, person: Person, *, joined: bool = False) -> Note:
    """The first letter to a new member, with "my measures".

    Who has not ``joined`` by their own word hears who entered them, and what they can do about it (Art. 14 GDPR).
    """
    theirs = notices.as_heard(hearing.session, hearing.house, person, hearing.at)
    mine = measures.carried_by(theirs)
    language = person.language
    lines = [say(language, "member-welcome-line", name=person.name, house=hearing.house.name)]
    kind = "observer" if person.role == Role.OBSERVER else "member"
    lines.append(say(language, "member-welcome-measures" if mine else f"{kind}-welcome-no-measures"))
    return Note(
        title=say(language, "member-welcome-title", house=hearing.house.name),
        lines=tuple(lines),
        items=tuple(measures.card(theirs, measure) for measure in mine),
        actions=() if mine else (_status_action(language),),
        closing=(
            say(language, f"{kind}-welcome-closing"),
            *(() if joined else (say(language, "member-welcome-entered"),)),
        ),
        language=language,
    )
