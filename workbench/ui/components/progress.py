"""A Progress that draws one bar a stage."""

from __future__ import annotations

import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.ui.words import plain

# A bar that moves more often than the eye can follow only slows the work down.
SECONDS_BETWEEN_UPDATES = 0.1


class Bars:
    """Drawn where it was made; `close` takes the bars away."""

    def __init__(self) -> None:
        self._place = st.container()
        self._bars: dict[str, DeltaGenerator] = {}
        self._shown_at: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if done < total and now - self._shown_at.get(stage, 0.0) < SECONDS_BETWEEN_UPDATES:
            return
        self._shown_at[stage] = now
        share = min(1.0, done / total) if total else 1.0
        text = f"{plain(stage).capitalize()}: {done:,} of {total:,}"
        if stage in self._bars:
            self._bars[stage].progress(share, text)
        else:
            self._bars[stage] = self._place.progress(share, text)

    def close(self) -> None:
        for bar in self._bars.values():
            bar.empty()
