"""What a list of alerts is narrowed down to. Nothing in it is of any case: it may be kept under a name."""

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import ValidationError

from practice_alerts.domain.definition import Definition
from practice_alerts.domain.standing.standings import Pile

Whose = Literal["mine", "team", "service"]

Order = Literal["due", "stage", "open"]
"""What stands first: what is due first, the highest stage, what has been open longest."""

WITHIN = (0, 5, 10, 20)
"""Working days from today, to choose from."""


class Filters(Definition):
    """Each is an id from a list to choose from; empty means any."""

    whose: Whose = "mine"
    kind: str = ""
    stage: str = ""
    """The kind and the stage, ``practice_alert/stage-1``: two kinds may have a stage of one id."""
    pile: Pile | None = None
    needs: bool = False
    """It is the turn of the officer whose alert it is."""
    category: str = ""
    team: str = ""
    officer: str = ""
    """A person's id."""
    within: int | None = None
    """A date of the alert falls within that many working days from today, or has passed."""
    past_cap: bool = False
    no_slack: bool = False
    order: Order = "due"
    dense: bool = False
    """A row of a table for each alert."""
    not_filed: bool = False
    """Something happened since it was last filed in the case system; of closed alerts too."""

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Self | None:
        """What `written` or an address says; None where this version cannot read it."""
        try:
            return cls.model_validate(written)
        except ValidationError:
            return None

    @property
    def written(self) -> dict[str, Any]:
        """What is not as it is by itself, as plain values."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @property
    def narrow(self) -> bool:
        """Is anything filtered, whoever's alerts they are and however they are shown?"""
        return self != self.cleared

    @property
    def cleared(self) -> Self:
        """Nothing filtered; whose alerts, and how they are shown, as they are."""
        return type(self)(whose=self.whose, order=self.order, dense=self.dense)

    @property
    def is_own_tray(self) -> bool:
        """One's own alerts, all of them?"""
        return self.whose == "mine" and not self.narrow
