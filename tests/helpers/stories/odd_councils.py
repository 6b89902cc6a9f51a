"""Councils that do not exist and are written in unusual ways, each at work with two people in every post and three teams."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from practice_alerts.adapters.files.procedures import CouncilFiles, load_edition
from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.casework.acts.raise_alert import Raising, prepare, raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.who_gets_it import Recipients, by_hand
from practice_alerts.domain.acts.options import form_used
from practice_alerts.domain.procedure.entry import may_enter
from practice_alerts.office import Settings
from tests.helpers.alerts.filled_forms import filled
from tests.helpers.product.office import OFFICE, TEAM, Desk, desk_over
from tests.helpers.product.run_command import said
from tests.helpers.stories.tarnbrook import common_forms

ROOM = Path(__file__).parents[1] / "files" / "odd_councils"
NAMES = tuple(sorted(one.stem for one in ROOM.glob("*.yml")))
SOUTH, EAST = "Sample Team South", "Sample Team East"
VACANT = {"vacant_one", "vacant_two", "vacant_three", "nurse", "doctor", "head_teacher"}
"""Posts that nobody holds, and those of agencies."""
OF_TEAMS = {"social_worker", "team_manager"}


def rules_of(name: str) -> bytes:
    return (ROOM / f"{name}.yml").read_bytes()


def forms_of(name: str) -> dict[str, bytes]:
    """The forms that its kinds name."""
    kinds = read_yaml(rules_of(name)).value["kinds"].values()
    used = dict.fromkeys(kind["form"] for kind in kinds)
    return {form: (ROOM / "forms" / f"{form}.yml").read_bytes() for form in used}


@cache
def files_of(name: str) -> CouncilFiles:
    written = {f"procedures/{name}/procedure.yml": rules_of(name)}
    written |= {f"form_templates/{name}/{form}.yml": text for form, text in forms_of(name).items()}
    return load_edition({**common_forms(), **written})


def write_rooms(name: str, root: Path) -> Path:
    """Its four rooms, the Word templates made by the command; returns the folder of its rules."""
    folder, forms = root / "procedures" / name, root / "form_templates" / name
    folder.mkdir(parents=True)
    forms.mkdir(parents=True)
    (folder / "procedure.yml").write_bytes(rules_of(name))
    (folder / "10-purpose.md").write_text("# Purpose\n\nTo put things right.\n", "utf-8")
    for form, text in forms_of(name).items():
        (forms / f"{form}.yml").write_bytes(text)
    for form in forms_of(name):
        said("--procedures", str(folder.parent), "templates", "new", f"{name}/{form}")
    first = next(iter(files_of(name).procedure.ladders.values())).stages[0].id
    case = ("example", name, "--sent", "2026-06-01 09:00", "--stage", first, "--keep")
    said("--procedures", str(folder.parent), *case)
    return folder


def people_of(name: str) -> dict[str, tuple[str, str]]:
    """Two in each post, those of a team in the child's, and one each in two other teams: id, then post and team."""
    found: dict[str, tuple[str, str]] = {}
    for post in files_of(name).procedure.roles:
        if post in VACANT:
            continue
        in_teams = {f"{post}_a": TEAM, f"{post}_b": SOUTH, f"{post}_c": EAST}
        whole = {f"{post}_a": "", f"{post}_b": ""}
        teams = in_teams if post in OF_TEAMS else whole
        found |= {who: (post, team) for who, team in teams.items()}
    return found | OFFICE


def open_odd(name: str, data: Path, when: str) -> Desk:
    settings = Settings(ROOM, ROOM, data)
    return desk_over(settings, {name: files_of(name)}, (name, people_of(name)), when)


def chosen(who: Recipients) -> tuple[str, ...]:
    """The first, where one of several has to be chosen; nothing where it is known who is meant."""
    asked = [line for line in who.lines if line.is_asked]
    if all(line.people for line in asked):
        return ()
    each = (line.people or (line.seat.options or line.seat.candidates)[:1] for line in asked)
    return tuple(one.id or by_hand(one.name) for people in each for one in people)


def raised(
    desk: Desk, kind: str, stage: str, agency: str | None = None, gate: str = ""
) -> tuple[Known, str]:
    files = desk.office.council(desk.council)
    procedure, row = files.procedure, files.procedure.kinds[kind]
    ladder = procedure.ladder_of(kind, agency)
    assert ladder is not None
    form = desk.office.form(files, form_used(kind, row, ladder, ladder.stage(stage)))
    post = (ladder.raised_by or row.raised_by or procedure.raising_posts)[0]
    case = procedure.cases_of([post])[0]
    told = "Head_A Sample" if gate == "yes" else ""
    answers = {**filled(form, team=TEAM), "raised_as": case, "sent_to": "One Outside; Two Outside"}
    wish = Raising(desk.council, kind, answers, stage, "It is known.", agency, gate, told)
    who = f"{post}_a"
    with desk.office.database.reading() as tx:
        made = prepare(desk.office, tx, desk.actor(who), wish)
    wish = replace(wish, asked=chosen(made.reached))
    return raise_alert(desk.office, wish, desk.doing(who)), who


def ways_in(name: str) -> Iterator[tuple[str, str, str | None, str]]:
    """Each kind with each stage at which it may begin, the agency, and the answer at the gate."""
    procedure = files_of(name).procedure
    for kind, row in procedure.kinds.items():
        agencies = procedure.partners if row.ladder == "partners" else {None: None}
        for agency in agencies if row.ladder else ():
            ladder = procedure.ladder_of(kind, agency)
            assert ladder is not None
            answers = ("no", "yes") if procedure.gate and agency is None else ("",)
            for answer in answers:
                for stage in may_enter(ladder, procedure.gate if answer else None, answer):
                    yield kind, stage.id, agency, answer
