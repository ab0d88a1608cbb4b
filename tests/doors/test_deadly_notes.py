"""A note with which the program dies again and again: it is set aside, the office hears of it, the others go out."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.tables import OutboxRow, Sending
from tests.assistant import settled
from tests.town import ERIKA, MAX, OFFICE, Town

pytestmark = pytest.mark.xdist_group("crashes")


@pytest.mark.fault(7)
async def test_after_three_deaths_a_note_is_set_aside_and_the_rest_goes_out(
    tmp_path: Path, migrated_sqlite: Path
) -> None:
    def write(town: Town) -> None:
        town.letter(MAX, "STATUS")
        town.letter(ERIKA, "STATUS")

    async with settled(tmp_path, migrated_sqlite) as assistant:
        assistant.in_town(write)
        for _ in range(3):
            await assistant.start("outbox-claimed")
            await assistant.wait_dead()
        await assistant.start()
        post = assistant.post
        await assistant.until(lambda: bool(post.letters(ERIKA)) and bool(post.letters(OFFICE)))
        await assistant.stop()
        assert (len(post.letters(ERIKA)), len(post.letters(MAX))) == (1, 0)
        held = [row for row in assistant.rows(OutboxRow) if row.state == Sending.HELD]
        assert [(row.to, row.error) for row in held] == [(MAX, "crashed")]
        (told,) = [row.note for row in assistant.rows(OutboxRow) if row.dedupe_key.startswith("crashed:")]
        assert f"Nummer {held[0].id} " in told["lines"][0]
