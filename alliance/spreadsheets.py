"""Which files are spreadsheets, by what they call themselves; what is in them is for others to find out."""

from __future__ import annotations

LIMIT = 10_000_000  # bytes of one file
NAME_LIMIT = 100  # characters

_ENDINGS = (".xlsx", ".xls", ".ods", ".csv")
_ENDING_OF_TYPE = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "text/csv": ".csv",
    "application/csv": ".csv",
    "text/comma-separated-values": ".csv",
}


def name_of(name: str, media_type: str) -> str:
    """The name of a spreadsheet with its proper ending; "" for every other file.

    The name counts more than the type: Windows calls a CSV file Excel's, and many programs know no types at all.
    """
    if name.lower().endswith(_ENDINGS):
        return name[-NAME_LIMIT:]
    ending = _ENDING_OF_TYPE.get(media_type.lower().partition(";")[0].strip(), "")
    return f"{name or 'tabelle'}{ending}"[-NAME_LIMIT:] if ending else ""
