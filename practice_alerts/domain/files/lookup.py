"""Finds what somebody names by its id: a council, a ladder of a procedure, a stage of a ladder."""

from collections.abc import Iterable

from practice_alerts.domain.errors import NoneBeginsThere, NoSuch
from practice_alerts.domain.files.faults import nearest
from practice_alerts.domain.procedure.entry import may_begin
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import Procedure


def must_be_council(name: str, known: Iterable[str]) -> None:
    """Raises NoSuch with those that there are."""
    ids = sorted(known)
    if name not in ids:
        raise NoSuch("council", name, ids, nearest(name, ids))


def ladder_named(procedure: Procedure, name: str | None) -> tuple[str, Ladder]:
    """The ladder and its id, ``partners.gp`` among them; the main one where none is named. Raises NoSuch."""
    ladders = dict(procedure.all_ladders())
    own = (kind.ladder for kind in procedure.kinds.values() if kind.ladder in procedure.ladders)
    name = name or next(own, None) or ""
    if name not in ladders:
        raise NoSuch("ladder", name, sorted(ladders), nearest(name, ladders))
    return name, ladders[name]


def stage_named(ladder: Ladder, name: str) -> Stage:
    """Raises NoSuch."""
    if not ladder.has(name):
        ids = [stage.id for stage in ladder.stages]
        raise NoSuch("stage", name, ids, nearest(name, ids))
    return ladder.stage(name)


def stage_begun_at(procedure: Procedure, ladder: Ladder, name: str) -> Stage:
    """The same of a stage at which an alert may begin. Raises NoSuch and NoneBeginsThere."""
    stage, opened = stage_named(ladder, name), may_begin(procedure, ladder)
    if stage not in opened:
        raise NoneBeginsThere(stage.label, [f"{one.id} ({one.label})" for one in opened])
    return stage
