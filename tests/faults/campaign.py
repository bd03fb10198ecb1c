#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks kiosk, line and hub in every way that can be had here, and counts.

    campaign.py --build DIR [--size small|large] [--seed N] [--only ROW]… [--list]

After each fault: no receipt without its record, no record twice, and the balance adds up. Rows named must-fail break a
rule on purpose, and the count has to show it: a campaign that cannot see a loss proves nothing. Prints a TAP line a row
as it ends, and the table last. Small takes about a minute on an idle machine; large is what a release runs. Every row
draws from its own generator, seeded by --seed and the row's name, so that any row can be run again alone.
"""

import argparse
import fcntl
import json
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import liar  # noqa: E402

EXT4_IOC_SHUTDOWN = 0x8004587D
NOLOGFLUSH = 2  # the cache is lost, as by a power cut
YEAR_S = 365 * 86400


class Skip(Exception):
    pass


class World:
    """A hub and a kiosk that it has enrolled, in a folder of their own, and what the visitor was told."""

    def __init__(self, tools, folder=None):
        self.tools = tools
        self.folder = tempfile.mkdtemp(prefix="kouan-faults-")
        self.kiosk = os.path.join(folder or self.folder, "kiosk")
        self.hub = os.path.join(self.folder, "hub")
        self.slips = {}
        self.serving = None
        self.port = 0
        self.call("kouan-hub", "init", self.hub, "--port", "8443")
        self.call("kouanctl", "station", "request", self.kiosk, "--kiosk", "7")
        bundle = os.path.join(self.folder, "bundle")
        self.call("kouan-hub", "enrol", self.hub, os.path.join(self.kiosk, "enrolment.request"), "--hall", "3",
                  "--hall-name", "Hall", "--hall-language", "en", "--out", bundle)
        self.call("kouanctl", "station", "install", self.kiosk, bundle)
        with open(os.path.join(self.kiosk, "kouan.conf"), "a", encoding="utf-8") as conf:
            conf.write("\n[store]\nfull-mib=1\nlow-mib=2\n")  # disks are small here

    def close(self):
        self.stop_hub()
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, program, *words):
        return subprocess.run([self.tools[program], *words], check=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True).stdout

    def environment(self, **faults):
        env = {k: v for k, v in os.environ.items() if k not in ("G_DEBUG",)}
        if faults:
            env["LD_PRELOAD"] = self.tools["shim"]
            env.update({k: str(v) for k, v in faults.items()})
        return env

    # --- the kiosk ---

    def submitting(self, count, size=2000, **faults):
        return subprocess.Popen([self.tools["fault-driver"], "submit", self.kiosk, str(count), str(size)],
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=self.environment(**faults))

    @staticmethod
    def let_work(process, lines, seconds):
        """Waits for so many lines, the first of which says that it is at work, and a little longer."""
        process.heard = b"".join(process.stdout.readline() for _ in range(lines))
        time.sleep(seconds)

    def hear(self, process):
        """Takes the receipts that a process has said before its end. Returns how many."""
        said = getattr(process, "heard", b"") + process.communicate()[0]
        lines = [line.split() for line in said[:said.rfind(b"\n") + 1].decode().splitlines() if line != "ready"]
        for number in [line[1] for line in lines]:
            assert number not in self.slips.values(), "one number for two receipts: " + number
        self.slips.update({line[0]: line[1] for line in lines})
        return len(lines)

    def submit(self, count, size=2000):
        assert self.hear(self.submitting(count, size)) == count

    def look(self):
        said = subprocess.run([self.tools["fault-driver"], "look", self.kiosk], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, env=self.environment())
        lines = [json.loads(line) for line in said.stdout.splitlines()]
        if said.returncode != 0 or not lines:
            raise AssertionError("the kiosk does not start: " + said.stderr)
        return lines[:-1], lines[-1]

    def sync(self, **faults):
        return subprocess.Popen([self.tools["kouan-sync"], "--station", self.kiosk, "--once"], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, env=self.environment(**faults))

    def sync_to_end(self, tries=4):
        for _ in range(tries):
            process = self.sync()
            process.communicate()
            if process.returncode == 0:
                return
            self.forgive()
        raise AssertionError("the sync does not come to its end")

    def forgive(self):
        """Ends the back-off, as time would."""
        import sqlite3
        with sqlite3.connect(os.path.join(self.kiosk, "kiosk.db")) as db:
            db.execute("UPDATE records SET next_attempt_s = 0")
        db.close()

    # --- the hub ---

    def start_hub(self):
        self.serving = subprocess.Popen([self.tools["kouan-hub"], "serve", self.hub, "--port", str(self.port)],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.serving.stdout.readline()
        if self.port == 0:
            self.port = json.loads(line)["port"]
            self.point_at(self.port)

    def point_at(self, port):
        path = os.path.join(self.kiosk, "kouan.conf")
        with open(path, encoding="utf-8") as conf:
            lines = conf.read().splitlines()
        with open(path, "w", encoding="utf-8") as conf:
            conf.write("\n".join("url=https://127.0.0.1:%d" % port if line.startswith("url=") else line
                                 for line in lines) + "\n")

    def stop_hub(self, how=signal.SIGKILL):
        if self.serving is not None:
            self.serving.send_signal(how)
            self.serving.wait()
            self.serving.stdout.close()
            self.serving = None

    def at_hub(self):
        """How often each record is there with its bytes."""
        found = {}
        blobs = {}
        for parent, _, names in os.walk(os.path.join(self.hub, "blobs")):
            blobs.update({name[:-4]: os.path.join(parent, name) for name in names if name.endswith(".age")})
        for line in self.call("kouan-hub", "list", self.hub).splitlines():
            record = json.loads(line)["record"]
            if record in blobs:
                found[record] = found.get(record, 0) + 1
        return found

    # --- what is promised ---

    def judge(self, hub=True, finished=False):
        """Returns (lost, doubled, unbalanced)."""
        rows, balance = self.look()
        here = {row["id"] for row in rows if row["whole"]}
        numbers = [row["number"] for row in rows]
        there = self.at_hub() if hub else {}
        lost = sum(1 for slip in self.slips
                   if (slip not in there if finished else slip not in here and slip not in there))
        doubled = len(numbers) - len(set(numbers)) + sum(1 for times in there.values() if times > 1)
        return lost, doubled, 0 if balance["adds_up"] else 1


class Count:
    def __init__(self):
        self.runs = self.receipts = self.lost = self.doubled = self.unbalanced = 0

    def add(self, judged, runs=0):
        self.runs += runs
        self.lost += judged[0]
        self.doubled += judged[1]
        self.unbalanced += judged[2]


class Progress:
    def __init__(self, name, total):
        self.name, self.total, self.started, self.told = name, total, time.monotonic(), 0

    def at(self, done):
        now = time.monotonic()
        if now - self.told < 5 or done == 0:
            return
        self.told = now
        left = (now - self.started) / done * (self.total - done)
        print("# %s: %d of %d, %d s left" % (self.name, done, self.total, left), flush=True)


def killed_kiosk(tools, rng, runs, count):
    world = World(tools)
    progress = Progress("kiosk killed", runs)
    for i in range(runs):
        process = world.submitting(100000, rng.choice((200, 2000, 300000)))
        world.let_work(process, rng.randint(0, 4), rng.uniform(0, 0.05))
        process.kill()
        count.receipts += world.hear(process)
        count.runs += 1
        if i % 50 == 49 or i == runs - 1:
            count.add(world.judge(hub=False))
        progress.at(i + 1)
    world.close()


def every_call(tools, rng, limit, count, what):
    """The whole of two submissions with a fault at the first call, the second, and so on until none is left."""
    world = World(tools)
    world.submit(1)
    at, ended = 1, 0
    step = 1 if limit is None else limit
    while ended < 1:
        process = world.submitting(2, 100000, FAULT_AT=at, FAULT_DO=what)
        count.receipts += world.hear(process)
        count.runs += 1
        ended += process.returncode == 0 and (what == "kill" or at > 400 or count.runs > 3000)
        if what != "kill" and process.returncode == 0 and at > every_call.calls:
            ended = 1
        if what == "kill" and ended:
            every_call.calls = at
        at += rng.randint(1, step)
        if count.runs % 20 == 0 or ended:
            count.add(world.judge(hub=False))
    world.close()


every_call.calls = 60


def killed_sync(tools, rng, runs, count, victim):
    world = World(tools)
    world.start_hub()
    progress = Progress(victim + " killed", runs)
    for i in range(runs):
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
        progress.at(i + 1)
    world.sync_to_end()
    count.add(world.judge(finished=True))
    world.close()


def restored_hub(tools, rng, runs, count, mutant=False):
    for _ in range(runs):
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


class Mount:
    def __init__(self, *words):
        self.at = tempfile.mkdtemp(prefix="kouan-mount-")
        self.words = words
        self.mount()

    def mount(self):
        done = subprocess.run(["mount", *self.words, self.at], stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            os.rmdir(self.at)
            raise Skip("nothing can be mounted here: " + done.stderr.strip())

    def unmount(self):
        subprocess.run(["umount", self.at], check=True)

    def close(self):
        self.unmount()
        os.rmdir(self.at)


def full_disk(tools, rng, runs, count):
    for _ in range(runs):
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
    """A stick that has room for some of the records: what fits arrives, the rest is still here."""
    for _ in range(runs):
        mount = Mount("-t", "tmpfs", "-o", "size=2m", "tmpfs")
        world = World(tools)
        world.submit(4, rng.randint(500000, 900000))
        done = subprocess.run([tools["kouan-sync"], "--station", world.kiosk, "--export", mount.at],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        said = json.loads(done.stdout)
        assert done.returncode == 1 and said["full"] > 0 and said["exported"] > 0, done.stdout
        world.call("kouan-hub", "import", world.hub, mount.at)
        subprocess.run([tools["kouan-sync"], "--station", world.kiosk, "--import", mount.at], stdout=subprocess.PIPE,
                       check=False)
        assert len(world.at_hub()) == said["exported"]
        count.receipts += len(world.slips)
        count.add(world.judge(), runs=1)
        world.close()
        mount.close()


def cut_power(mount):
    fd = os.open(mount.at, os.O_RDONLY)
    try:
        fcntl.ioctl(fd, EXT4_IOC_SHUTDOWN, struct.pack("I", NOLOGFLUSH))
    except OSError as error:
        raise Skip("this file system cannot be cut off: %s" % error) from error
    finally:
        os.close(fd)


def power_cut(tools, rng, runs, count, mutant=False):
    folder = tempfile.mkdtemp(prefix="kouan-image-")
    image = os.path.join(folder, "ext4.img")
    subprocess.run(["truncate", "-s", "96M", image], check=True)
    if shutil.which("mkfs.ext4") is None and not os.path.exists("/sbin/mkfs.ext4"):
        raise Skip("there is no mkfs.ext4 here")
    subprocess.run(["mkfs.ext4", "-qF", image], check=True, env=dict(os.environ, PATH="/sbin:/usr/sbin:" + os.environ["PATH"]))
    mount = Mount("-o", "loop", image)
    world = World(tools, folder=mount.at)
    subprocess.run(["sync", "-f", mount.at], check=True)
    progress = Progress("power cut", runs)
    for i in range(runs):
        process = world.submitting(100000, rng.choice((200, 20000)), **({"FAULT_DO": "lazy"} if mutant else {}))
        world.let_work(process, rng.randint(1, 5), rng.uniform(0, 0.1))
        cut_power(mount)
        process.kill()
        count.receipts += world.hear(process)
        mount.unmount()
        mount.mount()
        try:
            judged = world.judge(hub=False)
        except AssertionError:
            if not mutant:
                raise
            judged = (1, 0, 0)
        count.add(judged, runs=1)
        progress.at(i + 1)
        if mutant and count.lost > 0:
            break
    world.close()
    mount.close()
    shutil.rmtree(folder)


def lying_line(tools, rng, runs, count):
    world = World(tools)
    world.start_hub()
    progress = Progress("lying network", runs)
    for i in range(runs):
        mode = liar.MODES[i % len(liar.MODES)]
        world.submit(1, rng.choice((2000, 700000)))
        with liar.Liar(world.port, world.hub, world.kiosk, mode, rng.randint(1, 4)) as line:
            world.point_at(line.port)
            process = world.sync()
            process.communicate(timeout=200)
            assert process.returncode in (0, 1, 3), "%s: ended with %d" % (mode, process.returncode)
        world.point_at(world.port)
        world.forgive()
        count.add(world.judge(), runs=1)
        progress.at(i + 1)
    world.sync_to_end()
    count.receipts += len(world.slips)
    count.add(world.judge(finished=True))
    world.close()


def wrong_clock(tools, rng, runs, count):
    world = World(tools)
    world.start_hub()
    for _ in range(runs):
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
    words = [tools["fault-vfs"], str(runs), str(rng.randint(1, 2**31))] + (["lazy"] if mutant else [])
    said = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(said.stdout.splitlines()[-1])
    count.runs, count.receipts = told["runs"], told["acknowledged"]
    count.lost, count.doubled, count.unbalanced = told["lost"], 0, told["unbalanced"]


# name, small, large, function, must fail
ROWS = [
    ("kiosk killed at random", 24, 20000, killed_kiosk, False),
    ("kiosk killed at every call", 5, 1, lambda t, r, n, c: every_call(t, r, n, c, "kill"), False),
    ("disk errors at every call", 6, 1, lambda t, r, n, c: every_call(t, r, n, c, "eio"), False),
    ("no space at every call", 8, 1, lambda t, r, n, c: every_call(t, r, n, c, "enospc"), False),
    ("full disk", 1, 50, full_disk, False),
    ("full stick", 1, 50, full_stick, False),
    ("power cut on ext4", 8, 5000, power_cut, False),
    ("must-fail: power cut, synchronous=NORMAL", 60, 400, lambda t, r, n, c: power_cut(t, r, n, c, True), True),
    ("crash VFS at every I/O point", 3000, 1000000, disk_in_memory, False),
    ("must-fail: crash VFS, synchronous=NORMAL", 500, 20000, lambda t, r, n, c: disk_in_memory(t, r, n, c, True), True),
    ("sync killed", 8, 5000, lambda t, r, n, c: killed_sync(t, r, n, c, "sync"), False),
    ("hub killed", 6, 2000, lambda t, r, n, c: killed_sync(t, r, n, c, "hub"), False),
    ("hub restored from a backup", 1, 200, restored_hub, False),
    ("must-fail: erase on COMMITTED", 1, 20, lambda t, r, n, c: restored_hub(t, r, n, c, True), True),
    ("lying network", 11, 2200, lying_line, False),
    ("clock a year off", 1, 100, wrong_clock, False),
]


def find_tools(build):
    tools = {"kouan-hub": "app/hub/kouan-hub", "kouanctl": "app/ctl/kouanctl", "kouan-sync": "app/sync/kouan-sync",
             "fault-driver": "tests/faults/fault-driver", "fault-vfs": "tests/faults/fault-vfs",
             "shim": "tests/faults/libfault-shim.so"}
    return {name: os.path.join(os.path.abspath(build), path) for name, path in tools.items()}


def run_row(row, tools, options):
    name, small, large, function, must_fail = row
    runs = small if options.size == "small" else large
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
    for number, row in enumerate(rows, 1):
        note, good, count, seconds = run_row(row, find_tools(options.build), options)
        failed += not good
        print("%s %d %s %s" % ("ok" if good else "not ok", number, row[0], note), flush=True)
        table.append((row[0], note, count, seconds))
    print_table(table, options.seed)
    print("1..%d" % len(rows))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
