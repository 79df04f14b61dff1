"""What a spot check came to. The random sample and the suspects are counted apart, always."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from statistics import fmean

from workbench.datatypes import Campaign, Grade, Judgement, Scheme, Stratum
from workbench.plurals import count
from workbench.quality import intervals, mqm
from workbench.quality.acceptance import Outcome, Verdict, verdict
from workbench.quality.agreement import Agreement, agreements
from workbench.quality.intervals import Interval
from workbench.quality.judging import GRADES, together, words
from workbench.quality.sampling import judges_of, most

_WORST = 20


class State(StrEnum):
    """How a judgement stands to the texts of today."""

    CURRENT = "current"
    CORRECTED = "corrected"  # by hand since: the judgement stands for the text as it was found
    STALE = "stale"  # another text now: it does not count, and the unit is to be judged again
    GONE = "gone"  # the unit is no longer there: the judgement stands for it as it was found


@dataclass(frozen=True, slots=True)
class Finding:
    """A judgement, where its unit stands (`doc`: a name, `place`: from 1, 0 if it is gone), and how it stands to the
    texts of today.

    `corrected`: what the target says now, or would say by somebody's proposal; empty: nobody would have it otherwise.
    """

    judgement: Judgement
    doc: str
    place: int
    state: State
    corrected: str = ""

    @property
    def unit(self) -> str:
        return self.judgement.unit


@dataclass(frozen=True, slots=True)
class Tally:
    """Units by what their judges made of them, together. `score`: MQM penalty a thousand words of target, None without
    marked errors or words; higher is worse."""

    name: str
    units: int
    minor: int
    major: int
    unsure: int
    words: int
    score: float | None

    @property
    def share(self) -> float | None:
        """Of units that could be judged, those with a major error."""
        sure = self.units - self.unsure
        return self.major / sure if sure else None


@dataclass(frozen=True, slots=True)
class Attention:
    """How often a judge saw that a translation was wrong on purpose."""

    judge: str
    seen: int
    shown: int


@dataclass(frozen=True, slots=True)
class Estimated:
    """Estimates against judgements in the random sample, by units.

    `auroc`: the probability that a unit with a major error has the lower estimate (Mann-Whitney). `spearman`: between
    estimate and penalty, the other way round, so that 1 is best in either. None where not defined.
    """

    units: int
    auroc: float | None
    spearman: float | None
    points: tuple[tuple[float, float, bool], ...]  # estimate, penalty, major


@dataclass(frozen=True, slots=True)
class Report:
    """A campaign in numbers. `verdict`, `intervals`, `random`, `by_*`, `estimated`: of the random sample alone.

    `by_category`: errors marked by category and severity. `findings`: all that was judged, suspects too.
    """

    campaign: Campaign
    verdict: Verdict
    intervals: tuple[Interval, ...]
    random: Tally
    risk: Tally
    by_document: tuple[Tally, ...]
    by_category: Mapping[tuple[str, str], int]
    esa: float | None  # mean of the units' scores, each the mean of its judges, 0 to 100, higher is better
    agreements: tuple[Agreement, ...]
    attention: tuple[Attention, ...]
    estimated: Estimated
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    documents: tuple[str, ...] = ()  # by name

    @property
    def worst(self) -> tuple[Finding, ...]:
        """The worst examples, of either list; each says which."""
        wanted = [each for each in self.findings if each.judgement.stratum is not Stratum.ATTENTION]
        bad = [each for each in wanted if each.judgement.grade in (Grade.MINOR, Grade.MAJOR)]
        return tuple(sorted(bad, key=_badness, reverse=True)[:_WORST])


@dataclass(frozen=True, slots=True)
class Beside:
    """What judgements do not tell. `documents`: what is checked, by name.

    `came_later`: how many units there are now that were not when the sample was drawn. `corrected_first`: how many of
    the random sample people corrected after that, and before they were judged. `milder_since`: how many of it a judge
    held for worse before. `earlier`: by number, what other spot checks of these documents had come to that were begun,
    and judged in, before. `untranslated`: units whose passage is there and has no English now.
    """

    documents: tuple[str, ...] = ()
    came_later: int = 0
    corrected_first: int = 0
    milder_since: int = 0
    earlier: Mapping[int, Outcome] = field(default_factory=dict)
    untranslated: frozenset[str] = frozenset()


_NOTHING = Beside()


def report(
    campaign: Campaign,
    findings: Sequence[Finding],
    without: Collection[str] = (),
    veiled: bool = False,
    beside: Beside = _NOTHING,
) -> Report:
    """`findings`: the latest word of each judge on each unit of a list.

    `without`: units of the random order that were gone before anybody judged them; others are judged in their place.
    `veiled`: without engine and estimates, since who reads the report may still have to judge blindly.
    """
    found = standing(campaign, findings, without)
    if veiled:
        campaign = replace(campaign, estimates={})
        findings = [replace(each, judgement=replace(each.judgement, model="")) for each in findings]
    counting = [each for each in findings if each.state is not State.STALE]
    drawn = _of(counting, Stratum.RANDOM)
    counted, _ = _prefix(campaign, drawn, without)
    held = len({each.unit for each in drawn} - counted.keys())
    judged = [each for each in drawn if each.unit in counted]
    unsure = sum(grade is Grade.UNSURE for grade in counted.values())
    return Report(
        campaign,
        found,
        _intervals(campaign, counted, judged),
        _tally("random sample", campaign, judged),
        _tally("suspects", campaign, _of(counting, Stratum.RISK)),
        tuple(_tally(doc, campaign, part) for doc, part in _grouped(judged, lambda each: each.doc)),
        _by_category(judged),
        _mean(_mean(_scores(said)) for _, said in _grouped(judged, lambda each: each.unit)),
        tuple(_agreements(drawn)),
        tuple(_attention(_of(findings, Stratum.ATTENTION))),
        _estimated(campaign, judged),
        tuple(findings),
        (
            *_notes(campaign, findings, len(counted), held, unsure, veiled),
            *_gone(findings, beside.untranslated),
            *_untranslated(campaign, beside.untranslated),
            *_replaced(campaign, without, found, beside.untranslated),
            *_came_later(beside.came_later),
            *_corrected_first(beside.corrected_first),
            *_milder_since(beside.milder_since),
            *_earlier(beside.earlier),
        ),
        beside.documents,
    )


def standing(campaign: Campaign, findings: Sequence[Finding], without: Collection[str]) -> Verdict:
    """The verdict alone, see `report`. What nobody could judge counts as a major error."""
    counting = [each for each in findings if each.state is not State.STALE]
    counted, ahead = _prefix(campaign, _of(counting, Stratum.RANDOM), without)
    grades = Counter(counted.values())
    return verdict(campaign.plan, len(counted), grades[Grade.MAJOR], grades[Grade.UNSURE], ahead)


def _of(findings: Iterable[Finding], stratum: Stratum) -> list[Finding]:
    return [each for each in findings if each.judgement.stratum is stratum]


def _prefix(campaign: Campaign, drawn: Sequence[Finding], without: Collection[str]) -> tuple[dict[str, Grade], int]:
    """What was said of the first units of the random order up to the first that is not judged by all who are to.

    Also how many beyond it are judged by all: they count later, so that who is quick with easy units moves nothing.
    """
    by_unit = dict(_grouped(drawn, lambda each: each.unit))
    counted: dict[str, Grade] = {}
    ahead, gap = 0, False
    for place, unit in enumerate(campaign.random[: most(campaign, without)]):
        if unit in without:
            continue
        said = by_unit.get(unit, [])
        if not _is_judged(campaign, place, said):
            gap = True
        elif gap:
            ahead += 1
        else:
            counted[unit] = together(each.judgement.grade for each in said)
    return counted, ahead


def _is_judged(campaign: Campaign, place: int, said: Sequence[Finding]) -> bool:
    """By all who are to, or by anybody where nobody is named or others can no longer judge it."""
    by_all = set(judges_of(campaign, place)) <= {each.judgement.judge for each in said}
    return bool(said) and (by_all or any(each.state is State.GONE for each in said))


def _intervals(campaign: Campaign, counted: Mapping[str, Grade], findings: Sequence[Finding]) -> tuple[Interval, ...]:
    """Of what nobody could judge none may have a major error, or all: the low ends are of the one, the high ends of the
    other, so that no interval is narrower than what is known, and none speaks against the verdict."""
    least = _intervals_of(campaign, {unit: grade is Grade.MAJOR for unit, grade in counted.items()}, findings)
    if Grade.UNSURE not in counted.values():
        return least
    bad = (Grade.MAJOR, Grade.UNSURE)
    most = _intervals_of(campaign, {unit: grade in bad for unit, grade in counted.items()}, findings)
    return tuple(replace(low, high=high.high) for low, high in zip(least, most, strict=True))


def _intervals_of(campaign: Campaign, major: Mapping[str, bool], findings: Sequence[Finding]) -> tuple[Interval, ...]:
    """`major`: of every unit that counts, whether it has a major error."""
    plan, errors, judged = campaign.plan, sum(major.values()), len(major)
    if plan.sequential:
        return (intervals.sequential(plan, errors, judged, plan.confidence),)
    if plan.stratified:
        wilson = intervals.wilson_stratified(_in_strata(campaign, major, findings), plan.population, plan.confidence)
    else:
        wilson = intervals.wilson(errors, judged, plan.population, plan.confidence)
    return (
        intervals.upper(plan, errors, judged),
        intervals.finite(plan, errors, judged),
        intervals.clopper_pearson(errors, judged, plan.confidence),
        wilson,
    )


def _in_strata(campaign: Campaign, major: Mapping[str, bool], findings: Sequence[Finding]) -> list[bool]:
    """In the order that the sample was thinned out in, see `sampling.draw`."""
    where = {each.unit: (each.doc, len(each.judgement.src_text)) for each in findings}

    def stratum(unit: str) -> tuple[str, int]:
        doc, length = where[unit]
        return doc * ("document" in campaign.by), length * ("length" in campaign.by)

    return [major[unit] for unit in sorted(major, key=stratum)]


def _tally(name: str, campaign: Campaign, findings: Sequence[Finding]) -> Tally:
    by_unit = _grouped(findings, lambda each: each.unit)
    grades = Counter(together(each.judgement.grade for each in said) for _, said in by_unit)
    sure = [[each for each in said if each.judgement.grade is not Grade.UNSURE] for _, said in by_unit]
    length = sum(words(said[0].judgement.tgt_text) for said in sure if said)
    penalty = sum(_mean([mqm.penalty(each.judgement) for each in said]) or 0 for said in sure)
    score = 1000 * penalty / length if length and campaign.scheme is not Scheme.GRADE else None
    return Tally(name, len(by_unit), grades[Grade.MINOR], grades[Grade.MAJOR], grades[Grade.UNSURE], length, score)


def _scores(said: Sequence[Finding]) -> Iterator[float | None]:
    """Of judges who could judge a unit."""
    return (each.judgement.score for each in said if each.judgement.grade is not Grade.UNSURE)


def _by_category(findings: Sequence[Finding]) -> dict[tuple[str, str], int]:
    found = Counter(
        (mark.category or "error", str(mqm.severity(mark))) for each in findings for mark in each.judgement.marks
    )
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _agreements(drawn: Sequence[Finding]) -> list[Agreement]:
    ratings: dict[str, dict[str, float]] = {}
    for each in drawn:
        if each.judgement.grade is not Grade.UNSURE:
            ratings.setdefault(each.unit, {})[each.judgement.judge] = GRADES[each.judgement.grade]
    return agreements(ratings, list(GRADES.values()))


def _attention(tests: Sequence[Finding]) -> list[Attention]:
    return [
        Attention(judge, sum(each.judgement.grade is Grade.MAJOR for each in part), len(part))
        for judge, part in _grouped(tests, lambda each: each.judgement.judge)
    ]


def _estimated(campaign: Campaign, judged: Sequence[Finding]) -> Estimated:
    from scipy.stats import mannwhitneyu, spearmanr

    points = []
    for unit, said in _grouped(judged, lambda each: each.unit):
        verdict_of_unit = together(each.judgement.grade for each in said)
        if unit in campaign.estimates and verdict_of_unit is not Grade.UNSURE:
            penalty = _mean([mqm.penalty(each.judgement) for each in said]) or 0.0
            points.append((campaign.estimates[unit], penalty, verdict_of_unit is Grade.MAJOR))
    good = [estimate for estimate, _, major in points if not major]
    bad = [estimate for estimate, _, major in points if major]
    auroc = float(mannwhitneyu(good, bad).statistic) / (len(good) * len(bad)) if good and bad else None
    varied = all(len({point[axis] for point in points}) > 1 for axis in (0, 1))
    spearman = -float(spearmanr([p[0] for p in points], [p[1] for p in points]).statistic) if varied else None
    return Estimated(len(points), auroc, spearman, tuple(points))


def _badness(each: Finding) -> tuple[float, float, float]:
    said = each.judgement
    return GRADES[said.grade], mqm.penalty(said), -(100 if said.score is None else said.score)


def _notes(
    campaign: Campaign, findings: Sequence[Finding], counted: int, held: int, unsure: int, veiled: bool
) -> Iterable[str]:
    if unsure:
        yield (
            f"{count(unsure, 'unit')} of the random sample could not be judged: for the verdict each counts as a"
            " major error, shares leave it out, and intervals reach from none of them having one to all."
        )
    if not campaign.plan.sequential and counted < campaign.plan.sample:
        yield f"The intervals hold once all {campaign.plan.sample:,} units are judged; until then they are provisional."
    if veiled:
        yield "Engines and estimates are hidden until there is a verdict: this is judged blindly."
    yield from not_judged(campaign)
    if campaign.unblinded_by:
        yield f"It was begun blind; {campaign.unblinded_by} ended that before there was a verdict."
    if held:
        yield (
            f"{count(held, 'unit')} judged ahead of the random order, or not yet by all who are to, will count once"
            " those before are judged."
        )
    differing = _differing(_of(findings, Stratum.RANDOM))
    if differing:
        yield f"Judges differ on whether there is a major error: {count(differing, 'unit')} of the random sample."
    states = Counter(each.state for each in findings if each.judgement.stratum is not Stratum.ATTENTION)
    if states[State.STALE]:
        yield (
            f"Judgements of texts that are others now: {states[State.STALE]}. They are kept and do not count, and the"
            " units are to be judged again."
        )
    if states[State.CORRECTED]:
        yield (
            f"Translations corrected since: {states[State.CORRECTED]}. The numbers are about them as they were found."
        )
    if campaign.by:
        yield _stratified(campaign)
    if counted == campaign.plan.population and not unsure:
        yield "The sample is the whole population: the share is known, not estimated."


def not_judged(campaign: Campaign) -> Iterable[str]:
    """What a verdict is not about, though it is of the documents."""
    if campaign.untranslated and campaign.pair:
        yield (
            f"{count(campaign.untranslated, 'passage')} of these documents had no counterpart when the sample was"
            " drawn: nothing here is said of what was left out or added."
        )
    elif campaign.untranslated:
        yield (
            f"{count(campaign.untranslated, 'passage')} of these documents had no English when the sample was drawn:"
            " nothing here is said of what was translated later."
        )


def _gone(findings: Iterable[Finding], untranslated: Collection[str]) -> Iterable[str]:
    gone = sum(each.state is State.GONE and each.unit not in untranslated for each in findings)
    if gone:
        yield f"Judged and no longer there: {gone}. They count as they were found."


def _untranslated(campaign: Campaign, units: Collection[str]) -> Iterable[str]:
    if units:
        yield (
            f"{len(units):,} of the {count(campaign.plan.population, 'unit')} {'has' if len(units) == 1 else 'have'} no"
            " English now (that of an earlier model is not shown). What was judged of them counts as it was found; in"
            " place of what was not, others are judged. Translate the documents again: they come back then, and what"
            " reads otherwise is to be judged again."
        )


def _replaced(
    campaign: Campaign, without: Collection[str], found: Verdict, untranslated: Collection[str]
) -> Iterable[str]:
    passed = [
        unit for unit in campaign.random[: most(campaign, without)] if unit in without and unit not in untranslated
    ]
    if passed:
        others = "are passed over" if campaign.plan.sequential else "others are judged in their place"
        yield (
            f"No longer there, before anybody judged them: {count(len(passed), 'unit')} of the random order; {others}."
            " This takes it that they did not go because of their quality: were the bad ones taken out, the share of"
            " errors is that of what was left, not of what was drawn from."
        )
    if untranslated:
        return  # they come back
    there = len(campaign.random) - len(without)
    if campaign.plan.sequential and found.outcome is Outcome.GO_ON and found.judged == there:
        yield "All that is left is judged, and that does not decide it: begin a new spot check."
    elif there < campaign.plan.sample:
        yield "Fewer units are left than are to be judged, so that there may be no verdict: begin a new spot check."


def _came_later(number: int) -> Iterable[str]:
    if number:
        verb, them = ("was", "it") if number == 1 else ("were", "them")
        yield (
            f"{count(number, 'unit')} {verb} not there when the sample was drawn: nothing here is said of {them}; begin"
            " a new spot check for that."
        )


def _corrected_first(number: int) -> Iterable[str]:
    if number:
        verb = "was" if number == 1 else "were"
        yield (
            f"{count(number, 'unit')} of the random sample {verb} corrected after it was drawn and judged as corrected:"
            " unless all else was corrected as well, the share of errors is that of what was judged, not of the rest."
        )


def _milder_since(number: int) -> Iterable[str]:
    if number:
        yield (
            f"Judges said first of {count(number, 'unit')} of the random sample that it has a major error or cannot be"
            " judged, and say something better now of the same text. What they said last counts."
        )


def _earlier(outcomes: Mapping[int, Outcome]) -> Iterable[str]:
    if outcomes:
        said = {Outcome.ACCEPT: "accepted", Outcome.REJECT: "not accepted", Outcome.GO_ON: "not decided"}
        listed = ", ".join(f"{number} ({said[outcome]})" for number, outcome in outcomes.items())
        yield (
            f"Spot checks of these documents before this one, the latest first: {listed}. The confidence is"
            " that of a single check: who begins anew with the same translations until one is accepted errs more often."
        )


def _stratified(campaign: Campaign) -> str:
    by = " and ".join(campaign.by)
    if campaign.plan.stratified:
        return (
            f"The sample has its share of every {by}, each unit as likely to be drawn as any other. Verdict and"
            " conservative intervals hold wherever the errors lie; Wilson's uses the variance between neighbours."
        )
    return f"The sample was stratified by {by} by an earlier version; the intervals take it for a simple random one."


def _differing(drawn: Sequence[Finding]) -> int:
    """Of how many units one judge says that there is a major error and another that there is none."""
    said = (
        {each.judgement.grade for each in part} - {Grade.UNSURE} for _, part in _grouped(drawn, lambda each: each.unit)
    )
    return sum(Grade.MAJOR in grades and len(grades) > 1 for grades in said)


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _grouped(findings: Iterable[Finding], key: Callable[[Finding], Hashable]) -> list[tuple[str, list[Finding]]]:
    groups: dict[str, list[Finding]] = {}
    for each in findings:
        groups.setdefault(str(key(each)), []).append(each)
    return list(groups.items())
