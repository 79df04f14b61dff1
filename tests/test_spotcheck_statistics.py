"""Plans, verdicts, intervals, samples and agreement of spot checks against counts that do without our code."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations, pairwise
from math import comb, factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from workbench.datatypes import Campaign, Grade, Judgement, Mark, Scheme, Severity, Stratum
from workbench.errors import InputError
from workbench.quality import acceptance, intervals, judging, mqm, sampling
from workbench.quality.acceptance import Outcome
from workbench.quality.agreement import FEWEST, Agreement, agreements, alpha, kappa
from workbench.quality.report import Finding, State, report
from workbench.spotcheck.sheets import lines_of


def tail(population: int, errors: int, sample: int, at_most: int) -> float:
    """P(at most so many errors in a sample), counted out with binomial coefficients."""
    ways = sum(comb(errors, k) * comb(population - errors, sample - k) for k in range(at_most + 1))
    return ways / comb(population, sample)


def campaign(units: int, **more: object) -> Campaign:
    plan = acceptance.plan(units, 0.1, 0.9)
    known = {"number": 1, "name": "", "docs": (), "pair": False, "scheme": Scheme.GRADE, "plan": plan, "seed": 1}
    known |= {"judges": (), "overlap": 0.0, "attention": 0, "blind": False, "prefill": True, "by": (), "risk": ()}
    known |= {
        "random": tuple(f"u{n}" for n in range(units)),
        "estimates": {},
        "reasons": {},
        "user": "",
        "created_at": "",
    }
    return Campaign(**known | more)  # type: ignore[arg-type]


# -- plans


@settings(max_examples=40)
@given(st.integers(5, 120), st.sampled_from([0.02, 0.05, 0.1, 0.3]), st.sampled_from([0.8, 0.95]), st.integers(0, 2))
def test_a_fixed_plan_is_the_smallest_that_keeps_its_promise(
    population: int, limit: float, confidence: float, allowed: int
) -> None:
    try:
        plan = acceptance.plan(population, limit, confidence, allowed=allowed)
    except InputError:
        assert allowed >= acceptance.bad(population, limit)
        return
    errors = next(k for k in range(population + 1) if k >= limit * population - 1e-9 and k > 0)
    assert tail(population, errors, plan.sample, allowed) <= 1 - confidence + 1e-9
    if plan.sample > allowed + 1:
        assert tail(population, errors, plan.sample - 1, allowed) > 1 - confidence


def test_plans_agree_with_known_ones() -> None:
    # 59 without an error show fewer than 5 % at 95 %, whatever the size: .95 ** 59 < .05, the rule of three.
    assert acceptance.plan(10**6, 0.05, 0.95).sample == 59
    # 93 with at most one: 1 - binomial; 59, 93 and 124 stand in every table of attribute sampling (AICPA).
    assert acceptance.plan(10**6, 0.05, 0.95, allowed=1).sample == 93
    assert acceptance.plan(10**6, 0.05, 0.95, allowed=2).sample == 124


def test_a_sample_of_given_size_allows_as_many_errors_as_it_bears() -> None:
    assert acceptance.plan(10**6, 0.05, 0.95, sample=100).allowed == 1
    with pytest.raises(InputError, match=r"40 units are too few .* judge 59"):
        acceptance.plan(10**6, 0.05, 0.95, sample=40)
    with pytest.raises(InputError, match="a sample of 500 is larger than the 320 units"):
        acceptance.plan(320, 0.05, 0.95, sample=500)


def test_a_large_sample_is_planned_in_as_few_steps_as_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    known = acceptance.most_at_most
    monkeypatch.setattr(acceptance, "most_at_most", lambda found, *more: asked.append(found) or known(found, *more))
    assert acceptance.plan(30_000, 0.1, 0.95, sample=30_000).allowed == 2999
    assert len(asked) < 500


@pytest.mark.parametrize(
    ("population", "limit", "confidence", "allowed"),
    [(0, 0.05, 0.95, 0), (9, 5, 0.95, 0), (9, 0.1, 1, 0), (9, 0.1, 0.9, 1)],
)
def test_what_cannot_be_shown_is_said(population: int, limit: float, confidence: float, allowed: int) -> None:
    with pytest.raises(InputError):
        acceptance.plan(population, limit, confidence, allowed=allowed)
    with pytest.raises(InputError, match="not at 150\N{NO-BREAK SPACE}% and 95"):
        acceptance.plan(100, 1.5, 0.95)


def test_a_fixed_plan_ends_as_soon_as_the_rest_changes_nothing() -> None:
    plan = acceptance.plan(400, 0.05, 0.95, allowed=2)
    outcomes = [
        acceptance.verdict(plan, *at).outcome for at in ((0, 0), (plan.sample, 2), (plan.sample - 1, 1), (7, 3))
    ]
    assert outcomes == [Outcome.GO_ON, Outcome.ACCEPT, Outcome.ACCEPT, Outcome.REJECT]


@pytest.mark.parametrize("sequential", [False, True])
@pytest.mark.parametrize("errors", [0, 1, 2, 3, 5, 12])
def test_verdicts_and_intervals_keep_their_promise_over_every_path(sequential: bool, errors: int) -> None:
    """All orders of 30 units are gone through by their probabilities, looking after every unit."""
    population, confidence = 30, 0.9
    plan = acceptance.plan(population, 0.1, confidence, sequential=sequential)
    ever: Counter[str] = Counter()
    live = {0: 1.0}  # errors so far, of paths that go on
    never_missed = {0: 1.0}  # of paths whose interval has always held
    for judged in range(1, population + 1):
        live = _step(live, judged, population, errors)
        for found in list(live):
            outcome = acceptance.verdict(plan, judged, found).outcome
            if outcome is not Outcome.GO_ON:
                ever[outcome] += live.pop(found)  # type: ignore[arg-type]
        if sequential:
            never_missed = _step(never_missed, judged, population, errors)
            for found in list(never_missed):
                each = intervals.sequential(plan, found, judged, confidence)
                if not each.low - 1e-9 <= errors / population <= each.high + 1e-9:
                    del never_missed[found]
    assert sum(ever.values()) == pytest.approx(1)
    if errors >= 3:
        assert ever[Outcome.ACCEPT] <= 0.1 + 1e-9
    elif sequential:
        assert ever[Outcome.REJECT] <= 0.1 + 1e-9
    if sequential:
        assert sum(never_missed.values()) >= confidence


def _step(paths: dict[int, float], judged: int, population: int, errors: int) -> dict[int, float]:
    """One unit more is drawn from what is left."""
    after: dict[int, float] = {}
    for found, weight in paths.items():
        chance = (errors - found) / (population - judged + 1)
        for more, share in ((0, 1 - chance), (1, chance)):
            if share > 0:
                after[found + more] = after.get(found + more, 0.0) + weight * share
    return after


def test_a_sequential_plan_costs_little_where_nothing_is_wrong_and_finds_out_bad_documents() -> None:
    plan = acceptance.plan(5000, 0.03, 0.95, sequential=True)
    assert acceptance.plan(5000, 0.03, 0.95).sample == 98
    assert plan.sample < 140
    assert acceptance.verdict(plan, plan.sample, 0).outcome is Outcome.ACCEPT
    assert acceptance.verdict(plan, plan.sample - 1, 0).outcome is Outcome.GO_ON
    assert acceptance.verdict(plan, 100, 15).outcome is Outcome.REJECT


# -- intervals


def test_intervals_agree_with_published_ones() -> None:
    # Newcombe 1998, Statistics in Medicine 17:857, table I: 15 of 148, 81 of 263, 0 of 20, 1 of 29.
    published = {
        (81, 263): ((0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148): ((0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20): ((0.0, 0.1611), (0.0, 0.1684)),
        (1, 29): ((0.0061, 0.1718), (0.0009, 0.1776)),
    }
    for (errors, judged), (wilson, exact) in published.items():
        found = intervals.wilson(errors, judged, 10**9, 0.95), intervals.clopper_pearson(errors, judged, 0.95)
        assert [(round(each.low, 4), round(each.high, 4)) for each in found] == [wilson, exact]


@pytest.mark.parametrize("errors", range(0, 13, 2))
def test_the_hypergeometric_interval_holds_as_often_as_it_says(errors: int) -> None:
    population, sample, confidence = 24, 9, 0.9
    plan = acceptance.plan(population, 0.5, confidence)
    held = 0.0
    for found in range(max(0, sample - population + errors), min(errors, sample) + 1):
        each = intervals.finite(plan, found, sample)
        if each.low - 1e-9 <= errors / population <= each.high + 1e-9:
            held += tail(population, errors, sample, found) - (
                tail(population, errors, sample, found - 1) if found else 0
            )
    assert held >= confidence
    assert intervals.finite(plan, errors, population).low == errors / population


@pytest.mark.parametrize("stratified", [False, True])
@pytest.mark.parametrize("allowed", [0, 1, 3])
def test_the_upper_bound_lies_below_the_limit_just_where_the_plan_accepts(allowed: int, stratified: bool) -> None:
    plan = acceptance.plan(300, 0.06, 0.9, allowed=allowed, stratified=stratified)
    for errors in range(6):
        bound = intervals.upper(plan, errors, plan.sample)
        accepts = acceptance.verdict(plan, plan.sample, errors).outcome is Outcome.ACCEPT
        assert (bound.high < 0.06) == accepts


@pytest.mark.parametrize(("errors", "judged", "population"), [(3, 40, 200), (0, 25, 60), (17, 90, 120)])
def test_wilson_s_ends_are_where_a_finite_population_s_variance_puts_them(
    errors: int, judged: int, population: int
) -> None:
    """Each end is a share whose own standard deviation lies 1.96 times between it and what was found."""
    found = intervals.wilson(errors, judged, population, 0.95)
    for end in (found.low, found.high):
        variance = end * (1 - end) / judged * (population - judged) / (population - 1)
        assert (errors / judged - end) ** 2 == pytest.approx(1.959963985**2 * variance)


@pytest.mark.parametrize("errors", [0, 1, 4, 20])
def test_the_ends_of_the_hypergeometric_interval_are_the_last_numbers_that_neither_tail_excludes(errors: int) -> None:
    population, sample = 60, 20
    inside = [
        number
        for number in range(errors, population - sample + errors + 1)
        if tail(population, number, sample, errors) > 0.05
        and (errors == 0 or 1 - tail(population, number, sample, errors - 1) > 0.05)
    ]
    found = intervals.finite(acceptance.plan(population, 0.5, 0.9), errors, sample)
    assert (found.low, found.high) == (min(inside) / population, max(inside) / population)


@pytest.mark.parametrize(("judged", "errors"), [(5, 0), (12, 0), (12, 3), (30, 1), (30, 9)])
def test_a_confidence_sequence_leaves_out_what_the_average_of_the_likelihood_does(judged: int, errors: int) -> None:
    """The average over the prior, number by number in fractions: four fifths of it about a share of 1 / 40."""
    population, plan = 40, acceptance.plan(40, 0.1, 0.9, sequential=True)

    def prior(number: int) -> Fraction:
        near = Fraction(40 * factorial(number) * factorial(population - number + 39), factorial(population + 40))
        return Fraction(4, 5) * near * comb(population, number) + Fraction(1, 5) / (population + 1)

    def likelihood(number: int) -> Fraction:
        ways = comb(number, errors) * comb(population - number, judged - errors)
        return Fraction(ways, comb(population, judged))

    numbers = range(population + 1)
    assert sum(map(prior, numbers)) == 1
    averaged = sum(prior(number) * likelihood(number) for number in numbers)
    expected = [likelihood(number) <= averaged / 10 for number in numbers]
    assert acceptance.excluded(plan, judged, errors, np.arange(population + 1)).tolist() == expected


def test_an_empty_sample_says_nothing() -> None:
    plan = acceptance.plan(50, 0.1, 0.95, sequential=True)
    known = [
        intervals.wilson(0, 0, 50, 0.95),
        intervals.clopper_pearson(0, 0, 0.95),
        intervals.finite(plan, 0, 0),
        intervals.finite(acceptance.plan(50, 0.1, 0.95, stratified=True), 0, 0),
        intervals.wilson_stratified([], 50, 0.95),
        intervals.sequential(plan, 0, 0, 0.95),
    ]
    assert all((each.low, each.high) == (0.0, 1.0) for each in known)


# -- stratified samples


def thinned(units: int, sample: int) -> dict[frozenset[int], Fraction]:
    """How likely the ordered pivotal method draws each sample: every fight of neighbours gone through."""
    ways = {(frozenset[int](), -1, Fraction(0)): Fraction(1)}  # drawn, who goes on, its chance
    for unit in range(units):
        after: Counter[tuple[frozenset[int], int, Fraction]] = Counter()
        for (drawn, held, chance), weight in ways.items():
            own = Fraction(sample, units)
            both = chance + own
            if both < 1:
                after[drawn, held, both] += weight * chance / both
                after[drawn, unit, both] += weight * own / both
            else:
                after[drawn | {held}, unit, both - 1] += weight * (1 - own) / (2 - both)
                after[drawn | {unit}, held, both - 1] += weight * (1 - chance) / (2 - both)
        ways = {key: weight for key, weight in after.items() if weight}
    found: Counter[frozenset[int]] = Counter()
    for (drawn, _, _), weight in ways.items():
        found[drawn] += weight
    return dict(found)


@pytest.mark.parametrize("sample", [2, 3, 5])
def test_wherever_errors_lie_a_stratified_sample_misses_them_no_more_often_than_said(sample: int) -> None:
    """Against the exact distribution, for every set of errors among seven units."""
    known = thinned(7, sample)
    plan = acceptance.plan(7, 0.5, 0.9, stratified=True)
    for number in range(1, 8):
        for errors in map(frozenset, combinations(range(7), number)):
            found = Counter({drawn: float(weight) for drawn, weight in known.items()})
            for at in range(sample + 1):
                fewer = sum(weight for drawn, weight in found.items() if len(drawn & errors) <= at)
                more = sum(weight for drawn, weight in found.items() if len(drawn & errors) >= at)
                assert fewer <= acceptance.most_at_most(at, plan, number, sample) + 1e-9
                assert more <= acceptance.most_at_least(at, plan, number, sample) + 1e-9


def test_a_stratified_sample_is_drawn_as_its_distribution_says() -> None:
    times = Counter(
        frozenset(int(u[2:]) for u in sampling.draw(candidates(7), n, ("length",), 3)[:3]) for n in range(3000)
    )
    known = thinned(7, 3)
    assert set(times) == set(known)
    for drawn, weight in known.items():
        expected = 3000 * float(weight)
        assert abs(times[drawn] - expected) < 5 * expected**0.5 + 1


def test_how_often_a_stratified_plan_accepts_is_said_of_errors_that_lie_at_random() -> None:
    """Where they lie in one stratum it is another number; of a simple sample it is one."""
    stratified, simple = (acceptance.plan(200, 0.05, 0.95, stratified=by) for by in (True, False))
    assert "errors that lie at random is accepted in" in acceptance.rule(stratified)
    assert "errors is accepted in" in acceptance.rule(simple)


def test_a_stratified_plan_costs_a_few_units_more() -> None:
    plans = [acceptance.plan(400, 0.05, 0.95, allowed=3, stratified=each).sample for each in (False, True)]
    assert plans[0] < plans[1] < 1.1 * plans[0]
    with pytest.raises(InputError, match="judge a number that is fixed before"):
        acceptance.plan(400, 0.05, 0.95, sequential=True, stratified=True)


def test_a_plan_that_stops_once_decided_has_no_size() -> None:
    for fixed in ({"sample": 100}, {"allowed": 2}):
        with pytest.raises(InputError, match="has no size and no number of errors"):
            acceptance.plan(400, 0.05, 0.95, sequential=True, **fixed)


def test_the_stratified_interval_is_narrower_where_strata_differ_and_else_the_same() -> None:
    apart, mixed = [True] * 9 + [False] * 41, [n % 5 == 2 for n in range(50)]
    for major, narrower in ((apart, True), (mixed, False)):
        plain = intervals.wilson(sum(major), 50, 400, 0.95)
        own = intervals.wilson_stratified(major, 400, 0.95)
        assert (own.high - own.low < 0.8 * (plain.high - plain.low)) == narrower
    # By hand: one step of 1 between 49 neighbours; (1 - 50 / 400) / 50 / (2 * 49).
    steps = sum((a - b) ** 2 for a, b in pairwise(apart))
    share, variance = 9 / 50, 0.875 / 50 * steps / 98
    worth = share * (1 - share) / variance
    z2 = 1.959964**2
    middle = (share + z2 / (2 * worth)) / (1 + z2 / worth)
    low, high = (getattr(intervals.wilson_stratified(apart, 400, 0.95), end) for end in ("low", "high"))
    assert (low + high) / 2 == pytest.approx(middle, rel=1e-4)


# -- samples


def candidates(*sizes: int) -> list[sampling.Candidate]:
    return [sampling.Candidate(f"{doc}-{n}", f"d{doc}", 10 + n) for doc, size in enumerate(sizes) for n in range(size)]


def test_a_seed_draws_the_same_again_whatever_the_order_of_the_units() -> None:
    units = candidates(30, 10)
    drawn = sampling.draw(units, 7)
    assert drawn == sampling.draw(units[::-1], 7) != sampling.draw(units, 8)
    assert sorted(drawn) == sorted(unit.id for unit in units)


def test_every_pair_of_units_is_drawn_about_as_often() -> None:
    times = Counter(frozenset(sampling.draw(candidates(5), seed)[:2]) for seed in range(2000))
    assert set(times) == {frozenset(pair) for pair in combinations((f"0-{n}" for n in range(5)), 2)}
    assert max(times.values()) < 260 and min(times.values()) > 145  # 200 each; 4 standard deviations are 54


def test_a_stratified_sample_has_its_share_of_each_document_and_length() -> None:
    units = candidates(60, 30, 10)
    lengths = {unit.id: unit.length for unit in units}
    for size in (20, 47, 100):
        drawn = sampling.draw(units, 3, ("document", "length"), size)
        assert sorted(drawn) == sorted(lengths) and drawn[:size] != tuple(sorted(drawn[:size]))
        counts = Counter(unit[0] for unit in drawn[:size])
        assert all(abs(counts[doc] - size * share) < 1 for doc, share in (("0", 0.6), ("1", 0.3), ("2", 0.1)))
        short = sum(unit[0] == "0" and lengths[unit] < 40 for unit in drawn[:size])
        assert abs(short - 0.3 * size) < 1
    with pytest.raises(InputError, match="not by author"):
        sampling.draw(units, 3, ("author",), 20)


def test_judges_share_the_units_and_overlap_as_much_as_is_asked() -> None:
    shared = campaign(100, judges=("Ada", "Ben"), overlap=0.3)
    who = [sampling.judges_of(shared, place) for place in range(100)]
    assert Counter(who) == {("Ada", "Ben"): 30, ("Ada",): 35, ("Ben",): 35}
    assert abs(who[:20].count(("Ada", "Ben")) - 6) <= 1
    lists = [{task.unit for task in sampling.random_tasks(shared, judge, 100)} for judge in ("Ada", "Ben")]
    assert len(lists[0] & lists[1]) == 30 and len(lists[0] | lists[1]) == 100


def test_what_tests_attention_shows_the_translation_of_another_unit() -> None:
    tasks = sampling.random_tasks(campaign(60, attention=4), "Ada", 22)
    tests = [task for task in tasks if task.stratum is Stratum.ATTENTION]
    assert len(tests) == 5 and all(task.decoy not in ("", task.unit) for task in tests)
    assert [at for at, task in enumerate(tasks) if task.decoy] == [4, 9, 14, 19, 24]
    assert sampling.random_tasks(campaign(1, attention=1), "Ada", 1) == [sampling.Task(Stratum.RANDOM, "u0")]


def test_the_list_of_suspects_begins_with_the_worst_and_leaves_the_sample_alone() -> None:
    assert sampling.worst_first({"a": 0.9, "b": 0.1, "c": 0.5, "d": 0.2}, 2, without=("b",)) == ("d", "c")


# -- agreement

# Krippendorff 2004, Content analysis, chapter 11: four coders, twelve units, ordinal alpha .815.
CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def test_so_few_units_say_nothing_of_agreement() -> None:
    def found(units: int) -> list[Agreement]:
        return agreements({f"u{n}": {"Ada": float(n % 3), "Ben": float(n % 2)} for n in range(units)}, [0, 1, 2])

    for each in found(FEWEST - 1):
        assert (each.value, each.low, each.units) == (None, None, FEWEST - 1)
        assert "so few units say nothing" in each.reason and f"{FEWEST} or more" in each.reason
    assert all(each.value is not None and each.low is not None for each in found(FEWEST))


def test_alpha_and_kappa_agree_with_published_values() -> None:
    table = np.array([[np.nan if value is None else value for value in row] for row in CODERS], dtype=float)
    assert alpha(table, [1, 2, 3, 4, 5]) == pytest.approx(0.815, abs=5e-4)
    # Cohen's own table by hand: 20 both yes, 15 both no, 5 and 10 apart: (.7 - .5) / .5.
    pairs = [(0, 0)] * 20 + [(0, 1)] * 5 + [(1, 0)] * 10 + [(1, 1)] * 15
    assert kappa(np.array(pairs, dtype=float).T, [0, 1]) == pytest.approx(0.4)


def test_agreement_comes_with_an_interval_or_the_reason_why_there_is_none() -> None:
    ratings = {f"u{n}": {"Ada": float(n % 3), "Ben": float(n % 3 if n % 4 else 0)} for n in range(40)}
    for each in agreements(ratings, [0, 1, 2]):
        assert each.value is not None and each.low is not None and each.high is not None
        assert each.low < each.value < each.high and each.units == 40
    same = agreements({f"u{n}": {"Ada": 0.0, "Ben": 0.0} for n in range(12)}, [0, 1, 2])
    assert {each.value for each in same} == {None} and "all judgements are the same" in same[0].reason
    assert agreements({"u": {"Ada": 1.0}}, [0, 1, 2]) == []


def test_kappa_says_nothing_of_a_judge_who_said_one_thing_throughout() -> None:
    found = agreements({f"u{n}": {"Ada": 0.0, "Ben": float(n % 2)} for n in range(12)}, [0, 1, 2])
    assert [each.value is None for each in found] == [False, True]
    assert found[1].reason.startswith("Ada said the same of every unit")


def test_the_interval_of_kappa_is_about_where_its_standard_error_puts_it() -> None:
    rng = np.random.default_rng(5)
    ada = rng.integers(3, size=400)
    ben = np.where(rng.random(400) < 0.7, ada, rng.integers(3, size=400))
    ratings = {f"u{n}": {"Ada": float(a), "Ben": float(b)} for n, (a, b) in enumerate(zip(ada, ben, strict=True))}
    found = agreements(ratings, [0, 1, 2])[1]
    known = cohens_kappa(np.histogram2d(ada, ben, bins=3)[0])  # by Fleiss, Cohen and Everitt's formula
    assert (found.value, found.low, found.high) == pytest.approx(
        (known.kappa, known.kappa_low, known.kappa_upp), abs=0.02
    )


# -- MQM


def mark(severity: Severity, category: str = "Other") -> Mark:
    return Mark("tgt", 0, 3, severity, category)


def test_mqm_is_weighed_as_google_weighs_it() -> None:
    minor, major = mark(Severity.MINOR), mark(Severity.MAJOR)
    assert mqm.score([]) == 0 and mqm.score([minor, major]) == 6
    assert mqm.score([mark(Severity.MINOR, "Fluency/Punctuation")]) == 0.1
    assert mqm.score([mark(Severity.MAJOR, "Fluency/Punctuation")]) == 5
    assert mqm.score([minor] * 4 + [major] * 4) == 21  # the five worst
    assert mqm.score([mark(Severity.MAJOR, "Non-translation!"), major, major]) == 25
    assert mqm.grade([mark(Severity.MAJOR, "Source error")]) is Grade.GOOD


def test_judges_together_see_an_error_where_half_of_them_do() -> None:
    good, minor, major, unsure = Grade.GOOD, Grade.MINOR, Grade.MAJOR, Grade.UNSURE
    assert judging.together([good, major]) is major
    assert judging.together([good, good, major]) is good
    assert judging.together([good, minor, major]) is minor
    assert judging.together([unsure, minor]) is minor
    assert judging.together([unsure, unsure]) is unsure


def test_words_are_counted_in_any_script() -> None:
    counts = [judging.words(text) for text in ("The fox's 14 dens.", "家长们要求", "ab 中文 cd", "l'été", "", "!?")]
    assert counts == [5, 5, 4, 2, 0, 0]


def test_estimates_are_held_against_judgements_by_counting() -> None:
    estimates = [0.9, 0.4, 0.4, 0.7, 0.2, 0.6]
    grades = [Grade.GOOD, Grade.MAJOR, Grade.GOOD, Grade.MINOR, Grade.MAJOR, Grade.GOOD]
    judged = campaign(60, estimates={f"u{n}": value for n, value in enumerate(estimates)})
    findings = [
        Finding(Judgement(f"u{n}", Stratum.RANDOM, "Ada", grade), "d", n + 1, State.CURRENT)
        for n, grade in enumerate(grades)
    ]
    found = report(judged, findings).estimated
    # Of the eight pairs with and without a major error seven are told apart, and of one both have .4.
    assert found.auroc == pytest.approx((7 + 0.5) / 8)
    ranks = np.array([[6, 2.5, 2.5, 5, 1, 4], [2, 5.5, 2, 4, 5.5, 2]])
    assert found.spearman == pytest.approx(-np.corrcoef(ranks)[0, 1])


# -- a judge's file


def test_a_judges_file_is_taken_as_far_as_it_can_be() -> None:
    text = "unit;grade;score;note\nu1;Good;80,5;fine\nu2;;;\nu3;bad;;\nu4;major;120;\n;minor;;\nu5;?;;\n"
    rows, faults = judging.read_sheet(lines_of(text.encode("utf-8-sig"), "a.csv"), "a.csv", "Ada")
    assert [(row.unit, row.judge, row.grade, row.score) for row in rows] == [
        ("u1", "Ada", Grade.GOOD, 80.5),
        ("u5", "Ada", Grade.UNSURE, None),
    ]
    assert [fault.split(":")[0] for fault in faults] == ["a.csv line 4", "a.csv line 5", "a.csv line 6"]


def test_lines_that_contradict_each_other_are_told_and_the_first_counts() -> None:
    text = "unit\tgrade\tjudge\nu1\tgood\tBen\nu1\tmajor\tBen\nu1\tmajor\tAda\n"
    rows, _ = judging.read_sheet(lines_of(text.encode(), "b.tsv"), "b.tsv", "Ada")
    kept, faults = judging.conflicts(rows, "b.tsv")
    assert [(row.judge, row.grade) for row in kept] == [("Ben", Grade.GOOD), ("Ada", Grade.MAJOR)]
    assert faults == ["b.tsv line 3: Ben said good of u1 in line 2 and major here; the first counts"]


@settings(max_examples=60)
@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"unit,grade\n{text}".encode("utf-8", "replace"))
)
def test_a_hostile_file_is_refused_in_words(data: bytes) -> None:
    try:
        rows, faults = judging.read_sheet(lines_of(data, "x.csv"), "x.csv", "Ada")
    except InputError as error:
        assert "x.csv" in str(error)
    else:
        assert all(row.unit for row in rows) and all("x.csv line" in fault for fault in faults)


def test_more_errors_than_units_are_refused() -> None:
    with pytest.raises(InputError, match="cannot be"):
        acceptance.verdict(acceptance.plan(100, 0.1, 0.9), 3, 4)


@pytest.mark.parametrize(
    ("judged", "errors", "unsure", "said"),
    [
        (0, 0, 0, "Nothing is judged yet."),
        (1, 0, 0, "The one unit judged has no major error: "),
        (1, 1, 0, "The one unit judged has a major error, "),
        (1, 0, 1, "The one unit so far could not be judged, which counts as a major error, "),
        (2, 1, 0, "1 of the 2 units judged has a major error, "),
    ],
)
def test_a_verdict_on_few_units_reads_well(judged: int, errors: int, unsure: int, said: str) -> None:
    plan = acceptance.plan(100, 0.1, 0.9, allowed=0)
    assert acceptance.verdict(plan, judged, errors, unsure).reason.startswith(said)


def test_that_many_have_an_error_is_not_said_of_units_that_nobody_could_judge() -> None:
    plan = acceptance.plan(100, 0.1, 0.9, sequential=True)
    assert acceptance.verdict(plan, 30, 30).reason.endswith(" or more of all 100 have one.")
    assert acceptance.verdict(plan, 30, 0, 30).reason.endswith(" of all 100 have one or cannot be judged.")


def test_no_number_of_a_report_claims_more_than_was_asked_or_found() -> None:
    """99.99 % is not 100 %, fewer than 12.345 % not fewer than 12.3 %; an interval is rounded outwards."""
    plan = acceptance.plan(350, 0.12345, 0.9999)
    assert "with 99.99\u00a0% confidence: fewer than 12.345\u00a0% of" in acceptance.rule(plan)
    reason = acceptance.verdict(plan, plan.sample, 0).reason
    assert reason.endswith("with 99.99\u00a0% confidence, fewer than 12.345\u00a0% of all 350 have one.")
    assert acceptance.percent(0.9997) == "more than 99.9\u00a0%" and acceptance.percent(1) == "100\u00a0%"
    assert acceptance.how_often(0.996) == "more than 99 times in 100"
    assert intervals.Interval(0.012_39, 0.044_91, 0.95, "").told == "1.23\u00a0% to 4.50\u00a0%"
    assert intervals.Interval(0, 0.05, 0.95, "").told == "0.00\u00a0% to 5.00\u00a0%"
