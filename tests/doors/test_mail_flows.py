"""What members and the office live through by mail: answers in any place, robots, returns, strangers, calendars."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from email.utils import make_msgid
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from sqlmodel import select

from alliance import attendance
from alliance.intents import RegisterPerson
from demo import replies
from demo.replies import Client
from store.tables import Address
from tests.doors.stage import PASSWORD, Clock, Letter, Stage, StandIn, open_stage
from tests.town import ERIKA, GUEST, HOUSE, MAX, NAMES, OFFICE

PRIVATE = "max@privat.example.net"
MX = "mx.stadt.example.org"  # our own mail server, as it calls itself


@pytest.fixture
async def guarded(url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """As ``stage``, and our mail server checks senders."""
    clock = Clock()
    post = StandIn({HOUSE.email: PASSWORD}, clock=clock.now)
    with post:
        async with open_stage(url, tmp_path, post, clock, mail_auth_server=MX) as stage:
            yield stage


async def ask_everyone(stage: Stage) -> None:
    """A meeting on 23 December; on the 2nd all who lead are asked by mail, the freeze is on the 16th."""
    await stage.prefers_mail(ERIKA)
    await stage.office_says("SITZUNG Allianz; 23.12.2026 17:00; Herbstsitzung; Rathaus")
    await stage.go_to(24, month=11)
    stage.read_all(ERIKA, MAX)
    await stage.go_to(2, month=12)
    stage.read_all(OFFICE)


async def tell_something(stage: Stage, who: str) -> None:
    """The office makes the assistant write to somebody of its own accord."""
    await stage.office_says(f"ZUORDNEN M4 {who}")
    stage.read_all(OFFICE)


async def max_was_written(stage: Stage) -> Letter:
    """A letter of ours that Max can answer."""
    await stage.writes(MAX, "STATUS")
    return await stage.letter(MAX)


def with_headers(raw: bytes, **fields: str | None) -> bytes:
    """The letter with these fields (``_`` for ``-``) put in place of what it had; None takes one away."""
    message = message_from_bytes(raw)
    for name, value in fields.items():
        del message[name.replace("_", "-")]
        if value is not None:
            message[name.replace("_", "-")] = value
    return message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def from_elsewhere(stage: Stage, letter: Letter, text: str, sender: tuple[str, str] = (NAMES[MAX], PRIVATE)) -> bytes:
    """An answer to a letter, written at another address than the one it came to."""
    return replies.reply(letter.raw, text, client=Client.GMAIL, sender=sender, language="de", at=stage.clock.at)


def fresh(stage: Stage, who: str, text: str, subject: str = "Stand", to: str = HOUSE.email) -> bytes:
    """A letter that answers none of ours."""
    return replies.letter(text, subject, sender=("", who), recipient=to, at=stage.clock.at)


# --- answers in any place

Between = Callable[[Stage, str, Mapping[str, str]], bytes]


def below_items(text: str, answers: Mapping[str, str], mark: str = "") -> str:
    """The text with each answer under the item whose first line begins so."""
    lines: list[str] = []
    answer = ""
    for line in text.splitlines():
        answer = next((said for item, said in answers.items() if line.startswith(f"{mark}{item} ")), answer)
        lines.append(line)
        if answer and line.strip() == mark.strip():
            lines += [answer, ""] if not mark else ["", answer, ""]
            answer = ""
    return "\n".join(lines)


def between_in_thunderbird(stage: Stage, who: str, answers: Mapping[str, str]) -> bytes:
    head, _, body = stage.reply(who, "").decode().replace("\r\n", "\n").partition("\n\n")
    return f"{head}\n\n{below_items(body, answers, '> ')}\n".replace("\n", "\r\n").encode()


def between_in_outlook(stage: Stage, who: str, answers: Mapping[str, str]) -> bytes:
    """Outlook quotes without marks, so that words between are only told by where they stand, and their colour."""
    original = stage.last_letter(who).message
    for part in original.walk():
        if part.get_content_maintype() == "text":
            text = str(_content(part), "utf-8")
            html = part.get_content_subtype() == "html"
            del part["Content-Transfer-Encoding"]
            part.set_payload(_below_cards(text, answers) if html else below_items(text, answers), "utf-8")
    return stage.reply(who, "siehe unten", Client.OUTLOOK, to=Letter(original.as_bytes()))


def _below_cards(html: str, answers: Mapping[str, str]) -> str:
    for item, said in answers.items():
        words = f'<p class="MsoNormal"><span style="color:#1F497D">{said}<o:p></o:p></span></p>'
        html, count = re.subn(rf'(>{item} .*?class="chips".*?</p>)', rf"\1{words}", html, count=1, flags=re.DOTALL)
        assert count == 1
    return html


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload


@pytest.mark.parametrize("between", [between_in_thunderbird, between_in_outlook])
async def test_each_measure_gets_what_stands_under_it_in_the_quoted_question(stage: Stage, between: Between) -> None:
    await ask_everyone(stage)
    await stage.letter(ERIKA, "Bitte bis 16. Dezember: Wie steht es um Ihre 2 Maßnahmen?")
    await stage.sends(ERIKA, between(stage, ERIKA, {"M1": "60 %, läuft gut", "M2": "blockiert: Gutachten fehlt"}))
    receipt = await stage.letter(ERIKA, "Danke, notiert: M1 und M2")
    first, second = receipt.text.split("M2 Flächenbörse", 1)
    assert "Verstanden: 60 %" in first
    assert "Verstanden: blockiert, »Gutachten fehlt«" in second
    assert (stage.measure(1).percent, stage.measure(1).status) == (60, "running")
    assert (stage.measure(2).percent, stage.measure(2).status) == (0, "blocked")
    assert stage.unread(OFFICE) == 0


def politely_between_in_thunderbird(stage: Stage, who: str, answers: Mapping[str, str]) -> bytes:
    words = f"Guten Tag,\r\n\r\nmeine Antworten siehe unten.\r\n\r\nViele Grüße\r\n{NAMES[who]}\r\n\r\n"
    return between_in_thunderbird(stage, who, answers).replace(b"\r\n\r\n", f"\r\n\r\n{words}".encode(), 1)


@pytest.mark.parametrize("between", [politely_between_in_thunderbird, between_in_outlook])
async def test_see_below_is_no_remark_on_any_measure(stage: Stage, between: Between) -> None:
    await ask_everyone(stage)
    await stage.letter(ERIKA)
    await stage.sends(ERIKA, between(stage, ERIKA, {"M1": "60 %", "M2": "fertig"}))
    assert (stage.measure(1).percent, stage.measure(2).status) == (60, "done")
    assert "siehe unten" not in (await stage.letter(ERIKA, "Danke, notiert: M1 und M2")).text
    assert (stage.measure(1).note, stage.measure(2).note) == ("", "")


@pytest.mark.parametrize("between", [between_in_thunderbird, between_in_outlook])
async def test_an_answer_under_one_measure_leaves_the_other_one_open(stage: Stage, between: Between) -> None:
    await ask_everyone(stage)
    await stage.letter(ERIKA)
    await stage.sends(ERIKA, between(stage, ERIKA, {"M2": "fertig"}))
    await stage.letter(ERIKA, "Danke, notiert: M2")
    assert (stage.measure(1).status, stage.measure(2).status) == ("open", "done")
    await stage.go_to(9, month=12)
    assert "M1 Radweg" in (await stage.letter(ERIKA, "Erinnerung")).text


# --- in one's own words, on both ways


async def tells(stage: Stage, way: str, text: str) -> str:
    """Erika says it in her chat or in a reply; what she reads then."""
    if way == "telegram":
        return await stage.says(ERIKA, text)
    if not stage.letters(ERIKA):
        await stage.writes(ERIKA, "STATUS")
        await stage.letter(ERIKA)
    await stage.replies(ERIKA, text)
    return (await stage.letter(ERIKA)).text


BOTH_WAYS = pytest.mark.parametrize("way", ["telegram", "mail"])


@BOTH_WAYS
async def test_a_measure_is_named_by_its_title(stage: Stage, way: str) -> None:
    told = await tells(stage, way, "Radweg: 40 %")
    assert "Verstanden: 40 %" in told
    assert (stage.measure(1).percent, stage.measure(2).percent) == (40, 0)


@BOTH_WAYS
async def test_a_day_is_shown_back_with_its_weekday_and_stands_on_the_card(stage: Stage, way: str) -> None:
    told = await tells(stage, way, "M1 30 %, verzögert bis 26.03.2027, Gutachten fehlt")
    assert "voraussichtlich bis Freitag, 26. März 2027" in told
    assert stage.measure(1).status == "delayed"
    assert "Voraussichtlich fertig: 26. März 2027" in await tells(stage, way, "M1")


@BOTH_WAYS
async def test_the_office_hears_at_once_who_wishes_for_help(stage: Stage, way: str) -> None:
    told = await tells(stage, way, "Flächenbörse: 30 %, wir brauchen Hilfe bei der Vermarktung")
    assert "Unterstützung gewünscht" in told
    call = await stage.letter(OFFICE, "Unterstützung gewünscht: M2")
    assert "Erika Beispiel (Stahl GmbH)" in call.text
    assert "Vermarktung" in call.text
    assert stage.measure(2).help_wanted


@pytest.mark.parametrize("way", ["telegram", "mail"])
async def test_a_big_change_counts_only_after_yes(stage: Stage, way: str) -> None:
    await tells(stage, way, "M1 20 %")
    asked = await tells(stage, way, "M1 90 %")
    assert "Stimmt das so?" in asked
    assert "M1 Radweg: bisher 20 %, läuft · neu: 90 %" in asked
    assert stage.measure(1).percent == 20
    told = await tells(stage, way, "Ja")
    assert "Verstanden: 90 %" in told
    assert stage.measure(1).percent == 90


@pytest.mark.parametrize("way", ["telegram", "mail"])
async def test_a_big_change_is_dropped_after_no(stage: Stage, way: str) -> None:
    await tells(stage, way, "M1 20 %")
    await tells(stage, way, "M1 90 %")
    assert "20 %" in await tells(stage, way, "Nein")
    assert stage.measure(1).percent == 20


async def test_a_tap_says_yes_to_a_big_change(stage: Stage) -> None:
    await stage.says(ERIKA, "M1 20 %")
    await stage.says(ERIKA, "M1 90 %")
    assert await stage.taps(ERIKA, "Ja, so notieren") == "Verstanden: 90 %"
    assert stage.measure(1).percent == 90


# --- out of office


def away_note(letter: Letter, words: str) -> bytes:
    """Max's automatic answer as Exchange sends it: to the sender, not to Reply-To, under the subject it answers."""
    subject = " ".join(str(letter.message["Subject"]).split())
    head = {
        "From": f"{NAMES[MAX]} <{MAX}>",
        "To": f"{HOUSE.name} <{HOUSE.email}>",
        "Subject": f"Automatische Antwort: {subject}",
        "Date": "Wed, 2 Dec 2026 08:00:05 +0000",
        "Message-ID": make_msgid(domain="eurprd01.prod.example.com"),
        "In-Reply-To": letter.message["Message-ID"],
        "References": letter.message["Message-ID"],
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "X-MS-Exchange-Inbox-Rules-Loop": MAX,
        "MIME-Version": "1.0",
        "Content-Language": "de-DE",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "8bit",
    }
    lines = [f"{name}: {value}" for name, value in head.items()]
    return "\r\n".join([*lines, "", words, ""]).encode()


