"""What the pages know of the models: looked up once a server."""

from __future__ import annotations

import streamlit as st

from workbench import lang as languages
from workbench.wiring.models import Models


@st.cache_resource(show_spinner=False)
def models() -> Models:
    return Models()


def model_note(lang: str) -> str:
    """What the models here cannot do with a language, or do badly, in a few words; empty where all is well."""
    if lang == "und":
        return "its language is not known: say it in the Library"
    name = languages.display_name(lang)
    if not models().compares(lang):
        return f"no model here knows {name}: look at every link, or make them by hand"
    route = models().route(lang)
    if route is None:
        return f"no model here translates {name}"
    return "English by a draft model" if any("draft" in step.quality_note.lower() for step in route) else ""
