"""The main flows by mail through a real Postfix and a real Dovecot, encrypted and with logins."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from demo.replies import Client
from mail.mailbox import IDLE_RENEWAL, POLL
from tests.doors.stage import PATIENCE, Clock, Stage, open_stage
from tests.papers.paper_reading import says
from tests.real_mail import RealMail, available
from tests.town import ERIKA, GUEST, MAX, OFFICE

pytestmark = [
    pytest.mark.real_mail,
    pytest.mark.xdist_group("real_mail"),
    pytest.mark.skipif(available() is not None, reason=available() or "runs"),
]


class Real(RealMail):
    """Mailboxes that fill up over the tests of this file."""

    def inbox(self, address: str) -> list[bytes]:
        return self.read(address)


@pytest.fixture(scope="module")
def post() -> Iterator[Real]:
    post = Real()
    with post:
        yield post


@pytest.fixture
async def stage(url: str, tmp_path: Path, post: Real) -> AsyncIterator[Stage]:
    """IMAPS and STARTTLS, trusting the servers' own certificate."""
    wishes = {
        "mail_password": post.password,
        "mail_ca_file": post.cafile,
        "imap_port": post.imaps_port,
        "imap_tls": "tls",
        "smtp_tls": "starttls",
    }
    async with open_stage(url, tmp_path, post, Clock(), **wishes) as stage:
        yield stage


async def test_a_guest_joins_by_mail_and_the_office_approves_in_outlook(stage: Stage) -> None:
    await stage.writes(GUEST, "BEITRETEN")
    await stage.letter(GUEST, "Bitte bestätigen Sie Ihren Beitritt")
    await stage.replies(GUEST, "JA", Client.GMAIL)
    await stage.letter(GUEST, "Für welches Unternehmen sprechen Sie?")
    await stage.replies(GUEST, "Probe Werkstatt GmbH")
    await stage.letter(GUEST, "Ihre Anfrage liegt der Geschäftsstelle vor")
    await stage.letter(OFFICE, "Beitritt: Robin Probe, Probe Werkstatt GmbH")
    await stage.replies(OFFICE, "JA", Client.OUTLOOK)
    await stage.letter(OFFICE, "Robin Probe ist aufgenommen")
    welcome = await stage.letter(GUEST, "Willkommen in der Wirtschaftsallianz Beispielstadt")
    assert "Guten Tag Robin Probe, die Geschäftsstelle hat Sie aufgenommen." in welcome.text


@pytest.mark.parametrize("client", Client, ids=lambda client: client.value)
async def test_a_reply_from_every_mail_program_is_a_report(stage: Stage, client: Client) -> None:
    await stage.writes(MAX, "STATUS")
    assert "M3 Messe" in (await stage.letter(MAX)).text
    await stage.replies(MAX, "60 %, verzögert wegen Gutachten für die Große Straße", client)
    receipt = await stage.letter(MAX, "Danke, notiert: M3")
    assert "»wegen Gutachten für die Große Straße«" in receipt.text
    await stage.replies(MAX, "Rückgängig", client)
    await stage.letter(MAX, "Zurückgenommen: M3")
    assert stage.measure(3).percent == 0


async def test_a_round_is_asked_answered_and_ends_with_the_dossier_enclosed(stage: Stage) -> None:
    await stage.prefers_mail(ERIKA)
    await stage.office_says("SITZUNG Allianz; 23.12.2026 17:00; Herbstsitzung; Rathaus")
    await stage.go_to(2, month=12)
    question = await stage.letter(ERIKA, "Bitte bis")
    assert "Wie steht es um Ihre 2 Maßnahmen?" in question.subject
    await stage.replies(ERIKA, "M1: 60 %\nM2: unverändert", Client.OUTLOOK)
    await stage.letter(ERIKA, "Danke, notiert: M1 und M2")
    await stage.go_to(16, month=12)
    ((name, paper),) = (await stage.letter(MAX, "Zwischenstand")).files
    assert name == "Zwischenstand-2026-12-23.pdf"
    assert says(paper, "M1", "Radweg", "0 %, noch nicht begonnen", "60 %, läuft")
    assert not any("Erinnerung" in letter.subject for letter in stage.letters(ERIKA))


async def test_a_letter_wakes_the_reader_at_once(stage: Stage) -> None:
    assert min(IDLE_RENEWAL, POLL) > PATIENCE, "or else a reader that sleeps would pass"
    await stage.writes(MAX, "HILFE")
    assert "M12 60 % – Stand melden" in (await stage.letter(MAX)).text


@pytest.mark.fault(30)
async def test_the_mailbox_is_watched_again_after_its_server_has_hung_up(stage: Stage, post: Real) -> None:
    post.kick()
    await stage.writes(MAX, "HILFE")
    assert "M12 60 % – Stand melden" in (await stage.letter(MAX)).text