async def max_is_away(stage: Stage, until: str) -> None:
    words = f"Guten Tag,\r\n\r\nich bin bis einschließlich {until} nicht im Büro."
    await stage.sends("", away_note(stage.last_letter(MAX), words))


def by_exchange(question: Letter) -> bytes:
    return away_note(question, "Guten Tag,\r\n\r\nich bin bis einschließlich 11.12.2026 nicht im Büro.")


def by_a_mail_server(question: Letter) -> bytes:
    """As Sieve's vacation writes it (RFC 5230): no word of the matter in the subject, all in the thread."""
    words = "Vielen Dank für Ihre Nachricht. Ab dem 14.12. bin ich wieder für Sie da."
    marks = {"Auto_Submitted": "auto-replied (vacation)", "Subject": "Nicht am Platz", "X_Auto_Response_Suppress": None}
    return with_headers(away_note(question, words), X_MS_Exchange_Inbox_Rules_Loop=None, **marks)


def by_a_program_in_english(question: Letter) -> bytes:
    words = "Hello,\r\n\r\nI am out of the office until Friday, 11 December, and will reply after my return."
    return with_headers(away_note(question, words), Subject="Out of office: your letter", Content_Language="en-GB")


@pytest.mark.parametrize("note", [by_exchange, by_a_mail_server, by_a_program_in_english])
async def test_nobody_who_is_away_is_reminded_before_they_are_back(
    stage: Stage, note: Callable[[Letter], bytes]
) -> None:
    await ask_everyone(stage)
    await stage.sends("", note(await stage.letter(MAX, "Bitte bis 16. Dezember")))
    assert stage.unread(MAX) == 0
    await stage.go_to(9, month=12, hour=17)
    assert not any("Erinnerung" in letter.subject for letter in stage.letters(MAX))
    assert not any("abwesend" in letter.subject for letter in stage.letters(OFFICE))
    await stage.go_to(14, month=12)
    await stage.letter(MAX, "Erinnerung, bitte bis 16. Dezember")
    assert stage.measure(3).status == "open"


async def test_the_office_hears_of_an_absence_that_lasts_beyond_the_freeze(stage: Stage) -> None:
    await ask_everyone(stage)
    await stage.letter(MAX)
    await max_is_away(stage, "18.12.2026")
    told = await stage.letter(OFFICE, "Max Muster ist bis nach dem Redaktionsschluss abwesend: »Herbstsitzung«")
    assert "bis Freitag, 18. Dezember 2026 nicht da" in told.text
    assert "Offen sind noch: M3" in told.text
    await stage.go_to(15, month=12, hour=17)
    assert not any("Erinnerung" in letter.subject for letter in stage.letters(MAX))


