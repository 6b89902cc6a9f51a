"""The words of `goes_on_when`: what each means, and where the app leads on for it by itself."""

from typing import Final

from practice_alerts.domain.complete import complete
from practice_alerts.domain.procedure.ladder import Ground
from practice_alerts.domain.standing.status import GROUND_OF

MEANS: Final = complete(
    Ground,
    {
        Ground.NO_ANSWER: "The day for the answer has passed, and none has come. An aim that passes is no such day.",
        Ground.NOT_SATISFACTORY: "An answer has come, and was found not satisfactory.",
        Ground.NOT_SETTLED: (
            "Whatever happened, the matter is still open: a step is late, or the steps have taken place and settled"
            " nothing. It holds for every other reason too, so a stage that has it goes on for any of them."
        ),
        Ground.TASK_OUTSTANDING: (
            "What was promised is not done: the hold has ended, or the day by which it was to be put right (`settle`)"
            " has passed."
        ),
        Ground.ACTION_DATES_PASSED: "The dates set for the actions (`action_dates`) have passed.",
        Ground.REPEATED: "The same happens again, with this child or elsewhere.",
        Ground.IMPACT_ON_CHILD: "What is wrong has a significant effect on the child.",
    },
)


def grounds_table() -> str:
    rows = (f"| `{one.value}` | {one.words} | {MEANS[one]} | {_by_itself(one)} |" for one in Ground)
    return "\n".join(
        (
            "| word | on screen | holds when | the app says so by itself where it stands at |",
            "|---|---|---|---|",
            *rows,
            "",
        )
    )


def _by_itself(ground: Ground) -> str:
    found = [standing.value for standing, led_by in GROUND_OF.items() if led_by is ground]
    return ", ".join(f"“{one}”" for one in found) or "nothing: whoever takes it further chooses it"
