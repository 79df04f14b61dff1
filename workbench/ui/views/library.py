"""What the workspace holds: add, correct, look into and remove documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from workbench import lang
from workbench.core import Added, DocumentInfo, SegmentView, Workbench
from workbench.ui import notes, rows
from workbench.ui.components.passages import passages_table
from workbench.ui.words import count, left_out_counts, plain

DETECT = "found out by itself"
LANGUAGES = ("fr", "zh-Hans", "zh-Hant", "en", "es", "pt", "pt-BR", "ja", "ko", "de", "it", "nl", "pl", "uk",
             "ru", "tr", "ar", "he", "fa", "hi", "vi", "id")  # fmt: skip


def page(workbench: Workbench) -> None:
    documents = workbench.documents()
    with st.expander("Add documents", expanded=not documents, icon=":material/upload_file:"):
        add_files(workbench)
    if not documents:
        notes.draw(
            "info",
            "The workspace is empty. Add two or more versions of one thing, in any languages; "
            "then compare them on the page Compare.",
        )
        return
    for info in documents:
        _draw_document(workbench, info)


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
        bar.progress(done / len(files), plain(f"Reading {file.name}"))
        with notes.guarded(f"reading {file.name}"):
            _say_added(workbench.add_bytes(file.getvalue(), file.name, language))
    bar.empty()


def _say_added(added: Added) -> None:
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


def _draw_document(workbench: Workbench, info: DocumentInfo) -> None:
    with st.container(border=True):
        about, controls = st.columns([5, 3], vertical_alignment="center")
        segments = workbench.segments(info.id)
        with about:
            title, line = plain(info.title or info.name), plain(summary(info, segments))
            st.markdown(f"**{title}**  \n:small[:gray[{line}]]")
        with (
            controls,
            st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="bottom"),
        ):
            _choose_language(workbench, info)
            shown = st.toggle("Passages", key=f"show-{info.id}")
            _offer_removal(workbench, info)
        if shown:
            _draw_passages(workbench, info, segments)


def summary(info: DocumentInfo, segments: Sequence[SegmentView]) -> str:
    """A document in one line: name, format, how much of it takes part, and what does not and why."""
    parts = [info.name] if info.title else []
    parts.append(f"{lang.display_name(info.lang)}, {info.format.upper()}")
    parts.append(count(info.segments, "passage"))
    parts.append(left_out_counts(segments))
    if not lang.same_language(info.lang, "en"):
        parts.append(f"{info.translated:,} of {info.included:,} in English")
    return " · ".join(filter(None, parts))


def _choose_language(workbench: Workbench, info: DocumentInfo) -> None:
    options = list(dict.fromkeys([info.lang, *LANGUAGES]))
    chosen = st.selectbox(
        "Language",
        options,
        key=f"language-{info.id}-{info.lang}",
        width=190,
        format_func=lang.display_name,
        label_visibility="collapsed",
    )
    if chosen != info.lang:
        with notes.guarded("changing the language"):
            workbench.set_language(info.id, chosen)
        st.rerun()


def _offer_removal(workbench: Workbench, info: DocumentInfo) -> None:
    with st.popover("Remove", icon=":material/delete:"):
        st.markdown(f"Remove {plain(info.name)} and its alignments from the workspace? The file itself stays.")
        if st.button("Remove it", key=f"remove-{info.id}", type="primary"):
            with notes.guarded(f"removing {info.name}"):
                workbench.remove(info.id)
            st.rerun()


def _draw_passages(workbench: Workbench, info: DocumentInfo, segments: Sequence[SegmentView]) -> None:
    def include(asked: dict[str, Any]) -> None:
        with notes.guarded("changing what takes part"):
            workbench.set_included(asked["segments"], asked["included"])

    data = rows.payload([rows.Column(info, tuple(segments))], [])
    passages_table(data, key=f"passages-{info.id}", on_include=include)
