#!/usr/bin/env python3
"""Brings translations/*.ts up to date with the sources; translations that are there stay.

usage: update.py CORE_TEXTS      a program that prints the texts of the core's tables, one a line

lupdate finds the texts of the window, but writes classes without their namespace, as which they are
looked up while the program runs: that is added here.
"""
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

HERE = pathlib.Path(__file__).parent
GUI = ("MainWindow", "Actions", "LogView", "PreferencesDialog")
NAMESPACES = {**{name: "fovea::gui::" for name in GUI}, "Texts": "", "Files": ""}


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
    return keys + [("Core", line) for line in dict.fromkeys(core.splitlines()) if line]


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


keys = wanted(sys.argv[1])
for file in sorted(HERE.glob("*.ts")):
    known = messages(file)
    write(file, keys, known)
    missing = [key for key in keys if not known.get(key)]
    print(f"{file.name}: {len(keys)} texts, {len(missing)} not translated")
    for context, source in missing:
        print(f"   {context}: {source}")
