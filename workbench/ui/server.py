"""What `serve` lets Streamlit run: the pages in app.py behind their door."""

from __future__ import annotations

import os

from starlette.middleware import Middleware
from streamlit.starlette import App

from workbench.settings import Settings
from workbench.ui import assets, door, launch, opening

_password = os.environ.get(launch.PASSWORD, "")
app = App(
    launch.PAGES / "app.py",
    lifespan=opening.ready,
    middleware=[
        Middleware(
            door.Door,
            knows=door.is_ours if _password else door.is_here,
            password=_password,
            most_mb=Settings().max_file_mb,
        ),
        Middleware(assets.Assets),
    ],
)
