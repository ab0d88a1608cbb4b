"""A Bot API server for one bot: stands in for api.telegram.org, over real HTTP, on this machine only."""

import asyncio
import inspect
import json
import re
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Literal

import aiohttp
from aiohttp import web

from demo.telegram_chats import ApiError, Button, Call, ChatMessage, Chats, Json, Upload, bad_request

__all__ = ["BotApi", "Button", "ChatMessage"]

UPLOAD_BYTES = 50 * 2**20
LONGEST_POLL_SECONDS = 50
UPDATES_PER_POLL = 100
WEBHOOK_CONNECTIONS = 40
WEBHOOK_ANSWER_SECONDS = 10
FIRST_RETRY_SECONDS = 0.05
LONGEST_RETRY_SECONDS = 5.0
COMMANDS_LIMIT = 100
# Sent only to bots that name them, https://core.telegram.org/bots/api#getupdates
ON_REQUEST_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}

POLLED_ELSEWHERE = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

UNAUTHORIZED = ApiError(401, "Unauthorized")

Method = Callable[[Call], object | Awaitable[object]]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Signal:
    """Tells whoever listens that something changed."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` on every change; the result ends that."""
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    def notify_all(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    async def wait_for(self, condition: Callable[[], bool]) -> None:
        """Return once `condition` holds; it is asked now and after every change."""
        change = asyncio.Event()
        unsubscribe = self.subscribe(change.set)
        try:
            while not condition():
                await change.wait()
                change.clear()
        finally:
            unsubscribe()


class ConnectionDropped(Exception):
    """The connection ends without a whole answer, before or after the work was done; or, in silence, never."""

    def __init__(self, after: bool, how: Literal["at once", "half-way", "never"] = "at once") -> None:
        super().__init__()
        self.after = after
        self.how = how


class UpdateQueue:
    """Updates the bot has not confirmed yet, oldest first."""

    def __init__(self, first_id: int) -> None:
        self._next_id = first_id
        self._waiting: dict[int, Json] = {}
        self.allowed: list[str] = []
        self.confirmed = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, update: Mapping[str, object]) -> int:
        """Queue an update under the next id, unless it is of a kind the bot does not want."""
        update_id, self._next_id = self._next_id, self._next_id + 1
        kinds = update.keys() - {"update_id"}
        if not kinds or any(self._wanted(kind) for kind in kinds):
            self._waiting[update_id] = {**update, "update_id": update_id}
        return update_id

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST_ONLY

    def first(self, limit: int) -> list[Json]:
        return list(islice(self._waiting.values(), limit))

    def confirm(self, update_ids: Iterable[int]) -> None:
        for update_id in update_ids:
            if self._waiting.pop(update_id, None) is not None:
                self.confirmed = max(self.confirmed, update_id)

    def confirm_before(self, offset: int) -> None:
        """Forget every update below `offset`; a negative one keeps that many of the newest."""
        ids = list(self._waiting)
        self.confirm(ids[:offset] if offset < 0 else [each for each in ids if each < offset])

    def clear(self) -> None:
        self._waiting.clear()

    def chats(self) -> set[int]:
        return {chat_of(update) for update in self._waiting.values()}

    def next_for(self, chat_id: int) -> Json | None:
        return next((update for update in self._waiting.values() if chat_of(update) == chat_id), None)


def chat_of(update: Mapping[str, object]) -> int:
    """The chat, or the person, an update comes from; 0 when it names none."""
    for content in update.values():
        if isinstance(content, dict):
            origin = content.get("chat") or content.get("from")
            number = origin.get("id") if isinstance(origin, dict) else None
            return number if isinstance(number, int) else 0
    return 0


