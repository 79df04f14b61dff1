"""How many units are to be judged, and the lists of a new spot check."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import partial

from workbench.datatypes import Campaign, Plan, Progress, Setup, silent
from workbench.errors import InputError
from workbench.lang import same_language
from workbench.plurals import count
from workbench.quality import acceptance, sampling
from workbench.quality.sampling import Candidate
from workbench.spotcheck import units as judged
from workbench.spotcheck.desk import Desk

_USUAL = Setup()
_MOST_ALLOWED = 5  # major errors in a sample


class Planning(Desk):
    """Plans and begins spot checks."""

    def plan(
        self,
        refs: Sequence[str],
        pair: bool,
        limit: float,
        confidence: float,
        by: Sequence[str] = (),
        *,
        sequential: bool = False,
        allowed: int = 0,
        sample: int | None = None,
    ) -> Plan:
        """See quality.acceptance.plan; the population is what these documents have to judge, stratified `by` what.

        Raises InputError too where two documents are not aligned, or have no link that is shown.
        """
        sampling.check_strata(by)
        docs = self._ids(refs, pair)
        units = self._units(docs, pair)
        if pair and not units:
            self._bench.aligned(docs[0], docs[1])  # or says that they are not
            raise InputError("these documents have no links that are sure enough to be shown; align or link them first")
        return acceptance.plan(
            len(units), limit, confidence, sequential=sequential, allowed=allowed, sample=sample, stratified=bool(by)
        )

    def plans(
        self, refs: Sequence[str], pair: bool, limit: float, confidence: float, by: Sequence[str] = ()
    ) -> list[Plan]:
        """Fixed plans to choose among: no major error allowed, one, and so on, as far as the documents bear it.

        Raises InputError where they do not bear the first.
        """
        found = [self.plan(refs, pair, limit, confidence, by)]
        with suppress(InputError):
            for allowed in range(1, _MOST_ALLOWED + 1):
                found.append(self.plan(refs, pair, limit, confidence, by, allowed=allowed))
        return found

    def start(
        self,
        refs: Sequence[str],
        plan: Plan,
        setup: Setup = _USUAL,
        *,
        pair: bool = False,
    ) -> Campaign:
        """Draw the random sample and keep it; nothing that is said later changes it. Suspects are still to be found.

        Raises InputError where documents changed since they were planned for, or the setup contradicts itself.
        """
        docs = self._ids(refs, pair)
        units = self._units(docs, pair)
        _check_plan(plan, len(units), setup.by)
        _check_setup(setup)
        seed = secrets.randbelow(10**6) if setup.seed is None else setup.seed
        candidates = [Candidate(unit.id, unit.doc, len(unit.src_text)) for unit in units.values()]
        campaign = Campaign(
            number=0,
            name=setup.name or self._named(docs),
            docs=docs,
            pair=pair,
            scheme=setup.scheme,
            plan=plan,
            seed=seed,
            judges=tuple(dict.fromkeys(setup.judges)),
            overlap=setup.overlap,
            attention=setup.attention,
            blind=setup.blind,
            prefill=not setup.blind,
            by=tuple(setup.by),
            random=sampling.draw(candidates, seed, setup.by, plan.sample),
            risk=(),
            estimates={},
            reasons={},
            user=self._bench.user,
            created_at="",
            suspects=0 if self.in_one_language(docs, pair) else setup.suspects,
            untranslated=self.not_judged(docs, pair),
        )
        return self.get(self._kept.put(campaign))

    def not_judged(self, refs: Sequence[str], pair: bool) -> int:
        """How many passages of these documents are in no unit: without English or, of a pair, without a counterpart."""
        docs = self._ids(refs, pair)
        if pair:
            src, tgt = docs
            made = partial(judged.unlinked, self._bench, src, tgt, self._units(docs, pair))
            return self._remembered(f"without a counterpart {docs}", self._bench.state(), made)
        return sum(info.without_english for info in self._bench.documents() if info.id in docs)

    def in_one_language(self, refs: Sequence[str], pair: bool) -> bool:
        """Whether what is judged are two versions in one language, as quality.IN_ONE_LANGUAGE says."""
        known = {info.id: info.lang for info in self._bench.documents()}
        return pair and same_language(*(known[doc] for doc in self._ids(refs, pair)))

    def waiting(self, docs: Collection[str]) -> list[Campaign]:
        """The spot checks of just these documents, by id, whose suspects are still to be found."""
        return [each for each in self.all() if each.waits_for_suspects and set(each.docs) == set(docs)]

    def find_suspects(self, campaign: Campaign, progress: Progress = silent) -> Campaign:
        """Estimate every unit and list the worst apart from the sample, once; with what was found.

        By the checks and terms that the workspace wants, as on the page of automatic checks.
        """
        if campaign.waits_for_suspects:
            estimates = judged.estimates(self._bench, campaign.docs, campaign.pair, self.units(campaign), progress)
            values = {unit: value for unit, (value, _) in estimates.items()}
            worst = sampling.worst_first(values, campaign.suspects, campaign.random[: campaign.plan.sample])
            self._kept.put_suspects(campaign.number, worst, estimates)
        return self.get(campaign.number)

    def _ids(self, refs: Sequence[str], pair: bool) -> tuple[str, ...]:
        docs = tuple(dict.fromkeys(self._bench.document_id(ref) for ref in refs))
        if pair and len(docs) != 2:
            raise InputError(f"an aligned pair is two documents, got {len(docs)}")
        return docs or tuple(info.id for info in self._bench.documents())

    def _named(self, docs: Sequence[str]) -> str:
        names = self._bench.names()
        return " and ".join(names[doc] for doc in docs) if len(docs) < 3 else f"{len(docs)} documents"


def _check_plan(plan: Plan, population: int, by: Sequence[str]) -> None:
    """Raises InputError where a plan is not one for this population and these strata."""
    if population != plan.population:
        raise InputError(
            f"there is a population of {count(population, 'unit')} now, and the plan is for {plan.population:,};"
            " plan anew"
        )
    if plan.stratified != bool(by):
        raise InputError("the plan and the sample must both be stratified, or neither; plan with the same strata")


def _check_setup(setup: Setup) -> None:
    """Raises InputError where it contradicts itself."""
    if not 0 <= setup.overlap <= 1 or setup.attention < 0 or setup.suspects < 0:
        raise InputError("an overlap lies between 0 and 1, and numbers of units are not negative")
    if setup.overlap and len(set(setup.judges)) < 2:
        raise InputError("only units of two judges or more can overlap; name the judges, or leave the overlap out")
