"""A council's office in which each post of a team is held six times, and whom that tells and lets in."""

from pathlib import Path
from typing import Any

from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.raise_alert import Raising, raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.render import sources
from practice_alerts.domain.documents.alert_document import paper
from tests.helpers.alerts import filled_forms
from tests.helpers.product.office import LONG_AGO, TEAM, Desk, open_desk

TEAMS = (TEAM, "Sample Team South", "Sample Team West")
SHORT = dict(zip(TEAMS, ("north", "south", "west"), strict=True))
OF_TEAMS = ("social_worker", "team_manager", "assistant_team_manager", "practice_manager")


def crowded(tmp_path: Path, council: str, *whole: str) -> Desk:
    """Two holders in each of three teams for the posts of a team, and one for each post in `whole`."""
    desk = open_desk(tmp_path, council=council)
    posts = [p for p in OF_TEAMS if p in desk.office.council(council).procedure.roles]
    with desk.office.database.writing() as tx:
        held = tables.holdings.c.post.in_([*posts, *whole])
        tx.execute(tables.holdings.delete().where(held))
        for post in posts:
            for team, short in SHORT.items():
                for number in (1, 2):
                    who = f"{short}_{post}_{number}"
                    person = DirectoryPerson(who, f"{who} Sample", f"{who}@practice.invalid")
                    directory.add_person(tx, person, [(council, post, team)], LONG_AGO)
        for who in whole:
            person = DirectoryPerson(f"the_{who}", f"The {who}", f"the_{who}@practice.invalid")
            directory.add_person(tx, person, [(council, who, "")], LONG_AGO)
    return desk


def sent(desk: Desk, wanted: Raising, who: str = "iro") -> Known:
    return raise_alert(desk.office, wanted, desk.doing(who))


def wanted(desk: Desk, kind: str, stage: str | None = None, **changes: Any) -> Raising:
    """People named on the form are those of the child's team whose number is two."""
    files = desk.office.council(desk.council)
    form = desk.office.form(files, filled_forms.form_at(desk, kind, stage))
    fields = [one for one in form.fields(filled_by="raiser") if one.type == "person"]
    named = {one.id: f"north_{one.role}_2 Sample" if one.role in OF_TEAMS else "" for one in fields}
    return filled_forms.wanted(desk, kind, stage, **{**named, **changes})


def mails(desk: Desk, *kinds: str) -> list[tuple[str, str]]:
    return sorted((who, what) for who, what, _ in desk.mails() if what in kinds or not kinds)


def readers(desk: Desk, found: Known) -> set[str]:
    """Everybody of the council who can open it."""
    with desk.office.database.reading() as tx:
        everybody = [one.id for one in directory.everybody(tx, desk.council)]
    return {who for who in everybody if desk.can_open(who, found)}


def printed(desk: Desk, found: Known) -> dict[str, Any]:
    return paper(found.alert, sources(desk.office, found), desk.office.today)


OFFICE = {"boss", "iro_manager"}
"""Those who read every alert by their post in the office."""


def asking(wish: Raising, who: str) -> Raising:
    return changed(wish, asked=(who,))


def changed(wish: Raising, **changes: Any) -> Raising:
    return Raising(**{**wish.__dict__, **changes})
