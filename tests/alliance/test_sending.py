"""BETRIEB STOPP halts everything that goes out, BETRIEB START lets it go on."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from store import outbox
from store.outbox import Letter, Outcome, Result
from tests.town import ERIKA, MAX, OFFICE, Town


def goes_out(town: Town) -> list[str]:
    """Deliver what may go out now; the addresses it went to."""

    def deliver(session: Session) -> list[Letter]:
        letters = outbox.claim(session, town.at)
        for letter in letters:
            outbox.finish(session, letter, Outcome(Result.SENT), town.at)
        return letters

    return [letter.to for letter in town.database.write_now(deliver)]


def test_nothing_goes_out_while_it_is_stopped_and_all_of_it_afterwards(town: Town) -> None:
    town.link(OFFICE)
    town.letter(ERIKA, "STATUS")
    assert town.chat(OFFICE, "BETRIEB STOPP").title == "Der Versand ist angehalten"
    town.letter(MAX, "STATUS")
    assert goes_out(town) == []
    assert town.chat(OFFICE, "Betrieb Start bitte").title == "Der Versand läuft wieder"
    assert goes_out(town) == [ERIKA, MAX]


def test_by_mail_the_receipt_goes_out_all_the_same_with_the_way_back(town: Town) -> None:
    town.letter(OFFICE, "BETRIEB STOPP")
    goes_out(town)
    town.reply(OFFICE, "JA")
    assert goes_out(town) == [OFFICE]
    assert town.reply(OFFICE, "BETRIEB START").title == "Der Versand läuft wieder"


def test_a_fresh_letter_lets_sending_go_on_too_because_its_question_is_not_held_back(town: Town) -> None:
    town.link(OFFICE)
    town.chat(OFFICE, "BETRIEB STOPP")
    town.letter(OFFICE, "BETRIEB START")
    assert goes_out(town) == [OFFICE]
    assert town.reply(OFFICE, "JA").title == "Der Versand läuft wieder"


def test_what_is_read_meanwhile_still_counts(town: Town) -> None:
    town.link(OFFICE)
    town.link(ERIKA)
    town.chat(OFFICE, "BETRIEB STOPP")
    town.chat(ERIKA, "M1 60 %")
    assert town.measure(1).percent == 60


def test_stopping_twice_says_since_when(town: Town) -> None:
    town.link(OFFICE)
    town.chat(OFFICE, "BETRIEB STOPP")
    town.at += timedelta(hours=5)
    assert "10:00" in "".join(town.chat(OFFICE, "BETRIEB STOPP").lines)


def test_only_the_office_may(town: Town) -> None:
    town.link(ERIKA)
    assert "nur die Geschäftsstelle" in town.chat(ERIKA, "BETRIEB STOPP").lines[0]
    town.letter(MAX, "STATUS")
    assert goes_out(town) == [MAX]
