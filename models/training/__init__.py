"""Reproducible training recipes; each is run as `python -m models.training.ROOM[.NAME] --help`."""
