"""The ways out of the authority that every procedure shares, known by id.

A council's file names a route and says only what it says differently. The legal basis is printed with the
present one first; what a source cites stands in its own `law` and readings.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Route:
    """One way out: its title, what it is for, and the present legal basis where there is one."""

    title: str
    about: str
    law: str | None = None


_CAFCASS_LAW = (
    "Children Act 1989, section 25B(3), and regulation 45 of the Care Planning, Placement and Case Review"
    " (England) Regulations 2010 (SI 2010/959)"
)

ROUTES: dict[str, Route] = {
    "cafcass": Route(
        "Referral to CAFCASS",
        "The Children and Family Court Advisory and Support Service, for a looked-after child.",
        _CAFCASS_LAW,
    ),
    "lscp": Route(
        "Referral to the safeguarding partnership (LSCP)",
        "The local safeguarding children partnership, for a child on a child protection plan.",
    ),
    "legal_advice": Route(
        "Independent legal advice", "From a lawyer who does not act for the authority."
    ),
    "legal_planning_meeting": Route(
        "Legal planning meeting", "Called by the authority on its own side."
    ),
    "early_review": Route("Early review", "Bringing the child's next review forward."),
    "complaints": Route("Complaints procedure", "For the child, or somebody acting for the child."),
    "advocacy": Route("Independent advocacy", "Somebody who speaks for the child."),
}
