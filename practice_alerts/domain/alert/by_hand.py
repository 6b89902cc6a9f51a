"""Who is still to be reached by hand, because nobody outside the directory gets mail or a link."""

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import DoneByHand, Person
from practice_alerts.domain.alert.stage_run import StageRun


def to_do_by_hand(alert: Alert) -> tuple[tuple[StageRun, Person], ...]:
    """Each with the stay at a stage at which it is asked, copied, told or invited; whoever answered was reached."""
    done = {
        (one.sent, one.name, one.post) for _, one in alert.beside if isinstance(one, DoneByHand)
    }
    return tuple(
        (run, person)
        for run in alert.runs
        for person in dict.fromkeys((*run.sent.asked, *run.copied, *run.invited))
        if not person.id and (run.number, person.name, person.post) not in done
        if all(given.answer.by != person for given in run.answers)
    )
