"""Audit samples on the screen: drawing one, reading it, and what was drawn before."""

from collections.abc import Sequence
from datetime import timedelta

from practice_alerts.casework.directory import audit_samples
from practice_alerts.casework.directory.audit_samples import SampleListed, SampleWanted
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.audit_samples import LONGEST, MOST, running
from practice_alerts.domain.text import plural
from practice_alerts.office import Office
from practice_alerts.ui.office.office_act import OfficeForm
from practice_alerts.ui.page import frame, html, session

DRAW = "draw"
"""The name of the act in the page's address."""


def draw(form: OfficeForm) -> str:
    """Ask for a sample, and draw it."""
    last = session.office().today + timedelta(days=LONGEST - 1)
    form.begin("Draw an audit sample", "Draw it", how_many="1", until=last.isoformat())
    html.quiet(
        "Chance decides which alerts it is, of those raised in the last year. The IRO manager and whoever has"
        " each alert are told."
    )
    numbers = {str(number): str(number) for number in range(1, MOST + 1)}
    how_many = form.pick("how_many", "How many alerts", numbers)
    until = form.day("until", "Last day on which you read them", hint=f"At most {LONGEST} days.")
    hint = "What is audited. No names: it is kept for good, and the IRO manager reads it."
    reason = form.text("reason", "Why", lines=3, hint=hint)
    here, actor = form.sent()
    sample = audit_samples.draw(here, actor, SampleWanted(reason, int(how_many or 0), until))
    number = len(sample.drawn)
    return f"Drawn: {number} {plural(number, 'alert')} of {sample.among}. You read them until {in_full(sample.until)}."


def own(found: Sequence[SampleListed], actor: Actor, office: Office) -> None:
    """The sample that this person reads now, or the way to one."""
    now = running([one.sample for one in found], actor.id, office.today)
    if now is None:
        html.lead("You read no sample now.")
        html.ways([html.link("Draw an audit sample", f"/app/audit?act={DRAW}", "pa-button")])
        return
    html.lead(f"You read these until {in_full(now.until)}.")
    html.bullets(frame.to_alert(one) for one in now.drawn if one in actor.audits)


def every(found: Sequence[SampleListed]) -> None:
    """All that were drawn, with what it takes to draw them again."""
    rows = (
        (
            in_full(one.sample.since),
            one.sample.name,
            one.sample.reason,
            _alerts(one),
            str(one.sample.among),
            in_full(one.sample.until),
        )
        for one in found
    )
    heads = ("Drawn on", "By", "Why", "Alerts", "Drawn of", "Read until")
    none = "No audit sample has been drawn."
    html.table("Audit samples, the latest first", heads, rows, none=none)


def _alerts(one: SampleListed) -> str:
    hidden = (f"{one.restricted} restricted since",) if one.restricted else ()
    return ", ".join((*one.sample.drawn, *hidden))
