"""What calendars send back when somebody answers our invitation: Exchange and Outlook, Google, Apple (RFC 6047)."""

from __future__ import annotations

from base64 import encodebytes
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

SAID = {"ACCEPTED": "Zugesagt", "DECLINED": "Abgelehnt", "TENTATIVE": "Mit Vorbehalt", "DELEGATED": "Delegiert"}


@dataclass(frozen=True)
class Invitation:
    """What a calendar has taken from our letter."""

    uid: str
    organizer: str
    title: str
    begins: str
    ends: str
    sequence: str
    message_id: str


def invitation(raw: bytes) -> Invitation:
    """What the calendar part of a letter says; ValueError if there is none."""
    letter = message_from_bytes(raw)
    (part,) = [each for each in letter.walk() if each.get_content_type() == "text/calendar"]
    said = _properties(part)
    return Invitation(
        uid=said["UID"],
        organizer=said["ORGANIZER"].removeprefix("mailto:"),
        title=said["SUMMARY"],
        begins=said["DTSTART"],
        ends=said["DTEND"],
        sequence=said["SEQUENCE"],
        message_id=str(letter["Message-ID"]),
    )


def _properties(part: Message) -> dict[str, str]:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    lines = payload.decode().replace("\r\n", "\n").replace("\n ", "").splitlines()
    pairs = (_pair(line) for line in lines[: lines.index("BEGIN:VALARM")])
    return dict(pairs)


def _pair(line: str) -> tuple[str, str]:
    """Name and value of a property; a parameter's value in quotes may hold a colon."""
    bare = "".join(piece for at, piece in enumerate(line.split('"')) if at % 2 == 0)
    head, _, value = bare.partition(":")
    return head.partition(";")[0], value if '"' in line else line.partition(":")[2]


def exchange(to: Invitation, who: str, name: str, partstat: str, words: str = "") -> bytes:
    """Outlook on Exchange or Microsoft 365: text, HTML and calendar, in Microsoft's names for zones."""
    calendar = f"""\
BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT={partstat};CN={name}:mailto:{who}
COMMENT;LANGUAGE=de-DE:{words}\\n
UID:{to.uid}
SUMMARY;LANGUAGE=de-DE:{SAID[partstat]}: {to.title}
DTSTART;TZID=UTC:{to.begins.rstrip("Z")}
DTEND;TZID=UTC:{to.ends.rstrip("Z")}
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20261124T091523Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:{to.sequence}
LOCATION;LANGUAGE=de-DE:Rathaus
X-MICROSOFT-CDO-APPT-SEQUENCE:{to.sequence}
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
X-MICROSOFT-DISALLOW-COUNTER:FALSE
END:VEVENT
END:VCALENDAR
"""
    head = {
        "From": f'"{name}" <{who}>',
        "To": f"Wirtschaftsallianz <{to.organizer}>",
        "Subject": f"{SAID[partstat]}: {to.title}",
        "Thread-Topic": to.title,
        "In-Reply-To": to.message_id,
        "X-MS-Has-Attach": "",
        "Accept-Language": "de-DE, en-US",
        "Content-Language": "de-DE",
    }
    html = f'<html><body><div dir="ltr">{words}<br></div></body></html>'
    parts = [
        _part('text/plain; charset="utf-8"', f"{words}\n"),
        _part('text/html; charset="utf-8"', html),
        _encoded('text/calendar; charset="utf-8"; method=REPLY', calendar),
    ]
    return _letter(head, _together("alternative", parts))


def google(to: Invitation, who: str, name: str, partstat: str, words: str = "") -> bytes:
    """Google Calendar: in the person's name, sent by a robot that says so, the calendar twice."""
    calendar = f"""\
BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:{to.begins}
DTEND:{to.ends}
DTSTAMP:20261124T091523Z
ORGANIZER;CN=Wirtschaftsallianz:mailto:{to.organizer}
UID:{to.uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat};CN={name}
 ;X-NUM-GUESTS=0:mailto:{who}
CREATED:20261123T100000Z
LAST-MODIFIED:20261124T091522Z
SEQUENCE:{to.sequence}
STATUS:CONFIRMED
SUMMARY:{to.title}
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""
    verb = {"ACCEPTED": "zugesagt", "DECLINED": "abgelehnt", "TENTATIVE": "unter Vorbehalt zugesagt"}[partstat]
    text = f"{name} hat für diese Einladung {verb}.\n\n{to.title}\nDonnerstag 3. Dez. 2026 ⋅ 17:00 – 19:00\n"
    head = {
        "Reply-To": f"{name} <{who}>",
        "Sender": "Google Kalender <calendar-notification@google.com>",
        "Auto-Submitted": "auto-generated",
        "From": f"{name} <{who}>",
        "To": to.organizer,
        "Subject": f"{SAID[partstat]}: {to.title} - Do 3. Dez. 2026 17:00 - 19:00 (MEZ) ({name})",
    }
    parts = [
        _part('text/plain; charset="UTF-8"; format=flowed; delsp=yes', text + words),
        _part('text/html; charset="UTF-8"', f"<html><body><p>{text}</p></body></html>"),
        _part('text/calendar; charset="UTF-8"; method=REPLY', calendar),
    ]
    file = _encoded('application/ics; name="invite.ics"', calendar, 'attachment; filename="invite.ics"')
    return _letter(head, _together("mixed", [_together("alternative", parts), file]))


def apple(to: Invitation, who: str, name: str, partstat: str, words: str = "") -> bytes:
    """Calendar on a Mac, through Mail: a few words and the calendar as a file beside them."""
    calendar = f"""\
