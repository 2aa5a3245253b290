#!/usr/bin/env python3
"""A large file of ratings to a data set: Fovea beside polars and DuckDB, each in a process of its own, in turn.

    against_import.py FOVEA [--rows 20000000] [--rounds 3] [--threads 2] [--order user|time] [--least 5] [--folder DIR]

Run it with a Python that has numpy, polars and duckdb. The file has MovieLens' columns (userId,movieId,rating,timestamp)
and, for 20 million rows, its numbers of users and items; it is made once. Each time begins when the libraries are loaded. Fovea's
is to parse, number the ids, look for duplicates and ties, filter (users and items of five events and more, again until none is
left out), sort by user and time, write, and wait for the disk; that of its whole process is printed beside it. The others' is to
read, number the ids, sort; nothing is filtered or written. Memory without a file behind it (RssAnon) is sampled.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ITEMS = 27278  # as of MovieLens 20M
ROWS_A_USER = 20000263 / 138493


AT_ONCE = 20_000_000  # rows that are made in memory


def make(path, rows, order):
    """In parts with users of their own, one after the other in time."""
    parts = -(-rows // AT_ONCE)
    with open(path, "wb") as file:
        for part in range(parts):
            table(min(AT_ONCE, rows - part * AT_ONCE), order, part, parts).write_csv(file, include_header=part == 0)


def table(rows, order, part, parts):
    import numpy as np
    import polars as pl

    random = np.random.default_rng(7 + part)
    users = max(1, int(rows / ROWS_A_USER))
    lengths = random.pareto(1.2, users) + 0.14
    lengths = np.maximum(20, lengths / lengths.sum() * rows).astype(np.int64)
    user = np.repeat(np.arange(1, users + 1, dtype=np.int32), lengths)[:rows]
    firstUser = part * int(AT_ONCE / ROWS_A_USER)
    rows = len(user)
    popularity = np.cumsum(1 / (np.arange(ITEMS) + 20.0) ** 1.1)
    ids = (np.random.default_rng(7).permutation(131262)[:ITEMS] + 1).astype(np.int32)
    span = (1427784002 - 822873600) // parts
    begins = 822873600 + part * span + random.integers(0, span, users + 1)
    frame = pl.DataFrame(
        {
            "userId": user + np.int32(firstUser),
            "movieId": ids[np.searchsorted(popularity / popularity[-1], random.random(rows, dtype=np.float32))],
            "rating": random.integers(1, 11, rows) * 0.5,
            "timestamp": begins[user] + random.integers(0, 86400 * 30, rows),
        }
    )
    return frame.sort(["userId", "movieId"] if order == "user" else ["timestamp"])


def run_polars(path, threads):
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    import polars as pl

    start = time.perf_counter()
    frame = pl.read_csv(path)
    users = frame.select("userId").unique(maintain_order=True).with_row_index("user")
    items = frame.select("movieId").unique(maintain_order=True).with_row_index("item")
    frame = frame.join(users, on="userId").join(items, on="movieId").select("user", "item", "rating", "timestamp")
    frame.sort(["user", "timestamp"])
    return time.perf_counter() - start


def run_duckdb(path, threads):
    import duckdb

    start = time.perf_counter()
    base = duckdb.connect()
    base.execute(f"SET threads={threads}")
    base.execute("SET preserve_insertion_order=false")
    base.execute(f"CREATE TABLE e AS SELECT * FROM read_csv('{path}')")
    for table, column in (("u", "userId"), ("i", "movieId")):
        base.execute(
            f"CREATE TABLE {table} AS SELECT {column}, (row_number() OVER ())::INTEGER AS n FROM (SELECT DISTINCT {column} FROM e)"
        )
    base.execute(
        "CREATE TABLE s AS SELECT u.n AS user, i.n AS item, rating, timestamp FROM e JOIN u USING (userId)"
        " JOIN i USING (movieId) ORDER BY u.n, timestamp"
    )
    return time.perf_counter() - start


PEERS = {"polars": run_polars, "duckdb": run_duckdb}


def watched(command):
    """Seconds, the largest RssAnon in bytes, what was printed."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    most = 0
    while process.poll() is None:
        try:
            for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
                if line.startswith("RssAnon"):
                    most = max(most, int(line.split()[1]) * 1024)
        except (FileNotFoundError, ProcessLookupError):
            pass
        time.sleep(0.005)
    if process.returncode != 0:
        sys.exit(f"{command[0]} failed with {process.returncode}")
    return time.perf_counter() - start, most, process.stdout.read()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fovea")
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--order", choices=["user", "time"], default="user")
    parser.add_argument("--folder", default=tempfile.gettempdir())
    parser.add_argument("--least", type=int, default=5, help="events of a user and of an item, for Fovea")
    parser.add_argument("--alone", action="store_true", help="Fovea without the others")
    parser.add_argument("--peer", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        print(PEERS[options.peer[0]](options.peer[1], options.threads))
        return
    file = pathlib.Path(options.folder) / f"fovea-import-{options.rows}-{options.order}.csv"
    if not file.exists():
        print(f"making {file}", file=sys.stderr)
        make(file, options.rows, options.order)
    print(f"{file.stat().st_size / 1e6:.0f} MB, {options.rows:,} rows by {options.order}, {options.threads} threads")
    target = pathlib.Path(options.folder) / "fovea-import-data"
    command = [options.fovea, "import", str(file), "-o", str(target), "--force", "--threads", str(options.threads), "--json"]
    command += ["--min-user-events", str(options.least), "--min-item-events", str(options.least)]
    seconds = {"fovea": [], "polars": [], "duckdb": []}
    memory = dict.fromkeys(seconds, 0)
    whole = []
    for _ in range(options.rounds):
        took, most, printed = watched(command)
        result = json.loads(printed.strip().splitlines()[-1])
        events = result["events"]
        seconds["fovea"].append(result["seconds"])
        whole.append(took)
        memory["fovea"] = max(memory["fovea"], most)
        for peer in [] if options.alone else PEERS:
            own = [sys.executable, __file__, options.fovea, "--threads", str(options.threads), "--peer", peer, str(file)]
            _, most, printed = watched(own)
            seconds[peer].append(float(printed))
            memory[peer] = max(memory[peer], most)
    for name, took in seconds.items():
        if not took:
            continue
        text = f"{name:8} {statistics.median(took):6.2f} s ({min(took):.2f} to {max(took):.2f})"
        text += f"  {memory[name] / options.rows:5.1f} bytes an event without a file behind them"
        if name == "fovea":
            text += f"  {statistics.median(whole):.2f} s with its start and end"
        else:
            ratios = [other / own for own, other in zip(seconds["fovea"], took)]
            text += f"  {statistics.median(ratios):.2f} times Fovea ({min(ratios):.2f} to {max(ratios):.2f})"
        print(text)
    print(f"{events:,} events in the data set")


main()
