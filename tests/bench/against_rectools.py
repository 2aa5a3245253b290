#!/usr/bin/env python3
"""Fovea beside RecTools' SASRec on the same sequences: the rate of training, memory, full ranking.

    against_rectools.py FOVEA RATINGS.DAT [--threads N] [--rounds N]

FOVEA is the built command line, RATINGS.DAT a file of user::item::rating::time. The Python that runs
this needs rectools[torch]. Both programs train, in processes of their own and in turn, the same
architecture (2 blocks, width 64, 2 heads, 50 inputs, dropout 0.2, batches of 128 users, Adam 1e-3) on
all but the last two events of each user. RecTools gets the allocator setting that makes it fastest: no
unmapping of large tensors. The first epoch of each is left out; an epoch's time is that of its batches.
"""
import argparse
import collections
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

ALLOCATOR = "glibc.malloc.mmap_threshold=4294967296:glibc.malloc.trim_threshold=17179869184"
# How threads wait for each other: libgomp's default (spinning), or another, as OMP_WAIT_POLICY=passive.
WAITING = {name: os.environ[name] for name in ("OMP_WAIT_POLICY",) if name in os.environ}
EPOCHS = 4
BCE_RATE = 2.64  # RecTools' own binary cross-entropy is slower; SASRec.pytorch's stood at this much more


def read_ratings(path, fewest):
    """Sequences by user in time order, of users and items with at least `fewest` events."""
    events = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            user, item, _, when = line.split("::")
            events.append((user, item, int(when)))
    while True:
        users = collections.Counter(user for user, _, _ in events)
        items = collections.Counter(item for _, item, _ in events)
        kept = [e for e in events if users[e[0]] >= fewest and items[e[1]] >= fewest]
        if len(kept) == len(events):
            break
        events = kept
    by_user = collections.defaultdict(list)
    for user, item, when in sorted(events, key=lambda event: event[2]):
        by_user[user].append(item)
    return by_user


def random_sequences(users, items):
    """Histories of 10 to 50 items, the popular ones more often."""
    import numpy as np

    draw = np.random.default_rng(1)
    weights = 1 / np.arange(10, items + 10)
    weights /= weights.sum()
    return {
        f"u{user}": [f"i{item}" for item in draw.choice(items, size=draw.integers(10, 51), p=weights)]
        for user in range(users)
    }


def write(sequences, path):
    with open(path, "w", encoding="utf-8") as out:
        for user, items in sequences.items():
            out.write(f"{user}: {' '.join(items)}\n")


def read(path):
    with open(path, encoding="utf-8") as lines:
        pairs = (line.split(": ") for line in lines)
        return {user: items.split() for user, items in pairs}


# --- RecTools, in a process of its own ---------------------------------------------------------------


def rectools(path, threads, what):
    import logging
    import warnings

    warnings.filterwarnings("ignore")
    import pandas as pd
    import pytorch_lightning as lightning
    import torch
    from rectools import Columns
    from rectools.dataset import Dataset
    from rectools.models import SASRecModel

    for name in ("pytorch_lightning", "lightning.pytorch"):
        logging.getLogger(name).setLevel(logging.ERROR)
    torch.set_num_threads(threads)
    sequences = read(path)

    def dataset(cut):
        rows = [
            (user, item, 1.0, pd.Timestamp("2000-01-01") + pd.Timedelta(seconds=place))
            for user, items in sequences.items()
            for place, item in enumerate(items[:-cut])
        ]
        return Dataset.construct(
            pd.DataFrame(rows, columns=[Columns.User, Columns.Item, Columns.Weight, Columns.Datetime])
        )

    seconds = []

    class Clock(lightning.Callback):
        def on_train_epoch_start(self, *_):
            seconds.append(time.perf_counter())

        def on_train_epoch_end(self, *_):
            seconds[-1] = time.perf_counter() - seconds[-1]

    few_batches = {"limit_train_batches": 2} if what == "rank" else {}
    epochs = 1 if what == "rank" else EPOCHS

    def trainer():
        return lightning.Trainer(
            max_epochs=epochs, min_epochs=epochs, accelerator="cpu", devices=1, logger=False,
            enable_progress_bar=False, enable_model_summary=False, enable_checkpointing=False,
            callbacks=[Clock()], **few_batches,
        )

    model = SASRecModel(
        n_blocks=2, n_heads=2, n_factors=64, dropout_rate=0.2, session_max_len=50, loss="softmax",
        lr=1e-3, batch_size=128, epochs=epochs, get_trainer_func=trainer, recommend_torch_device="cpu",
        verbose=0,
    )
    model.fit(dataset(2))
    result = {"epoch": statistics.median(seconds[1:] or seconds), "memory": own_peak()}
    if what == "rank":
        histories = dataset(1)
        users = list(sequences)
        start = time.perf_counter()
        model.recommend(users, histories, k=10, filter_viewed=True)
        result["rank"] = time.perf_counter() - start
        result["users"] = len(users)
    print("RESULT " + json.dumps(result))


