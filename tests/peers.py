"""Several real programs on one PostgreSQL, between the same stand-ins, and a balancer that spreads what comes in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import aiohttp
from aiohttp import web

from demo.postoffice import HOST, PostOffice
from demo.telegram import BotApi
from tests.assistant import PASSWORD, TOKEN, Assistant, settle_in
from tests.town import HOUSE

SECRET = "geheim-4711"


class Peer(Assistant):
    """One of several: its own folder and port, everybody's database."""

    def __init__(self, folder: Path, api: BotApi, post: PostOffice, url: str, wishes: dict[str, str]) -> None:
        super().__init__(folder, api, post)
        self.url = url
        self._wishes = wishes

    @property
    def address(self) -> str:
        """Where it is asked for its health and takes updates."""
        return f"http://{HOST}:{self._environment()['HTTP_PORT']}"

    @property
    def runs(self) -> bool:
        """Whether its process is there."""
        return self._process is not None and self._process.returncode is None

    async def health(self) -> int:
        """The status that /healthz answers with."""
        async with aiohttp.ClientSession() as client, client.get(f"{self.address}/healthz") as answer:
            return answer.status

    def _environment(self) -> dict[str, str]:
        return {**super()._environment(), "DATABASE_URL": self.url, **self._wishes}


class Balancer:
    """Hands each request to the next who is there, as a load balancer does; ``shared`` counts who got how many."""

    def __init__(self, peers: Sequence[Peer]) -> None:
        self._peers = peers
        self._turn = count()
        self.shared = [0] * len(peers)
        self.address = ""

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Balancer]:
        """Take requests at ``address``."""
        site = web.Application()
        site.router.add_post("/telegram", self._hand_on)
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, HOST, 0).start()
        self.address = f"http://{HOST}:{runner.addresses[0][1]}/telegram"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _hand_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        for _ in self._peers:
            which = next(self._turn) % len(self._peers)
            try:
                async with aiohttp.ClientSession() as client:
                    url = f"{self._peers[which].address}/telegram"
                    async with client.post(url, data=body, headers=request.headers) as answer:
                        self.shared[which] += answer.ok
                        return web.Response(status=answer.status)
            except (aiohttp.ClientError, OSError):
                continue  # not there: the next one
        return web.Response(status=502)


@asynccontextmanager
async def gathered(
    folder: Path, url: str, number: int, *, webhook: bool = False
) -> AsyncIterator[tuple[list[Peer], Balancer]]:
    """So many peers for the small alliance, not started yet; with ``webhook`` all take updates behind the balancer."""
    api = BotApi(TOKEN, "beispiel_bot")
    await api.start()
    wishes: dict[str, str] = {}
    try:
        with PostOffice({HOUSE.email: PASSWORD}) as post:
            peers = [Peer(_made(folder / str(each)), api, post, url, wishes) for each in range(number)]
            peers[0].in_town(lambda town: settle_in(town, post))
            async with Balancer(peers).open() as balancer:
                if webhook:
                    wishes["TELEGRAM_MODE"] = "webhook"
                    wishes["TELEGRAM_WEBHOOK_URL"] = balancer.address
                    wishes["TELEGRAM_WEBHOOK_SECRET"] = SECRET
                try:
                    yield peers, balancer
                finally:
                    await asyncio.gather(*(peer.close() for peer in peers))
    finally:
        await api.stop()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
