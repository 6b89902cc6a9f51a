"""Who signs in by a link sent to them, and not by an account of their council."""

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson, PostHolding
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.office import Office


def may_come_by_link(office: Office, tx: Tx, person: DirectoryPerson) -> bool:
    """Nobody without a post; where a council has single sign-on, its named guests alone.

    A guest reads e-mails elsewhere than at the council's own domains, and neither runs the office nor is a
    director.
    """
    posts = directory.posts_of(tx, person.id, office.today)
    return bool(posts) and all(_is_guest(office, person, one) for one in posts)


def _is_guest(office: Office, person: DirectoryPerson, held: PostHolding) -> bool:
    provider = office.sign_ons.get(held.council)
    if provider is None:
        return True
    has_account = not provider.sign_on.staff_domains or provider.sign_on.is_staff_address(
        person.mail
    )
    directs = held.post in OFFICE_POSTS or "director" in held.post.split("_")
    return not has_account and not directs
