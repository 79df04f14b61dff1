"""The tables of passages: one component, drawn in the browser from what workbench.ui.rows gives.

Streamlit sends a component all of its data whenever the script runs. So a Feed gives it numbered messages: the
documents and their links once, then what each edit changed, and only those that the browser has not taken yet. The
browser arranges the rows, filters, searches and draws what is in sight; it asks for one thing at a time (`asked`).
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from json import dumps
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent
# One after the other in one module: the component has no files beside it.
_PARTS = ("dom", "arrange", "model", "lane", "chart", "keys", "view", "editing")


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


_table = st.components.v2.component(
    "workbench_table",
    html='<section class="wb" aria-label="Passages"></section>',
    css=_read("table.css"),
    js="\n".join(_read(f"{part}.js") for part in _PARTS),
)


def compare_table(data: dict[str, Any], key: str, on_asked: Callable[[dict[str, Any]], None]) -> None:
    """Draw what a `Feed` has for the browser; `on_asked` is told each request, some of them more than once."""
    _draw(data, key, on_asked)


def passages_table(data: dict[str, Any], key: str, on_include: Callable[[dict[str, Any]], None]) -> None:
    """The passages of one document, a payload of `rows.payload`.

    `on_include` is told `{"segments": [id], "included": bool}`.
    """
    digest = blake2b(dumps(data).encode(), digest_size=8).hexdigest()
    message = {"n": 1, "all": data}
    _draw({"session": digest, "last": 1, "done": 0, "messages": [message]}, key, on_include)


def _draw(data: dict[str, Any], key: str, on_asked: Callable[[dict[str, Any]], None]) -> None:
    def told() -> None:
        asked = getattr(st.session_state[key], "asked", None)
        if asked and asked["session"] == data["session"]:
            on_asked(asked)

    _table(key=key, data=data, on_asked_change=told)
