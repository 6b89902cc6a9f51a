"""A process of its own that writes what is due: `python -m tests.helpers.product.reminding_process DATA "WHEN" URL`."""

import sys
from pathlib import Path

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import load_all
from practice_alerts.adapters.keys import keys
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.casework.jobs import morning
from practice_alerts.office import Office, Settings
from tests.helpers.days import moment


def main(data: Path, when: str, url: str) -> None:
    settings = Settings(ROOT / "procedures", ROOT / "form_templates", data)
    councils = load_all(settings.procedures, settings.form_templates)
    database = Database(url)
    office = Office(settings, councils, database, keys(data / "keys", {}), lambda: moment(when))
    print("ready", flush=True)
    sys.stdin.readline()  # so that two of them begin together
    written = morning.write_what_is_due(office)
    print(written.reminders + written.messages, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
