"""What people choose from when they answer, judge, close or follow up."""

from practice_alerts.domain.definition import Said


class Response(Said):
    """What the manager says."""

    DONE = "done", "It has been done"
    WILL_BE_DONE = "will_be_done", "It will be done by a date"
    WILL_NOT_BE_DONE = "will_not_be_done", "It will not be done"
    OTHER = "other", "Something else"


class Channel(Said):
    """How an answer came that was not given on the answer page."""

    EMAIL = "email", "By e-mail"
    TELEPHONE = "telephone", "By telephone"
    MEETING = "meeting", "At a meeting"
    OTHER_SYSTEM = "other_system", "In another system"


class Outcome(Said):
    """What the IRO's side makes of it. Accepted until a date is a hold, an event of its own."""

    NOT_SATISFACTORY = "not_satisfactory", "Not satisfactory"
    PUT_RIGHT = "put_right", "Put right and verified"


class EndingKind(Said):
    PUT_RIGHT = "put_right", "Put right and verified"
    DECIDED_NOT_SATISFIED = (
        "decided_not_satisfied",
        "Decided finally by the authority; the reviewing officer is not satisfied",
    )
    TAKEN_ON = "taken_on", "Taken on by CAFCASS or the partnership"
    NO_LONGER_OURS = "no_longer_ours", "The child is no longer looked after or on a plan"
    WITHDRAWN = "withdrawn", "Withdrawn"


class FollowUpKind(Said):
    SENT = "sent", "It was sent"
    ACKNOWLEDGED = "acknowledged", "They have it"
    DECIDED = "decided", "They decided"
    WITHDRAWN = "withdrawn", "It was taken back"


class Part(Said):
    """Whose an entry of the record is to read."""

    SHARED = "shared", "Everybody who may open this alert"
    OWN = "own", "Our own side only: not those who are asked or get a copy"
    LEGAL = "legal", "Legal advice: only whoever has the alert, and those you name"
