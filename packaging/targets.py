#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints, for ninja, what of a build folder the tests of some suites need, one file a line.

    targets.py FOLDER SUITE…

That is all of the default build but the programs of the other tests and of the benchmarks: the other build folder of
packaging/test compiles those.
"""

import json
import os
import subprocess
import sys


def ask(folder, what):
    return json.loads(subprocess.run(["meson", "introspect", what, folder], check=True, capture_output=True).stdout)


def runs_in(test, suites):
    return any(suite.split(":")[-1] in suites for suite in test["suite"])


def main():
    folder, suites = os.path.realpath(sys.argv[1]), set(sys.argv[2:])
    tests = ask(folder, "--tests")
    needed = {target for test in tests if runs_in(test, suites) for target in test["depends"]}
    others = [test for test in tests if not runs_in(test, suites)] + ask(folder, "--benchmarks")
    spared = {target for test in others for target in test["depends"]} - needed
    for target in ask(folder, "--targets"):
        program = target["type"] == "executable" and "/tests/" in target["filename"][0]
        if target["build_by_default"] and not (program and target["id"] in spared):
            for path in target["filename"]:
                print(os.path.relpath(path, folder))


if __name__ == "__main__":
    main()
