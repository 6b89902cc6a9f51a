"""What stands in each of the two reports, section by section."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from practice_alerts.domain.definition import Said


class ReportName(Said):
    SERVICE = "service", "Report for the service"
    BOARD = "board", "Annual report for publication"


@dataclass(frozen=True, slots=True)
class ReportSection:
    """`to_write` is what somebody writes there; `figures` are measures by their names."""

    title: str
    says: str = ""
    figures: tuple[str, ...] = ()
    to_write: str = ""
    place: str = ""
    """Under which what is written there is kept, and found by a template."""
    has_actions: bool = False
    """Do the actions stand there that are carried on from report to report?"""


@dataclass(frozen=True, slots=True)
class Report:
    name: ReportName
    for_whom: str
    may_leave: bool
    """Is it made to leave the building? Then its numbers are rounded, and of whole years alone."""
    sections: tuple[ReportSection, ...]

    @property
    def figures(self) -> tuple[str, ...]:
        return tuple(name for section in self.sections for name in section.figures)

    @property
    def places(self) -> Mapping[str, ReportSection]:
        """The sections beside which somebody writes."""
        return {section.place: section for section in self.sections if section.place}

    @property
    def has_actions(self) -> bool:
        return any(section.has_actions for section in self.sections)


WORDS: Mapping[str, str] = {
    "Practice alert": "a formal way for a reviewing officer to say that something is going wrong for a child, and to"
    " have it put right",
    "Concern": "a practice alert about something to be put right; good practice is counted apart",
    "Stage": "one step of the council’s ladder, each more senior than the one before; the first may be informal",
    "Promise": "something accepted until an agreed day by which it is to be done",
    "Time limit": "the longest that all formal stages together may take",
    "Stay": "one time that a concern was at a stage; it may be at the same stage again",
    "Aim": "a day that is hoped for: after it nobody counts as late",
    "Ninth decile": "of numbers in their order the one that nine in ten do not pass",
    "Nothing to change meanwhile": "something that is not to happen to the child until the alert is settled",
    "IRO": "Independent Reviewing Officer, who reviews the care plan of a child looked after by the council",
    "CP": "child protection: a CP chair leads the conferences about a child on a child protection plan",
    "CAFCASS": "the Children and Family Court Advisory and Support Service, to which an officer may take a concern",
    "LSCP": "the Local Safeguarding Children Partnership of council, police and health service",
    "Core group": "those who carry out a child protection plan between one conference and the next",
    "Section 47": "of the Children Act 1989: the council’s enquiry whether a child is suffering harm",
    "Pathway plan": "how a young person is to leave care, and what help they have then",
    "Permanence": "a home in which a child is to stay until grown up",
    "PEP": "personal education plan, of a child looked after by the council",
    "NHS": "the National Health Service",
    "GP": "general practitioner, a family’s own doctor",
    "DCS": "Director of Children’s Services, who answers for all of the council’s work with children",
    "CSE": "child sexual exploitation",
    "QA": "quality assurance: looking at whether work is as good as it should be",
    "YOS": "Youth Offending Service",
    "SEN": "special educational needs",
    "OFFICIAL": "the government’s mark for everyday papers; OFFICIAL-SENSITIVE for those that are to stay inside",
}
"""Every word and abbreviation that a reader from outside may not know."""
_WRITTEN = {"Practice alert", "Concern", "IRO"}
"""What whoever writes the report is sure to say."""


def words_in(text: str) -> dict[str, str]:
    """Those of them that stand in a text, an abbreviation only as it is written; and what people write beside it."""
    return {
        short: meaning
        for short, meaning in WORDS.items()
        if short in _WRITTEN or _stands_in(short, text)
    }


def _stands_in(short: str, text: str) -> bool:
    flags = 0 if short.isupper() else re.IGNORECASE
    return re.search(rf"\b{short}s?\b", text, flags) is not None


def explained_in(texts: Mapping[str, str]) -> dict[str, str]:
    """Of each of these, in their order, the abbreviations that stand in it first, with what they mean; else nothing."""
    told: dict[str, str] = {}
    found = {}
    for place, text in texts.items():
        new = {
            short: meaning
            for short, meaning in WORDS.items()
            if short.isupper() and short not in told and _stands_in(short, text)
        }
        told |= new
        found[place] = " ".join(f"{short}: {meaning}." for short, meaning in new.items())
    return found


_TO_SAY = (
    "In five lines: what these figures show, what has changed, and what is to be done about it. No names, and no"
    " story by which a child could be known."
)
_CHILD = ReportSection(
    "The child’s voice",
    "Whether what the child says was written down, and whether they were told who can speak for them. Counted is what"
    " was recorded as a yes: a 0 does not say that it was not done, since it may have been left unanswered.",
    ("childs_voice",),
)

_THE_SERVICE = ReportSection(
    "The service in this period",
    to_write="Officers in full-time equivalents and children for each; reviews held, how many of them in time, and why not"
    " the others; how many children took part in theirs. None of this is counted here.",
    place="service",
)

SERVICE = Report(
    ReportName.SERVICE,
    "For those who run the service. Its figures are exact, and stay inside.",
    may_leave=False,
    sections=(
        ReportSection("In short", to_write=_TO_SAY, place="summary"),
        _THE_SERVICE,
        ReportSection(
            "Raised, and still open",
            "More alerts are no bad sign: they say that somebody is looking.",
            ("raised", "raised_by_month", "ever_formal", "open_at_end"),
        ),
        ReportSection(
            "To chase",
            "Posts and not people: a late answer may be a vacancy or a leave without cover.",
            ("no_answer_by_post", "why_answers_came_late", "within_the_time_limit"),
        ),
        ReportSection(
            "What concerns are about",
            "Examples are ticked by whoever raises, if they wish: few ticks do not say that little was found.",
            ("themes", "examples_ticked", "shared_themes"),
        ),
        ReportSection(
            "In time?",
            "A day that had passed, by what had come of it. After an aim nobody is late.",
            ("timeliness_by_stage", "steps_in_time", "put_right_in_time", "what_is_timed"),
        ),
        ReportSection(
            "What came of them",
            figures=(
                *("endings", "change_for_the_child", "highest_stage", "time_to_put_right"),
                "promises",
            ),
        ),
        ReportSection(
            _CHILD.title,
            "Numbers below five may point to one child.",
            ("childs_voice", "raised_again", "standstills"),
        ),
        ReportSection(
            "Do we ourselves act?",
            "The reviewing side’s own part; never by officer.",
            ("our_own_side", "room_left"),
        ),
        ReportSection(
            "Ways out, and past the ladder",
            "A nought is a figure too: nobody was taken there.",
            ("referrals", "overrides"),
        ),
        ReportSection("Partner agencies", figures=("partner_alerts", "partner_timeliness")),
        ReportSection("Good practice", figures=("good_practice",)),
        ReportSection(
            "Actions",
            "What was agreed to be done stands in each report until it is done, or is not to be done after all.",
            has_actions=True,
        ),
    ),
)

BOARD = Report(
    ReportName.BOARD,
    "For the corporate parenting board, and anybody else. Its numbers are rounded, so that no child can be found"
    " in them.",
    may_leave=True,
    sections=(
        ReportSection("Summary", to_write=_TO_SAY, place="summary"),
        _THE_SERVICE,
        ReportSection(
            "What a practice alert is",
            "When a reviewing officer finds that the council is failing a child, and asking has not helped, the officer"
            " raises a practice alert. It goes to a manager, who has so many days to answer. If it is not put right,"
            " it climbs to a more senior one, stage by stage, until it is. Nobody who is challenged can stop it.",
        ),
        ReportSection(
            "Concerns raised",
            "More alerts are no bad sign: they say that somebody is looking. Where – stands, here and below, nothing was"
            " published for that year, or there are too few to say it.",
            ("ever_formal",),
        ),
        ReportSection(
            "What they were about",
            "One concern can be about several things, so these add up to more than all.",
            ("themes",),
        ),
        ReportSection("How far they climbed", figures=("highest_stage",)),
        ReportSection(
            "Were they answered in time?",
            "A manager has so many days to answer. Counted are the answers whose last day had come; a concern that was"
            " settled or taken further before that day is not among them.",
            ("timeliness_by_stage", "within_the_time_limit"),
        ),
        ReportSection("What came of them", figures=("endings", "time_to_put_right", "promises")),
        ReportSection(
            "The difference made",
            "What changed for each child is counted inside the service. Beside how concerns ended, those numbers could"
            " say too much of one child, so they are not printed here.",
            to_write="Four to six short examples of what changed for a child, told so that no child can be known. They"
            " are written here, and never drawn from an alert.",
            place="difference",
        ),
        _CHILD,
        ReportSection(
            "Ways out of the council",
            "Where a concern was taken when the council’s own stages did not settle it, or could not wait. A 0 stands"
            " for none or nearly none.",
            ("referrals",),
        ),
        ReportSection("Good practice", figures=("good_practice",)),
        ReportSection(
            "Priorities",
            to_write="What last year’s report said would be done, and what was. Then what is to be done this year.",
            place="priorities",
        ),
    ),
)

REPORTS: Mapping[ReportName, Report] = {one.name: one for one in (SERVICE, BOARD)}
