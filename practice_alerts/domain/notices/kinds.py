"""Every notice there is: to whom it goes, when, and the only things that its text may be filled with."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from practice_alerts.domain.notices.placeholders import NoticeKind

_ALERT = ("reference", "link")


_OF_STEP = ("stage", "step", "doer")
_WANTED = ("stage", "wanted")
_ASKED, _OFFICER = "those asked", "the reviewing officer"
_DOER = "whoever does the step; where that is nobody who was asked for it, those asked"

KINDS: Final[Mapping[str, NoticeKind]] = MappingProxyType(
    {
        "asked": NoticeKind(_ASKED, "a stage was sent to them", may=_WANTED),
        "asked_aim": NoticeKind(_ASKED, "the same, where the answer’s day is an aim", may=_WANTED),
        "asked_to_put_right": NoticeKind(
            _ASKED, "the same, where the day is one to put it right by", may=_WANTED
        ),
        "asked_to_put_right_aim": NoticeKind(
            _ASKED, "the same, where that day is an aim", may=_WANTED
        ),
        "asked_for_step": NoticeKind(
            f"{_ASKED}, and whoever does a step",
            "the same, where the day is that of a step; or their step is reached",
            may=(*_OF_STEP, "wanted"),
        ),
        "asked_for_step_aim": NoticeKind(
            "the same", "the same, where the day of the step is an aim", may=(*_OF_STEP, "wanted")
        ),
        "asked_for_step_without_date": NoticeKind(
            "whoever does a step",
            "their step is reached, and it has no day yet",
            _ALERT,
            (*_OF_STEP, "wanted"),
        ),
        "asked_at_once": NoticeKind(
            _ASKED, "the same, where it is asked for at once", _ALERT, _WANTED
        ),
        "asked_by_agreement": NoticeKind(
            _ASKED, "the same, where its day is still to be agreed", _ALERT, _WANTED
        ),
        "asked_before_start": NoticeKind(
            _ASKED,
            "the same, where its time starts from what has not happened yet",
            _ALERT,
            _WANTED,
        ),
        "asked_without_date": NoticeKind(
            _ASKED, "the same, where nothing sets a date", _ALERT, _WANTED
        ),
        "now_here": NoticeKind(_ASKED, "the same, where it came on paper and is entered", _ALERT),
        "entered_for": NoticeKind(_OFFICER, "somebody entered what they raised on paper", _ALERT),
        "asked_together": NoticeKind(
            *(_ASKED, "the same, on several that were raised together", ("reference", "list")),
            later=True,
        ),
        "copied": NoticeKind("those copied or told", "a stage was sent to somebody else", _ALERT),
        "invited": NoticeKind(
            "those who attend, chair or are met",
            "their step is reached",
            _ALERT,
            ("stage", "step"),
        ),
        "invited_if_held": NoticeKind(
            "those who attend or chair",
            "the same, where it is still asked whether it is held",
            _ALERT,
            ("stage", "step"),
        ),
        "good_practice": NoticeKind(
            "those whom its form names and those whom the procedure names",
            "an alert without stages was raised, and the procedure says to whom it goes",
            _ALERT,
            (),
        ),
        "told_at_once": NoticeKind(
            "those to be told at once",
            "the question before the ladder or an override was recorded",
            _ALERT,
        ),
        "told": NoticeKind(
            "those to be told", "a referral was recorded, or a stage is used", _ALERT
        ),
        "answer_copied": NoticeKind(
            "those who get each written resolution", "an answer has come", _ALERT
        ),
        "closed_copied": NoticeKind(
            "those copied or invited at the present stage, and who get each written resolution",
            "the alert is closed",
            _ALERT,
            (),
        ),
        "reopened_copied": NoticeKind(
            "those copied or invited at the present stage",
            "a closed alert was opened again",
            _ALERT,
        ),
        "answered": NoticeKind(
            f"{_OFFICER} and whoever reviews the response with them", "an answer has come", _ALERT
        ),
        "answer_recorded": NoticeKind(
            "whoever it is the answer of",
            "the reviewing officer has recorded an answer of theirs that came another way",
            _ALERT,
            later=True,
        ),
        "drafting": NoticeKind(
            "whoever drafts an answer", "somebody asked has them draft it", _ALERT
        ),
        "not_theirs": NoticeKind(
            _OFFICER, "somebody asked says that it is not theirs to answer", _ALERT, later=True
        ),
        "question_asked": NoticeKind(_OFFICER, "somebody asked has a question", _ALERT, later=True),
        "question_answered": NoticeKind(
            "whoever asked it", "the reviewing officer has answered a question", _ALERT, later=True
        ),
        "answered_in_part": NoticeKind(
            "the same",
            "one of several who are each asked has answered, and others have not",
            _ALERT,
            ("stage", "answered", "awaited"),
        ),
        "judge_together": NoticeKind(
            "whoever reviews the response with the reviewing officer and has not spoken",
            "one of those who review it together has recorded their word, or every step is recorded",
            _ALERT,
        ),
        "step_recorded": NoticeKind(
            _OFFICER, "somebody else has recorded a step", _ALERT, _OF_STEP
        ),
        "voice_recorded": NoticeKind(
            _OFFICER, "somebody who reviews the response with them has recorded their word", _ALERT
        ),
        "hold_agreed": NoticeKind(
            _ASKED, "it was accepted that the task will be done by a day", later=True
        ),
        "not_accepted": NoticeKind(
            _ASKED, "their answer was found not satisfactory", _ALERT, later=True
        ),
        "gone_on": NoticeKind(
            "those asked at the stage before", "the alert went on past them", _ALERT, later=True
        ),
        "corrected": NoticeKind(
            _ASKED, "something on the form that they were sent was corrected", _ALERT, later=True
        ),
        "date_agreed": NoticeKind(_ASKED, "another date for their answer was agreed"),
        "exceptional": NoticeKind(
            "those asked, and the reviewing officer where somebody else recorded it",
            "the alert was recorded as exceptional, and has the longer time limit of its procedure",
            ("reference", "limit", "link"),
        ),
        "exceptional_and_date": NoticeKind(
            "the same",
            "the same, with another date for the answer",
            ("reference", "due", "limit", "link"),
        ),
        "redated": NoticeKind(
            "those asked and the reviewing officer",
            "the calendar or a rule changed, and with it the alert's dates",
            _ALERT,
        ),
        "closed_late": NoticeKind(
            "those asked and the reviewing officer",
            "a second person confirmed that a day was closed, too late to move the alert's dates",
            _ALERT,
        ),
        "handed_on": NoticeKind(
            "the new reviewing officer", "an alert was given to them", _ALERT, ()
        ),
        "reserve_acts": NoticeKind(
            "whoever is in reserve for the IRO manager",
            "an alert was sent that challenges everybody who is IRO manager, once for each alert",
            _ALERT,
            later=True,
        ),
        "handed_on_together": NoticeKind(
            "the new reviewing officer",
            "several alerts of another officer were given to them at once",
            ("list", "link"),
            (),
            everywhere=True,
            later=True,
        ),
        "handed_over": NoticeKind(
            "the former reviewing officer",
            "the same",
            ("list", "link"),
            (),
            everywhere=True,
            later=True,
        ),
        "restriction_to_confirm": NoticeKind(
            "the second person named", "an alert was restricted", _ALERT, (), later=True
        ),
        "restriction_named": NoticeKind(
            *("whoever is named to act for its officer, or to open it", "the same", _ALERT),
            may=(),
            later=True,
        ),
        "restriction_to_lift": NoticeKind(
            "its officer, the second person and whoever acts for the officer",
            "one of them has said that the restriction is no longer needed",
            _ALERT,
            (),
            later=True,
        ),
        "restriction_unconfirmed": NoticeKind(
            "the second person, and its officer",
            "two working days after an alert was restricted, not confirmed; each week again",
            _ALERT,
            (),
            later=True,
        ),
        "restriction_look_again": NoticeKind(
            "its officer, and whoever acts for them",
            "the day to look again whether it is needed; each week again",
            _ALERT,
            ("due",),
            later=True,
        ),
        "change_look_again": NoticeKind(
            "its officer",
            "the day to look again at what is different for the child; each week again",
            _ALERT,
            ("due",),
            later=True,
        ),
        "interest_declared": NoticeKind(
            "whoever can replace them", "somebody has an interest in its child", _ALERT, later=True
        ),
        "lock_apart_asked": NoticeKind(
            f"{_OFFICER}, and who stands in for them",
            "it is asked that its record is locked apart",
            _ALERT,
            later=True,
        ),
        "accuracy": NoticeKind(
            f"{_OFFICER}, and who stands in for them; IRO managers",
            "somebody disagrees with what is written, its accuracy is disputed, or that is settled",
            _ALERT,
            later=True,
        ),
        "closed": NoticeKind(_ASKED, "the alert is closed", _ALERT, ()),
        "reopened": NoticeKind(_ASKED, "a closed alert was opened again", _ALERT),
        "due_soon": NoticeKind(_ASKED, "the working day before a date"),
        "due_today": NoticeKind(_ASKED, "on the date"),
        "overdue": NoticeKind(_ASKED, "the working day after, without an answer"),
        "aim_soon": NoticeKind(_ASKED, "the working day before an aim"),
        "aim_today": NoticeKind(_ASKED, "on the day of an aim"),
        "aim_passed": NoticeKind(_ASKED, "the working day after an aim, without an answer"),
        "step_soon": NoticeKind(_DOER, "the working day before a step is due", may=_OF_STEP),
        "step_today": NoticeKind(_DOER, "on the day a step is due", may=_OF_STEP),
        "step_late": NoticeKind(
            _DOER, "the working day after, the step not recorded", may=_OF_STEP
        ),
        "step_not_recorded": NoticeKind(_OFFICER, "the same", may=(*_OF_STEP, "limit")),
        "put_right_soon": NoticeKind(_ASKED, "the working day before a day to put it right by"),
        "put_right_today": NoticeKind(_ASKED, "on a day to put it right by"),
        "not_put_right": NoticeKind(_ASKED, "the working day after it"),
        "not_put_right_in_time": NoticeKind(_OFFICER, "the same", may=("stage", "limit")),
        "hold_soon": NoticeKind(_ASKED, "the working day before a hold ends"),
        "hold_today": NoticeKind(_ASKED, "on the day a hold ends"),
        "no_answer": NoticeKind(
            _OFFICER,
            "the working day after a date, without an answer",
            may=("stage", "limit", "awaited"),
        ),
        "no_answer_to_aim": NoticeKind(
            _OFFICER,
            "the working day after an aim or an agreed day, without an answer",
            may=("stage", "limit", "awaited"),
        ),
        "hold_ends": NoticeKind(_OFFICER, "the working day before a hold ends"),
        "hold_ended": NoticeKind(_OFFICER, "the working day after a hold ended"),
        "escalate_today": NoticeKind(
            _OFFICER, "the last day to go on within the time limit", may=("stage", "limit")
        ),
        "escalate_passed": NoticeKind(
            _OFFICER, "that day has passed, and it has not gone on", may=("stage", "limit")
        ),
        "reminded": NoticeKind(
            "whoever owes an answer", "somebody of the IRO service reminds them", _ALERT, later=True
        ),
        "cover_begins": NoticeKind(
            "whoever stands in",
            "the first working day from seven o’clock on which they stand in for somebody",
            ("due", "link"),
            (),
            everywhere=True,
            later=True,
        ),
        "digest": NoticeKind(
            "whoever raises, and their cover",
            "each working day from seven o’clock, where there is something",
            ("list", "link"),
            ("due", "needs_you", "to_judge", "waiting", "holds"),
            everywhere=True,
        ),
        "news": NoticeKind(
            "whoever has several pieces of news, or news beside the list above",
            "once each working day from seven o’clock: all that does not go at once",
            ("news",),
            (),
            everywhere=True,
            later=True,
        ),
        "directory_changed": NoticeKind(
            "the person concerned, and whoever stands in for them; at a former address as well",
            "somebody else has changed what the directory says of them",
            ("change", "link"),
            (),
            everywhere=True,
            later=True,
        ),
        "directory_asked": NoticeKind(
            "the person concerned",
            "the same, where it is made only once a second person confirms it",
            ("change", "link"),
            (),
            everywhere=True,
            later=True,
        ),
        "directory_waits": NoticeKind(
            "administrators and IRO managers",
            "a change in the directory waits for one of them to confirm it",
            ("link",),
            (),
            everywhere=True,
            later=True,
        ),
        "draft_taken_out": NoticeKind(
            "whoever had a draft about an alert",
            "something was taken out of the alert, and drafts about it went as well",
            ("link",),
            (),
            everywhere=True,
            later=True,
        ),
        "draft_destroyed": NoticeKind(
            "the same",
            "the record of the alert was destroyed, and drafts about it as well",
            ("link",),
            (),
            everywhere=True,
            later=True,
        ),
        "draft_closed": NoticeKind(
            "the same",
            "the alert with whose texts a draft began is closed to whoever began it",
            ("link",),
            (),
            everywhere=True,
            later=True,
        ),
        "cover_named": NoticeKind(
            "the IRO manager and whoever is on duty; where nobody is, administrators",
            "somebody who answers alerts has named who stands in for them, or ended it",
            ("link",),
            (),
            everywhere=True,
            later=True,
        ),
        "closure_waits": NoticeKind(
            "the other administrators",
            "a day was put down as closed so late that one of them has to confirm it",
            ("link",),
            (),
            everywhere=True,
            later=True,
        ),
        "token_ends": NoticeKind(
            "administrators and IRO managers",
            "thirty days, a week and a day before the token of the council’s own system ends (SCIM)",
            ("due", "link"),
            (),
            everywhere=True,
            later=True,
        ),
        "audit_of_alert": NoticeKind(
            "the reviewing officer",
            "their alert was drawn for an audit, and a QA lead reads it until a day",
            may=(),
            later=True,
        ),
        "audit_drawn": NoticeKind(
            "IRO managers",
            "a QA lead has drawn an audit sample",
            ("link",),
            (),
            everywhere=True,
            later=True,
        ),
        "formal_alerts": NoticeKind(
            "directors informed weekly",
            "the first working day of a week from seven o’clock, while a formal alert is open",
            ("link",),
            (),
            everywhere=True,
            later=True,
        ),
        "directory_by_command": NoticeKind(
            "administrators and IRO managers",
            "a command has changed an address, or who runs the office",
            ("link",),
            (),
            everywhere=True,
            later=True,
        ),
        "sign_in": NoticeKind(
            "whoever asks for it", "a link to sign in", ("link", "minutes"), (), everywhere=True
        ),
    }
)
"""By the name under which its text stands in a file."""
