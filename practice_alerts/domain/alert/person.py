"""Somebody as an event names them."""

from practice_alerts.domain.definition import Definition


class Person(Definition):
    """Somebody as they were named at the time, and the post in which they act."""

    id: str
    """Empty for somebody outside the directory: no mail reaches them, and they cannot sign in."""
    name: str
    post: str = ""
    """The post's title as the procedure gives it; empty where it does not matter."""

    @property
    def in_words(self) -> str:
        """The name with its post, unless the post is all that is known of them."""
        return ", ".join(dict.fromkeys(filter(None, (self.name, self.post))))
