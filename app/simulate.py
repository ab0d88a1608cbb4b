"""The command ``simulate``: a year in seconds, shown on the terminal or written as a page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

import demo
from app import logs, simulation_report
from app.settings import Settings
from app.simulation import NoSuchThing, replay
from app.story import Story, read
from app.trouble import Trouble
from texts import say

STORY = Path(demo.__file__).parent / "story" / "story.toml"


async def run(settings: Settings, out: Console, *, story: Path | None, html: Path | None, person: str) -> None:
    """Replay a story, the alliance's own if none is named. Raises Trouble when it cannot be read or does not fit."""
    language, began = settings.assistant_language, monotonic()
    logs.configure(settings.assistant_log_level or "error")
    tale = _read(story or STORY, settings)
    if person and person not in {figure.key for figure in tale.figures}:
        keys = ", ".join(figure.key for figure in tale.figures)
        raise Trouble("operator-year-no-person", person=person, people=keys)
    with TemporaryDirectory() as folder, Progress(TextColumn("{task.description}"), BarColumn(), console=out) as bar:
        task = bar.add_task(tale.title, total=(tale.ends - tale.begins).total_seconds())

        def progress(at: datetime) -> None:
            bar.update(task, completed=(at - tale.begins).total_seconds())

        async with replay(settings, tale, Path(folder)) as year:
            try:
                await year.run(progress)
            except NoSuchThing as error:
                raise Trouble("operator-year-amiss", reason=str(error)) from None
    if html:
        html.write_text(simulation_report.page(year, language, settings.zone), encoding="utf-8")
    else:
        simulation_report.show(year, language, settings.zone, out, person)
    seconds = round(monotonic() - began)
    out.print(say(language, "operator-year-done", count=len(year.happenings), seconds=seconds), highlight=False)


def _read(file: Path, settings: Settings) -> Story:
    try:
        return read(file, settings.zone)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Trouble("operator-year-unreadable", file=str(file), reason=str(error)) from None