def own_peak():
    """MiB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --- both, in turn -----------------------------------------------------------------------------------


def run_rectools(path, threads, what):
    environment = dict(
        os.environ, GLIBC_TUNABLES=ALLOCATOR, OMP_NUM_THREADS=str(threads), **WAITING,
        PYTHONWARNINGS="ignore", CUDA_VISIBLE_DEVICES="",
    )
    command = [sys.executable, __file__, "--rectools", path, "--threads", str(threads), "--what", what]
    out = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    return json.loads(next(line[7:] for line in out.splitlines() if line.startswith("RESULT ")))


def peak_of(command):
    """Runs a command; its largest resident memory in MiB."""
    environment = dict(os.environ, **WAITING)
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed: {' '.join(command)}")
    return usage.ru_maxrss / 1024


def run_fovea(fovea, data, run, threads, loss):
    memory = peak_of(
        [fovea, "train", data, "-o", run, "--force", "--threads", str(threads), "--set", f"loss={loss}"]
        + ["--set", f"epochs={EPOCHS}", "--set", "max_length=50", "--set", "negatives=1"]
    )
    # Between the end of an epoch's validation and the end of the next one's batches.
    ends, last = {}, {}
    with open(os.path.join(run, "metrics.jsonl"), encoding="utf-8") as lines:
        for point in map(json.loads, lines):
            (last if point["name"] == "loss" else ends)[point["epoch"]] = point["time_s"]
    epochs = [last[e] - ends[e - 1] for e in range(2, EPOCHS + 1)]
    return {"epoch": statistics.median(epochs), "memory": memory}


def rank_fovea(fovea, run, threads):
    command = [fovea, "evaluate", run, "--json", "--threads", str(threads)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    result = json.loads(out.splitlines()[-1])
    return {"rank": result["seconds"], "users": result["users"]}


def rank_both(fovea, run, sequences, threads):
    """Fovea takes a tenth of the time, so it runs a few times on either side of RecTools."""
    few = lambda: [rank_fovea(fovea, run, threads) for _ in range(3)]
    ours, theirs = few(), run_rectools(sequences, threads, "rank")
    ours += few()
    assert ours[0]["users"] == theirs["users"]
    return statistics.median(row["rank"] for row in ours), theirs["rank"]


def line(what, ours, theirs, ratios, unit):
    spread = f"({min(ratios):.2f} to {max(ratios):.2f})"
    print(f"{what:46} {ours:10.4g} {theirs:10.4g} {unit:10} {statistics.median(ratios):7.2f}x {spread}", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("fovea", nargs="?")
    options.add_argument("ratings", nargs="?")
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--rectools", help=argparse.SUPPRESS)
    options.add_argument("--what", default="train", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.rectools:
        rectools(chosen.rectools, chosen.threads, chosen.what)
        return

    with tempfile.TemporaryDirectory() as folder:
        movies = read_ratings(chosen.ratings, 5)
        targets = sum(min(len(items) - 3, 50) for items in movies.values())
        files = {}
        for name, sequences in (("movies", movies), ("random", random_sequences(16_000, 10_000))):
            files[name] = os.path.join(folder, name + ".seq")
            write(sequences, files[name])
            peak_of([chosen.fovea, "import", files[name], "-o", os.path.join(folder, name)])
        print(f"{chosen.threads} thread(s), {len(movies)} users, {targets} targets an epoch")
        print(f"{'':46} {'Fovea':>10} {'RecTools':>10}")
        run = os.path.join(folder, "run")
        ce, bce, peers = [], [], []
        for _ in range(chosen.rounds):
            ce.append(run_fovea(chosen.fovea, os.path.join(folder, "movies"), run, chosen.threads, "ce"))
            peers.append(run_rectools(files["movies"], chosen.threads, "train"))
            bce.append(run_fovea(chosen.fovea, os.path.join(folder, "movies"), run, chosen.threads, "bce"))
        rate = lambda rows: targets / statistics.median(row["epoch"] for row in rows)
        ratios = lambda ours, factor: [b["epoch"] / a["epoch"] / factor for a, b in zip(ours, peers)]
        line("full softmax", rate(ce), rate(peers), ratios(ce, 1), "targets/s")
        line(f"bce against softmax x {BCE_RATE}", rate(bce), BCE_RATE * rate(peers), ratios(bce, BCE_RATE), "targets/s")
        peak = lambda rows: statistics.median(row["memory"] for row in rows)
        line("peak memory, full softmax", peak(ce), peak(peers), [b["memory"] / a["memory"] for a, b in zip(ce, peers)], "MiB")
        train = [chosen.fovea, "train", os.path.join(folder, "random"), "-o", run, "--force"]
        peak_of(train + ["--threads", str(chosen.threads), "--set", "epochs=1", "--set", "loss=bce"])
        rounds = [rank_both(chosen.fovea, run, files["random"], chosen.threads) for _ in range(chosen.rounds)]
        ours, theirs = (statistics.median(column) for column in zip(*rounds))
        line("full ranking, 16,000 users x 10,000 items", ours, theirs, [b / a for a, b in rounds], "s")


main()
