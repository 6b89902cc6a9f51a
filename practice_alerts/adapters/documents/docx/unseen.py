"""What Word adds to a file without showing it, and no form needs: taken out on reading.

The template on which somebody began stands in every document made from it, and how their printer was set in every
one that was printed. Both name places inside a council's network.
"""

from collections.abc import Iterable

from lxml import etree

from practice_alerts.adapters.documents.docx.kinds_of_files import is_printer_settings
from practice_alerts.adapters.documents.docx.package import Member, member
from practice_alerts.adapters.documents.docx.safety import W, parsed_parts

_LINKS = ("attachedTemplate", "printerSettings")


def without_unseen(
    members: Iterable[Member],
) -> tuple[tuple[Member, ...], dict[str, etree._Element]]:
    """The members that stay, and the root of each that is XML; a member without such things stays as it is."""
    kept = [each for each in members if not is_printer_settings(each.name)]
    roots = parsed_parts(kept)
    changed = {name for name, root in roots.items() if _taken_out(root)}
    return (
        tuple(
            member(each.name, _written(roots[each.name])) if each.name in changed else each
            for each in kept
        ),
        roots,
    )


def _taken_out(root: etree._Element) -> bool:
    doomed = list(root.iter(*(f"{W}{name}" for name in _LINKS)))
    if etree.QName(root).localname == "Relationships":
        doomed += [each for each in root if str(each.get("Type")).rpartition("/")[2] in _LINKS]
    elif etree.QName(root).localname == "Types":
        doomed += [each for each in root if is_printer_settings(str(each.get("PartName"))[1:])]
    for each in doomed:
        each.getparent().remove(each)
    return bool(doomed)


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