BEGIN:VCALENDAR
CALSCALE:GREGORIAN
METHOD:REPLY
PRODID:-//Apple Inc.//macOS 26.1//EN
VERSION:2.0
BEGIN:VEVENT
ATTENDEE;CN="{name}";CUTYPE=INDIVIDUAL;EMAIL="{who}";PARTSTAT={partstat}:mailto:
 {who}
COMMENT:{words}
DTEND:{to.ends}
DTSTAMP:20261124T091523Z
DTSTART:{to.begins}
ORGANIZER;CN="Wirtschaftsallianz":mailto:{to.organizer}
SEQUENCE:{to.sequence}
SUMMARY:{to.title}
UID:{to.uid}
END:VEVENT
END:VCALENDAR
"""
    head = {
        "From": f"{name} <{who}>",
        "To": to.organizer,
        "Subject": f"{SAID[partstat]}: {to.title}",
        "X-Mailer": "iCal",
    }
    kind = 'text/calendar; name="iCal-20261124-101523.ics"; charset=utf-8; method=REPLY'
    file = _encoded(kind, calendar, "attachment; filename=iCal-20261124-101523.ics")
    return _letter(head, _together("mixed", [_part("text/plain; charset=us-ascii", "\n"), file]))


def another_time(to: Invitation, who: str, name: str, begins: str) -> bytes:
    """Outlook's »Mit Vorbehalt und andere Zeit vorschlagen« (RFC 5546, 3.2.7); ``begins`` in local time."""
    raw = exchange(to, who, name, "TENTATIVE").decode()
    head, _, _ = raw.partition("--=alternative\r\nContent-Type: text/calendar")
    calendar = f"""\
BEGIN:VCALENDAR
METHOD:COUNTER
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=TENTATIVE;CN={name}:mailto:{who}
UID:{to.uid}
SUMMARY;LANGUAGE=de-DE:Neue Besprechungszeit vorgeschlagen: {to.title}
DTSTART;TZID=W. Europe Standard Time:{begins}
DTSTAMP:20261124T091523Z
SEQUENCE:{to.sequence}
X-MS-OLK-ORIGINALSTART;TZID=W. Europe Standard Time:20261203T170000
END:VEVENT
END:VCALENDAR
"""
    part = _encoded('text/calendar; charset="utf-8"; method=COUNTER', calendar)
    return f"{head}--=alternative\r\n".encode() + f"{part}\n--=alternative--\n".replace("\n", "\r\n").encode()


def _part(kind: str, text: str) -> str:
    return f"Content-Type: {kind}\nContent-Transfer-Encoding: 8bit\n\n{text}"


def _encoded(kind: str, text: str, disposition: str = "") -> str:
    more = f"Content-Disposition: {disposition}\n" if disposition else ""
    code = encodebytes(text.replace("\n", "\r\n").encode()).decode()
    return f"Content-Type: {kind}\n{more}Content-Transfer-Encoding: base64\n\n{code}"


def _together(kind: str, parts: list[str]) -> str:
    inner = "".join(f"--={kind}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="={kind}"\n\n{inner}--={kind}--\n'


def _letter(head: dict[str, str], body: str) -> bytes:
    usual = {"Date": "Tue, 24 Nov 2026 09:15:23 +0000", "MIME-Version": "1.0"}
    number = abs(hash((head["Subject"], head["From"], body)))
    lines = {**head, **usual, "Message-ID": f"<{number}@client.example.org>"}
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return f"{text}{body}".replace("\n", "\r\n").encode()