async def test_a_word_of_their_own_ends_the_absence(stage: Stage) -> None:
    await ask_everyone(stage)
    await stage.letter(MAX)
    await max_is_away(stage, "18.12.2026")
    assert stage.person(MAX).away_until is not None
    await stage.replies(MAX, "Danke!")
    assert stage.person(MAX).away_until is None
    await stage.go_to(9, month=12)
    await stage.letter(MAX, "Gern geschehen!")
    await stage.letter(MAX, "Wochenüberblick")
    await stage.letter(MAX, "Erinnerung")


async def test_an_absence_in_a_letter_that_answers_none_of_ours_counts_for_nothing(stage: Stage) -> None:
    await ask_everyone(stage)
    letter = stage.last_letter(MAX)
    words = "Guten Tag,\r\n\r\nich bin bis einschließlich 18.12.2026 nicht im Büro."
    bare = with_headers(away_note(letter, words), In_Reply_To=None, References=None, Subject="Abwesenheitsnotiz")
    await stage.sends("", bare)
    assert stage.person(MAX).away_until is None
    assert stage.unread(OFFICE) == 0


async def test_our_own_days_in_what_an_absence_note_quotes_are_none_of_theirs(stage: Stage) -> None:
    await ask_everyone(stage)
    question = await stage.letter(MAX)
    quoted = "\r\n".join(f"> {line}" for line in question.text.splitlines())
    words = f"Guten Tag,\r\n\r\nich bin derzeit nicht im Büro.\r\n\r\n{quoted}"
    await stage.sends("", away_note(question, words))
    assert stage.person(MAX).away_until is None
    assert stage.unread(MAX) == 0
    await stage.go_to(9, month=12)
    await stage.letter(MAX, "Erinnerung")


# --- letters that come back


def returned(letter: Letter, who: str, *, status: str = "5.1.1", action: str = "failed", whole: bool = True) -> bytes:
    """A report as Postfix sends it (RFC 3464), with the letter that came back, or its headers alone."""
    raw = letter.raw if whole else letter.raw.partition(b"\r\n\r\n")[0] + b"\r\n"
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    mark = "5D1F2A0041.1764662400/mx.example.com"
    head = f"""\
Date: Wed, 2 Dec 2026 09:00:05 +0100 (CET)
From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {HOUSE.email}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="{mark}"
Message-Id: {make_msgid(domain="mx.example.com")}

--{mark}
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

The mail system at mx.example.com has a problem with your letter:

<{who}>: host mx.example.net[192.0.2.7] said: {status[0]}50 {status} <{who}>: refused
    (in reply to RCPT TO command)

--{mark}
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
X-Postfix-Queue-ID: 5D1F2A0041
X-Postfix-Sender: rfc822; {HOUSE.email}
Arrival-Date: Wed,  2 Dec 2026 09:00:01 +0100 (CET)

Final-Recipient: rfc822; {who}
Original-Recipient: rfc822;{who}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; {status[0]}50 {status} <{who}>: refused

--{mark}
Content-Description: Undelivered Message
Content-Type: {kind}

"""
    return head.replace("\n", "\r\n").encode() + raw + f"\r\n--{mark}--\r\n".encode()


@pytest.mark.parametrize("whole", [True, False], ids=["with-the-letter", "with-its-headers"])
async def test_a_question_that_comes_back_is_asked_in_telegram(stage: Stage, whole: bool) -> None:
    await ask_everyone(stage)
    question = await stage.letter(ERIKA)
    shown = len(stage.messages(ERIKA))
    await stage.sends("", returned(question, ERIKA, whole=whole))
    assert "Wie steht es um Ihre 2 Maßnahmen?" in stage.bubbles(ERIKA)[shown]
    shown = len(stage.messages(ERIKA))
    await stage.sends("", returned(question, ERIKA, status="5.1.10", whole=whole))
    assert len(stage.messages(ERIKA)) == shown
    assert await stage.taps(ERIKA, "50 %", on="M1") == "Verstanden: 50 %"
    assert stage.measure(1).percent == 50
    assert stage.unread(OFFICE) == 0


async def test_a_question_that_comes_back_goes_to_the_other_mailbox(stage: Stage) -> None:
    await max_has_two_mailboxes(stage)
    await ask_everyone(stage)
    await stage.sends("", returned(await stage.letter(MAX, "Bitte bis 16. Dezember"), MAX))
    question = await stage.letter(PRIVATE, "Bitte bis 16. Dezember")
    await stage.sends(PRIVATE, from_elsewhere(stage, question, "60 %"))
    await stage.letter(PRIVATE, "Danke, notiert: M3")
    assert stage.unread(OFFICE) == 0
    await tell_something(stage, MAX)
    await stage.letter(PRIVATE, "Neu für Sie: M4 Glasfaser")
    assert stage.unread(MAX) == 0


async def test_the_office_calls_whom_no_letter_reaches(stage: Stage) -> None:
    await ask_everyone(stage)
    await stage.sends("", returned(await stage.letter(MAX), MAX))
    told = await stage.letter(OFFICE, "Max Muster ist nicht erreichbar")
    assert "Bitte rufen Sie an" in told.text
    await stage.sends("", returned(stage.last_letter(MAX), MAX, status="5.1.10"))
    assert stage.unread(OFFICE) == 0


@pytest.mark.fault(26)
async def test_nothing_more_goes_where_letters_come_back_from(stage: Stage) -> None:
    await ask_everyone(stage)
    await stage.sends("", returned(await stage.letter(ERIKA), ERIKA))
    await tell_something(stage, ERIKA)
    assert "Neu für Sie: M4 Glasfaser" in "".join(stage.bubbles(ERIKA))
    assert stage.unread(ERIKA) == 0


async def test_nothing_more_goes_where_letters_come_back_from_even_if_there_is_no_other_way(stage: Stage) -> None:
    await ask_everyone(stage)
    await stage.sends("", returned(await stage.letter(MAX), MAX))
    await stage.go_to(15, month=12)
    assert stage.unread(MAX) == 0


async def test_a_forged_return_changes_nothing(stage: Stage) -> None:
    await ask_everyone(stage)
    question = await stage.letter(MAX)
    alien = Letter(re.sub(rb"[a-z2-7]{16}(?=[]@=])", b"aaaaaaaaaaaaaaaa", question.raw))
    other = Letter(b"Subject: Angebot\r\n\r\nHallo\r\n")
    await stage.sends("", returned(alien, MAX))
    await stage.sends("", returned(other, MAX))
    await stage.sends("", with_headers(returned(other, OFFICE), To=question.message["Reply-To"]))
    assert stage.unread(OFFICE) == 0
    assert not any(is_dead(stage, who) for who in (MAX, OFFICE))
    await tell_something(stage, MAX)
    await stage.letter(MAX, "Neu für Sie: M4 Glasfaser")


@pytest.mark.fault(26)
async def test_nobody_has_to_call_because_a_mailbox_was_full_once(stage: Stage) -> None:
    await ask_everyone(stage)
    await stage.sends("", returned(await stage.letter(MAX), MAX, status="5.2.2"))
    assert not any("nicht erreichbar" in letter.subject for letter in stage.letters(OFFICE))


