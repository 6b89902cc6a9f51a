"""What became of an alert on paper, before it stood here."""

from datetime import date, datetime, time

from practice_alerts.domain.dates import LONDON, in_full, london_date
from practice_alerts.domain.definition import Definition, Said
from practice_alerts.domain.procedure.ladder import Ladder, label_of
from practice_alerts.domain.text import small


class PaperWay(Said):
    """How it went to those who are asked."""

    PAPER = "paper", "On paper, by post or by hand"
    EMAIL = "email", "By e-mail"
    OTHER_SYSTEM = "other_system", "In another system"
    OTHER = "other", "Another way"


class EarlierStage(Definition):
    """A stage that was left before, and the day for the answer as it was given then."""

    stage: str
    entered: date
    due: date | None = None


class EarlierAnswer(Definition):
    """In brief: the answer itself stands on paper."""

    on: date
    who: str
    text: str


class OnPaper(Definition):
    """Kept with the raising, and never changed: no day that once stands here is moved by it."""

    by: str
    """Who entered it: name and post, or for whom."""
    reference: str = ""
    """What it bore on paper; empty where it bore none."""
    raised_on: date
    stage: str
    """Where it stood when it was entered."""
    way: PaperWay
    sent: datetime
    """Aware. When it went to the stage where it stood when it was entered; of a day alone its beginning."""
    at: str = ""
    """The time of day as it was told; empty where the day was enough."""
    due: date | None = None
    """The day for the answer there, as it was given; None where the clock gives it."""
    earlier: tuple[EarlierStage, ...] = ()
    """In the order of the ladder."""
    answers: tuple[EarlierAnswer, ...] = ()

    @property
    def sent_on(self) -> date:
        return london_date(self.sent)

    @property
    def raised_at(self) -> datetime:
        """The moment from which what counts from the raising is counted."""
        return self.sent if self.raised_on == self.sent_on else beginning(self.raised_on)

    @property
    def first_stage(self) -> str:
        return self.earlier[0].stage if self.earlier else self.stage

    @property
    def is_taken_over(self) -> bool:
        """Had anything become of it by then? Else it was entered late, and nothing more."""
        return bool(self.earlier or self.answers)

    def mark(self, entered: datetime) -> str:
        """``Taken over from paper by Ines Okoro, IRO, on Monday 3 June 2025``."""
        how = "Taken over from paper" if self.is_taken_over else "Sent on paper and entered late"
        return f"{how} by {self.by}, on {in_full(london_date(entered))}"


def beginning(day: date) -> datetime:
    """Of that day in London: for clocks that count from it, and whatever happened on it came later."""
    return datetime.combine(day, time(), tzinfo=LONDON)


def paper_lines(
    paper: OnPaper, entered: datetime, ladder: Ladder | None
) -> tuple[tuple[str, str], ...]:
    """What is told of it wherever the alert is told of: a label, and what stands there."""
    now = london_date(entered)
    came = ((label_of(ladder, one.stage), _came(one)) for one in paper.earlier)
    answers = ((f"Answer of {one.who}, {in_full(one.on)}", one.text) for one in paper.answers)
    at = f", {paper.at}" if paper.at else ""
    lines = (
        ("From paper", paper.mark(entered)),
        ("Its reference on paper", paper.reference),
        ("Raised on paper", in_full(paper.raised_on)),
        *came,
        *answers,
        ("Sent on", f"{in_full(paper.sent_on)}{at}: {small(paper.way.words)}"),
        ("Entered on", in_full(now)),
        ("Answer due, as given on paper", in_full(paper.due) if paper.due else ""),
    )
    return tuple((label, said) for label, said in lines if said)


def _came(stage: EarlierStage) -> str:
    due = f"; answer due {in_full(stage.due)}, as given then" if stage.due else ""
    return f"came there {in_full(stage.entered)}{due}"
