"""Spot checks: what is judged, what judges said, and what they have marked so far."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from workbench.datatypes import Campaign, Grade, Judgement, Mark, Plan, Scheme, Stratum
from workbench.errors import JudgedMeanwhileError, UnknownItemError
from workbench.store import history
from workbench.store.database import Database
from workbench.store.rows import Draft

_APART = ("number", "random", "risk", "estimates", "reasons", "user", "created_at")  # columns of their own
_SAY = (
    "INSERT INTO judgement"
    " (campaign, stratum, unit, judge, grade, marks, score, note, src_text, tgt_text, model, judged_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class Campaigns:
    """Spot checks, what judges said in them and have marked so far. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, campaign: Campaign) -> int:
        """Keep a new spot check, without suspects yet; returns the number that it gets."""
        about = {each.name: getattr(campaign, each.name) for each in fields(campaign) if each.name not in _APART}
        about["plan"] = asdict(campaign.plan)
        with self._db.write() as connection:
            number = connection.execute(
                "INSERT INTO campaign (about, random, risk, estimates, user, created_at)"
                " VALUES (?, ?, '[]', '{}', ?, ?)",
                (json.dumps(about), json.dumps(campaign.random), campaign.user, history.now()),
            ).lastrowid
        assert number is not None
        return number

    def put_suspects(
        self, number: int, risk: Sequence[str], estimates: Mapping[str, tuple[float, Sequence[str]]]
    ) -> None:
        """Keep the suspects of a spot check, and every unit's estimate and what speaks against it, unless it has them:
        lists that are judged don't change."""
        with self._db.write() as connection:
            connection.execute(
                "UPDATE campaign SET risk = ?, estimates = ? WHERE number = ? AND estimates = '{}'",
                (json.dumps(risk), json.dumps(estimates), number),
            )

    def unblind(self, number: int, user: str) -> None:
        """Note that a spot check is blind no more, and by whom."""
        with self._db.write() as connection:
            connection.execute(
                "UPDATE campaign SET about = json_set(about, '$.blind', json('false'), '$.unblinded_by', ?)"
                " WHERE number = ? AND json_extract(about, '$.blind')",
                (user, number),
            )

    def all(self) -> list[Campaign]:
        """In the order they were begun."""
        return self._where("true")

    def blind(self) -> list[Campaign]:
        """Those of which judges are not to know who or what translated."""
        return self._where("json_extract(about, '$.blind')")

    def _where(self, condition: str) -> list[Campaign]:
        with self._db.read() as connection:
            rows = connection.execute(f"SELECT * FROM campaign WHERE {condition} ORDER BY number").fetchall()
        return list(map(_campaign, rows))

    def get(self, number: int) -> Campaign:
        """A spot check by its number. Raises UnknownItemError."""
        with self._db.read() as connection:
            row = connection.execute("SELECT * FROM campaign WHERE number = ?", (number,)).fetchone()
        if row is None:
            raise UnknownItemError(f"There is no spot check {number}; `spotcheck list` shows those there are.")
        return _campaign(row)

    def judge(
        self,
        campaign: int,
        judgements: Sequence[Judgement],
        since: int | None = None,
        drafts: Collection[int] = (),
    ) -> None:
        """Keep judgements, all or none; each takes the place of what its judge said of that unit before.

        `since`: the latest() that the judge knew of. Raises JudgedMeanwhileError where they said something of a unit
        after it that they did not take back. `drafts`: numbers of those that are done with.
        """
        with self._db.write() as connection:
            if since is not None:
                for each in judgements:
                    _check(connection, campaign, each, since)
            at = history.now()
            connection.executemany(_SAY, ((campaign, *_values(each), at) for each in judgements))
            connection.executemany("DELETE FROM draft WHERE number = ?", ((number,) for number in drafts))

    def take_back(self, campaign: int, judge: str) -> Judgement | None:
        """Make a draft of what a judge said last; it stays in the file and counts no more. None: there is nothing.

        What they have marked since to revise it stays.
        """
        with self._db.write() as connection:
            row = connection.execute(
                "SELECT * FROM judgement WHERE grade IS NOT NULL AND number IN"
                " (SELECT max(number) FROM judgement WHERE campaign = ? AND judge = ? GROUP BY stratum, unit)"
                " ORDER BY number DESC LIMIT 1",
                (campaign, judge),
            ).fetchone()
            if row is None:
                return None
            last = _judgement(row)
            connection.execute(
                _SAY, (campaign, last.stratum, last.unit, judge, None, "[]", None, "", "", "", "", history.now())
            )
            of = campaign, last.stratum, last.unit, judge
            later = _drafts(connection, *of)[-1:]  # what was marked to revise it
            said = _as_draft(last) | (dict(later[0].said) if later else {})
            _put_draft(connection, *of, said, later[0].number if later else None)
            return last

    def judgements(self, campaign: int) -> list[Judgement]:
        """The latest word of each judge on each unit of each list, in the order they were said."""
        with self._db.read() as connection:
            found = connection.execute(
                "SELECT * FROM judgement WHERE grade IS NOT NULL AND number IN"
                " (SELECT max(number) FROM judgement WHERE campaign = ? GROUP BY stratum, unit, judge) ORDER BY number",
                (campaign,),
            )
            return list(map(_judgement, found))

    def milder_since(self, campaign: int) -> set[str]:
        """Units of the random sample of whose text a judge said first that it has a major error, or that it cannot be
        judged, and says something better now."""
        with self._db.read() as connection:
            query = (
                "SELECT DISTINCT last.unit FROM judgement AS last JOIN judgement AS first"
                " USING (campaign, stratum, unit, judge, src_text, tgt_text)"
                " WHERE campaign = ? AND stratum = ? AND first.number < last.number"
                " AND first.grade IN ('major', 'unsure') AND last.grade NOT IN ('major', 'unsure') AND last.number IN"
                " (SELECT max(number) FROM judgement WHERE campaign = ? GROUP BY stratum, unit, judge)"
            )
            return {unit for (unit,) in connection.execute(query, (campaign, Stratum.RANDOM, campaign))}

    def written_since(self, at: str) -> set[tuple[str, str]]:
        """Segments and the English that people gave them after a moment, unless they took it back."""
        with self._db.read() as connection:
            query = (
                "SELECT english.key, json_extract(english.value, '$.text')"
                " FROM change, json_each(change.after, '$.english') AS english"
                " WHERE made_at > ? AND undone_at IS NULL AND english.type = 'object'"
            )
            return {(segment, text) for segment, text in connection.execute(query, (at,))}

    def latest(self, campaign: int) -> int:
        """A number that grows with every judgement of a campaign and every one taken back."""
        with self._db.read() as connection:
            query = "SELECT max(number) AS number FROM judgement WHERE campaign = ?"
            row = connection.execute(query, (campaign,)).fetchone()
        return int(row["number"] or 0)

    def put_draft(
        self,
        campaign: int,
        stratum: Stratum,
        unit: str,
        judge: str,
        said: Mapping[str, object],
        began: int | None,
    ) -> list[Draft]:
        """Keep what a judge has marked of a unit so far, in place of the version `began` of a draft, None: of none.

        Where that is there no more, since another tab went on from it, both are kept. Returns all drafts of the unit,
        this one the last.
        """
        with self._db.write() as connection:
            _put_draft(connection, campaign, stratum, unit, judge, said, began)
            return _drafts(connection, campaign, stratum, unit, judge)

    def drafts(self, campaign: int, stratum: Stratum, unit: str, judge: str) -> list[Draft]:
        """What a judge has marked of a unit in one tab or several, the latest last."""
        with self._db.read() as connection:
            return _drafts(connection, campaign, stratum, unit, judge)


