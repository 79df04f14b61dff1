"""What one page in a browser was sent of some documents, and what it still has to be sent."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from workbench.align import LEAST_CONFIDENCE, Relation, Verdict
from workbench.concordance import Query
from workbench.core import Workbench
from workbench.plurals import count
from workbench.store import Edited, is_by_people
from workbench.ui import rows, words, working
from workbench.ui.rows import Data, Mark
from workbench.ui.snapshots import Snapshot, no_collecting, snapshot, veils_of
from workbench.ui.undoing import Way
from workbench.wiring.views import PairView

_TOLD = ("said", "tone", "wrote")  # what a message has for the reader, besides what changed
_STRETCH = 0.08  # seconds of checking at a time, so that an edit never waits for it


@dataclass(frozen=True, slots=True)
class Left:
    """Documents that were shown and are not in the workspace any more, by name; what was to be said just then, and
    what brings them back."""

    gone: tuple[str, ...]
    said: str
    back: Way | None


@dataclass
class Feed:
    """Numbered messages to one browser. Those it has not said that it has are sent again with every run of the script,
    which it does not mind. `state`: of the workspace, that all messages together amount to."""

    workbench: Workbench
    docs: tuple[str, ...]
    remarks: Mapping[str, str] = field(default_factory=dict)  # what to say of a document, by its id
    at: str = ""  # the id of a segment or bead to open at
    session: str = field(default_factory=lambda: uuid4().hex)
    last: int = 0
    done: int = 0  # the latest request that was carried out
    least: float = LEAST_CONFIDENCE
    messages: list[Data] = field(default_factory=list)
    work: Future[PairView] | None = None  # an alignment of a part, until the browser knows what came of it
    left: Left | None = None  # why this feed is of no more use
    state: int = field(init=False, default=0)
    table: Data = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._unchecked: list[str] = []  # ids of links, the next one last
        self._checked: set[str] = set()
        self._load(snapshot(self.workbench, self.docs))
        self._send_beginning()

    @property
    def waiting(self) -> str:
        """Which pairs have to be aligned: "all", "some", "again" (a document changed since), or none of them."""
        wanted = len(self.docs) * (len(self.docs) - 1) // 2
        if len(self._read.pairs) < wanted:
            return "some" if self._read.pairs else "all"
        return "again" if any(pair.stale for pair in self._read.pairs) else ""

    def keep_up(self, remarks: Mapping[str, str]) -> None:
        """Send what is new, where something is: in the workspace, or in what may be shown and is said of documents."""
        now = self.workbench.state(), veils_of(self.workbench, self.docs), remarks
        if (self.state, self._read.veils, self.remarks) != now:
            self.remarks = remarks
            self.refresh()

    def data(self) -> Data:
        """What the component is given."""
        return {"session": self.session, "last": self.last, "done": self.done, "messages": self.messages}

    def post(self, **message: Any) -> None:
        self.last += 1
        self.messages.append({"n": self.last, "state": self.state, **message})

    def acknowledge(self, have: int) -> None:
        self.messages = [message for message in self.messages if message["n"] > have]

    def send_all(self, **more: Any) -> None:
        """Whatever the browser has: everything, and what it was told last, since it may not have shown that."""
        told = next((message for message in reversed(self.messages) if "said" in message), {})
        if "said" not in more:
            more |= {key: told[key] for key in _TOLD if key in told}
        self.messages = []
        self._post_table(self.table, **more)

    def _send_beginning(self) -> None:
        """What is in sight first, so that it is drawn while the rest is on its way: the browser asks for all then."""
        first = self._read.first
        part = first is not self._read.table and (not self.at or rows.has(first, self.at))
        self._post_table(first if part else self.table, part=part)

    def _post_table(self, table: Data, **more: Any) -> None:
        columns = [column | {"note": self.remarks.get(column["id"], "")} for column in table["columns"]]
        told = table | {"columns": columns, "least": LEAST_CONFIDENCE}
        self.post(all=told, verdicts=self.verdicts(), at=self.at, **more)

    def refresh(self, back: Way | None = None, **more: Any) -> None:
        """Send what changed in the workspace since, whoever did it; everything where other things are to be said.

        Where a document is gone nothing is sent: `left` says so, and there has to be another feed.
        """
        known = {info.id for info in self.workbench.documents()}
        if gone := [column.info.name for column in self._read.columns if column.info.id not in known]:
            self.left = Left(tuple(gone), more.get("said", ""), back)
            return
        veils, table = self._read.veils, self.table
        self._load(snapshot(self.workbench, self.docs))
        change = rows.difference(table, self.table) if veils == self._read.veils else None
        if change is None:
            self.send_all(**more)
        else:
            self.post(**change, unchecked=self._recheck(change), **more)

    def take(self, edited: Edited, said: str, **more: Any) -> None:
        """Send what an edit changed; where somebody else came between, that too."""
        if edited.before != self.state or not (edited.removed or edited.added):
            self.refresh(said=said, **more)
            return
        self.state = edited.after
        pair = tuple(sorted(self.docs.index(doc) for doc in edited.docs))
        found = (rows.link_data(bead, self._read.places, (pair[0], pair[1])) for bead in edited.added)
        change = {"links": [link for link in found if link], "gone": list(edited.removed)}
        self.table["links"] = rows.patched(self.table["links"], change)
        self.post(**change, unchecked=self._recheck(change), said=said, **more)

    def verdicts(self) -> list[Data]:
        """How the documents relate, a sentence a pair, and what the reader should do about it."""
        found: list[Data] = []
        for pair in self._read.pairs:
            at = rows.pair_of(self._read.columns, pair)
            by_people = is_by_people(pair.verdict)
            found.append({"at": at, "text": pair.verdict if by_people else self._in_words(pair, at)})
            found += [] if by_people else self._word_given(pair, at) or self._question(at)
            if doubtful := rows.all_doubtful(self.table["links"], at, self.least):
                hidden = count(doubtful, "doubtful link")
                found.append({"at": at, "text": f"Not shown: {hidden}. Move “Links from” to the left to see more."})
            if number := self._veil(at):
                text = f"Where they disagree is not shown until spot check {number}, which is blind, has a verdict."
                found.append({"at": at, "text": text})
            if pair.stale and (by_people or pair.related == (pair.related_by is not None)):
                text = words.out_of_date([(pair.src.name, pair.tgt.name)])
                found.append({"text": text, "tone": "warning"})
        return found

    def _in_words(self, pair: PairView, at: tuple[int, int]) -> str:
        relation = self._relation(at, self.least, pair.related)
        return words.sentence(relation.sentence(pair.src.lang, pair.tgt.lang))

    def _veil(self, at: tuple[int, int]) -> int | None:
        """The number of the spot check because of which the disagreements of two columns are hidden."""
        return self._read.veils.get((self.docs[at[0]], self.docs[at[1]]))

    def _relation(self, at: tuple[int, int], least: float, related: bool) -> Verdict:
        if least == LEAST_CONFIDENCE and self.state == self._read.state:
            return self._read.relations[at]
        return rows.relation(self.table["links"], at, least, related)

    def _word_given(self, pair: PairView, at: tuple[int, int]) -> list[Data]:
        """That the links rest on somebody's word, with what takes it back."""
        if not pair.related and pair.related_by is None:
            return []
        busy = working.busy(self.workbench, self.docs)
        told: Data = {"at": at, "text": words.word_given(pair, busy)}
        if pair.related != (pair.related_by is not None) and not busy:
            told["tone"] = "warning"
        if self._may_ask and pair.related_by is not None:
            told["button"] = {"label": "Take that back", "related": False}
        return [told]

    def _question(self, at: tuple[int, int]) -> list[Data]:
        """Whether the reader knows what the texts don't show: that both tell of one thing."""
        if not self._may_ask or self._relation(at, LEAST_CONFIDENCE, False).relation is not Relation.UNRELATED:
            return []
        if not rows.any_doubtful(self.table["links"], at, LEAST_CONFIDENCE):
            return []
        button = {"label": "Look for passages with that in mind", "related": True}
        return [{"at": at, "text": "Do you know that both tell of one thing?", "button": button}]

    @property
    def _may_ask(self) -> bool:
        """Of several documents most are not related: who knows that two are compares these."""
        return len(self.docs) == 2

    def find(self, text: str) -> list[str]:
        """Where a text stands, of each column (see rows.places_found). Raises InputError on one that cannot be looked
        for."""
        with no_collecting():
            return rows.places_found(self.docs, self._read.corpus.find(Query(text)))

    def check(self) -> Data:
        """Where some more links disagree and what is reworded in them, by link, and how many are left to look at."""
        columns, end = self._read.columns, time.monotonic() + _STRETCH
        disagree: dict[str, list[Data]] = {}
        reworded: dict[str, list[Mark]] = {}
        links = {link["id"]: link for link in self.table["links"]}
        while self._unchecked and time.monotonic() < end:
            link = links.get(name := self._unchecked.pop())
            self._checked.add(name)
            if link is None or self._veil(link["at"]):
                continue
            if told := rows.disagreeing(columns, link):
                disagree[name] = told
            if (marks := rows.reworded(columns, link)) is not None:
                reworded[name] = marks
        return {"disagree": disagree, "reworded": reworded, "unchecked": len(self._unchecked)}

    def check_all(self) -> None:
        """Begin again with looking for disagreements, the first links first."""
        self._checked.clear()
        self._unchecked.clear()
        self._recheck({"links": self.table["links"][::-1], "gone": []})

    def _recheck(self, change: Data) -> int:
        """Look at new links in the order of the text; what is known of others stays known. Returns how many wait."""
        self._checked.difference_update(change["gone"])
        links = [link["id"] for link in change["links"] if link["left"] and link["right"]]
        self._unchecked += [name for name in links if name not in self._checked]
        return len(self._unchecked)

    def _load(self, now: Snapshot) -> None:
        self._read, self.state, self.table = now, now.state, dict(now.table)
