"""Tables that people save from a spreadsheet or from another system."""

import csv
import io

from practice_alerts.domain.directory.people_file import BadTable, TableRow

_LARGEST = 10_000_000  # bytes; far above a line for each member of the largest council's staff
_PACKED = (b"PK\3\4", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")  # .xlsx, .ods and .zip; .gz; the old .xls
_SAVE_ANEW = "Save it as “CSV UTF-8”."


def read_rows(content: bytes, name: str) -> tuple[TableRow, ...]:
    """The rows that hold anything, each with the line on which it begins. Raises BadTable.

    UTF-8 with or without a mark at its beginning; by commas or semicolons, whichever the first line has more of.
    """
    if len(content) > _LARGEST:
        raise BadTable(f"{name} is larger than {_LARGEST // 1_000_000} megabytes.")
    if content.startswith(_PACKED):
        raise BadTable(f"{name} is a workbook or a packed file, and is not opened. {_SAVE_ANEW}")
    text = _decoded(content, name)
    first = text.partition("\n")[0]
    by = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=by, strict=True)
    rows: list[TableRow] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begins, tuple(cells)))
            begins = reader.line_num + 1
    except csv.Error:
        raise BadTable(
            f"{name}: from line {begins} on it cannot be read. Look for a quotation mark that is"
            " not closed, or stands inside a cell."
        ) from None
    return tuple(rows)


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadTable(
            f"{name} is not in UTF-8: line {line} has characters of another encoding, such as"
            f" Windows-1252, and names would be spoilt. {_SAVE_ANEW}"
        ) from None
