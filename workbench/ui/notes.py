"""Sentences for the user that outlive the rerun in which they came up."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Literal

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.ui.words import complaint, plain, unforeseen
from workbench.wiring.views import DocumentInfo

Tone = Literal["success", "info", "warning", "error", "passing"]

_KEY, _SHOWN = "notes", "notes_shown"
_MANY = 20_000  # passages that take more than a moment to read
_DRAWN: Mapping[Tone, Callable[[str], object]] = {
    "success": st.success,
    "info": st.info,
    "warning": st.warning,
    "error": st.error,
    "passing": st.toast,
}
_log = logging.getLogger(__name__)


def note(tone: Tone, text: str) -> None:
    """Keep a sentence for the next `show`."""
    st.session_state.setdefault(_KEY, []).append((tone, text))


def show() -> None:
    """Draw what was noted and forget it."""
    for tone, text in st.session_state.pop(_KEY, []):
        draw(tone, text)
        st.session_state.setdefault(_SHOWN, []).append((tone, text))


def begin() -> None:
    """A run of the page begins, in which nothing is shown yet."""
    st.session_state.pop(_SHOWN, None)


def again() -> None:
    """Keep what this run showed for the next `show`: for a page that is drawn anew by itself, before it was read."""
    shown = [(tone, text) for tone, text in st.session_state.get(_SHOWN, []) if tone != "passing"]
    st.session_state[_KEY] = shown + st.session_state.get(_KEY, [])


def any_kept() -> bool:
    """Whether a sentence waits for the next `show`."""
    return bool(st.session_state.get(_KEY))


def draw(tone: Tone, text: str) -> None:
    """Draw one sentence now, exactly as it is; a passing one goes by itself after some seconds."""
    _DRAWN[tone](plain(text))


def patience(documents: Iterable[DocumentInfo]) -> AbstractContextManager[None]:
    """Say that long documents are being read, while they are."""
    passages = sum(info.segments for info in documents)
    return st.spinner(f"Reading {passages:,} passages …") if passages > _MANY else nullcontext()


@contextmanager
def guarded(doing: str) -> Iterator[None]:
    """Turn what goes wrong inside into a noted sentence; `doing` completes 'While ..., something failed'."""
    try:
        yield
    except WorkbenchError as error:
        note("error", complaint(error))
    except Exception:
        _log.exception("While %s", doing)
        note("error", unforeseen(doing))
