"""Mail addresses: checked and punycoded, whose letter it is, and the token that a reply carries back."""

from __future__ import annotations

import re
from email.message import Message
from functools import lru_cache
from hashlib import sha256

from email_validator import EmailNotValidError, validate_email

from mail import reading

ID_LIMIT = 250  # characters of a Message-ID
RETURNED_LIMIT = 400_000  # bytes of a returned letter that are searched

_BASE32 = "[a-z2-7]{16}"
_IN_PLUS = re.compile(rf"([^\s<>,;:\"+]{{1,64}})\+({_BASE32})@([^\s<>,;:\"]{{1,255}})", re.IGNORECASE)
_IN_ID = re.compile(rf"<zp\.({_BASE32})@[^\s<>]+>", re.IGNORECASE)
_IN_SUBJECT = re.compile(rf"\s*\[ZP-({_BASE32})\]", re.IGNORECASE)
_SOFT_BREAK = re.compile(r"=\r?\n")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ONE_ADDRESS = re.compile(r"[^<>]*<([^<>\s]+)>\s*(?:\([^()]*\)\s*)?|([^<>\s,;]+@[^<>\s,;]+)\s*(?:\([^()]*\)\s*)?")
_RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")


class BadAddress(ValueError):
    """This is no address that a letter can go to."""


@lru_cache(maxsize=1024)
def checked(address: str) -> str:
    """The address in lower case, its domain in punycode. Raises BadAddress; asks no name server."""
    try:
        found = validate_email(address.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise BadAddress from error
    assert found.ascii_email is not None  # the local part is ASCII: SMTPUTF8 is not allowed
    return found.ascii_email.lower()


def sender_of(message: Message) -> tuple[str, str]:
    """Address and display name of the one sender, or ("", "") when the letter names none, several, or nonsense."""
    lines = [str(value) for value in reading.raw_headers(message, "From")]
    return _sender_in(lines[0]) if len(lines) == 1 else ("", "")


@lru_cache(maxsize=64)  # several parts of the door ask for the same letter's
def _sender_in(line: str) -> tuple[str, str]:
    # quoted strings go first: "boss@example.org" <other@example.org> is from other@example.org
    found = _ONE_ADDRESS.fullmatch(_QUOTED.sub("", reading.one_line(line)))
    if not found:
        return "", ""
    try:
        address = checked(found[1] or found[2])
    except BadAddress:
        return "", ""
    return address, _display_name(line)


def _display_name(line: str) -> str:
    name, bracket, _ = line.rpartition("<")
    return reading.decoded(name).strip().strip('"').strip() if bracket else ""


def base(address: str) -> str:
    """The mailbox behind a (plus-)address, in lower case: Office+x@Example.org -> office@example.org (RFC 5233)."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def reply_to(own: str, token: str, plus: bool) -> str:
    """Where an answer should go; ``plus`` says that the mail server sorts office+anything into office."""
    local, _, domain = own.rpartition("@")
    return f"{local}+{token}@{domain}" if plus else own


def message_id(own: str, token: str) -> str:
    """The Message-ID of our letter, the same at every try."""
    return f"<zp.{token}@{own.rpartition('@')[2]}>"


def thread_id(own: str, thread: str, reader: str) -> str:
    """The Message-ID that one reader's letters of one thread refer to; never sent, and no token can be read from it."""
    digest = sha256(f"{thread}\n{reader}".encode()).hexdigest()
    return f"<zp.thread.{digest[:24]}@{own.rpartition('@')[2]}>"


def checked_id(value: str) -> str:
    """A Message-ID that may be stored and repeated, or "" (RFC 5322, 3.6.4)."""
    inner = value[1:-1]
    proper = value == f"<{inner}>" and inner.isascii() and inner.isprintable() and 0 < len(inner) < ID_LIMIT
    return value if proper and not set("<> ") & set(inner) else ""


def subject_tag(token: str) -> str:
    """What a subject carries back when a mail program loses everything else."""
    return f"[ZP-{token}]"


def without_tag(subject: str) -> str:
    """The subject as a person wrote it."""
    return _IN_SUBJECT.sub("", subject).strip()


def find_token(message: Message, own: str) -> str:
    """The reply token, "" if none: from the address written to, else the thread, else the subject."""
    return _token_in_recipients(message, own) or _token_in_thread(message) or _token_in_subject(message)


def token_anywhere(raw: bytes, own: str) -> str:
    """A reply token of ours in a returned letter, wherever in it; "" if there is none."""
    text = _SOFT_BREAK.sub("", raw[:RETURNED_LIMIT].decode("latin-1"))
    plus = (found[2] for found in _IN_PLUS.finditer(text) if f"{found[1]}@{found[3]}".lower() == own.lower())
    found = next(plus, None) or next((found[1] for found in _IN_ID.finditer(text)), "")
    return str(found).lower()


def _token_in_recipients(message: Message, own: str) -> str:
    for name in _RECIPIENTS:
        for value in reading.raw_headers(message, name):
            for local, token, domain in _IN_PLUS.findall(value):
                if f"{local}@{domain}".lower() == own.lower():
                    return str(token).lower()
    return ""


def _token_in_thread(message: Message) -> str:
    for name in ("In-Reply-To", "References"):
        found = [token for value in reading.raw_headers(message, name) for token in _IN_ID.findall(value)]
        if found:
            return str(found[-1]).lower()  # References end with the letter that is being answered (RFC 5322, 3.6.4)
    return ""


def _token_in_subject(message: Message) -> str:
    found = _IN_SUBJECT.search(reading.header(message, "Subject"))
    return found[1].lower() if found else ""
