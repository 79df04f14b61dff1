"""The layout that readers rely on: who imports whom, and that importing is cheap."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT

PACKAGE = ROOT / "workbench"
ROOMS = {"ingest", "segment", "translate", "embed", "align", "quality", "review", "store", "export"}
FOUNDATION = {"datatypes", "errors", "settings", "folders", "lang", "facts", "apart", "plurals", "rewording"}
WIRED = {"wiring", "mining", "spotcheck"}
PEOPLE_USE = {"cli", "ui", "bench"}
HEAVY = [
    "torch",
    "stanza",
    "spacy",
    "streamlit",
    "transformers",
    "sentence_transformers",
    "ctranslate2",
    "argostranslate",
    "trafilatura",
    "docx",
    "pypdf",
    "pandas",
    "pyarrow",
    "sqlite3",
    "onnxruntime",
    "sklearn",
    "distributed",
    "faiss",
]


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _part(module: str) -> str:
    parts = module.split(".")
    named = parts[0] == "workbench" and len(parts) > 1 and parts[1] != "__version__"
    return parts[1] if named else ""


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_rooms_import_only_what_lies_below_them(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    used = {part for module in _imports(path) if (part := _part(module))}
    if room in ROOMS:
        assert used <= FOUNDATION | {room}
    elif room in FOUNDATION:
        assert used <= FOUNDATION
    elif room in WIRED:
        assert not used & PEOPLE_USE


def test_only_the_store_uses_sqlite() -> None:
    users = {path.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("*.py") if "sqlite3" in _imports(path)}
    assert users == {"store"}


@pytest.mark.parametrize("module", ["workbench", "workbench.cli.main"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert loaded.stdout.strip() == ""


def test_no_module_shadows_the_standard_library() -> None:
    for folder in [PACKAGE / "ui", *(path for path in (PACKAGE / "ui").rglob("*") if path.is_dir())]:
        assert not {path.stem for path in folder.glob("*.py")} & (set(sys.stdlib_module_names) - {"__init__"})
