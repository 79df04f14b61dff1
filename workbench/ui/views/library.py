"""What the workspace holds: add, correct, look into, translate, align and remove documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from workbench import lang
from workbench.concordance import Query
from workbench.core import Workbench
from workbench.datatypes import Flag, Layout
from workbench.ingest import layouts
from workbench.plurals import count
from workbench.ui import address, notes, passages, picked, undoing, welcome, working
from workbench.ui.adding import add_files, languages
from workbench.ui.components.browse import browse
from workbench.ui.installed import can_be_translated, remark, untranslated, why_never_translated
from workbench.ui.paging import page_of
from workbench.ui.words import layout_name, left_out_counts, plain, sentence, spoken, veil_note
from workbench.wiring.views import DocumentInfo, SegmentView

DOCUMENTS_A_PAGE = 25
PASSAGES_A_PAGE = 100
_DOC, _OPENED = "doc", "library_opened"  # in the address, and what that said in the last run
_LONGEST_NAME = 200  # characters
# What can be done with what is ticked stays in sight, however far down it is ticked.
_STYLE = """<style>
[data-testid=stLayoutWrapper]:has(> .st-key-library_work) { position: sticky; top: 3.5rem; z-index: 10 }
.st-key-library_work { background: light-dark(#ffffff, #14181a); padding-block: .5rem }
[class*=st-key-document-] button .stMarkdownColoredText {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap
}
</style>"""


def page(workbench: Workbench) -> None:
    documents = workbench.documents()
    if not documents:
        welcome.draw(workbench, [])
        return
    opened = _opened({info.id: info for info in documents})
    if opened is not None:
        _draw_passages(workbench, opened)
        return
    with st.expander("Add documents", icon=":material/upload_file:"):
        add_files(workbench)
    st.html(_STYLE)
    work = st.container(horizontal=True, vertical_alignment="center", key="library_work")
    reasons = st.container()
    left_out = workbench.left_out()
    shown = _page_of(documents)
    # What is ticked stays in sight, and in the address: of what is not drawn Streamlit drops that.
    elsewhere = [info for info in documents if _is_ticked(info) and info not in shown]
    for info in [*elsewhere, *shown]:
        _draw_document(workbench, info, left_out.get(info.id, {}))
    # After the list, since after a reload it is the ticks that say what the address has.
    chosen = [info for info in documents if st.session_state.get(f"choose-{info.id}")]
    with work:
        _offer_work(workbench, documents, chosen)
    for why in _never_translated(chosen):
        reasons.caption(plain(why))


def _is_ticked(info: DocumentInfo) -> bool:
    """As the page has it or, before it is drawn, the address."""
    name = f"choose-{info.id}"
    return bool(st.session_state.get(name, name in st.query_params))


def _page_of(documents: Sequence[DocumentInfo]) -> Sequence[DocumentInfo]:
    """The documents on the page that was asked for, of those whose name has what was typed."""
    if len(documents) <= DOCUMENTS_A_PAGE:
        return documents
    about = "part of its name or title"
    wanted = st.text_input("Find a document", key="library_find", placeholder=about, bind=address.BIND).strip()
    found = [info for info in documents if wanted.casefold() in f"{info.name} {info.title}".casefold()]
    if not found:
        notes.draw("info", f"No document has “{wanted}” in its name or title.")
    return page_of(found, DOCUMENTS_A_PAGE, "library_page", asked=wanted)


# -- work on several documents


def _offer_work(workbench: Workbench, documents: Sequence[DocumentInfo], chosen: Sequence[DocumentInfo]) -> None:
    """Translate and align the documents that are ticked."""
    refs = [info.id for info in chosen]
    if not chosen:
        st.caption("Tick documents to translate or align them.")
        return
    st.markdown(f"{count(len(chosen), 'document')} chosen", width="content")
    if working.busy(workbench, refs):
        st.caption("This is being worked on.")
        if len(chosen) > 1:
            _offer_comparison(refs, "secondary")
        return
    _offer_translation(workbench, chosen)
    if len(chosen) > 1:
        _offer_alignment(workbench, refs)
    else:
        _offer_partners(workbench, chosen[0], documents)


def _offer_alignment(workbench: Workbench, refs: Sequence[str]) -> None:
    """What comes next stands out: to align them or, where that is done, to see what came of it."""
    is_done = picked.all_aligned(refs, workbench.aligned_pairs())
    kinds: list[Literal["primary", "secondary"]] = ["secondary", "primary"] if is_done else ["primary", "secondary"]
    about = "All of them are: this makes it anew" if is_done else "Find the passages that say the same"
    if st.button("Align with each other", type=kinds[0], help=about, key="library_align"):
        _start(workbench, "align", refs)
    _offer_comparison(refs, kinds[1])


def _offer_comparison(refs: Sequence[str], kind: Literal["primary", "secondary"]) -> None:
    if st.button("Compare", type=kind, help="See them side by side", key="library_compare"):
        picked.compare(refs)


def _offer_translation(workbench: Workbench, chosen: Sequence[DocumentInfo]) -> None:
    is_possible = any(map(can_be_translated, chosen))
    is_done = not any(info.untranslated for info in chosen)
    about = "All of it is in English already" if is_done else "Bring what has no English text yet into English"
    if st.button("Translate", disabled=not is_possible, help=about):
        _start(workbench, "translate", [info.id for info in chosen])


def _never_translated(chosen: Sequence[DocumentInfo]) -> list[str]:
    """What Translate would leave as it is, and what has to be done first: a sentence for each cause."""
    names: dict[str, list[str]] = {}
    for info in chosen:
        for why in filter(None, map(why_never_translated, info.untranslated)):
            names.setdefault(why, []).append(info.name)
    return [f"{', '.join(of)}: {why}." for why, of in names.items()]


def _offer_partners(workbench: Workbench, info: DocumentInfo, documents: Sequence[DocumentInfo]) -> None:
    names = {other.id: other.name for other in documents if other.id != info.id}
    with st.popover("Align with…", disabled=not names):
        others = st.multiselect(
            "Other versions of it", list(names), format_func=names.__getitem__, key="library_others"
        )
        if st.button("Align", type="primary", disabled=not others):
            _start(workbench, "align", [info.id, *others])


def _start(workbench: Workbench, kind: str, refs: Sequence[str]) -> None:
    working.start(workbench, kind, refs)
    if kind == "align":  # which is what its reader looks for on the page Compare next
        st.session_state[picked.COMPARED] = list(refs)
    st.rerun()


# -- the list


def _draw_document(workbench: Workbench, info: DocumentInfo, left_out: Mapping[Flag | None, int]) -> None:
    with st.container(border=True, key=f"document-{info.id}"):
        tick, about, controls = st.columns([0.15, 3.3, 5.8], vertical_alignment="center")
        choose = spoken(f"Choose {info.name}")
        tick.checkbox(choose, key=f"choose-{info.id}", label_visibility="collapsed", bind=address.BIND)
        title, line = plain(info.title or info.name), plain(summary(info, left_out))
        about.markdown(f"**{title}**  \n:small[:gray[{line}]]")
        with (
            controls,
            st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="bottom"),
        ):
            _choose_language(workbench, info)
            _choose_layout(workbench, info)
            _offer_name(workbench, info)
            tells = "See every passage, and correct how it is cut"
            if st.button(_named("Passages", info), key=f"open-{info.id}", help=tells):
                _open(info.id)
            _offer_removal(workbench, info)


def summary(info: DocumentInfo, left_out: Mapping[Flag | None, int]) -> str:
    """A document in one line: name, format, how much of it takes part, and what does not and why."""
    parts = [info.name] if info.title else []
    parts.append(f"{lang.display_name(info.lang)}, {info.format.upper()}")
    parts.append(count(info.segments, "passage"))
    parts.append(left_out_counts(left_out))
    if not lang.same_language(info.lang, "en"):
        parts.append(f"{info.translated:,} of {info.included:,} in English")
    return " · ".join(filter(None, parts))


def _named(label: str, info: DocumentInfo) -> str:
    """A button's label with the document's name, which no other has, and which the style hides from all but screen
    readers."""
    return f"{label} :gray[document {plain(info.name)}]"


def _offer_name(workbench: Workbench, info: DocumentInfo) -> None:
    times = f"renamed-{info.id}"  # a popover for each, so that one that was done with is shut
    key = f"rename-{info.id}-{st.session_state.get(times, 0)}"
    with st.popover(_named("Rename", info), key=f"{key}-shown"), st.form(key, border=False):
        name = st.text_input("Name", info.name, max_chars=_LONGEST_NAME, placeholder="as the file is called")
        if st.form_submit_button("Rename it", type="primary"):
            st.session_state[times] = st.session_state.get(times, 0) + 1
            with notes.guarded("changing the name"):
                given = workbench.rename(info.id, name)
                if given != info.name:
                    undoing.offer(workbench, f"{info.name} is called {given}.")
            st.rerun()


def _choose_language(workbench: Workbench, info: DocumentInfo) -> None:
    options = list(dict.fromkeys([info.lang, *languages()]))
    chosen = st.selectbox(
        spoken(f"Language of {info.name}"),
        options,
        key=f"language-{info.id}-{info.lang}",
        width=190,
        format_func=lang.display_name,
        label_visibility="collapsed",
    )
    if chosen != info.lang:
        with notes.guarded("changing the language"):
            workbench.set_language(info.id, chosen)
            undoing.offer(workbench, f"Language of {info.name}: {lang.display_name(chosen)}.")
        st.rerun()


def _choose_layout(workbench: Workbench, info: DocumentInfo) -> None:
    """What its lines are: as they were found to be, or as somebody says."""
    options: list[str] = ["", *layouts(info.format)]
    chosen = st.selectbox(
        spoken(f"Kind of text of {info.name}"),
        options,
        index=options.index(info.layout),
        key=f"layout-{info.id}-{info.layout}",
        width=190,
        format_func=lambda layout: layout_name(layout, info),
        label_visibility="collapsed",
    )
    if chosen != info.layout:
        with notes.guarded("changing the kind of text"):
            workbench.set_layout(info.id, Layout(chosen) if chosen else None)
            undoing.offer(workbench, f"Kind of text of {info.name}: {layout_name(chosen, info)}.")
        st.rerun()


def _offer_removal(workbench: Workbench, info: DocumentInfo) -> None:
    with st.popover(_named("Remove", info), key=f"remove-{info.id}-shown"):
        st.markdown(f"Remove {plain(info.name)} and its alignments from the workspace? The file itself stays.")
        if st.button("Remove it", key=f"remove-{info.id}", type="primary"):
            with notes.guarded(f"removing {info.name}"):
                workbench.remove(info.id)
                undoing.offer(workbench, f"{info.name} is removed.")
            st.rerun()


# -- the passages of one document


def _opened(documents: dict[str, DocumentInfo]) -> DocumentInfo | None:
    """The document whose passages are shown, as the address says."""
    named = st.query_params.get(_DOC, "")
    found = picked.resolve(named, documents)
    is_news, st.session_state[_OPENED] = named != st.session_state.get(_OPENED), named
    if named and not found and is_news:
        picked.tell_who_is_gone([named])
    return documents[found[0]] if found else None


def _open(doc_id: str | None) -> None:
    st.query_params.pop("passage", None)
    if doc_id:
        st.query_params[_DOC] = doc_id
    else:
        st.query_params.pop(_DOC, None)
    for key in ("passages_what", "passages_find"):
        st.session_state.pop(key, None)
    st.rerun()


def _draw_passages(workbench: Workbench, info: DocumentInfo) -> None:
    if st.button("All documents", icon=":material/arrow_back:", type="tertiary"):
        _open(None)
    segments = workbench.shown_segments(info.id)
    title, line = plain(info.title or info.name), plain(summary(info, workbench.left_out().get(info.id, {})))
    st.markdown(f"#### {title}\n:small[:gray[{line}]]")
    if campaign := workbench.veil([info.id]):
        notes.draw("info", veil_note(campaign))
    elif info.translated < info.included and (why := why_never_translated(info.lang)):
        notes.draw("info", f"There is no English of this, since {why}.")
    elif text := remark(workbench, info):
        st.caption(plain(sentence(text)))
    what, find = st.columns([3, 3], vertical_alignment="bottom")
    kinds = [passages.ALL, passages.TAKING_PART, passages.LEFT_OUT]
    asked = what.segmented_control(
        "Show", kinds, default=passages.ALL, required=True, key="passages_what", format_func=str.capitalize
    )
    phrase = find.text_input("With the words", key="passages_find", placeholder="original or English")
    found = None
    if phrase.strip():
        with notes.guarded("looking for this"):
            found = {hit.passage.id for hit in workbench.concordance(Query(phrase), [info.id])}
    listed = passages.shown(segments, asked or passages.ALL, found)
    target, wanted = _target(listed), st.query_params.get("passage", "")
    if wanted and target is None and not phrase and asked == passages.ALL:
        notes.draw("info", f"There is no passage {wanted}: this has {count(len(segments), 'passage')}.")
    place = 0 if target is None else listed.index(target)
    number = target.index + 1 if target else None
    first = place // PASSAGES_A_PAGE + 1
    part = page_of(listed, PASSAGES_A_PAGE, "passages_page", first, (info.id, number, asked, phrase))
    if not part:
        notes.draw("info", "No passage is like this.")
    _draw_part(workbench, passages.payload(segments, part, f"Passages of {info.name}", number, untranslated))


def _target(listed: Sequence[SegmentView]) -> SegmentView | None:
    """The passage that the address names."""
    asked = st.query_params.get("passage", "")
    return next((view for view in listed if str(view.index + 1) == asked), None)


def _draw_part(workbench: Workbench, data: dict[str, Any]) -> None:
    since = workbench.state()

    def include(asked: dict[str, Any]) -> None:
        with notes.guarded("changing what takes part"):
            workbench.set_included(asked["segments"], asked["included"])

    def split(asked: dict[str, Any]) -> None:
        with notes.guarded("cutting the passage in two"):
            undoing.offer(workbench, sentence(workbench.split_segment(asked["segment"], asked["at"], since).said))

    def join(asked: dict[str, Any]) -> None:
        with notes.guarded("joining the passages"):
            undoing.offer(workbench, sentence(workbench.join_segments(asked["first"], asked["second"], since).said))

    browse(data, "passages", include, split, join)
