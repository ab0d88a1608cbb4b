"""Connections over which a secret would travel for everybody to read."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from app.settings import Settings


def in_the_clear(settings: Settings) -> list[tuple[str, str]]:
    """The settings that ask for it, each with the host; on this very computer nobody reads along."""
    telegram = urlsplit(settings.telegram_base_url)
    ways = (
        ("IMAP_TLS", settings.imap_host, settings.imap_tls == "none"),
        ("SMTP_TLS", settings.smtp_host, settings.smtp_tls == "none" and settings.smtp_login),
        ("TELEGRAM_BASE_URL", telegram.hostname or "", telegram.scheme == "http"),
    )
    return [(name, host) for name, host, plain in ways if plain and host and not _is_here(host)]


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
