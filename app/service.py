"""Puts the parts together: starts them in order, keeps them until told to stop, stops them in reverse."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from functools import partial

import structlog
from aiohttp import web
from sqlmodel import Session

from alliance import notices, plan
from alliance.desk import Desk
from alliance.outages import TELEGRAM
from app import erasures, logs, watchdog
from app.clock import Clock, clock_of
from app.lookout import Lookout
from app.metrics import Metrics
from app.nightly import Nightly, missing_tool
from app.settings import Settings
from app.trouble import Trouble
from bot.api import Bot
from bot.application import App, build, builder
from bot.door import TelegramDoor, TokenRefused, WebhookInPlace
from bot.limits import whole
from bot.menu import publish_menu, publish_office_menu
from bot.webhook import Webhook
from mail import oauth
from mail.delivery import SmtpSettings
from mail.door import MailDoor
from mail.filing import Folders
from mail.letters import Sender as Letterhead
from mail.mailbox import MailboxSettings
from mail.purging import Ages
from scheduler.heartbeat import Heartbeat
from scheduler.sender import Deliver, Sender
from store import crashpoints, inbox, outbox, schema
from store.database import Database
from store.leader import Instance
from store.outbox import Channel
from texts import say

log = structlog.get_logger()

GIVE_BACK = 1.0  # seconds that a stop waits for the database

Tell = Callable[[str], None]
Prepare = Callable[[Session, Desk], None]


def _nothing(_session: Session, _desk: Desk) -> None:
    """Nothing to prepare."""


async def run(settings: Settings, tell: Tell) -> None:
    """Run until SIGINT or SIGTERM. Raises Trouble or Unusable when it cannot start."""
    logs.configure(settings.assistant_log_level or ("warning" if settings.is_demo else "info"))
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.of_loop)
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with _scene(settings) as service:
        _settle_memory()
        line = say(settings.assistant_language, "operator-demo-page", address=service.address)
        tell(line if settings.is_demo else say(settings.assistant_language, "operator-running"))
        await stop.wait()
    tell(say(settings.assistant_language, "operator-stopped"))


def _scene(settings: Settings) -> AbstractAsyncContextManager[Service]:
    if not settings.is_demo:
        return running(settings, clock_of(settings.clock_file), pace=settings.clock_pace)
    from app import world  # the real service need not carry the stand-ins

    return world.demo(settings)


def _settle_memory() -> None:
    """What is there after the start stays: looking at it again and again took a third of a tap's time."""
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


