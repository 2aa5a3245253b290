"""Loads an export with PyTorch and compares its scores with those of the app.

usage: check_export.py FOLDER CASES.json      prints the largest difference (see check_export.cpp)

Weights are scored by the model.py beside them, which computes the models a second time. Both formats
take the same: each case is given alone, then all of them as one batch.
"""
import json
import pathlib
import sys

import torch


def scorer(folder, is_ratings):
    if (folder / "model.pt").exists():
        return torch.jit.load(folder / "model.pt")
    sys.path.insert(0, str(folder))
    import model as exported

    loaded = exported.load(folder)
    return loaded.rating if is_ratings else loaded.next_item


def tensors(cases, is_ratings):
    length = max(case["length"] for case in cases)
    pads = [[0] * (length - len(case["items"])) for case in cases]
    items = torch.tensor([p + case["items"] for p, case in zip(pads, cases)])
    if not is_ratings:
        return (items,)
    ratings = torch.tensor([[float(x) for x in p + case["ratings"]] for p, case in zip(pads, cases)])
    return (
        items,
        ratings,
        torch.tensor([case["target"] for case in cases]),
        torch.tensor([case["user"] for case in cases]),
    )


def difference(found, cases, is_ratings):
    if found.dtype != torch.float32 or len(found) != len(cases):
        raise SystemExit(f"{found.dtype} {tuple(found.shape)}")
    if is_ratings:
        return float((found - torch.tensor([case["score"] for case in cases])).abs().max())
    if not (found[:, 0] == -torch.inf).all():
        raise SystemExit("PAD can be recommended")
    expected = torch.tensor([case["scores"][1:] for case in cases])
    return float((found[:, 1:] - expected).abs().max())


@torch.no_grad()
def main():
    folder = pathlib.Path(sys.argv[1])
    cases = json.loads(pathlib.Path(sys.argv[2]).read_text())
    is_ratings = "target" in cases[0]
    scores = scorer(folder, is_ratings)
    print(
        max(
            difference(scores(*tensors(some, is_ratings)), some, is_ratings)
            for some in [[case] for case in cases] + [cases]
        )
    )


main()
