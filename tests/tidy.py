#!/usr/bin/env python3
"""Runs clang-tidy on sources that changed since they last passed on this machine.

usage: tidy.py CLANG_TIDY BUILD STAMPS JOBS [--recent] [--minutes N] [--CHECKS...] FILE...      BUILD holds compile_commands.json

With --recent, first the files that the last 20 commits touched, or whose header they touched, however long it takes; then the
others in turn, for N minutes at most: each run begins where the commits have moved the turn to. Without it, all.
A file has changed if its own text, one of the project's headers that it includes (over any number of steps), .clang-tidy, its version or an
option has: a fingerprint stands for all of these, and what passed is remembered by it as an empty file in STAMPS.
"""
import concurrent.futures
import functools
import hashlib
import os
import re
import subprocess
import sys
import time

clang_tidy, build, stamps, jobs, *rest = sys.argv[1:]
RECENT = 20  # commits
recent = "--recent" in rest
minutes = float(rest[rest.index("--minutes") + 1]) if "--minutes" in rest else None
if minutes is not None:
    at = rest.index("--minutes")
    del rest[at:at + 2]
options = [word for word in rest if word.startswith("--") and word != "--recent"]
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


def fingerprint(file, options=options):
    key = hashlib.sha256(version + content(".clang-tidy") + "\0".join(options).encode())
    for name in sorted(closure(file, set())):
        key.update(name.encode() + b"\0" + content(name))
    return key.hexdigest()[:32]


def stamp(file, options=options):
    return os.path.join(stamps, fingerprint(file, options))


def git(*words):
    return subprocess.run(["git", *words], stdout=subprocess.PIPE, text=True, check=True).stdout.split()


def touched():
    """Of the files: those that the last commits touched; for a header, the source of its name or, without one, a file that includes it."""
    commits = git("rev-list", f"--max-count={RECENT + 1}", "HEAD")
    names = set(git("diff", "--name-only", commits[-1], "HEAD"))
    chosen = {file for file in files if file in names}
    for header in (name for name in names if name.endswith(".h")):
        source = header[:-2] + ".cpp"
        users = [source] if source in files else [file for file in files if header.encode() in INCLUDE.findall(content(file))][:1]
        chosen.update(users)
    return [file for file in files if file in chosen]


def in_turn(others):
    """The others, from where the number of commits points."""
    if not others:
        return []
    start = int(git("rev-list", "--count", "HEAD")[0]) * 7 % len(others)
    return others[start:] + others[:start]


def check(file):
    if deadline is not None and file not in first and time.monotonic() > deadline:
        return file, None, ""
    command = [clang_tidy, "--quiet", "-p", build, *options, file]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if run.returncode == 0:
        open(stamp(file), "w").close()
        open(stamp(file, []), "w").close()  # options only add checks
    return file, run.returncode, run.stdout + (run.stderr if run.returncode and not run.stdout else "")


def run(todo):
    failed, done = 0, 0
    with concurrent.futures.ThreadPoolExecutor(int(jobs)) as pool:
        for number, (file, code, output) in enumerate(pool.map(check, todo), 1):
            if code is None:
                continue
            done += 1
            print(f"   [{number}/{len(todo)}] {file}", file=sys.stderr)
            if code:
                failed += 1
                print(output)
    return failed, done


version = subprocess.run([clang_tidy, "--version"], stdout=subprocess.PIPE, check=True).stdout
os.makedirs(stamps, exist_ok=True)
first = set(touched()) if recent else set(files)
order = [file for file in files if file in first] + in_turn([file for file in files if file not in first])
changed = [file for file in order if not os.path.exists(stamp(file))]
deadline = None
failed, done = run([file for file in changed if file in first])
if recent:
    deadline = time.monotonic() + 60 * minutes if minutes is not None else None
    more = run([file for file in changed if file not in first])
    failed, done = failed + more[0], done + more[1]
print(f"   {len(files)} files, {len(changed)} not passed before, {done} looked at, {failed} failed", file=sys.stderr)
sys.exit(failed > 0)
