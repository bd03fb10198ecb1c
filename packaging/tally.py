#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up what `meson test` wrote to each testlog.json that is named: `N passed, N failed`."""

import json
import sys

PASSED = {"OK", "EXPECTEDFAIL"}
SKIPPED = {"SKIP", "IGNORED"}


def main():
    passed, skipped, failed = 0, 0, []
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as log:
            for line in log:
                test = json.loads(line)
                if test["result"] in PASSED:
                    passed += 1
                elif test["result"] in SKIPPED:
                    skipped += 1
                else:
                    failed.append("%s (%s): %s" % (test["name"], path.split("/")[0], test["result"]))
    for line in failed:
        print("  failed: " + line)
    print("%d passed, %d failed" % (passed, len(failed)) + (", %d skipped" % skipped if skipped else ""))
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
