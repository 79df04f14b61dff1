"""Taking files in: a reviewed export with a preview of what it changes, or another tool's pairs."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from workbench import lang
from workbench.core import Workbench
from workbench.export.incoming import File, ForeignBitext, Returned
from workbench.export.incoming.plan import Item, Plan, Take
from workbench.plurals import count
from workbench.ui import notes, picked, undoing
from workbench.ui.adding import choose_encoding
from workbench.ui.components.sheet import Column, Line, said, sheet
from workbench.ui.paging import page_of
from workbench.ui.words import plain, sentence, spoken
from workbench.wiring.importing import BitextReport
from workbench.wiring.reviewing import ReviewReport

ROWS_A_PAGE = 25
_READ, _WORK = "import_read", "import_work"
_CHOSEN = "import_chosen"  # whose stays of what both changed, by key of an item: widgets forget it off their page
_TAKEN = "import_taken"  # how many bitexts this browser tab took in, and the names of the documents of the last
_SECONDS_BETWEEN_LOOKS = 0.2
_HINT = (
    "A file that was exported here as XLSX, CSV, TSV, TMX or XLIFF and reviewed by somebody brings their changes home. "
    "Other tools' TMX, XLIFF and tables, two files of Moses, or an InterText alignment with its documents come in as "
    "documents with their links."
)


@dataclass
class _Taking:
    """A review on its way into the workspace. `done`: of `total` changes."""

    name: str
    total: int
    done: int = 0
    work: Future[ReviewReport] = field(default_factory=Future)

    def progress(self, stage: str, done: int, total: int) -> None:
        self.done, self.total = done, total


_taker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="taker")


def draw(workbench: Workbench) -> None:
    times, docs = st.session_state.get(_TAKEN, (0, ()))
    uploads = st.file_uploader(
        "Files: XLSX, CSV, TSV, TMX, XLIFF, Moses, InterText",
        accept_multiple_files=True,
        key=f"import_files-{times}",  # another one is empty
    )
    if taking := st.session_state.get(_WORK):
        _follow(workbench, taking)
    if not uploads:
        _offer_comparison(workbench, docs)
        notes.draw("info", _HINT)
        return
    encoding = choose_encoding(key=f"import_encoding-{times}")
    with notes.guarded(f"reading {uploads[0].name}"):
        name, found = _read(workbench, uploads, encoding)
        if isinstance(found, ForeignBitext):
            _draw_bitext(workbench, found, uploads, encoding)
        else:
            _draw_review(workbench, name, found)


def _files(uploads: Sequence[UploadedFile]) -> list[File]:
    return [File(upload.name, upload.getvalue()) for upload in uploads]


def _read(
    workbench: Workbench, uploads: Sequence[UploadedFile], encoding: str
) -> tuple[str, list[Returned] | ForeignBitext]:
    """What was uploaded, read once."""
    key = [encoding, *(upload.file_id for upload in uploads)]
    known = st.session_state.get(_READ)
    if known is None or known[0] != key:
        files = _files(uploads)
        with st.spinner("Reading …"):
            known = key, workbench.returned(files, encoding) or workbench.preview_bitext(files, encoding)
        st.session_state[_READ], st.session_state[_CHOSEN] = known, {}
    return uploads[0].name, known[1]


# -- a review


def _draw_review(workbench: Workbench, name: str, units: Sequence[Returned]) -> None:
    plan = workbench.preview_review(units)
    told, apply = st.columns([6, 2], vertical_alignment="center")
    told.markdown(plain(summary(name, plan)))
    choices = _draw_conflicts(plan.conflicts)
    theirs = sum(choice == "theirs" for choice in choices.values())
    with apply.container(horizontal=True, horizontal_alignment="right"):
        wanted = len(plan.changes) + theirs
        if st.button(f"Take in {count(wanted, 'change')}", type="primary", disabled=not wanted):
            _take_in(workbench, units, name, choices, wanted)
            st.rerun()
    if plan.refused:
        with st.expander(f"{len(plan.refused):,} cannot be taken in", expanded=len(plan.refused) <= ROWS_A_PAGE):
            for why in page_of(plan.refused, ROWS_A_PAGE, "import_refused"):
                st.markdown(plain(why))
    if plan.changes:
        part = page_of(plan.changes, ROWS_A_PAGE, "import_changes")
        columns = [Column("Where", share=0.5), Column("As it is"), Column("As it will be")]
        sheet("What changes", columns, [_cells(item) for item in part], "import_sheet")


def _take_in(
    workbench: Workbench, units: Sequence[Returned], name: str, choices: Mapping[str, Take], total: int
) -> None:
    """Begin with it beside the page: a script that draws can be stopped at any moment, by a click or by leaving."""
    taking = _Taking(name, total)
    taking.work = _taker.submit(lambda: workbench.apply_review(units, name, "ours", choices, progress=taking.progress))
    st.session_state[_WORK] = taking


def _follow(workbench: Workbench, taking: _Taking) -> None:
    """Show how far it is until it is done."""
    bar = st.progress(0.0)
    while not taking.work.done():
        bar.progress(
            min(1.0, taking.done / taking.total),
            plain(f"Taking in {taking.name}: {taking.done:,} of {count(taking.total, 'change')}"),
        )
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    st.session_state.pop(_WORK)
    with notes.guarded(f"taking in {taking.name}"):
        report = taking.work.result()
        undoing.offer(workbench, f"Took in {count(len(report.done), 'change')} of {taking.name}.")
    st.rerun()


def summary(name: str, plan: Plan) -> str:
    """What a file would change, in a sentence."""
    told = [count(len(plan.changes), "change"), count(len(plan.conflicts), "conflict")]
    if not plan.items:
        told = ["nothing that can be taken in" if plan.refused else "nothing that is not so already"]
    return f"{name} has {count(plan.units, 'row')} and in them {', '.join(told)}."


def _draw_conflicts(conflicts: Sequence[Item]) -> dict[str, Take]:
    """What both changed, side by side; whose stays is chosen, by key of an item."""
    if not conflicts:
        return {}
    st.markdown("**Changed here too since the file was written.** What is here stays unless you choose otherwise.")
    chosen: dict[str, Take] = st.session_state.setdefault(_CHOSEN, {})
    all_theirs = st.button("Take theirs in all")
    if all_theirs:
        chosen |= {item.key: "theirs" for item in conflicts}
    for item in page_of(conflicts, ROWS_A_PAGE, "import_conflicts"):
        if all_theirs or f"take-{item.key}" not in st.session_state:
            st.session_state[f"take-{item.key}"] = chosen.get(item.key, "ours")
        chosen[item.key] = _draw_conflict(item)
    return {item.key: chosen.get(item.key, "ours") for item in conflicts}


def _draw_conflict(item: Item) -> Take:
    """Whose stays."""
    with st.container(border=True):
        about, ours, theirs, choice = st.columns([2, 3, 3, 2])
        about.markdown(f"{plain(item.where)}  \n:small[:gray[{plain(item.what)}]]")
        ours.markdown(f":small[:gray[Here]]  \n{plain(item.ours) or '—'}")
        theirs.markdown(f":small[:gray[In the file]]  \n{plain(item.theirs) or '—'}")
        taken: Take | None = choice.segmented_control(
            spoken(f"Whose stays: {item.where}, {item.what}"),
            ["ours", "theirs"],
            required=True,
            key=f"take-{item.key}",
            format_func={"ours": "Keep ours", "theirs": "Take theirs"}.__getitem__,
            label_visibility="collapsed",
        )
        return taken or "ours"


def _cells(item: Item) -> list[list[Line]]:
    where = [said(item.where, "text"), said(item.what)]
    return [where, [said(item.ours or "—", "text")], [said(item.theirs or "—", "text")]]


# -- a bitext


def _taken_in(report: BitextReport) -> str:
    names, links = ", ".join(report.docs), count(report.links, "link")
    return f"Added {names} with {links}." if "added" in report.changes else f"Brought {names} up to date: {links}."


def _draw_bitext(workbench: Workbench, found: ForeignBitext, uploads: Sequence[UploadedFile], encoding: str) -> None:
    links = sum(sum(map(bool, bead)) > 1 for bead in found.beads)
    told, apply = st.columns([6, 2], vertical_alignment="center")
    told.markdown(
        plain(
            sentence(f"{found.format}: {count(len(found.versions), 'version')}, which share {count(links, 'passage')}")
        )
    )
    with apply.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Take in", type="primary"):
            with notes.guarded(f"taking in {uploads[0].name}"):
                report = workbench.take_in_bitext(_files(uploads), encoding)
                undoing.offer(workbench, _taken_in(report))
                times, _ = st.session_state.get(_TAKEN, (0, ()))
                st.session_state[_TAKEN] = times + 1, report.docs
            st.rerun()
    for note in found.notes:
        st.caption(plain(note))
    columns = [Column(lang.display_name(each.lang), count(len(each.segments), "passage")) for each in found.versions]
    sheet("The first rows", columns, [_row(found, bead) for bead in found.beads[:ROWS_A_PAGE]], "bitext_sheet")


def _offer_comparison(workbench: Workbench, names: Sequence[str]) -> None:
    """Show what was taken in side by side, as long as it is there."""
    ids = {info.name: info.id for info in workbench.documents()}
    docs = [ids[name] for name in names if name in ids]
    if len(docs) > 1 and st.button("Compare them", type="primary"):
        picked.compare(docs)


def _row(found: ForeignBitext, bead: Sequence[Sequence[int]]) -> list[list[Line]]:
    return [
        [Line(((version.segments[at], False),), version.lang, number=at + 1) for at in side] or [said("—")]
        for version, side in zip(found.versions, bead, strict=True)
    ]
