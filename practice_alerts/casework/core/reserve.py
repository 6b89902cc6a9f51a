"""Who manages an alert that challenges every manager of the reviewing service."""

from dataclasses import dataclass

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.casework.core.actors import actor_in, holders, managers
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.notice_facts import facts_about, notice_of
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.permissions import Actor, all_challenged, cannot_manage
from practice_alerts.domain.procedure.directions import MANAGER, RESERVE
from practice_alerts.domain.text import joined
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class InReserve:
    """Every manager is barred, or there is none; who is in reserve for them, and is not."""

    acting: tuple[Actor, ...]
    is_vacant: bool
    """Nobody manages the service at all."""
    is_for_interest: bool = False
    """One of them is barred for an interest in the child."""

    @property
    def in_words(self) -> str:
        why = "Nobody is IRO manager here today."
        if not self.is_vacant:
            why = "This alert challenges whoever is IRO manager here, so that they have no say over it."
        if self.is_for_interest:
            why = "Whoever is IRO manager here is challenged by this alert, or has an interest in the child."
        if not self.acting:
            return f"{why} Nobody is named to act in their place: ask an administrator to name a reserve IRO manager."
        names = joined([one.name for one in self.acting])
        verb = "acts" if len(self.acting) == 1 else "act"
        return f"{why} {names}, in reserve, {verb} as IRO manager."


def in_reserve(office: Office, tx: Tx, found: Known) -> InReserve | None:
    """None while a manager is left, and where no manager has a say: about the service, or restricted."""
    alert, named = found.alert, found.named
    if MANAGER not in own_side_of(found.files.procedure) or alert.restriction is not None:
        return None
    council = found.files.id
    if not all_challenged(managers(office, tx, council), alert, named):
        return None
    managing = {one.id for one, _ in directory.holders_by_team(tx, council, MANAGER, office.today)}
    reserve = (
        actor_in(office, tx, who, council) for who in holders(office, tx, council, (RESERVE,))
    )
    acting = tuple(one for one in reserve if not cannot_manage(one, alert, named))
    for_interest = bool(managing & found.shut_out)
    return InReserve(acting, not managing, for_interest) if acting or managing else None


def tell_reserve(office: Office, tx: Tx, found: Known, by: str) -> None:
    """Once for each alert, whoever acts as its manager because every manager is barred."""
    barred = in_reserve(office, tx, found)
    if barred is None:
        return
    about = facts_about(office, tx, found)
    for one in barred.acting:
        if one.id != by:
            new = notice_of(office, tx, found, "reserve_acts", (one.id, about))
            outbox.write_once(tx, new, f"reserve:{found.id}:{one.id}", office.now())
