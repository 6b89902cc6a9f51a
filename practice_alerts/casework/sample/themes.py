"""What the sample alerts are about: for each theme what was found, asked, answered and put right, in our own words.

`{child}` is the child's first name. No line for the log names anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One matter, told from finding it to its being put right."""

    fits: tuple[str, ...]
    """Ids of categories, criteria or subjects under which it falls, the best first."""
    line: str
    """For the log."""
    found: str
    asked: str
    poor: str
    """An answer that settles nothing, and then what is wrong with it."""
    why_poor: str
    promise: str
    done: str
    right: str
    """What changed for the child."""
    view: str = ""
    """What the child says."""


THEMES = (
    Theme(
        fits=("statutory", "non-attendance", "plan", "care_planning"),
        line="No visit within the statutory time",
        found="{child} has been seen once in three months, and not alone. The carer rings the office in vain.",
        asked="Visit this week, see {child} alone, and put the next three visits into the diary.",
        poor="Visits are difficult at present because two colleagues are ill.",
        why_poor="Illness explains the gap and does not say who visits, or when.",
        promise="A colleague from the neighbouring desk takes over the visits until the illness is past.",
        done="{child} was visited on Monday and spoke with the worker alone for half an hour.",
        right="{child} knows who comes and when, and has a number to ring between visits.",
        view="“I stopped waiting at the window.”",
    ),
    Theme(
        fits=("drift", "plan", "permanence", "care_planning", "tasks"),
        line="Search for a long-term home has not begun",
        found="All agreed in spring that {child} needs a home to stay in. No search has been started since.",
        asked="Start the search, name who leads it, and say what is done by the end of the month.",
        poor="The matter is with the panel.",
        why_poor="The panel has never received any papers about it.",
        promise="The profile is written by then and goes to three agencies the same day.",
        done="The profile is finished, and two families have asked to meet {child}.",
        right="{child} has met a family twice and is to move in before the holidays.",
        view="“I would like to unpack all my boxes for once.”",
    ),
    Theme(
        fits=("statutory", "services", "general", "care_planning", "poor-practice"),
        line="Health assessment four months late",
        found="The yearly health assessment was due in early spring. {child} wears glasses that no longer fit.",
        asked="Book the assessment and an optician, and take {child} there.",
        poor="The carer was told to ring the surgery.",
        why_poor="It is not for the carer to arrange what the authority owes.",
        promise="The nurse has given a day for the assessment; the optician follows in the same week.",
        done="The assessment took place, and the glasses are ordered.",
        right="{child} can read from the last row again, and the headaches have gone.",
    ),
    Theme(
        fits=("services", "general", "resources", "plan", "poor-practice"),
        line="Agreed counselling has not been funded",
        found="Counselling was agreed for {child} in the last review. The request for the money was never signed.",
        asked="Sign the request, and tell {child} when the first hour is.",
        poor="The budget for this year is spent.",
        why_poor="Want of money does not undo what was agreed for this child.",
        promise="The request is signed; the counsellor has a place from that week on.",
        done="The first two hours have taken place.",
        right="{child} goes gladly and has slept through for the first time in months.",
        view="“I want somebody to talk to who does not write it all down.”",
    ),
    Theme(
        fits=("plan", "drift", "care_planning", "general", "participation"),
        line="Contact with siblings has stopped without a decision",
        found="{child} has not seen the two younger ones since the summer. Nobody decided that; it just ended.",
        asked="Set the dates up to the holidays, and say who brings the children.",
        poor="Contact is being looked at.",
        why_poor="It names neither a date nor a person.",
        promise="The first meeting is at the family centre; the dates after it are agreed there.",
        done="They met on Saturday and have dates for the rest of the term.",
        right="{child} sees the younger ones every second Saturday, and the dates hang on the fridge.",
        view="“They will forget what I look like.”",
    ),
    Theme(
        fits=("statutory", "general", "care_planning", "poor-practice"),
        line="Pathway plan missing two months before leaving care",
        found="{child} turns eighteen soon. There is no pathway plan, and nobody has talked about where to live.",
        asked="Write the plan with {child}, and name the adviser who stays afterwards.",
        poor="A plan will be drawn up in good time.",
        why_poor="There are eight weeks left. Good time was last year.",
        promise="The adviser meets {child} twice before then and brings the plan to the review.",
        done="The plan is written, and {child} has read and changed it.",
        right="{child} keeps the room at the carer's until the course is finished.",
    ),
    Theme(
        fits=("safeguarding", "statutory", "general", "other", "poor-practice"),
        line="Return interviews after going missing were not offered",
        found="{child} was away overnight three times. Nobody has asked since where, with whom, and why.",
        asked="Offer an interview by somebody independent, and hold the meeting about the risks.",
        poor="{child} came back each time and seemed well.",
        why_poor="That somebody returns says nothing about the risk they return from.",
        promise="The interview is offered by the independent service; the meeting is called for the same week.",
        done="{child} has talked to somebody of the independent service, and the meeting has been held.",
        right="{child} rings when it gets late, and the two addresses that worried us are known.",
    ),
    Theme(
        fits=("services", "general", "resources", "permanence", "plan"),
        line="Move planned without a review",
        found="{child} is to move to another county at the end of the month. No review has looked at it.",
        asked="Hold the review first, and ask {child} what moving would mean.",
        poor="The present home has given notice, so there is no choice.",
        why_poor="Notice runs four weeks. A review takes one morning.",
        promise="The review is held before any move; the home has agreed to wait for it.",
        done="The review was held. {child} stays until another home nearby is found.",
        right="{child} did not have to leave friends and football in the middle of the season.",
        view="“Nobody asked me. They told me.”",
    ),
    Theme(
        fits=("plan", "drift", "tasks", "care_planning", "general"),
        line="Life story work agreed and not begun",
        found="{child} asks where the first years went. Life story work was agreed a year ago and has no worker.",
        asked="Name a worker, and begin with the photographs that the grandmother keeps.",
        poor="It is on the waiting list.",
        why_poor="A year on a list is no beginning.",
        promise="A worker is named and brings the first pages to the next visit.",
        done="They have met three times and made the first book.",
        right="{child} has a book with names and pictures, and has shown it to the class teacher.",
    ),
    Theme(
        fits=("statutory", "safeguarding", "plan", "no-report", "general", "care_planning"),
        line="Report for the meeting came on the day itself",
        found="The report for the meeting about {child} came that morning. The family had not read a line of it.",
        asked="Send the next report five working days before, and go through it with the family.",
        poor="The report was there when the meeting began.",
        why_poor="Nobody can prepare with what they see at the table.",
        promise="The next report is ready by then and is read with the family at home.",
        done="The report went out a week ahead, and the worker read it with the parents.",
        right="{child}'s parents came with questions of their own and agreed to the plan.",
    ),
    Theme(
        fits=("statutory", "non-attendance", "general", "resources", "plan"),
        line="No social worker allocated for six weeks",
        found="{child}'s worker left six weeks ago. Nobody has taken over; the duty desk answers the telephone.",
        asked="Allocate a worker, and let the manager introduce them to {child} in person.",
        poor="Recruitment is under way.",
        why_poor="A vacancy is filled some day. {child} needs a name today.",
        promise="A permanent worker starts on that day and visits in the first week.",
        done="A worker is allocated and came with the manager on Thursday.",
        right="{child} has one worker again, the third this year and the first to stay for supper.",
        view="“I do not learn their names any more.”",
    ),
    Theme(
        fits=("plan", "drift", "general", "participation", "care_planning"),
        line="Decision changed without telling the reviewing service",
        found="The plan for {child} was changed from going home to staying away, and the file does not say why.",
        asked="Give the reasons in writing, and bring the change to a review.",
        poor="Circumstances have changed.",
        why_poor="That a plan changes is no reason for changing it.",
        promise="The reasons are written down by then, and a review is called.",
        done="The reasons are on file, and the review has agreed a plan with two steps.",
        right="{child} knows what has to happen before going home, and who checks it.",
    ),
    Theme(
        fits=("safeguarding", "plan", "poor-practice", "care_planning", "general"),
        line="Core group has not met between two conferences",
        found="The group of those who help the family has not met since the conference. {child}'s plan is as it was.",
        asked="Call the group, and send round who does what by when.",
        poor="Those concerned are in touch by e-mail.",
        why_poor="An exchange of e-mails leaves out the parents.",
        promise="The group meets every fourth week from then on, and the parents are asked first.",
        done="The group has met twice, and both times somebody of the family was there.",
        right="{child} is brought in time every morning, and the mother has somebody to ring.",
    ),
    Theme(
        fits=("services", "general", "statutory", "poor-practice", "other"),
        line="Interpreter was left out of three meetings",
        found="{child} follows the talk in another language. At the last three meetings nobody interpreted.",
        asked="Book an interpreter for each meeting, and go through the last minutes with {child}.",
        poor="{child} was nodding throughout.",
        why_poor="Nodding is polite. It is not understanding.",
        promise="An interpreter is booked for the next meeting and for the visits before it.",
        done="The minutes were gone through with an interpreter, and {child} put two things right.",
        right="{child} speaks for longer than anybody else in the room now.",
    ),
)

PRAISE = (
    (
        "A visit kept every fortnight through a hard winter",
        "The worker came every second Friday, also when the trains did not run, and kept every promise made.",
        "{child} says who can be relied on, and names the worker first.",
    ),
    (
        "Brothers brought together within a week",
        "Two teams found a home for all three boys in six days and told them together.",
        "{child} fell asleep in a room with both brothers.",
    ),
)
"""Good practice: the line for the log, what was done, and what it changed."""

_TOLD = ("yes", "yes", "no", "yes", "")
"""Whether a child was told of their rights; of one in five nothing is said."""
_KNOWN = ("observed", "by_advocate", "declined", "too_young", "not_asked", "heard")


def said_at_closing(number: int, said: Mapping[str, str]) -> dict[str, str]:
    """How the child's view is known: where its words are written down, they were heard; and what the child was told."""
    how = "heard" if "child_view" in said else _KNOWN[number % len(_KNOWN)]
    advocate, complaints = _TOLD[number % len(_TOLD)], _TOLD[number // 2 % len(_TOLD)]
    told = {"advocacy_told": advocate, "complaints_told": complaints, "against_wishes": "no"}
    return {"child_view_how": how, **{name: answer for name, answer in told.items() if answer}}
