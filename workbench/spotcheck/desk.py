"""What spot checks there are and what was said in them: what every part of this package asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from workbench.datatypes import Campaign, Judgement, Remembering, Stratum
from workbench.errors import InputError
from workbench.quality.acceptance import Outcome, Verdict
from workbench.quality.report import Finding, State, standing
from workbench.spotcheck import units as judged
from workbench.spotcheck.units import Unit

if TYPE_CHECKING:
    from workbench.core import Workbench
    from workbench.store import Campaigns


class Desk:
    """The spot checks of a workspace, seen by its user, who is the judge."""

    def __init__(self, bench: Workbench, kept: Campaigns, remembered: Remembering) -> None:
        self._bench, self._kept, self._remembered = bench, kept, remembered

    def all(self) -> list[Campaign]:
        """In the order they were begun."""
        return self._kept.all()

    def get(self, number: int) -> Campaign:
        """Raises UnknownItemError."""
        return self._kept.get(number)

    def units(self, campaign: Campaign) -> Mapping[str, Unit]:
        """What can be judged now, by id, in the order of the documents; nothing of those that are gone."""
        return self._units(campaign.docs, campaign.pair)

    def _units(self, docs: tuple[str, ...], pair: bool) -> dict[str, Unit]:
        def made() -> dict[str, Unit]:
            return judged.links(self._bench, *docs) if pair else judged.translations(self._bench, docs)

        return self._remembered(f"units {docs} {pair}", self._bench.state(), made)

    def _judge(self, campaign: Campaign) -> str:
        user = self._bench.user
        if campaign.judges and user not in campaign.judges:
            raise InputError(
                f"{campaign.name} is judged by {', '.join(campaign.judges)}, and you are {user or 'nobody'};"
                " say who you are, or begin a spot check of your own"
            )
        return user

    def _said(self, campaign: Campaign) -> dict[tuple[Stratum, str, str], Judgement]:
        """The latest word of each judge on each unit of each list."""
        return self._remembered(
            f"said in spot check {campaign.number}",
            (self._kept.latest(campaign.number), self._bench.state()),  # a backup put back may have as many
            lambda: {(each.stratum, each.unit, each.judge): each for each in self._kept.judgements(campaign.number)},
        )

    def verdict(self, campaign: Campaign) -> Verdict:
        """What may be said so far: cheap, asked after every judgement."""
        return standing(campaign, self._findings(campaign), self._replaced(campaign))

    def veil(self, docs: Collection[str], pair: bool) -> Campaign | None:
        """The blind spot check without a verdict because of which pages hide who or what translated these documents
        (ids, or the two of an aligned pair), how good that is reckoned to be and what checks find; None: nothing is
        hidden. Whoever looks at a page may be its judge. The command line hides nothing but in reports.
        """
        of_them = (each for each in self._kept.blind() if each.pair is pair and is_about(each, docs))
        return next((each for each in of_them if self.verdict(each).outcome is Outcome.GO_ON), None)

    def unblind(self, campaign: Campaign) -> Campaign:
        """Let a spot check that has no verdict be blind no more: for one that nobody will finish. Its report tells.

        Raises InputError where it never was blind.
        """
        if not (campaign.blind or campaign.unblinded_by):
            raise InputError(f"spot check {campaign.number} was not begun blind; name the one that was")
        if self.verdict(campaign).outcome is Outcome.GO_ON:
            self._kept.unblind(campaign.number, self._bench.user)
        return self.get(campaign.number)

    def _replaced(self, campaign: Campaign) -> frozenset[str]:
        """Units of the random order that were gone before anybody judged them."""
        judged = {unit for stratum, unit, _ in self._said(campaign) if stratum is Stratum.RANDOM}
        return frozenset(campaign.random).difference(self.units(campaign), judged)

    def _untranslated(self, campaign: Campaign) -> frozenset[str]:
        """Units of which the passage is there and has no English now: that of an earlier model counts no more."""
        missing = frozenset(campaign.random).difference(self.units(campaign))
        if campaign.pair or not missing:
            return frozenset()

        def made() -> frozenset[str]:
            docs = judged.still_there(self._bench, campaign.docs)
            views = (view for doc in docs for view in self._bench.segments(doc))
            return missing.intersection(view.id for view in views if view.included and view.english is None)

        return self._remembered(f"without English {campaign.docs}", (self._bench.state(), campaign.random), made)

    def _findings(self, campaign: Campaign) -> list[Finding]:
        units, untranslated = self.units(campaign), self._untranslated(campaign)
        return [_finding(said, units.get(said.unit), untranslated) for said in self._said(campaign).values()]


def is_about(campaign: Campaign, docs: Collection[str]) -> bool:
    """Whether a spot check is of these two of a pair, or of one of these documents."""
    return set(campaign.docs) == set(docs) if campaign.pair else not set(campaign.docs).isdisjoint(docs)


def state_of(said: Judgement, unit: Unit | None) -> State:
    """How a judgement stands to what there is now."""
    if said.stratum is Stratum.ATTENTION:
        return State.CURRENT
    if unit is None:
        return State.GONE
    if said.src_text != unit.src_text:
        return State.STALE
    if said.tgt_text == unit.tgt_text:
        return State.CURRENT
    return State.CORRECTED if unit.by_hand else State.STALE


def _finding(said: Judgement, unit: Unit | None, untranslated: Collection[str]) -> Finding:
    if unit is None:
        where = "without English now" if said.unit in untranslated else "no longer there"
        return Finding(said, where, 0, state_of(said, unit))
    state = state_of(said, unit)
    corrected = unit.tgt_text if state is State.CORRECTED else unit.proposed
    return Finding(said, unit.doc, unit.place, state, "" if said.stratum is Stratum.ATTENTION else corrected)
