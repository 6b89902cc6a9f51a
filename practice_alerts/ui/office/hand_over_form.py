"""All open alerts of an officer given to others: whose each becomes, its date first, and one press."""

from practice_alerts.casework.acts import hand_over
from practice_alerts.casework.acts.hand_over import AlertToGive, Caseload, HandedOver
from practice_alerts.casework.core.record import Doing, new_act_key
from practice_alerts.domain.text import plural
from practice_alerts.ui.office.office_act import OfficeForm
from practice_alerts.ui.page import html, session

ACT = "hand_over"
_SAME = "same"
_STAYS = "stays"


def ask(of: str, form: OfficeForm) -> str:
    """Raises NotFound, NotPossible."""
    here, actor = session.office(), session.actor()
    seen = hand_over.look(here, actor, of)
    # Kept with the draft, so that the form is pressed once, in however many windows it stands.
    form.begin(f"Give all alerts of {seen.officer} to others", "Give them over", key=new_act_key())
    _say(seen)
    taker = form.pick("to", "Who takes them over", seen.everybody)
    reason = form.text("reason", "Why", lines=3, hint="It stands in the history of each alert.")
    html.heading("Each alert, the earliest date first")
    chosen = {one.id: _ask_of(one, taker, seen, form) for one in seen.alerts}
    here, actor = form.sent()
    doing = Doing(actor, str(form.kept["key"]), 0)
    return _done(hand_over.hand_over(here, of, chosen, reason, doing), seen)


def _say(seen: Caseload) -> None:
    count = len(seen.alerts)
    html.lead(
        f"{count} open {plural(count, 'alert', 'alerts')}. Their dates run on. Each new officer gets one"
        f" e-mail with all that is theirs then, and {seen.officer} one with all that was."
    )


def _ask_of(one: AlertToGive, taker: str, seen: Caseload, form: OfficeForm) -> str:
    """Whose it becomes; said at once where whoever is chosen above may not take it."""
    if one.why_not:
        html.paragraph(f"{one.in_words}: stays, because {one.why_not}")
        return hand_over.LEFT
    form.kept.setdefault(one.id, _SAME)
    same = {_SAME: "Whoever is chosen above", _STAYS: f"It stays with {seen.officer}"}
    said = form.pick(one.id, one.in_words, {**same, **one.takers})
    who = {_SAME: taker, _STAYS: hand_over.LEFT}.get(said, said)
    if who and who not in one.takers:
        html.paragraph(f"It stays: {one.refused.get(who, 'they raise no such alerts.')}")
    return who


def _done(done: HandedOver, seen: Caseload) -> str:
    count = len(done.given)
    said = f"{count} {plural(count, 'alert of', 'alerts of')} {seen.officer} given over."
    left = "; ".join(f"{reference}, {why.rstrip('.')}" for reference, why in done.left.items())
    return f"{said} Left: {left}." if left else said
