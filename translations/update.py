#!/usr/bin/env python3
"""Brings translations/*.ts up to date with the sources; translations that are there stay.

usage: update.py [--check] CORE_TEXTS      a program that prints the texts of the core's tables, one
a line. --check changes nothing and fails where a text is not translated.

lupdate finds the texts of the window, but writes classes without their namespace, as which they are
looked up while the program runs: that is added here. The core knows no translation: its errors and
problems are found by the calls that make them.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

HERE = pathlib.Path(__file__).parent
GUI = ("MainWindow", "Actions", "LogView", "PreferencesDialog", "Menus", "StatusLine", "Exports", "ExportDialog",
       "RunFollower", "Workbench")
NAMESPACES = {**{name: "fovea::gui::" for name in GUI}, "Texts": "", "Progress": ""}

CALL = re.compile(r"(?:\b(?:say|term|failure|badInput|wrongUse|interrupted|damaged|systemError|acquire"
                  r"|Message|Complaint \w+)|roblems\.add)\s*[({]")
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
# What the system says when a file cannot be had, as base::systemText tells it.
SYSTEM = ("no space left on device", "permission denied", "read-only file system", "is a directory",
          "no such file or directory", "not a directory", "input/output error", "disk quota exceeded",
          "too many open files", "file name too long", "operation not permitted", "file exists")


def arguments(text, start):
    """The text of a call from its bracket to the one that closes it."""
    depth, at = 0, start
    while at < len(text):
        if text[at] == '"':
            at = LITERAL.match(text, at).end()
            continue
        depth += (text[at] in "({") - (text[at] in ")}")
        at += 1
        if depth == 0:
            return text[start:at]
    return text[start:]


def core_messages():
    """The literals in the calls that make errors and problems of the core, neighbours joined."""
    files = [f for folder in ("core", "widgets", "app/gui") for f in (HERE.parent / folder).rglob("*.cpp")]
    for file in sorted(files):
        text = re.sub(r"//[^\n]*", "", file.read_text(encoding="utf-8"))
        for call in CALL.finditer(text):
            joined = re.sub(r'"\s*\n\s*"', "", arguments(text, call.end() - 1))
            for literal in LITERAL.findall(joined):
                is_file = re.fullmatch(r"\S*\.\w+", literal)
                if re.search("[a-z]{3}|%1", literal) and literal == literal.strip() and not is_file:
                    yield literal


def messages(file):
    """{(context, source): translation}, in the file's order."""
    found = {}
    for context in xml.parse(file).getroot().iter("context"):
        name = context.find("name").text
        for message in context.iter("message"):
            translation = message.find("translation").text or ""
            found[name, message.find("source").text] = translation
    return found


def wanted(core_texts):
    with tempfile.TemporaryDirectory() as scratch:
        file = pathlib.Path(scratch) / "found.ts"
        command = ["/usr/lib/qt6/bin/lupdate", "-silent", "-locations", "none"]
        folders = [str(HERE.parent / "app/gui"), str(HERE.parent / "widgets")]
        subprocess.run([*command, *folders, "-ts", str(file)], check=True, stderr=subprocess.DEVNULL)
        keys = [(NAMESPACES.get(c, "fovea::widgets::") + c, s) for c, s in messages(file)]
    core = subprocess.run([core_texts], check=True, capture_output=True, text=True).stdout
    core = dict.fromkeys([*core.splitlines(), *core_messages(), *SYSTEM])
    return keys + [("Core", line) for line in core if line]


def write(file, keys, known):
    root = xml.Element("TS", version="2.1", language=file.stem.removeprefix("fovea_"))
    contexts = {}
    for context, source in keys:
        if context not in contexts:
            contexts[context] = xml.SubElement(root, "context")
            xml.SubElement(contexts[context], "name").text = context
        message = xml.SubElement(contexts[context], "message")
        xml.SubElement(message, "source").text = source
        translation = xml.SubElement(message, "translation")
        translation.text = known.get((context, source), "")
        if not translation.text:
            translation.set("type", "unfinished")
    xml.indent(root, "    ")
    text = xml.tostring(root, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")


checks = sys.argv[1] == "--check"
keys = wanted(sys.argv[-1])
is_complete = True
for file in sorted(HERE.glob("*.ts")):
    known = messages(file)
    if not checks:
        write(file, keys, known)
    missing = [key for key in keys if not known.get(key)]
    is_complete = is_complete and not missing
    print(f"{file.name}: {len(keys)} texts, {len(missing)} not translated")
    for context, source in missing:
        print(f"   {context}: {source}")
sys.exit(checks and not is_complete)
