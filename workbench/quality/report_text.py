"""A report in a few lines, and its judgements as rows of tables."""

from __future__ import annotations

from collections import Counter

from workbench.datatypes import Campaign, Stratum
from workbench.plurals import count
from workbench.quality import mqm
from workbench.quality.acceptance import Outcome, exactly, percent
from workbench.quality.report import Finding, Report, State

HEADER = (
    "stratum",
    "unit",
    "document",
    "passage",
    "judge",
    "grade",
    "score",
    "mqm_penalty",
    "errors",
    "note",
    "state",
    "estimate",
    "source",
    "target",
    "corrected",
    "model",
    "judged_at",
)

_MOST_NAMED = 20  # documents


def headline(found: Report) -> str:
    """The verdict in a few words."""
    plan = found.campaign.plan
    wanted = f"fewer than {exactly(plan.limit)} with a major error, {exactly(plan.confidence)} confidence"
    return {Outcome.ACCEPT: "Accepted", Outcome.REJECT: "Not accepted", Outcome.GO_ON: "Not decided yet"}[
        found.verdict.outcome
    ] + f": {wanted}"


def about(found: Report) -> list[str]:
    """Of which documents a report is, and who judged the random sample when."""
    more = len(found.documents) - _MOST_NAMED
    named = ", ".join(found.documents[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
    lines = [f"Documents: {named}."] if named else []
    said = [each.judgement for each in found.findings if each.judgement.stratum is Stratum.RANDOM]
    if said:
        judges = Counter(each.judge or "somebody" for each in said)
        who = ", ".join(f"{judge} ({count(units, 'unit')})" for judge, units in sorted(judges.items()))
        days = sorted(each.judged_at[:10] for each in said)
        when = f"on {days[0]}" if days[0] == days[-1] else f"from {days[0]} to {days[-1]}"
        lines.append(f"Judged by {who} {when}.")
    return lines


def summary(found: Report) -> list[str]:
    """The report in a few lines."""
    tally, risk = found.random, found.risk
    lines = [headline(found), found.verdict.reason, f"Rule: {found.verdict.rule}", *about(found)]
    if tally.share is not None:
        lines.append(f"major errors in {tally.major} of {tally.units - tally.unsure}: {percent(tally.share)}")
        lines += [f"{exactly(each.confidence)} interval: {each.told}, {each.method}" for each in found.intervals]
    if tally.score is not None:
        lines.append(f"MQM penalty per 1,000 words: {tally.score:.1f}")
    if found.esa is not None:
        lines.append(f"mean ESA score: {found.esa:.1f} of 100")
    if risk.units:
        lines.append(f"suspects, counted apart: {risk.major} of {risk.units} have a major error")
    for each in found.agreements:
        told = f"{each.value:.2f} ({each.low:.2f} to {each.high:.2f})" if each.value is not None else None
        value = told or f"not told: {each.reason}"
        lines.append(f"{each.name} of {', '.join(each.judges)} over {count(each.units, 'unit')}: {value}")
    lines += [f"attention of {each.judge}: {each.seen} of {each.shown} seen" for each in found.attention]
    return [*lines, *found.notes]


def rows(found: Report) -> list[list[str | float]]:
    """Every judgement as a row of HEADER, in the order they were said."""
    return [_row(found.campaign, each) for each in found.findings]


def _row(campaign: Campaign, each: Finding) -> list[str | float]:
    said = each.judgement
    errors = "; ".join(f"{mqm.severity(mark)} {mark.category or mark.note}".strip() for mark in said.marks)
    row: list[str | float] = [str(said.stratum), said.unit, each.doc, each.place, said.judge, str(said.grade)]
    row += ["" if said.score is None else said.score, mqm.penalty(said), errors, said.note, str(each.state)]
    row += [campaign.estimates.get(said.unit, ""), said.src_text, said.tgt_text]
    row += [each.corrected, said.model, said.judged_at]
    return row


def rated(found: Report) -> list[mqm.Rated]:
    """What was judged of the random sample and the suspects, for the table of MQM, in the order of the documents."""
    wanted = [each for each in found.findings if each.judgement.stratum is not Stratum.ATTENTION]
    wanted.sort(key=lambda each: (each.doc, each.place, each.unit, each.judgement.judge))
    numbers = {unit: number for number, unit in enumerate(dict.fromkeys(each.unit for each in wanted), 1)}
    return [mqm.Rated(each.doc, each.place, numbers[each.unit], each.judgement, _changed(each)) for each in wanted]


def _changed(each: Finding) -> str:
    return "" if each.state is State.CURRENT else each.state.value
