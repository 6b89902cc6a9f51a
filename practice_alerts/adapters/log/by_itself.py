"""Titles and descriptions of the log for `datasette data/log/*.db`; Datasette finds this by its entry point."""

from pathlib import Path
from typing import Any

from datasette import hookimpl

_SERVED_AT = "/log/"


@hookimpl  # type: ignore[untyped-decorator]
def get_metadata(datasette: Any) -> dict[str, Any]:
    """What the product's own pages tell of each log, without their permissions: the files are whoever's who has them."""
    if datasette.setting("base_url") == _SERVED_AT:
        return {}
    files = {name: Path(one.path) for name, one in datasette.databases.items() if one.path}
    logs = sorted(name for name, path in files.items() if path.parent.name == "log")
    if not logs:
        return {}
    # Imported now: Datasette loads this module wherever it is started, also for files that are none of ours.
    from practice_alerts.adapters.log.described_log import metadata

    told = metadata()
    titles = {name: f"Alert log of {name.replace('-', ' ').title()}" for name in logs}
    return {
        "title": "Alert log",
        "description": "Alerts without names. Still personal data, under a pseudonym.",
        "databases": {name: {**told, "title": titles[name]} for name in logs},
    }