class Service:
    """The running parts, for those who look at them: the demo's clock and the tests."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.address = ""
        self.database = Database(settings.url)
        self.instance = Instance(self.database.engine)
        self.house = settings.house
        self.desk = Desk(self.house)
        self.deliver: dict[Channel, Deliver] = {}
        one = self.instance
        self.sender = Sender(self.database, self.deliver, clock, one.name, lambda: one.settled and one.counts)
        self.heartbeat = Heartbeat(self.database, self.house, self.sender, clock, lambda: one.leads)
        self.lookout = Lookout(self.database, lambda: self.house, clock, self.sender.tally)
        self.healthy: dict[str, Callable[[], bool]] = {}
        self.doors: list[MailDoor | TelegramDoor] = []

    async def stop_doors(self) -> None:
        """Close the doors side by side, so that a stop stays within ten seconds, and let go of what is not sent."""
        await asyncio.gather(*(door.stop() for door in self.doors))
        give_back = partial(outbox.release, holders=[self.instance.name], crashed=False)
        with suppress(Exception):  # the database may be away: then it is taken up later
            async with asyncio.timeout(GIVE_BACK):
                await self.sender.catch_up()
                await self.database.write(give_back, in_turn=False)

    async def lead(self) -> None:
        """From now on fetch what comes in and do what is due: nobody else does."""
        await asyncio.gather(*(door.lead() for door in self.doors))
        self.heartbeat.catch_up()

    async def follow(self) -> None:
        """Leave that to another instance."""
        await asyncio.gather(*(door.follow() for door in self.doors))

    async def adopt(self, dead: frozenset[str]) -> None:
        """Take up what these instances had in hand when they died."""
        letters = await self.database.write(partial(outbox.release, holders=dead), in_turn=False)
        if letters:
            log.warning("letters of others given back", action="instance-adopts", letters=letters)
        await asyncio.gather(*(door.adopt(dead) for door in self.doors if isinstance(door, TelegramDoor)))

    def know_bot(self, username: str) -> None:
        """From now on letters can link to the bot."""
        self.house = self.desk.house = self.heartbeat.house = replace(self.house, bot=username)


@asynccontextmanager
async def running(
    settings: Settings,
    clock: Clock,
    site: web.Application | None = None,
    prepare: Prepare = _nothing,
    pace: float = 1.0,
) -> AsyncIterator[Service]:
    """Everything, started; stopped in reverse at the end.

    ``site`` is a page to serve beside /healthz; ``prepare`` may fill the database before anybody is let in; ``pace``
    multiplies what the real Telegram allows in a second.
    """
    crashpoints.arm_as(settings.crash_at)
    async with AsyncExitStack() as stack:
        service = await _open(stack, settings, clock)
        await service.database.write(lambda session: prepare(session, service.desk))
        site = site if site is not None else web.Application()
        site.router.add_get("/healthz", _health(service))
        site.router.add_get("/metrics", _metrics(service).serve)
        stack.push_async_callback(service.stop_doors)
        stack.push_async_callback(service.instance.stop)
        await _start_mail(service)
        await _start_telegram(service, site, pace)
        await _start_clock(stack, service)
        service.instance.start(service.lead, service.follow, service.adopt)
        service.address = await _serve(stack, settings, site)
        _tell_systemd(stack, service)
        yield service


async def _open(stack: AsyncExitStack, settings: Settings, clock: Clock) -> Service:
    """The database, locked for us, and as new as the code."""
    path = schema.path_of(settings.url)
    if path is not None:
        schema.check_file(path)
    lock = schema.lock(settings.url)
    if lock:
        stack.callback(lock.release)
    service = Service(settings, clock)
    stack.callback(service.database.close)
    erasures.keep(service.database, settings.data_folder)
    first = partial(_backup_first, settings, clock)
    await asyncio.to_thread(schema.prepare, service.database.engine, settings.url, first)
    await asyncio.to_thread(erasures.complete, service.database, settings.data_folder)
    await service.database.write(plan.lay_out)
    if lock:
        await service.database.write(outbox.release)
    stack.push_async_callback(service.instance.leave)
    await _appear(service)
    return service


async def _appear(service: Service) -> None:
    try:
        await service.instance.appear()
    except Exception as error:
        raise schema.Unusable("operator-database-unreachable", error=type(error).__name__) from error


def _backup_first(settings: Settings, clock: Clock) -> str:
    from app import backup  # few starts upgrade anything

    return backup.before_upgrade(settings, clock())


async def _start_mail(service: Service) -> None:
    settings = service.settings
    tokens = mail_tokens(settings)  # one source for both ways, which hands out one refresh token after the other
    mailbox, smtp = mailbox_settings(settings, tokens), smtp_settings(settings, tokens)
    door = MailDoor(
        service.database,
        service.desk,
        mailbox,
        smtp,
        letterhead(settings),
        service.clock,
        alone=not service.instance.name,
        share=lambda: service.instance.share,
    )
    service.doors.append(door)
    await door.start()
    service.deliver[Channel.MAIL] = door.deliver
    service.healthy["mail"] = lambda: door.healthy
    service.lookout.take_up.append(door.take_up)
    if not settings.clock_file:  # what fails in real time does not last for hours of a simulated day
        service.lookout.ways.append(lambda: door.ways)


async def _start_telegram(service: Service, site: web.Application, pace: float) -> None:
    settings = service.settings
    if not settings.telegram_token.get_secret_value():
        return
    application = telegram_application(settings, pace, lambda: service.instance.share)
    door = TelegramDoor(
        service.database,
        service.desk,
        application,
        service.clock,
        take_over=settings.telegram_take_over,
        webhook=_webhook(settings),
        on_connected=service.know_bot,
        holder=service.instance.name,
    )
    service.doors.append(door)
    await _connect(door)
    service.deliver[Channel.TELEGRAM] = door.deliver
    service.healthy["telegram"] = lambda: door.healthy
    service.lookout.take_up.append(lambda: door.adopt((inbox.RELEASED,)))
    if not settings.clock_file:
        service.lookout.ways.append(lambda: {TELEGRAM: door.trouble})
    if settings.telegram_mode == "webhook":
        site.router.add_post("/telegram", door.receive)
    await publish_menu(application.bot, service.desk)
    service.heartbeat.every_minute(_Menus(service, application.bot).refresh)


class _Menus:
    """The office's own list of commands, for whoever of the office has tied a chat by now."""

    def __init__(self, service: Service, telegram: Bot) -> None:
        self._service = service
        self._bot = telegram
        self._published: set[int] = set()

    async def refresh(self) -> None:
        """Publish the list in chats that do not have it yet."""
        chats = set(await self._service.database.read(_office_chats)) - self._published
        if chats:
            await publish_office_menu(self._bot, self._service.desk, chats)
            self._published |= chats


async def _connect(door: TelegramDoor) -> None:
    try:
        await door.start()
    except TokenRefused:
        raise Trouble("operator-telegram-token") from None
    except WebhookInPlace:
        raise Trouble("operator-telegram-webhook") from None


def telegram_application(settings: Settings, pace: float = 1.0, share: Callable[[], float] = whole) -> App:
    """The Telegram library, pointed at the Bot API server of the settings."""
    token = settings.telegram_token.get_secret_value()
    return build(builder(token, settings.telegram_base_url, settings.telegram_file_url), pace, share)


def _webhook(settings: Settings) -> Webhook | None:
    if settings.telegram_mode != "webhook":
        return None
    return Webhook(settings.telegram_webhook_url, settings.telegram_webhook_secret.get_secret_value())


