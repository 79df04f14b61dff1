"""Choosing what is exported and how, and seeing it before it is made."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import cast

import streamlit as st

from workbench import lang
from workbench.align import LEAST_CONFIDENCE
from workbench.core import Workbench
from workbench.datatypes import Status, TranslationUnit
from workbench.export import FORMATS, Preview, Selection
from workbench.plurals import count
from workbench.ui import address, notes, welcome, working
from workbench.ui.components.sheet import Column, Line, said, sheet
from workbench.ui.installed import remark
from workbench.ui.picked import compared
from workbench.ui.words import band, plain, sentence, veil_note
from workbench.wiring.views import DocumentInfo

FIRST_ROWS = 10
_LONGEST_NAME = 100  # characters of a file's name, which systems and mail programs take without ado
_DESCRIBED = re.compile(r"[:;] ")  # what a format is, and remarks on it
_ORIGINALS, _ENGLISH = "originals", "english"
_NOTHING = "Nothing is like this; choose other documents, more statuses or less confidence."
_NOTHING_ALIGNED = (
    "No documents are aligned with each other yet. Choose two or more to have that done, or one to export it with its"
    " translation into English."
)
_NOTHING_ALONE = (
    "One document goes out with its translation into English, of which nothing is like this. Add another document to "
    "export what the two share."
)
# Streamlit leaves room under a slider, by which its label stands above those beside it.
_STYLE = "<style>.st-key-export_least { margin-block-end: -.5rem }</style>"


def draw(workbench: Workbench) -> None:
    documents = {info.id: info for info in workbench.documents()}
    if not documents:
        welcome.draw(workbench, [])
        return
    st.html(_STYLE)
    format, selection = _asked(workbench, documents)
    if not selection.docs and not workbench.aligned_pairs():
        notes.draw("info", _NOTHING_ALIGNED)
        return
    if not working.all_aligned(workbench, [documents[key] for key in selection.docs]):
        return
    with notes.guarded("looking at what would be exported"):
        with notes.patience(workbench.documents()):
            preview = workbench.preview_export(selection, format, FIRST_ROWS)
        if len(selection.docs) == 1 and (campaign := workbench.veil(selection.docs)):
            notes.draw("info", f"{veil_note(campaign)} The file keeps that back too.")
        working.offer_to_align_again(workbench, _pairs(workbench, selection.docs))
        _offer(workbench, selection, format, preview, [documents[key].name for key in selection.docs])
        _show(preview, selection, partial(_remark, workbench, documents))


def _asked(workbench: Workbench, documents: Mapping[str, DocumentInfo]) -> tuple[str, Selection]:
    """The format, and what of the documents is wanted: at first of those that are compared."""
    which, how = st.columns([3, 2])
    bind = address.BIND
    docs = which.multiselect(
        "Documents",
        list(documents),
        [key for key in compared(workbench) if key in documents],
        format_func=lambda key: documents[key].name,
        placeholder="all that are aligned",
        key="export_docs",
        bind=bind,
        help="Two for what they share; one for its passages with their English; several for all their pairs",
    )
    format = str(how.selectbox("Format", list(FORMATS), key="export_format", format_func=format_name, bind=bind))
    if remarks := _DESCRIBED.split(FORMATS[format].description, maxsplit=1)[1:]:
        how.caption(plain(sentence(remarks[0])))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        usual = [status.value for status in Status if status in Selection().statuses]
        statuses = st.pills(
            "Links that are",
            [status.value for status in Status],
            selection_mode="multi",
            default=usual,
            key="export_statuses",
            bind=bind,
        )
        usual_least = round(100 * LEAST_CONFIDENCE)
        least = st.slider("As sure as", 0, 100, usual_least, 5, "%d %%", key="export_least", width=180, bind=bind)
        texts = st.segmented_control(
            "Texts", [_ORIGINALS, _ENGLISH], default=_ORIGINALS, required=True, key="export_texts",
            format_func={_ORIGINALS: "Originals", _ENGLISH: "English"}.__getitem__, bind=bind,
        )  # fmt: skip
        orders = docs if len(docs) > 1 else []
        order = st.selectbox(
            "In the order of", orders, key="export_order", format_func=lambda key: documents[key].name, width=220,
            bind=bind,
        ) if orders else None  # fmt: skip
        nulls = st.toggle("Passages without a counterpart", value=True, key="export_nulls", bind=bind)
    return format, Selection(
        docs=tuple(docs),
        statuses=frozenset(Status(status) for status in statuses or ()),
        least=least / 100,
        nulls=nulls,
        texts="english" if texts == _ENGLISH else "originals",
        order=order,
    )


def format_name(name: str) -> str:
    """What a format is called, with what it is: who looks for a translation memory need not know its abbreviation.

    >>> format_name("tmx")
    'TMX · translation memory, TMX 1.4'
    """
    return f"{name.upper()} · {_DESCRIBED.split(FORMATS[name].description, maxsplit=1)[0]}"


def _offer(workbench: Workbench, selection: Selection, format: str, preview: Preview, names: Sequence[str]) -> None:
    """How much it is, what is left out and why, and the button that makes the file. `names`: of what was chosen."""
    told, save = st.columns([6, 2], vertical_alignment="center")
    told.markdown(plain(summary(preview)))
    with save.container(horizontal=True, horizontal_alignment="right"):
        st.download_button(
            "Save as a file",
            partial(_made, workbench, selection, format),
            file_name(names) + FORMATS[format].suffix,
            FORMATS[format].mime,
            icon=":material/download:",
            type="primary",
            on_click="ignore",
            disabled=not preview.report.written,
        )


def _pairs(workbench: Workbench, docs: Sequence[str]) -> list[tuple[str, str]]:
    """Those whose links are exported: of all documents where none are named."""
    return [pair for pair in workbench.aligned_pairs() if not docs or set(pair) <= set(docs)]


def file_name(names: Sequence[str]) -> str:
    """What an export of documents is called, without ending: after them, as long as they are few and their names short.

    >>> file_name(["talk.fr.txt", "talk.zh.srt"]), file_name(["fr/index.html"]), file_name([])
    ('talk.fr-talk.zh', 'fr-index', 'workbench')
    """
    name = "-".join(PurePath(name.replace("/", "-")).stem for name in names)
    return name if 0 < len(name) <= _LONGEST_NAME else "workbench"


def summary(preview: Preview) -> str:
    """`12 rows; left out: 3 rejected, 1 no counterpart. …`"""
    report = preview.report
    left_out = ", ".join(f"{number:,} {why}" for why, number in report.left_out.items())
    altered = "; ".join(f"{number:,} × {what}" for what, number in report.altered.items())
    parts = [count(report.written, "row") + (f"; left out: {left_out}" if left_out else "; nothing is left out")]
    return ". ".join([*parts, *([altered] if altered else [])]) + "."


def _made(workbench: Workbench, selection: Selection, format: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"export{FORMATS[format].suffix}"
        workbench.export(selection, format, path, as_shown=True)
        return path.read_bytes()


def _remark(workbench: Workbench, documents: Mapping[str, DocumentInfo], name: str) -> str:
    """What to know of the English of the document of a name; nothing where there is none."""
    info = {info.name: info for info in documents.values()}.get(name)
    return remark(workbench, info) if info else ""


def _show(preview: Preview, selection: Selection, about: Callable[[str], str]) -> None:
    """`about`: what to know of the English of a document, by its name."""
    alone = len(selection.docs) == 1  # a document with its English
    if not preview.units:
        notes.draw("info", _NOTHING_ALONE if alone else _NOTHING)
        return
    src, tgt = (_names(preview, side) for side in ("src", "tgt"))
    columns = [Column("Status" if alone else "Link", share=0.4)]
    if alone:
        columns += [Column(src), Column("English", about(src))]
    else:
        columns += [Column(name, about(name)) for name in (src, tgt)]
    more = preview.report.written > len(preview.units)
    sheet("The first rows", columns, [_cells(unit, alone) for unit in preview.units], "export_sheet")
    if more:
        st.caption(f"The first {len(preview.units)} of {preview.report.written:,}.")


def _names(preview: Preview, side: str) -> str:
    names = {name for unit in preview.units if (name := getattr(unit, f"{side}_doc"))}
    return names.pop() if len(names) == 1 else {"src": "Source", "tgt": "Target"}[side]


def _cells(unit: TranslationUnit, alone: bool) -> list[list[Line]]:
    """`alone`: it is a passage with its English, which no link can be sure of."""
    sure, is_link = band(unit.confidence), bool(unit.src_text and unit.tgt_text)
    link = [said(sure, sure) if is_link else said("no counterpart")]
    if alone or (is_link and unit.status is Status.ACCEPTED):  # how sure a machine was does not matter any more
        link = []
    head = [*link, said(unit.status.value), *([said(unit.comment)] if unit.comment else [])]
    sides = [_side(unit, "src", with_english=not alone), _side(unit, "tgt", with_english=True)]
    sides[1] += [Line(((other.text, False),), other.lang, title=other.doc) for other in unit.others]
    return [head, *sides]


def _side(unit: TranslationUnit, side: str, *, with_english: bool) -> list[Line]:
    text, tag = getattr(unit, f"{side}_text"), getattr(unit, f"{side}_lang")
    numbers = cast("tuple[int, ...]", getattr(unit, f"{side}_numbers"))
    english = getattr(unit, f"{side}_en")
    lines = [Line(((text, False),), tag, number=numbers[0] if numbers else None)] if text else [said("—")]
    if with_english and english and english != text and not lang.same_language(tag, "en"):
        lines.append(Line(((english, False),), "en", "english"))
    return lines