def is_dead(stage: Stage, email: str) -> bool:
    """Whether the assistant leaves this address alone."""
    statement = select(Address.dead).where(Address.email == email)
    return stage.town.database.read_now(lambda session: session.exec(statement).one())


async def test_after_a_reply_from_there_letters_go_there_again(stage: Stage) -> None:
    await ask_everyone(stage)
    question = await stage.letter(ERIKA)
    await stage.sends("", returned(question, ERIKA))
    assert is_dead(stage, ERIKA)
    shown = len(stage.messages(ERIKA))
    await stage.replies(ERIKA, "unverändert", to=question)
    assert not is_dead(stage, ERIKA)
    await stage.letter(ERIKA, "Danke, notiert: M1 und M2")
    await tell_something(stage, ERIKA)
    await stage.letter(ERIKA, "Neu für Sie: M4 Glasfaser")
    assert len(stage.messages(ERIKA)) == shown


async def test_a_delay_is_no_return(stage: Stage) -> None:
    await ask_everyone(stage)
    shown = len(stage.messages(ERIKA))
    await stage.sends("", returned(await stage.letter(ERIKA), ERIKA, status="4.4.1", action="delayed"))
    await tell_something(stage, ERIKA)
    await stage.letter(ERIKA, "Neu für Sie: M4 Glasfaser")
    assert len(stage.messages(ERIKA)) == shown
    assert stage.unread(OFFICE) == 0


async def test_a_full_mailbox_says_nothing_against_the_address(stage: Stage) -> None:
    await ask_everyone(stage)
    shown = len(stage.messages(ERIKA))
    await stage.sends("", returned(await stage.letter(ERIKA), ERIKA, status="5.2.2"))
    assert "Wie steht es um Ihre 2 Maßnahmen?" in stage.bubbles(ERIKA)[shown]
    assert not is_dead(stage, ERIKA)
    await tell_something(stage, ERIKA)
    await stage.letter(ERIKA, "Neu für Sie: M4 Glasfaser")


async def test_what_is_late_three_times_takes_the_other_way(stage: Stage) -> None:
    await ask_everyone(stage)
    question = await stage.letter(ERIKA)
    shown = len(stage.messages(ERIKA))
    for _ in range(3):
        assert len(stage.messages(ERIKA)) == shown
        await stage.sends("", returned(question, ERIKA, status="4.4.1", action="delayed"))
        await stage.wait(days=1, minutes=1)
    assert is_dead(stage, ERIKA)
    assert "Wie steht es um Ihre 2 Maßnahmen?" in stage.bubbles(ERIKA)[shown]


# --- from a private address, or under a forged sender


async def test_the_office_says_yes_to_a_reply_from_a_private_address(stage: Stage) -> None:
    letter = await max_was_written(stage)
    await stage.sends(PRIVATE, from_elsewhere(stage, letter, "60 %, verzögert wegen Gutachten"))
    await stage.letter(PRIVATE, "Ihre Nachricht ist bei der Geschäftsstelle")
    assert stage.measure(3).percent == 0
    case = await stage.letter(OFFICE, f"Nachricht von Max Muster ({PRIVATE})")
    assert "Der Absender passt nicht" in case.text
    assert "60 %, verzögert wegen Gutachten" in case.text
    assert "JA – Ja, das war Max Muster" in case.text
    await stage.replies(OFFICE, "Ja", Client.OUTLOOK)
    assert "Danke, notiert: M3" in (await stage.letter(OFFICE, "Ausgeführt")).text
    receipt = await stage.letter(MAX, "Danke, notiert: M3")
    assert "Verstanden: 60 %, verzögert, »wegen Gutachten«" in receipt.text
    assert (stage.measure(3).percent, stage.measure(3).status) == (60, "delayed")
    assert stage.unread(PRIVATE) == 0
    await stage.replies(MAX, "Rückgängig")
    assert stage.measure(3).percent == 0


async def test_the_office_says_no_to_a_reply_from_a_strange_address(stage: Stage) -> None:
    letter = await max_was_written(stage)
    await stage.sends(PRIVATE, from_elsewhere(stage, letter, "fertig"))
    await stage.replies(OFFICE, "NEIN, das war er nicht.")
    await stage.replies(OFFICE, "NEIN", to=next(one for one in stage.letters(OFFICE) if "Nachricht von" in one.subject))
    await stage.letter(OFFICE, "Nachricht von")
    assert "Beiseitegelegt" in "".join(one.subject for one in stage.letters(OFFICE))
    assert stage.measure(3).status == "open"
    assert stage.unread(MAX) == 0


async def test_in_a_chat_of_many_bubbles_the_office_says_yes_by_the_button_of_the_one_it_means(stage: Stage) -> None:
    stage.link(OFFICE)
    letter = await max_was_written(stage)
    await stage.sends(PRIVATE, from_elsewhere(stage, letter, "60 %"))
    assert "Soll ich es ausführen?" in stage.bubble(OFFICE)
    message, button = stage.button(OFFICE, "Ja, das war M. M.")
    assert "Wie haben Sie das gemeint" in await stage.says(OFFICE, "JA")
    assert stage.measure(3).percent == 0
    assert button.data
    await stage.presses(OFFICE, message.message_id, button.data)
    assert stage.measure(3).percent == 60


async def test_yes_of_the_office_does_not_make_a_member_of_who_has_left(stage: Stage) -> None:
    letter = await max_was_written(stage)
    await stage.replies(MAX, "ABMELDEN")
    await stage.letter(MAX, "Sie sind abgemeldet")
    await stage.sends(PRIVATE, from_elsewhere(stage, letter, "60 %"))
    await stage.replies(OFFICE, "JA", to=await stage.letter(OFFICE, "Nachricht von"))
    assert stage.measure(3).percent == 0
    assert stage.unread(MAX) == 0


async def test_only_the_first_word_on_a_strange_reply_counts(stage: Stage) -> None:
    stage.link(OFFICE)
    letter = await max_was_written(stage)
    await stage.sends(PRIVATE, from_elsewhere(stage, letter, "fertig"))
    case, yes = stage.button(OFFICE, "Ja, das war M. M.")
    await stage.taps(OFFICE, "Nein, nicht ausführen")
    assert yes.data
    assert await stage.presses(OFFICE, case.message_id, yes.data) == "Darüber wurde schon entschieden."
    assert stage.measure(3).status == "open"


async def test_the_office_believes_the_yes_that_came_from_a_private_address(stage: Stage) -> None:
    await stage.writes(MAX, "M3 60 %")
    await stage.sends(PRIVATE, from_elsewhere(stage, await stage.letter(MAX, "Bitte bestätigen Sie kurz"), "JA"))
    assert stage.measure(3).percent == 0
    await stage.replies(OFFICE, "JA", to=await stage.letter(OFFICE, "Nachricht von Max Muster"))
    await stage.letter(MAX, "Danke, notiert: M3")
    assert stage.measure(3).percent == 60


