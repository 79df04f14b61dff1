"""Who gets in: what stands before the pages in the server, and before everything else that it answers.

A request that names another host than this one is refused: that is how a page from outside, whose name is made to lead
to this computer, would talk to us (DNS rebinding). With a password, whoever has not given it sees the login alone.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import socket
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_COOKIE = "workbench_login"
_LOGIN = "/login"
_LONGEST_FORM = 4096  # bytes
_SECONDS_A_GUESS = 1.0
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
_HEADERS = ((b"x-frame-options", b"SAMEORIGIN"), (b"referrer-policy", b"same-origin"))
_FORM = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Workbench</title>
<body style="font: 1rem sans-serif; max-width: 22rem; margin: 20vh auto">
<h1>Workbench</h1><p>{}</p>
<form method="post" action="/login"><label>Password <input name="password" type="password" autofocus></label>
<button>Log in</button></form></body></html>"""


def is_here(host: str) -> bool:
    """Whether a host is a name of this computer that only programs on it use."""
    return host in _HERE


def is_ours(host: str) -> bool:
    """Whether a host is an address, which no foreign name can be made to lead to, or the name of this computer."""
    own = socket.gethostname().lower()
    return host in _HERE | {own, f"{own}.local"} or _is_address(host)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def hashed(password: str) -> str:
    """A password as it is kept: salt and scrypt hash, in hexadecimal digits."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}:{_scrypt(password, salt).hex()}"


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one that was `hashed`; takes as long whether it is or not."""
    salt, _, digest = kept.partition(":")
    return hmac.compare_digest(_scrypt(password, bytes.fromhex(salt)), bytes.fromhex(digest))


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)


class Door:
    """Middleware. `password`: as `hashed` keeps it, empty for none; `most_mb`: of one request."""

    def __init__(self, app: ASGIApp, knows: Callable[[str], bool], password: str, most_mb: int) -> None:
        self._app, self._knows, self._password = app, knows, password
        self._most = (most_mb + 1) << 20  # what surrounds an uploaded file comes on top
        self._tokens: set[str] = set()
        self._guess = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif not self._knows(_host(scope)):
            await _refuse(scope, send, 403, "This server answers only under its own name.")
        elif not _length(scope) <= self._most:
            await _refuse(scope, send, 413, "That is more than may be uploaded.")
        elif not self._password or self._is_logged_in(scope):
            await self._app(scope, _limited(receive, self._most), _with_headers(send))
        elif scope["type"] == "http" and scope["path"] == _LOGIN and scope["method"] == "POST":
            await self._log_in(receive, send)
        else:
            await _refuse(scope, send, 401, _FORM.format("This workbench is open to those who know its password."))

    def _is_logged_in(self, scope: Scope) -> bool:
        try:
            cookie = SimpleCookie(_header(scope, b"cookie")).get(_COOKIE)
        except CookieError:
            return False
        return cookie is not None and cookie.value in self._tokens

    async def _log_in(self, receive: Receive, send: Send) -> None:
        given = parse_qs(await _body(receive, _LONGEST_FORM)).get("password", [""])[0]
        async with self._guess:  # one guess at a time, and a wrong one takes a while
            right = await asyncio.to_thread(matches, given, self._password)
            if not right:
                await asyncio.sleep(_SECONDS_A_GUESS)
        if not right:
            await _answer(send, 401, _FORM.format("That is not the password."))
            return
        token = secrets.token_urlsafe(32)
        self._tokens.add(token)
        cookie = f"{_COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/"
        await _answer(send, 303, "", (b"location", b"/"), (b"set-cookie", cookie.encode()))


def _header(scope: Scope, name: bytes) -> str:
    """A header's value; of several all, so that a doubled one is no known host and no number."""
    return ",".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


def _length(scope: Scope) -> float:
    """The bytes that a request says it brings; more than any number where it says nonsense."""
    stated = _header(scope, b"content-length") or "0"
    return int(stated) if stated.isdecimal() else float("inf")


def _host(scope: Scope) -> str:
    try:
        return (urlsplit(f"//{_header(scope, b'host')}").hostname or "").rstrip(".")
    except ValueError:
        return ""


async def _body(receive: Receive, most: int) -> str:
    """The form that was sent, nothing where it is longer than any form of ours."""
    data, more = b"", True
    while more and len(data) <= most:
        message = await receive()
        data += message.get("body", b"")
        more = message.get("more_body", False)
    return data.decode("latin-1") if len(data) <= most else ""


def _limited(receive: Receive, most: int) -> Receive:
    """`receive` that takes the sender for gone once more has come than may, whatever length it stated."""
    got = 0

    async def limited() -> Message:
        nonlocal got
        message = await receive()
        if message["type"] == "http.request":
            got += len(message.get("body", b""))
        return message if got <= most else {"type": "http.disconnect"}

    return limited


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *_HEADERS]
        await send(message)

    return sending


async def _refuse(scope: Scope, send: Send, status: int, text: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await _answer(send, status, text)


async def _answer(send: Send, status: int, text: str, *headers: tuple[bytes, bytes]) -> None:
    kind = (b"content-type", b"text/html; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [kind, *_HEADERS, *headers]})
    await send({"type": "http.response.body", "body": text.encode()})