def _campaign(row: sqlite3.Row) -> Campaign:
    about = json.loads(row["about"])
    for name in ("docs", "judges", "by"):
        about[name] = tuple(about[name])
    estimates = dict(map(_estimate, json.loads(row["estimates"]).items()))
    return Campaign(
        **{**about, "scheme": Scheme(about["scheme"]), "plan": Plan(**about["plan"])},
        number=row["number"],
        random=tuple(json.loads(row["random"])),
        risk=tuple(json.loads(row["risk"])),
        estimates={unit: value for unit, (value, _) in estimates.items()},
        reasons={unit: tuple(reasons) for unit, (_, reasons) in estimates.items() if reasons},
        user=row["user"],
        created_at=row["created_at"],
    )


def _estimate(kept: tuple[str, float | tuple[float, Sequence[str]]]) -> tuple[str, tuple[float, Sequence[str]]]:
    """A unit's estimate with what speaks against it; the first spot checks kept estimates alone."""
    unit, estimate = kept
    return unit, (estimate, ()) if isinstance(estimate, float | int) else estimate


def _check(connection: sqlite3.Connection, campaign: int, wanted: Judgement, since: int) -> None:
    row = connection.execute(
        "SELECT * FROM judgement WHERE campaign = ? AND stratum = ? AND unit = ? AND judge = ?"
        " ORDER BY number DESC LIMIT 1",
        (campaign, wanted.stratum, wanted.unit, wanted.judge),
    ).fetchone()
    if row is not None and row["number"] > since and row["grade"] is not None:
        raise JudgedMeanwhileError(_judgement(row))


def _put_draft(
    connection: sqlite3.Connection,
    campaign: int,
    stratum: Stratum,
    unit: str,
    judge: str,
    said: Mapping[str, object],
    began: int | None,
) -> None:
    connection.execute("DELETE FROM draft WHERE number = ?", (began,))
    connection.execute(
        "INSERT INTO draft (campaign, stratum, unit, judge, said) VALUES (?, ?, ?, ?, ?)",
        (campaign, stratum, unit, judge, json.dumps(said)),
    )


def _drafts(connection: sqlite3.Connection, campaign: int, stratum: Stratum, unit: str, judge: str) -> list[Draft]:
    found = connection.execute(
        "SELECT number, said FROM draft WHERE campaign = ? AND stratum = ? AND unit = ? AND judge = ? ORDER BY number",
        (campaign, stratum, unit, judge),
    )
    return [Draft(row["number"], json.loads(row["said"])) for row in found]


def _as_draft(said: Judgement) -> dict[str, Any]:
    found = {"src": said.src_text, "tgt": said.tgt_text, "model": said.model}
    marks = [asdict(mark) for mark in said.marks]
    return {"marks": marks, "score": said.score, "note": said.note, "suspects": [], "found": found}


def _values(said: Judgement) -> tuple[Any, ...]:
    marks = json.dumps([asdict(mark) for mark in said.marks])
    texts = (said.note, said.src_text, said.tgt_text, said.model)
    return (said.stratum, said.unit, said.judge, said.grade, marks, said.score, *texts)


def _judgement(row: sqlite3.Row) -> Judgement:
    marks = tuple(map(Mark.of, json.loads(row["marks"]))) if row["marks"] != "[]" else ()
    return Judgement(
        row["unit"],
        Stratum(row["stratum"]),
        row["judge"],
        Grade(row["grade"]),
        marks,
        row["score"],
        row["note"],
        row["src_text"],
        row["tgt_text"],
        row["model"],
        row["judged_at"],
    )
