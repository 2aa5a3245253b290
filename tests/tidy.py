#!/usr/bin/env python3
"""Runs clang-tidy on sources that changed since they last passed.

usage: tidy.py BUILD STAMPS JOBS [--OPTION...] FILE...      BUILD holds compile_commands.json

A file has changed if its own text, one of the project's headers that it includes (over any number
of steps), .clang-tidy or an option has: a fingerprint stands for all of these. What passed is
remembered by it, as an empty file in STAMPS, and without options in tests/tidy_passed.txt too, which
belongs to the sources: a clean clone checks what its last change missed, and not everything again.
"""
import concurrent.futures
import functools
import hashlib
import os
import re
import subprocess
import sys

build, stamps, jobs, *rest = sys.argv[1:]
options = [word for word in rest if word.startswith("--")]
files = [word for word in rest if not word.startswith("--")]
INCLUDE = re.compile(rb'^#include "([^"]+)"', re.MULTILINE)


@functools.cache
def content(file):
    with open(file, "rb") as stream:
        return stream.read()


def closure(file, seen):
    """Adds to `seen` the project's files that `file` includes, and itself."""
    if file not in seen and os.path.exists(file):
        seen.add(file)
        for name in INCLUDE.findall(content(file)):
            closure(name.decode(), seen)
    return seen


LEDGER = "tests/tidy_passed.txt"


def fingerprint(file, options=options):
    key = hashlib.sha256(content(".clang-tidy") + "\0".join(options).encode())
    for name in sorted(closure(file, set())):
        key.update(name.encode() + b"\0" + content(name))
    return key.hexdigest()[:32]


def stamp(file, options=options):
    return os.path.join(stamps, fingerprint(file, options))


def passed_before():
    """The ledger: fingerprints by file."""
    if options or not os.path.exists(LEDGER):
        return {}
    with open(LEDGER) as lines:
        return {file: passed for passed, file in (line.split() for line in lines)}


def check(file):
    # Clang has no header for the OpenMP that GCC is given.
    command = ["clang-tidy-14", "--quiet", "-p", build, "--extra-arg=-fno-openmp", *options, file]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if run.returncode == 0:
        open(stamp(file), "w").close()
        open(stamp(file, []), "w").close()  # options only add checks
    return file, run.returncode, run.stdout + (run.stderr if run.returncode and not run.stdout else "")


os.makedirs(stamps, exist_ok=True)
known = passed_before()
changed = [file for file in files if fingerprint(file) != known.get(file) and not os.path.exists(stamp(file))]
failed = 0
with concurrent.futures.ThreadPoolExecutor(int(jobs)) as pool:
    for number, (file, code, output) in enumerate(pool.map(check, changed), 1):
        print(f"   [{number}/{len(changed)}] {file}", file=sys.stderr)
        if code:
            failed += 1
            print(output)
if not options:
    known.update((file, fingerprint(file)) for file in files if os.path.exists(stamp(file)))
    with open(LEDGER, "w") as ledger:
        ledger.writelines(f"{known[file]} {file}\n" for file in sorted(known) if os.path.exists(file))
print(f"   {len(files)} files, {len(changed)} changed, {failed} failed", file=sys.stderr)
sys.exit(failed > 0)
