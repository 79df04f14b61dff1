"""One unit to be judged at a time: one component, drawn by judge/*.js from what workbench.ui.judging gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from workbench.ui.components.files import joined, styled, teller

# Each speaks of those before it.
PARTS = [
    "dom", "drafts", "leaving", "judge/keys", "judge/wire", "judge/drawing", "judge/panel", "judge/marking",
    "judge/correcting", "judge/judge",
]  # fmt: skip

_judge = st.components.v2.component(
    "workbench_judge",
    html='<section class="judge" translate="no" tabindex="-1" aria-label="Judging; press ? for the keys"></section>',
    css=styled("judge/judge.css"),
    js=joined(*PARTS),
)


def judging(data: dict[str, Any], key: str, on_asked: Callable[[dict[str, Any]], None]) -> None:
    """Draw what a `Session` has for the browser; `on_asked` is told each request, some of them more than once."""
    _judge(key=key, data=data, on_asked_change=teller(key, data["session"], on_asked))
