"""What the pages know of the models: looked up once a server."""

from __future__ import annotations

import streamlit as st

from workbench import lang as languages
from workbench.core import Workbench
from workbench.wiring.models import Models
from workbench.wiring.views import DocumentInfo


@st.cache_resource(show_spinner=False)
def models() -> Models:
    return Models()


def remark(workbench: Workbench, info: DocumentInfo) -> str:
    """What to know of a document's English and links wherever they are shown, in a few words; empty: nothing."""
    campaign = workbench.veil([info.id])
    return f"translator hidden: spot check {campaign.number} is blind" if campaign else _model_note(info.lang)


def _model_note(lang: str) -> str:
    """What the models here cannot do with a language, or do badly, in a few words; empty where all is well."""
    if lang != "und" and not models().compares(lang):
        name = languages.display_name(lang)
        return f"no model here knows {name}: look at every link, or make them by hand"
    if why := why_never_translated(lang):
        return why
    return "English by a draft model" if models().drafts(lang) else ""


def why_never_translated(lang: str) -> str:
    """What has to be done before a language can be brought into English, in a few words; empty where nothing has."""
    if lang == "und":
        return "its language is not known: say it in the Library"
    if models().route(lang) is None:
        return f"no model here translates {languages.display_name(lang)}: the page About says how to get one"
    return ""


def can_be_translated(info: DocumentInfo) -> bool:
    """Whether a model here can bring something of a document into English that has no English yet."""
    return not all(map(why_never_translated, info.untranslated))


def untranslated(lang: str) -> str:
    """Why a passage that is not in English has no English, in fewer words: it stands beside each of them."""
    why, _, _ = why_never_translated(lang).partition(":")
    return why or "not translated yet"
