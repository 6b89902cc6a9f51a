"""Make the pages of docs/ anew, and with the word `pictures` each form's picture (needs LibreOffice)."""

import sys

from tools.docs.pages import ROOT, pages, write
from tools.docs.pictures import photograph


def main(words: list[str]) -> None:
    if words == ["pictures"]:
        photograph()
    changed = write(pages())
    for path in changed:
        sys.stdout.write(f"  {path.relative_to(ROOT)}\n")
    if not changed:
        sys.stdout.write("  every page is current\n")


if __name__ == "__main__":
    main(sys.argv[1:])
