"""What translation models tell of translations that they did not make, and what is learned from judgements."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from tests import tiny_models
from workbench.bench.checks import as_units
from workbench.bench.quality import Judged, difficulty, learned, left_out, usual
from workbench.cli.main import app
from workbench.errors import InputError
from workbench.quality import Material, check, estimates, unknown
from workbench.quality.estimate import FEATURES
from workbench.settings import Settings
from workbench.translate import PackageTranslator, packages
from workbench.wiring.models import Models
from workbench.wiring.signals import riskiest_again, second_look, signals_of

SPANISH = [("el gato duerme", "the cat sleeps"), ("el gato duerme", "a dog eats"), ("un dog come", "a dog eats")]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """English into Spanish, and French into English."""
    folder = tmp_path_factory.mktemp("packages")
    tiny_models.package_folder(folder, tiny_models.SPANISH, {}, "en", "es")
    tiny_models.package_folder(folder)
    return folder


@pytest.fixture
def models(installed: Path, monkeypatch: pytest.MonkeyPatch) -> Models:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(installed))
    return Models()


def test_a_model_says_how_probable_translations_of_others_are(installed: Path) -> None:
    [french] = [package for package in packages([], [installed]) if package.from_code == "fr"]
    engine = PackageTranslator(french, Settings())
    own = engine.translate(["le chat dort"])[0]
    pairs = [("le chat dort", own.text), ("le chat dort", "the dog eats"), ("le chat", ""), ("le " * 200, "the")]
    same, other, empty, long = engine.score(pairs)
    assert same == pytest.approx(own.score, abs=1e-3)
    assert other < same - 1 and np.isnan(empty) and np.isnan(long)


def test_where_a_reverse_package_is_installed_translations_are_translated_back(models: Models) -> None:
    units = as_units(SPANISH, ("es", "en"))
    means, report = replace(models.means(), scorer=lambda lang: None), check(Material(units))
    signals = signals_of(units, means.encoders)
    found = second_look(units, signals, range(3), means)
    assert found.back[1] < found.back[0] - 0.2 and np.median(found.back) == 0 and np.isnan(found.scored).all()
    with_back = tuple(estimates(report, riskiest_again(report, signals, means)))
    without = tuple(estimates(report, riskiest_again(report, signals, replace(means, back=lambda lang: None))))
    told = "translated back it says something else"
    assert [one is not None and told in one.reasons for one in with_back] == [False, True, False]
    assert all(one is not None and told not in one.reasons for one in without)
    assert with_back[1].risk > without[1].risk  # type: ignore[union-attr]


def test_only_one_step_back_counts_and_only_into_english_does_the_bundled_model_score(models: Models) -> None:
    means = models.means()
    assert means.back("fr") is None and means.back("und") is None and means.back("es") is not None
    assert means.scorer("nl") is None and means.scorer("en") is None and means.scorer("zh-Hant") is not None
    backwards = as_units([("the cat", "el gato")], ("en", "es"))
    nothing = unknown(1)
    assert second_look(backwards, nothing, [0], means) is nothing


def judged(count: int) -> list[Judged]:
    rng = np.random.default_rng(0)
    return [Judged(f"s{n % 3}", f"d{n % 5}", n // 3, "", "", 0.0, bool(rng.random() < 0.4)) for n in range(count)]


def test_weights_are_learned_with_the_sign_that_makes_sense_or_not_at_all() -> None:
    items = judged(600)
    major, rng = np.array([item.is_major for item in items]), np.random.default_rng(1)
    values = {name: rng.normal(size=600) for name in FEATURES} | {"back": np.full(600, np.nan)}
    values["length"] += major
    values["scored"] -= major
    values["similarity"] += major  # the wrong way round
    own = usual(values)
    weights = dict(zip(FEATURES, learned(values, major, own)[1:], strict=True))
    assert weights["length"] > 0.3 and weights["scored"] < -0.3 and weights["similarity"] == 0
    assert (weights["issues"], weights["back"]) == (FEATURES["issues"].weight, FEATURES["back"].weight)
    risks = left_out(items, values, ("scored",))
    assert risks[major].mean() > risks[~major].mean() + 0.1


def test_difficulty_is_what_the_other_translations_of_a_source_suffered() -> None:
    errors = [True, True, False, False]
    items = [Judged(f"s{n}", "d", 7, "", "", 0.0, is_major) for n, is_major in enumerate(errors)]
    assert difficulty([*items, Judged("s0", "e", 7, "", "", 0.0, True)]).tolist() == pytest.approx(
        [1 / 3, 1 / 3, 2 / 3, 2 / 3, 0]
    )


def test_quality_is_evaluated_against_judgements_from_the_command_line(tmp_path: Path) -> None:
    header = "system\tdoc\tseg_id\tsource\ttarget\tcategory\tseverity"
    rows = [
        f"{system}\ttalk.{doc}\t{n}\t我有{n}只猫。\tI <v>have</v> {n} {what}.\tAccuracy\t{severity}"
        for doc in (1, 2)
        for system, what, severity in (("A", "cats", "No-error"), ("B", "many words about dogs", "Major"))
        for n in range(1, 5)
    ]
    file = tmp_path / "judged.tsv"
    file.write_text("\n".join([header, *rows]), encoding="utf-8")
    told = CliRunner().invoke(app, ["eval", "quality", str(file)]).output
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in told.splitlines() if line.startswith("|")]
    found = {cells[0]: cells[1:] for cells in lines[2:]}
    assert list(found)[:3] == ["talk.1", "talk.2", "all, of pairs"] and found["talk.1"][:2] == ["8", "50.0%"]
    assert float(found["all, of pairs"][2]) > 0.9
    for wrong, why in (
        (rows[:8], "judges fewer than two documents"),
        ([*rows[:2], "A\ttalk.1\tx", rows[-1]], "line 4: expected a cell a column"),
    ):
        file.write_text("\n".join([header, *wrong]), encoding="utf-8")
        with pytest.raises(InputError, match=why):
            CliRunner().invoke(app, ["eval", "quality", str(file)], catch_exceptions=False)
    file.write_text("\n".join([header, rows[0], *(row for row in rows if "talk.2" in row)]), encoding="utf-8")
    told = CliRunner().invoke(app, ["eval", "quality", str(file)]).output
    [alone] = [line for line in told.splitlines() if line.startswith("| talk.1 ")]
    assert [cell.strip() for cell in alone.split("|")[4:8]] == ["-"] * 4
