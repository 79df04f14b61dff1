"""What components are made of, beside them in this folder, and what the browser asks through them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent
# A component is no older for what it asks for, and is not to look so. For the style of a page.
STEADY = ".stElementContainer:has([data-testid^=stBidiComponent]) { opacity: 1 !important }"


def read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def styled(*names: str) -> str:
    """Styles one after the other, with the colours that all have."""
    return "".join(map(read, ("colours.css", *names)))


def joined(*names: str) -> str:
    """Scripts one after the other in one module, since a component has no files beside it."""
    return "\n".join(read(f"{name}.js") for name in names)


def teller(key: str, session: str, on_asked: Callable[[dict[str, Any]], None]) -> Callable[[], None]:
    """What tells `on_asked` each request of the component `key`, unless it is of another session."""

    def told() -> None:
        asked = getattr(st.session_state[key], "asked", None)
        if asked and asked["session"] == session:
            on_asked(asked)

    return told
