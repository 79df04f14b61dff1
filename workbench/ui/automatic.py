"""Automatic checks on a page: which there are, how often each speaks up, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from workbench.concordance import Span, marked
from workbench.core import Workbench
from workbench.datatypes import Issue, TranslationUnit
from workbench.quality import CHECKS, Glossary, Profile, parse_glossary, parse_profile, profile_text
from workbench.ui import notes
from workbench.ui.components.sheet import Column, Line, said, sheet
from workbench.ui.download import offer
from workbench.ui.paging import page_of
from workbench.ui.picked import translated
from workbench.ui.words import count, plain, sentence
from workbench.wiring.checking import HEADER, Checked, rows
from workbench.wiring.views import DocumentInfo

_FOUND, _PROFILE = "automatic_found", "automatic_profile"
_UNITS_A_PAGE = 50
_WIDTH = 300  # characters of a long passage shown on either side of an issue
_LOOKS_FOR = {name: one.looks_for for name, one in CHECKS.items()}
_Docs = tuple[str, ...]  # two that are aligned, or one and its English


def draw(workbench: Workbench, documents: Mapping[str, DocumentInfo]) -> None:
    docs, glossary = _asked(workbench, documents)
    if not docs:
        notes.draw("info", "There is nothing to check yet: translate or align documents on the page Library first.")
        return
    found = _found(workbench, docs, glossary)
    switches, told = st.columns([1, 3], gap="large")
    with switches:
        off = _switched_off(found)
    with told:
        if found is None:
            notes.draw("info", "Nothing is judged here and nothing is changed: press Check to see what looks wrong.")
        else:
            _draw(workbench, docs, _without(found, off))


def _asked(workbench: Workbench, documents: Mapping[str, DocumentInfo]) -> tuple[_Docs, Glossary]:
    what, terms, go = st.columns([5, 2, 1], vertical_alignment="bottom")
    choices: list[_Docs] = [pair for pair in workbench.aligned_pairs()[::-1] if set(pair) <= documents.keys()]
    choices += [(key,) for key in translated(documents)]
    docs = what.selectbox(
        "What is to be checked?", choices, format_func=lambda each: _named(each, documents), key="automatic_docs"
    )
    with terms, st.popover("Glossary", icon=":material/menu_book:", width="stretch"):
        given = st.file_uploader("Terms as CSV: a header of languages (fr,en), a term a row", "csv")
        glossary = Glossary()
        with notes.guarded("reading the glossary"):
            glossary = parse_glossary(given.getvalue(), given.name) if given else glossary
        for problem in glossary.problems:
            notes.draw("warning", sentence(problem))
    if go.button("Check", type="primary", width="stretch", disabled=docs is None) and docs:
        with notes.guarded("checking this"), st.spinner("Checking …"):
            st.session_state[_FOUND] = (docs, glossary, workbench.state(), workbench.check(docs, glossary=glossary))
    notes.show()
    return docs or (), glossary


def _named(docs: _Docs, documents: Mapping[str, DocumentInfo]) -> str:
    if len(docs) == 1:
        return f"{documents[docs[0]].name}: its English"
    return " and ".join(documents[key].name for key in docs)


def _found(workbench: Workbench, docs: _Docs, glossary: Glossary) -> Checked | None:
    """What came of the check that was asked for last, unless it was of something else or the texts changed since."""
    *about, found = st.session_state.get(_FOUND, (None,))
    return found if about == [docs, glossary, workbench.state()] else None


# -- which checks


def _switched_off(found: Checked | None) -> frozenset[str]:
    fired = found.report.fired if found else {}
    for name in CHECKS:
        told = f"{name} · {fired[name]:,}" if name in fired else name
        st.session_state.setdefault(_switch(name), True)
        st.checkbox(plain(told), key=_switch(name), help=plain(_LOOKS_FOR[name]))
    off = frozenset(name for name in CHECKS if not st.session_state[_switch(name)])
    with st.popover("Share this choice", icon=":material/share:", width="stretch"):
        text = profile_text(Profile(off), _LOOKS_FOR)
        st.download_button("Save as a profile", text, "checks.toml", on_click="ignore", type="tertiary")
        st.file_uploader("Take a profile", "toml", key=_PROFILE, on_change=_take_profile)
    return off


def _switch(name: str) -> str:
    return f"automatic_on_{name}"


def _take_profile() -> None:
    if (given := st.session_state[_PROFILE]) is None:
        return
    with notes.guarded("reading the profile"):
        off = parse_profile(given.getvalue(), given.name, _LOOKS_FOR).off
        st.session_state.update({_switch(name): name not in off for name in CHECKS})


def _without(found: Checked, off: frozenset[str]) -> Checked:
    """As if the checks that are off had not run: none looks at what another finds."""
    issues = tuple(tuple(issue for issue in each if issue.check not in off) for each in found.report.issues)
    return replace(found, report=replace(found.report, issues=issues))


# -- what was found


def _draw(workbench: Workbench, docs: _Docs, found: Checked) -> None:
    report = found.report
    riskiest = sorted(range(len(report.units)), key=lambda at: -(each.risk if (each := found.estimates[at]) else 0))
    places = [at for at in riskiest if report.issues[at]]
    judged = sum(not unit.is_null for unit in report.units)
    if not places:
        notes.draw("success", f"No check that is on speaks up in {count(judged, 'unit')}.")
        return
    told, save = st.columns([6, 2], vertical_alignment="center")
    told.markdown(f"{count(len(places), 'unit')} of {judged:,} with something to look at, the riskiest first.")
    with save.container(horizontal=True, horizontal_alignment="right"):
        offer("checks", HEADER, lambda: [list(row) for row in rows(found)], "automatic-save")
    numbers = {view.id: view.index + 1 for view in workbench.segments(docs[0])}
    columns = [Column("Where", share=0.3), Column("Source"), Column("Translation"), Column("What was found")]
    cells = [
        _cells(docs, report.units[at], report.issues[at], numbers)
        for at in page_of(places, _UNITS_A_PAGE, "automatic_page")
    ]
    sheet("What automatic checks found", columns, cells, "automatic_sheet")


def _cells(docs: _Docs, unit: TranslationUnit, issues: Sequence[Issue], numbers: Mapping[str, int]) -> list[list[Line]]:
    number = min(numbers[key] for key in unit.src_segments)
    pair = {"docs": ",".join(docs), "pair": unit.bead_id}
    href = "./?" + urlencode(pair) if len(docs) == 2 else f"./library?{urlencode({'doc': docs[0], 'passage': number})}"
    texts = (("src", unit.src_text, unit.src_lang), ("tgt", unit.tgt_text, unit.tgt_lang))
    sides = [[Line(marked(text, list(_spans(issues, side)), _WIDTH), lang)] for side, text, lang in texts]
    reasons = [said(f"{issue.check}, {issue.severity}: {issue.reason}", "text") for issue in issues]
    return [[said(f"passage {number}", href=href, title="See it among its neighbours")], *sides, reasons]


def _spans(issues: Sequence[Issue], side: str) -> Iterator[Span]:
    """What is marked of a text, in order and apart."""
    end = 0
    for issue in sorted((each for each in issues if each.side == side), key=lambda each: each.start):
        if issue.start >= end and issue.end > issue.start:
            end = issue.end
            yield issue.start, end