def mail_tokens(settings: Settings) -> oauth.Tokens | None:
    """Where the mailbox's access tokens come from; None when it has a password."""
    if not settings.mail_oauth:
        return None
    refresh_token = settings.mail_oauth_refresh_token.get_secret_value()
    urls = {"microsoft": oauth.MICROSOFT.format(tenant=settings.mail_oauth_tenant), "google": oauth.GOOGLE}
    usual = {"microsoft": oauth.MICROSOFT_DELEGATED if refresh_token else oauth.MICROSOFT_APP}
    grant = oauth.Grant(
        token_url=urls.get(settings.mail_oauth, settings.mail_oauth),
        client_id=settings.mail_oauth_client_id,
        client_secret=settings.mail_oauth_client_secret.get_secret_value(),
        refresh_token=refresh_token,
        scope=settings.mail_oauth_scope or usual.get(settings.mail_oauth, ""),
        cafile=settings.mail_ca_file,
    )
    return oauth.Tokens(grant)


def letterhead(settings: Settings) -> Letterhead:
    """Who writes our letters."""
    return Letterhead(settings.mail_address, settings.alliance_name, plus=settings.mail_plus_addresses)


def mailbox_settings(settings: Settings, tokens: oauth.Tokens | None) -> MailboxSettings:
    """Where letters come in."""
    return MailboxSettings(
        host=settings.imap_host,
        port=settings.imap_port,
        user=settings.mail_user or settings.mail_address,
        password=settings.mail_password.get_secret_value(),
        tls=settings.imap_tls,
        cafile=settings.mail_ca_file,
        tokens=tokens,
        folders=Folders(settings.imap_done_folder, settings.imap_office_folder, settings.imap_quarantine_folder),
        auth_server=settings.mail_auth_server,
        ages=Ages(settings.mail_keep_days, settings.zone),
    )


def smtp_settings(settings: Settings, tokens: oauth.Tokens | None) -> SmtpSettings:
    """Where letters go out; without a login where the server wants none."""
    password = settings.mail_password.get_secret_value() if settings.smtp_login else ""
    tokens = tokens if settings.smtp_login else None
    return SmtpSettings(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=settings.smtp_tls,
        user=(settings.mail_user or settings.mail_address) if password or tokens else "",
        password=password,
        cafile=settings.mail_ca_file,
        tokens=tokens,
        per_minute=settings.smtp_per_minute,
    )


def _office_chats(session: Session) -> list[int]:
    return [person.telegram_id for person in notices.office_people(session) if person.telegram_id]


async def _start_clock(stack: AsyncExitStack, service: Service) -> None:
    loop = asyncio.get_running_loop()

    def wake() -> None:
        with suppress(RuntimeError):  # the last commits of a stop come when the loop may be closed
            loop.call_soon_threadsafe(service.sender.wake)

    service.database.on_enqueued(wake)
    nightly = _nightly(service)
    service.lookout.backups = nightly is not None
    service.heartbeat.every_minute(service.lookout.look)
    service.heartbeat.every_minute(partial(erasures.tidy, service.settings.data_folder, service.clock))
    service.heartbeat.start(service.settings.clock_pace)
    stack.push_async_callback(service.heartbeat.stop)
    if nightly:
        stack.push_async_callback(nightly.stop)
    service.healthy["clock"] = service.heartbeat.is_beating


def _nightly(service: Service) -> Nightly | None:
    """The nightly backup, but not of a demo or a simulated year."""
    settings = service.settings
    if settings.is_demo or settings.clock_file or not settings.backup_keep_days or missing_tool(settings.url):
        return None
    nightly = Nightly(service.database, settings.zone, service.clock)
    service.heartbeat.every_minute(nightly.tick)
    return nightly


def _tell_systemd(stack: AsyncExitStack, service: Service) -> None:
    """Say that we are ready, from now on that we live, and at the end that we stop."""
    address, pause = service.settings.notify_socket, service.settings.watchdog_usec
    watchdog.notify(address, watchdog.READY)
    stack.callback(watchdog.notify, address, watchdog.STOPPING)
    answers = partial(service.database.read, outbox.next_due)
    alive = asyncio.create_task(watchdog.keep_alive(address, pause, service.heartbeat.is_beating, answers))
    stack.callback(alive.cancel)


def _metrics(service: Service) -> Metrics:
    def live() -> dict[str, float]:
        parts = {f"healthy_{name}": float(check()) for name, check in service.healthy.items()}
        return {"beat_age_seconds": service.heartbeat.since_beat(), "leader": float(service.instance.leads), **parts}

    return Metrics(service.database, service.clock, service.sender.tally, live)


async def _serve(stack: AsyncExitStack, settings: Settings, site: web.Application) -> str:
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, settings.http_host, settings.http_port).start()
    except OSError:
        raise Trouble("operator-port-taken", host=settings.http_host, port=str(settings.http_port)) from None
    port = runner.addresses[0][1]
    return f"http://{settings.http_host}:{port}/"


def _health(service: Service) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def healthz(_request: web.Request) -> web.Response:
        parts = {name: check() for name, check in service.healthy.items()}
        return web.json_response(parts, status=200 if all(parts.values()) else 503)

    return healthz
