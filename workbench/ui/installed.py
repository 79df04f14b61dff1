"""What the pages know of the models: looked up once a server."""

from __future__ import annotations

import streamlit as st

from workbench.wiring.models import Models


@st.cache_resource(show_spinner=False)
def models() -> Models:
    return Models()


def draft_note(lang: str) -> str:
    """A warning where the English of this language comes from a model that is still a draft."""
    route = models().route(lang) or []
    return "English by a draft model" if any("draft" in step.quality_note.lower() for step in route) else ""
