"""What `streamlit run` runs: the pages over the workspace that the environment names."""

from __future__ import annotations

from workbench.ui import opening

with opening.IMPORTING:
    from workbench.ui import notes, shell


def main() -> None:
    with notes.guarded(f"opening the workspace {opening.folder()}"):
        workbench = opening.opened()
        for found in opening.news():
            notes.note("info", found)
        shell.run(workbench)
    notes.show()


main()
