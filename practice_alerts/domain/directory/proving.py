"""Which acts on the directory take somebody who has lately proved who they are: asked by the verb and by its form."""

from collections.abc import Mapping
from enum import StrEnum

from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.complete import complete
from practice_alerts.domain.errors import Expected


class DirectoryAct(StrEnum):
    """What is done on the page "Directory"; the value stands in the form's address."""

    GIVE_POST = "give_post"
    END_POST = "end_post"
    END_POST_NOW = "end_post_now"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    ADD_PERSON = "add_person"
    CHANGE_PERSON = "change_person"
    LEAVE = "leave"
    SIGN_OUT = "sign_out"
    UNLINK_ACCOUNT = "unlink_account"
    SET_COVER = "set_cover"
    END_COVER = "end_cover"
    INTEREST_OF = "interest_of"
    WITHDRAW_INTEREST = "withdraw_interest"


_PROVES: Mapping[DirectoryAct, bool] = complete(
    DirectoryAct,
    # What is refused gives nobody anything, and a withdrawal holds only once somebody else has confirmed it.
    {act: act not in {DirectoryAct.REFUSE, DirectoryAct.WITHDRAW_INTEREST} for act in DirectoryAct},
)


class ProveAgain(Expected):
    """Somebody who sits at a browser that was signed in some time ago is perhaps somebody else."""

    def __init__(self) -> None:
        super().__init__(
            "You signed in some time ago. Sign in once more, then press again: what you typed is kept."
        )


def asks_to_prove(act: str) -> bool:
    """By its name in the address; what is no act on the directory asks for nothing."""
    return act in set(DirectoryAct) and _PROVES[DirectoryAct(act)]


def must_have_proved(actor: Actor, act: DirectoryAct) -> None:
    """Raises ProveAgain."""
    if _PROVES[act] and actor.must_prove_again:
        raise ProveAgain
