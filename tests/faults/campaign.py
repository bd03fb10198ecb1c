#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks kiosk, line and hub in every way that can be had here, and counts.

    campaign.py --build DIR [--size small|large] [--minutes N] [--seed N] [--only ROW]… [--list]

After each fault: no receipt without its record, no record twice, and the balance adds up. Rows named must-fail break a
rule on purpose, and the count has to show it: a campaign that cannot see a loss proves nothing. Prints a TAP line a row
as it ends, and the table last. Small takes about a minute on an idle machine; large is what a release runs, and with
--minutes each row does of it what its share of the time allows. Every row draws from its own generator, seeded by
--seed and the row's name, so that any row can be run again alone.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import liar  # noqa: E402
from world import Budget, Count, CutDisk, DoesNotStart, Mount, Skip, World  # noqa: E402

YEAR_S = 365 * 86400
HERE = os.path.dirname(os.path.abspath(__file__))


def killed_kiosk(tools, rng, runs, count):
    """A new kiosk now and then, since each has to be looked through to its first record."""
    world = World(tools)
    for i in runs:
        if i % 500 == 499:
            count.add(world.judge(hub=False))
            world.close()
            world = World(tools)
        process = world.submitting(100000, rng.choice((200, 2000, 300000)))
        world.let_work(process, rng.randint(0, 4), rng.uniform(0, 0.05))
        process.kill()
        count.receipts += world.hear(process)
        count.runs += 1
        if i % 50 == 49:
            count.add(world.judge(hub=False))
    count.add(world.judge(hub=False))
    world.close()


