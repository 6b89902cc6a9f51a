"""Every row that a published table may have, in the order in which a council's files name them.

Were a row printed only where something was counted, its 0 would say that it is not none; were rows ordered by what was
counted, each would say that it is no less than the next. So all of them stand there, in an order that no number decides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from practice_alerts.domain.acts.options import form_used, with_choices
from practice_alerts.domain.alert.choices import ENDINGS, as_logged
from practice_alerts.domain.deadlines.stage_clocks import ClockKind, kind_of
from practice_alerts.domain.forms.form import CATEGORY, Form, FormField
from practice_alerts.domain.log.log_rows import CHILD_VIEW
from practice_alerts.domain.log.measures.day_counts import A_DEADLINE, AN_AIM
from practice_alerts.domain.log.measures.of_acts import ENDED_AGAIN
from practice_alerts.domain.log.measures.of_alerts import OF_ADVOCATE, VOICE_ASKED, WHEN_RAISED
from practice_alerts.domain.log.measures.of_themes import NONE_TICKED
from practice_alerts.domain.procedure.case_types import LOOKED_AFTER
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import AlertKind, Procedure
from practice_alerts.domain.procedure.routes import ROUTES

RowName = tuple[str, ...]
"""The columns that say which row it is, as `FIGURE_TABLES` has them."""


@dataclass(frozen=True, slots=True)
class CouncilsRules:
    """What an edition says, as far as rows follow from it: its procedure, and the forms that alerts are raised on."""

    procedure: Procedure
    forms: Mapping[str, Form]


def possible_rows(editions: Sequence[CouncilsRules]) -> Mapping[str, tuple[RowName, ...]]:
    """By the name of the measure; those of the first edition first, then what only another has.

    An alert goes on under the edition that it was raised under, so a year holds rows of earlier ones too.
    """
    every = [_OfEdition(one) for one in editions]
    return {
        "themes": (
            *_each(row for one in every for row in one.themes()),
            *(((NONE_TICKED,),) if any(one.may_tick_none for one in every) else ()),
        ),
        "highest_stage": _each(row for one in every for row in one.stages()),
        "timeliness_by_stage": _each(row for one in every for row in one.answers()),
        "endings": (*_each(_endings()), (ENDED_AGAIN,)),
        "childs_voice": _in_order(VOICE_ASKED, {row for one in every for row in one.questions()}),
        "referrals": _each(row for one in every for row in one.ways_out()),
        "good_practice": (("all",),),
    }


def _each(rows: Iterable[RowName]) -> tuple[RowName, ...]:
    return tuple(dict.fromkeys(rows))


def _in_order(known: Iterable[str], asked: set[str]) -> tuple[RowName, ...]:
    return tuple((one,) for one in known if one in asked)


def _endings() -> Iterator[RowName]:
    """A death is no row: the log holds it among the children who are no longer looked after."""
    for ending, facts in ENDINGS.items():
        if facts.of in ("concern", "either"):
            yield (as_logged(ending).words,)


@dataclass(frozen=True, slots=True)
class _OfEdition:
    rules: CouncilsRules

    @property
    def _concerns(self) -> Iterator[tuple[str, AlertKind, Ladder]]:
        """The kinds that climb a ladder of the council's own."""
        procedure = self.rules.procedure
        for name, kind in procedure.kinds.items():
            if kind.ladder in procedure.ladders:
                yield name, kind, procedure.ladders[kind.ladder]

    def _forms(self) -> Iterator[Form]:
        for name, kind, ladder in self._concerns:
            for stage in ladder.stages:
                used = form_used(name, kind, ladder, stage)
                if used in self.rules.forms:
                    yield with_choices(self.rules.forms[used], self.rules.procedure, used)

    def _categories(self) -> Iterator[FormField | None]:
        """Of each form the question what the alert is about, if it has one."""
        for form in self._forms():
            asked = (one for one in form.fields(repeats="never") if one.id == CATEGORY)
            yield next((one for one in asked if one.type.facts.is_several), None)

    def themes(self) -> Iterator[RowName]:
        for field in filter(None, self._categories()):
            yield from ((words,) for words in (field.options or {}).values())

    @property
    def may_tick_none(self) -> bool:
        """Is there a form without the question, or one that can be sent without an answer to it?"""
        return any(
            one is None or not one.required or one.when or one.cases for one in self._categories()
        )

    def stages(self) -> Iterator[RowName]:
        for _, kind, ladder in self._concerns:
            yield from ((kind.title, stage.label) for stage in ladder.stages)

    def answers(self) -> Iterator[RowName]:
        """A day agreed on in place of an aim is a deadline, so each stage that asks an answer may have one."""
        for _, kind, ladder in self._concerns:
            for stage in ladder.stages:
                yield from ((kind.title, stage.label, day) for day in _days_of(stage))

    def questions(self) -> Iterator[str]:
        asks_view = any(one.id == CHILD_VIEW for form in self._forms() for one in form.fields())
        looked_after = LOOKED_AFTER in self.rules.procedure.raised_by
        left_out = {WHEN_RAISED: not asks_view, OF_ADVOCATE: not looked_after}
        yield from (one for one in VOICE_ASKED if not left_out.get(one))

    def ways_out(self) -> Iterator[RowName]:
        yield from ((ROUTES[one].title,) for one in self.rules.procedure.referrals if one in ROUTES)


def _days_of(stage: Stage) -> tuple[str, ...]:
    if stage.answer is None:
        return ()
    is_aim = kind_of(stage.answer.within) is ClockKind.AIM
    return (A_DEADLINE, AN_AIM) if is_aim else (A_DEADLINE,)
