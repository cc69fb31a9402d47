"""The words of the hall: always in both languages, written as Chinese and English are written. See docs/glossary.md."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from laihua.catalog import checks, reference
from laihua.catalog.loader import load
from laihua.kernel.texts import Text

ROOT = Path(__file__).resolve().parent.parent.parent
HAN = "[\u3400-\u9fff]"
TAG = re.compile(r"""\{%\s*t\s+(?P<a>["'])(?P<zh>.*?)(?P=a)\s+(?P<b>["'])(?P<en>.*?)(?P=b)[\s%]""", re.DOTALL)

FAULTS = (
    ("half-width punctuation between Chinese characters", re.compile(rf"{HAN}[,;:?!]{HAN}")),
    ("half-width comma, colon or question mark after a Chinese character", re.compile(rf"{HAN}[,;?]")),
    ("half-width brackets around Chinese", re.compile(rf"\({HAN}|{HAN}\)")),
    ("a typed space between Chinese and Latin or digits", re.compile(rf"{HAN} [A-Za-z0-9]|[A-Za-z0-9] {HAN}")),
    ("an exclamation mark", re.compile(r"[!！]")),
    ("three dots in place of an ellipsis", re.compile(r"\.\.\.|。。")),
    ("familiar words", re.compile("亲，|温馨提示")),
)
ENGLISH_FAULTS = (
    ("Chinese characters", re.compile(HAN)),
    ("Chinese punctuation", re.compile("[，。；：？！（）、《》]")),
    ("an exclamation mark", re.compile("!")),
    ("a contraction", re.compile(r"\b(?:don|can|won|isn|doesn|didn|aren|couldn|shouldn|wouldn)['’]t\b", re.IGNORECASE)),
)


# What keeps its own writing: our name, the title of the rules for files as the source writes it, and numbers set apart.
QUOTED = re.compile(
    r"来华 Laihua|Laihua 来华|如何生成符合要求的 PDF 文件"
    r"|\b[A-Z]\d(?= )|\b\d\d:\d\d\b|\bWPX[ \d]+|\b[0-9A-Z]{5}-[0-9A-Z]{5}\b"
)
ENGLISH_ONLY = {"(China time)"}  # a reader abroad needs it; in Chinese it goes without saying


def wrong_in(text: Text) -> list[str]:
    """What is wrong with a text. Placeholders count as words of their own."""
    zh, en = (QUOTED.sub("〇", re.sub(r"\{[^}]*\}", "〇", side)) for side in (text.zh, text.en))
    found = [f"{name}: {text.zh}" for name, pattern in FAULTS if pattern.search(zh)]
    found += [f"{name}: {text.en}" for name, pattern in ENGLISH_FAULTS if pattern.search(en)]
    if bool(text.zh.strip()) != bool(text.en.strip()) and text.en.strip() not in ENGLISH_ONLY:
        found.append(f"one language only: {text.zh}{text.en}")
    if (filled(text.zh) ^ filled(text.en)) - employer_in(text.en):
        found.append(f"the languages fill in different things: {text.zh} | {text.en}")
    return found


def filled(sentence: str) -> set[str]:
    """What is filled in; `noun_zh` and `noun_en` are one thing."""
    return {re.sub(r"(?:^|_)(?:zh|en)$", "", name) for name in re.findall(r"\{(\w*)", sentence)}


def employer_in(english: str) -> set[str]:
    """A unit without an English name is “your employer”."""
    return {"unit"} if "employer" in english else set()


def texts_of(thing: Any) -> Iterator[Text]:
    """Every text of a definition, however deep."""
    if isinstance(thing, Text):
        yield thing
    elif is_dataclass(thing) and not isinstance(thing, type):
        for one in fields(thing):
            yield from texts_of(getattr(thing, one.name))
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from texts_of(value)
    elif isinstance(thing, tuple | list):
        for value in thing:
            yield from texts_of(value)


FOLDERS = checks.folders_of(ROOT / "services")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_every_text_of_a_service(folder: Path) -> None:
    """Titles, hints, rules, moves, reasons and notices alike."""
    texts = list(texts_of(load(folder).service))
    assert len(texts) > 20
    assert not [w for text in dict.fromkeys(texts) for w in wrong_in(text)]


def test_every_code_list() -> None:
    texts = [choice.label for entries in reference.lists().values() for choice in entries]
    assert texts
    assert not [w for text in texts for w in wrong_in(text)]


def in_code(path: Path) -> Iterator[tuple[int, Text]]:
    """`Text("中文", "English")` with both sentences written out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "Text" and len(node.args) == 2:
            zh, en = node.args
            if isinstance(zh, ast.Constant) and isinstance(en, ast.Constant):
                yield node.lineno, Text(str(zh.value), str(en.value))


def test_every_text_of_the_code() -> None:
    found = [(path, line, text) for folder in ("laihua", "services") for path in sorted((ROOT / folder).rglob("*.py"))
             for line, text in in_code(path)]
    assert len(found) > 100
    assert not [f"{path.relative_to(ROOT)}:{line}: {w}" for path, line, text in found for w in wrong_in(text)]


def in_template(path: Path) -> Iterator[tuple[int, Text]]:
    source = path.read_text(encoding="utf-8")
    for match in TAG.finditer(source):
        yield source.count("\n", 0, match.start()) + 1, Text(match["zh"], match["en"])


def test_every_text_of_the_pages() -> None:
    paths = sorted((ROOT / "laihua").rglob("*.html"))
    found = [(path, line, text) for path in paths for line, text in in_template(path)]
    assert len(found) > 100
    assert not [f"{path.relative_to(ROOT)}:{line}: {w}" for path, line, text in found for w in wrong_in(text)]


def test_pages_say_nothing_in_one_language_only() -> None:
    """Chinese outside `{% t %}`, comments and conditions would be Chinese in English too.

    But for the pages of a failed server or request: nothing may be relied on there, so they do without tags of ours.
    """
    wrong = []
    for path in sorted(p for p in (ROOT / "laihua").rglob("*.html") if p.name not in {"400.html", "500.html"}):
        source = path.read_text(encoding="utf-8")
        bare = re.sub(r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}|\{%.*?%\}|<!--.*?-->", "", source, flags=re.DOTALL)
        wrong += [f"{path.relative_to(ROOT)}: {line.strip()[:90]}" for line in bare.splitlines()
                  if re.search(HAN, line) and not re.search(r'lang="zh', line)]
    assert not wrong, "\n".join(wrong)


def test_scripts_say_it_in_both_languages() -> None:
    """`word("中文", "English")` or `zh ? "中文" : "English"`, and Chinese nowhere else."""
    scripts = sorted(p for p in (ROOT / "laihua").rglob("*.js") if "vendor" not in p.parts)
    wrong, said = [], re.compile(r'(?:word\(|zh \? )(["`])(.*?)\1(?:,| :) (["`])(.*?)\3')
    assert scripts
    for path in scripts:
        source = path.read_text(encoding="utf-8")
        wrong += [f"{path.name}: {w}" for _, zh, _, en in said.findall(source)
                  for w in wrong_in(Text(zh.replace("${", "{"), en.replace("${", "{")))]
        rest = re.sub(r"/\*.*?\*/|^\s*//.*?$", "", said.sub("", source), flags=re.DOTALL | re.MULTILINE)
        wrong += [f"{path.name}: {line.strip()}" for line in rest.splitlines() if re.search(HAN, line)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("zh", "en"), [
    ("请上传,再提交", "Upload, then submit"), ("已提交！", "Submitted"), ("共 3项", "3 items"), ("保存", ""), ("保存", "保存"),
    ("还有{n}项", "Some left"), ("还有几项", "{n} left"), ("护照(复印件)", "Passport (copy)"), ("请等待", "Please don't go"),
])
def test_faults_are_seen(zh: str, en: str) -> None:
    assert wrong_in(Text(zh, en))


def test_sound_words_pass() -> None:
    assert not wrong_in(Text("请于2026-11-26前补交（共{n}项）。", "Please add {n} items by 2026-11-26."))
