"""A word or a phrase in all documents, with what it is linked to in the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from urllib.parse import urlencode

import streamlit as st

from workbench import lang
from workbench.concordance import Hit, Passage, Query, Span, marked
from workbench.core import Workbench
from workbench.datatypes import Status
from workbench.plurals import count, of_100
from workbench.ui import address, notes, welcome, working
from workbench.ui.components.sheet import Column, Line, said, sheet
from workbench.ui.download import offer
from workbench.ui.installed import remark
from workbench.ui.paging import page_of
from workbench.ui.words import band, left_out, plain, translated_by
from workbench.wiring.listing import HEADER, listing
from workbench.wiring.views import Counterpart, DocumentInfo

HITS_A_PAGE = 50
WIDTH = 160  # characters of a long passage shown on either side of a hit
_PHRASE = "concordance_phrase"
_Asked = tuple[Query, list[str], list[str]]  # what to look for, in which documents and languages


def page(workbench: Workbench) -> None:
    documents = {info.id: info for info in workbench.documents()}
    if not documents:
        welcome.draw(workbench, [])
        return
    query, docs, langs = asked = _asked(documents)
    if not query.phrase.strip():
        notes.draw("info", "Type a word or a phrase in any language; every passage that has it comes up.")
        workbench.prepare_search()  # while they type
        return
    with notes.guarded("looking for this"):
        _draw(workbench, documents, asked, workbench.concordance(query, docs, langs))


def _asked(documents: Mapping[str, DocumentInfo]) -> _Asked:
    wanted = address.asked("q")
    if _PHRASE not in st.session_state:
        st.session_state[_PHRASE] = wanted or address.last("q")
    elif wanted is not None:
        st.session_state[_PHRASE] = wanted
    asked, options = st.columns([5, 2], vertical_alignment="bottom")
    phrase = asked.text_input("Word or phrase", key=_PHRASE, placeholder="in any language")
    address.write("q", phrase)
    with options, st.popover("Where and how", icon=":material/tune:", width="stretch"):
        ids, bind = list(documents), address.BIND
        docs = st.multiselect(
            "Documents",
            ids,
            format_func=lambda key: documents[key].name,
            placeholder="all",
            key="concordance_docs",
            bind=bind,
        )
        known = sorted({info.lang for info in documents.values()})
        langs = st.multiselect(
            "Languages", known, format_func=lang.display_name, placeholder="any", key="concordance_langs", bind=bind
        )
        english = st.toggle("In the English of passages too", value=True, key="concordance_english", bind=bind)
        apart = "For scripts that set words apart"
        words = st.toggle("Whole words only", key="concordance_words", help=apart, bind=bind)
        case = st.toggle("Tell capital letters from small ones", key="concordance_case", bind=bind)
        accents = st.toggle("Tell letters with accents apart", key="concordance_accents", bind=bind)
    return Query(phrase, case, accents, words, english=english), docs, langs


def _draw(workbench: Workbench, documents: Mapping[str, DocumentInfo], asked: _Asked, hits: Sequence[Hit]) -> None:
    if not hits:
        notes.draw("info", f"No passage has “{asked[0].phrase}”.")
        return
    names = {key: info.name for key, info in documents.items()}
    told, save = st.columns([6, 2], vertical_alignment="center")
    places = sum(len(hit.original) + len(hit.english) for hit in hits)
    found = count(len({hit.passage.doc for hit in hits}), "document")
    told.markdown(plain(f"{count(places, 'place')} in {count(len(hits), 'passage')} of {found}."))
    with save.container(horizontal=True, horizontal_alignment="right"):

        def rows() -> list[list[str | float]]:
            return listing(hits, workbench.counterparts([hit.passage for hit in hits]), names, WIDTH)

        offer("concordance", HEADER, rows, "concordance-save")
    part = page_of(hits, HITS_A_PAGE, "concordance_page", asked=asked)
    linked = workbench.counterparts([hit.passage for hit in part])
    found_in = {hit.passage.doc for hit in part}
    pairs = [pair for pair in workbench.aligned_pairs() if not found_in.isdisjoint(pair)]
    working.offer_to_align_again(workbench, pairs)
    _say_of_the_english(workbench, documents, part, linked)
    columns = [Column("Where", share=0.5), Column("In context"), Column("In the other documents")]
    shown = _Shown(workbench, names)
    cells = [shown.cells(hit, linked.get(hit.passage.id, ())) for hit in part]
    sheet("Where the phrase stands", columns, cells, "concordance_sheet")


def _say_of_the_english(
    workbench: Workbench,
    documents: Mapping[str, DocumentInfo],
    hits: Sequence[Hit],
    linked: Mapping[str, Sequence[Counterpart]],
) -> None:
    """What to know of the English of all that is shown, once a remark."""
    shown = {hit.passage.doc for hit in hits} | {each.doc for found in linked.values() for each in found}
    told: dict[str, list[str]] = {}
    for info in documents.values():
        if info.id in shown and (text := remark(workbench, info)):
            told.setdefault(text, []).append(info.name)
    for text, names in told.items():
        st.caption(plain(f"{', '.join(names)}: {text}."))


class _Shown:
    """Passages as pages show them. `names`: of documents, by id."""

    def __init__(self, workbench: Workbench, names: Mapping[str, str]) -> None:
        self._names = names
        self._segments = cache(workbench.shown_segments)
        self._aligned = {doc for pair in workbench.aligned_pairs() for doc in pair}

    def cells(self, hit: Hit, linked: Sequence[Counterpart]) -> list[list[Line]]:
        passage = hit.passage
        href = "./library?" + urlencode({"doc": passage.doc, "passage": passage.index + 1})
        where = [
            said(self._names[passage.doc], "text"),
            said(f"passage {passage.index + 1}", href=href, title="See it among its neighbours"),
        ]
        context = [Line(marked(passage.text, hit.original, WIDTH), passage.lang)]
        context += self._english(passage, hit.english, WIDTH)
        others = [line for each in linked for line in self._counterpart(passage.doc, each)]
        return [where, context, others or [said(self._why_alone(passage))]]

    def _counterpart(self, doc: str, other: Counterpart) -> list[Line]:
        href = "./?" + urlencode({"docs": f"{doc},{other.doc}", "pair": other.bead_id})
        look = sure = band(other.confidence)
        title = f"confidence {of_100(other.confidence)} of 100; see both on the page Compare"
        if other.status is Status.ACCEPTED:
            look, sure, title = "sure", "accepted", "see both on the page Compare"
        lines = [said(f"{self._names[other.doc]} · {sure}", look, href, title)]
        for each in other.passages:
            lines.append(Line(marked(each.text, (), 3 * WIDTH), each.lang, number=each.index + 1))
            lines += self._english(each, (), 3 * WIDTH)
        return lines

    def _english(self, passage: Passage, spans: Sequence[Span], width: int) -> list[Line]:
        """The translation of a passage, where there is one, with who or what wrote it if that may be seen."""
        if not passage.english:
            return []
        english = self._segments(passage.doc)[passage.index].english
        title = translated_by(english) if english else ""
        return [Line(marked(passage.english, spans, width), "en", "english", title=title)]

    def _why_alone(self, passage: Passage) -> str:
        view = self._segments(passage.doc)[passage.index]
        if not view.included:
            return f"left out: {left_out(view)}"
        return "no counterpart" if passage.doc in self._aligned else "not aligned yet"
