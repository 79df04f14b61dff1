"""How many units are to be judged, and the lists of a new spot check."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from workbench.datatypes import Campaign, Plan, Scheme
from workbench.errors import InputError
from workbench.quality import acceptance, sampling
from workbench.quality.sampling import Candidate
from workbench.spotcheck import units as judged
from workbench.spotcheck.desk import Desk

_SUSPECTS = 50  # how many units are on the list of suspects where nobody says


class Planning(Desk):
    """Plans and begins spot checks."""

    def plan(
        self, refs: Sequence[str], pair: bool, limit: float, confidence: float, by: Sequence[str] = (), **more: Any
    ) -> Plan:
        """See quality.acceptance.plan; the population is what these documents have to judge, stratified `by` what."""
        units = self._units(self._ids(refs, pair), pair)
        if pair and not units:
            raise InputError("these documents have no links that are sure enough to be shown; align or link them first")
        return acceptance.plan(len(units), limit, confidence, stratified=bool(by), **more)

    def start(
        self,
        refs: Sequence[str],
        plan: Plan,
        *,
        pair: bool = False,
        name: str = "",
        scheme: Scheme = Scheme.GRADE,
        seed: int | None = None,
        judges: Sequence[str] = (),
        overlap: float = 0.0,
        attention: int = 0,
        blind: bool = False,
        prefill: bool = True,
        by: Sequence[str] = (),
        suspects: int = _SUSPECTS,
    ) -> Campaign:
        """Draw the lists and keep them; nothing that is said later changes them.

        `suspects`: how many of the units with the worst estimates are listed apart; 0: none, and nothing is estimated.

        Raises InputError where documents changed since they were planned for, or options contradict each other.
        """
        docs = self._ids(refs, pair)
        units = self._units(docs, pair)
        if len(units) != plan.population:
            raise InputError(f"there are {len(units)} units to judge and the plan is for {plan.population}; plan anew")
        if plan.stratified != bool(by):
            raise InputError("the plan and the sample must both be stratified, or neither; plan with the same strata")
        if not 0 <= overlap <= 1 or attention < 0 or suspects < 0:
            raise InputError("an overlap lies between 0 and 1, and numbers of units are not negative")
        seed = secrets.randbelow(10**6) if seed is None else seed
        candidates = [Candidate(unit.id, unit.doc, len(unit.src_text)) for unit in units.values()]
        drawn = sampling.draw(candidates, seed, by, plan.sample)
        estimates = self._estimates(docs, pair) if suspects else {}
        values = {unit: value for unit, (value, _) in estimates.items()}
        campaign = Campaign(
            number=0,
            name=name or self._named(docs),
            docs=docs,
            pair=pair,
            scheme=scheme,
            plan=plan,
            seed=seed,
            judges=tuple(dict.fromkeys(judges)),
            overlap=overlap,
            attention=attention,
            blind=blind,
            prefill=prefill,
            by=tuple(by),
            random=drawn,
            risk=sampling.worst_first(values, suspects, drawn[: plan.sample]),
            estimates=values,
            reasons={unit: reasons for unit, (_, reasons) in estimates.items() if reasons},
            user=self._bench.user,
            created_at="",
        )
        return self.get(self._store.put_campaign(campaign))

    def _ids(self, refs: Sequence[str], pair: bool) -> tuple[str, ...]:
        docs = tuple(dict.fromkeys(self._bench.document_id(ref) for ref in refs))
        if pair and len(docs) != 2:
            raise InputError(f"an aligned pair is two documents, got {len(docs)}")
        return docs or tuple(info.id for info in self._bench.documents())

    def _named(self, docs: Sequence[str]) -> str:
        names = {info.id: info.name for info in self._bench.documents()}
        return " and ".join(names[doc] for doc in docs) if len(docs) < 3 else f"{len(docs)} documents"

    def _estimates(self, docs: tuple[str, ...], pair: bool) -> dict[str, tuple[float, tuple[str, ...]]]:
        units = self._units(docs, pair)
        name, state = f"estimates {docs} {pair}", self._bench.state()
        found: dict[str, tuple[float, tuple[str, ...]]] = self._remembered(
            name, state, lambda: judged.estimates(self._bench, docs, pair, units)
        )
        return found
