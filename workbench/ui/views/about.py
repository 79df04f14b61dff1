"""Where the work is kept and which models do it."""

from __future__ import annotations

import streamlit as st

from workbench import __version__
from workbench.core import Workbench
from workbench.ui import notes
from workbench.ui.installed import models
from workbench.ui.words import plain, size
from workbench.wiring.catalogue import Entry, Figure
from workbench.wiring.models import Models
from workbench.wiring.shelf import PREFERRED, Item, absent_preferences, offered, present


def page(workbench: Workbench) -> None:
    st.markdown(f"### Workbench {__version__}")
    st.markdown(
        "Compares versions of one text in several languages. Everything happens on this computer: "
        "no text, no file name and no statistics leave it."
    )
    st.markdown(
        f"Your work is in the folder {plain(str(workbench.folder))}. To keep a copy as one file: "
        "`python -m workbench backup FILE`."
    )
    with notes.guarded("looking for models"):
        # Looked up anew: somebody may have installed one since the workbench was started.
        _draw_models(Models())


def _draw_models(here: Models) -> None:
    st.markdown("#### Models on this computer")
    items = present(here)
    st.table([_row(item) for item in items])
    _draw_warnings(here)
    st.markdown(
        "The first usable model of a language pair is used, one that you installed before one that came with the "
        "workbench. To choose yourself: `python -m workbench models prefer NAME`, and `--off` to let go again."
    )
    with st.expander("How good the bundled models are, measured"):
        st.table([_figure(entry.name, figure) for entry in here.catalogue.entries for figure in entry.quality])
    entries = offered(here)
    if entries:
        st.markdown("#### Models that can be installed")
        st.markdown(
            "These commands use the network, and nothing else here does. A file or folder that you brought along "
            "will do instead of a name: `python -m workbench models install FILE`."
        )
        st.table([_offer(entry) for entry in entries])


def _draw_warnings(here: Models) -> None:
    for name in absent_preferences(here):
        notes.draw(
            "warning",
            f"{name} is preferred but not on this computer, so another model is used instead. Install it again, or end "
            f"that with `python -m workbench models prefer {name} --off`.",
        )
    used, now = models(), (here.packages, here.encoder_name, here.preferences)
    if (used.packages, used.encoder_name, used.preferences) != now:
        notes.draw("info", "The models changed since the workbench was started. Start it again to use what is shown.")


def _row(item: Item) -> dict[str, str]:
    return {
        "Model": plain(item.name),
        "Does": plain(item.does),
        "Comes": plain(item.comes),
        "Used": f"**{item.state}**" if item.state == PREFERRED else item.state,
        "Size": size(item.size),
        "Licence": plain(item.licence),
        "Worth knowing": plain(item.note or "not measured"),
    }


def _figure(name: str, figure: Figure) -> dict[str, str]:
    return {
        "Model": plain(name),
        "On": plain(figure.on),
        "Figure": plain(figure.value),
        "Printed by": f"`{figure.command}`",
    }


def _offer(entry: Entry) -> dict[str, str]:
    return {
        "Model": plain(entry.name),
        "Size": f"about {size(entry.size)}" if entry.size else "varies",
        "Licence": plain(entry.licence),
        "Worth knowing": plain(entry.note),
        "Command": f"`python -m workbench models install {entry.install}`",
    }