class Webhook:
    """Posts updates to the bot's address, one at a time per chat, again and again until it answers 2xx."""

    def __init__(self, url: str, secret: str, updates: UpdateQueue, changed: Signal) -> None:
        self.url = url
        self.last_error = ""
        self._headers = {"Content-Type": "application/json"}
        if secret:
            self._headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        self._updates = updates
        self._changed = changed
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None

    def open(self) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=WEBHOOK_CONNECTIONS),
            timeout=aiohttp.ClientTimeout(total=WEBHOOK_ANSWER_SECONDS),
        )
        for chat_id in self._updates.chats():
            self.wake(chat_id)

    async def close(self) -> None:
        lanes, session = list(self._lanes.values()), self._session
        self._session = None
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)
        self._lanes.clear()  # a lane cancelled before its first step never removes itself
        if session is not None:
            await session.close()

    def wake(self, chat_id: int) -> None:
        """Start delivering for a chat, unless that is under way or the server is stopped."""
        if self._session is not None and chat_id not in self._lanes:
            self._lanes[chat_id] = asyncio.create_task(self._deliver(chat_id, self._session))

    async def _deliver(self, chat_id: int, session: aiohttp.ClientSession) -> None:
        delay = FIRST_RETRY_SECONDS
        try:
            while (update := self._updates.next_for(chat_id)) is not None:
                self.last_error = await self._post(session, update)
                if self.last_error:
                    await asyncio.sleep(delay)
                    delay = min(2 * delay, LONGEST_RETRY_SECONDS)
                else:
                    delay = FIRST_RETRY_SECONDS
                    self._updates.confirm([update["update_id"]])
                self._changed.notify_all()
        finally:
            self._lanes.pop(chat_id, None)

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> str:
        """Post one update; the result says what went wrong, empty when nothing did."""
        body = json.dumps(update).encode()
        try:
            async with session.post(self.url, data=body, headers=self._headers, allow_redirects=False) as answer:
                await answer.read()
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError:
            return "Connection failed"
        accepted = 200 <= answer.status < 300
        return "" if accepted else f"Wrong response from the webhook: {answer.status} {answer.reason}"


