"""The mail door in a process of its own, so that a test may kill it: URL, IMAP port, SMTP port, where to die."""

from __future__ import annotations

import asyncio
import sys
from types import SimpleNamespace

from store.crashpoints import arm
from store.database import Database
from tests.mail.mail_world import mailbox_settings, open_door, smtp_settings


async def main(url: str, imap_port: str, smtp_port: str, crash_at: str) -> None:
    if crash_at:
        arm(crash_at)
    post = SimpleNamespace(host="127.0.0.1", imap_port=int(imap_port), smtp_port=int(smtp_port))
    async with open_door(Database(url), mailbox_settings(post), smtp_settings(post)):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:5]))
