"""Who may do and read what, as docs/permissions.md prints it from the tables that every face asks."""

from collections.abc import Iterator

from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.permissions import OFFICES_RELATION, RULES, Act, Phase, Relation
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.directory.office_permissions import (
    COMMAND_LINE_POST,
    OFFICE_RULES,
    OfficeAct,
)
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.domain.seeing.readers import LEARNS_WHO_OPENED, SEEN
from tools.docs.tables import table

_PAGE = """# Who may do and read what

Made from the code by `make docs`; the tables are those that every face asks: pages, answer page, documents, log,
calendar, search and commands. What no row gives is refused, and all of it reaches one's own council only. Why it is
so: [0024](decisions/0024-who-runs-the-office-stands-apart.md), [0033](decisions/0033-seeing-has-parts.md),
[0035](decisions/0035-one-table-of-permissions.md).

## An alert: how somebody stands to it, what they read of it, what they may do

How somebody stands to an alert follows from its record and from the posts they hold today; whoever holds none in its
council stands to it in no way. Several may hold at once. Whoever an alert challenges decides nothing in another
quality, and reads what their being asked lets them. Whoever has an interest in the child stands to it in no way either,
and anybody who holds a post may declare one ([0039](decisions/0039-an-interest-in-a-child.md)).

{alerts}

## The office: which post may do what to it

{office}

## The posts of the office, and how their holders stand to every alert of the council

{posts}
"""


def permissions_page() -> str:
    """The page as a whole."""
    return _PAGE.format(alerts=_alerts(), office=_office(), posts=_posts())


def _alerts() -> str:
    parts = [f"`{part.value}`: {part.words}" for part in Part]
    phases = [f"may, {phase.value}" for phase in Phase]
    heads = ("whoever is", *parts, "learns who opened it", *phases)
    return table(heads, map(_relation, Relation))


def _relation(relation: Relation) -> Iterator[str]:
    yield relation.value
    yield from (SEEN[relation][part].value for part in Part)
    yield "yes" if LEARNS_WHO_OPENED[relation] else "no"
    for phase in Phase:
        acts = (rule.act for rule in RULES if (rule.relation, rule.condition) == (relation, phase))
        yield ", ".join(map(_called, acts)) or "–"


def _called(act: Act) -> str:
    return (ACTS[act].title if act in ACTS else act.value.replace("-", " ")).lower()


def _office() -> str:
    posts = (*OFFICE_POSTS, COMMAND_LINE_POST)
    given = {(rule.post, rule.act) for rule in OFFICE_RULES}
    rows = (
        (act.value, *("yes" if (post, act) in given else "–" for post in posts))
        for act in OfficeAct
    )
    return table(("may", *map(_title, posts)), rows)


def _posts() -> str:
    rows = ((_title(post), f"`{post}`", _stands(post)) for post in OFFICE_POSTS)
    return table(("post", "its id", "stands to an alert as"), rows)


def _title(post: str) -> str:
    return OFFICE_POSTS.get(post, post)


def _stands(post: str) -> str:
    relation = OFFICES_RELATION.get(post)
    return relation.value if relation else "in no way for holding it"
