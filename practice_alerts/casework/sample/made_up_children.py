"""The children of the sample office, plainly made up: no two of a council have one number."""

from dataclasses import dataclass
from datetime import date

_CHILDREN = (
    *("Alex", "Bo", "Cleo", "Dee", "Evin", "Fen", "Gael", "Hale", "Ilo", "Juno", "Kai", "Lio"),
    *("Mika", "Nell", "Ode", "Pia", "Quill", "Remy", "Sol", "Tove", "Ulla", "Vida", "Wim", "Yuri"),
    *("Zoe", "Ari", "Bela", "Cosmo", "Dara", "Elio", "Faye", "Gus", "Hedy", "Ivo", "Joss", "Kim"),
)
_FAMILIES = ("Vzor", "Przyklad", "Voorbeeld", "Esempio", "Primer", "Exempel", "Pelda", "Naide")
_BORN = 2010


@dataclass(frozen=True, slots=True)
class MadeUpChild:
    name: str
    case_number: str
    born: date

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


def made_up_child(council: int, number: int) -> MadeUpChild:
    """The how-manyth child of the how-manyth council; always the same."""
    first = _CHILDREN[(number + 5 * council) % len(_CHILDREN)]
    family = _FAMILIES[(number // 3 + number // 72 + council) % len(_FAMILIES)]
    born = date(_BORN + number % 9, 1 + number % 12, 1 + number % 28)
    return MadeUpChild(f"{first} {family}", f"S-{200_000 + 1000 * council + number}", born)
