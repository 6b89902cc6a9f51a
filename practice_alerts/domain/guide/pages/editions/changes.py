"""What one edition changed against the one before, in a practitioner's sentences."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from practice_alerts.domain.guide.pages.editions.form_topics import form_topics
from practice_alerts.domain.guide.pages.editions.topics import (
    NAME,
    WORDING,
    Topic,
    headline,
    topics,
)
from practice_alerts.domain.guide.parts.writing import GuideWriter
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.text import joined, small

_Keys = Collection[tuple[str, ...]]

_SENTENCES: Mapping[str, str] = {
    "Answered by": "{about} is answered by {now}; before, it was {was}.",
    "Asked to answer": "At {about} {now} is asked to answer; before, it was {was}.",
    "Time to answer": "The time to answer at {about} is {now}; it was {was}.",
    "Time to put it right": "The time to put it right at {about} is {now}; it was {was}.",
    "Copied": "Copies at {about} go to {now}; before, to {was}.",
    "Copied at each formal stage": "Copies at each formal stage go to {now}; before, to {was}.",
    "Goes on to": "{about} leads on to {now}; before, to {was}.",
    "Time limit": "The time limit is {now}; it was {was}.",
    NAME: "What was called “{was}” is called “{now}”.",
    WORDING: "{about} was worded “{was}”.",
    "Has to be answered": "{about} is to be answered: {now}; before: {was}.",
}
"""How a change is said of these terms; of any other, its term stands before both."""
_OTHER = "{about}, {term}: {now}; before: {was}."
_SINCE = "{about}, {term}: {now}. Nothing was said of it before."
_NO_MORE = "{about}, {term}: nothing is said of it any more; before: {was}."


def changes(old: GuideWriter, new: GuideWriter) -> Iterator[str]:
    """A sentence for each change, in the order of the guide; what is gone stands last."""
    as_called = old.of(_called_as(old.procedure, new.procedure))
    named, before, after = map(_all_topics, (old, as_called, new))
    for key, now in after.items():
        if (was := before.get(key)) is not None:
            yield from _renamed(named[key], now)
            yield from _of_list(was, now) if now.is_list else _of_terms(was, now)
        elif not _is_told_above(key, after, before):
            opened = f"New: {_inside(now.about)}. {headline(now)}".rstrip()
            yield from _of_list(replace(now, said={}), now) if now.is_list else (opened,)
    for key, was in before.items():
        if key not in after and not _is_told_above(key, before, after):
            gone = f"No longer there: {_inside(was.about)}."
            yield from _of_list(was, replace(was, said={})) if was.is_list else (gone,)


def _all_topics(edition: GuideWriter) -> dict[tuple[str, ...], Topic]:
    return {one.key: one for one in (*topics(edition), *form_topics(edition))}


def _is_told_above(key: tuple[str, ...], here: _Keys, there: _Keys) -> bool:
    """A stage of a ladder that is new or gone as a whole is told with that."""
    above = (key[:length] for length in range(1, len(key)))
    return any(one in here and one not in there for one in above)


def _renamed(was: Topic, now: Topic) -> Iterator[str]:
    if NAME in now.said and was.said.get(NAME) != now.said[NAME]:
        yield _SENTENCES[NAME].format(was=was.said.get(NAME, ""), now=now.said[NAME])


def _of_terms(was: Topic, now: Topic) -> Iterator[str]:
    for term in dict.fromkeys((*now.said, *was.said)):
        one, other = now.said.get(term, ""), was.said.get(term, "")
        if term == NAME or one == other:
            continue
        words = _SENTENCES.get(term, _OTHER) if one and other else _SINCE if one else _NO_MORE
        one, other = _apart(one, other)
        about = now.about if words.startswith("{about}") else _inside(now.about)
        if term != WORDING:
            one, other = small(one), small(other)
        yield words.format(about=about, term=small(term), now=one, was=other)


def _of_list(was: Topic, now: Topic) -> Iterator[str]:
    added = [_item(one, said) for one, said in now.said.items() if one not in was.said]
    gone = [_item(one, said) for one, said in was.said.items() if one not in now.said]
    for item, said in now.said.items():
        if item in was.said and said != (other := was.said[item]):
            new, old = _apart(said or "nothing more is said", other or "nothing more was said")
            yield f"{now.about}, “{item}”: {new}; before: {old}."
    if added:
        yield f"{now.about}: new is {joined(added)}."
    if gone:
        yield f"{now.about}: no longer there is {joined(gone)}."


def _item(words: str, more: str) -> str:
    return f"“{words}” ({more})" if more else f"“{words}”"


def _inside(about: str) -> str:
    """Within a sentence: a stage, a way out or what is quoted keeps its capital."""
    first, space, rest = about.partition(" ")
    return f"{first.lower()}{space}{rest}" if first in {"The", "A", "What", "How"} else about


def _apart(now: str, was: str) -> tuple[str, str]:
    """Both without what they end in alike, such as from when a time is counted."""
    for between in ("; ", ", counted from "):
        one, other = now.rstrip(".").split(between), was.rstrip(".").split(between)
        while len(one) > 1 and len(other) > 1 and one[-1] == other[-1]:
            one, other = one[:-1], other[:-1]
        now, was = between.join(one), between.join(other)
    return now, was


def _called_as(old: Procedure, new: Procedure) -> Procedure:
    """The older edition with the newer names of its stages and posts, so that a name is told once."""
    roles = {
        name: role.model_copy(update={"title": new.roles[name].title})
        if name in new.roles
        else role
        for name, role in old.roles.items()
    }
    ladders = {name: _labelled(one, new.ladders.get(name)) for name, one in old.ladders.items()}
    partners = {name: _labelled(one, new.partners.get(name)) for name, one in old.partners.items()}
    return old.model_copy(update={"roles": roles, "ladders": ladders, "partners": partners})


def _labelled(old: Ladder, new: Ladder | None) -> Ladder:
    if new is None:
        return old
    stages = tuple(
        one.model_copy(update={"label": new.stage(one.id).label}) if new.has(one.id) else one
        for one in old.stages
    )
    return old.model_copy(update={"stages": stages})
