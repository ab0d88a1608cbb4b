"""Imported once by the process from which the program is forked: does what each start would have to do first.

Nothing of it outlives this import but what Python and its libraries remember.
"""

import gc
import tempfile
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

from alliance.desk import Desk
from alliance.hearing import Voice
from alliance.house import House
from alliance.intents import PlanMeeting
from alliance.privacy import retention
from scheduler import jobs
from store import outbox, schema
from store.database import Database
from store.tables import Channel
from tests.soak.people import settle, town

AT = datetime(2027, 1, 5, 9, tzinfo=UTC)
MODULES = ("alembic.command", "babel.dates", "holidays", "app.checkup", "app.cli", "app.service", "typst")


def _live_a_little(folder: Path) -> None:
    """One beat and one report on a database of its own."""
    url = f"sqlite:///{folder / 'warm.db'}"
    house = House("Wirtschaftsallianz Beispielstadt", "assistent@alliance.example.org", "", ZoneInfo("Europe/Berlin"))
    desk, people = Desk(house), town(2, 2)
    database = Database(url)
    schema.prepare(database.engine, url)
    database.write_now(lambda session: settle(session, desk, people, AT))
    meeting = PlanMeeting("alliance", "Sitzung", (AT + timedelta(days=20)).date(), AT.time(), "Rathaus")
    database.write_now(lambda session: desk.command(session, meeting, AT))
    voice = Voice(Channel.TELEGRAM, AT, chat_id=people.members[0].chat, name=people.members[0].name)
    database.write_now(lambda session: desk.listen(session, voice, "M1: 5 %, Vermerk Q0"))
    if database.read_now(lambda session: jobs.anything_due(session, house, AT)):
        database.write_now(lambda session: jobs.beat(session, house, AT))
    database.read_now(lambda session: retention.is_due(session, house, AT))
    database.write_now(lambda session: outbox.claim(session, AT))
    database.close()


for module in MODULES:
    import_module(module)
with tempfile.TemporaryDirectory() as folder:
    _live_a_little(Path(folder))
gc.collect()
gc.freeze()
