"""Imported where writers are forked: what a process does for the first time is done once, for all of them."""

from multiprocessing import Pipe
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.helpers.product.killed_writer import rounds
from tests.helpers.product.office import open_desk

with TemporaryDirectory() as folder:
    desk = open_desk(Path(folder), engine="sqlite")
    heard, said = Pipe(duplex=False)
    next(rounds(desk, "warm", said))
    desk.office.database.close()
    heard.close()
    said.close()
