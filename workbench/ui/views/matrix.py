"""What several documents share, passage by passage: a row each, the documents as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import streamlit as st

from workbench import lang
from workbench.align import Row
from workbench.concordance import Query
from workbench.core import Workbench
from workbench.plurals import count
from workbench.ui import address, notes, shares, welcome, working
from workbench.ui.components.sheet import Column, Line, said, sheet
from workbench.ui.download import offer
from workbench.ui.installed import remark
from workbench.ui.paging import page_of
from workbench.ui.picked import choose
from workbench.ui.words import plain, translated_by
from workbench.wiring.views import DocumentInfo, MatrixView, SegmentView

ROWS_A_PAGE = 100
_DOCUMENTS, _PICKED, _SUGGESTED = "matrix_documents", "matrix_picked", "matrix_suggested"
# In the address, where Compare has another word: when the page changes, Streamlit may write this into the history of
# the page before.
_COLUMNS = "columns"
_EXPLAINED = (
    "Each row is one passage, with what every document has of it; — where it has none. Small numbers count the passages"
    " of a document, grey text is its English."
)
_NO_ROW = "No row is like this; show everything, or look for other words."
_NO_LINK = (
    "No link between these documents is sure enough to be shown here. Compare shows doubtful ones, where there are any,"
    " once “Links from” is moved to the left."
)
_BANDS = "How sure the weakest of the links is that make this row"
_PAIRS = "Every two documents are aligned by themselves; this is how many of those alignments say the same as this row"
_BY_SHARING, _BY_AGREEMENT = "by sharing", "by agreement"


@dataclass(frozen=True, slots=True)
class Asked:
    """`order`: a document's id, _BY_SHARING or _BY_AGREEMENT; `what`: as in `shares.shown`."""

    order: str
    what: str
    text: str
    english: bool


def page(workbench: Workbench) -> None:
    documents = {info.id: info for info in workbench.documents()}
    if len(documents) < 2:
        welcome.draw(workbench, list(documents.values()))
        return
    chosen = [documents[key] for key in _picked(workbench, documents)]
    if len(chosen) < 2:
        notes.draw("info", "Choose two documents or more: each row is a passage, with what every document has of it.")
        return
    if not working.all_aligned(workbench, chosen):
        return
    asked = _asked(chosen)
    with notes.patience(chosen):
        view = workbench.matrix([info.id for info in chosen], asked.order if asked.order in documents else None)
    working.offer_to_align_again(workbench, list(combinations([info.id for info in chosen], 2)))
    with notes.guarded("looking for this"):
        _draw(workbench, view, asked)


def _picked(workbench: Workbench, documents: dict[str, DocumentInfo]) -> list[str]:
    """The ids of the columns: as the address says, or as before, or all that are aligned with each other."""

    def suggested() -> list[str]:
        # Asked for in every run: to see what documents share, a matrix of them all is made.
        state = workbench.state(), list(documents)
        if st.session_state.get(_SUGGESTED, (None,))[0] != state:
            st.session_state[_SUGGESTED] = state, _suggested(workbench, list(documents))
        found: list[str] = st.session_state[_SUGGESTED][1]
        return found

    return choose("Documents, a column each", documents, _COLUMNS, (_PICKED, _DOCUMENTS), suggested)


def _suggested(workbench: Workbench, documents: Sequence[str]) -> list[str]:
    """The pair that was aligned last, and each other document that is aligned with all of them and shares something."""
    aligned = workbench.aligned_pairs()
    pairs = {frozenset(pair) for pair in aligned}
    found = list(aligned[-1]) if aligned else list(documents[:2])
    for other in documents:
        if other not in found and all(frozenset((other, doc)) in pairs for doc in found):
            found.append(other)
    found = sorted(found, key=list(documents).index)
    return _sharing(workbench, found, aligned[-1]) if len(found) > 2 else found


def _sharing(workbench: Workbench, docs: list[str], latest: Sequence[str]) -> list[str]:
    """Those that share passages with `latest`, if by way of others; or that share any; all, where none does."""
    rows = [row.cells for row in workbench.matrix(docs).matrix.rows]
    shared = [some for cells in rows if len(some := {docs[at] for at, cell in enumerate(cells) if cell}) > 1]
    together = set(latest)
    while more := [some for some in shared if some & together and not some <= together]:
        together = together.union(*more)
    wanted = [some for some in shared if some <= together] or shared
    return [doc for doc in docs if any(doc in some for some in wanted)] or docs


