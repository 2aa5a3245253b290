#!/usr/bin/env python3
"""Training, evaluation and import on one thread and on two, alone and beside a process that keeps a processor busy.

usage: neighbours.py FOVEA RATINGS.DAT [--before FOVEA] [--pairs N]

Imported are the ratings twenty times over, each time of other users. Prints a table of medians, and of the speed beside the
busy process as a share of one thread's. With --before, another program runs in turn with the first, and the median of the
pairs' ratios stands below.
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


class Program:
    """What is measured of one, each as a speed; its data set and its run are its own."""

    def __init__(self, fovea, folder, ratings, many):
        self.fovea, self.folder, self.many = fovea, folder, many
        os.mkdir(folder)
        self.run("import", ratings, "--min-user-events", "5", "--min-item-events", "5", "-o", self.at("data"))
        self.run("train", self.at("data"), "-o", self.at("run"), "--set", "epochs=1", "--set", "loss=bce")

    def at(self, name):
        return os.path.join(self.folder, name)

    def run(self, *words):
        out = subprocess.run([self.fovea, *words, "--json"], check=True, capture_output=True, text=True).stdout
        return json.loads(out.strip().splitlines()[-1])

    def train(self, threads):
        return self.run("train", self.at("data"), "-o", self.at("again"), "--force", "--threads", str(threads),
                        "--set", "loss=bce", "--set", "epochs=4")["targets_per_second"]

    def evaluate(self, threads):
        result = self.run("evaluate", self.at("run"), "--threads", str(threads))
        return result["users"] / result["seconds"]

    def read(self, threads):
        result = self.run("import", self.many, "-o", self.at("read"), "--force", "--threads", str(threads))
        return result["events"] / result["seconds"]


def write_many(ratings, file):
    with open(ratings, encoding="utf-8") as source:
        lines = source.readlines()
    with open(file, "w", encoding="utf-8") as target:
        for time in range(20):
            target.writelines(f"{time}x{line}" for line in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fovea")
    parser.add_argument("ratings")
    parser.add_argument("--before")
    parser.add_argument("--pairs", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        many = os.path.join(folder, "many.dat")
        write_many(options.ratings, many)
        now = Program(options.fovea, os.path.join(folder, "now"), options.ratings, many)
        before = Program(options.before, os.path.join(folder, "before"), options.ratings, many) if options.before else None
        programs = [now] + ([before] if before else [])
        for what, unit, run in (("training", "targets/s", Program.train), ("evaluation", "users/s", Program.evaluate),
                                ("import", "events/s", Program.read)):
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
                    name = f"{threads} thread{'s' if threads > 1 else ''}" + (", before" if program is before else "")
                    print(f"| {name} | {statistics.median(alone):,.0f} ({min(alone):,.0f} to {max(alone):,.0f}) "
                          f"| {statistics.median(beside):,.0f} ({min(beside):,.0f} to {max(beside):,.0f}) | {share:.2f} |")
            if before:
                for threads in (1, 2):
                    for wanted in (False, True):
                        ratios = [a / b for a, b in zip(speeds[now, threads, wanted], speeds[before, threads, wanted])]
                        print(f"{threads} thread(s), {'beside a busy process' if wanted else 'alone'}: now / before "
                              f"{statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f}, {len(ratios)} pairs)")


if __name__ == "__main__":
    main()
