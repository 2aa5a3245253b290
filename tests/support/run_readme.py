"""Runs the Python of exported READMEs as a reader would, each block by itself, in the export's folder.

usage: run_readme.py FOLDER...      fails where a line does, or gives another thing than the README says
"""
import json
import os
import pathlib
import sys
import textwrap

import torch


def blocks(text):
    """The indented blocks; those of C++ begin with an include."""
    block = []
    for line in text.splitlines() + ["end"]:
        if line.startswith("    ") or (block and not line):
            block.append(line)
        elif block:
            code = textwrap.dedent("\n".join(block))
            if not code.startswith("#include"):
                yield code
            block = []


def check(names, config):
    if config["task"] == "ratings":
        rating = names["rating"]
        assert rating.shape == (1,) and rating.isfinite().all(), rating
    else:
        scores = names["scores"]
        assert scores.shape == (1, config["items"] + 1) and scores[0, 0] == -torch.inf, scores
        assert scores[0, 1:].isfinite().all(), scores


def run(folder):
    os.chdir(folder)
    sys.path[0] = os.getcwd()
    sys.modules.pop("model", None)
    first, *others = blocks(pathlib.Path("README.md").read_text(encoding="utf-8"))
    names = {}
    exec(first, names)
    check(names, json.loads(pathlib.Path("config.json").read_text()))
    for code in others:
        exec(code, {})


for folder in map(pathlib.Path, sys.argv[1:]):
    here = os.getcwd()
    run(folder)
    os.chdir(here)
    print(folder)
