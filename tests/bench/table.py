"""The table of runs: for each corpus and generator the least and the median of all rounds."""

from statistics import median

COLUMNS = ("pages", "generator", "version", "what", "rounds", "min s", "median s", "cpu s", "peak MiB", "x floor", "files", "MiB")
LEFT = 1, 2, 3


def table(runs):
    groups = {}
    for run in runs:
        groups.setdefault((run["pages"], run["generator"], run["what"]), []).append(run)
    rows = [row(key, group, groups) for key, group in groups.items()]
    rows.sort(key=lambda pair: pair[0])
    lines = [COLUMNS, *[cells for _, cells in rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(COLUMNS))]
    return "\n".join("  ".join(cell.ljust(width) if column in LEFT else cell.rjust(width)
                               for column, (cell, width) in enumerate(zip(line, widths))).rstrip() for line in lines)


def row(key, group, groups):
    pages, generator, what = key
    start = (f"{pages:,}", generator, group[0]["version"], what, str(len(group)))
    failed = next((run["failed"] for run in group if "failed" in run), None)
    if failed:
        return (pages, float("inf")), (*start, "failed", *[""] * 6)

    def middle(name, runs=group):
        return median(run[name] for run in runs)

    floor = [run for run in groups.get((pages, "floor", "build"), []) if "failed" not in run]
    least = middle("cpu_seconds", floor) if floor else 0
    # Of less than that the clock tells nothing.
    ratio = f"{middle('cpu_seconds') / least:.1f}" if least >= 0.02 else ""
    seconds = middle("seconds")
    return (pages, seconds), (*start, f"{min(run['seconds'] for run in group):.2f}", f"{seconds:.2f}", f"{middle('cpu_seconds'):.2f}",
                              f"{middle('peak_mib'):.0f}", ratio, f"{group[0]['files']:,}", f"{group[0]['mib']:.1f}")