async def test_the_office_believes_a_reply_to_a_letter_that_is_too_old(stage: Stage) -> None:
    await max_was_written(stage)
    reply = stage.reply(MAX, "60 %")
    await stage.jump(stage.clock.at + timedelta(days=61))
    stage.read_all(MAX, OFFICE)
    await stage.sends(MAX, reply)
    assert stage.measure(3).percent == 0
    case = await stage.letter(OFFICE, "Nachricht von Max Muster")
    assert "älter als 60 Tage" in case.text
    await stage.replies(OFFICE, "JA", to=case)
    await stage.letter(MAX, "Danke, notiert: M3")
    assert stage.measure(3).percent == 60


async def test_what_the_office_believes_is_still_held_against_the_rights_of_the_person(stage: Stage) -> None:
    letter = await max_was_written(stage)
    await stage.sends(PRIVATE, from_elsewhere(stage, letter, "M1 60 %"))
    case = await stage.letter(OFFICE, "Nachricht von")
    await stage.replies(OFFICE, "JA", to=case)
    assert "nicht zugeordnet" in (await stage.letter(OFFICE, "Das ging leider nicht")).text
    assert stage.unread(MAX) == 0
    assert stage.measure(1).percent == 0
    await stage.replies(OFFICE, "NEIN", to=case)
    await stage.letter(OFFICE, "Beiseitegelegt")


VERDICT = b"dmarc=fail (p=reject) header.from=logistik.example.org; spf=fail smtp.mailfrom=logistik.example.org\r\n"
BY_US = f"Authentication-Results: {MX}; ".encode() + VERDICT
BY_OTHERS = b"Authentication-Results: mx.other.example; " + VERDICT


async def test_who_writes_under_a_forged_sender_gets_no_answer_and_the_office_decides(guarded: Stage) -> None:
    stage = guarded
    await max_was_written(stage)
    await stage.sends(MAX, BY_US + stage.reply(MAX, "60 %"))
    assert stage.unread(MAX) == 0
    assert stage.measure(3).percent == 0
    case = await stage.letter(OFFICE, "Nachricht von")
    assert "sagt, dass der Absender gefälscht ist" in case.text
    await stage.replies(OFFICE, "JA")
    await stage.letter(OFFICE, "Ausgeführt")
    await stage.letter(MAX, "Danke, notiert: M3")
    assert stage.measure(3).percent == 60


async def test_the_office_lays_a_forged_letter_aside(guarded: Stage) -> None:
    stage = guarded
    await max_was_written(stage)
    await stage.sends(MAX, BY_US + stage.reply(MAX, "fertig"))
    await stage.replies(OFFICE, "NEIN", to=await stage.letter(OFFICE, "Nachricht von"))
    await stage.letter(OFFICE, "Beiseitegelegt")
    assert stage.unread(MAX) == 0
    assert stage.measure(3).status == "open"


async def test_what_other_servers_say_of_a_sender_is_not_believed(guarded: Stage) -> None:
    stage = guarded
    await max_was_written(stage)
    await stage.sends(MAX, BY_OTHERS + stage.reply(MAX, "60 %"))
    await stage.letter(MAX, "Danke, notiert: M3")
    assert stage.unread(OFFICE) == 0


async def test_a_bare_letter_under_a_forged_sender_is_not_answered_either(guarded: Stage) -> None:
    stage = guarded
    await stage.sends(MAX, BY_US + fresh(stage, MAX, "M3 60 %"))
    assert stage.unread(MAX) == 0
    assert stage.measure(3).percent == 0
    await stage.replies(OFFICE, "JA", to=await stage.letter(OFFICE, "Nachricht von"))
    await stage.letter(MAX, "Danke, notiert: M3")
    assert stage.measure(3).percent == 60


# --- one more address


async def max_has_two_mailboxes(stage: Stage) -> None:
    await max_was_written(stage)
    await stage.replies(MAX, f"ADRESSE {PRIVATE}")
    await stage.sends(PRIVATE, from_elsewhere(stage, await stage.letter(PRIVATE), "JA"))
    stage.read_all(MAX, PRIVATE)


async def test_both_mailboxes_confirm_a_new_address_and_then_it_counts(stage: Stage) -> None:
    await stage.writes(MAX, f"ADRESSE {PRIVATE}")
    assert not stage.letters(PRIVATE)
    await stage.replies(MAX, "JA", to=await stage.letter(MAX, "Bitte bestätigen Sie kurz"))
    await stage.letter(MAX, "Bitte schauen Sie in das andere Postfach")
    asked = await stage.letter(PRIVATE, "Gehört diese Adresse zu Ihnen?")
    await stage.sends(PRIVATE, from_elsewhere(stage, asked, "JA"))
    await stage.letter(PRIVATE, "Neue Adresse")
    told = await stage.letter(MAX, "Neue Adresse")
    assert PRIVATE in told.text
    assert "Waren Sie das nicht?" in told.text
    letter = await max_was_written(stage)
    await stage.sends(PRIVATE, from_elsewhere(stage, letter, "60 %"))
    await stage.letter(PRIVATE, "Danke, notiert: M3")
    assert stage.measure(3).percent == 60
    assert stage.unread(OFFICE) == 0


async def test_an_address_is_added_from_the_chat_and_taken_away_again(stage: Stage) -> None:
    other = "erika@privat.example.net"
    sender = (NAMES[ERIKA], other)
    assert f"An {other} ist ein Brief unterwegs." in await stage.says(ERIKA, f"Adresse {other}")
    asked = await stage.letter(other, "Gehört diese Adresse zu Ihnen?")
    await stage.sends(other, from_elsewhere(stage, asked, "Ja", sender))
    await stage.letter(ERIKA, "Neue Adresse")
    await stage.letter(other, "Neue Adresse")
    await stage.sends(other, fresh(stage, other, "M1 40 %"))
    proof = await stage.letter(other, "Bitte bestätigen Sie kurz")
    await stage.sends(other, from_elsewhere(stage, proof, "JA", sender))
    assert stage.measure(1).percent == 40
    assert f"{other} gehört nicht mehr" in await stage.says(ERIKA, f"ADRESSE WEG {other}")
    await stage.letter(ERIKA, "Adresse entfernt")
    await stage.sends(other, from_elsewhere(stage, proof, "M1 fertig", sender))
    assert stage.measure(1).percent == 40
    await stage.letter(OFFICE, f"Nachricht von Erika Beispiel ({other})")


async def test_an_address_whose_mailbox_never_says_yes_counts_for_nothing(stage: Stage) -> None:
    await max_was_written(stage)
    await stage.replies(MAX, f"ADRESSE {PRIVATE}")
    letter = await stage.letter(MAX, "Bitte schauen Sie in das andere Postfach")
    await stage.sends(PRIVATE, from_elsewhere(stage, letter, "M3 60 %"))
    assert stage.measure(3).percent == 0
    await stage.letter(OFFICE, "Nachricht von")


async def test_nobody_takes_the_address_of_somebody_else(stage: Stage) -> None:
    await max_was_written(stage)
    await stage.replies(MAX, f"ADRESSE {ERIKA}")
    await stage.letter(MAX, "Bitte schauen Sie in das andere Postfach")
    assert stage.unread(ERIKA) == 0
    assert stage.person(ERIKA).id != stage.person(MAX).id


