"""Which process does what one alone is to do: for the whole store, and for a folder that several may share."""

from pathlib import Path

from practice_alerts.adapters.processes import OnlyOne
from practice_alerts.adapters.store.core.database import Database


class Leading:
    """The one that leads goes on until it ends; then another does, within the second in which it asks."""

    def __init__(self, database: Database, folder: Path) -> None:
        _, dialect, engine = database.parts()
        self._database = database
        self._of_store = dialect.leader(engine.url, folder)
        self._of_folder = OnlyOne(folder / "follows")

    def of_store(self) -> bool:
        """Raises StorageTrouble where the store cannot say."""
        with self._database.telling():
            return self._of_store.is_us()

    def of_folder(self) -> bool:
        return self._of_folder.is_us()

    def let_go(self) -> None:
        self._of_store.let_go()
        self._of_folder.let_go()
