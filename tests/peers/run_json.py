"""Holds the documents of `run --json` against the schema that `schema --of run` prints."""

import json
import sys
from pathlib import Path

import jsonschema


def main():
    schema, *documents = [json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:]]
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for document in documents:
        wrong = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]
        assert not wrong, wrong[:5]
    broken = {**documents[0], "rows": None}
    assert list(validator.iter_errors(broken)), "the schema accepts anything"
    print(f"{len(documents)} documents, {sum(len(document['figures']) for document in documents)} figures")


if __name__ == "__main__":
    main()