async def test_who_says_no_to_a_new_address_is_not_asked_for_a_company(stage: Stage) -> None:
    await max_was_written(stage)
    await stage.replies(MAX, f"ADRESSE {PRIVATE}")
    asked = await stage.letter(PRIVATE, "Gehört diese Adresse zu Ihnen?")
    await stage.sends(PRIVATE, from_elsewhere(stage, asked, "NEIN"))
    assert not any("Unternehmen" in letter.text for letter in stage.letters(PRIVATE)[1:])
    await stage.sends(PRIVATE, from_elsewhere(stage, stage.letters(MAX)[0], "M3 60 %"))
    assert stage.measure(3).percent == 0


# --- the office stops everything


async def stop_by_mail(stage: Stage) -> None:
    await stage.writes(OFFICE, "BETRIEB STOPP")
    await stage.replies(OFFICE, "JA", to=await stage.letter(OFFICE, "Bitte bestätigen Sie kurz"))
    await stage.letter(OFFICE, "Der Versand ist angehalten")


async def start_by_mail(stage: Stage) -> None:
    stopped = next(one for one in stage.letters(OFFICE) if one.subject.startswith("Der Versand ist angehalten"))
    await stage.replies(OFFICE, "BETRIEB START", to=stopped)
    await stage.letter(OFFICE, "Der Versand läuft wieder")


async def stop_by_chat(stage: Stage) -> None:
    stage.link(OFFICE)
    assert "Der Versand ist angehalten" in await stage.says(OFFICE, "BETRIEB STOPP")


async def start_by_chat(stage: Stage) -> None:
    await stage.taps(OFFICE, "Versand wieder freigeben")
    assert "Der Versand läuft wieder" in "".join(stage.bubbles(OFFICE))


Deed = Callable[[Stage], Awaitable[None]]


@pytest.mark.parametrize(
    ("stop", "start"), [(stop_by_mail, start_by_mail), (stop_by_chat, start_by_chat)], ids=["mail", "chat"]
)
async def test_nothing_goes_out_after_a_stop_and_all_of_it_once_after_the_start(
    stage: Stage, stop: Deed, start: Deed
) -> None:
    await stage.office_says("SITZUNG Allianz; 23.12.2026 17:00; Herbstsitzung; Rathaus")
    await stop(stage)
    shown = len(stage.messages(ERIKA))
    await stage.writes(MAX, "STATUS")
    await stage.go_to(2, month=12, hour=10)
    assert stage.unread(MAX) == 0
    assert len(stage.messages(ERIKA)) == shown
    assert "M1 Radweg" in "".join([await stage.says(ERIKA, "STATUS"), *stage.bubbles(ERIKA)[shown:]])
    shown = len(stage.messages(ERIKA))
    await start(stage)
    await stage.wait(minutes=1)
    await stage.wait(minutes=1)
    subjects = [letter.subject for letter in stage.letters(MAX)[-stage.unread(MAX) :]]
    assert len([subject for subject in subjects if "Bitte bis 16. Dezember" in subject]) == 1
    assert len([subject for subject in subjects if "Ihre Maßnahme" in subject]) == 2
    questions = [bubble for bubble in stage.bubbles(ERIKA)[shown:] if "Wie steht es um Ihre 2 Maßnahmen?" in bubble]
    assert len(questions) == 1


async def test_what_is_too_old_after_a_stop_is_not_sent_any_more(stage: Stage) -> None:
    await stage.office_says("SITZUNG Allianz; 23.12.2026 17:00; Herbstsitzung; Rathaus")
    await stop_by_mail(stage)
    await stage.go_to(16, month=12, hour=10)
    assert stage.unread(MAX) == 0
    await start_by_mail(stage)
    await stage.wait(minutes=1)
    subjects = [letter.subject for letter in stage.letters(MAX)[-stage.unread(MAX) :]]
    assert not any("Erinnerung" in subject or "Wie steht es" in subject for subject in subjects)
    assert len([subject for subject in subjects if "Zwischenstand" in subject]) == 1


async def test_a_fresh_letter_of_the_office_starts_again_too(stage: Stage) -> None:
    await stop_by_mail(stage)
    await stage.writes(OFFICE, "BETRIEB START")
    await stage.replies(OFFICE, "JA", to=await stage.letter(OFFICE, "Bitte bestätigen Sie kurz"))
    await stage.letter(OFFICE, "Der Versand läuft wieder")


async def test_the_others_of_the_office_hear_of_the_stop_by_letter_all_the_same(stage: Stage) -> None:
    stage.town.office(RegisterPerson("Jutta Probe", "jutta@stadt.example.org", "Stadt", office=True))
    await stage.service.sender.drain()
    await stage.letter("jutta@stadt.example.org")
    await stop_by_chat(stage)
    told = await stage.letter("jutta@stadt.example.org", "Der Versand ist angehalten")
    assert "BETRIEB START" in told.text


async def test_no_member_stops_anything(stage: Stage) -> None:
    assert "Das kann nur die Geschäftsstelle." in await stage.says(ERIKA, "BETRIEB STOPP")
    await max_was_written(stage)
    await stage.replies(MAX, "BETRIEB STOPP")
    assert "Das kann nur die Geschäftsstelle." in (await stage.letter(MAX)).text


# --- a calendar's answer


def calendar_answer(letter: Letter, who: str, uid: str, partstat: str) -> bytes:
    """What a calendar sends to the organizer (iMIP, RFC 6047)."""
    word = {"ACCEPTED": "Zugesagt", "DECLINED": "Abgelehnt", "TENTATIVE": "Mit Vorbehalt"}[partstat]
    ics = f"""\
BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VEVENT
ATTENDEE;PARTSTAT={partstat};CN=Muster:mailto:{who}
UID:{uid}
SUMMARY;LANGUAGE=de-DE:{word}: Herbstsitzung
DTSTART;TZID=W. Europe Standard Time:20261223T170000
DTEND;TZID=W. Europe Standard Time:20261223T190000
DTSTAMP:20261202T091500Z
SEQUENCE:0
END:VEVENT
END:VCALENDAR
"""
    lines = [
        f"From: {NAMES.get(who, 'Max Muster')} <{who}>",
        f"To: {letter.message['Reply-To']}",
        f"Subject: {word}: Herbstsitzung",
        "Date: Wed, 2 Dec 2026 09:15:00 +0000",
        f"Message-ID: <{partstat}.{uid.partition('@')[0]}@{who.rpartition('@')[2]}>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/alternative; boundary="_000_AM0"',
        "",
        "--_000_AM0",
        'Content-Type: text/plain; charset="utf-8"',
        "",
        "",
        "--_000_AM0",
        'Content-Type: text/calendar; charset="utf-8"; method=REPLY',
        "Content-Transfer-Encoding: 8bit",
        "",
        *ics.splitlines(),
        "--_000_AM0--",
        "",
    ]
    return "\r\n".join(lines).encode()


OURS = "sitzung-1@alliance.example.org"


