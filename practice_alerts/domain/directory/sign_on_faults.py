"""Why somebody was not signed in by their council's single sign-on, each with what to do."""

from practice_alerts.domain.definition import Said
from practice_alerts.domain.errors import Expected

_TWICE = "Nobody was signed in. Begin again; if it happens twice, tell your administrator."


def _odd(what: str) -> str:
    return f"The answer of your council's sign-on {what}. {_TWICE}"


def _known(why: str) -> str:
    return f"{why} Ask your administrator."


class SignOnFault(Said):
    """The value goes to the log, the words to whoever wanted to sign in."""

    NOT_BEGUN = (
        "not begun here",
        "This way of signing in was not begun in this browser, or more than ten minutes ago. Begin again.",
    )
    REFUSED_THERE = (
        "refused by the provider",
        "Your council's sign-on did not let you in. Begin again, or ask whoever looks after your account.",
    )
    DOWN = (
        "provider did not answer",
        "Your council's sign-on does not answer as it should. Nobody was signed in. Try again later.",
    )
    USED = (
        "answer used before",
        "This answer of your council's sign-on has been used already. Begin again, unless you are signed in by now.",
    )
    BUSY = (
        "too many at once",
        "Too many people are signing in at this moment. Begin again in half a minute.",
    )
    CODE = (
        "code not taken",
        "What your council's sign-on gave this browser is used up or not its own. Begin again.",
    )
    ELSEWHERE = "address of another host", _odd("points to another place")
    OTHER_ISSUER = "wrong issuer", _odd("comes from another sign-on")
    NOT_SIGNED = "no token, or one that cannot be read", _odd("is not complete")
    ALGORITHM = "signed in a way that is not taken", _odd("is not signed as it must be")
    UNKNOWN_KEY = "key not held by the provider", _odd("is signed with a key that it does not name")
    SIGNATURE = "wrong signature", _odd("was altered on the way")
    AUDIENCE = "wrong audience", _odd("is meant for another service")
    OTHER_PARTY = "wrong authorised party", _odd("was made for another service")
    NONCE = "wrong nonce", _odd("belongs to another attempt")
    EXPIRED = "expired", _odd("is too old")
    FUTURE = "issued in the future", _odd("bears a time that is still to come")
    NO_TIMES = "without its times", _odd("does not say of when it is")
    SUBJECT = "without subject", _odd("does not say who you are")
    NOT_AGAIN = (
        "not signed in anew",
        "Your council's sign-on did not ask once more who you are. Try again, and give your password there.",
    )
    ANOTHER = (
        "signed in anew as somebody else",
        "You signed in there as somebody else than here. Sign in as yourself, or sign out here first.",
    )
    NOT_LOGOUT = "no logout token", "This is no logout token."
    REPLAYED = "logout token used before", "This logout token has been used."
    UNKNOWN = "person unknown", _known("Your council's account is not known here.")
    LEFT = "person has left", _known("Your account belongs to somebody who has left.")
    NO_POST = "person without post", _known("You hold no post of this council today.")
    PASSED_ON = (
        "address was somebody else's before",
        _known(
            "Your address was somebody else's here before, so your account has to be let in first."
        ),
    )
    OTHER_ACCOUNT = (
        "person known by another account",
        _known("Another account of your council is entered here for your address."),
    )


class SignOnRefused(Expected):
    """Nobody is signed in, and nothing of the answer is kept."""

    def __init__(self, fault: SignOnFault) -> None:
        self.fault = fault
        super().__init__(fault.words)


class BadSignOn(Expected):
    """A setting for a council's single sign-on that cannot be right."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name}: {what}")
