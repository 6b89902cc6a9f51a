"""What people type into the forms of acts, in the fewest words."""

from datetime import date
from typing import Any

from practice_alerts.casework.acts.escalate import Climb


def reply(text: str, response: str, promise_by: str = "", task_owner: str = "") -> dict[str, Any]:
    """An answer."""
    typed = {
        "text": text,
        "response": response,
        "promise_by": promise_by,
        "task_owner": task_owner,
    }
    return {name: value for name, value in typed.items() if value}


def outcome(outcome: str, reason: str) -> dict[str, Any]:
    return {"verdict": outcome, "reason": reason}


def promise(until: date | None, task_owner: str, reason: str = "") -> dict[str, Any]:
    """A hold."""
    return {
        "until": until.isoformat() if until else "",
        "task_owner": task_owner,
        "reason": reason,
    }


def way_out(route: str, reason: str, consulted: str = "") -> dict[str, Any]:
    """A referral."""
    return {"route": route, "reason": reason, "consulted": consulted}


def ending(ending: str, what_changed: str, child_view: str = "") -> dict[str, Any]:
    """How it is closed, with the reason that some endings ask for."""
    why = {
        **dict.fromkeys(("withdrawn", "raised_in_error", "explanation_accepted"), "ending_why"),
        **dict.fromkeys(("decided_by_court", "moved_authority"), "ending_why"),
        "taken_on": "taken_on_by",
        "decided_not_satisfied": "not_satisfied_why",
    }
    more: dict[str, Any] = {why[ending]: "As talked over."} if ending in why else {}
    more["changes"] = ["plan_carried_out"]
    return {"ending": ending, "what_changed": what_changed, "child_view": child_view, **more}


def climb(to: str, rationale: str, asked: tuple[str, ...] = (), **answers: Any) -> Climb:
    """An escalation."""
    return Climb(to, {"rationale": rationale, **answers}, asked)