async def coming(stage: Stage) -> dict[str, str]:
    """Who said what to the meeting, by address."""
    answers = await stage.service.database.read(lambda session: attendance.answers(session, 1))
    people = {stage.person(who).id: who for who in (ERIKA, MAX)}
    return {people[person]: answer.value for person, answer in answers.items()}


@pytest.mark.parametrize(
    ("partstat", "answer", "title"),
    [
        ("ACCEPTED", "yes", "Notiert: Sie kommen"),
        ("DECLINED", "no", "Notiert: Sie kommen nicht"),
        ("TENTATIVE", "maybe", "Notiert: Sie kommen vielleicht"),
    ],
)
async def test_a_calendars_answer_is_an_answer(stage: Stage, partstat: str, answer: str, title: str) -> None:
    await ask_everyone(stage)
    question = await stage.letter(MAX)
    await stage.sends(MAX, calendar_answer(question, MAX, OURS, partstat))
    receipt = await stage.letter(MAX, title)
    assert "Herbstsitzung, Mittwoch, 23. Dezember 2026, 17:00 Uhr, Rathaus" in receipt.text
    assert receipt.subject.partition(" [")[0] == title
    assert await coming(stage) == {MAX: answer}
    assert stage.measure(3).status == "open"


async def test_what_is_written_with_a_calendars_answer_is_not_lost(stage: Stage) -> None:
    await ask_everyone(stage)
    answer = calendar_answer(await stage.letter(MAX), MAX, OURS, "ACCEPTED")
    words = b"Ich komme erst um 18 Uhr."
    await stage.sends(MAX, answer.replace(b"\r\n\r\n\r\n--", b"\r\n\r\n" + words + b"\r\n--", 1))
    assert await coming(stage) == {MAX: "yes"}
    read = stage.letters(OFFICE)[-stage.unread(OFFICE) :] if stage.unread(OFFICE) else []
    assert any(words.decode() in letter.text for letter in [*read, stage.last_letter(MAX)])


async def test_who_changes_their_mind_in_the_calendar_says_the_last_word(stage: Stage) -> None:
    await ask_everyone(stage)
    question = await stage.letter(MAX)
    await stage.sends(MAX, calendar_answer(question, MAX, OURS, "ACCEPTED"))
    await stage.sends(MAX, calendar_answer(question, MAX, OURS, "DECLINED"))
    assert await coming(stage) == {MAX: "no"}
    await stage.replies(MAX, "Zusage")
    assert await coming(stage) == {MAX: "yes"}


async def test_a_strangers_calendar_is_for_the_office_to_believe(stage: Stage) -> None:
    await ask_everyone(stage)
    question = await stage.letter(MAX)
    await stage.sends(PRIVATE, calendar_answer(question, PRIVATE, OURS, "DECLINED"))
    assert await coming(stage) == {}
    case = await stage.letter(OFFICE, f"Nachricht von Max Muster ({PRIVATE})")
    assert "ABSAGE" in case.text
    await stage.replies(OFFICE, "JA")
    await stage.letter(OFFICE, "Ausgeführt")
    await stage.letter(MAX, "Notiert: Sie kommen nicht")
    assert await coming(stage) == {MAX: "no"}


@pytest.mark.parametrize("uid", ["sitzung-1@other.example.org", "040000008200E00074C5B7101A82E008@example.org"])
async def test_a_calendar_of_another_meeting_gets_a_friendly_answer(stage: Stage, uid: str) -> None:
    await ask_everyone(stage)
    await stage.sends(MAX, calendar_answer(await stage.letter(MAX), MAX, uid, "ACCEPTED"))
    assert "Das kann ich leider nicht lesen." in (await stage.letter(MAX, "Bitte schreiben Sie mir Text")).text
    assert await coming(stage) == {}
    assert stage.unread(OFFICE) == 0


async def test_a_calendar_of_a_meeting_we_never_planned_gets_a_friendly_answer(stage: Stage) -> None:
    await ask_everyone(stage)
    uid = "sitzung-99@alliance.example.org"
    await stage.sends(MAX, calendar_answer(await stage.letter(MAX), MAX, uid, "ACCEPTED"))
    assert "Zurzeit ist keine Sitzung geplant." in (await stage.letter(MAX)).text
    assert await coming(stage) == {}


async def test_a_calendars_answer_to_a_meeting_that_has_begun_gets_a_friendly_answer(stage: Stage) -> None:
    await ask_everyone(stage)
    question = await stage.letter(MAX)
    await stage.jump(stage.clock.at + timedelta(days=21, hours=9))
    stage.read_all(MAX)
    await stage.sends(MAX, calendar_answer(question, MAX, OURS, "ACCEPTED"))
    assert "Die Sitzung »Herbstsitzung« hat schon begonnen." in (await stage.letter(MAX)).text
    assert await coming(stage) == {}


async def test_a_guests_calendar_gets_a_friendly_answer(stage: Stage) -> None:
    await ask_everyone(stage)
    answer = calendar_answer(stage.last_letter(MAX), GUEST, OURS, "ACCEPTED")
    await stage.sends(GUEST, with_headers(answer, To=HOUSE.email))
    assert "Das geht nur für Mitglieder." in (await stage.letter(GUEST)).text
    assert await coming(stage) == {}


async def test_a_members_calendar_that_lost_the_token_is_confirmed_once(stage: Stage) -> None:
    await ask_everyone(stage)
    answer = calendar_answer(await stage.letter(MAX), MAX, OURS, "DECLINED")
    await stage.sends(MAX, with_headers(answer, To=HOUSE.email))
    assert await coming(stage) == {}
    await stage.replies(MAX, "JA", to=await stage.letter(MAX, "Bitte bestätigen Sie kurz"))
    await stage.letter(MAX, "Notiert: Sie kommen nicht")
    assert await coming(stage) == {MAX: "no"}


# --- what is neither answered nor a report


def read_receipt(stage: Stage) -> bytes:
    """As Thunderbird sends it when a letter was opened (RFC 8098)."""
    question = stage.last_letter(MAX)
    lines = [
        f"From: Max Muster <{MAX}>",
        f"To: {HOUSE.email}",
        "Subject: Empfangsbestätigung (angezeigt)",
        f"In-Reply-To: {question.message['Message-ID']}",
        "Message-ID: <lesebestaetigung@logistik.example.org>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="mdn"',
        "",
        "--mdn",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "M3 60 % wurde angezeigt.",
        "--mdn",
        "Content-Type: message/disposition-notification",
        "",
        f"Final-Recipient: rfc822;{MAX}",
        f"Original-Message-ID: {question.message['Message-ID']}",
        "Disposition: manual-action/MDN-sent-manually; displayed",
        "",
        "--mdn--",
        "",
    ]
    return "\r\n".join(lines).encode()


def newsletter(stage: Stage) -> bytes:
    text = "M3 60 %\n\nUnsere Angebote im Dezember.\n\nAbmelden: https://news.example.com/weg"
    marks = b"List-Unsubscribe: <https://news.example.com/weg>\r\nPrecedence: bulk\r\n"
    return marks + fresh(stage, MAX, text, "Newsletter Dezember")


