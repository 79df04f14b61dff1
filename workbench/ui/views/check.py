"""Automatic checks, and spot checks: plan one, judge its units one by one, read what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from workbench.core import Workbench
from workbench.datatypes import Campaign, Plan, Scheme, Setup
from workbench.errors import WorkbenchError
from workbench.plurals import count
from workbench.quality import IN_ONE_LANGUAGE
from workbench.quality.acceptance import good_document, how_often, percent, rule
from workbench.quality.judging import SCORES
from workbench.ui import address, automatic, notes, people, reporting, welcome, working
from workbench.ui.components.files import STEADY
from workbench.ui.components.judge import judging
from workbench.ui.judging import Session, answer
from workbench.ui.picked import translated
from workbench.ui.words import complaint, plain, sentence
from workbench.wiring.views import DocumentInfo

_PICKED, _SHOWN, _SESSION = "check_campaign", "check_shown", "check_session"
_SUSPECTS = "find suspects"  # of jobs.KINDS
_NEW, _JUDGE, _REPORT, _AUTOMATIC = "New check", "Judge", "Report", "Automatic"
_SCHEMES = {
    Scheme.GRADE: "Good, minor or major errors",
    Scheme.ESA: "ESA: mark errors, then 0 to 100",
    Scheme.MQM: "MQM: mark errors with severity and kind",
}
_ENGLISH, _PAIR = "Translations into English", "An aligned pair"
_SCHEME_HELP = (
    f"ESA (error span annotation) costs half as much as MQM and ranks translations as well. {SCORES} MQM also says "
    "what kinds of errors there are, weighted: minor 1, major 5, punctuation 0.1, no translation at all 25."
)
_NOTHING_CHOSEN = (
    "Choose what is to be checked: documents that have a translation. Where there are none yet, translate or align some"
    " on the page Library first."
)
_GONE = (
    "A document of this spot check is not in the workspace any more. Nothing of it is left to judge; what was judged"
    " before counts as it was found."
)
_STYLE = f"<style>.stMainBlockContainer {{ padding: 4.25rem 2rem 1rem }} {STEADY}</style>"


def page(workbench: Workbench) -> None:
    documents = {info.id: info for info in workbench.documents()}
    if not documents:
        welcome.draw(workbench, [])
        return
    st.html(_STYLE)
    campaigns = {campaign.number: campaign for campaign in workbench.spotchecks.all()}
    campaign, shown = _chosen(campaigns)
    if shown == _AUTOMATIC:
        automatic.draw(workbench, documents)
    elif campaign is None:
        _plan(workbench, documents)
    else:
        if not documents.keys() >= set(campaign.docs):
            notes.draw("info", _GONE)
        if shown == _REPORT:
            reporting.draw(workbench, campaign)
        else:
            _judge(workbench, campaign)


def _chosen(campaigns: Mapping[int, Campaign]) -> tuple[Campaign | None, str]:
    """Which spot check, and what of it: as the address says, or as before, or the latest."""
    asked = address.asked("check") or ""
    if asked.isdecimal() and int(asked) in campaigns:
        st.session_state[_PICKED] = int(asked)
    elif campaigns and st.session_state.get(_PICKED) not in campaigns:
        st.session_state[_PICKED] = max(campaigns)
    views = [*([_JUDGE, _REPORT] if campaigns else []), _NEW, _AUTOMATIC]
    wanted = address.asked("show")
    if wanted is not None and (wanted or _SHOWN in st.session_state):
        st.session_state[_SHOWN] = wanted.capitalize()
    if st.session_state.get(_SHOWN) not in views:
        st.session_state[_SHOWN] = views[0]
    which, what = st.columns([5, 4], vertical_alignment="bottom")
    with what.container(horizontal=True, horizontal_alignment="right"):
        shown = str(st.segmented_control("Show", views, key=_SHOWN, required=True, label_visibility="collapsed"))
    address.write("show", shown.lower(), lambda said: said if said.capitalize() in views else views[0].lower())
    if shown not in (_JUDGE, _REPORT):
        return None, shown
    number = which.selectbox(
        "Spot check",
        sorted(campaigns, reverse=True),
        key=_PICKED,
        format_func=lambda key: f"{key} · {campaigns[key].name}",
        label_visibility="collapsed",
    )
    address.write("check", str(number), lambda said: said or str(max(campaigns)))
    return campaigns[number], shown


# -- judging


def _judge(workbench: Workbench, campaign: Campaign) -> None:
    """The page of who is not among its judges says so, by the error it raises."""
    if not people.is_known():
        whole = "" if campaign.judges else " No judges were named, so whoever comes has the whole list."
        people.ask(f"Your judgements are kept under this name.{whole}", workbench.user, campaign.judges)
        return
    session: Session | None = st.session_state.get(_SESSION)
    if session is None or session.workbench != workbench or not session.goes_on(campaign):
        session = st.session_state[_SESSION] = Session(workbench, campaign)
    _draw(session)
    _say_who_else_has_the_list(workbench, campaign)
    _offer_suspects(workbench, campaign)


def _say_who_else_has_the_list(workbench: Workbench, campaign: Campaign) -> None:
    """Where nobody was named, people may think that they share the work."""
    others = {each.judge for each in workbench.spotchecks.progress(campaign)} - {workbench.user}
    if others and not campaign.judges:
        verb = "has" if len(others) == 1 else "have"
        told = f"No judges were named, so you have the whole list, as {' and '.join(sorted(others))} {verb}."
        st.caption(plain(told))


def _offer_suspects(workbench: Workbench, campaign: Campaign) -> None:
    """Where the search for them was cancelled."""
    if not campaign.waits_for_suspects or working.unfinished(workbench, _SUSPECTS, campaign.docs):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Nobody has looked for suspects yet.", width="content")
        if st.button("Find suspects", type="tertiary"):
            working.start(workbench, _SUSPECTS, campaign.docs)
            st.rerun()


@st.fragment
def _draw(session: Session) -> None:
    judging(session.data(), "check_judge", partial(answer, session))


# -- planning


@dataclass(frozen=True, slots=True)
class _Population:
    docs: tuple[str, ...]
    pair: bool


def _plan(workbench: Workbench, documents: Mapping[str, DocumentInfo]) -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        population = _population(workbench, documents)
        plan, by = _question(workbench, population)
    with right:
        setup = _setup(by)
        if plan is None:
            return
        with st.container(border=True):
            _preview(plan)
            if workbench.spotchecks.in_one_language(population.docs, population.pair):
                notes.draw("warning", sentence(IN_ONE_LANGUAGE))
            _say_what_is_not_judged(workbench.spotchecks.not_judged(population.docs, population.pair), population.pair)
            if st.button("Begin", type="primary", width="stretch"):
                with notes.guarded("beginning the spot check"):
                    campaign = workbench.spotchecks.start(population.docs, plan, setup, pair=population.pair)
                    if campaign.waits_for_suspects:
                        working.start(workbench, _SUSPECTS, campaign.docs)
                    for name in (_PICKED, _SHOWN, _SESSION):
                        st.session_state.pop(name, None)
                    st.query_params.update(check=str(campaign.number), show="judge")
                st.rerun()


def _population(workbench: Workbench, documents: Mapping[str, DocumentInfo]) -> _Population:
    st.markdown("**What is to be checked?**")
    pairs = [pair for pair in workbench.aligned_pairs() if set(pair) <= documents.keys()]
    in_english = translated(documents)
    kinds = [_ENGLISH] * bool(in_english or not pairs) + [_PAIR] * bool(pairs)
    if st.radio("What", kinds, horizontal=True, label_visibility="collapsed", key="check_kind") == _ENGLISH:
        docs = st.multiselect(
            "Documents",
            in_english,
            default=in_english[:1],
            format_func=lambda key: documents[key].name,
            placeholder="Choose documents that have a translation",
            label_visibility="collapsed",
        )
        return _Population(tuple(docs), False)
    chosen = st.selectbox(
        "Pair",
        pairs[::-1],
        format_func=lambda pair: " and ".join(documents[key].name for key in pair),
        label_visibility="collapsed",
    )
    return _Population(chosen, True)


def _question(workbench: Workbench, population: _Population) -> tuple[Plan | None, list[str]]:
    """The plan, where there can be one, and what its sample is stratified by."""
    st.markdown("**What do you want to show?**")
    limit, sure = st.columns(2, vertical_alignment="bottom")
    share = limit.number_input("Fewer than … % have a major error", 0.1, 50.0, 5.0, 0.5, format="%.1f")
    confidence = sure.number_input("with … % confidence", 50.0, 99.9, 95.0, 1.0, format="%.1f")
    designs = ["Stop as soon as it is decided", "A number that is fixed before"]
    sequential = st.radio("How many", designs, horizontal=True, label_visibility="collapsed") == designs[0]
    if not population.docs:
        notes.draw("info", _NOTHING_CHOSEN)
        return None, []
    by = [] if sequential else _strata(population)
    asked = (population.docs, population.pair, share / 100, confidence / 100, by)
    try:
        if sequential:
            return workbench.spotchecks.plan(*asked, sequential=True), by
        return _chosen_plan(workbench.spotchecks.plans(*asked)), by
    except WorkbenchError as error:
        notes.draw("warning", complaint(error))
        return None, []


def _strata(population: _Population) -> list[str]:
    known = {"document": "every document", "length": "short and long passages"}
    if population.pair or len(population.docs) < 2:
        del known["document"]
    chosen = st.multiselect(
        "The sample has its share of",
        list(known),
        format_func=known.__getitem__,
        placeholder="nothing: it is drawn at random from all",
        help="A stratified sample. The verdict holds wherever the errors lie, which takes a few units more.",
    )
    return list(chosen)


def _chosen_plan(plans: Sequence[Plan]) -> Plan:
    """How many errors the sample may have: each choice with what it costs and how often it accepts a good document."""
    labels = list(map(_told, plans))
    return plans[st.selectbox("Major errors allowed in the sample", range(len(plans)), format_func=labels.__getitem__)]


def _told(plan: Plan) -> str:
    share, chance = good_document(plan)
    accepts = f"accepts {percent(share)} errors {how_often(chance)}"
    return f"{plan.allowed} allowed: judge {plan.sample:,}; {accepts}"


def _setup(by: Sequence[str]) -> Setup:
    st.markdown("**How is it judged?**")
    scheme = st.selectbox(
        "Scheme", list(_SCHEMES), format_func=_SCHEMES.__getitem__, label_visibility="collapsed", help=_SCHEME_HELP
    )
    blind = st.toggle(
        "Blind: hide engine, estimate and suspects",
        key="check_blind",
        help="From everybody, on all pages, until there is a verdict; the command line still tells",
    )
    with st.popover("Judges, suspects, attention", icon=":material/tune:", width="stretch"):
        judges = st.text_input("Judges, with commas between", placeholder="whoever comes")
        names = list(dict.fromkeys(filter(None, map(people.tidy, judges.split(",")))))
        st.caption("Judges who are named share the list. Where nobody is, whoever comes has the whole of it.")
        overlap = st.slider("Units that all of them judge, %", 0, 100, 20, 5, disabled=len(names) < 2)
        suspects = st.number_input(
            "Suspects to look at, apart from the sample", 0, 1000, Setup().suspects, 10, help="0: nothing is estimated"
        )
        attention = st.number_input("One wrong on purpose after every … units", 0, 100, 0, help="0: never")
        seed = st.number_input("Seed of the sample", 0, 999_999, None, placeholder="any")
        name = st.text_input("Name of this check", placeholder="the documents")
    return Setup(
        scheme=scheme,
        judges=names,
        overlap=overlap / 100 if len(names) > 1 else 0.0,
        attention=int(attention),
        blind=blind,
        by=by,
        suspects=int(suspects),
        seed=None if seed is None else int(seed),
        name=name,
    )


def _preview(plan: Plan) -> None:
    least = "at least " if plan.sequential else ""
    st.markdown(f"**Judge {least}{plan.sample:,} of {count(plan.population, 'unit')}.**")
    st.caption(plain(rule(plan)))


def _say_what_is_not_judged(missing: int, pair: bool) -> None:
    """A verdict is about what there is to judge: whoever reads it may think that this is the whole of a document."""
    if missing:
        verb = "has" if missing == 1 else "have"
        lacks = "counterpart" if pair else "English yet"
        of = "was left out or added" if pair else "is translated later"
        notes.draw("warning", f"{count(missing, 'passage')} {verb} no {lacks}: the verdict says nothing of what {of}.")
