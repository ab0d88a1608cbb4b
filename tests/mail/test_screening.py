"""Only what a person wrote is answered."""

from __future__ import annotations

import time
from email import message_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.screening import classify

OWN = "zukunftsplan@example.org"
THREAD = "Subject: AW: Sitzung am 3.12.\nIn-Reply-To: <zp.abcdefghij234567@example.org>"


def letter(headers: str, body: str = "M12 60 %") -> bytes:
    first = "" if "From:" in headers else "From: Erika Beispiel <erika@stahl.example.org>\n"
    kind = "" if "Content-Type:" in headers else "\nContent-Type: text/plain; charset=utf-8"
    return f"{first}{headers}{kind}\n\n{body}\n".replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    "headers",
    [
        "Subject: M12",
        "Subject: Re: Herbstsitzung",
        "Subject: AW: Automatische Antwort abschalten?",
        "Subject: Abwesenheit von Max bei M12",
        "Subject: Urlaub bis 15.08.",
        "Auto-Submitted: no",
        "Precedence: normal",
        "Return-Path: <erika@stahl.example.org>",
        "X-Auto-Response-Suppress: DR",
        "X-Auto-Response-Suppress: All",
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "X-Spam-Flag: NO",
        "Feedback-ID: 1234567:user:proton",
        "From: automaten@example.org\nSubject: M12",
        "From: postmaster@stahl.example.org\nSubject: M12",
        "From: Lokalblatt <news@blatt.example.org>\nSubject: M12",
        f"From: Stahl <noreply@stahl.example.org>\n{THREAD}",
        "From: =?broken?q?\nSubject: \udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
        "",
    ],
)
def test_headers_of_a_persons_letter(headers: str) -> None:
    assert classify(letter(headers), OWN) == "reply"


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        (THREAD, "ich bin bis 15.12. im Urlaub, M12 bleibt bei 60 %"),
        (THREAD, "Danke für Ihre Nachricht, ich bin noch bis Freitag im Urlaub und melde mich danach mit den Zahlen."),
        (THREAD, "Vielen Dank für Ihre E-Mail. Ich bin bis 12.1. nicht im Büro, Max übernimmt so lange die Maßnahme."),
        (
            THREAD,
            "Ich bin ab 1.12. in Elternzeit. Bitte wenden Sie sich an Jutta Probe. Die Maßnahme läuft wie geplant.",
        ),
        (THREAD, "Wir melden uns.\n\n--\nDiese E-Mail wurde automatisch auf Viren geprüft."),
        (THREAD, "Frau Probe arbeitet nicht mehr bei uns. Ich habe übernommen, schreiben Sie künftig bitte an mich."),
        (THREAD, "Wir haben Ihre Mail erhalten und uns sehr gefreut. Zum Termin kommen wir gern zu zweit."),
        (THREAD, "Thank you for your message. I am traveling this week, so please move our item to the next meeting."),
        (THREAD, "Unser Büro ist vom 24.12. bis 3.1. geschlossen, bitte planen Sie die Begehung erst danach."),
        (THREAD, "Diese Maßnahme wird automatisch weitergeführt, wir melden uns in Kürze mit Zahlen."),
        (THREAD, "Ich habe eine automatische Antwort von Ihnen bekommen. Bitte rufen Sie mich zurück."),
        (THREAD, "In dringenden Fällen erreichen Sie mich mobil. Sonst ist alles beim Alten."),
        (THREAD, "Ich bin im Urlaub. In dringenden Fällen erreichen Sie mich mobil. Zur Sitzung komme ich aber."),
        (f"{THREAD}\nX-Auto-Response-Suppress: All", "Ich bin krank und kann erst nächste Woche berichten. Gruß Max"),
        ("Subject: Abwesenheit am 3.12.", "Guten Tag, zur Sitzung am 3.12. kann ich leider nicht kommen."),
        ("Subject: Urlaub", "Ich bin die ganze Woche im Urlaub, bitte erinnern Sie mich erst danach wieder."),
        ("Subject: Out of office next week", "I will be out of the office next week, please send the papers to Max."),
        ("Subject: Newsletter", "Bitte nehmen Sie mich in den Newsletter auf."),
        ("Subject: ABMELDEN", "unsubscribe"),
        ("Subject: Ticket 4711", "Das Ticket 4711 beim Tiefbauamt ist immer noch offen, daher geht es nicht weiter."),
        ("Subject: Re: Automatische Antwort: Sitzung", "Bitte nicht mehr anschreiben, ich war nur im Urlaub."),
        ("Subject: AW: Unzustellbar: Sitzung", "Meine neue Adresse ist erika@neu.example.org, user unknown."),
        (
            "From: Administrator <administrator@stahl.example.org>\nSubject: Nachricht konnte nicht zugestellt werden",
            "Hallo, Ihre letzte Nachricht konnte nicht zugestellt werden, weil unser Server stand. Bitte noch einmal.",
        ),
        (f"{THREAD}\nX-Mailer: Microsoft Outlook 16.0", "Danke für Ihre Nachricht. Ich bin bis 15.12. nicht im Büro."),
        (THREAD, "Ich bin bis März in Elternzeit. Meine Vertretung ist Jutta Probe."),
        (
            THREAD,
            "M12 60 %\n\nAm 3.11.2026 um 9:00 schrieb Max Muster:\n> Dies ist eine automatische "
            "Antwort.\n> Vielen Dank für"
            " Ihre Nachricht. Ich bin nicht im Büro.",
        ),
        (THREAD, "> Dies ist eine automatische Antwort. Ich bin nicht im Büro.\n\nM12 60 %"),
    ],
)
def test_words_of_a_person(headers: str, words: str) -> None:
    assert classify(letter(headers, words), OWN) == "reply"


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; owner-email=x@example.org\nSubject: Re: Herbstsitzung",
        "X-Autoreply: yes",
        "X-Autorespond: yes",
        "Precedence: auto_reply",
        "Return-Path: <>\nSubject: Re: Herbstsitzung",
    ],
)
@pytest.mark.fault(37)
def test_headers_of_an_automatic_answer(headers: str) -> None:
    assert classify(letter(headers), OWN) == "auto_reply"