def list_post(stage: Stage) -> bytes:
    return b"List-Id: AG <ag.example.org>\r\nList-Post: <mailto:ag@example.org>\r\n" + stage.reply(MAX, "M3 60 %")


def marked_letter(stage: Stage) -> bytes:
    return b"X-Spam-Flag: YES\r\n" + fresh(stage, MAX, "M3 60 %")


@pytest.mark.parametrize("robot", [read_receipt, newsletter, list_post, marked_letter])
async def test_what_no_person_wrote_to_us_is_neither_answered_nor_a_report(
    stage: Stage, robot: Callable[[Stage], bytes]
) -> None:
    await max_was_written(stage)
    await stage.sends(MAX, robot(stage))
    assert (stage.unread(MAX), stage.unread(OFFICE)) == (0, 0)
    assert (stage.measure(3).percent, stage.measure(3).version) == (0, 0)


async def test_the_office_sees_a_members_reply_that_was_taken_for_spam(stage: Stage) -> None:
    await max_was_written(stage)
    await stage.sends(MAX, b"X-Spam-Flag: YES\r\n" + stage.reply(MAX, "60 %, verzögert wegen Gutachten"))
    case = await stage.letter(OFFICE, "Nachricht von Max Muster")
    assert "hält diese Antwort für Spam" in case.text
    assert "60 %, verzögert wegen Gutachten" in case.text
    assert stage.unread(MAX) == 0
    assert stage.measure(3).percent == 0
    await stage.replies(OFFICE, "Ich habe es eingetragen.")
    assert "Ich habe es eingetragen." in (await stage.letter(MAX, "Antwort der Geschäftsstelle")).text


# --- what survives on the way


@pytest.mark.fault(31)
async def test_the_same_letter_by_two_routes_has_one_effect_and_one_receipt(stage: Stage) -> None:
    await max_was_written(stage)
    reply = stage.reply(MAX, "60 %")
    await stage.sends(MAX, reply)
    await stage.letter(MAX, "Danke, notiert: M3")
    await stage.sends(
        MAX, b"Received: from alias.example.org by mx.example.org; Mon, 23 Nov 2026 10:00 +0100\r\n" + reply
    )
    assert stage.unread(MAX) == 0
    assert stage.measure(3).version == 1


ONLY = {"the-address": "To", "in-reply-to": "In-Reply-To", "references": "References", "the-subject": "Subject"}


@pytest.mark.parametrize("kept", ONLY.values(), ids=ONLY)
async def test_any_one_token_is_enough(stage: Stage, kept: str) -> None:
    await max_was_written(stage)
    bare = {"To": HOUSE.email, "In_Reply_To": None, "References": None, "Subject": "Re: Stand"}
    changed = {name: value for name, value in bare.items() if name.replace("_", "-") != kept}
    await stage.sends(MAX, with_headers(stage.reply(MAX, "60 %"), **changed))
    await stage.letter(MAX, "Danke, notiert: M3")
    assert stage.measure(3).percent == 60


async def test_without_any_token_a_reply_is_asked_back_once(stage: Stage) -> None:
    await max_was_written(stage)
    bare = with_headers(
        stage.reply(MAX, "60 %"), To=HOUSE.email, In_Reply_To=None, References=None, Subject="Re: Stand"
    )
    await stage.sends(MAX, bare)
    await stage.replies(MAX, "JA", to=await stage.letter(MAX, "Bitte bestätigen Sie kurz"))
    await stage.letter(MAX, "Danke, notiert: M3")
    assert stage.measure(3).percent == 60


async def test_question_reminder_receipt_and_dossier_of_a_round_hang_together(stage: Stage) -> None:
    await ask_everyone(stage)
    question = await stage.letter(MAX, "Bitte bis 16. Dezember")
    await stage.go_to(9, month=12)
    await stage.letter(MAX, "Wochenüberblick")
    reminder = await stage.letter(MAX, "Erinnerung")
    reply = stage.reply(MAX, "60 %", to=reminder)
    await stage.sends(MAX, reply)
    receipt = await stage.letter(MAX, "Danke, notiert: M3")
    await stage.go_to(16, month=12)
    await stage.letter(MAX, "Wochenüberblick")
    dossier = await stage.letter(MAX, "Zwischenstand")
    roots = {letter.message["References"].split()[0] for letter in (question, reminder, receipt, dossier)}
    assert len(roots) == 1
    assert stage.last_letter(ERIKA).message["References"].split()[0] not in roots
    written = message_from_bytes(reply)["Message-ID"]
    assert receipt.message["In-Reply-To"] == written
    assert receipt.message["References"].split()[-1] == written


async def test_the_unsubscribe_link_of_a_digest_ends_the_digest_and_no_more(stage: Stage) -> None:
    await ask_everyone(stage)
    await stage.replies(MAX, "M3 60 %")
    await stage.go_to(7, month=12)
    await stage.letter(MAX, "Bitte bis")
    await stage.letter(MAX, "Danke, notiert")
    digest = await stage.letter(MAX, "Wochenüberblick")
    await stage.sends(MAX, as_the_mail_program_sends(stage, digest.message["List-Unsubscribe"]))
    await stage.letter(MAX, "Der Überblick kommt nicht mehr")
    assert stage.person(MAX).digest == "never"
    assert stage.person(MAX).left_at is None


async def test_a_button_in_the_letter_reports_though_it_answers_nothing(stage: Stage) -> None:
    await ask_everyone(stage)
    question = await stage.letter(MAX)
    link = re.search(r'href="(mailto:[^"]+)"[^>]*>Verz', replies.html_of(question.raw))
    assert link
    await stage.sends(MAX, as_the_mail_program_sends(stage, unescape(link[1])))
    await stage.letter(MAX, "Danke, notiert: M3")
    assert stage.measure(3).status == "delayed"


def as_the_mail_program_sends(stage: Stage, address: str) -> bytes:
    """The letter that a mail program writes from a mailto address (RFC 6068), as in List-Unsubscribe (RFC 2369)."""
    link = urlsplit("".join(address.split()).strip("<>"))
    assert link.scheme == "mailto"
    asked = parse_qs(link.query)
    return fresh(stage, MAX, asked["body"][0], asked["subject"][0], unquote(link.path))


# --- beside a hostile letter


def nested(depth: int) -> bytes:
    """So many parts, each in the one before."""
    lines = [
        f"From: Robin Probe <{GUEST}>",
        f"To: {HOUSE.email}",
        "Subject: Hallo",
        "Message-ID: <tief@neu.example.org>",
    ]
    for level in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{level}"', "", f"--b{level}"]
    return "\r\n".join([*lines, "Content-Type: text/plain", "", "M3 60 %", ""]).encode()


@pytest.mark.fault(34)
async def test_a_hostile_letter_holds_up_nobody(stage: Stage) -> None:
    await max_was_written(stage)
    assert isinstance(stage.post, StandIn)
    stage.post.deliver(HOUSE.email, nested(2_000), GUEST)
    await stage.sends(MAX, stage.reply(MAX, "60 %"))
    await stage.letter(MAX, "Danke, notiert: M3")
    await stage.letter(OFFICE, "Nachricht von")
    assert stage.measure(3).percent == 60
