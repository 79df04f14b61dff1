"""Automatic checks on a page: which there are, how often each speaks up, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from workbench.concordance import Span, marked
from workbench.core import Workbench
from workbench.datatypes import Issue, TranslationUnit
from workbench.export.incoming import File
from workbench.plurals import count
from workbench.quality import CHECKS, IN_ONE_LANGUAGE, Estimate, Glossary, Profile, parse_profile, profile_text
from workbench.ui import address, notes, working
from workbench.ui.components.sheet import Column, Line, said, sheet
from workbench.ui.download import offer
from workbench.ui.paging import page_of
from workbench.ui.picked import translated
from workbench.ui.words import estimated, plain, sentence, veil_note
from workbench.wiring.checking import HEADER, Checked, rows
from workbench.wiring.views import DocumentInfo

_PROFILE, _GLOSSARY, _TAKEN = "automatic_profile", "automatic_glossary", "automatic_taken"
_DOCS, _ADDRESS = "automatic_docs", "of"
_CHECK = "check"  # of jobs.KINDS
# What so many passages take is no longer than a page may let wait: two seconds of a core, and two to load models.
_AT_ONCE = 300
_UNITS_A_PAGE = 50
_GLOSSARIES = ["tbx", "xml", "xlsx", "csv", "tsv", "txt"]
_WIDTH = 300  # characters of a long passage shown on either side of an issue
_NOTHING = (
    "There is nothing here to check: no passages of these documents are linked, or not surely enough to be shown. "
    "Compare shows what there is, and passages can be linked there."
)
_LOOKS_FOR = {name: one.looks_for for name, one in CHECKS.items()}
_Docs = tuple[str, ...]  # two that are aligned, or one and its English


def draw(workbench: Workbench, documents: Mapping[str, DocumentInfo]) -> None:
    what, terms, go = st.columns([5, 2, 1], vertical_alignment="bottom")
    with what:
        docs = _chosen(workbench, documents)
    with terms:
        _glossary(workbench)
    notes.show()
    if not docs:
        notes.draw("info", "There is nothing to check yet: translate or align documents on the page Library first.")
    elif campaign := workbench.veil(docs, len(docs) == 2):
        notes.draw("info", veil_note(campaign))
    else:
        with notes.guarded("looking for what was found"), notes.patience(documents[key] for key in docs):
            found = workbench.checks.known(docs, replace(workbench.checks.wanted, profile=Profile()))
            asked = working.unfinished(workbench, _CHECK, docs)
            if go.button("Check", type="primary", width="stretch", disabled=bool(found or asked)):
                _check(workbench, docs, min(documents[key].included for key in docs))
                st.rerun()
            _tell(workbench, docs, found, asked)


def _chosen(workbench: Workbench, documents: Mapping[str, DocumentInfo]) -> _Docs:
    """What is to be checked: as before, or as the address says, or the first; empty where there is nothing."""
    choices: list[_Docs] = [pair for pair in workbench.aligned_pairs()[::-1] if set(pair) <= documents.keys()]
    choices += [(key,) for key in translated(documents)]
    asked = tuple((address.asked(_ADDRESS) or "").split(","))
    if asked in choices:
        st.session_state[_DOCS] = asked
    elif st.session_state.get(_DOCS) not in choices:
        st.session_state[_DOCS] = next(iter(choices), None)
    docs: _Docs | None = st.selectbox(
        "What is to be checked?", choices, format_func=lambda each: _named(each, documents), key=_DOCS
    )
    if docs:
        address.write(_ADDRESS, ",".join(docs), lambda said: said or ",".join(choices[0]))
    return docs or ()


def _named(docs: _Docs, documents: Mapping[str, DocumentInfo]) -> str:
    if len(docs) == 1:
        return f"{documents[docs[0]].name}: its English"
    return " and ".join(documents[key].name for key in docs)


def _check(workbench: Workbench, docs: _Docs, passages: int) -> None:
    """At once where it takes no longer than one waits for a page, else apart from the page."""
    if passages > _AT_ONCE:
        working.start(workbench, _CHECK, docs)
    else:
        with notes.guarded("checking this"), st.spinner("Checking …"):
            workbench.checks.run(docs)


def _tell(workbench: Workbench, docs: _Docs, found: Checked | None, asked: bool) -> None:
    """`found`: by all checks."""
    switches, told = st.columns([1, 3], gap="large")
    with switches:
        _switches(workbench, found.report.fired if found else {})
    with told:
        if asked:
            notes.draw(
                "info", "This is being checked, as the foot of the page shows. What is found comes up here by itself."
            )
        elif found is None:
            notes.draw("info", "Nothing is judged here and nothing is changed: press Check to see what looks wrong.")
        elif shown := workbench.checks.known(docs):
            _draw(workbench, docs, shown)


# -- which checks, and which terms: kept for the workspace


def _want_profile(workbench: Workbench, profile: Profile) -> None:
    workbench.checks.want(replace(workbench.checks.wanted, profile=profile))


def _want_glossary(workbench: Workbench, glossary: Glossary) -> None:
    workbench.checks.want(replace(workbench.checks.wanted, glossary=glossary))


def _glossary(workbench: Workbench) -> None:
    glossary = workbench.checks.wanted.glossary
    label = f"Glossary: {count(len(glossary.terms), 'term')}" if glossary.terms else "Glossary"
    with st.popover(label, icon=":material/menu_book:", width="stretch"):
        if glossary.terms:
            st.markdown(f"{count(len(glossary.terms), 'term')} of {plain(glossary.name)}")
            st.button("Do without", on_click=_want_glossary, args=(workbench, Glossary()))
        # A key for each file that was taken, so that none stays in the box.
        key = f"{_GLOSSARY}_{st.session_state.get(_TAKEN, 0)}"
        told = "Terms: TBX, or a table that names its languages (fr,en or source,target), a term a row"
        st.file_uploader(told, _GLOSSARIES, key=key, on_change=_take_glossary, args=(workbench, key))
        st.caption("Kept for the whole workspace, and heeded in the search for suspects too.")


def _take_glossary(workbench: Workbench, key: str) -> None:
    if (given := st.session_state[key]) is None:
        return
    st.session_state[_TAKEN] = st.session_state.get(_TAKEN, 0) + 1
    with notes.guarded("reading the glossary"):
        glossary = workbench.glossary(File(given.name, given.getvalue()))
        for problem in glossary.problems:
            notes.note("warning", sentence(problem))
        _want_glossary(workbench, glossary)


def _switches(workbench: Workbench, fired: Mapping[str, int]) -> None:
    profile = workbench.checks.wanted.profile
    for name in CHECKS:
        told = f"{name} · {fired[name]:,}" if name in fired else name
        st.session_state[_switch(name)] = name not in profile.off
        st.checkbox(
            plain(told), key=_switch(name), help=plain(_LOOKS_FOR[name]), on_change=_turn, args=(workbench, name)
        )
    st.caption("Kept for the whole workspace, and heeded in the search for suspects too.")
    with st.popover("Share this choice", icon=":material/share:", width="stretch"):
        text = profile_text(profile, _LOOKS_FOR)
        st.download_button("Save as a profile", text, "checks.toml", on_click="ignore", type="tertiary")
        st.file_uploader("Take a profile", "toml", key=_PROFILE, on_change=_take_profile, args=(workbench,))


def _switch(name: str) -> str:
    return f"automatic_on_{name}"


def _turn(workbench: Workbench, name: str) -> None:
    """Only this one: somebody else may have switched others meanwhile."""
    off = workbench.checks.wanted.profile.off - {name}
    with notes.guarded("switching this check"):
        _want_profile(workbench, Profile(off if st.session_state[_switch(name)] else off | {name}))


def _take_profile(workbench: Workbench) -> None:
    if (given := st.session_state[_PROFILE]) is None:
        return
    with notes.guarded("reading the profile"):
        _want_profile(workbench, parse_profile(given.getvalue(), given.name, _LOOKS_FOR))


# -- what was found


def _draw(workbench: Workbench, docs: _Docs, found: Checked) -> None:
    report = found.report
    places = [at for at in found.riskiest() if report.issues[at]]
    judged = sum(not unit.is_null for unit in report.units)
    if not judged:  # that nothing speaks up would read as good news
        notes.draw("info", _NOTHING)
        return
    is_judged = any(found.estimates)
    if not is_judged:
        notes.draw("info", sentence(IN_ONE_LANGUAGE))
    if not places:
        notes.draw("success", f"No check that is on speaks up in {count(judged, 'unit')}.")
        return
    told, save = st.columns([6, 2], vertical_alignment="center")
    order = ", the riskiest first" * is_judged
    told.markdown(f"{count(len(places), 'unit')} of {judged:,} with something to look at{order}.")
    with save.container(horizontal=True, horizontal_alignment="right"):
        offer("checks", HEADER, lambda: [list(row) for row in rows(found)], "automatic-save")
    numbers = {view.id: view.index + 1 for view in workbench.segments(docs[0])}
    target = "Translation" if is_judged else "Target"
    columns = [Column("Where", share=0.3), Column("Source"), Column(target), Column("What was found")]
    cells = [
        _cells(docs, report.units[at], report.issues[at], found.estimates[at], numbers)
        for at in page_of(places, _UNITS_A_PAGE, "automatic_page", asked=docs)
    ]
    sheet("What automatic checks found", columns, cells, "automatic_sheet")


def _cells(
    docs: _Docs, unit: TranslationUnit, issues: Sequence[Issue], estimate: Estimate | None, numbers: Mapping[str, int]
) -> list[list[Line]]:
    number = min(numbers[key] for key in unit.src_segments)
    pair = {"docs": ",".join(docs), "pair": unit.bead_id}
    href = "./?" + urlencode(pair) if len(docs) == 2 else f"./library?{urlencode({'doc': docs[0], 'passage': number})}"
    texts = (("src", unit.src_text, unit.src_lang), ("tgt", unit.tgt_text, unit.tgt_lang))
    sides = [[Line(marked(text, list(_spans(issues, side)), _WIDTH), lang)] for side, text, lang in texts]
    reasons = [said(f"{issue.check}, {issue.severity}: {issue.reason}", "text") for issue in issues]
    if estimate:
        told = "\n".join(["How good it is reckoned to be, of 100", *estimate.reasons])
        reasons.append(said(estimated(1 - estimate.risk, estimate.reasons), title=told))
    return [[said(f"passage {number}", href=href, title="See it among its neighbours")], *sides, reasons]


def _spans(issues: Sequence[Issue], side: str) -> Iterator[Span]:
    """What is marked of a text, in order and apart."""
    end = 0
    for issue in sorted((each for each in issues if each.side == side), key=lambda each: each.start):
        if issue.start >= end and issue.end > issue.start:
            end = issue.end
            yield issue.start, end
