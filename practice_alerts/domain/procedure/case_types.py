"""What alerts are raised for: the children whom every procedure knows, and whoever a council adds."""

from practice_alerts.domain.definition import Definition, Said, Words

LOOKED_AFTER = "looked_after"

CASE_TYPES = {
    LOOKED_AFTER: "a looked-after child",
    "child_protection": "a child on a child protection plan",
    "child_in_need": "a child in need",
}
"""Those that every procedure knows; a council's file may add its own (`case_types`)."""


class About(Said):
    """Whom an alert is about: what is asked and said of a child is neither of anybody else."""

    CHILD = "child", "a child"
    ADULT = "adult", "an adult"
    NOBODY = "nobody", "nobody in particular"


class OwnCaseType(Definition):
    """Somebody or something else that alerts of this council are about, beside the children all councils know."""

    title: Words
    """As said after "for": a care leaver, several children, no child in particular."""
    about: About | None = None
    """Left out, it is about a child where the form asks who the child is."""
    keep: Words | None = None
    """How long its records are kept, as the council's schedule says it."""
