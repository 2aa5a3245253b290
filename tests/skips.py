#!/usr/bin/env python3
"""Counts the tests of a run and those that it skipped.

usage: skips.py RESULTS      a folder of GoogleTest's JSON reports

Names each skipped test with what it said. With CI=true a skip is a failure unless tests/allowed_skips.txt names
the test, with its reason and the command that does run it.
"""
import json
import os
import pathlib
import re
import sys

MOST = 5  # that may be allowed
here = pathlib.Path(__file__).parent


def allowed():
    lines = (here / "allowed_skips.txt").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line.strip() and not line.startswith("#")]
    for row in rows:
        if len(row) != 3 or not all(row):
            sys.exit(f"allowed_skips.txt: not 'test | reason | command': {' | '.join(row)}")
    if len(rows) > MOST:
        sys.exit(f"allowed_skips.txt: {len(rows)} skips are allowed, {MOST} at most")
    return {row[0] for row in rows}


def tests(report):
    for suite in json.loads(report.read_text(encoding="utf-8"))["testsuites"]:
        for test in suite["testsuite"]:
            yield f"{suite['name']}.{test['name']}", test


count, skipped = 0, {}
for report in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    for name, test in tests(report):
        count += 1
        if test.get("result") == "SKIPPED":
            said = " ".join(entry.get("message", "").split("\n", 1)[-1].strip() for entry in test.get("skipped", []))
            skipped[name] = said
if count == 0:
    sys.exit(f"no test left a report in {sys.argv[1]}")
print(f"   {count} tests, {len(skipped)} skipped")
names = allowed()
bad = []
for name, said in skipped.items():
    is_allowed = re.sub(r"/.*", "", name) in names or name in names
    print(f"   skipped: {name}: {said}" + ("" if is_allowed else "   (not in tests/allowed_skips.txt)"))
    if not is_allowed:
        bad.append(name)
sys.exit(bool(bad) and os.environ.get("CI") == "true")
