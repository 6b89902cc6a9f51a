"""One row for each act: who may do it and when, what it is called, what its form must ask, what it becomes.

A new act is a member and a row here; the class of its event in `events`, among what happens at a stage or
stands on record beside; its sentence in `history`; its decision in `casework`; and its form in
`form_templates/common`. The same with a Word file where it is printed, with a line in `alert` where it
changes what is so, and with one in `acts` where it is not always possible.
"""

from collections.abc import Mapping
from enum import StrEnum

from practice_alerts.domain.acts.act_shape import (
    DAY,
    ONE,
    SEVERAL,
    TEXT,
    YES_NO,
    ActRow,
    Phase,
    Relation,
)
from practice_alerts.domain.alert import events, restricted
from practice_alerts.domain.complete import complete
from practice_alerts.domain.forms.form import OptionsFrom


class Act(StrEnum):
    """Everything that can be done to an alert. The value is its name on screens and in addresses."""

    RAISE = "raise"
    FROM_PAPER = "enter-from-paper"
    SEE = "see"
    ANSWER = "answer"
    RECORD_ANSWER = "record-answer"
    NOT_THEIRS = "not-theirs"
    REDIRECT = "redirect"
    NAME_DRAFTER = "name-drafter"
    ASK_QUESTION = "ask-question"
    ANSWER_QUESTION = "answer-question"
    REVIEW_RESPONSE = "judge"
    HOLD = "hold"
    REVIEW_HOLD = "review"
    STEP = "step"
    ESCALATE = "escalate"
    AGREE_DATE = "agree-date"
    REFER = "refer"
    FOLLOW_UP = "follow-up"
    BY_HAND = "by-hand"
    STANDSTILL = "standstill"
    LIFT_STANDSTILL = "lift-standstill"
    OVERRIDE = "override"
    SIGN_OFF = "sign-off"
    REMIND = "remind"
    NOTE = "note"
    FILE = "file"
    CORRECT = "correct"
    HAND_ON = "hand-on"
    MOVE_CASE = "move-case"
    LINK = "link"
    RESTRICT = "restrict"
    CONFIRM_RESTRICTION = "confirm-restriction"
    LIFT_RESTRICTION = "lift-restriction"
    CLOSE = "close"
    RECORD_CHANGE = "record-change"
    REOPEN = "reopen"


_OFFICER = (Relation.RAISER, Relation.COVERS_RAISER)
_REVIEWING = (*_OFFICER, Relation.NAMED_TO_REVIEW)
_ESCALATING = (*_OFFICER, Relation.NAMED_TO_ESCALATE)
_BESIDE_ANSWER = {"task_owner": TEXT, "evidence": TEXT, "late_why": ONE}

