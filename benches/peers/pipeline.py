"""The same indicators as a good analyst would compute them in Python: pandas for the tables, Splink 4 for the people.

    python pipeline.py PROJECT OUT

Reads PROJECT/raw/*.xlsx or *.csv, writes OUT/indicators.csv (month, sex, age, contacts, unique persons) and
OUT/clusters/<file>.txt (the person of every row), and prints the seconds of every step.
"""

import logging
import sys
import time
from pathlib import Path

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

COLUMNS = {
    "Дата": "date",
    "Локація": "site",
    "Захід": "activity",
    "Група": "group",
    "Прізвище": "surname",
    "Ім'я": "given",
    "По батькові": "patronymic",
    "Дата народження": "birth",
    "Стать": "sex",
    "Телефон": "phone",
    "Населений пункт": "settlement",
    "ВПО": "idp",
    "Інвалідність": "disability",
}
SAME_PERSON = 0.99
AGES = ([0, 18, 35, 60, 200], ["0-17", "18-34", "35-59", "60+"])

# Ukrainian and Russian letters in Latin ones, so that all spellings of a name meet in one alphabet.
LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ё": "e", "ж": "zh", "з": "z",
    "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "",
    "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}
LETTERS = str.maketrans(LATIN)


def read(folder: Path) -> pd.DataFrame:
    tables = []
    for path in sorted((folder / "raw").iterdir()):
        if path.suffix == ".csv":
            table = pd.read_csv(path, sep=";", dtype=str, encoding="utf-8-sig")
        else:
            table = pd.read_excel(path, engine="calamine", dtype=object)
        table["file"] = path.stem
        tables.append(table)
    return pd.concat(tables, ignore_index=True).rename(columns=COLUMNS)


def name(column: pd.Series) -> pd.Series:
    text = column.astype("string").str.lower().str.translate(LETTERS)
    text = text.str.replace(r"\(.*?\)", "", regex=True).str.replace(r"[^a-z\- ]", "", regex=True)
    text = text.str.replace(r"\s+", " ", regex=True).str.strip()
    return text.where(text != "", pd.NA)


def day(column: pd.Series) -> pd.Series:
    if column.dtype == object and column.map(lambda value: hasattr(value, "year")).any():
        column = column.map(lambda value: value.strftime("%d.%m.%Y") if hasattr(value, "year") else value)
    return pd.to_datetime(column.astype("string"), format="%d.%m.%Y", errors="coerce")


def clean(rows: pd.DataFrame) -> pd.DataFrame:
    rows["date"] = day(rows["date"])
    rows["born"] = day(rows["birth"])
    for column in ["surname", "given", "patronymic"]:
        rows[column] = name(rows[column])
    digits = rows["phone"].astype("string").str.replace(r"\D", "", regex=True).str[-9:]
    rows["phone"] = digits.where(digits.str.len() == 9, pd.NA)
    rows["dob"] = rows["born"].dt.strftime("%Y-%m-%d").astype("string")
    rows["sex"] = rows["sex"].astype("string").map({"ж": "female", "ч": "male"})
    rows["settlement"] = rows["settlement"].astype("string").str.strip().str.lower()
    return rows


def recognise(rows: pd.DataFrame) -> pd.Series:
    """A person for every row: equal rows are one record, records are linked by Splink."""
    fields = ["surname", "given", "patronymic", "dob", "phone", "sex", "settlement"]
    records = rows[fields].drop_duplicates().reset_index(drop=True)
    records["unique_id"] = records.index
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("surname", [0.94, 0.88]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("given", [0.94, 0.88]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("patronymic", [0.92]),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.LevenshteinAtThresholds("phone", [1]),
            cl.ExactMatch("settlement"),
            cl.ExactMatch("sex"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("phone"),
            block_on("dob", "substr(given, 1, 1)"),
            block_on("dob", "substr(surname, 1, 3)"),
            block_on("surname", "given", "settlement"),
            block_on("substr(surname, 1, 4)", "given", "patronymic"),
        ],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
    linker = Linker(records, settings, db_api=DuckDBAPI())
    linker.training.estimate_probability_two_random_records_match(
        [block_on("dob", "surname", "given"), block_on("phone", "given")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("surname", "given"))
    pairs = linker.inference.predict(threshold_match_probability=SAME_PERSON)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, SAME_PERSON).as_pandas_dataframe()
    records = records.merge(clusters[["unique_id", "cluster_id"]], on="unique_id", how="left")
    found = rows[fields].merge(records, on=fields, how="left")["cluster_id"]
    return pd.Series(pd.factorize(found)[0], index=rows.index)


def most_frequent(rows: pd.DataFrame, column: str) -> pd.Series:
    """The value that is written about a person most often."""
    counts = rows.groupby(["person", column]).size().rename("times").reset_index()
    counts = counts.sort_values("times", ascending=False, kind="stable")
    return counts.drop_duplicates("person").set_index("person")[column]


def indicators(rows: pd.DataFrame) -> pd.DataFrame:
    """Contacts and unique persons: of the year, by month, and by sex and age."""
    rows = rows.sort_values("date", kind="stable")
    session = ["person", "date", "site", "activity", "group"]
    contacts = rows.drop_duplicates(session)
    people = contacts.groupby("person").agg(first=("date", "first"))
    people["sex"] = most_frequent(rows, "sex")
    people["born"] = most_frequent(rows, "born")
    age = (people["first"] - pd.to_datetime(people["born"])).dt.days // 365.2425
    people["age"] = pd.cut(age, AGES[0], right=False, labels=AGES[1]).astype("string")
    lines = [("all", "", "", len(contacts), contacts["person"].nunique(), len(rows))]
    for month, part in contacts.groupby(contacts["date"].dt.strftime("%Y-%m")):
        written = rows["date"].dt.strftime("%Y-%m").eq(month).sum()
        lines.append((month, "", "", len(part), part["person"].nunique(), written))
    by = people.fillna({"sex": "unknown", "age": "unknown"}).groupby(["sex", "age"]).size()
    lines += [("all", sex, age, "", count, "") for (sex, age), count in by.items()]
    return pd.DataFrame(lines, columns=["month", "sex", "age", "contacts", "people", "rows"])


def main() -> None:
    logging.disable(logging.WARNING)
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    times = [time.perf_counter()]
    rows = clean(read(folder))
    times.append(time.perf_counter())
    rows["person"] = recognise(rows)
    times.append(time.perf_counter())
    out.mkdir(parents=True, exist_ok=True)
    indicators(rows).to_csv(out / "indicators.csv", index=False)
    times.append(time.perf_counter())
    (out / "clusters").mkdir(exist_ok=True)
    for stem, part in rows.groupby("file"):
        (out / "clusters" / f"{stem}.txt").write_text("\n".join(map(str, part["person"])) + "\n")
    read_, recognise_, count = (after - before for before, after in zip(times, times[1:]))
    print(f"read {read_:.2f} recognise {recognise_:.2f} count {count:.2f}")


if __name__ == "__main__":
    main()
