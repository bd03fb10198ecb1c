#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: catalogue.py KOUANCTL SERVICES CATALOGUE.md

Another reader of the published schema agrees with ours: it takes the services that ship and the
example of the documentation, and what it refuses, kouanctl catalogue check refuses too. The refused
ones are those files with one member taken out, changed, or added."""

import copy
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

try:
    from jsonschema import Draft202012Validator
except ImportError:
    print("needs the package python3-jsonschema")
    sys.exit(77)

TRIES = 400
TODAY = "2026-11-23"


def check(kouanctl, folder, service):
    for path in folder.iterdir():
        path.unlink()
    name = "calendar.json" if "week" in service else "service.json"
    (folder / name).write_text(json.dumps(service, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run([kouanctl, "catalogue", "check", folder, "--today", TODAY], capture_output=True,
                          text=True, check=False)
    assert done.stdout, done.stderr + json.dumps(service, ensure_ascii=False)
    return json.loads(done.stdout.splitlines()[-1])["errors"]


def objects(node):
    """Every object of a document."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


def spoil(service, dice):
    """One member of one object, taken out, of another type, or new."""
    spoiled = copy.deepcopy(service)
    place = dice.choice(list(objects(spoiled)))
    member = dice.choice(list(place) or ["id"])
    what = dice.randrange(4)
    if what == 0:
        place.pop(member, None)
    elif what == 1:
        place[member] = dice.choice([None, -1, 1.5, True, "", "Ä", [], {}, "no such thing"])
    elif what == 2:
        place[dice.choice(["extra", "min", "choices", "group", "pattern", "when"])] = dice.choice(["1", [], 3])
    else:
        place["note"] = "nobody reads this"
    return spoiled


def main():
    kouanctl, services, documentation = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    schema = json.loads((services / "schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    example = re.search(r"```json\n(.*?)```", documentation.read_text(encoding="utf-8"), re.S).group(1)
    samples = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(services.glob("*.json"))
               if path.name != "schema.json"] + [json.loads(example)]
    dice = random.Random(9303)
    refused = 0

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for sample in samples:
            assert not list(validator.iter_errors(sample)), sample.get("id")
            assert check(kouanctl, folder, sample) == 0, sample.get("id")
        for _ in range(TRIES):
            spoiled = spoil(dice.choice(samples), dice)
            problems = list(validator.iter_errors(spoiled))
            if problems:
                refused += 1
                assert check(kouanctl, folder, spoiled) > 0, problems[0].message
    print(f"{len(samples)} files taken by both; {refused} that the schema refuses are refused by kouanctl")
    assert refused > TRIES / 4


main()