ACTS: Mapping[Act, ActRow] = complete(
    Act,
    {
        Act.ANSWER: ActRow(
            title="Answer",
            button="Record their answer",
            done="Their answer is recorded.",
            logged="Answered",
            # A partner agency answers by letter or mail; whoever wrote to it records what came.
            who=(Relation.ASKED, Relation.COVERS_ASKED, Relation.HEARS_OUTSIDE),
            event=events.Answered,
            form="response",
            chosen={"response": OptionsFrom.RESPONSES, "late_why": OptionsFrom.LATE_REASONS},
            needs={"text": TEXT, "response": ONE, "promise_by": DAY},
            may={"settle_by": DAY, "whose": ONE, **_BESIDE_ANSWER},
            own_block="answerer",
            without_scripts=True,
            printed=True,
            in_sight=True,
        ),
        Act.RECORD_ANSWER: ActRow(
            title="Record an answer that came another way",
            button="Record the answer",
            done="The answer is recorded. Whoever it is of and in the directory {is_told}.",
            tells="answer_recorded",
            logged="Answer recorded by the reviewing officer",
            who=_OFFICER,
            event=events.AnswerRecorded,
            form="recorded_answer",
            chosen={
                "channel": OptionsFrom.CHANNELS,
                "late_why": OptionsFrom.LATE_REASONS,
                "response": OptionsFrom.RESPONSES,
                "whose": OptionsFrom.ASKED,
            },
            needs={"text": TEXT, "response": ONE, "promise_by": DAY, "on": DAY, "channel": ONE},
            may={"settle_by": DAY, "whose": ONE, "at": TEXT, "answered_by": TEXT, **_BESIDE_ANSWER},
            own_block="answerer",
        ),
        Act.NOT_THEIRS: ActRow(
            title="This is not mine to answer",
            button="Tell the reviewing officer",
            done="The reviewing officer {is_told}. The date runs on, and you are asked until they redirect it.",
            tells="not_theirs",
            logged="Said not to be theirs",
            who=(Relation.ASKED, Relation.COVERS_ASKED),
            event=events.NotTheirs,
            form="not_theirs",
            needs={"text": TEXT},
            may={"who_else": TEXT},
            without_scripts=True,
        ),
        Act.REDIRECT: ActRow(
            title="Redirect it to whoever it is for",
            button="Redirect it",
            done="It is redirected, and the date stands. Whoever is asked now and in the directory {is_told}.",
            tells="asked",
            logged="Redirected",
            who=_OFFICER,
            event=events.Redirected,
            form="redirection",
            chosen={"to": OptionsFrom.SAME_POST, "whose": OptionsFrom.NOT_THEIRS},
            needs={"to": ONE, "name": TEXT},
            may={"whose": ONE, "reason": TEXT},
        ),
        Act.NAME_DRAFTER: ActRow(
            title="Have somebody draft the answer",
            button="Ask them to draft it",
            done="Whoever drafts it {is_told}, and reads what you read here. What they draft stands on this page; you send it.",
            tells="drafting",
            logged="Somebody named to draft the answer",
            who=(Relation.ASKED, Relation.COVERS_ASKED),
            event=events.DrafterNamed,
            form="drafting",
            needs={"name": TEXT},
            may={"text": TEXT},
            without_scripts=True,
        ),
        Act.ASK_QUESTION: ActRow(
            title="Ask the reviewing officer a question",
            button="Send the question",
            done="The reviewing officer {is_told}. The date runs on; their answer will stand on this page.",
            tells="question_asked",
            logged="Question asked",
            who=(Relation.ASKED, Relation.COVERS_ASKED),
            event=events.QuestionAsked,
            form="question",
            needs={"text": TEXT},
            without_scripts=True,
        ),
        Act.ANSWER_QUESTION: ActRow(
            title="Answer a question",
            button="Send the answer to it",
            done="It stands on their page. Whoever asked {is_told}.",
            tells="question_answered",
            logged="Question answered",
            who=_OFFICER,
            event=events.QuestionAnswered,
            form="question_answer",
            chosen={"question": OptionsFrom.OPEN_QUESTIONS},
            needs={"question": ONE, "text": TEXT},
            in_sight=True,
        ),
        Act.REVIEW_RESPONSE: ActRow(
            title="Review the response",
            button="Record the outcome",
            done="The outcome is recorded.",
            logged="Response reviewed",
            # Whoever takes the matter up the ladder holds its discussions, and knows that they settled nothing.
            who=(*_REVIEWING, Relation.NAMED_TO_ESCALATE),
            event=events.ResponseReviewed,
            form="verdict",
            chosen={"verdict": OptionsFrom.RESPONSE_OUTCOMES},
            needs={"verdict": ONE, "reason": TEXT},
            own_block="judge",
            printed=True,
            in_sight=True,
        ),
        Act.STEP: ActRow(
            title="Record a step",
            button="Record the step",
            done="The step is recorded.",
            logged="Step recorded",
            # Whoever does a step records that one alone; the officer's side records any.
            who=(
                *(*_REVIEWING, Relation.NAMED_TO_ESCALATE),
                *(Relation.DOES_STEP, Relation.COVERS_DOER),
            ),
            event=events.StepDone,
            form="step",
            chosen={"outcome": OptionsFrom.STEP_RESULTS, "step": OptionsFrom.STEPS},
            needs={"step": ONE, "took_place": YES_NO, "on": DAY, "at": TEXT},
            may={"chair": TEXT, "present": TEXT, "outcome": ONE, "text": TEXT},
            printed=True,
            in_sight=True,
        ),
        Act.HOLD: ActRow(
            title="Agree a hold",
            button="Agree the hold",
            done="The hold is agreed.",
            logged="Put on hold",
            who=_REVIEWING,
            event=events.Held,
            form="hold",
            needs={"until": DAY, "task_owner": TEXT},
            may={"reason": TEXT},
            printed=True,
            in_sight=True,
        ),
        Act.REVIEW_HOLD: ActRow(
            title="Review the hold",
            button="Record the review",
            done="The review of the hold is recorded.",
            logged="Hold reviewed",
            who=_REVIEWING,
            event=events.HoldReviewed,
            form="hold_review",
            needs={"on_track": YES_NO, "text": TEXT},
        ),
        Act.ESCALATE: ActRow(
            title="Escalate",
            button="Escalate now",
            done="The alert has been escalated. Whoever is asked and in the directory {is_told}.",
            tells="asked",
            logged="Escalated",
            who=_ESCALATING,
            event=events.Escalated,
            form="rationale",
            chosen={"ground": OptionsFrom.GROUNDS},
            needs={"rationale": TEXT},
            may={"ground": ONE},
            in_sight=True,
        ),
        Act.AGREE_DATE: ActRow(
            title="Agree another date",
            button="Agree this date",
            done="It is agreed. Another day for the answer leaves the time limit as it was.",
            logged="Another date agreed",
            who=_REVIEWING,
            event=events.DateAgreed,
            form="agreed_date",
            needs={"until": DAY, "agreed_with": TEXT, "reason": TEXT},
            may={"exceptional": YES_NO},
        ),
        Act.REFER: ActRow(
            title="Refer",
            button="Record the referral",
            done="The referral is recorded. The ladder goes on beside it.",
            logged="Referred",
            who=_OFFICER,
            event=events.Referred,
            form="referral",
            chosen={"readers": OptionsFrom.READERS, "route": OptionsFrom.ROUTES},
            needs={"route": ONE, "reason": TEXT},
            may={"consulted": TEXT, "readers": SEVERAL},
            printed=True,
            in_sight=True,
        ),
        Act.FOLLOW_UP: ActRow(
            title="Follow up a referral",
            button="Record what happened",
            done="What became of the referral is recorded.",
            logged="Referral followed up",
            who=_OFFICER,
            when=Phase.ALWAYS,  # its outcome may come when all is over
            event=events.FollowedUp,
            form="follow_up",
            chosen={"happened": OptionsFrom.FOLLOW_UPS, "referral": OptionsFrom.REFERRALS},
            needs={"referral": ONE, "happened": ONE, "on": DAY},
            may={"text": TEXT},
        ),
        Act.BY_HAND: ActRow(
            title="Record what was sent by hand",
            button="Record it",
            done="It is recorded.",
            logged="Sent by hand",
            who=_OFFICER,
            when=Phase.ALWAYS,  # a copy may go out late
            event=events.DoneByHand,
            form="by_hand",
            chosen={"whom": OptionsFrom.BY_HAND},
            needs={"whom": ONE, "on": DAY},
            may={"text": TEXT, "entered": YES_NO},
        ),
        Act.STANDSTILL: ActRow(
            title="Ask that nothing changes meanwhile",
            button="Ask that nothing changes",
            done="It is recorded that nothing is to change meanwhile.",
            logged="Nothing to change meanwhile",
            who=_OFFICER,
            event=events.StandstillBegun,
            form="standstill",
            needs={"action": TEXT, "told": TEXT},
        ),
        Act.LIFT_STANDSTILL: ActRow(
            title="Say that it may go ahead",
            button="Record that it may go ahead",
            done="It is recorded that what was not to change may go ahead.",
            logged="May go ahead",
            who=_OFFICER,
            when=Phase.ALWAYS,  # closing lifts nothing, and the action may happen all the same
            event=events.StandstillEnded,
            form="standstill_end",
            needs={"happened_anyway": YES_NO, "reason": TEXT},
        ),
        Act.OVERRIDE: ActRow(
            title="Record a grave event",
            button="Record the event",
            done="The event is recorded. Telephone those it names as well: this replaces no notification.",
            logged="Override event",
            who=_OFFICER,
            event=events.Overridden,
            form="override",
            chosen={"event": OptionsFrom.OVERRIDES},
            needs={"event": ONE, "told": TEXT, "on": DAY, "at": TEXT, "by": TEXT},
            may={"text": TEXT},
        ),
        Act.SIGN_OFF: ActRow(
            title="Record a manager's view",
            button="Record the manager's view",
            done="The manager's view is recorded.",
            logged="A manager's view recorded",
            who=(*_OFFICER, Relation.IRO_MANAGER),
            when=Phase.ALWAYS,
            event=events.SignedOff,
            form="sign_off",
            needs={"agreement": ONE, "who": TEXT, "on": DAY},
            may={"text": TEXT},
        ),
        Act.REMIND: ActRow(
            title="Send a reminder",
            button="Send the reminder",
            done="Whoever owes the answer and is in the directory {is_told}.",
            tells="reminded",
            logged="Reminder sent",
            who=(*_OFFICER, Relation.IRO_MANAGER, Relation.IRO_SUPPORT),
            event=events.ReminderSent,
            form="reminder",
            needs={"text": TEXT},
        ),
        Act.NOTE: ActRow(
            title="Add a note",
            button="Keep the note",
            done="The note is kept.",
            logged="Note added",
            who=(*_OFFICER, Relation.IRO_MANAGER),
            when=Phase.ALWAYS,
            event=events.Noted,
            form="note",
            chosen={"part": OptionsFrom.PARTS, "readers": OptionsFrom.READERS},
            needs={"text": TEXT},
            may={"part": ONE, "readers": SEVERAL},
        ),
        Act.FILE: ActRow(
            title="Record that it is filed",
            button="Record the filing",
            done="It is recorded. Once something more happens, it stands among what is not filed yet.",
            logged="Filed on the record",
            who=(*_OFFICER, Relation.IRO_SUPPORT),
            when=Phase.ALWAYS,  # most of all once it is closed
            event=events.Filed,
            form="filing",
            needs={"on": DAY, "document": TEXT},
            may={"text": TEXT},
        ),
        Act.CORRECT: ActRow(
            title="Correct a mistake",
            button="Correct the answer",
            done="The answer is corrected. What stood there before is kept in the history.",
            logged="Corrected",
            who=_OFFICER,
            when=Phase.ALWAYS,  # a slip may be found when all is over
            event=events.Corrected,
            form="correction",
            chosen={"question": OptionsFrom.QUESTIONS},
            needs={"question": ONE, "reason": TEXT},
        ),
        Act.HAND_ON: ActRow(
            title="Give it to another officer",
            button="Give it on",
            done="The alert is theirs from now on.",
            logged="Given to another officer",
            # The only say a manager has over whose alert it is; never one of those who are challenged. Of an
            # alert about the service that the manager has, whoever raised it gives it to another raiser.
            # While it is restricted, the second person sees to it that somebody has it.
            who=(Relation.IRO_MANAGER, Relation.UNMANAGED, Relation.SECOND_PERSON),
            when=Phase.ALWAYS,
            event=events.Reassigned,
            form="handing_on",
            chosen={"to": OptionsFrom.OFFICERS},
            needs={"to": ONE, "reason": TEXT},
        ),
        Act.MOVE_CASE: ActRow(
            title="The case moves",
            button="Record the move",
            done="The case has moved. Whoever is asked now {is_told}; the dates run on.",
            tells="asked",
            logged="The case moved",
            who=(*_OFFICER, Relation.IRO_MANAGER),
            event=events.CaseMoved,
            form="case_move",
            needs={"since": DAY, "reason": TEXT},
        ),
        Act.LINK: ActRow(
            title="Link it to a brother’s or sister’s alert",
            button="Record it",
            done="It is recorded with both. Nobody sees either by it who could not before.",
            logged="Linked, or no longer, with alerts about brothers or sisters",
            who=(*_OFFICER, Relation.IRO_MANAGER),
            when=Phase.ALWAYS,
            event=events.Linked,
            form="link",
            needs={"said": ONE, "reference": TEXT},
        ),
        Act.RESTRICT: ActRow(
            title="Restrict who may open it",
            button="Restrict it now",
            done="From now on nobody opens it but those named. The second person, who confirms it, {is_told}.",
            tells="restriction_to_confirm",
            logged="Restricted",
            who=(*_OFFICER, Relation.IRO_MANAGER, Relation.SECOND_PERSON),
            when=Phase.ALWAYS,  # what is closed can still be read
            event=restricted.Restricted,
            form="restriction",
            chosen={
                "named": OptionsFrom.COLLEAGUES,
                "second": OptionsFrom.OWN_SIDE,
                "stand_in": OptionsFrom.OWN_SIDE,
            },
            needs={"reason": TEXT, "second": ONE, "stand_in": ONE, "look_again": DAY},
            may={"named": SEVERAL},
        ),
        Act.CONFIRM_RESTRICTION: ActRow(
            title="Confirm the restriction",
            button="Confirm it",
            done="The restriction is confirmed.",
            logged="Restriction confirmed",
            who=(Relation.SECOND_PERSON,),
            when=Phase.ALWAYS,
            event=restricted.RestrictionConfirmed,
            form="restriction_confirmation",
            needs={"text": TEXT},
        ),
        Act.LIFT_RESTRICTION: ActRow(
            title="Lift the restriction",
            button="It is no longer needed",
            done="It is recorded. The restriction ends once two people have said so.",
            logged="Lifting of the restriction",
            who=(*_OFFICER, Relation.IRO_MANAGER, Relation.SECOND_PERSON),
            when=Phase.ALWAYS,
            event=restricted.RestrictionLifted,
            form="restriction_lifting",
            needs={"reason": TEXT},
        ),
        Act.CLOSE: ActRow(
            title="Close",
            button="Close the alert",
            done="The alert is closed.",
            logged="Closed",
            who=_REVIEWING,
            event=events.Closed,
            form="closing",
            chosen={"changes": OptionsFrom.CHANGES, "ending": OptionsFrom.ENDINGS},
            needs={"ending": ONE},
            may={
                "changes": SEVERAL,
                "look_again": DAY,
                "what_changed": TEXT,
                "child_view": TEXT,
            },
            printed=True,
            in_sight=True,
        ),
        Act.RECORD_CHANGE: ActRow(
            title="Record what is different for the child",
            button="Record what is different",
            done="It is recorded. The latest that is recorded counts.",
            logged="Change for the child recorded",
            who=_OFFICER,
            when=Phase.WHEN_CLOSED,  # while it is open, closing asks for it
            event=events.ChangeRecorded,
            form="change",
            chosen={"changes": OptionsFrom.CHANGES},
            needs={"changes": SEVERAL},
            may={"look_again": DAY, "text": TEXT},
            in_sight=True,
        ),
        Act.REOPEN: ActRow(
            title="Reopen",
            button="Reopen the alert",
            done="The alert is open again. The old dates run on as they were.",
            logged="Reopened",
            who=_OFFICER,
            when=Phase.WHEN_CLOSED,
            event=events.Reopened,
            form="reopening",
            needs={"reason": TEXT},
            in_sight=True,
        ),
    },
    without=(Act.RAISE, Act.SEE, Act.FROM_PAPER),
)
"""In the order in which they are offered. Raising has a form of its own for each council, and asks on its way what
was sent on paper; seeing has none."""

ACT_OF_KIND: Mapping[str, ActRow] = {events.kind_of(row.event): row for row in ACTS.values()}
"""The act that an event comes from, by the event's kind."""
