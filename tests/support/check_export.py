"""Loads an export with PyTorch and compares its scores with those of the app.

usage: check_export.py FOLDER CASES.json      prints the largest difference (see check_export.cpp)

Weights are scored by the model.py beside them, which computes the models a second time.
"""
import json
import pathlib
import sys

import torch


def script_scorer(file):
    module = torch.jit.load(file)

    def scores(case):
        pads = [0] * (case["length"] - len(case["items"]))
        items = torch.tensor([pads + case["items"]])
        if "target" not in case:
            return module(items)[0]
        ratings = torch.tensor([[0.0] * len(pads) + case["ratings"]])
        return module(items, ratings, torch.tensor([case["target"]]), torch.tensor([case["user"]]))

    return scores


def weights_scorer(folder):
    sys.path.insert(0, str(folder))
    import model as exported

    model = exported.load(folder)
    return lambda case: (
        model.rating(case["items"], case["ratings"], case["target"], case["user"])
        if "target" in case
        else model.next_item(case["items"])
    )


@torch.no_grad()
def main():
    folder = pathlib.Path(sys.argv[1])
    cases = json.loads(pathlib.Path(sys.argv[2]).read_text())
    script = folder / "model.pt"
    scores = script_scorer(script) if script.exists() else weights_scorer(folder)
    worst = 0.0
    for case in cases:
        found = scores(case)
        if "score" in case:
            worst = max(worst, abs(float(found) - case["score"]))
        else:
            expected = torch.tensor(case["scores"][1:])
            worst = max(worst, float((found[1:] - expected).abs().max()))
    print(worst)


main()