@pytest.mark.parametrize(
    "subject",
    [
        "Automatische Antwort: Herbstsitzung",
        "=?utf-8?q?Automatische_Antwort=3A_Ma=C3=9Fnahme?=",
        "Automatic reply: Herbstsitzung",
        "Abwesenheitsnotiz",
        "Abwesenheitsnotiz: Re: M12",
        "Abwesenheit: Re: M12",
        "Out of Office Re: M12",
        "Nicht im Hause: AW: M12",
        "[Auto-Reply] Herbstsitzung",
        "R\u00e9ponse automatique : Herbstsitzung",
        "Mutterschutz: Herbstsitzung [ZP-abcdefghij234567]",
    ],
)
@pytest.mark.fault(37)
def test_subjects_of_an_automatic_answer(subject: str) -> None:
    assert classify(letter(f"Subject: {subject}", "Ich bin nicht da."), OWN) == "auto_reply"


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        (THREAD, "Vielen Dank für Ihre Nachricht. Ich bin bis 15.12. nicht im Büro."),
        (THREAD, "Ich bin am 7.12. wieder im Büro.\n\nIhre Nachricht wird nicht weitergeleitet.\n\nGruß\nMax Muster"),
        (
            THREAD,
            "Ich bin bis zum 4. Januar im Urlaub und habe keinen Zugriff auf meine E-Mails.\n\nLiebe Grüße\nErika",
        ),
        (
            THREAD,
            "Unsere Praxis ist vom 1. bis 4.12. geschlossen. In dringenden Fällen wenden Sie sich an die Vertretung.",
        ),
        (THREAD, "Dies ist eine automatische Antwort auf Ihre Nachricht."),
        (THREAD, "Guten Tag.\n\nMit freundlichen Grüßen\nMax Muster\n\n(Diese E-Mail wurde automatisch erstellt.)"),
        (THREAD, "I am on annual leave and will respond upon my return. If urgent, please contact reception."),
        (THREAD, "Frau Muster ist nicht mehr bei uns tätig. Ihre E-Mail wird nicht weitergeleitet."),
        (THREAD, "Bonjour, je suis absent du 1 au 15 décembre."),
        ("Subject: We received your request", "Your request (12345) has been received and is being reviewed."),
        (
            "Subject: [Ticket#2026112410] Sitzung",
            "Wir haben Ihre Anfrage erhalten. Ihre Ticketnummer lautet 2026112410.",
        ),
        (
            "Subject: Danke für Ihre Nachricht",
            "Danke für Ihre Nachricht. Wir bearbeiten Ihr Anliegen so schnell wie möglich.",
        ),
        (
            f"{THREAD}\nContent-Type: text/html; charset=utf-8",
            "<html><style>p {}</style><p>Vielen Dank f&uuml;r Ihre Nachricht.</p><p>Ich bin "
            "<b>nicht im B&uuml;ro</b>.</p>"
            "<blockquote>M12 60 %</blockquote></html>",
        ),
    ],
)
def test_words_of_an_automatic_answer(headers: str, words: str) -> None:
    assert classify(letter(headers, words), OWN) == "auto_reply"


