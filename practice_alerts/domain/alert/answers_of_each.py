"""Whose answer is still awaited where each of several is asked: they, or whoever answers for them, have to."""

from collections.abc import Sequence

from practice_alerts.domain.alert import events


def yet_to_answer(
    sent: events.Sent, answers: Sequence[events.AnswerGiven]
) -> tuple[events.Person, ...]:
    """Whoever of those asked has not answered. Where one answer is enough, nobody once it is there."""
    if not sent.each:
        return () if answers else sent.asked
    left, others = list(sent.asked), []
    for answer in answers:
        of = _given_by(answer, sent)
        if of is None:
            others.append(answer)
        left = [one for one in left if one != of]
    for answer in others:  # of somebody who had the case before
        posts = {answer.by.post, f"for the {answer.by.post}"}
        of = next((one for one in left if one.post in posts or _for(one) in posts), None)
        left = [one for one in left if one != of]
    still = {one.post for one in left}
    teams = {one.post for one in sent.asked if one.post in sent.teams and one not in left} & still
    return tuple(one for one in left if one.post not in teams)


def _given_by(answer: events.AnswerGiven, sent: events.Sent) -> events.Person | None:
    """Which of those asked now it is the answer of; None where it is of none of them."""
    if answer.whose is not None:
        return next((one for one in sent.asked if _same(one, answer.whose)), None)
    own = next((one for one in sent.asked if _same(one, answer.by)), None)
    if own is not None:
        return own
    posts = [one for one in sent.asked if _for(one) == answer.by.post]
    return posts[0] if len(posts) == 1 else None


def _same(one: events.Person, other: events.Person) -> bool:
    return one.id == other.id if one.id or other.id else one == other


def _for(person: events.Person) -> str:
    return f"for the {person.post}"
