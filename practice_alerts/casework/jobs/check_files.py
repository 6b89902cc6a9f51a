"""Checking the councils' files: every rule of the linter, over each council with its Word templates."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.adapters.documents import WordTemplate, left_behind
from practice_alerts.adapters.files.procedures import COMMON, CouncilFiles, subject_of
from practice_alerts.domain.acts.act_answers import printed_acts, printed_form
from practice_alerts.domain.acts.act_forms import ACT_FORMS
from practice_alerts.domain.acts.options import with_choices
from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.checks import RULES, check, errors
from practice_alerts.domain.checks.rule import Finding, Subject
from practice_alerts.domain.documents.act_document import ActSources, act_paper
from practice_alerts.domain.documents.alert_document import Sources, paper
from practice_alerts.domain.errors import BadDefinition, BadTemplate, Fault
from practice_alerts.domain.procedure.ladder import Ladder

_OF_TEMPLATES = ("PA901", "PA902", "PA907")
"""What is asked of a Word template that every council shares."""


def check_councils(
    councils: Iterable[CouncilFiles],
    today: date,
    only: Iterable[str] = tuple(RULES),
    taken: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """What the linter finds by these rules, council by council, and in what all of them share.

    `taken` are the first words of addresses that no council may have. Raises BadDefinition for the Word files it cannot read, each with the reason.
    """
    findings: list[Finding] = []
    faults: list[Fault] = []
    for files in councils:
        subject = replace(_subject(files, today, faults), taken=frozenset(taken))
        own, common = _parted(files, subject)
        findings += check(own, only)
        findings += check(common, [rule for rule in only if rule in _OF_TEMPLATES])
    if faults:
        raise BadDefinition(list(dict.fromkeys(faults)))
    return tuple(dict.fromkeys(findings))


def unsound(
    councils: Iterable[CouncilFiles], today: date, taken: Iterable[str] = ()
) -> dict[str, tuple[str, ...]]:
    """The errors in each council's files, for those that have any."""
    found: dict[str, tuple[str, ...]] = {}
    for files in councils:
        try:
            said = errors(check_councils((files,), today, taken=taken))
        except BadDefinition as error:
            said = tuple(fault.sentence for fault in error.faults)
        if said:
            found[files.id] = said
    return found


def _subject(files: CouncilFiles, today: date, faults: list[Fault]) -> Subject:
    # What a document is filled with follows from the forms; the common templates wait for the first one.
    tags = _tags(files, faults) if files.forms else {}
    left = {name: _left_behind(files.templates[name].read_bytes()) for name in tags}
    offered = {name for form in files.forms for name in offers(files, form, today)}
    subject = subject_of(files, today=today, tags=tags, offered=offered)
    to_acts = offers_to_acts(files, today) if files.act_forms else frozenset()
    calendar = england(today=today)
    return replace(
        subject, left_behind=left, acts=files.act_forms, offered_to_acts=to_acts, calendar=calendar
    )


def _parted(files: CouncilFiles, subject: Subject) -> tuple[Subject, Subject]:
    """With the council's templates; and with those of acts whose form and template are both common."""

    def is_common(name: str) -> bool:
        here = {f"form_templates/{files.id}/{name}{ending}" for ending in (".yml", ".docx")}
        return name in ACT_FORMS and not here & set(files.texts)

    def only(*, common: bool) -> dict[str, Any]:
        names = [name for name in sorted(subject.tags) if is_common(name) is common]
        return {
            "tags": {name: subject.tags[name] for name in names},
            "left_behind": {name: subject.left_behind[name] for name in names},
        }

    own = replace(subject, **only(common=False))
    return own, replace(subject, **only(common=True), council=COMMON)


def offers(files: CouncilFiles, form_name: str, today: date) -> frozenset[str]:
    """Every name, at any depth, that a document of this form is filled with."""
    alert, sources = _invented(files, form_name, today)
    return frozenset(_names(paper(alert, sources, today)))


def offers_to_acts(files: CouncilFiles, today: date) -> frozenset[str]:
    """Every name, at any depth, that a document of an act is filled with beside its form's fields."""
    names = set(_LINES)
    for raised_on in files.forms:
        alert, sources = _invented(files, raised_on, today)
        for act in printed_acts(alert):
            form = files.act_forms[printed_form(act.kind)]
            told = act_paper(alert, act.number, ActSources(sources, form, frozenset(), {}), today)
            names |= {*_names(told)} - {field.id for field in form.fields()}
    return frozenset(names)


_LINES = frozenset({"label", "entry", "text", "ticked"})
"""What the lines hold of lists that are empty without answers."""


def _tags(files: CouncilFiles, faults: list[Fault]) -> dict[str, frozenset[str]]:
    """The paths each of the council's Word templates asks for, by form."""
    tags: dict[str, frozenset[str]] = {}
    for form, path in files.templates.items():
        try:
            tags[form] = WordTemplate.read(path.read_bytes()).paths()
        except BadTemplate as error:
            faults.append(error.in_file(str(path)))
    return tags


@lru_cache(maxsize=64)
def _left_behind(docx: bytes) -> tuple[str, ...]:
    return left_behind(docx)


def _ladder(files: CouncilFiles, form: str) -> Ladder | None:
    """The ladder that alerts on this form climb; of the partners' one, since all print the same."""
    partner = next(iter(files.procedure.partners), None)
    for name, kind in files.procedure.kinds.items():
        ladder = files.procedure.ladder_of(name, partner)
        stages = ladder.stages if ladder else ()
        if form in {kind.form or name, *(stage.form for stage in stages)}:
            return ladder
    return None


def _invented(files: CouncilFiles, form: str, today: date) -> tuple[Alert, Sources]:
    """An alert to which everything happened that a document tells of, and what its papers are made from."""
    ladder, asked = _ladder(files, form), with_choices(files.forms[form], files.procedure, form)
    nothing: dict[str, Any] = dict.fromkeys(
        ("council", "edition", "reference", "alert_kind", "raised_as"), ""
    )
    raised = events.Raised(**nothing, raiser=_SOMEBODY, form=form, answers={})
    climbed = _climbed(ladder.stages[0].id) if ladder else ()
    referred = events.Referred(route="cafcass", reason="")
    after = events.FollowedUp(
        referral=len(climbed) + 2, happened=events.FollowUpKind.SENT, on=today
    )
    at = datetime.combine(today, time(12), tzinfo=UTC)
    alert = fold(
        events.Happened(number, at, "", event.kind, event)
        for number, event in enumerate((raised, *climbed, referred, after), start=1)
    )
    return alert, Sources(files.procedure, asked, ladder, england(today=today))


def _climbed(stage: str) -> tuple[events.Event, ...]:
    """What happens at one stage."""
    return (
        events.Sent(stage=stage, asked=(_SOMEBODY,), answers={}),
        events.Answered(stage=stage, by=_SOMEBODY, response=events.Response.DONE, text=""),
        events.ResponseReviewed(
            stage=stage, by=_SOMEBODY, verdict=events.Outcome.PUT_RIGHT, reason=""
        ),
        events.StepDone(stage=stage, step=""),
    )


_SOMEBODY = events.Person(id="", name="")


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names(inner)
