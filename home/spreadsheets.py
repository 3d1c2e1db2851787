"""Lists as files for spreadsheets: read right by a German Excel, and nothing in them runs."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import translation
from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

#: What makes a spreadsheet take a text for a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: What no cell of an XLSX file may hold (XML 1.0, 2.2).
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: Excel reads a file as UTF-8 if it begins so, and separates columns by semicolons where commas
#: are decimal.
BYTE_ORDER_MARK, SEPARATOR = "\ufeff", ";"


def harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


class GermanSpreadsheetMixin(SpreadsheetExportMixin):
    """CSV with semicolons and a byte order mark; streamed in the language of who asked."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Return a cell's value as the format takes it."""
        value = super().preprocess_field_value(field, value, export_format)
        if export_format == self.FORMAT_CSV:
            return harmless(value)
        return CONTROLS.sub("", value) if isinstance(value, str) else value

    def stream_csv(self, queryset: Iterable[Any]) -> Iterator[bytes]:
        """Return the file's lines; they are sent when the view's language has ended."""
        return self._lines(queryset, translation.get_language())

    def _lines(self, queryset: Iterable[Any], language: str) -> Iterator[bytes]:
        writer: Any = csv.DictWriter(Echo(), fieldnames=self.list_export, delimiter=SEPARATOR)
        yield BYTE_ORDER_MARK.encode()
        with translation.override(language):
            headings = {name: self.get_heading(queryset, name) for name in self.list_export}
        yield writer.writerow(headings)
        for item in queryset:
            with translation.override(language):
                line = self.write_csv_row(writer, self.to_row_dict(item))
            yield line
