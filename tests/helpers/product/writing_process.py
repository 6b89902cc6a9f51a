"""A process of its own that raises and answers: `python -m tests.helpers.product.writing_process DATA URL NAME [MANY]`.

Each act is told on a line of its own once it was acknowledged; without a number it goes on until it is killed.
"""

import itertools
import sys
from pathlib import Path

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import load_all
from practice_alerts.adapters.keys import SealKeys, keys
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.casework.acts import answer, raise_alert
from practice_alerts.office import Office, Settings
from tests.helpers.alerts import act_answers
from tests.helpers.days import moment
from tests.helpers.product.office import Desk

REPLY = act_answers.reply("It was done yesterday.", "done")


def main(data: Path, url: str, name: str, many: int | None = None) -> None:
    settings = Settings(ROOT / "procedures", ROOT / "form_templates", data)
    councils = load_all(settings.procedures, settings.form_templates)
    database = Database(url, SealKeys(data / "keys"))
    clock = [moment("Mon 2025-06-02 09:00")]
    office = Office(settings, councils, database, keys(data / "keys", {}), lambda: clock[0])
    desk = Desk(office, clock)
    print("ready", flush=True)
    sys.stdin.readline()  # so that two of them begin together
    for number in itertools.count() if many is None else range(many):
        # Every other one is pressed in both processes with the same key, and is one act.
        key = f"pressed-in-both-{number}" if number % 2 else f"{name}-{number}"
        wanted = desk.raising(case_number=f"X-{number}")
        found = raise_alert.raise_alert(office, wanted, desk.doing("iro", act_key=key))
        print("raised", found.alert.reference, flush=True)
        if not number % 2:
            answer.answer(office, found.id, REPLY, desk.doing("manager", found))
            print("answered", found.alert.reference, flush=True)
    database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], *map(int, sys.argv[4:]))
