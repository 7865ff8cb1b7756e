"""Validates iati.xml against the schema of IATI 2.03 and checks what the schema leaves to its code lists."""

import sys
from pathlib import Path

from lxml import etree


def main():
    document = etree.parse(sys.argv[1])
    schema = etree.XMLSchema(etree.parse(str(Path(__file__).parent / "iati" / "iati-activities-schema.xsd")))
    schema.assertValid(document)
    places = {place.get("ref") for place in document.iterfind("//iati-activity/location")}
    for place in document.iterfind("//period//location"):
        assert place.get("ref") in places, f"{place.get('ref')} is no location of the activity"
    for result in document.iterfind("//result"):
        assert result.get("type") in {"1", "2", "3", "9"}
    indicators = document.findall("//indicator")
    for indicator in indicators:
        assert indicator.get("measure") in {"1", "2"}
        days = [
            (period.find("period-start").get("iso-date"), period.find("period-end").get("iso-date"))
            for period in indicator.iterfind("period")
        ]
        assert len(days) == len(set(days)), "two periods of the same days"
        assert all(start <= end for start, end in days)
    actuals = document.findall("//actual")
    for actual in actuals:
        if actual.get("value") is None:
            assert actual.findtext("comment/narrative"), "no value, and no word why"
        else:
            float(actual.get("value"))
    for expected in sys.argv[2:]:
        path, value = expected.split("|")
        result = document.xpath(path)
        found = [str(item) for item in (result if isinstance(result, list) else [result])]
        assert found == [value], f"{path}: {found}"
    print(f"valid IATI 2.03: {len(indicators)} indicators, {len(actuals)} actuals")


main()
