"""All settings, read from the environment and .env; the one place that does so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from alliance.house import House
from app import secret_files

Tls = Literal["tls", "starttls", "none"]
Port = Annotated[int, Field(ge=0, le=65535)]


class _SecretFiles(PydanticBaseSettingsSource):
    """Secrets that neither the environment nor .env names, from the files in SECRETS_FOLDER. Raises Trouble."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        raise NotImplementedError  # all files are read at once

    def __call__(self) -> dict[str, Any]:
        folder = self.current_state.get("secrets_folder")
        return dict(secret_files.read(Path(folder), secret_names() - self.current_state.keys())) if folder else {}


class Settings(BaseSettings):
    """Names as in .env.example, upper case. Without a mail address and a Telegram token the demo is run."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", hide_input_in_errors=True
    )

    alliance_name: str = "Wirtschaftsallianz Bottrop"
    assistant_language: Literal["de", "en"] = "de"
    assistant_log_level: Literal["", "debug", "info", "warning", "error"] = ""
    time_zone: str = "Europe/Berlin"
    privacy_controller: str = ""
    privacy_officer: str = ""
    data_folder: Path = Path("data")
    secrets_folder: Path | None = None
    database_url: str = Field("", repr=False)  # it may hold a password
    backup_folder: Path | None = None
    backup_keep_days: Annotated[int, Field(ge=0, le=365)] = 14  # no longer than the list of erasures
    http_host: str = "127.0.0.1"
    http_port: Port = 8087

    telegram_token: SecretStr = SecretStr("")
    telegram_base_url: str = "https://api.telegram.org/bot"
    telegram_file_url: str = "https://api.telegram.org/file/bot"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_url: str = ""
    telegram_webhook_secret: SecretStr = SecretStr("")
    telegram_take_over: bool = False
    telegram_names: bool = False

    mail_address: str = ""
    mail_user: str = ""
    mail_password: SecretStr = SecretStr("")
    mail_oauth: str = ""
    mail_oauth_tenant: str = ""
    mail_oauth_client_id: str = ""
    mail_oauth_client_secret: SecretStr = SecretStr("")
    mail_oauth_refresh_token: SecretStr = SecretStr("")
    mail_oauth_scope: str = ""
    mail_plus_addresses: bool = False
    mail_auth_server: str = ""
    mail_keep_days: Annotated[int, Field(ge=0)] = 90
    imap_host: str = ""
    imap_port: Port = 993
    imap_tls: Tls = "tls"
    imap_done_folder: str = "Zukunftsplan/erledigt"
    imap_office_folder: str = "Zukunftsplan/offen"
    imap_quarantine_folder: str = "Zukunftsplan/unlesbar"
    smtp_host: str = ""
    smtp_port: Port = 587
    smtp_tls: Tls = "starttls"
    smtp_login: bool = True
    smtp_per_minute: Annotated[int, Field(ge=0)] | None = None
    mail_ca_file: str = ""

    notify_socket: str = ""  # set by systemd, as is the next
    watchdog_usec: Annotated[int, Field(ge=0)] = 0

    crash_at: str = ""  # for tests only: the place in the code where the process is killed
    clock_file: Path | None = None  # for tests only: the file that holds the present
    clock_pace: Annotated[float, Field(ge=1)] = 1.0  # for tests only: how many times faster the clock ticks

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before .env, that before files; an empty line of .env leaves its setting to a file."""
        assert isinstance(dotenv_settings, DotEnvSettingsSource)
        dotenv = DotEnvSettingsSource(settings_cls, env_file=dotenv_settings.env_file, env_ignore_empty=True)
        return init_settings, env_settings, dotenv, _SecretFiles(settings_cls)

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"{value} is no IANA time zone") from None
        return value

    @field_validator("mail_oauth")
    @classmethod
    def _known_provider(cls, value: str) -> str:
        if value not in {"", "microsoft", "google"} and not (value.startswith("https://") and urlsplit(value).hostname):
            raise ValueError(f"{value} is neither microsoft nor google nor an https address")
        return value

    @property
    def is_demo(self) -> bool:
        """Whether no real Telegram and no real mailbox are named."""
        return not self.telegram_token.get_secret_value() and not self.mail_address

    @property
    def house(self) -> House:
        """Which alliance this is; the bot's name is known once Telegram has told it."""
        return House(
            self.alliance_name,
            self.mail_address,
            "",
            self.zone,
            controller=self.privacy_controller,
            officer=self.privacy_officer,
            telegram_names=self.telegram_names,
        )

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which people read clocks."""
        return ZoneInfo(self.time_zone)

    @property
    def url(self) -> str:
        """The database: DATABASE_URL, else one SQLite file in the data folder."""
        name = "demo.db" if self.is_demo else "zukunftsplan.db"
        return self.database_url or f"sqlite:///{self.data_folder / name}"

    @property
    def backups(self) -> Path:
        """The folder of the nightly backups."""
        return self.backup_folder or self.data_folder / "backups"


def secret_names() -> set[str]:
    """The settings that hold a secret."""
    kept = (name for name, field in Settings.model_fields.items() if field.annotation is SecretStr)
    return {*kept, "database_url"}
