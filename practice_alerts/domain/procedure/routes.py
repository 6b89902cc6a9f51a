"""The ways out of the authority that every procedure shares, known by id.

A council's file names a route and says only what it says differently. The legal basis is printed with the
present one first; what a source cites stands in its own `law` and readings.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Route:
    """One way out: its title, what it is for, and the present legal basis where there is one."""

    id: str
    title: str
    about: str
    law: str | None = None


_CAFCASS_LAW = (
    "Children Act 1989, section 25B(3), and regulation 45 of the Care Planning, Placement and Case Review"
    " (England) Regulations 2010 (SI 2010/959)"
)

ROUTES: dict[str, Route] = {
    route.id: route
    for route in (
        Route(
            "cafcass",
            "Referral to CAFCASS",
            "The Children and Family Court Advisory and Support Service, for a looked-after child.",
            _CAFCASS_LAW,
        ),
        Route(
            "lscp",
            "Referral to the safeguarding partnership (LSCP)",
            "The local safeguarding children partnership, for a child on a child protection plan.",
        ),
        Route(
            "legal_advice",
            "Independent legal advice",
            "From a lawyer who does not act for the authority.",
        ),
        Route(
            "legal_planning_meeting",
            "Legal planning meeting",
            "Called by the authority on its own side.",
        ),
        Route("early_review", "Early review", "Bringing the child's next review forward."),
        Route(
            "complaints", "Complaints procedure", "For the child, or somebody acting for the child."
        ),
        Route("advocacy", "Independent advocacy", "Somebody who speaks for the child."),
    )
}
