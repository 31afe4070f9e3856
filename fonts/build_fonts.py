#!/usr/bin/env python3
"""How the files in this folder were made; run once, the result is committed.

    build_fonts.py WENKAI.ttf HANAMIN_A.ttf HANAMIN_B.ttf OUT_DIR       (needs fonttools)

WenKai is taken as it is. From the two Hanazono fonts only the hanzi of GB 18030-2022 that WenKai does not draw are
kept, without hinting, layout tables and variation sequences, and under names of our own.
"""
import os
import shutil
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

wenkai, hana_a, hana_b, out = sys.argv[1:5]

# WenKai draws these three with the glyph of another hanzi (槩 卉 杞): their own shapes come from Hanazono.
SHARED = {0x3BA3, 0x20984, 0x233CC}


def characters(path):
    return set(TTFont(path, lazy=True).getBestCmap())


def block(first, last):
    return set(range(first, last + 1))


def make(path, name, wanted):
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.name_IDs = ["*"]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "vhea", "vmtx", "BASE", "morx", "kern", "DSIG", "gasp", "FFTM", "VORG", "meta"]
    font = subset.load_font(path, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format != 14]
    for record in list(font["name"].names):
        if record.nameID in (1, 3, 4, 6, 16, 17):
            font["name"].removeNames(nameID=record.nameID)
    for number, text in ((1, name), (3, name), (4, name), (6, name)):
        font["name"].setName(text, number, 3, 1, 0x409)
    target = os.path.join(out, name + ".ttf")
    font.save(target)
    print(name, len(wanted), os.path.getsize(target))


have = characters(wenkai) - SHARED
a, b = characters(hana_a), characters(hana_b)
shutil.copy(wenkai, os.path.join(out, "LXGWWenKai-Regular.ttf"))
bmp = block(0x3400, 0x4DBF) | block(0x4E00, 0x9FFF) | block(0xF900, 0xFAFF) | block(0x2F800, 0x2FA1F)
make(hana_a, "GuitaiExtA", (a - have) & bmp)
make(hana_b, "GuitaiExtBF", (b - have) & block(0x20000, 0x2EBEF))