def test_a_machine_that_quotes_us_is_still_one() -> None:
    words = "Vielen Dank für Ihre Nachricht. Ich bin bis 15.12. nicht im Büro.\n\n> Guten Tag,\n> M12 bitte: 60 %?"
    assert classify(letter(THREAD, words), OWN) == "auto_reply"


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
        "X-Failed-Recipients: max@example.org",
        "Content-Type: multipart/report; boundary=x",
        "From: Mail Delivery System <MAILER-DAEMON@example.org>\nSubject: Undelivered Mail",
        "From: Mail Delivery System <MAILER-DAEMON@example.org>\nSubject: Undelivered "
        "Mail\nAuto-Submitted: auto-replied",
        "From: postmaster@example.org\nReturn-Path: <>\nSubject: Unzustellbar: Herbstsitzung",
        "Return-Path: <>\nSubject: Unzustellbar: Herbstsitzung",
        "Return-Path: <>\nSubject: Mail delivery failed: returning message to sender",
    ],
)
def test_headers_of_a_bounce(headers: str) -> None:
    assert classify(letter(headers, "550 user unknown"), OWN) == "bounce"


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ("List-Id: <ag.example.org>", "Kommt ihr?"),
        ("List-Unsubscribe: <mailto:x@example.org>", "Neues aus dem Rathaus"),
        ("Precedence: bulk", "Rundbrief"),
        ("Precedence: list", "Kommt ihr?"),
        ("X-Spam-Flag: YES", "M12 60 %"),
        ("Subject: ***SPAM*** Angebot", "Nur heute"),
        ("From: Portal <no-reply@example.org>", "Ihre Rechnung liegt bereit."),
        ("From: root <root@example.org>\nAuto-Submitted: auto-generated", "disk ok"),
        ("Content-Type: multipart/report; report-type=feedback-report; boundary=x\nSubject: FW: M12", "abuse"),
        ("Content-Type: multipart/report; report-type=disposition-notification; boundary=x", "gelesen"),
        (f"Subject: Gelesen: Sitzung\n{THREAD.splitlines()[1]}", "Ihre Nachricht an Max wurde am 3.12. gelesen."),
        ("From: Konto <konto@bank.example>", "Neue Anmeldung. Dies ist eine automatisch generierte Nachricht."),
        ("Subject: Angebote", "Diese Woche billig. View in browser. Unsubscribe here."),
        ("Return-Path: <bounce-7-zp=stadt.example@shop.example>\nX-Report-Abuse: abuse@shop.example", "Neu im Laden"),
        (f"From: {OWN}", "M12"),
        (f"From: ZP <{OWN.replace('@', '+abcdefghij234567@')}>", "M12"),
        (f"X-Loop: {OWN}", "M12"),
    ],
)
@pytest.mark.fault(37)
def test_lists_mass_mail_notifications_receipts_and_our_own_letters(headers: str, words: str) -> None:
    assert classify(letter(headers, words), OWN) == "other"


def invitation(words: str, method: str = "REPLY", kind: str = "alternative", more: str = "") -> bytes:
    inner = (
        f"--x\nContent-Type: text/plain\n\n{words}\n--x\nContent-Type: text/calendar; "
        f"charset=utf-8;\n method={method}\n{more}\n"
        f"BEGIN:VCALENDAR\nMETHOD:{method}\nEND:VCALENDAR\n--x--"
    )
    return letter(f"{THREAD}\nContent-Type: multipart/{kind}; boundary=x", inner)


def test_a_calendar_answer() -> None:
    assert classify(invitation("Erika Beispiel hat zugesagt."), OWN) == "calendar_reply"
    assert classify(invitation("", "COUNTER"), OWN) == "other"


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "PUBLISH"])
def test_an_invitation_is_no_answer(method: str) -> None:
    assert classify(invitation("Wann: Mittwoch. Wo: Rathaus", method), OWN) == "other"


def test_a_file_with_a_persons_words_leaves_them_their_words() -> None:
    file = "Content-Disposition: attachment; filename=termin.ics\n"
    assert classify(invitation("Anbei der Termin, M12 60 %", "REQUEST", "mixed", file), OWN) == "reply"
    assert classify(invitation("Ich komme gern, M12 60 %", "REPLY", "mixed", file), OWN) == "reply"
    assert classify(invitation("Ginge auch einen Tag später?", "COUNTER"), OWN) == "reply"


def test_headers_alone_are_judged_by_themselves() -> None:
    assert classify(message_from_bytes(letter("Auto-Submitted: auto-replied")), OWN) == "auto_reply"
    assert classify(message_from_bytes(letter("Subject: M12")), OWN) == "reply"


@given(st.binary())
def test_nothing_makes_it_raise(raw: bytes) -> None:
    assert classify(raw, OWN)
    assert classify(b"From: " + raw)
    assert classify(b"Subject: " + raw + b"\r\nContent-Type: " + raw)
    assert classify(b"Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/html\n\n" + raw)


@pytest.mark.parametrize(
    "piece",
    ["ich bin ", "ihre nachricht ", "in dringenden ", "<", "<a ", "--x\n", "a@", "wir ", "vielen dank ", "1.", "\n"],
)
def test_a_bomb_takes_no_time(piece: str) -> None:
    many = piece * (1_000_000 // len(piece))
    begun = time.process_time()
    classify(letter(THREAD, f"automatisch urlaub {many}"), OWN)
    classify(letter(f"Subject: {many}", "urlaub"), OWN)
    classify(letter("Content-Type: text/html", f"urlaub {many}"), OWN)
    classify(letter("Content-Type: multipart/mixed; boundary=x", f"--x\nContent-Type: text/calendar\n\n{many}"), OWN)
    assert time.process_time() - begun < 2
