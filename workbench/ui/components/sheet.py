"""A table of texts: one semantic HTML component, drawn by sheet.js from what the caller gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from workbench.ui.components.files import joined, styled

_sheet = st.components.v2.component(
    "workbench_sheet",
    html='<section class="sheet" translate="no"></section>',
    css=styled("named.css", "sheet.css"),
    js=joined("dom", "sheet"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a cell. `pieces` are texts and whether each is marked; `href`: the whole is a link to there.

    `look`: "text", "english", "quiet", or a band of confidence as in words.band. `number`: of the passage, from 1.
    """

    pieces: tuple[tuple[str, bool], ...]
    lang: str = ""
    look: str = "text"
    number: int | None = None
    href: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """`share`: how wide beside the others; `detail`: a quiet line under the name."""

    name: str
    detail: str = ""
    share: float = 1.0


def said(text: str, look: str = "quiet", href: str = "", title: str = "") -> Line:
    """A line of our own, in English."""
    return Line(((text, False),), "en", look, href=href, title=title)


def sheet(label: str, columns: Sequence[Column], rows: Sequence[Sequence[Sequence[Line]]], key: str) -> None:
    """Draw rows of cells of lines; the first cell of a row is its heading. `label`: the name of the table."""
    data = {
        "label": label,
        "columns": [asdict(column) for column in columns],
        "rows": [[[asdict(line) for line in cell] for cell in row] for row in rows],
    }
    _sheet(key=key, data=data)
