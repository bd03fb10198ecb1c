#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The project's own rules, checked on its source.

Each rule is one function that is handed one file and yields (line, message). `--self-test` runs
every rule over the bad samples in tests/lint/bad/<rule>/, each a small source tree in which exactly
that rule must speak, and over tests/lint/good/, where none may. A rule without a bad sample fails.
"""

import argparse
import functools
import os
import re
import shutil
import subprocess
import sys

LINES_A_FUNCTION = 70
LINES_A_FILE = 900
LINES_A_FILE_GOOD = 600
FILES_A_CALL = 64

SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"

# Rules that do not yet fail the test: what they find is printed and counted, no more.
ADVISORY = {"format", "function-length", "own-header-first"}

# What the C library, POSIX and Linux offer to everybody.
SYSTEM = re.compile(
    r"(assert|complex|ctype|dirent|endian|errno|fcntl|fenv|float|inttypes|libintl|limits|locale|malloc|math|poll|"
    r"pthread|pwd|sched|setjmp|signal|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|"
    r"stdnoreturn|string|strings|tgmath|time|unistd|wchar|wctype|spawn|ftw|fnmatch|glob|termios)\.h"
    r"|(sys|net|netinet|arpa)/.*|linux/(fs|magic|memfd|openat2)\.h"
)
EVERYWHERE = re.compile(r"(glib|gio|gobject|gmodule|glib-unix|glib-object|glib/.*|gio/.*|gobject/.*)(\.h)?")

# Third-party headers, and the folders that own them. tests/ may look at anything with any tool.
OWNERS = [
    (r"sqlite3.*", ["db"]),
    (r"libpq-fe\.h", ["db/hub"]),
    (r"zbar\.h|qrencode\.h", ["app/qr"]),
    (r"openssl/.*", ["app/crypto", "app/hub"]),
    (r"sodium.*", ["app/crypto"]),
    (r"json-glib/.*", ["app/audit", "app/catalogue", "app/record", "app/session", "app/ctl", "app/hub", "app/sync",
                       "app/station", "app/face/convert",
                       "app/staff", "app/board"]),
    (r"poppler.*|png\.h|tiff.*\.h|webp/.*|libheif/.*|openjpeg.*", ["app/pixels"]),
    (r"jpeglib\.h|jerror\.h", ["app/pixels", "app/documents", "assets/demo"]),
    (r"seccomp\.h|linux/(landlock|seccomp|filter|audit)\.h", ["app/lock"]),
    (r"sys/prctl\.h", ["app/lock", "ui"]),
    (r"ft2build\.h|freetype.*", ["app/ocr/train"]),
    (r"gst/.*", ["app/devices"]),
    (r"espeak-ng/.*", ["app/speech"]),
    (r"linux/input\.h", ["app/speech"]),
    (r"(pinyin|opencc)\.h", ["app/pinyin"]),
    (r"sane/.*", ["app/devices"]),
    (r"cups/.*", ["app/devices"]),
    (r"winscard\.h", ["app/chip"]),
    (r"curl/.*", ["app/sync"]),
    (r"microhttpd\.h", ["app/hub", "app/phone"]),
    (r"gnutls/.*", ["app/hub"]),
    (r"(cairo|pango).*", ["app/receipt", "app/qr", "app/pixels", "assets/demo", "ui"]),
    (r"librsvg/.*", ["ui"]),
    (r"gdk-pixbuf/.*", ["app/devices", "ui"]),
    (r"(gtk|gdk|gsk|graphene).*", ["ui"]),
]
OWNERS = [(re.compile(pattern), folders) for pattern, folders in OWNERS]

# A statement, not an English sentence that happens to begin with such a word.
SQL = re.compile(
    r"^\s*(SELECT\s+.+|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|REPLACE\s+INTO\s|"
    r"CREATE\s+(UNIQUE\s+|TEMP\s+)?(TABLE|INDEX|TRIGGER|VIEW)\s|DROP\s+(TABLE|INDEX)\s|ALTER\s+TABLE\s|"
    r"PRAGMA\s+\w+|BEGIN(\s+IMMEDIATE|\s+EXCLUSIVE)?\s*;?$|COMMIT\s*;?$|ROLLBACK\s*;?$|VACUUM\b)",
    re.S,
)

WAYS_OUT = re.compile(
    r"\b(Gtk(FileChooser|FileDialog|LinkButton|AboutDialog|AppChooser|UriLauncher)\w*"
    r"|gtk_(file_chooser|link_button|about_dialog|app_chooser|show_uri|show_about)\w*"
    r"|g_app_info_launch\w*)"
)

MACHINE_PATH = re.compile(r"(?<![\w.$}*-])/(work|home/\w+|root|Users)(?=/|\b)|(?<![\w.$}*-])/tmp/")
REGISTRY = re.compile(
    "|".join([r"registry\.npm" + r"js", r"deb\.deb" + r"ian\.org", r"security\.deb" + r"ian\.org",
              r"py" + r"pi\.org", r"pkg\." + r"dev\b", r"artifact" + r"ory", r"registry\.yarn" + r"pkg"])
)

DECODERS = re.compile(
    r"\b(jpeg_create_decompress|png_create_read_struct|TIFFOpen|TIFFClientOpen|WebPDecode\w*)\b")

UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|HA" + r"CK)\b")
UNFINISHED_XXX = re.compile(r"^[\s*/#]*X" + r"XX\b(?!\s+is)")

# Properties of a .ui file that a visitor reads, or hears.
SPOKEN = {"label", "title", "subtitle", "heading", "text", "description", "tooltip-text", "placeholder-text",
          "help-text", "value-text", "role-description"}
UI_PROPERTY = re.compile(r'<property\s+([^>]*?)>([^<]*)</property>', re.S)


class Source:
    """One file: its text; for C also without comments (code), and without literals too (bare)."""

    def __init__(self, root, path):
        self.root = root
        self.path = path
        self.folder = os.path.dirname(path)
        self.name = os.path.basename(path)
        with open(os.path.join(root, path), encoding="utf-8", errors="replace") as handle:
            self.text = handle.read()
        self.lines = self.text.splitlines()
        self.is_c = path.endswith((".c", ".h"))
        self.is_test = path.startswith("tests/")
        self.code = self.bare = ""
        self.strings = []
        self.comments = []
        if self.is_c:
            self._split()

    def line_at(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def includes(self):
        """(line, kind, name) of each include, kind being '<' or '"'."""
        for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', self.code, re.M):
            yield self.line_at(match.start()), match.group(1), match.group(2)

    def _split(self):
        token = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
        code, bare, last = [], [], 0
        joined_to = -1
        for match in token.finditer(self.text):
            start, end, text = match.start(), match.end(), match.group()
            between = self.text[last:start]
            blank = re.sub(r"[^\n]", " ", text)
            if text[0] == "/":
                self.comments.append((start, text))
                kept = blank
            else:
                kept = text
            if text[0] == '"':
                self._add_string(start, text[1:-1], joined_to == last and between.strip() == "")
                joined_to = end
            elif joined_to == last and between.strip() == "" and text[0] == "/":
                joined_to = end
            code += [between, kept]
            bare += [between, blank]
            last = end
        rest = self.text[last:]
        self.code = "".join(code) + rest
        self.bare = "".join(bare) + rest

    def _add_string(self, start, text, joins):
        if joins and self.strings:
            self.strings[-1] = (self.strings[-1][0], self.strings[-1][1] + text)
        else:
            self.strings.append((start, text))


def below(path, folder):
    return path == folder or path.startswith(folder + "/")


def has_shebang(source):
    return source.lines[:1] and source.lines[0].startswith("#!")


def rule_spdx(source):
    if source.is_c and source.lines[:1] != ["/* " + SPDX + " */"]:
        yield 1, "the first line is not the licence: /* %s */" % SPDX
    if has_shebang(source) and "# " + SPDX not in source.lines[1:3]:
        yield 2, "a script's second line is the licence: # " + SPDX


def rule_pragma_once(source):
    if source.name.endswith(".h") and not re.search(r"^#pragma once$", source.bare, re.M):
        yield 1, "a header without #pragma once"


def rule_layer(source):
    """db sees db; app sees app and db; ui sees everything but tests; nobody sees tests but tests."""
    layers = {"db": ("db/",), "app": ("app/", "db/"), "ui": ("ui/", "app/", "db/", "assets/"),
              "assets": ("assets/", "app/", "db/")}
    seen = layers.get(source.path.split("/")[0])
    for line, kind, name in source.includes():
        if seen is not None and kind == '"' and re.match(r"\w+/", name) and not name.startswith(seen):
            yield line, "%s does not see %s" % (source.path.split("/")[0], name)


def rule_include_root(source):
    for line, kind, name in source.includes():
        if kind == '"' and not re.match(r"(app|db|ui|assets|tests|packaging)/", name):
            yield line, 'includes are written from the root: "%s"' % name


def rule_own_header_first(source):
    if not source.name.endswith(".c"):
        return
    own = source.path[:-2] + ".h"
    first = next(source.includes(), None)
    if os.path.exists(os.path.join(source.root, own)) and (first is None or first[2] != own):
        yield first[0] if first else 1, 'its own header comes first: "%s"' % own


def rule_owner(source):
    if source.is_test:
        return
    for line, kind, name in source.includes():
        if kind == '"' or EVERYWHERE.fullmatch(name):
            continue
        folders = next((folders for pattern, folders in OWNERS if pattern.fullmatch(name)), None)
        if folders is None and not SYSTEM.fullmatch(name):
            yield line, "no folder owns <%s>: enter it in this check's table" % name
        elif folders is not None and not any(below(source.path, folder) for folder in folders):
            yield line, "<%s> belongs to %s" % (name, ", ".join(folders))


def rule_decoder(source):
    """What a visitor brings is decoded in one process only."""
    if below(source.path, "app/pixels") or source.is_test or below(source.path, "assets/demo"):
        return
    for match in DECODERS.finditer(source.bare):
        yield source.line_at(match.start()), match.group() + " outside app/pixels"


def rule_sql(source):
    if below(source.path, "db") or below(source.path, "tests/unit/db"):
        return
    for start, text in source.strings:
        if SQL.match(text.replace("\\n", "\n")):
            yield source.line_at(start), "SQL outside db/: %.40s" % text


def rule_getenv(source):
    if source.is_test or below(source.path, "packaging") or source.name.startswith("main"):
        return
    for match in re.finditer(r"\b(g_|secure_)?getenv\b|\benviron\b", source.bare):
        yield source.line_at(match.start()), "the environment is read in main files only"


def rule_goto(source):
    for match in re.finditer(r"\bgoto\b", source.bare):
        yield source.line_at(match.start()), "goto"


def rule_unfinished(source):
    if source.is_c:
        for start, text in source.comments:
            for number, line in enumerate(text.splitlines()):
                if UNFINISHED.search(line) or UNFINISHED_XXX.search(line):
                    yield source.line_at(start) + number, "unfinished work: " + line.strip()
        return
    for number, line in enumerate(source.lines, 1):
        if UNFINISHED.search(line):
            yield number, "unfinished work: " + line.strip()


def rule_function_length(source):
    lines = source.bare.splitlines()
    start = None
    for number, line in enumerate(lines):
        before = lines[number - 1] if number > 0 else ""
        if line.startswith("{") and re.search(r"\)\s*(G_GNUC_\w+)?\s*$", before):
            start = number
        elif line.startswith("}") and start is not None:
            length = number - start + 1
            if length > LINES_A_FUNCTION:
                yield start + 1, "a function of %d lines, over %d" % (length, LINES_A_FUNCTION)
            start = None


def rule_file_length(source):
    if (source.is_c or has_shebang(source)) and len(source.lines) > LINES_A_FILE:
        yield 1, "%d lines, over %d" % (len(source.lines), LINES_A_FILE)


def rule_way_out(source):
    text = source.bare if source.is_c else source.text if source.name.endswith(".ui") else ""
    for match in WAYS_OUT.finditer(text):
        yield source.line_at(match.start()), match.group() + " leads a visitor out of the kiosk"


def rule_machine_path(source):
    if source.is_test and not source.name == "package-lock.json":
        return
    for number, line in enumerate(source.lines, 1):
        if MACHINE_PATH.search(line):
            yield number, "a path of one machine: " + line.strip()[:60]


def rule_registry(source):
    for number, line in enumerate(source.lines, 1):
        if REGISTRY.search(line):
            yield number, "the host of a package registry: " + line.strip()[:60]


def rule_translatable(source):
    if not source.name.endswith(".ui"):
        return
    for match in UI_PROPERTY.finditer(source.text):
        attributes, value = match.group(1), match.group(2).strip()
        name = re.search(r'name="([^"]+)"', attributes)
        english = re.search(r"[A-Za-z]{2,}", re.sub(r"&\w+;", "", value))
        spoken = name and name.group(1) in SPOKEN or re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", value)
        marked = re.search('translatable="yes"|bind-source', attributes)
        if english and spoken and not marked:
            yield source.line_at(match.start()), 'not translatable: "%s"' % value[:50]


@functools.lru_cache(maxsize=None)
def misformatted(root):
    """{path: line of the first fault}. Many files a call: starting the formatter is most of its time."""
    paths = [path for path in walk(root) if path.endswith((".c", ".h"))]
    faults = {}
    for first in range(0, len(paths), FILES_A_CALL):
        done = subprocess.run([FORMATTER, "--dry-run", "--Werror", *paths[first:first + FILES_A_CALL]],
                              cwd=root, capture_output=True, text=True, check=False)
        for path, line in re.findall(r"^([^\s:]+):(\d+):\d+: error:", done.stderr, re.M):
            faults.setdefault(path, int(line))
    return faults


def rule_format(source):
    if source.is_c and FORMATTER is not None and source.path in misformatted(source.root):
        yield misformatted(source.root)[source.path], "not as clang-format writes it"


RULES = {name[5:].replace("_", "-"): rule
         for name, rule in sorted(globals().items()) if name.startswith("rule_")}
C_ONLY = {"layer", "include-root", "own-header-first", "owner", "decoder", "sql", "getenv", "goto",
          "pragma-once", "function-length", "format"}


def find_formatter():
    """clang-format 14, which Debian 12 has: another one would write the same style differently."""
    found = shutil.which("clang-format-14") or shutil.which("clang-format")
    if found is None:
        return None
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    return found if re.search(r"version 14\b", version) else None


FORMATTER = find_formatter()


TEXT = re.compile(
    r"\.(c|h|py|sh|mjs|js|rb|ui|css|md|json|txt|in|conf|xml|po|pot)$"
    r"|(^|/)(meson\.build|meson_options\.txt|[\w-]+)$"
)
NOT_OURS = {"tests/lint/bad", "tests/lint/good", "tests/fuzz/corpus", "tests/data", "station"}


def walk(root):
    """Every text file that is ours, from the root; not what is built, fetched or a sample."""
    for folder, names, files in os.walk(root):
        at = os.path.relpath(folder, root)
        at = "" if at == "." else at + "/"
        names[:] = sorted(
            name for name in names
            if at + name not in NOT_OURS and name not in (".git", "node_modules", "__pycache__")
            and not os.path.exists(os.path.join(folder, name, "meson-private")))
        for name in sorted(files):
            if TEXT.search(at + name) and name not in (".git", "COPYING"):
                yield at + name


def check(root, rules):
    """(path, line, rule, message) of all that the rules find below root, and how many files were read."""
    found, count = [], 0
    for path in walk(root):
        source = Source(root, path)
        count += 1
        for name, rule in rules.items():
            if name in C_ONLY and not source.is_c:
                continue
            found += [(path, line, name, message) for line, message in rule(source)]
        if source.is_c and LINES_A_FILE_GOOD < len(source.lines) <= LINES_A_FILE:
            print("remark: %s has %d lines; more than %d are rarely about one thing"
                  % (path, len(source.lines), LINES_A_FILE_GOOD))
    return found, count


def report(found):
    """Each fault on a line of its own; of a rule that only advises, the places."""
    for path, line, rule, message in found:
        if rule not in ADVISORY:
            print("%s:%d: [%s] %s" % (path, line, rule, message))
    for rule in sorted(ADVISORY):
        places = ["%s:%d" % (path, line) for path, line, name, _ in found if name == rule]
        if places:
            print("advice [%s] at %d places: %s" % (rule, len(places), " ".join(places)))


def self_test(folder):
    """Each bad sample is found by its rule and by no other; nothing is found in the good one."""
    wrong = []
    for name in RULES:
        sample = os.path.join(folder, "bad", name)
        if name == "format" and FORMATTER is None:
            print("format: not tried, clang-format 14 is not here")
            continue
        found, count = check(sample, RULES)
        rules = {rule for _, _, rule, _ in found}
        paths = {path for path, _, _, _ in found}
        silent = [path for path in walk(sample) if path not in paths and not path.endswith("/own.h")]
        if count == 0 or rules != {name} or silent:
            wrong.append("%s: found %s in %d files, nothing in %s" % (name, sorted(rules), count, silent))
    found, count = check(os.path.join(folder, "good"), RULES)
    report(found)
    if found or count == 0:
        wrong.append("good: %d findings in %d files" % (len(found), count))
    print("\n".join(wrong) if wrong else "%d rules, each found its bad sample" % len(RULES))
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("root", nargs="?", default=".", help="the source tree")
    parser.add_argument("--self-test", action="store_true",
                        help="root is tests/lint: try the rules on their samples")
    parser.add_argument("--rule", action="append", choices=RULES, help="only this rule")
    options = parser.parse_args()
    if options.self_test:
        return self_test(options.root)
    rules = {name: RULES[name] for name in options.rule} if options.rule else RULES
    found, count = check(options.root, rules)
    report(found)
    faults = [rule for _, _, rule, _ in found if rule not in ADVISORY]
    print("%d files, %d rules, %d faults" % (count, len(rules), len(faults)))
    return 1 if faults or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
