# SPDX-License-Identifier: GPL-3.0-or-later
"""A hub and a kiosk to be broken, the disks under them, and what is counted afterwards."""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import struct
import subprocess
import tempfile
import time

EXT4_IOC_SHUTDOWN = 0x8004587D
NOLOGFLUSH = 2  # the cache is lost, as by a power cut


class Skip(Exception):
    pass


class DoesNotStart(AssertionError):
    """What a process finds of its own is broken."""


class World:
    """A hub and a kiosk that it has enrolled, in a folder of their own, and what the visitor was told."""

    def __init__(self, tools, folder=None, hub_folder=None):
        self.tools = tools
        self.folder = tempfile.mkdtemp(prefix="kouan-faults-")
        self.kiosk = os.path.join(folder or self.folder, "kiosk")
        self.hub = os.path.join(hub_folder or self.folder, "hub")
        self.counted = os.path.join(self.folder, "calls")
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

    def calls(self):
        """How many calls the last process with FAULT_COUNT=self.counted has made; it has ended by itself."""
        with open(self.counted, encoding="ascii") as told:
            return int(told.read())

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
            raise DoesNotStart("the kiosk does not start: " + said.stderr)
        return lines[:-1], lines[-1]

    def sync(self, **faults):
        return subprocess.Popen([self.tools["kouan-sync"], "--station", self.kiosk, "--once"], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, env=self.environment(**faults))

    def let_sync(self, process):
        """Waits until a sync has brought a receipt that was not here before, or has ended."""
        import sqlite3
        db = sqlite3.connect(os.path.join(self.kiosk, "kiosk.db"))
        ask = "SELECT count(*) FROM records WHERE receipt IS NOT NULL"
        before = db.execute(ask).fetchone()
        while process.poll() is None and db.execute(ask).fetchone() == before:
            time.sleep(0.002)
        db.close()

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

    def start_hub(self, **faults):
        self.serving = subprocess.Popen([self.tools["kouan-hub"], "serve", self.hub, "--port", str(self.port)],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                        env=self.environment(**faults))
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

    def copy_database(self, folder):
        """Copies the database of a hub at work, by SQLite's own means."""
        import sqlite3
        name = "hub.db"
        here, there = (sqlite3.connect(os.path.join(place, name)) for place in (self.hub, folder))
        here.backup(there)
        here.close()
        there.close()

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

    def unkept(self):
        """How many receipts the kiosk holds whose record is not at the hub, bytes and all, or is there twice."""
        rows, _ = self.look()
        promised = {row["id"]: row["sha256"] for row in rows if row["state"] in ("committed", "archived", "erased")}
        found = self.at_hub()
        lost = 0
        for record, digest in promised.items():
            path = os.path.join(self.hub, "blobs", record[-2:], record + ".age")
            try:
                with open(path, "rb") as blob:
                    whole = hashlib.sha256(blob.read()).hexdigest() == digest
            except FileNotFoundError:
                whole = False
            lost += not whole or record not in found
        return lost, sum(1 for times in found.values() if times > 1), 0

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


class Budget:
    """So many runs, or fewer if there is no time for them. Says how far it is, and how long it will take."""

    def __init__(self, name, runs, end=None):
        self.name, self.runs, self.end = name, runs, end
        self.started = self.told = time.monotonic()

    def is_over(self):
        return self.end is not None and time.monotonic() > self.end

    def __iter__(self):
        for done in range(self.runs):
            if self.is_over():
                return
            yield done
            self.tell(done + 1)

    def tell(self, done):
        now = time.monotonic()
        if now - self.told < 5:
            return
        self.told = now
        left = (now - self.started) / done * (self.runs - done)
        if self.end is not None:
            left = min(left, max(self.end - now, 0))
        print("# %s: %d of %d, %d s left" % (self.name, done, self.runs, left), flush=True)


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


class CutDisk(Mount):
    """ext4 in a file, whose power can be cut."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="kouan-image-")
        image = os.path.join(self.folder, "ext4.img")
        subprocess.run(["truncate", "-s", "96M", image], check=True)
        if shutil.which("mkfs.ext4") is None and not os.path.exists("/sbin/mkfs.ext4"):
            raise Skip("there is no mkfs.ext4 here")
        subprocess.run(["mkfs.ext4", "-qF", image], check=True,
                       env=dict(os.environ, PATH="/sbin:/usr/sbin:" + os.environ["PATH"]))
        super().__init__("-o", "loop", image)

    def settle(self):
        subprocess.run(["sync", "-f", self.at], check=True)

    def cut(self, process):
        """A cut is not one moment for the kernel: a sync that is under way then may answer that all is well, while
        nothing is kept of it. So whoever could pass that on is stopped first, and has to be killed after."""
        process.send_signal(signal.SIGSTOP)
        fd = os.open(self.at, os.O_RDONLY)
        try:
            fcntl.ioctl(fd, EXT4_IOC_SHUTDOWN, struct.pack("I", NOLOGFLUSH))
        except OSError as error:
            raise Skip("this file system cannot be cut off: %s" % error) from error
        finally:
            os.close(fd)

    def power_up(self):
        self.unmount()
        self.mount()

    def close(self):
        super().close()
        shutil.rmtree(self.folder)
