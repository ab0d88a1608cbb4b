import pytest, re
from tests.doors.stage import Stage, plain
from tests.town import *
from demo.replies import Client

async def show(stage, who):
    while stage.unread(who):
        l = await stage.letter(who)
        print("   >>", who.split("@")[0], "|", l.subject, "|", l.text.split("So antworten")[0].replace("\n", " / ")[:500])

async def test_x(stage: Stage) -> None:
    if "postgres" in stage.service.settings.database_url: return
    print("=== guest late JA")
    await stage.writes(GUEST, "BEITRETEN"); await show(stage, GUEST)
    await stage.wait(minutes=20)
    await stage.replies(GUEST, "JA"); await show(stage, GUEST)
    first = stage.letters(GUEST)[0]
    print("=== JA on the first again")
    await stage.replies(GUEST, "JA", to=first); await show(stage, GUEST)
    print("=== JA on the new")
    await stage.replies(GUEST, "JA, gern!", Client.GMAIL); await show(stage, GUEST)
    print("=== JA once more"); 
    await stage.replies(GUEST, "JA", to=stage.letters(GUEST)[1]); await show(stage, GUEST)
    print("=== company")
    await stage.replies(GUEST, "Probe & Söhne GmbH & Co. KG\n\nViele Grüße\nRobin Probe", Client.OUTLOOK); await show(stage, GUEST); 
    req = stage.last_letter(OFFICE); await show(stage, OFFICE)
    await stage.replies(OFFICE, "Ja, bitte aufnehmen", Client.OUTLOOK, to=req); await show(stage, OFFICE); await show(stage, GUEST)
    await stage.replies(OFFICE, "Nein", Client.OUTLOOK, to=req); await show(stage, OFFICE)
    print("=== danke")
    await stage.replies(GUEST, "Vielen Dank!"); await show(stage, GUEST); await show(stage, OFFICE)
    print(await stage.says(ERIKA, "Danke!"))
    print(await stage.says(ERIKA, "Hallo"))
    print(await stage.says(ERIKA, "👍"))
    print(await stage.says(ERIKA, "Start"))
    print("=== leave and rejoin")
    print(await stage.says(ERIKA, "ABMELDEN")); await show(stage, OFFICE)
    print(await stage.says(ERIKA, "BEITRETEN")); print(await stage.says(ERIKA, ERIKA)); await show(stage, ERIKA)
    code = re.search(r"Ihr Code für Telegram: (\S+)", stage.last_letter(ERIKA).text)[1]
    print(await stage.says(ERIKA, code)); print(await stage.says(ERIKA, "Stahl GmbH")); await show(stage, OFFICE)
    await stage.replies(OFFICE, "ja"); await show(stage, OFFICE); print(stage.bubbles(ERIKA)[-3:])
    print("=== english")
    print(await stage.says(ERIKA, "SPRACHE EN")); print(await stage.says(ERIKA, "HELP"))
    await stage.writes(MAX, "SPRACHE EN"); await show(stage, MAX); await stage.replies(MAX, "JA"); await show(stage, MAX)
    await stage.replies(MAX, "M3: unchanged"); await show(stage, MAX)
    print("=== no text")
    u = stage.telegram.send_photo(CHATS[ERIKA]); await stage.chat_answered(u); print(stage.bubble(ERIKA))
    u = stage.telegram.edit(CHATS[ERIKA], 1, "x") if 1 in [m.message_id for m in stage.telegram.chat(CHATS[ERIKA])] else None
    if u: await stage.chat_answered(u); print(stage.bubble(ERIKA))
    print("=== guest digest/dossier reply")
    await stage.writes(MAX, ""); await show(stage, MAX)
    await stage.writes(MAX, "", subject=""); await show(stage, MAX)
    await stage.writes("boss@logistik.example.org" if False else GUEST, "M1 60 %"); await show(stage, GUEST)

async def test_y(stage: Stage) -> None:
    if "postgres" in stage.service.settings.database_url: return
    stage.link(OFFICE)
    await stage.writes(GUEST, "BEITRETEN")
    link = re.search(r"start=(\S+)", stage.last_letter(GUEST).text)[1]
    print(await stage.says(GUEST, f"/start {link}"))
    print(await stage.says(GUEST, "Probe GmbH"))
    print(stage.bubble(OFFICE)); print(await stage.taps(OFFICE, "Ja, aufnehmen")); print(stage.bubbles(GUEST)[-1])
    m, b = None, None
    print(await stage.says(OFFICE, "OFFEN"))
    print(await stage.says(OFFICE, "UNTERNEHMEN Neu GmbH; 02041 7"))
    print(await stage.says(OFFICE, "UNTERNEHMEN: Neu2 GmbH"))
    print(await stage.says(OFFICE, "UNTERNEHMEN Neu3 GmbH"))
    print(await stage.says(OFFICE, "MITGLIED Nora Neu; nora@neu.example.org; Neu GmbH"))
    print(await stage.says(OFFICE, "MASSNAHME 12; Neuer Titel; Infrastruktur; 31.12.2026"))
    print(await stage.says(OFFICE, "MASSNAHME 12; Neuer Titel"))
    print(await stage.says(OFFICE, "ZUORDNEN M12 erika@stahl.example.org beteiligt"))
    print(await stage.says(OFFICE, "ZUORDNEN M12 nobody@stahl.example.org"))
    print(await stage.says(OFFICE, "SITZUNG Allianz; 03.12.2026 17:00; Titel; Ort"))
    print(await stage.says(OFFICE, "SITZUNG Allianz; 25.12.2026 17:00; Titel; Ort"))
    print(await stage.says(OFFICE, "SITZUNG Rat; 28.12.2026 17:00; Titel; Ort"))
    print(await stage.says(OFFICE, "M12 telefonisch: 60 %"))
    print(await stage.says(OFFICE, "OFFEN"))
    print(await stage.says(OFFICE, "RÜCKGÄNGIG"))
