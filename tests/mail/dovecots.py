"""Real Dovecots that are set up otherwise than usual."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.real_mail import RealMail


class Dovecot(RealMail):
    """Dovecot with ``more`` at the end of its configuration ($base is its folder), and no Postfix unless wanted."""

    def __init__(self, more: str = "", *, password: str = "secret", postfix: bool = False) -> None:
        super().__init__(password=password)
        self._more = more
        self._postfix = postfix
        self.files: dict[str, str] = {}

    def __enter__(self) -> Dovecot:
        self.start()
        return self

    def fill(self, address: str, letters: list[bytes]) -> None:
        """Put letters into an INBOX as files, long before the server looks. Call before the first visit."""
        folder = self._mail(address)
        for name in ("cur", "new", "tmp"):
            (folder / name).mkdir(parents=True)
        for number, raw in enumerate(letters):
            (folder / "cur" / f"1700000000.M{number}.old:2,").write_bytes(raw)
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "nobody")

    def renumber(self, address: str) -> None:
        """Forget all UIDs, as after a restored backup: the next visit finds a new UIDVALIDITY."""
        for path in self._mail(address).glob("dovecot*"):
            path.unlink()

    def _mail(self, address: str) -> Path:
        return self._folder / "dovecot" / "mail" / address

    def _configure(self, name: str, base: Path) -> None:
        super()._configure(name, base)
        if name == "dovecot.conf":
            with (base / name).open("a") as config:
                config.write("\n" + self._more.replace("$base", str(base)) + "\n")
            for other, text in self.files.items():
                (base / other).write_text(text.replace("$base", str(base)))
                shutil.chown(base / other, "nobody")

    def _start_postfix(self) -> None:
        if self._postfix:
            super()._start_postfix()
