#!/usr/bin/env python3
"""Training, evaluation and import on one thread and on two, alone and beside a process that keeps a processor busy.

usage: neighbours.py FOVEA RATINGS.DAT [--before FOVEA] [--pairs N]

Prints a table of medians, and of the speed beside the busy process as a share of one thread's. With --before, another
program runs in turn with the first, and the median of the pairs' ratios stands beside its rows.
"""
import argparse
import json
import multiprocessing
import os
import statistics
import subprocess
import tempfile


def busy(stop):
    while not stop.is_set():
        for _ in range(100000):
            pass


class Neighbour:
    """A process that is busy for as long as the block lasts, where it is wanted."""

    def __init__(self, wanted):
        self.stop = multiprocessing.Event()
        self.process = multiprocessing.Process(target=busy, args=(self.stop,)) if wanted else None

    def __enter__(self):
        if self.process:
            self.process.start()

    def __exit__(self, *_):
        self.stop.set()
        if self.process:
            self.process.join()


def last_line(command):
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(out.strip().splitlines()[-1])


class Works:
    """What is measured, each as a speed."""

    def __init__(self, folder, ratings):
        self.folder, self.ratings = folder, ratings

    def at(self, name):
        return os.path.join(self.folder, name)

    def prepare(self, fovea):
        subprocess.run([fovea, "import", self.ratings, "--min-user-events", "5", "--min-item-events", "5",
                        "-o", self.at("data")], check=True, capture_output=True)
        subprocess.run([fovea, "train", self.at("data"), "-o", self.at("run"), "--set", "epochs=1", "--set", "loss=bce"],
                       check=True, capture_output=True)

    def train(self, fovea, threads):
        return last_line([fovea, "train", self.at("data"), "-o", self.at("again"), "--force", "--json", "--threads",
                          str(threads), "--set", "loss=bce", "--set", "epochs=4"])["targets_per_second"]

    def evaluate(self, fovea, threads):
        result = last_line([fovea, "evaluate", self.at("run"), "--json", "--threads", str(threads)])
        return result["users"] / result["seconds"]

    def read(self, fovea, threads):
        result = last_line([fovea, "import", self.ratings, "-o", self.at("read"), "--force", "--json", "--threads",
                            str(threads)])
        return result["events"] / result["seconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fovea")
    parser.add_argument("ratings")
    parser.add_argument("--before")
    parser.add_argument("--pairs", type=int, default=10)
    options = parser.parse_args()
    programs = [options.fovea] + ([options.before] if options.before else [])
    with tempfile.TemporaryDirectory() as folder:
        works = Works(folder, options.ratings)
        works.prepare(options.fovea)
        for what, unit, run in (("training", "targets/s", works.train), ("evaluation", "users/s", works.evaluate),
                                ("import", "events/s", works.read)):
            print(f"\n| {what}, {unit} | alone | beside a busy process | of one thread's |\n|---|---|---|---|")
            speeds = {}
            for threads in (1, 2):
                for wanted in (False, True):
                    with Neighbour(wanted):
                        for _ in range(options.pairs):
                            for program in programs:
                                speeds.setdefault((program, threads, wanted), []).append(run(program, threads))
            for program in programs:
                for threads in (1, 2):
                    alone, beside = (speeds[program, threads, wanted] for wanted in (False, True))
                    share = statistics.median(beside) / statistics.median(speeds[program, 1, True])
                    name = f"{threads} thread{'s' if threads > 1 else ''}" + (", before" if program == options.before else "")
                    print(f"| {name} | {statistics.median(alone):,.0f} ({min(alone):,.0f} to {max(alone):,.0f}) "
                          f"| {statistics.median(beside):,.0f} ({min(beside):,.0f} to {max(beside):,.0f}) | {share:.2f} |")
            if options.before:
                for threads in (1, 2):
                    for wanted in (False, True):
                        ratios = [now / then for now, then in zip(speeds[options.fovea, threads, wanted],
                                                                  speeds[options.before, threads, wanted])]
                        print(f"{threads} thread(s), {'beside a busy process' if wanted else 'alone'}: now / before "
                              f"{statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f}, {len(ratios)} pairs)")


if __name__ == "__main__":
    main()
