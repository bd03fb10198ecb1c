#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: catalogue.py KOUANCTL SERVICES CATALOGUE.md UTOPIA

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


def run(kouanctl, *words):
    done = subprocess.run([kouanctl, "catalogue", *words], capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def check_utopia(kouanctl, folder, validator):
    """The catalogue of another country, which the documentation shows."""
    for path in sorted(folder.glob("*.json")):
        assert not list(validator.iter_errors(json.loads(path.read_text(encoding="utf-8")))), path
    assert run(kouanctl, "check", folder, "--today", TODAY, "--languages", "en,fr")[-1]["errors"] == 0
    lines = run(kouanctl, "simulate", folder, folder / "teacher.answers")
    found = {line.get("id"): line for line in lines}
    assert [line["amount"] for line in lines if line["line"] == "fee"] == ["XXX 40", "XXX 5"], lines
    assert found["apply"]["last"] == "2026-12-02", found["apply"]
    assert found["welcome"]["points"] == 14, found["welcome"]
    assert found["island-diploma"]["demands"] == "With the stamp of the Utopian consul."
    assert lines[-1] == {"line": "summary", "service": "island-work-card", "open_questions": 0, "missing": 1}


def check_germany(kouanctl, folder, validator):
    """A country whose language the kiosk does not speak; nothing of it is certain, and all of it says so."""
    for path in sorted(folder.glob("*.json")):
        assert not list(validator.iter_errors(json.loads(path.read_text(encoding="utf-8")))), path
    assert run(kouanctl, "check", folder, "--today", TODAY, "--languages", "en,de")[-1]["errors"] == 0
    lines = run(kouanctl, "simulate", folder, folder / "koval.answers")
    found = {line.get("id"): line for line in lines}
    assert found["adult"]["amount"] == "EUR 100", found["adult"]
    assert found["before-visa-ends"]["last"] == "2027-02-05", found["before-visa-ends"]
    assert found["register-home"]["days_left"] == 7, found["register-home"]
    assert found["contract"]["demands"] == "In Deutsch / English.", found["contract"]
    assert found["birth-certificates"]["demands"].startswith("In Deutsch, or with a translation.\nAn apostille")
    assert not any(line.get("certain") for line in lines)
    assert lines[-1] == {"line": "summary", "service": "eu-blue-card", "open_questions": 0, "missing": 7}


def check_slips(kouanctl, folder):
    """An answer to a question that is not there would go unnoticed: it is a wrong call."""
    right = json.loads((folder / "koval.answers").read_text(encoding="utf-8"))
    slips = [dict(right, answer={}), dict(right, context={"born": "1990-01-31"}), dict(right, kept=["pasport"]),
             dict(right, answers=dict(right["answers"], chilren="2"))]
    with tempfile.TemporaryDirectory() as name:
        path = pathlib.Path(name) / "answers"
        for slip in slips:
            path.write_text(json.dumps(slip), encoding="utf-8")
            done = subprocess.run([kouanctl, "catalogue", "simulate", folder, path], capture_output=True, text=True,
                                  check=False)
            assert done.returncode == 2, done
            assert "“" in done.stderr and not done.stdout, done


def check_calendar(kouanctl, services):
    """Another reader of iCalendar finds the same days, folded lines and all."""
    try:
        from icalendar import Calendar
    except ImportError:
        print("without python3-icalendar, calendar files are not read")
        return
    answers = {"service": "work-residence-permit", "today": TODAY, "answers": {"entry_date": "2026-11-10", "permit_marked": "yes",
                                                                           "entered_with": "z"}}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "answers").write_text(json.dumps(answers), encoding="utf-8")
        run(kouanctl, "simulate", services, folder / "answers", "--calendar", folder / "days.ics", "--language", "zh-Hans")
        events = Calendar.from_ical((folder / "days.ics").read_bytes()).walk("VEVENT")
    assert len(events) == 1, events
    assert events[0]["DTSTART"].dt.isoformat() == "2026-12-10"
    assert events[0]["SUMMARY"] == "自入境之日起三十日内申请"
    assert "五百元、总额" in events[0]["DESCRIPTION"] and "\n《" in events[0]["DESCRIPTION"]
    assert len(events[0].subcomponents) == 2


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
    check_utopia(kouanctl, pathlib.Path(sys.argv[4]), validator)
    check_germany(kouanctl, pathlib.Path(sys.argv[5]), validator)
    check_slips(kouanctl, pathlib.Path(sys.argv[5]))
    check_calendar(kouanctl, services)
    print(f"{len(samples)} files taken by both; {refused} that the schema refuses are refused by kouanctl")
    assert refused > TRIES / 4


main()
