"""How long after an act its row stands in the log, where a second is promised."""

import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.turns import Row, seconds
from practice_alerts.casework.acts import raise_alert
from practice_alerts.casework.acts.raise_alert import Raising
from practice_alerts.casework.core import actors
from practice_alerts.casework.core.record import Doing, new_act_key
from practice_alerts.casework.sample.sample_office import COUNCIL, sample_answers
from practice_alerts.casework.sample.sample_people import IRO
from practice_alerts.office import Office, Settings, open_office
from tests.helpers.product.running_product import Served

ACTS = 20
_LOOK_EVERY = 0.005
_PATIENCE = 30


def measure() -> list[Row]:
    """Seconds from the end of an act, done beside the running product, to its row."""
    with TemporaryDirectory() as folder:
        product = Served(Path(folder) / "data")
        product.start()
        try:
            settings = Settings.read(data=product.data, base_url=product.origin, sample=True)
            office = open_office(settings)
            taken = sorted(_delay(office) for _ in range(ACTS))
            office.database.close()
        finally:
            product.stop()
    return [
        Row(
            "From an act to its row in the log",
            seconds(median(taken)),
            f"the quickest of {ACTS} {seconds(taken[0])}, the slowest {seconds(taken[-1])}",
        )
    ]


def _delay(office: Office) -> float:
    time.sleep(random.random())  # noqa: S311 - so that no act keeps step with the log's follower
    raised = _raise(office)
    began = time.perf_counter()
    path = office.settings.data / "log" / f"{COUNCIL}.db"
    with closing(sqlite3.connect(path)) as log:
        query = "SELECT count(*) FROM alerts WHERE reference = ?"
        while not log.execute(query, [raised]).fetchone()[0]:
            assert time.perf_counter() - began < _PATIENCE, f"{raised} never came"
            time.sleep(_LOOK_EVERY)
    return time.perf_counter() - began


def _raise(office: Office) -> str:
    with office.database.reading() as tx:
        actor = actors.actor_in(office, tx, IRO, COUNCIL)
    what = Raising(COUNCIL, "practice_alert", sample_answers(), "stage-1", "It was talked about.")
    return raise_alert.raise_alert(office, what, Doing(actor, new_act_key(), 0)).alert.reference
