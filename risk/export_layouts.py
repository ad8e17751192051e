"""Recognition of an export by its headers: which it is, what becomes of each column, which needed ones are missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from risk.appeals import AppealSource
from risk.cells import key_of, text_of
from risk.export_columns import (
    LAYOUTS,
    NEEDED_OF_MAPPED,
    NOT_FOR_MAPPING,
    Fate,
    Field,
    Layout,
    LayoutKind,
    fate_of_unknown,
)
from risk.masking import mask
from risk.sheets import Row
from risk.units import shortened

HEADING_WITHIN: Final = 30
"""Titles, merged cells and empty rows may stand above the heading, but not more rows than these."""
KNOWN_AT_LEAST: Final = 3
"""Headers that a layout must know before a row is taken for its heading."""
LONGEST_HEADER: Final = 120
"""UTF-16 units of a header that are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """Which header of a plain table says what: confirmed by somebody once, remembered by the office.

    Keys are headers as `risk.cells.key_of` has them. A personal column cannot be mapped: it is dropped all the same.
    """

    source: AppealSource
    fields: Mapping[str, Field]

    @classmethod
    def of(cls, source: AppealSource, headers: Mapping[str, Field]) -> "ColumnMapping":
        """From headers as they are written. Raises MappingUnfit."""
        fields = {key_of(header): named for header, named in headers.items()}
        if len(set(fields.values())) < len(headers) or NOT_FOR_MAPPING.intersection(fields.values()):
            raise MappingUnfit("a field is given twice, or is not for mapping")
        if not set(NEEDED_OF_MAPPED).issubset(fields.values()):
            raise MappingUnfit("a needed field has no column")
        if any(fate_of_unknown(key).is_dropped and named is not Field.POST for key, named in fields.items()):
            raise MappingUnfit("a personal column")
        return cls(source=source, fields=fields)


class MappingUnfit(ValueError):
    """The columns cannot be read so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the file: `place` from 0, `header` as it is written, bounded and with personal numbers hidden."""

    place: int
    header: str
    fate: Fate
    field: Field | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What a sheet was found to be. Without a layout, `columns` are those of the likeliest heading, all unknown."""

    layout: LayoutKind | None
    source: AppealSource | None
    heading_row: int
    """As the file counts, from 1; 0 when the sheet is empty."""
    columns: tuple[Column, ...]
    missing: tuple[str, ...] = ()
    """Headers of needed columns that are not there."""
    doubled: tuple[str, ...] = ()
    """Headers that stand more than once: the first cell with a value counts, two different ones are a fault."""

    @property
    def is_usable(self) -> bool:
        return self.layout is not None and not self.missing

    @property
    def tells_of_residents(self) -> bool:
        """Whether the file holds what may not travel through a messenger; names of staff alone do not count."""
        return any(column.fate is Fate.PERSONAL for column in self.columns)

    def headers(self, *fates: Fate) -> tuple[str, ...]:
        """As they are written, each once, in order."""
        return tuple(dict.fromkeys(column.header for column in self.columns if column.fate in fates))

    @property
    def width(self) -> int:
        """How many cells a row has to have for nothing kept to be missing."""
        return max((column.place + 1 for column in self.columns if column.fate is Fate.KEPT), default=0)


def recognise(head: Sequence[Row], mappings: Sequence[ColumnMapping] = ()) -> Recognition:
    """Of the first rows of a sheet. Known exports come before the office's own tables."""
    headings = [_Heading.of(number, row) for number, row in enumerate(head[:HEADING_WITHIN], start=1)]
    known = max(_candidates(headings), key=lambda found: found.rank, default=None)
    if known is not None:
        return known.heading.read_as(known.layout)
    for mapping in mappings:
        for heading in headings:
            if set(mapping.fields) <= set(heading.keys):
                return heading.read_by(mapping)
    widest = max(headings, key=lambda heading: heading.words, default=None)
    return _UNRECOGNISED if widest is None else widest.unrecognised()


_UNRECOGNISED: Final = Recognition(layout=None, source=None, heading_row=0, columns=())


@dataclass(frozen=True, slots=True)
class _Candidate:
    heading: "_Heading"
    layout: Layout
    rank: tuple[int, int]


def _candidates(headings: Sequence["_Heading"]) -> Iterator[_Candidate]:
    for heading in headings:
        for layout in LAYOUTS:
            found = {key for key in heading.keys if layout.knows(key)}
            own = {key for key in found if not any(other.knows(key) for other in LAYOUTS if other is not layout)}
            if len(found) >= KNOWN_AT_LEAST and own:
                # Headers of two exports in one row: the one with more of them, the one that nobody else has.
                yield _Candidate(heading, layout, (len(found), len(own)))


@dataclass(frozen=True, slots=True)
class _Heading:
    """A row, read as if it were the heading."""

    row: int
    written: tuple[str, ...]
    keys: tuple[str, ...]

    @classmethod
    def of(cls, number: int, row: Row) -> "_Heading":
        written = tuple(cell.removeprefix("'") if isinstance(cell, str) else text_of(cell) for cell in row)
        return cls(number, written, tuple(map(key_of, written)))

    @property
    def words(self) -> int:
        """Cells that could be headers."""
        return sum(1 for key in self.keys if any(char.isalpha() for char in key))

    def read_as(self, layout: Layout) -> Recognition:
        source = {LayoutKind.IM: AppealSource.IM, LayoutKind.POS: AppealSource.POS}.get(layout.kind)
        return self._recognition(layout.kind, source, layout.kept, layout.others, layout.needed, layout.names)

    def read_by(self, mapping: ColumnMapping) -> Recognition:
        return self._recognition(LayoutKind.MAPPED, mapping.source, mapping.fields, {}, NEEDED_OF_MAPPED, {})

    def unrecognised(self) -> Recognition:
        return self._recognition(None, None, {}, {}, (), {})

    def _recognition(
        self,
        layout: LayoutKind | None,
        source: AppealSource | None,
        kept: Mapping[str, Field],
        others: Mapping[str, Fate],
        needed: Sequence[Field],
        names: Mapping[Field, str],
    ) -> Recognition:
        columns = tuple(
            self._column(place, kept.get(key), others.get(key)) for place, key in enumerate(self.keys) if key
        )
        found = [column.field for column in columns]
        twice = {key for key in self.keys if key and self.keys.count(key) > 1}
        return Recognition(
            layout=layout,
            source=source,
            heading_row=self.row,
            columns=columns,
            missing=tuple(names.get(each, each.value) for each in needed if each not in found),
            doubled=tuple(dict.fromkeys(self._told(place) for place, key in enumerate(self.keys) if key in twice)),
        )

    def _column(self, place: int, named: Field | None, fate: Fate | None) -> Column:
        if named is not None:
            return Column(place=place, header=self._told(place), fate=Fate.KEPT, field=named)
        return Column(place=place, header=self._told(place), fate=fate or fate_of_unknown(self.keys[place]))

    def _told(self, place: int) -> str:
        return shortened(mask(" ".join(self.written[place].split())).text, LONGEST_HEADER)
