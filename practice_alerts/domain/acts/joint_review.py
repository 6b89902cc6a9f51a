"""Several who judge together: whose word is awaited before "put right" stands, and whose is asked for.

The word of the officer whose alert it is stands at once, whatever a procedure says; others add a voice, which
is kept and shown beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.acts.permissions import Actor, Relation, stands
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import Outcome
from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.procedure.posts import RAISER
from practice_alerts.domain.text import joined

_OFFICERS = frozenset({Relation.RAISER, Relation.COVERS_RAISER})


@dataclass(frozen=True, slots=True)
class Voice:
    """One verdict among those of several; `posts` are the roles in which it is given."""

    posts: tuple[str, ...]
    awaited: tuple[str, ...]
    """The titles of those who have not said "put right" yet."""
    stands: bool
    """Does anything follow from it now? If not, it is kept as a voice."""
    apart: tuple[str, ...] = ()
    """The titles of those who judge together and said otherwise."""


def voice_of(actor: Actor, alert: Alert, rules: Rules, verdict: Outcome) -> Voice:
    """What this person's verdict amounts to at the present stage, beside what the others said."""
    named = rules.named(alert)
    officer = bool(stands(actor, alert, named).deciding & _OFFICERS)
    posts = frozenset({RAISER} if officer else named.reviewing & actor.posts)
    awaited = _awaited(alert, rules, posts) if verdict is Outcome.PUT_RIGHT else ()
    apart = _apart(alert, rules, posts, verdict)
    # The officer's own word is undone by nobody's but theirs.
    undoes = not officer and RAISER in apart
    titles = tuple(_titles(frozenset({post}), alert, rules) for post in apart)
    return Voice(tuple(sorted(posts)), awaited, officer or not (awaited or undoes), titles)


def yet_to_speak(
    alert: Alert, rules: Rules, speaking: Iterable[str] = ()
) -> tuple[frozenset[str], ...]:
    """The voices beside the officer's of whom nobody has said anything of what there is to judge."""
    said = {*_said(alert), *speaking}
    return tuple(one for one in _together(alert, rules) if RAISER not in one and not one & said)


def _together(alert: Alert, rules: Rules) -> tuple[frozenset[str], ...]:
    run, ladder = alert.run, rules.ladder
    if run is None or ladder is None or not ladder.has(run.stage):
        return ()
    return rules.together(ladder.stage(run.stage))


def _said(alert: Alert) -> dict[str, Outcome]:
    return _said_of_what_stands(alert.run) if alert.run else {}


def _apart(
    alert: Alert, rules: Rules, speaking: frozenset[str], verdict: Outcome
) -> tuple[str, ...]:
    """The posts that said otherwise, where several judge together: the officer's, as `raiser`, among them."""
    if not _together(alert, rules):
        return ()
    said = _said(alert).items()
    return tuple(sorted(post for post, was in said if was is not verdict and post not in speaking))


def _awaited(alert: Alert, rules: Rules, speaking: frozenset[str]) -> tuple[str, ...]:
    said, voices = _said(alert), _together(alert, rules)
    if said.get(RAISER) is Outcome.NOT_SATISFACTORY:  # nobody else settles what the officer has not
        voices = (*voices, frozenset({RAISER}))
    put_right = {post for post, verdict in said.items() if verdict is Outcome.PUT_RIGHT} | speaking
    missing = dict.fromkeys(voice for voice in voices if not voice & put_right)
    return tuple(_titles(voice, alert, rules) for voice in missing)


def _said_of_what_stands(run: StageRun) -> dict[str, Outcome]:
    """By post, what was said last since there was something new to judge."""
    return {
        post: one.reviewed.verdict
        for one in run.every_review
        if one.at >= run.news_at
        for post in one.reviewed.posts
    }


def _titles(voice: frozenset[str], alert: Alert, rules: Rules) -> str:
    officer = alert.officer.post or alert.officer.name
    titles = (
        officer if post == RAISER else rules.procedure.title_of(post) for post in sorted(voice)
    )
    return joined(list(titles), "or")
