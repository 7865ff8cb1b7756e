"""Opens every workbook of a report with openpyxl and pandas and compares its figures with indicators.csv."""

import csv
import sys
from pathlib import Path

import openpyxl
import pandas


def figures(report):
    """Totals of the report by indicator, days and scope."""
    with open(report / "indicators.csv", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield row


def opened(path):
    """Every sheet of a workbook, by both readers; a formula must have kept its value."""
    formulas = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    frames = pandas.read_excel(path, sheet_name=None, header=None)
    assert list(frames) == values.sheetnames, f"{path}: the readers see different sheets"
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    value = values[sheet.title][cell.coordinate].value
                    assert value is not None, f"{path} {sheet.title}!{cell.coordinate}: a formula without its value"
                assert cell.data_type != "e", f"{path} {sheet.title}!{cell.coordinate}: {cell.value}"
    return frames


def table(path, head):
    """The first sheet of a flat table; `head` rows stand above the data."""
    frame = pandas.read_excel(path, header=0, dtype=object)
    return frame.iloc[head - 1 :]


def partner(report):
    """Every total of the partner report is the figure of indicators.csv."""
    frame = table(report / "donor" / "un-partner.xlsx", 2)
    known = {}
    for row in figures(report):
        if not row["category"] and row["scope"] == "period":
            known[row["statement"], row["period_start"], row["period_end"]] = row["value"]
    compared = 0
    for _, row in frame.iterrows():
        key = (row["Indicator"], str(row["Report Start Date"])[:10], str(row["Report End Date"])[:10])
        value = known.get(key)
        # A place's row is not the whole's, and a blank or hidden figure is a word.
        if value and isinstance(row["Total"], (int, float)) and pandas.isna(row["Report Location Name"]):
            assert abs(float(value) - float(row["Total"])) < 1e-9, f"{key}: {row['Total']} instead of {value}"
            compared += 1
    return len(frame), compared


def main():
    report = Path(sys.argv[1])
    paths = sorted(report.rglob("*.xlsx"))
    assert paths, "no workbook to open"
    for path in paths:
        frames = opened(path)
        assert frames and any(not frame.empty for frame in frames.values()), f"{path}: nothing in it"
    for expected in sys.argv[2:]:
        # file|column=value|…|column: what a table must say.
        name, *conditions, wanted = expected.split("|")
        frame = table(report / name, 2 if "un-partner" in name else 1)
        for condition in conditions:
            column, value = condition.split("=", 1)
            frame = frame[frame[column].astype(str).str.startswith(value)]
        column, value = wanted.split("=", 1)
        found = [str(cell) for cell in frame[column]]
        assert found == [value], f"{expected}: {found}"
    rows, compared = partner(report)
    print(f"{len(paths)} workbooks opened; partner report: {rows} rows, {compared} totals equal")


main()