def _asked(chosen: Sequence[DocumentInfo]) -> Asked:
    orders = {info.id: f"as {info.name} tells it" for info in chosen}
    kinds = {shares.SHARED: "shared by both", shares.EVERYTHING: "everything"}
    if len(chosen) > 2:  # one alignment disputes nothing
        orders |= {_BY_SHARING: "shared by most first", _BY_AGREEMENT: "most disputed first"}
        kinds = {shares.SHARED: "shared by two or more", shares.BY_ALL: "shared by all"}
        kinds |= {shares.EVERYTHING: "everything", shares.DISPUTED: "disputed by an alignment"}
    kinds |= {shares.ALONE + info.id: f"only in {info.name}" for info in chosen}
    for key, options in (("matrix_order", orders), ("matrix_what", kinds)):
        if st.session_state.get(key) not in options:
            st.session_state.pop(key, None)
    bind = address.BIND
    with st.container(horizontal=True, vertical_alignment="bottom"):  # in a narrow window they go below each other
        order = st.selectbox("Order", orders, key="matrix_order", format_func=orders.__getitem__, width=320, bind=bind)
        what = st.selectbox("Show", kinds, key="matrix_what", format_func=kinds.__getitem__, width=280, bind=bind)
        text = st.text_input("With the words", key="matrix_text", placeholder="in any language", width=280, bind=bind)
        english = st.toggle("English", value=True, key="matrix_english", bind=bind)
    return Asked(str(order), str(what), text, english)


def _draw(workbench: Workbench, view: MatrixView, asked: Asked) -> None:
    rows = _rows(workbench, view, asked)
    texts = [{item.index: item for item in workbench.shown_segments(info.id)} for info in view.documents]
    told, save = st.columns([6, 2], vertical_alignment="center")
    told.markdown(plain(f"{count(len(rows), 'row')}. {shares.summary(view.matrix)}"))
    with save.container(horizontal=True, horizontal_alignment="right"):
        header = shares.header(view)
        offer("matrix", header, lambda: shares.table(rows, texts, asked.english), "matrix-save")
    part = page_of(rows, ROWS_A_PAGE, "matrix_page", asked=(asked.order, asked.what, asked.text))
    columns = [Column("Shared", "how sure", 0.55 if len(view.documents) > 3 else 0.3)]
    columns += [Column(info.name, _about(workbench, info)) for info in view.documents]
    if not rows:
        notes.draw("info", _NO_ROW if any(view.links.values()) else _NO_LINK)
        return
    st.caption(_EXPLAINED)
    sheet(
        "What the documents share", columns, [_cells(view, row, texts, asked.english) for row in part], "matrix_sheet"
    )


def _about(workbench: Workbench, info: DocumentInfo) -> str:
    return " · ".join(filter(None, (lang.display_name(info.lang), remark(workbench, info))))


def _rows(workbench: Workbench, view: MatrixView, asked: Asked) -> list[Row]:
    rows: Sequence[Row] = view.matrix.rows
    if asked.order == _BY_SHARING:
        rows = shares.by_sharing(rows)
    elif asked.order == _BY_AGREEMENT:
        rows = shares.by_agreement(rows)
    within = None
    if asked.text.strip():
        places = {info.id: number for number, info in enumerate(view.documents)}
        hits = workbench.concordance(Query(asked.text), list(places))
        within = {(places[hit.passage.doc], hit.passage.index) for hit in hits}
    return shares.shown(view, rows, asked.what, within)


def _cells(view: MatrixView, row: Row, texts: shares.Texts, english: bool) -> list[list[Line]]:
    band, words = shares.standing(view, row)
    docs = shares.documents_of(row)
    told = ((band, band, _BANDS), (words, "quiet", _PAIRS if band else ""))
    head = [said(text, look, title=title) for text, look, title in told if text]
    if 1 < len(docs) < len(view.documents):
        head.append(said(f"in {len(docs)} of {len(view.documents)} documents"))
    if href := shares.address(view, row):
        head.append(said("Compare", href=href, title="See this passage on the page Compare"))
    cells = [
        [line for index in cell for line in _passage(texts[doc][index], english)] for doc, cell in enumerate(row.cells)
    ]
    return [head, *(cell or [said("—", title="not in this document")] for cell in cells)]


def _passage(view: SegmentView, english: bool) -> list[Line]:
    lines = [Line(((view.segment.text, False),), view.segment.lang, number=view.index + 1)]
    if english and view.english and view.in_english:
        lines.append(Line(((view.in_english, False),), "en", "english", title=translated_by(view.english)))
    return lines