def every_call(tools, rng, runs, count, what):
    """The whole of two submissions with a fault at the first call, the second, and so on until none is left; or
    so many of them, evenly."""
    world = World(tools)
    world.submit(1)
    count.receipts += world.hear(world.submitting(2, 100000, FAULT_COUNT=world.counted))
    calls = world.calls()
    step = max(1, calls // runs.runs) if runs.runs > 1 else 1
    for at in range(1 + rng.randint(0, step - 1), calls + 1, step):
        if runs.is_over():
            break
        process = world.submitting(2, 100000, FAULT_AT=at, FAULT_DO=what)
        count.receipts += world.hear(process)
        count.runs += 1
        assert what == "kill" or process.returncode >= 0, "an error must be an answer, not a crash"
        if count.runs % 20 == 0:
            count.add(world.judge(hub=False))
    count.add(world.judge(hub=False))
    world.close()


def failing_hub(tools, rng, runs, count, fault):
    """A call of the hub's disk fails while records come in, or the disk is full from one on. The kiosk may get an
    error, and no receipt for bytes that the disk has not; later everything arrives. A kiosk that was told of a full
    disk waits half a minute before it asks again: it is ended then, as at the end of its window."""
    world = World(tools)
    world.start_hub(FAULT_COUNT=world.counted)
    world.submit(3, 900000)
    world.sync_to_end()
    world.stop_hub(signal.SIGTERM)
    calls = world.calls()
    for i in runs:
        world.submit(2, rng.choice((2000, 900000)))
        world.start_hub(FAULT_AT=rng.randint(1, calls), FAULT_DO=fault)
        process = world.sync()
        try:
            process.communicate(timeout=3 if fault == "enospc" else None)
        except subprocess.TimeoutExpired:
            process.terminate()
            process.communicate()
        assert process.returncode in (0, 1, 3) or fault == "enospc" and process.returncode == -signal.SIGTERM, "the sync ended with %d" % process.returncode
        world.stop_hub()
        world.forgive()
        count.add(world.unkept(), runs=1)
        if i % 10 == 9:
            world.start_hub()
            world.sync_to_end()
            world.call("kouan-hub", "archive", world.hub, "--all")
            world.stop_hub()
    world.start_hub()
    world.sync_to_end()
    world.stop_hub()
    count.receipts += len(world.slips)
    count.add(world.judge(finished=True))
    world.close()


def killed_sync(tools, rng, runs, count, victim):
    world = World(tools)
    world.start_hub()
    for i in runs:
        if i % 4 == 0:
            count.receipts += 3
            world.submit(3, rng.choice((2000, 900000)))
        process = world.sync()
        time.sleep(rng.uniform(0.01, 0.25))
        if victim == "sync":
            process.kill()
        else:
            world.stop_hub()
            world.start_hub()
        process.communicate()
        world.forgive()
        count.runs += 1
        if i % 10 == 9:
            count.add(world.judge())
            world.call("kouan-hub", "archive", world.hub, "--all")
    world.sync_to_end()
    count.add(world.judge(finished=True))
    world.close()


def restored_hub(tools, rng, runs, count, mutant=False):
    for _ in runs:
        world = World(tools)
        world.start_hub()
        world.submit(2)
        world.sync_to_end()
        world.stop_hub()
        backup = world.hub + ".backup"
        shutil.copytree(world.hub, backup)
        world.start_hub()
        world.call("kouan-hub", "archive", world.hub, "--all")
        world.submit(rng.randint(1, 3))
        world.sync_to_end()
        if mutant:
            subprocess.run([tools["fault-driver"], "forget", world.kiosk], check=True, stderr=subprocess.DEVNULL)
        world.stop_hub()
        shutil.rmtree(world.hub)
        shutil.move(backup, world.hub)
        world.start_hub()
        world.sync_to_end()
        world.stop_hub()
        count.receipts += len(world.slips)
        count.add(world.judge(finished=True), runs=1)
        world.close()


def live_backup(tools, rng, runs, count):
    """A copy of the hub at work, its files first and its database after, as HUB.md says not to: a record between has a
    row in the copy and no file. The kiosk may not erase it on the hub's word, and brings it again."""
    for _ in runs:
        world = World(tools)
        world.start_hub()
        world.submit(2)
        world.sync_to_end()
        backup = world.hub + ".backup"
        shutil.copytree(world.hub, backup, ignore=shutil.ignore_patterns("hub.db*"))
        world.submit(rng.randint(1, 3), rng.choice((2000, 300000)))
        world.sync_to_end()
        world.copy_database(backup)
        world.stop_hub()
        shutil.rmtree(world.hub)
        shutil.move(backup, world.hub)
        world.start_hub()
        done = subprocess.run([tools["kouan-hub"], "archive", world.hub, "--all"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 1 and "sealed bytes" in done.stderr, "archive vouches for bytes that are not here"
        world.sync_to_end()
        world.call("kouan-hub", "archive", world.hub, "--all")
        world.sync_to_end()
        world.stop_hub()
        count.receipts += len(world.slips)
        count.add(world.judge(finished=True), runs=1)
        world.close()


def full_disk(tools, rng, runs, count):
    for _ in runs:
        mount = Mount("-t", "tmpfs", "-o", "size=24m", "tmpfs")
        world = World(tools, folder=mount.at)
        process = world.submitting(100000, rng.randint(100000, 900000))
        heard = world.hear(process)
        assert process.returncode == 1, "a full disk must be an answer, not a crash"
        count.receipts += heard
        count.add(world.judge(hub=False), runs=1)
        fill = os.open(os.path.join(world.kiosk, "fill"), os.O_WRONLY | os.O_CREAT)
        try:
            while True:
                os.write(fill, b"x" * 4096)
        except OSError:
            os.close(fill)
        count.receipts += world.hear(world.submitting(3))
        os.unlink(os.path.join(world.kiosk, "fill"))
        count.add(world.judge(hub=False), runs=1)
        world.close()
        mount.close()


def full_stick(tools, rng, runs, count):
    """A stick that has room for some of the records: what fits arrives and is answered, the rest is still here."""
    for _ in runs:
        mount = Mount("-t", "tmpfs", "-o", "size=%dk" % rng.randint(2000, 2600), "tmpfs")
        world = World(tools)
        world.submit(60, rng.randint(40000, 60000))  # what is left over is less than their answers need
        done = subprocess.run([tools["kouan-sync"], "--station", world.kiosk, "--export", mount.at],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        said = json.loads(done.stdout)
        assert done.returncode == 1 and said["full"] > 0 and said["exported"] > 0, done.stdout
        subprocess.run([tools["kouan-hub"], "import", world.hub, mount.at], stdout=subprocess.PIPE, check=True)
        subprocess.run([tools["kouan-sync"], "--station", world.kiosk, "--import", mount.at], stdout=subprocess.PIPE,
                       check=False)
        assert len(world.at_hub()) == said["exported"]
        count.receipts += len(world.slips)
        count.add(world.judge(), runs=1)
        world.close()
        mount.close()


def power_cut(tools, rng, runs, count, mutant=False):
    """A new disk now and then: one that is full takes no records, and proves nothing."""
    disk = world = None
    for i in runs:
        if i % 100 == 0:
            if world:
                world.submit(1)  # it still takes records
                world.close()
                disk.close()
            disk = CutDisk()
            world = World(tools, folder=disk.at)
            disk.settle()
        process = world.submitting(100000, rng.choice((200, 20000)), **({"FAULT_DO": "lazy"} if mutant else {}))
        world.let_work(process, rng.randint(1, 5), rng.uniform(0, 0.1))
        disk.cut(process)
        process.kill()
        count.receipts += world.hear(process)
        disk.power_up()
        try:
            judged = world.judge(hub=False)
        except DoesNotStart:
            if not mutant:
                raise
            judged = (1, 0, 0)
        count.add(judged, runs=1)
        if mutant and count.lost > 0:
            break
    if not mutant:
        world.submit(1)
    world.close()
    disk.close()


class CutHub:
    """A hub on a disk of its own, and the kiosk that sends to it."""

    def __init__(self, tools):
        self.disk = CutDisk()
        self.world = World(tools, hub_folder=self.disk.at)
        self.disk.settle()

    def run(self, rng, mutant):
        self.world.start_hub(**({"FAULT_DO": "lazy"} if mutant else {}))
        process = self.world.sync()
        if mutant:
            self.world.let_sync(process)
        else:
            time.sleep(rng.uniform(0.03, 0.4))
        self.disk.cut(self.world.serving)
        self.world.stop_hub()
        process.communicate()
        self.disk.power_up()
        self.world.forgive()
        return self.world.unkept()

    def finish(self):
        self.world.start_hub()
        self.world.sync_to_end()
        return self.world.judge(finished=True)

    def close(self):
        self.world.close()
        self.disk.close()


def hub_power_cut(tools, rng, runs, count):
    """The hub's disk is cut off while records come in: what it has signed for must be there."""
    broken = None
    for i in runs:
        if i % 40 == 0:
            if broken:
                count.add(broken.finish())
                broken.close()
            broken = CutHub(tools)
        if i % 4 == 0:
            count.receipts += 4
            broken.world.submit(4, rng.choice((2000, 900000)))
        count.add(broken.run(rng, False), runs=1)
    if broken:
        count.add(broken.finish())
        broken.close()


def hub_power_cut_lazy(tools, rng, runs, count):
    broken = CutHub(tools)
    for _ in runs:
        count.receipts += 2
        broken.world.submit(2)
        try:
            count.add(broken.run(rng, True), runs=1)
        except subprocess.SubprocessError:  # the hub's database does not even open
            count.add((1, 0, 0), runs=1)
        if count.lost > 0:
            break
    broken.close()


def lying_line(tools, rng, runs, count):
    world = World(tools)
    world.start_hub()
    for i in runs:
        mode = liar.MODES[i % len(liar.MODES)]
        world.submit(rng.randint(1, 4), rng.choice((2000, 700000)))  # several are under way at once
        with liar.Liar(world.port, world.hub, world.kiosk, mode, rng.randint(1, 8)) as line:
            world.point_at(line.port)
            process = world.sync()
            process.communicate(timeout=200)
            assert process.returncode in (0, 1, 3), "%s: ended with %d" % (mode, process.returncode)
        world.point_at(world.port)
        world.forgive()
        count.add(world.judge(), runs=1)
    world.sync_to_end()
    count.receipts += len(world.slips)
    count.add(world.judge(finished=True))
    world.close()


def wrong_clock(tools, rng, runs, count):
    world = World(tools)
    world.start_hub()
    for _ in runs:
        offset = rng.choice((-YEAR_S, YEAR_S, -20 * YEAR_S, -3600))
        count.receipts += world.hear(world.submitting(2, FAULT_CLOCK=offset))
        process = world.sync(FAULT_CLOCK=offset)
        process.communicate()
        count.add(world.judge(), runs=1)
        world.submit(1)
    world.forgive()
    world.sync_to_end()
    rows, _ = world.look()
    assert [row["number"] for row in rows] == sorted(row["number"] for row in rows)
    count.receipts = len(world.slips)
    count.add(world.judge(finished=True))
    world.close()


def disk_in_memory(tools, rng, runs, count, mutant=False):
    seed = rng.randint(1, 2**31)
    while count.runs < runs.runs and not runs.is_over():
        more = min(20000, runs.runs - count.runs)
        words = [tools["fault-vfs"], str(more), str(seed), str(count.runs)] + (["lazy"] if mutant else [])
        said = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
        told = json.loads(said.stdout.splitlines()[-1])
        count.receipts += told["acknowledged"]
        count.add((told["lost"], 0, told["unbalanced"]), runs=told["runs"])
        runs.tell(count.runs)


def on_postgres(tools, rng, runs, count):
    """The hub killed and its PostgreSQL stopped by turns, sealed bytes in files and in rows: a test of its own."""
    while count.runs < 4 * runs.runs and not runs.is_over():
        rounds = min(25, runs.runs - count.runs // 4)
        said = subprocess.run([os.path.join(HERE, "../testlib/with-postgres"), "-c", "fsync=off",
                               tools["test-hub-faults"], tools["kouan-hub"], "--rounds", str(rounds), "--seed",
                               "R02S%032x" % rng.getrandbits(128)],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        told = re.findall(r"(\d+) faults, \d+ requests broken by them, (\d+) records", said.stdout)
        if said.returncode == 0 and not told:
            raise Skip("PostgreSQL is not here; package postgresql-15")
        count.runs += sum(int(faults) for faults, _ in told)
        count.receipts += sum(int(records) for _, records in told)
        if said.returncode != 0:
            count.lost += "count_lost (fixture) == 0" in said.stderr  # otherwise the check itself did not work
            raise AssertionError(said.stderr[-2000:])
        runs.tell(max(count.runs // 4, 1))


# name, small, large, function, must fail
ROWS = [
    ("kiosk killed at random", 24, 20000, killed_kiosk, False),
    ("kiosk killed at every call", 5, 1, lambda t, r, n, c: every_call(t, r, n, c, "kill"), False),
    ("disk errors at every call", 6, 1, lambda t, r, n, c: every_call(t, r, n, c, "eio"), False),
    ("no space at every call", 8, 1, lambda t, r, n, c: every_call(t, r, n, c, "enospc"), False),
    ("full disk", 1, 50, full_disk, False),
    ("full stick", 1, 50, full_stick, False),
    ("power cut on ext4", 8, 5000, power_cut, False),
    ("hub's power cut on ext4", 4, 2000, hub_power_cut, False),
    ("must-fail: hub's power cut, unsynced log", 40, 200, hub_power_cut_lazy, True),
    ("must-fail: power cut, synchronous=NORMAL", 60, 400, lambda t, r, n, c: power_cut(t, r, n, c, True), True),
    ("crash VFS at every I/O point", 3000, 1000000, disk_in_memory, False),
    ("must-fail: crash VFS, synchronous=NORMAL", 500, 20000, lambda t, r, n, c: disk_in_memory(t, r, n, c, True), True),
    ("sync killed", 8, 5000, lambda t, r, n, c: killed_sync(t, r, n, c, "sync"), False),
    ("hub killed", 6, 2000, lambda t, r, n, c: killed_sync(t, r, n, c, "hub"), False),
    ("hub's disk errors", 8, 1000, lambda t, r, n, c: failing_hub(t, r, n, c, "eio"), False),
    ("hub's disk full", 4, 200, lambda t, r, n, c: failing_hub(t, r, n, c, "enospc"), False),
    ("hub and PostgreSQL stopped", 3, 500, on_postgres, False),
    ("hub restored from a backup", 1, 200, restored_hub, False),
    ("hub restored from a live backup", 1, 200, live_backup, False),
    ("must-fail: erase on COMMITTED", 1, 20, lambda t, r, n, c: restored_hub(t, r, n, c, True), True),
    ("lying network", 12, 2400, lying_line, False),
    ("clock a year off", 1, 100, wrong_clock, False),
]


def find_tools(build):
    tools = {"kouan-hub": "app/hub/kouan-hub", "kouanctl": "app/ctl/kouanctl", "kouan-sync": "app/sync/kouan-sync",
             "fault-driver": "tests/faults/fault-driver", "fault-vfs": "tests/faults/fault-vfs",
             "test-hub-faults": "tests/unit/hub/test-hub-faults", "shim": "tests/faults/libfault-shim.so"}
    return {name: os.path.join(os.path.abspath(build), path) for name, path in tools.items()}


def run_row(row, tools, options, end):
    name, small, large, function, must_fail = row
    runs = Budget(name, small if options.size == "small" else large, end)
    count, note, good = Count(), "", False
    started = time.monotonic()
    try:
        function(tools, random.Random("%d %s" % (options.seed, name)), runs, count)
        bad = count.lost + count.doubled + count.unbalanced
        good = count.lost > 0 if must_fail else bad == 0 and count.runs > 0
    except Skip as reason:
        return "# SKIP " + str(reason), True, count, time.monotonic() - started
    except (AssertionError, subprocess.SubprocessError, OSError, ValueError) as error:
        note = "# %s: %s" % (type(error).__name__, error)
    return note, good, count, time.monotonic() - started


def print_table(table, seed):
    print("# seed %d" % seed)
    print("# %-42s %9s %9s %6s %8s %10s %7s" % ("row", "runs", "receipts", "lost", "doubled", "unbalanced", "s"))
    for name, note, count, seconds in table:
        if note.startswith("# SKIP"):
            print("# %-42s not run: %s" % (name, note[7:]))
        else:
            print("# %-42s %9d %9d %6d %8d %10d %7.1f" % (name, count.runs, count.receipts, count.lost, count.doubled,
                                                          count.unbalanced, seconds))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build")
    parser.add_argument("--size", choices=("small", "large"), default="small")
    parser.add_argument("--minutes", type=float, help="for all rows together; what a row leaves is the next ones'")
    parser.add_argument("--seed", type=int, default=0, help="0: a new one, which is printed")
    parser.add_argument("--only", action="append", metavar="ROW", help="rows whose name holds this")
    parser.add_argument("--list", action="store_true", help="the rows, with their small and large numbers of runs")
    options = parser.parse_args()
    options.seed = options.seed or random.SystemRandom().randint(1, 2**31)
    rows = [row for row in ROWS if not options.only or any(word in row[0] for word in options.only)]
    if options.list:
        for row in rows:
            print("%-42s %7d %9d" % row[:3])
        return 0
    print("# seed %d" % options.seed, flush=True)
    table, failed = [], 0
    last = time.monotonic() + 60 * options.minutes if options.minutes else None
    for number, row in enumerate(rows, 1):
        now = time.monotonic()
        end = now + max(last - now, 0) / (len(rows) - number + 1) if last else None
        note, good, count, seconds = run_row(row, find_tools(options.build), options, end)
        failed += not good
        print("%s %d %s %s" % ("ok" if good else "not ok", number, row[0], note), flush=True)
        table.append((row[0], note, count, seconds))
    print_table(table, options.seed)
    print("1..%d" % len(rows))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
