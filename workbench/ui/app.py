"""What `streamlit run` runs: the pages over the workspace that the environment names."""

from __future__ import annotations

from workbench.ui import notes, opening, shell


def main() -> None:
    with notes.guarded(f"opening the workspace {opening.folder()}"):
        shell.run(opening.opened())
    notes.show()


main()
