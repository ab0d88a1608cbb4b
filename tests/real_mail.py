"""A real Postfix and a real Dovecot on free loopback ports, in a folder of their own that is gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
from email import message_from_bytes
from email.utils import parseaddr
from pathlib import Path
from string import Template
from types import TracebackType

from imapclient import IMAPClient

HOST = "127.0.0.1"
CONFIG = Path(__file__).parent / "real_mail_config"
POSTFIX_DAEMONS = [Path("/usr/lib/postfix/sbin"), Path("/usr/libexec/postfix"), Path("/usr/lib/postfix")]
SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
QUEUES = ["active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace"]
PATIENCE = 15.0  # seconds for a server to start, to stop, or for letters to arrive
POLL = 0.02  # seconds


def available() -> str | None:
    """Why the real servers cannot run here; None when they can."""
    missing = [name for name in ("dovecot", "doveadm", "openssl") if not shutil.which(name, path=SBIN)]
    if not _postfix_daemons():
        missing.append("postfix")
    if missing:
        return f"not installed: {', '.join(missing)} (Debian: dovecot-imapd dovecot-lmtpd postfix openssl)"
    if os.geteuid() != 0:
        return "Postfix starts as root only"
    version = subprocess.run([_program("dovecot"), "--version"], capture_output=True, text=True, check=True).stdout
    return None if version.startswith("2.3.") else f"the configuration is for Dovecot 2.3, this is {version.split()[0]}"


class RealMail:
    """Any address has a mailbox, all with one password; plus-addresses go to the base address.

    SMTP offers STARTTLS and login but demands neither. `kick` cuts all IMAP sessions, as a restart would.
    """

    host = HOST

    def __init__(self, account: str = "office@example.org", password: str = "secret") -> None:
        self.account, self.password = account, password
        self.imap_port, self.imaps_port, self.smtp_port, self.lmtp_port = _free_ports(4)
        self._servers: list[subprocess.Popen[bytes]] = []

    def start(self) -> RealMail:
        """Start both servers; returns when they answer. Raises RuntimeError with their log when they do not."""
        self._folder = Path(tempfile.mkdtemp(prefix="real-mail-"))
        self._folder.chmod(0o755)
        self._certify()
        try:
            self._start_dovecot()
            self._start_postfix()
        except Exception:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop both and remove their folder; may be called twice."""
        for server in reversed(self._servers):
            server.terminate()
        for server in self._servers:
            try:
                server.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, 9)
                server.wait()
        self._servers.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> RealMail:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def cafile(self) -> str:
        """The certificate to trust, for localhost and 127.0.0.1."""
        return str(self._folder / "certificate.pem")

    def deliver(self, address: str, raw: bytes) -> None:
        """Put a letter into an INBOX at once, past Postfix; its From is the envelope sender."""
        sender = parseaddr(message_from_bytes(raw).get("From", ""))[1]
        with smtplib.LMTP(HOST, self.lmtp_port) as client:
            client.sendmail(sender, [address], raw)

    def read(self, address: str, at_least: int = 0) -> list[bytes]:
        """The letters in somebody's INBOX, as IMAP gives them. Waits until there are `at_least` so many."""
        deadline = time.monotonic() + PATIENCE
        with IMAPClient(HOST, self.imap_port, ssl=False, timeout=PATIENCE) as client:
            client.login(address, self.password)
            while client.select_folder("INBOX", readonly=True)[b"EXISTS"] < at_least:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"fewer than {at_least} letters")
                time.sleep(POLL)
            letters = client.fetch(client.search("ALL"), ["BODY.PEEK[]"])
            return [letters[number][b"BODY[]"] for number in sorted(letters)]

    def kick(self) -> None:
        """Cut every IMAP session."""
        command = [_program("doveadm"), "-c", str(self._folder / "dovecot" / "dovecot.conf"), "kick", "*"]
        subprocess.run(command, check=True, capture_output=True)

    # --- the two servers

    def _certify(self) -> None:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
             "-keyout", str(self._folder / "key.pem"), "-out", self.cafile],
            check=True, capture_output=True,
        )  # fmt: skip

    def _start_dovecot(self) -> None:
        base = self._folder / "dovecot"
        (base / "mail").mkdir(parents=True)
        shutil.chown(base / "mail", "nobody")
        self._configure("dovecot.conf", base)
        command = [_program("dovecot"), "-F", "-c", str(base / "dovecot.conf")]
        self._launch(command, base, [self.imap_port, self.lmtp_port])

    def _start_postfix(self) -> None:
        base = self._folder / "postfix"
        _make_spool(base)
        for name in ("main.cf", "master.cf"):
            self._configure(name, base)
            os.utime(base / name, (0, 0))  # Postfix waits until a file it reads is older than a second
        daemons = _postfix_daemons()
        assert daemons is not None
        # `postfix start` would check the whole installation first
        self._launch([str(daemons / "master"), "-d", "-c", str(base)], base, [self.smtp_port])

    def _configure(self, name: str, base: Path) -> None:
        nobody = pwd.getpwnam("nobody")
        values = {
            "base": base,
            "uid": nobody.pw_uid,
            "gid": nobody.pw_gid,
            "password": self.password,
            "imap_port": self.imap_port,
            "imaps_port": self.imaps_port,
            "smtp_port": self.smtp_port,
            "lmtp_port": self.lmtp_port,
            "certificate": self.cafile,
            "key": self._folder / "key.pem",
            "auth": self._folder / "dovecot" / "auth",
            "daemons": _postfix_daemons(),
        }
        (base / name).write_text(Template((CONFIG / name).read_text()).substitute(values))

    def _launch(self, command: list[str], base: Path, ports: list[int]) -> None:
        # a session of its own: Postfix ends its whole process group when told to stop
        with (base / "output").open("wb") as output:
            server = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )
        self._servers.append(server)
        try:
            for port in ports:
                _wait_for_greeting(port, server)
        except (TimeoutError, ChildProcessError) as error:
            said = "".join(path.read_text() for path in (base / "output", base / "log") if path.exists())
            raise RuntimeError(f"{Path(command[0]).name} did not start: {said[-2000:]}") from error


def _program(name: str) -> str:
    path = shutil.which(name, path=SBIN)
    assert path is not None
    return path


def _postfix_daemons() -> Path | None:
    return next((folder for folder in POSTFIX_DAEMONS if (folder / "master").exists()), None)


def _make_spool(base: Path) -> None:
    """The queue folders with the owners Postfix insists on."""
    (base / "spool" / "pid").mkdir(parents=True)
    (base / "data").mkdir()
    shutil.chown(base / "data", "postfix")
    for name in QUEUES:
        (base / "spool" / name).mkdir(mode=0o700)
        shutil.chown(base / "spool" / name, "postfix")
    for name, mode in (("maildrop", 0o730), ("public", 0o710)):
        (base / "spool" / name).mkdir()
        (base / "spool" / name).chmod(mode)
        shutil.chown(base / "spool" / name, "postfix", "postdrop")


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server((HOST, 0)) for _ in range(count)]
    ports = [server.getsockname()[1] for server in sockets]
    for server in sockets:
        server.close()
    return ports


def _wait_for_greeting(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server speaks: its master listens earlier than it can be stopped in good order."""
    deadline = time.monotonic() + PATIENCE
    while not _greets(port):
        if server.poll() is not None:
            raise ChildProcessError(f"ended with {server.returncode}")
        if time.monotonic() > deadline:
            raise TimeoutError(f"port {port} stays silent")
        time.sleep(POLL)


def _greets(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=PATIENCE) as client:
            return bool(client.recv(1))
    except ConnectionError:
        return False
