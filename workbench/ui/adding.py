"""Taking files in: a form, and what became of each file."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from workbench import lang
from workbench.core import Workbench
from workbench.ui import notes
from workbench.ui.words import count, plain
from workbench.wiring.views import Added

DETECT = "detect it"
LANGUAGES = ("fr", "zh-Hans", "zh-Hant", "en", "es", "pt", "pt-BR", "ja", "ko", "de", "it", "nl", "pl", "uk",
             "ru", "tr", "ar", "he", "fa", "hi", "vi", "id")  # fmt: skip


def add_files(workbench: Workbench) -> None:
    """A form that takes files in, each with its own success or error."""
    with st.form("add", clear_on_submit=True, border=False):
        files = st.file_uploader("Files: text, Markdown, HTML, Word, PDF or subtitles", accept_multiple_files=True)
        language = st.selectbox("Language", [DETECT, *LANGUAGES], format_func=_language_name, width=280)
        pressed = st.form_submit_button("Add", type="primary")
    if pressed and not files:
        notes.draw("info", "Choose one file or more first.")
    if pressed and files:
        _add(workbench, files, None if language == DETECT else language)
        st.rerun()


def _add(workbench: Workbench, files: Sequence[UploadedFile], language: str | None) -> None:
    bar = st.progress(0.0)
    for done, file in enumerate(files):
        bar.progress(done / len(files), plain(f"Reading {file.name}, file {done + 1} of {len(files)}"))
        with notes.guarded(f"reading {file.name}"):
            say_added(workbench.add_bytes(file.getvalue(), file.name, language))
    bar.empty()


def say_added(added: Added) -> None:
    """Note what became of a file."""
    name = added.name or added.path
    if added.error:
        notes.note("error", added.error)
        return
    if added.change == "unchanged":
        notes.note("info", f"{name} is here already, exactly like this.")
    else:
        verb = "was brought up to date" if added.change == "changed" else "was added"
        notes.note("success", f"{name} {verb}: {count(added.segments, 'passage')}.")
    for warning in added.warnings:
        notes.note("warning", f"{name}: {warning}")


def _language_name(tag: str) -> str:
    return DETECT if tag == DETECT else lang.display_name(tag)
