"""Ideas: kept with what is like them, decided by the office, and whoever had one hears of it once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from alliance import ideas, plan
from alliance.errors import Expired
from alliance.intents import AddMeasure, DecideIdea, KeepIdea, Matter, PlaceIdea, ShareIdea, ShowIdeas, Unclear
from alliance.notes import Note
from alliance.packing import unpack
from alliance.understanding import understand
from store.tables import Idea, OutboxRow
from tests.town import ERIKA, GUEST, MAX, NAMES, OFFICE, START, Town, button, words

TODAY = START.date()


@pytest.fixture
def town(sqlite_town: Town) -> Town:
    """On one system: nothing here depends on the database."""
    sqlite_town.link(ERIKA)
    return sqlite_town


def idea(town: Town, number: int = 1) -> Idea:
    """An idea as it stands."""
    return town.database.read_now(lambda session: session.get_one(Idea, number))


def notes(rows: list[OutboxRow], title: str) -> list[Note]:
    """The notes among these rows whose title holds this."""
    return [unpack(row.note, Note) for row in rows if title in row.note["title"]]


def told(town: Town, number: int = 1) -> list[Note]:
    """What Erika was told of the decision on her idea."""
    return notes(town.bubbles(ERIKA), f"Zu Ihrer Idee {number}")


# What is understood ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("IDEE: Radstation am ZOB", ShareIdea("Radstation am ZOB")),
        ("Idee: 7 Ladesäulen am Rathaus", ShareIdea("7 Ladesäulen am Rathaus")),
        ("idea: a bike hub", ShareIdea("a bike hub")),
        ("/idee Radstation", ShareIdea("Radstation")),
        ("Hallo, IDEE: Radstation\n\nViele Grüße\nErika Beispiel", ShareIdea("Radstation")),
        ("IDEE: eine Zeile\nund noch eine", ShareIdea("eine Zeile\nund noch eine")),
        ("IDEE", ShareIdea("", confirmed=False)),
        ("IDEE:", ShareIdea("", confirmed=False)),
        ("IDEE Radstation am ZOB", ShareIdea("Radstation am ZOB", confirmed=False)),
        ("IDEEN", ShowIdeas()),
        ("Ideen bitte", ShowIdeas()),
        ("/ideas", ShowIdeas()),
        ("IDEE 7", ShowIdeas(7)),
        ("IDEE 7 passt zu M12", PlaceIdea(7, measure=12)),
        ("Idee 7 passt zu Idee 3", PlaceIdea(7, into=3)),
        ("IDEE 7 bleibt eigen", KeepIdea(7)),
        ("IDEE 7 ABLEHNEN: zu teuer", DecideIdea(7, "decline", reason="zu teuer")),
        ("idee 7 ablehnen", DecideIdea(7, "decline")),
        ("IDEE 7 ZU M12", DecideIdea(7, "merge", measure=12)),
        ("IDEE 7 ZU 12", DecideIdea(7, "merge", measure=12)),
        ("IDEE 7 zu Idee 3", DecideIdea(7, "merge", into=3)),
        ("IDEE 7 ZUSAMMENFÜHREN MIT M12", DecideIdea(7, "merge", measure=12)),
        ("IDEA 7 TO M12", DecideIdea(7, "merge", measure=12)),
        ("IDEE 7 ÜBERNEHMEN", DecideIdea(7, "promote")),
        ("IDEE 7 uebernehmen Fachkräfte", DecideIdea(7, "promote", field="Fachkräfte")),
        ("IDEE 7 ÜBERNEHMEN Fachkräfte; von der Sitzung gewünscht",
         DecideIdea(7, "promote", field="Fachkräfte", reason="von der Sitzung gewünscht")),
    ],
)  # fmt: skip
def test_what_people_say_about_ideas_is_understood(said: str, meant: object) -> None:
    assert understand(said, TODAY) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Idee finde ich gut",
        "Ideen habe ich keine",
        "Idee 7 finde ich gut",
        "IDEE 7 zu teuer",
        "Idee 7 Uhr anfangen",
        "Ideen: keine",
        "Idee 7 ablehnen wollte ich nicht",
    ],
)
def test_what_only_mentions_an_idea_is_no_wish(said: str) -> None:
    assert isinstance(understand(said, TODAY), Unclear)


def test_the_text_that_is_awaited_may_be_anything_but_a_yes_or_no() -> None:
    assert understand("Eine Radstation wäre schön", TODAY, Matter("idea")) == ShareIdea("Eine Radstation wäre schön")
    assert isinstance(understand("Nein, doch nicht", TODAY, Matter("idea")), Unclear)


# Sharing --------------------------------------------------------------------------------------------------------------


def test_an_idea_is_kept_and_shows_what_is_like_it_without_names(town: Town) -> None:
    town.letter(MAX, "IDEE: Radabstellanlagen und Radwege in die Innenstadt")
    town.reply(MAX, "JA")
    note = town.chat(ERIKA, "IDEE: Ein Radweg für Pendler in die Innenstadt")
    assert note.title == "Danke, notiert: Idee 2"
    assert "Ähnlich: M1 Radweg · Idee 1 »Radabstellanlagen und Radwege in die Innenstadt«" in note.lines
    assert NAMES[MAX] not in words(note)
    assert [action.label for action in note.actions] == [
        "Passt zu M1",
        "Passt zu Idee 1",
        "Bleibt eigen",
        "Rückgängig",
    ]
    assert idea(town, 2).text == "Ein Radweg für Pendler in die Innenstadt"


def test_an_idea_like_nothing_else_asks_nothing(town: Town) -> None:
    note = town.chat(ERIKA, "IDEE: Ein Chor für alle Betriebe")
    assert [action.label for action in note.actions] == ["Rückgängig"]
    assert "Ähnlich" not in words(note)


def test_goals_of_the_plan_are_shown_but_nothing_can_be_merged_with_them(town: Town) -> None:
    def add_goal(session: Session) -> None:
        plan.ensure_goal(session, plan.fields(session)[0], "Lastenräder für den Handel")

    town.database.write_now(add_goal)
    note = town.chat(ERIKA, "IDEE: Lastenräder, die sich Händler teilen")
    assert "Ziel »Lastenräder für den Handel«" in words(note)
    assert [action.label for action in note.actions] == ["Rückgängig"]


def test_the_office_gets_one_note_with_the_person_and_the_ways_to_decide(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Ein Radweg am Kanal")
    [note] = notes(town.letters(OFFICE), "Idee 1")
    assert "Von Erika Beispiel, Stahl GmbH" in words(note)
    assert "Ähnlich: M1 Radweg" in words(note)
    assert [action.word for action in note.actions] == ["ZUSAMMENFÜHREN", "ÜBERNEHMEN", "ABLEHNEN"]


def test_without_words_the_idea_is_asked_for_and_the_next_words_are_it(town: Town) -> None:
    assert town.chat(ERIKA, "IDEE").title == "Was ist Ihre Idee?"
    assert town.chat(ERIKA, "Ein Chor für alle Betriebe").title == "Danke, notiert: Idee 1"


def test_by_mail_the_empty_idea_is_asked_for_at_once_and_the_reply_is_the_proof(town: Town) -> None:
    assert town.letter(MAX, "IDEE").title == "Was ist Ihre Idee?"
    assert town.reply(MAX, "Ein Chor für alle Betriebe").title == "Danke, notiert: Idee 1"


def test_an_idea_without_a_colon_is_asked_back_and_kept_after_yes(town: Town) -> None:
    asked = town.chat(ERIKA, "IDEE Ein Chor")
    assert asked.title == "Soll ich das als Idee festhalten?"
    assert town.database.read_now(lambda session: session.exec(select(Idea)).all()) == []
    assert town.chat(ERIKA, "JA").title == "Danke, notiert: Idee 1"


def test_by_mail_one_yes_is_enough_for_an_idea_without_a_colon(town: Town) -> None:
    assert town.letter(MAX, "IDEE Ein Chor").title == "Soll ich das als Idee festhalten?"
    assert town.reply(MAX, "JA").title == "Danke, notiert: Idee 1"


def test_a_long_idea_is_refused_whole_and_a_full_one_is_kept_whole(town: Town) -> None:
    refused = town.chat(ERIKA, "IDEE: " + "x" * 2001)
    assert "2001 Zeichen" in words(refused).replace(".", "").replace(",", "")
    assert town.chat(ERIKA, "IDEE: " + "y" * 2000).title == "Danke, notiert: Idee 1"
    assert idea(town).text == "y" * 2000


def test_the_same_idea_of_the_same_person_is_shown_and_not_kept_twice(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Ein Chor")
    again = town.chat(ERIKA, "idee:  ein CHOR")
    assert "Diese Idee haben Sie schon eingebracht." in again.lines
    assert town.database.read_now(lambda session: len(session.exec(select(Idea)).all())) == 1
    town.letter(MAX, "IDEE: Ein Chor")
    assert town.reply(MAX, "JA").title == "Danke, notiert: Idee 2"


def test_what_looks_like_html_or_a_placeholder_is_kept_as_written(town: Town) -> None:
    note = town.chat(ERIKA, "IDEE: <b>fett</b> { $idea } *x* & mehr")
    assert "»<b>fett</b> { $idea } *x* & mehr«" in note.lines


def test_paragraphs_are_kept_and_wide_gaps_are_closed(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Ein Chor\n\n\n\nfür alle")
    assert idea(town).text == "Ein Chor\n\nfür alle"


def test_a_guest_is_shown_how_to_join(town: Town) -> None:
    assert "BEITRETEN" in words(town.chat(GUEST, "IDEE: Ein Chor"))
    assert "BEITRETEN" in words(town.letter(GUEST, "IDEE: Ein Chor"))
    assert town.database.read_now(lambda session: session.exec(select(Idea)).all()) == []


# The person's own word ------------------------------------------------------------------------------------------------


def test_passt_zu_merges_and_lead_and_office_read_the_text(town: Town) -> None:
    note = town.chat(ERIKA, "IDEE: Eine Messe für Azubis")
    town.office(AddMeasure(9, "Messe der Ausbildung", field="Infrastruktur"))
    done = town.tap(ERIKA, button(note, "Passt zu M3"))
    assert done.title == "Idee 1 gehört jetzt zu: M3 Messe"
    assert idea(town).state == "merged"
    [remark] = notes(town.letters(MAX), "Hinweis zu M3")
    assert "»Eine Messe für Azubis«" in remark.lines
    assert NAMES[ERIKA] not in words(remark)
    [placed] = notes(town.letters(OFFICE), "Idee 1 gehört zu")
    assert "Von Erika Beispiel, Stahl GmbH" in placed.lines


def test_whoever_leads_the_measure_gets_no_remark_on_their_own_idea(town: Town) -> None:
    note = town.chat(ERIKA, "IDEE: Ein Radweg am Kanal")
    town.tap(ERIKA, button(note, "Passt zu M1"))
    assert notes(town.bubbles(ERIKA), "Hinweis zu M1") == []


def test_passt_zu_can_be_said_in_words_and_taken_back(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Eine Messe für Azubis")
    town.chat(ERIKA, "PASST ZU M3")
    assert idea(town).state == "merged"
    assert town.chat(ERIKA, "RÜCKGÄNGIG").title == "Idee 1 ist wieder offen"
    assert idea(town).state == "new"
    assert len(notes(town.letters(OFFICE), "Idee 1: Eine Messe")) == 2


def test_bleibt_eigen_changes_nothing(town: Town) -> None:
    note = town.chat(ERIKA, "IDEE: Eine Messe für Azubis")
    assert town.tap(ERIKA, button(note, "Bleibt eigen")).title == "Idee 1 bleibt eigen"
    assert idea(town).state == "new"


def test_nobody_places_the_idea_of_another(town: Town) -> None:
    town.letter(MAX, "IDEE: Ein Chor")
    town.reply(MAX, "JA")
    assert "nicht von Ihnen" in words(town.chat(ERIKA, "IDEE 1 PASST ZU M1"))
    assert idea(town).state == "new"


def test_an_idea_can_be_taken_back_until_it_is_decided_on(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Ein Chor")
    assert town.chat(ERIKA, "RÜCKGÄNGIG").title == "Zurückgenommen: Idee 1"
    assert "keine offenen Ideen" in town.chat(ERIKA, "IDEEN").title
    town.chat(ERIKA, "IDEE: Ein Sommerfest")
    town.office(DecideIdea(2, "decline", reason="Gibt es schon"))
    assert "schon entschieden" in words(town.chat(ERIKA, "RÜCKGÄNGIG"))


def test_an_idea_cannot_be_taken_back_after_two_weeks(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Ein Chor")
    town.at += timedelta(days=15)
    town.chat(ERIKA, "RÜCKGÄNGIG")
    assert idea(town).state == "new"


def test_an_idea_that_others_went_into_stays(town: Town) -> None:
    first = town.chat(ERIKA, "IDEE: Ein Chor")
    town.letter(MAX, "IDEE: Singen im Chor der Betriebe")
    town.reply(MAX, "JA")
    town.office(DecideIdea(2, "merge", into=1))
    assert "sind schon andere zusammengeführt" in words(town.tap(ERIKA, button(first, "Rückgängig")))


# Deciding -------------------------------------------------------------------------------------------------------------


def test_declining_asks_for_the_reason_which_goes_to_the_person_once(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Ein Chor")
    asked = town.reply(OFFICE, "ABLEHNEN")
    assert asked.title == "Warum wird Idee 1 abgelehnt?"
    assert idea(town).state == "new"
    done = town.reply(OFFICE, "Das macht schon der Sängerbund.")
    assert done.title == "Idee 1 ist abgelehnt"
    [note] = told(town)
    assert "Grund: Das macht schon der Sängerbund." in note.lines
    with pytest.raises(Expired):
        town.office(DecideIdea(1, "decline", reason="noch einmal"))
    assert len(told(town)) == 1


def test_the_office_declines_with_the_reason_in_the_same_reply(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Ein Chor")
    town.reply(OFFICE, "ABLEHNEN: zu teuer")
    assert (idea(town).state, idea(town).reason) == ("declined", "zu teuer")


def test_the_office_merges_with_the_best_match_and_the_lead_reads_it(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Eine Messe für Azubis")
    town.reply(OFFICE, "ZUSAMMENFÜHREN")
    [note] = told(town)
    assert note.lines[0] == "Ihre Idee gehört jetzt zu: M3 Messe."
    assert notes(town.letters(MAX), "Hinweis zu M3")


def test_promoting_makes_a_measure_with_the_next_number_in_its_field(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Ein Chor für alle Betriebe")
    town.letter(OFFICE, "IDEE 1 ÜBERNEHMEN infrastruktur")
    done = town.reply(OFFICE, "JA")
    assert done.title == "Idee 1 ist jetzt Maßnahme: M5 Ein Chor für alle Betriebe"
    assert town.measure(5).field == "Infrastruktur"
    [note] = told(town)
    assert note.lines[0].startswith("Ihre Idee wird zur Maßnahme: M5 Ein Chor")


def test_an_unknown_field_changes_nothing(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Ein Chor")
    town.link(OFFICE)
    refused = town.chat(OFFICE, "IDEE 1 ÜBERNEHMEN Raumfahrt")
    assert "Raumfahrt" in words(refused)
    assert idea(town).state == "new"


def test_a_long_idea_becomes_a_short_title(town: Town) -> None:
    town.chat(ERIKA, "IDEE: " + "Ein Chor für alle Betriebe der Stadt, der sich jede Woche trifft und singt. " * 3)
    town.office(DecideIdea(1, "promote"))
    assert town.measure(5).title.startswith("Ein Chor für alle Betriebe")
    assert len(town.measure(5).title) <= 100


def test_whose_idea_went_into_another_hears_what_becomes_of_that(town: Town) -> None:
    town.letter(MAX, "IDEE: Ein Chor")
    town.reply(MAX, "JA")
    town.chat(ERIKA, "IDEE: Singen in einem Chor")
    town.office(DecideIdea(2, "merge", into=1))
    town.office(DecideIdea(1, "promote"))
    assert [note.lines[0] for note in told(town, 2)] == [
        "Ihre Idee gehört jetzt zu: Idee 1.",
        "Ihre Idee wird zur Maßnahme: M5 Ein Chor. Vielen Dank dafür!",
    ]
    assert len(notes(town.letters(MAX), "Zu Ihrer Idee 1")) == 1


def test_ideas_cannot_be_merged_in_a_circle(town: Town) -> None:
    town.link(OFFICE)
    town.chat(ERIKA, "IDEE: Ein Chor")
    town.chat(ERIKA, "IDEE: Ein Orchester")
    assert "sich selbst" in words(town.chat(OFFICE, "IDEE 1 ZU IDEE 1"))
    town.chat(OFFICE, "IDEE 1 ZU IDEE 2")
    assert "sich selbst" in words(town.chat(OFFICE, "IDEE 2 ZU IDEE 1"))
    assert idea(town, 2).state == "new"


def test_merging_into_what_became_a_measure_goes_to_the_measure(town: Town) -> None:
    town.link(OFFICE)
    town.chat(ERIKA, "IDEE: Ein Chor")
    town.chat(ERIKA, "IDEE: Ein Orchester")
    town.chat(OFFICE, "IDEE 1 ÜBERNEHMEN")
    assert town.chat(OFFICE, "IDEE 2 ZU IDEE 1").title == "Idee 2 gehört jetzt zu: M5 Ein Chor"


@pytest.mark.parametrize("said", ["IDEE 9 ABLEHNEN: nein", "IDEE 1 ZU M99", "IDEE 1 ZU IDEE 9"])
def test_what_is_not_there_changes_nothing(town: Town, said: str) -> None:
    town.link(OFFICE)
    town.chat(ERIKA, "IDEE: Ein Chor")
    assert town.chat(OFFICE, said).title == "Das ging leider nicht"
    assert idea(town).state == "new"


def test_members_do_not_decide(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Ein Chor")
    assert "nur die Geschäftsstelle" in words(town.chat(ERIKA, "IDEE 1 ÜBERNEHMEN"))
    assert idea(town).state == "new"


# Listing --------------------------------------------------------------------------------------------------------------


def test_members_see_no_names_and_the_office_does(town: Town) -> None:
    town.letter(MAX, "IDEE: Ein Chor")
    town.reply(MAX, "JA")
    town.chat(ERIKA, "IDEE: Eine Brauerei")
    shown = town.chat(ERIKA, "IDEEN")
    assert shown.title == "2 offene Ideen"
    assert shown.lines == ("Idee 2: Eine Brauerei (von Ihnen)", "Idee 1: Ein Chor")
    assert "Idee 1: Ein Chor (Max Muster, Logistik KG)" in town.letter(OFFICE, "IDEEN").lines


def test_one_idea_is_shown_whole_and_with_its_state(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Ein Chor")
    assert "noch nicht entschieden" in words(town.letter(MAX, "IDEE 1"))
    assert button(town.letter(OFFICE, "IDEE 1"), "Ablehnen")
    town.office(DecideIdea(1, "decline", reason="zu teuer"))
    assert "Grund: zu teuer" in town.chat(ERIKA, "IDEE 1").lines


def test_a_long_list_ends_with_how_many_more_there_are(town: Town) -> None:
    for number in range(ideas.LISTED + 2):
        town.tap(ERIKA, ShareIdea(f"Idee mit Nummer {number}"))
    assert town.chat(ERIKA, "IDEEN").lines[-1] == "… und 2 ältere"


def test_the_digest_gets_the_open_ideas_since_a_moment(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Ein Chor")
    town.at += timedelta(days=3)
    town.chat(ERIKA, "IDEE: Eine Brauerei")
    town.chat(ERIKA, "IDEE: Ein Orchester")
    town.office(DecideIdea(3, "decline", reason="zu laut"))
    since = town.at - timedelta(days=1)
    assert town.database.read_now(lambda session: ideas.new_since(session, since, "de")) == ("Idee 2: Eine Brauerei",)
