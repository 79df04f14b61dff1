"""One unit to be judged at a time: one component, drawn by judge.js from what workbench.ui.judging gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


_judge = st.components.v2.component(
    "workbench_judge",
    html='<section class="judge" tabindex="-1" aria-label="Judging; press ? for the keys"></section>',
    css=_read("judge.css"),
    js="\n".join(_read(f"{part}.js") for part in ("dom", "judge")),
)


def judging(data: dict[str, Any], key: str, on_asked: Callable[[dict[str, Any]], None]) -> None:
    """Draw what a `Session` has for the browser; `on_asked` is told each request, some of them more than once."""

    def told() -> None:
        asked = getattr(st.session_state[key], "asked", None)
        if asked and asked["session"] == data["session"]:
            on_asked(asked)

    _judge(key=key, data=data, on_asked_change=told)
