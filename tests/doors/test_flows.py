from tests.doors.stage import Stage
from tests.town import *


async def test_a_guest_joins_by_mail(stage: Stage) -> None:
    await stage.writes(GUEST, "BEITRETEN")
    l = await stage.letter(GUEST)
    print(l.subject); print(l.text)
    await stage.replies(GUEST, "JA")
    l = await stage.letter(GUEST)
    print(l.subject); print(l.text)
    await stage.replies(GUEST, "Probe Werkstatt GmbH")
    l = await stage.letter(GUEST)
    print(l.subject); print(l.text)
    l = await stage.letter(OFFICE)
    print(l.subject); print(l.text)
    await stage.replies(OFFICE, "JA")
    l = await stage.letter(OFFICE)
    print(l.subject); print(l.text)
    l = await stage.letter(GUEST)
    print(l.subject); print(l.text)

async def test_chat(stage: Stage) -> None:
    print(await stage.says(ERIKA, "STATUS"))
    print(stage.bubbles(ERIKA))
    print(await stage.taps(ERIKA, "50 %", on="M1"))
    print(stage.bubbles(ERIKA))
