"""Loopback servers for alerts: https that records what is posted, and SMTP on the real wire."""

from __future__ import annotations

import asyncio
import base64
import datetime
import ipaddress
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.loopback import serving
from tests.pauses import skip


@dataclass(frozen=True)
class Trust:
    """A certificate for localhost: what a server shows, and whom a client trusts."""

    server: ssl.SSLContext
    client: ssl.SSLContext


def make_trust(folder: Path) -> Trust:
    """Make a certificate that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begins = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "localhost.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return Trust(server, ssl.create_default_context(cafile=str(path)))


@dataclass
class Hooks:
    """An https server; `fault` is what it does next: a status, "hang", "reset" or "redirect"."""

    trust: Trust
    fault: int | str = 200
    headers: dict[str, str] = field(default_factory=dict)
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0
    is_asked: asyncio.Event = field(default_factory=asyncio.Event)
    _end: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}/hook"

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Hooks]:
        app = web.Application()
        app.router.add_post("/hook", self._take)
        async with serving(app, tls=self.trust.server) as self.port:
            try:
                yield self
            finally:
                self._end.set()

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.posts.append((dict(request.headers), body))
        self.is_asked.set()
        if self.fault == "hang":
            skip(600)
            await self._end.wait()
        if self.fault == "reset":
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if self.fault == "redirect":
            return web.Response(
                status=307, headers={"Location": "http://169.254.169.254/latest/meta-data"}
            )
        assert not isinstance(self.fault, str) or self.fault == "hang"
        status = 200 if isinstance(self.fault, str) else self.fault
        return web.Response(status=status, headers=self.headers, text="x" * 100_000)


@dataclass
class Mailbox:
    """An SMTP server (RFC 5321) with STARTTLS and AUTH PLAIN; `fault` names a step that fails.

    A fault is (step, answer): "451 later" to a step, or an empty answer, which closes. `unknown`
    is nobody's address.
    """

    trust: Trust
    fault: tuple[str, str] = ("", "")
    is_tls: bool = False
    unknown: str = ""
    mails: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    port: int = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Mailbox]:
        context = self.trust.server if self.is_tls else None
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=context)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            await server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        is_encrypted = self.is_tls
        try:
            await self._say(writer, "220 localhost ESMTP")
            while line := (await reader.readline()).decode().strip():
                verb = line.partition(" ")[0].upper()
                if self.fault[0] == verb:
                    if not self.fault[1]:
                        return
                    await self._say(writer, self.fault[1])
                elif verb == "RCPT" and self.unknown and self.unknown in line:
                    await self._say(writer, "550 no such mailbox")
                elif verb == "EHLO":
                    more = "AUTH PLAIN" if is_encrypted else "STARTTLS"
                    await self._say(writer, f"250-localhost\r\n250 {more}")
                elif verb == "STARTTLS":
                    await self._say(writer, "220 go ahead")
                    await writer.start_tls(self.trust.server)
                    is_encrypted = True
                elif verb == "AUTH":
                    self.logins.append(base64.b64decode(line.split()[2]).decode())
                    await self._say(writer, "235 welcome")
                elif verb == "DATA":
                    await self._say(writer, "354 go on")
                    mail = await reader.readuntil(b"\r\n.\r\n")
                    if self.fault[0] == "END":
                        return
                    self.mails.append(mail.decode())
                    self.encrypted.append(is_encrypted)
                    await self._say(writer, "250 taken")
                elif verb == "QUIT":
                    await self._say(writer, "221 bye")
                    return
                else:
                    await self._say(writer, "250 fine")
        finally:
            writer.close()

    async def _say(self, writer: asyncio.StreamWriter, text: str) -> None:
        writer.write(f"{text}\r\n".encode())
        await writer.drain()
