"""What Streamlit's own page consists of, answered from memory: near a hundred files that would be read in pieces.

Streamlit asks for what draws a kind of element only when a page has told it of one. The start page that is given out
here names what most pages are drawn with, so that a browser fetches it at once, beside all else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit

from workbench.ui.components.files import read

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

ROOT = Path(streamlit.__file__).parent / "static"
_DRAWN_WITH = ("BidiComponent", "Html", "Multiselect")
_IMPORTED = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
_TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
# What Streamlit says where the server does not answer, and what is so of this one.
_GONE = (
    "The workbench does not answer. Where it was ended, start it again, and leave this page open: it goes on by "
    "itself, and what you were writing is kept."
)
_REWORDED = {
    "Streamlit server is not responding. Are you connected to the internet?": _GONE,
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": _GONE,
    "streamlit run yourscript.py": "python -m workbench serve",
}
_FOR_EVER = "public, max-age=31536000, immutable"  # as Streamlit says too: a name holds a sum of the file's content


class Assets:
    """Middleware: whatever is not one of these files or a page's address is left to what stands behind."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._known = {f"/{path.relative_to(ROOT).as_posix()}": path for path in _files()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_whole = scope["type"] == "http" and scope["method"] == "GET" and b"range" not in dict(scope["headers"])
        path = scope.get("path", "")
        if is_whole and path in self._known:
            kind = _TYPES[self._known[path].suffix]
            await _answer(send, _content(self._known[path]), kind, _FOR_EVER)
        elif is_whole and is_page(path):
            await _answer(send, start_page(), "text/html; charset=utf-8", "no-cache")
        else:
            await self._app(scope, receive, send)


def is_page(path: str) -> bool:
    """Whether a path is a page's: Streamlit answers all of them with the same."""
    return path.count("/") == 1 and "." not in path


@cache
def start_page() -> bytes:
    """Streamlit's, with links to the scripts that it would ask for later, and what keeps Back and links in order."""
    html = (ROOT / "index.html").read_text(encoding="utf-8").replace("<title>Streamlit<", "<title>Workbench<")
    more = [name for name in needed(_DRAWN_WITH) if name not in html]
    links = "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">\n' for name in more)
    return html.replace("</head>", f"<script>\n{read('start.js')}</script>\n{links}</head>", 1).encode()


def needed(names: Iterable[str]) -> list[str]:
    """The files of scripts, without the sums in their names, and of all that those import, in the order they ask."""
    todo = [path.name for name in names for path in (ROOT / "static" / "js").glob(f"{name}.*.js")]
    found: dict[str, None] = {}
    while todo:
        name = todo.pop(0)
        if name not in found:
            found[name] = None
            todo += _IMPORTED.findall(_content(ROOT / "static" / "js" / name).decode())
    return list(found)


def _files() -> Iterator[Path]:
    return (path for path in (ROOT / "static").rglob("*") if path.suffix in _TYPES)


@cache
def _content(path: Path) -> bytes:
    content = path.read_bytes()
    if path.name.startswith("index.") and path.suffix == ".js":
        for said, instead in _REWORDED.items():
            content = content.replace(said.encode(), instead.encode())
    return content


async def _answer(send: Send, body: bytes, kind: str, kept: str) -> None:
    told = {"content-type": kind, "cache-control": kept, "content-length": str(len(body))}
    headers = [(name.encode(), value.encode()) for name, value in told.items()]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
