"""What the documentation shows is run: docstring examples, the README's snippet and its commands."""

from __future__ import annotations

import doctest
import hashlib
import importlib
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def has_examples(path: Path) -> bool:
    lines = path.read_text(encoding="utf-8").splitlines()
    return any(">>> " in line and "doctest: +SKIP" not in line for line in lines)


MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "workbench").rglob("*.py")
    if has_examples(path)
)


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_say_the_truth(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted and not found.failed


def test_the_readmes_notebook_snippet_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snippet = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert snippet
    names: dict[str, object] = {}
    code = snippet[1].replace('"sources/', f'"{(ROOT / "sources").as_posix()}/')
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), names)
    table = names["table"]
    assert list(table.columns)[:3] == ["bead_id", "src_doc", "tgt_doc"]  # type: ignore[attr-defined]
    assert len(table) > 50  # type: ignore[arg-type]


def commands() -> dict[str, Any]:
    """Those of the command line, by name."""
    from typer.main import get_command

    from workbench.cli.main import app

    return dict(get_command(app).commands)  # type: ignore[attr-defined]


def options(command: Any) -> set[str]:
    """Of a command and of those below it."""
    own = {option for param in command.params for option in (*param.opts, *param.secondary_opts)}
    return own.union(*map(options, getattr(command, "commands", {}).values()))


def test_every_command_is_in_the_readme() -> None:
    assert [name for name in commands() if not re.search(rf"`{name}\b|`[^`]*, `{name}\b", README)] == []


def test_every_option_that_the_readme_names_is_one_of_its_command() -> None:
    known = commands()
    for line in README.splitlines():
        if line.startswith(("| `", "wb ")):
            said, _, _ = line.partition("  #")
            words = re.findall(r"(?:`|, |wb (?:--workspace \w+ )?)(\w+)", said)
            named = [known[word] for word in words if word in known]
            allowed = {"--workspace"}.union(*map(options, named))
            assert named and set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", said)) <= allowed, line


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"\bmake (\w+)", README)
    assert targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


CARDS = [card for card in sorted((ROOT / "models").glob("*/README.md")) if card.parent.name != "training"]


@pytest.mark.parametrize("card", CARDS, ids=[card.parent.name for card in CARDS])
def test_a_models_card_tells_the_size_and_checksum_of_what_is_there(card: Path) -> None:
    lines = [line for line in card.read_text(encoding="utf-8").splitlines() if re.search(r"`[0-9a-f]{64}`", line)]
    assert lines
    for line in lines:
        name = re.search(r"`([\w./-]+\.\w+)`", line)
        assert name, line
        (file,) = card.parent.rglob(name[1])
        data = file.read_bytes()
        assert hashlib.sha256(data).hexdigest() in line
        assert "bytes" not in line or f"{len(data):,} bytes" in line


def test_links_of_the_documentation_lead_somewhere() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    links = {page: re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")) for page in pages}
    assert any(links.values())
    for page, named in links.items():
        for link in named:
            assert (page.parent / link).exists(), f"{page.name}: {link}"
