"""Batch runs on invented documents: seconds for many pairs, and what a second Dask worker brings."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from workbench.align import LEAST_CONFIDENCE
from workbench.datatypes import Progress, Translation
from workbench.jobs import tables
from workbench.jobs.batch import run as run_batch
from workbench.jobs.files import read_manifest
from workbench.jobs.pools import Pool, cluster, processes
from workbench.jobs.threads import limit_threads
from workbench.settings import Settings
from workbench.store import RecordState
from workbench.wiring.batching import Engine, Options, PairOfFiles, translations
from workbench.wiring.models import Models

SEGMENTS = 50
_PARAGRAPH = 5
_CHANGED = 0.05  # sentences of a translation that say something else
_CHUNK = 10_000  # translations a transaction
_FEW = 100  # pairs

Words = tuple[str, str, str]  # French, Chinese, English
WHO: Sequence[Words] = (
    ("La ministre", "部长", "The minister"),
    ("Le maire", "市长", "The mayor"),
    ("Une voisine", "一位邻居", "A neighbour"),
    ("Mon frère", "我的哥哥", "My brother"),
    ("La directrice", "校长", "The headmistress"),
    ("Le pêcheur", "渔夫", "The fisherman"),
    ("Le médecin", "医生", "The doctor"),
    ("Une étudiante", "一名学生", "A student"),
    ("La boulangère", "面包师", "The baker"),
    ("Le voyageur", "旅行者", "The traveller"),
)
DOES: Sequence[Words] = (
    ("a vendu", "卖掉了", "sold"),
    ("a perdu", "丢了", "lost"),
    ("a cherché", "寻找了", "looked for"),
    ("a trouvé", "找到了", "found"),
    ("a réparé", "修好了", "repaired"),
    ("a attendu", "等待了", "waited for"),
    ("a photographié", "拍下了", "photographed"),
    ("a oublié", "忘记了", "forgot"),
)
WHAT: Sequence[Words] = (
    ("la barque", "那条小船", "the boat"),
    ("le train de nuit", "夜班火车", "the night train"),
    ("une lettre", "一封信", "a letter"),
    ("trois livres", "三本书", "three books"),
    ("le vieux pont", "那座老桥", "the old bridge"),
    ("la clé du musée", "博物馆的钥匙", "the key of the museum"),
    ("un cheval blanc", "一匹白马", "a white horse"),
    ("la maison rouge", "那座红房子", "the red house"),
    ("un piano", "一架钢琴", "a piano"),
    ("le drapeau", "旗帜", "the flag"),
)
WHERE: Sequence[Words] = (
    ("près du port", "在港口附近", "near the harbour"),
    ("dans la forêt", "在森林里", "in the forest"),
    ("à la gare", "在车站", "at the station"),
    ("au marché", "在市场上", "at the market"),
    ("sur la colline", "在山上", "on the hill"),
    ("devant l'hôpital", "在医院门前", "in front of the hospital"),
    ("sur la plage", "在海滩上", "on the beach"),
    ("à la bibliothèque", "在图书馆", "at the library"),
)
_YEARS = range(1800, 2020)


@dataclass(frozen=True, slots=True)
class Sentence:
    french: str
    chinese: str
    english: str


def sentence(draw: random.Random) -> Sentence:
    who, does, what, where = (draw.choice(words) for words in (WHO, DOES, WHAT, WHERE))
    year = draw.choice(_YEARS)
    return Sentence(
        f"{who[0]} {does[0]} {what[0]} {where[0]} en {year}.",
        f"{year}年，{who[1]}{where[1]}{does[1]}{what[1]}。",
        f"{who[2]} {does[2]} {what[2]} {where[2]} in {year}.",
    )


def documents(pairs: int) -> Iterator[tuple[list[Sentence], list[Sentence]]]:
    """Texts and their translations, of which some sentences say something else."""
    draw = random.Random(0)
    for _ in range(pairs):
        told = [sentence(draw) for _ in range(SEGMENTS)]
        yield told, [sentence(draw) if draw.random() < _CHANGED else each for each in told]


def write_documents(folder: Path, pairs: int) -> Path:
    """The documents of a bench and a manifest of them, which is returned."""
    lines = ["source\ttarget\tid"]
    for name in ("fr", "zh"):
        (folder / name).mkdir(parents=True)
    for number, (french, chinese) in enumerate(documents(pairs)):
        _write(folder / "fr" / f"{number}.txt", [each.french for each in french], " ")
        _write(folder / "zh" / f"{number}.txt", [each.chinese for each in chinese], "")
        lines.append(f"fr/{number}.txt\tzh/{number}.txt\t{number}")
    manifest = folder / "pairs.tsv"
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return manifest


def _write(path: Path, texts: Sequence[str], between: str) -> None:
    paragraphs = (between.join(texts[at : at + _PARAGRAPH]) for at in range(0, len(texts), _PARAGRAPH))
    path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def know_translations(options: Options, pairs: int, models: Models) -> None:
    """Let the run find the English of all sentences among its translations, as if it had made them."""
    with translations(options) as store:
        for lang, side, text in (("fr", 0, "french"), ("zh-Hans", 1, "chinese")):
            translator = models.translator(lang, store.translations)
            if translator is None:
                continue
            about = translator.model_id, translator.direction, translator.signature
            told = (each for pair in documents(pairs) for each in pair[side])
            while chunk := list(islice(told, _CHUNK)):
                known = {getattr(each, text): Translation(each.english, translator.model_id) for each in chunk}
                store.translations.put(*about, known)


@dataclass(frozen=True, slots=True)
class Run:
    """One run: how many pairs were done, seconds, and the share of true links that was found, 0 to 1."""

    workers: str
    pairs: int
    done: int
    seconds: float
    recall: float


def run(pairs: int, dask: bool, progress: Progress) -> Iterator[Run]:
    """Align so many invented pairs by a process a core; or by one Dask worker, then by two."""
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as place:
        manifest = write_documents(Path(place, "documents"), pairs)
        for count in (1, 2) if dask else (os.cpu_count() or 1,):
            options = Options(str(Path(place, f"run-{count}")), True, Settings(threads=1))
            know_translations(options, pairs, Models(options.settings))
            if dask:
                yield _on_cluster(count, manifest, options, pairs, progress)
            else:
                with processes(count) as pool:
                    yield _timed(f"{count} processes", manifest, options, pool, pairs, progress)


def ceiling() -> float:
    """How many times as fast as one process two are that share nothing but the machine; each aligns _FEW pairs."""
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as place:
        manifest = write_documents(Path(place, "documents"), _FEW)
        options = Options(str(Path(place, "run")), True, Settings(threads=1))
        know_translations(options, _FEW, Models(options.settings))
        known, _ = read_manifest(manifest)
        with ExitStack() as stack:
            pools = [stack.enter_context(processes(1)) for _ in range(2)]
            _seconds(pools, options, known[:1])  # loads the models
            return 2 * _seconds(pools[:1], options, known) / _seconds(pools, options, known)


def _seconds(pools: Sequence[Pool], options: Options, pairs: Sequence[PairOfFiles]) -> float:
    """Until each of the pools has aligned all pairs."""
    started = time.perf_counter()
    for future in [pool.executor.submit(_align, options, pairs) for pool in pools]:
        future.result()
    return time.perf_counter() - started


def _align(options: Options, pairs: Sequence[PairOfFiles]) -> None:
    engine = _engine(options)
    for pair in pairs:
        engine.align(pair)


@lru_cache(maxsize=1)
def _engine(options: Options) -> Engine:
    limit_threads(options.settings.threads)
    return Engine(options)


def _on_cluster(count: int, manifest: Path, options: Options, pairs: int, progress: Progress) -> Run:
    from distributed import LocalCluster

    scratch = str(manifest.parent / "dask")
    with (
        LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None, local_directory=scratch) as local,
        cluster(local.scheduler_address) as pool,
    ):
        there = pool.workers()
        return _timed(f"{there} Dask worker{'s' * (there > 1)}", manifest, options, pool, pairs, progress)


def _timed(workers: str, manifest: Path, options: Options, pool: Pool, pairs: int, progress: Progress) -> Run:
    started = time.perf_counter()
    report = run_batch(manifest, options, pool, progress=progress)
    seconds = time.perf_counter() - started
    done = report.states.get(RecordState.DONE, 0)
    return Run(workers, pairs, done, seconds, _recall(Path(options.folder), pairs))


def _recall(folder: Path, pairs: int) -> float:
    """The share of sentences said in both languages that are linked with each other."""
    true = {
        (str(number), place)
        for number, sides in enumerate(documents(pairs))
        for place, (one, other) in enumerate(zip(*sides, strict=True), 1)
        if one == other
    }
    found = {
        (row["pair_id"], number)
        for path in (folder / "shards").glob("*.parquet")
        for row in tables.read_rows(path)[0]
        if row["confidence"] >= LEAST_CONFIDENCE
        for number in set(row["src_numbers"]) & set(row["tgt_numbers"])
    }
    return len(true & found) / len(true)


def line(done: Run) -> str:
    each = 1000 * done.seconds / done.pairs
    return (
        f"{done.done:,} of {done.pairs:,} pairs of {SEGMENTS} segments, {done.workers} on {os.cpu_count()} cores: "
        f"{done.seconds:.1f} s, {each:.1f} ms a pair; {done.recall:.4f} of the true links found"
    )
