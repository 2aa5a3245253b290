#!/usr/bin/env python3
"""Draws what `bench_engine 1 "" alone scale` printed, each row beside its arithmetic:

    scale_plots.py ROWS.CSV FOLDER      writes FOLDER/scale-{length,catalogue,users}.svg, prints the table
"""
import csv
import math
import sys

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 560, 360, 70, 40, 190, 50
INKS = ["#0072b2", "#d55e00", "#009e73"]
TITLES = {
    "length": ("25,600 targets in histories of one length, bce", "history length"),
    "catalogue": ("32 histories of 50", "items"),
    "users": ("an epoch of histories of 8, bce", "users"),
}


def span(values):
    low, high = math.log10(min(values)), math.log10(max(values))
    pad = 0.06 * (high - low)
    return low - pad, high + pad


def ticks(low, high):
    return [(e, 10.0**e) for e in range(math.ceil(low), math.floor(high) + 1)]


def plot(name, series):
    title, axis = TITLES[name]
    xs = [x for rows in series.values() for x, _, _ in rows]
    # The arithmetic is a line through the first point: what the step would cost if only it counted.
    lines = {k: [(x, rows[0][1] * w / rows[0][2]) for x, _, w in rows] for k, rows in series.items()}
    ys = [y for rows in series.values() for _, y, _ in rows] + [y for l in lines.values() for _, y in l]
    (x0, x1), (y0, y1) = span(xs), span(ys)
    px = lambda x: LEFT + (math.log10(x) - x0) / (x1 - x0) * (WIDTH - LEFT - RIGHT)
    py = lambda y: HEIGHT - BOTTOM - (math.log10(y) - y0) / (y1 - y0) * (HEIGHT - TOP - BOTTOM)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="DejaVu Sans, sans-serif" font-size="11">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="22" font-size="13" font-weight="bold">{title}</text>',
    ]
    for x in sorted(set(xs)):
        out.append(f'<line x1="{px(x):.1f}" x2="{px(x):.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="#e4e4e4"/>')
        out.append(f'<text x="{px(x):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{x:,.0f}</text>')
    for _, y in ticks(y0, y1):
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{py(y):.1f}" y2="{py(y):.1f}" stroke="#e4e4e4"/>')
        out.append(f'<text x="{LEFT - 8}" y="{py(y) + 4:.1f}" text-anchor="end">{y:g} s</text>')
    out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">{axis}</text>')
    for i, (key, rows) in enumerate(series.items()):
        ink = INKS[i]
        path = lambda points: " ".join(f"{px(x):.1f},{py(y):.1f}" for x, y in points)
        out.append(f'<polyline points="{path(lines[key])}" fill="none" stroke="{ink}" stroke-dasharray="4 3"/>')
        out.append(f'<polyline points="{path([(x, y) for x, y, _ in rows])}" fill="none" stroke="{ink}" stroke-width="2"/>')
        out += [f'<circle cx="{px(x):.1f}" cy="{py(y):.1f}" r="3.5" fill="{ink}"/>' for x, y, _ in rows]
        label = key.removeprefix(name).strip() or "measured"
        at = TOP + 14 + 20 * i
        out.append(f'<line x1="{WIDTH - RIGHT + 14}" x2="{WIDTH - RIGHT + 36}" y1="{at}" y2="{at}" stroke="{ink}" stroke-width="2"/>')
        out.append(f'<text x="{WIDTH - RIGHT + 42}" y="{at + 4}">{label}</text>')
    at = TOP + 14 + 20 * len(series)
    out.append(f'<line x1="{WIDTH - RIGHT + 14}" x2="{WIDTH - RIGHT + 36}" y1="{at}" y2="{at}" stroke="#555" stroke-dasharray="4 3"/>')
    out.append(f'<text x="{WIDTH - RIGHT + 42}" y="{at + 4}">arithmetic alone</text>')
    return "\n".join(out + ["</svg>", ""])


def main():
    source, folder = sys.argv[1:3]
    groups = {name: {} for name in TITLES}
    with open(source, newline="") as rows:
        for what, value, seconds, work in csv.reader(rows):
            groups[what.split()[0]].setdefault(what, []).append((float(value), float(seconds), float(work)))
    for name, series in groups.items():
        with open(f"{folder}/scale-{name}.svg", "w") as out:
            out.write(plot(name, series))
        for key, rows in series.items():
            for x, seconds, work in rows:
                arithmetic = rows[0][1] * work / rows[0][2]
                print(f"| {key} | {x:,.0f} | {seconds:.3g} s | {work:.3g} Gflop | {seconds / arithmetic:.2f} |")


if __name__ == "__main__":
    main()
