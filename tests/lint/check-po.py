#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No language of the kiosk is missing a sentence.

Gathers every marked text of app/ and ui/ afresh with xgettext and holds each catalogue of
assets/po/LINGUAS against it: nothing missing, untranslated or fuzzy, nothing that msgfmt refuses,
the same {placeholders}, the same ends. POTFILES has to name exactly the files that have marked
texts. A language in assets/po/AWAITED is still being translated: it may lack entries, and a kiosk does
not offer it while it does. `--self-test` shows first that each of these faults is seen.
"""

import os
import re
import subprocess
import sys
import tempfile

# What meson's preset "glib" tells xgettext, and what this project uses of it.
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dngettext:2,3"]
MARK = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext) \(\s*"|translatable="yes"')
STRING = r'(?:"(?:[^"\\]|\\.)*"\s*)+'
PLACEHOLDER = re.compile(r"\{[a-z_]+\}")


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def marked_files(root):
    found = []
    for top in ("app", "ui"):
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in names:
                path = os.path.join(folder, name)
                if not name.endswith((".c", ".ui")):
                    continue
                with open(path, encoding="utf-8") as file:
                    if MARK.search(file.read()):
                        found.append(os.path.relpath(path, root))
    return sorted(found)


def check_potfiles(root):
    with open(os.path.join(root, "assets/po/POTFILES"), encoding="utf-8") as file:
        named = {line.strip() for line in file if line.strip() and not line.startswith("#")}
    marked = set(marked_files(root))
    for path in sorted(marked - named):
        yield f"assets/po/POTFILES: lacks {path}, which has texts to translate"
    for path in sorted(named - marked):
        yield f"assets/po/POTFILES: names {path}, which has none"


def gather(root, pot):
    command = ["xgettext", "--from-code=UTF-8", "--package-name=kouan", "-D", root, "-o", pot]
    command += [f"--keyword={keyword}" for keyword in KEYWORDS]
    result = run(command + marked_files(root))
    if result.returncode != 0:
        sys.exit(result.stderr)
    with open(pot, encoding="utf-8") as file:
        text = file.read().replace("charset=CHARSET", "charset=UTF-8")
    with open(pot, "w", encoding="utf-8") as file:
        file.write(text)


def unquote(strings):
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', strings))


def entries(po):
    """Yields (original, [translations]) of a catalogue that gettext has already accepted."""
    text = run(["msgcat", "--no-wrap", po]).stdout
    for block in text.split("\n\n"):
        original = re.search(rf"^msgid ({STRING})", block, re.M)
        if block.startswith("#~") or not original:
            continue
        translated = [unquote(found) for found in re.findall(rf"^msgstr(?:\[\d\])? ({STRING})", block, re.M)]
        yield unquote(original.group(1)), translated


def check_entries(name, po, awaited=False):
    for original, translations in entries(po):
        if not original:
            continue
        for translation in translations:
            if awaited and not translation:
                continue
            if sorted(PLACEHOLDER.findall(original)) != sorted(PLACEHOLDER.findall(translation)):
                yield f"{name}: other placeholders than in “{original}”"
            if translation != translation.strip():
                yield f"{name}: blanks at the ends of “{translation}”"


def check_language(root, language, pot, awaited=False):
    po = os.path.join(root, "assets/po", language + ".po")
    name = f"assets/po/{language}.po"
    if not os.path.exists(po):
        yield f"{name}: is not there"
        return
    result = run(["msgfmt", "--check-format", "--check-domain", "-o", os.devnull, po])
    if result.returncode != 0:
        yield f"{name}: {result.stderr.strip()}"
        return
    if run(["msgattrib", "--only-fuzzy", "--no-obsolete", po]).stdout.strip():
        yield f"{name}: has fuzzy entries"
    # msgcmp counts what is not translated as missing unless told otherwise.
    if awaited:
        yield from check_entries(name, po, awaited)
        return
    result = run(["msgcmp", "-N", po, pot])
    if result.returncode != 0:
        yield f"{name}: {result.stderr.strip()}"
    yield from check_entries(name, po)


def read_awaited(root):
    path = os.path.join(root, "assets/po/AWAITED")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return [line for line in file.read().split("\n") if line and not line.startswith("#")]


def check(root):
    yield from check_potfiles(root)
    with open(os.path.join(root, "assets/po/LINGUAS"), encoding="utf-8") as file:
        languages = file.read().split()
    awaited = read_awaited(root)
    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, "kouan.pot")
        gather(root, pot)
        for language in languages:
            yield from check_language(root, language, pot, language in awaited)


SAMPLE_SOURCE = 'a (_ ("Back")); b (_ ("%u pages"), n); c (_ ("Until {date}"));\n'
HEADER = 'msgid ""\nmsgstr ""\n"Language: xx\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
GOOD = (
    'msgid "Back"\nmsgstr "Zurück"\n\n'
    '#, c-format\nmsgid "%u pages"\nmsgstr "%u Seiten"\n\n'
    'msgid "Until {date}"\nmsgstr "Bis {date}"\n'
)
SAMPLES = [
    ("good", GOOD, None),
    ("missing", GOOD.replace('msgid "Back"\nmsgstr "Zurück"\n\n', ""), "not defined"),
    ("untranslated", GOOD.replace("Zurück", ""), "untranslated"),
    ("fuzzy", "#, fuzzy\n" + GOOD, "fuzzy"),
    ("format", GOOD.replace("%u Seiten", "%s Seiten"), "format"),
    ("placeholder", GOOD.replace("Bis {date}", "Bis {datum}"), "placeholders"),
    ("blanks", GOOD.replace("Zurück", "Zurück "), "blanks"),
    ("syntax", GOOD + 'msgid "open\n', "assets/po/xx.po"),
]


def write_sample(root, catalogue, potfiles, awaited=""):
    for folder in ("app", "ui", "assets/po"):
        os.makedirs(os.path.join(root, folder))
    contents = {
        "app/a.c": SAMPLE_SOURCE,
        "assets/po/POTFILES": potfiles,
        "assets/po/LINGUAS": "xx\n",
        "assets/po/AWAITED": awaited,
        "assets/po/xx.po": HEADER + catalogue,
    }
    for path, text in contents.items():
        with open(os.path.join(root, path), "w", encoding="utf-8") as file:
            file.write(text)


def self_test():
    failures = 0
    samples = [(name, catalogue, "app/a.c\n", "", expected) for name, catalogue, expected in SAMPLES]
    samples.append(("unlisted file", GOOD, "", "", "lacks app/a.c"))
    samples.append(("stale file", GOOD, "app/a.c\napp/gone.c\n", "", "names app/gone.c"))
    short = GOOD.replace('msgid "Back"\nmsgstr "Zurück"\n\n', "")
    samples.append(("awaited", short, "app/a.c\n", "# soon\nxx\n", None))
    samples.append(("awaited, format", GOOD.replace("%u Seiten", "%s Seiten"), "app/a.c\n", "xx\n", "format"))
    samples.append(("awaited, placeholder", GOOD.replace("Bis {date}", "Bis {datum}"), "app/a.c\n", "xx\n", "placeholders"))
    for name, catalogue, potfiles, awaited, expected in samples:
        with tempfile.TemporaryDirectory() as root:
            write_sample(root, catalogue, potfiles, awaited)
            faults = list(check(root))
        seen = not faults if expected is None else any(expected in fault for fault in faults)
        print(("ok" if seen else "not seen") + f": {name}")
        failures += not seen
    return failures


def main():
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(self_test())
    faults = list(check(sys.argv[1]))
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults")
    sys.exit(len(faults) > 0)


if __name__ == "__main__":
    main()
