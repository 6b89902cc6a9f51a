"""What the product does by a council's text, and offers beside it: is it on, and is it the text's or ours?"""

from collections.abc import Callable, Iterator, Mapping

from practice_alerts.domain.complete import complete
from practice_alerts.domain.definition import Word
from practice_alerts.domain.procedure.clock import Untimed
from practice_alerts.domain.procedure.ladder import EntryReason, Ladder
from practice_alerts.domain.procedure.procedure import Ours, Procedure
from practice_alerts.domain.text import small


class StandingRuleId(Word):
    """The ids of standing rules by which screens, forms and the comparison go; under any other id one is only shown."""

    STANDSTILL = "standstill"
    CHILD_TOLD = "child_told"
    AGAINST_WISHES = "against_wishes"


def has_rule(procedure: Procedure, rule: StandingRuleId) -> bool:
    return any(one.id == rule for one in procedure.standing_rules)


_Text = Callable[[Procedure, Ladder | None], bool]


def _agrees_dates(_procedure: Procedure, ladder: Ladder | None) -> bool:
    answers = (stage.answer for stage in ladder.stages) if ladder else ()
    return any(one is not None and one.within is Untimed.BY_AGREEMENT for one in answers)


def _speaks_of_rights(procedure: Procedure, _ladder: Ladder | None) -> bool:
    told = has_rule(procedure, StandingRuleId.CHILD_TOLD)
    return told or not {"advocacy", "complaints"}.isdisjoint(procedure.referrals)


_IN_TEXT: Mapping[Ours, _Text] = complete(
    Ours,
    {
        Ours.HOLD: lambda _, ladder: ladder is not None and ladder.hold is not None,
        Ours.AGREE_DATE: _agrees_dates,
        Ours.ENTRY_REASON: lambda _, ladder: ladder is not None and ladder.entry.reason is not None,
        Ours.CHILD_RIGHTS: _speaks_of_rights,
    },
)


def is_ours(procedure: Procedure, ladder: Ladder | None, what: Ours) -> bool:
    """Is it offered although the text does not speak of it?"""
    is_asked = what is not Ours.ENTRY_REASON or ladder is None or len(ladder.stages) > 1
    return is_asked and what in procedure.ours and not _IN_TEXT[what](procedure, ladder)


def is_offered(procedure: Procedure, ladder: Ladder | None, what: Ours) -> bool:
    return what in procedure.ours or _IN_TEXT[what](procedure, ladder)


def entry_reason(procedure: Procedure, ladder: Ladder) -> EntryReason:
    """When it is asked why an alert comes in where it does: by the text, else by us; never above an only stage."""
    ours = Ours.ENTRY_REASON in procedure.ours
    asked = ladder.entry.reason or (EntryReason.WHEN_NOT_THE_FIRST if ours else EntryReason.NEVER)
    is_first = asked is EntryReason.WHEN_NOT_THE_FIRST and len(ladder.stages) == 1
    return EntryReason.NEVER if is_first else asked


def said_of_ours(procedure: Procedure, ladder: Ladder | None, what: Ours) -> str:
    """The mark, in a sentence, for page, e-mail, document and guide; empty for what is the text's own."""
    if not is_ours(procedure, ladder, what):
        return ""
    said = f"does not speak of {what.words}"
    if any(_IN_TEXT[what](procedure, other) for other in _ladders(procedure)):
        said = f"speaks of {what.words} elsewhere, and not here"
    return f"Offered by this product: the text of {procedure.council} {said}."


def aside(procedure: Procedure, ladder: Ladder | None, what: Ours) -> str:
    """The same in brackets, after what it is said of."""
    said = said_of_ours(procedure, ladder, what)
    return f" ({small(said).rstrip('.')})" if said else ""


def _ladders(procedure: Procedure) -> Iterator[Ladder]:
    yield from procedure.ladders.values()
    yield from procedure.partners.values()
