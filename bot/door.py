"""The Telegram door as a whole: started, stopped, asked for its health, and given letters to deliver."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

import structlog
from aiohttp import web
from sqlalchemy.exc import OperationalError
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot import webhook
from bot.answers import Answers
from bot.api import Api, Bot
from bot.application import App
from bot.deeds import Deeds, Desk
from bot.delivery import Delivery
from bot.handlers import Handlers
from bot.ingress import HOLD, Ingress, pause_after
from bot.showing import PaperFile
from bot.webhook import Webhook
from store.database import Database
from store.outbox import Letter, Outcome

log = structlog.get_logger()

PATIENCE = 3.5  # seconds for what is under way when we stop


class TokenRefused(Exception):
    """Telegram does not know this bot token."""

    def __init__(self) -> None:
        super().__init__("Telegram refused the bot token")


class WebhookInPlace(Exception):
    """Telegram brings this bot's updates to a webhook: polling would take them away from another installation."""

    def __init__(self) -> None:
        super().__init__("this bot has a webhook already; polling would switch it off for whoever set it")


class TelegramDoor:
    """The door, in front of an ``application`` made by :func:`bot.application.build`.

    ``take_over`` allows to remove a webhook that somebody set; with ``webhook`` updates are brought instead of fetched.
    ``on_connected`` is told the bot's user name once Telegram has been reached. Of several instances on one database,
    each with a name as ``holder``, only the one that leads fetches.
    """

    def __init__(  # noqa: PLR0913  (each is a part of its own)
        self,
        database: Database,
        desk: Desk,
        application: App,
        clock: Callable[[], datetime],
        *,
        take_over: bool = False,
        webhook: Webhook | None = None,
        on_connected: Callable[[str], None] = lambda username: None,
        holder: str = "",
    ) -> None:
        self._application = application
        self._take_over = take_over
        self._webhook = webhook
        api = Api(application.bot)
        self._answers = Answers(database, api, clock)
        self._delivery = Delivery(database, desk, api, clock)
        deeds = Deeds(database, desk, self._answers, api)
        handlers = Handlers(desk, deeds, clock)
        application.add_handlers(handlers.all())
        application.add_error_handler(handlers.error)
        self._ingress = Ingress(database, application, api, handlers, deeds, clock, holder)
        self._alone = not holder
        self._reached = False
        self._ready = asyncio.Event()
        self._answering: asyncio.Task[None] | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._fetching: asyncio.Task[None] | None = None
        self._on_connected = on_connected

    async def start(self) -> None:
        """Connect and begin; who is alone leads. Without a network we go on trying.

        Raises TokenRefused or WebhookInPlace.
        """
        failures = 0
        try:
            await self._connect()
        except BadRequest:
            raise  # is a NetworkError as well, but will not pass
        except (NetworkError, RetryAfter) as error:
            log.warning("Telegram cannot be reached", action="telegram-no-start", error=type(error).__name__)
            failures = 1
        self._answering = asyncio.create_task(self._answers.run())
        self._connecting = asyncio.create_task(self._begin(failures))
        if self._alone:
            await self.lead()

    async def lead(self) -> None:
        """From now on ask for updates, unless they are brought."""
        if self._fetching is None and self._webhook is None:
            self._fetching = asyncio.create_task(self._fetch())

    async def follow(self) -> None:
        """Leave it to another instance to ask for updates."""
        fetching, self._fetching = self._fetching, None
        await _cancel(fetching)

    async def adopt(self, dead: Collection[str]) -> None:
        """Take up the updates that these instances have left unfinished, unless nobody could be answered now."""
        if self._reached:
            await self._ingress.adopt(dead)

    async def stop(self) -> None:
        """Stop taking updates, finish what is under way within seconds, and close the connections."""
        await _cancel(self._connecting)
        await self.follow()
        await self._ingress.drain(PATIENCE)
        await _cancel(self._answering)
        await self._answers.flush()
        await self._application.shutdown()
        await self._application.bot.shutdown()  # the line above does nothing if we never got through

    async def deliver(self, letter: Letter, papers: Sequence[PaperFile]) -> Outcome:
        """Deliver a letter of the outbox to its chat."""
        return await self._delivery.deliver(letter, papers)

    async def receive(self, request: web.Request) -> web.Response:
        """Take what Telegram posts to the webhook's address."""
        assert self._webhook, "there is no webhook"
        if not self._reached:  # nobody could be answered: Telegram brings it again
            return web.Response(status=503)
        return await webhook.handler(self._ingress, self._webhook.secret)(request)

    @property
    def healthy(self) -> bool:
        """Whether updates reach us: no conflict, no refused token, and the server answered lately.

        Who leaves the asking to another instance only needs to have reached the server once.
        """
        if self._fetching is None and self._webhook is None:
            return self._reached
        return asyncio.get_running_loop().time() - self._ingress.heard_at < 3 * HOLD

    @property
    def trouble(self) -> str | None:
        """Why we hear nothing: conflict, token, unreachable or error; "" when we do, None where others listen."""
        if not self._reached:
            return "unreachable"
        if self._webhook:
            return ""
        return self._ingress.trouble if self._fetching else None

    async def _begin(self, failures: int) -> None:
        while failures:
            failures = await self._connect_again(failures)
        while self._alone and not await self._taken_up():
            await asyncio.sleep(pause_after(NetworkError(""), 1))
        self._ready.set()

    async def _taken_up(self) -> bool:
        """Go on with what a former process has left; whether the database let us."""
        try:
            await self._ingress.adopt()
        except OperationalError as error:
            log.error("nothing taken up yet", action="telegram-no-database", error=type(error.orig).__name__)  # noqa: TRY400
            return False
        return True

    async def _fetch(self) -> None:
        await self._ready.wait()
        self._ingress.begin()
        await self._ingress.poll()

    async def _connect_again(self, failures: int) -> int:
        """Wait and try to connect; how often it failed by now, 0 when it did not."""
        await asyncio.sleep(pause_after(NetworkError(""), failures))
        try:
            await self._connect()
        except Exception as error:
            log.warning("Telegram cannot be reached", action="telegram-no-start", error=type(error).__name__)
            return failures + 1
        return 0

    async def _connect(self) -> None:
        bot = self._application.bot
        try:
            await self._application.initialize()
        except InvalidToken:
            raise TokenRefused from None  # the library's own error quotes the token
        self._reached = True
        self._on_connected(bot.username)
        if self._webhook:
            await self._webhook.ask_for(bot)
            self._ingress.heard_at = float("inf")
        elif await _has_webhook(bot):
            if not self._take_over:
                raise WebhookInPlace
            await bot.delete_webhook()


async def _has_webhook(bot: Bot) -> bool:
    try:
        return bool((await bot.get_webhook_info()).url)
    except TelegramError:
        raise
    except Exception as error:  # a Bot API server of another make, whose answer the library cannot read
        log.warning("cannot tell whether there is a webhook", action="telegram-webhook", error=type(error).__name__)
        return False


async def _cancel(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