class BotApi:
    """The server: people act through its synchronous methods, the bot through HTTP at `base_url`."""

    def __init__(self, token: str, username: str, clock: Callable[[], datetime] = utc_now) -> None:
        self.base_url = ""
        self.base_file_url = ""
        self.commands: dict[str, list[tuple[str, str]]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.changed = Signal()
        self._token = token
        self._me = bot_user(token, username)
        self._clock = clock
        self._chats = Chats({key: self._me[key] for key in ("id", "is_bot", "first_name", "username")}, clock)
        # A bot that outlives this server silently confirms ids below those it has seen, so they never restart lower.
        self._updates = UpdateQueue(int(clock().timestamp()))
        self._faults: defaultdict[str, deque[ApiError | ConnectionDropped]] = defaultdict(deque)
        self._methods = {name.lower(): (name, method) for name, method in self._method_table().items()}
        self._webhook: Webhook | None = None
        self._polls = 0
        self.polls_held = 0
        self._runner: web.AppRunner | None = None

    # --- running

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen on `host`; port 0 takes a free one. OSError when the port is taken."""
        server = web.Application(client_max_size=UPLOAD_BYTES)
        server.router.add_route("*", "/bot{token}/{method}", self._answer)
        server.router.add_get("/file/bot{token}/{path:.+}", self._download)
        runner = web.AppRunner(server, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        self._runner = runner
        root = f"http://{host}:{runner.addresses[0][1]}"
        self.base_url, self.base_file_url = f"{root}/bot", f"{root}/file/bot"
        if self._webhook is not None:
            self._webhook.open()

    async def stop(self) -> None:
        """Answer held polls, stop delivering, close; chats and waiting updates stay for another start."""
        runner, self._runner = self._runner, None
        self.changed.notify_all()
        if runner is not None:
            await runner.cleanup()
        if self._webhook is not None:
            await self._webhook.close()

    async def wait_for(self, condition: Callable[[], bool], timeout: float = 10) -> None:
        """Return once `condition` holds; TimeoutError after `timeout` seconds."""
        async with asyncio.timeout(timeout):
            await self.changed.wait_for(condition)

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` on every change; the result ends that."""
        return self.changed.subscribe(listener)

    # --- the people's side

    def enter(self, user_id: int, first_name: str, last_name: str = "", language_code: str = "de") -> None:
        """A person opens the chat with the bot; the bot cannot write there before the person did (or :meth:`know`)."""
        person: Json = {"id": user_id, "is_bot": False, "first_name": first_name, "language_code": language_code}
        self._chats.enter(person | ({"last_name": last_name} if last_name else {}))
        self.changed.notify_all()

    def know(self, user_id: int) -> None:
        """The person has written to the bot before, in a time that nobody remembers."""
        self._chats[user_id].started = True

    def say(self, user_id: int, text: str) -> int:
        """A person writes; who had blocked the bot unblocks it first, as the apps do. The result is the update_id."""
        self._return_if_blocked(user_id)
        return self.push({"message": self._chats.write(user_id, text)})

    def send_photo(self, user_id: int) -> int:
        self._return_if_blocked(user_id)
        return self.push({"message": self._chats.send_picture(user_id)})

    def send_document(self, user_id: int, name: str, mime_type: str, content: bytes, caption: str = "") -> int:
        """A person sends a file, with words beneath it or without."""
        self._return_if_blocked(user_id)
        return self.push({"message": self._chats.attach(user_id, Upload(name, mime_type, content), caption)})

    def edit(self, user_id: int, message_id: int, text: str) -> int:
        """A person changes a message of theirs; KeyError when there is none with that id."""
        return self.push({"edited_message": self._chats.rewrite(user_id, message_id, text)})

    def press(self, user_id: int, message_id: int, data: str) -> str:
        """A person presses a button, even one that is no longer there. The result is the callback query's id."""
        query = self._chats.press(user_id, message_id, data)
        self.push({"callback_query": query})
        return str(query["id"])

    def block(self, user_id: int) -> None:
        self.push({"my_chat_member": self._chats.set_blocked(user_id, True)})

    def unblock(self, user_id: int) -> None:
        self.push({"my_chat_member": self._chats.set_blocked(user_id, False)})

    def push(self, update: dict[str, object]) -> int:
        """Queue any update, even a malformed one, under the next update_id, which is the result."""
        update_id = self._updates.add(update)
        if self._webhook is not None:
            self._webhook.wake(chat_of(update))
        self.changed.notify_all()
        return update_id

    def chat(self, user_id: int) -> list[ChatMessage]:
        """Both sides of a chat, oldest first."""
        return [entry.shown for entry in self._chats[user_id].entries.values()]

    def toasts(self, user_id: int) -> list[str]:
        """One text for each button press that was answered, empty where the answer had none."""
        return list(self._chats[user_id].toasts)

    def menu(self, user_id: int, language: str) -> list[tuple[str, str]]:
        """The commands a person sees: the narrowest scope that has any, the person's language before none."""
        for scope in (f"chat:{user_id}", "all_private_chats", "default"):
            for key in (f"{language}|{scope}", f"|{scope}"):
                if key in self.commands:
                    return self.commands[key]
        return []

    def document(self, file_id: str) -> tuple[str, bytes]:
        """Name and content of a file in a chat; KeyError when there is none."""
        stored = self._chats.files[file_id]
        return stored.name, stored.content

    @property
    def confirmed(self) -> int:
        """The highest update_id the bot confirmed, by an offset or by its webhook's 2xx; 0 before the first."""
        return self._updates.confirmed

    def _return_if_blocked(self, user_id: int) -> None:
        if self._chats[user_id].blocked:
            self.unblock(user_id)

    # --- faults

    def fail_next(
        self,
        method: str,
        status: int,
        description: str,
        parameters: dict[str, object] | None = None,
        times: int = 1,
    ) -> None:
        """Refuse the next calls of a method without doing the work; 429 needs {"retry_after": seconds}."""
        self._faults[method.lower()].extend(ApiError(status, description, parameters) for _ in range(times))

    def drop_next(self, method: str, after: bool = False) -> None:
        """Close the connection of the next call unanswered, before the work or `after` it was done."""
        self._faults[method.lower()].append(ConnectionDropped(after))

    def break_next(self, method: str) -> None:
        """Do the next call's work and break the connection in the middle of its answer."""
        self._faults[method.lower()].append(ConnectionDropped(after=True, how="half-way"))

    def silence_next(self, method: str, after: bool = False) -> None:
        """Leave the next call without an answer until the client gives up."""
        self._faults[method.lower()].append(ConnectionDropped(after, how="never"))

    # --- HTTP

    async def _answer(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self._token:
            return error_response(UNAUTHORIZED)
        try:
            result = await self._perform(await read_call(request))
        except ApiError as error:
            return error_response(error)
        except ConnectionDropped as fault:
            self.changed.notify_all()
            return await drop(request, fault)
        finally:
            self.changed.notify_all()
        return web.json_response({"ok": True, "result": result})

    async def _perform(self, call: Call) -> object:
        name, method = self._methods.get(call.method.lower(), (call.method, unknown_method))
        if name != "getUpdates":
            names = {part: upload.name for part, upload in call.uploads.items()}
            self.requests.append((name, names | call.fields))
        fault = self._faults[name.lower()].popleft() if self._faults[name.lower()] else None
        late = isinstance(fault, ConnectionDropped) and fault.after
        if fault is not None and not late:
            raise fault
        outcome = method(call)
        result = await outcome if inspect.isawaitable(outcome) else outcome
        if fault is not None:
            raise fault
        return result

    async def _download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self._token:
            return error_response(UNAUTHORIZED)
        for stored in self._chats.files.values():
            if stored.path == request.match_info["path"]:
                return web.Response(body=stored.content, content_type=stored.mime_type)
        return error_response(ApiError(404, "Not Found"))

    # --- methods of the Bot API

    def _method_table(self) -> dict[str, Method]:
        unseen = ("setChatMenuButton", "setMyDescription", "setMyShortDescription")
        return dict.fromkeys(unseen, accepted) | {
            "getMe": lambda call: self._me,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "setMyCommands": self._set_commands,
            "getMyCommands": self._get_commands,
            "deleteMyCommands": self._delete_commands,
            "sendMessage": self._chats.send_message,
            "sendDocument": self._chats.send_document,
            "sendPhoto": self._chats.send_photo,
            "sendChatAction": self._chats.send_action,
            "editMessageText": self._chats.edit_text,
            "editMessageReplyMarkup": self._chats.edit_markup,
            "deleteMessage": self._chats.delete,
            "answerCallbackQuery": self._chats.answer_query,
            "getChat": self._chats.get_chat,
            "getFile": self._chats.get_file,
        }

    async def _get_updates(self, call: Call) -> list[Json]:
        if self._webhook is not None:
            raise ApiError(409, WEBHOOK_ACTIVE)
        self._polls += 1
        mine = self._polls
        self._updates.confirm_before(call.number("offset"))
        self._allow(call)
        await self._hold(mine, min(max(call.number("timeout"), 0), LONGEST_POLL_SECONDS))
        if self._polls != mine:
            raise ApiError(409, POLLED_ELSEWHERE)
        if self._webhook is not None:
            raise ApiError(409, "Conflict: terminated by setWebhook request")
        return self._updates.first(min(max(call.number("limit", UPDATES_PER_POLL), 1), UPDATES_PER_POLL))

    async def _hold(self, mine: int, seconds: int) -> None:
        """Wait for an update; end early when another poll or a webhook takes over, or the server stops."""

        def over() -> bool:
            taken_over = self._polls != mine or self._webhook is not None
            return len(self._updates) > 0 or taken_over or self._runner is None

        self.polls_held += 1
        self.changed.notify_all()
        try:
            await self.wait_for(over, seconds)
        except TimeoutError:
            return
        finally:
            self.polls_held -= 1

    def _allow(self, call: Call) -> None:
        kinds = call.value("allowed_updates")
        if kinds is not None:
            self._updates.allowed = list(kinds)

    async def _set_webhook(self, call: Call) -> bool:
        url, secret = call.fields.get("url", ""), call.fields.get("secret_token", "")
        if url and not re.match(r"https?://", url):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise bad_request("secret token contains unallowed characters")
        self._allow(call)
        await self._change_webhook(Webhook(url, secret, self._updates, self.changed) if url else None)
        return self._drop_waiting(call)

    async def _delete_webhook(self, call: Call) -> bool:
        await self._change_webhook(None)
        return self._drop_waiting(call)

    async def _change_webhook(self, new: Webhook | None) -> None:
        """Put the new webhook in place at once, but let it deliver only when the old one has ended."""
        old, self._webhook = self._webhook, new
        if old is not None:
            await old.close()
        if new is not None and self._webhook is new:
            new.open()

    def _drop_waiting(self, call: Call) -> bool:
        if call.flag("drop_pending_updates"):
            self._updates.clear()
        return True

    def _webhook_info(self, call: Call) -> Json:
        info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(self._updates)}
        if self._updates.allowed:
            info["allowed_updates"] = self._updates.allowed
        if self._webhook is None:
            return info
        info |= {"url": self._webhook.url, "max_connections": WEBHOOK_CONNECTIONS}
        if self._webhook.last_error:
            info["last_error_date"] = int(self._clock().timestamp())
            info["last_error_message"] = self._webhook.last_error
        return info

    def _set_commands(self, call: Call) -> bool:
        commands = read_commands(call)
        if not commands:
            return self._delete_commands(call)
        self.commands[self._command_key(call)] = commands
        return True

    def _get_commands(self, call: Call) -> list[Json]:
        commands = self.commands.get(self._command_key(call), [])
        return [{"command": name, "description": description} for name, description in commands]

    def _delete_commands(self, call: Call) -> bool:
        self.commands.pop(self._command_key(call), None)
        return True

    def _command_key(self, call: Call) -> str:
        """`language|scope`, for instance `de|all_private_chats` or `|chat:42`."""
        scope = call.value("scope") or {"type": "default"}
        name = str(scope.get("type"))
        if "chat_id" in scope:
            if self._chats.find(str(scope["chat_id"])) is None:
                raise bad_request("chat not found")
            name = f"{name}:{scope['chat_id']}"
        return f"{call.fields.get('language_code', '')}|{name}"


async def drop(request: web.Request, fault: ConnectionDropped) -> web.Response:
    """End the connection as the fault says; a client that is left waiting ends it, and this call, itself."""
    if fault.how == "never":
        await asyncio.Event().wait()
    if request.transport is not None:
        if fault.how == "half-way":
            request.transport.write(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"ok": true, "result": {')
            request.transport.close()
        else:
            request.transport.abort()
    return web.Response()


def bot_user(token: str, username: str) -> Json:
    """What getMe says; the bot's id is the part of the token before the colon."""
    number = token.partition(":")[0]
    user: Json = {"id": int(number) if number.isdecimal() else 1, "is_bot": True}
    user |= {"first_name": username, "username": username}
    return user | {"can_join_groups": False, "can_read_all_group_messages": False, "supports_inline_queries": False}


def accepted(call: Call) -> bool:
    """A method that changes nothing a person sees in the chat."""
    return True


def unknown_method(call: Call) -> None:
    raise ApiError(404, "Not Found: method not found")


def read_commands(call: Call) -> list[tuple[str, str]]:
    commands = [(str(each.get("command")), str(each.get("description"))) for each in call.value("commands") or []]
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for name, description in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands


async def read_call(request: web.Request) -> Call:
    """Read the parameters of a call from its address and its form, multipart or JSON body."""
    call = Call(request.match_info["method"], dict(request.query))
    try:
        if request.content_type == "application/json":
            call.fields.update(json_fields(await request.json()))
        else:
            await read_form(request, call)
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    except (ValueError, AttributeError):
        raise bad_request("can't parse request body") from None
    return call


async def read_form(request: web.Request, call: Call) -> None:
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            call.uploads[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            call.fields[name] = value if isinstance(value, str) else bytes(value).decode()


def json_fields(body: Mapping[str, object]) -> dict[str, str]:
    """A JSON body as a form would carry it: text as it is, everything else as JSON text."""
    given = {name: value for name, value in body.items() if value is not None}
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}


def error_response(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.status, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.status)
