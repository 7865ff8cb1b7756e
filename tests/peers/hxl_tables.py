"""Reads hxl.csv and the partner report with libhxl, and counts what it finds."""

import sys
from pathlib import Path

import hxl


def read(path, **options):
    source = hxl.data(str(path), hxl.InputOptions(allow_local=True, **options))
    rows = list(source)
    tags = source.display_tags
    assert rows and tags, f"{path}: nothing in it"
    assert all(column.tag for column in source.columns), f"{path}: a column without a tag"
    return rows, tags


def main():
    report = Path(sys.argv[1])
    rows, tags = read(report / "donor" / "hxl.csv")
    numbers = 0
    for row in rows:
        for column, value in zip(row.columns, row.values):
            if column.tag in ("#reached", "#targeted") and value != "":
                float(value)
                numbers += 1
    assert "#indicator+code" in tags and "#date+start" in tags
    for expected in sys.argv[2:]:
        # query|pattern=value: the only row of the query says so.
        query, wanted = expected.split("|")
        pattern, value = wanted.rsplit("=", 1)
        source = hxl.data(str(report / "donor" / "hxl.csv"), hxl.InputOptions(allow_local=True))
        for part in query.split("&"):
            source = source.with_rows(part)
        found = [row.get(pattern) for row in source]
        assert found == [value], f"{expected}: {found}"
    partner, _ = read(report / "donor" / "un-partner.xlsx")
    print(f"libhxl: hxl.csv {len(rows)} rows, {numbers} numbers; partner report {len(partner)} rows")


main()
