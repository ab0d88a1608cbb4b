"""All settings, read from the environment and .env; the one place that does so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Tls = Literal["tls", "starttls", "none"]
Port = Annotated[int, Field(ge=0, le=65535)]


class Settings(BaseSettings):
    """Names as in .env.example, upper case. Without a mail address and a Telegram token the demo is run."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    alliance_name: str = "Wirtschaftsallianz Bottrop"
    assistant_language: Literal["de", "en"] = "de"
    assistant_log_level: Literal["", "debug", "info", "warning", "error"] = ""
    time_zone: str = "Europe/Berlin"
    data_folder: Path = Path("data")
    database_url: str = ""
    http_host: str = "127.0.0.1"
    http_port: Port = 8087

    telegram_token: SecretStr = SecretStr("")
    telegram_base_url: str = "https://api.telegram.org/bot"
    telegram_file_url: str = "https://api.telegram.org/file/bot"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_url: str = ""
    telegram_webhook_secret: SecretStr = SecretStr("")
    telegram_take_over: bool = False

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
    mail_ca_file: str = ""

    crash_at: str = ""  # for tests only: the place in the code where the process is killed

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
    def zone(self) -> ZoneInfo:
        """The time zone in which people read clocks."""
        return ZoneInfo(self.time_zone)

    @property
    def url(self) -> str:
        """The database: DATABASE_URL, else one SQLite file in the data folder."""
        name = "demo.db" if self.is_demo else "zukunftsplan.db"
        return self.database_url or f"sqlite:///{self.data_folder / name}"
