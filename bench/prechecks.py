"""`python -m bench.prechecks`: pre-review over the whole corpus, on its real path; writes docs/reference/prechecks.md.

    --text      documents with a text layer only, which takes a minute
    --scans     scans only
    --group blind   of this group of layouts only; may be said more than once
    --every 5   each fifth document, from the --begin'th on
    --minutes 9 stops then: the order is mixed, so what was judged stands for the rest
    --readings FOLDER   keeps what the engine read, and takes it from there when it stands there
    --kept, --new       with --readings: only scans that stand there, or only those that do not
    --compare 12        each twelfth scan that is read is also read by the bare engine, in the same minute
    --raw FILE  what was judged, as JSON; with --again it is read from there and only the page is written, of more than one file
                too: what was judged twice counts as it was last
"""

import argparse
import json
import os
import pickle
import sys
import tempfile
import time
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench import prechecks_page
from bench.report import processor

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "prechecks.md"


def prepare() -> None:
    os.environ |= {"LAIHUA_DEMO": "1", "LAIHUA_DATA": tempfile.mkdtemp(prefix="laihua-bench-"),
                   "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ.pop("LAIHUA_OCR", None)
    import django

    django.setup()


def bare_engine() -> Any:
    """RapidOCR as its makers call it, with the same models, on the same pictures."""
    import rapidocr

    models = Path(rapidocr.__file__).with_name("models")
    return rapidocr.RapidOCR(params={
        "Global.log_level": "critical", "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
        "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
    })


def pictures(content: bytes, pages: int) -> list[Any]:
    """The pictures that our reading gets of each page."""
    import numpy as np

    from laihua.prechecks import child

    found = [child.read(content, first=number, last=number).sheets[0].picture for number in range(1, pages + 1)]
    return [np.frombuffer(p.pixels, dtype=np.uint8).reshape(p.height, p.width, -1) for p in found]


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Scans in a mixed order, so that a slow quarter of an hour of the machine does not fall upon one kind alone."""
    from tests.prechecks.corpus import documents
    from tests.prechecks.corpus.judging import judge

    every = options.text == options.scans
    chosen = [s for s in documents.samples(*options.group) if every or (s.scan is not None) == options.scans]
    chosen.sort(key=lambda s: (s.scan is not None, sha256(s.name.encode()).digest()))
    kept = Kept(options.readings, options.compare)
    if options.kept or options.new:
        chosen = [s for s in chosen if not s.scan or kept.file(s).exists() == options.kept]
    chosen = chosen[options.begin::options.every]
    until = time.monotonic() + 60 * options.minutes
    judged = []
    for n, sample in enumerate(chosen):
        began = time.perf_counter()
        if time.monotonic() > until:
            print(f"Out of time: {len(chosen) - n} documents were not judged", file=sys.stderr)
            break
        try:
            one = judge(sample, read_with=partial(kept.read, sample))
        except Exception as fault:      # whatever breaks is a miss, and is named
            print(f"{sample.name}: {type(fault).__name__}: {fault}", file=sys.stderr)
            judged.append({"name": sample.name, "fault": sample.fault.name, "broken": f"{type(fault).__name__}: {fault}"[:300]})
            continue
        judged.append(one.as_json() | {"kept": kept.last_was_kept and not one.refused})
        if n % 20 == 0 or options.verbose:
            print(f"{n + 1}/{len(chosen)} {sample.name}: {time.perf_counter() - began:.1f} s {one.level} {one.said[:3]}", flush=True)
    return {"judged": judged, "paired": kept.paired, "machine": machine()}


class Kept:
    """What the engine read of each scan, so that kinds and checks can be judged anew without reading it again."""

    def __init__(self, folder: Path | None, compare: int) -> None:
        self.folder, self.compare, self.last_was_kept = folder, compare, False
        self.paired: list[dict[str, Any]] = []
        self.bare: Any = None
        self.read_anew = 0
        if folder:
            folder.mkdir(parents=True, exist_ok=True)

    def file(self, sample: Any) -> Path:
        return (self.folder or Path(os.devnull)) / f"{sha256(sample.name.encode()).hexdigest()}.pickle"

    def read(self, sample: Any, content: bytes) -> Any:
        self.last_was_kept = bool(self.folder and sample.scan and self.file(sample).exists())
        if self.last_was_kept:
            read, problem = pickle.loads(self.file(sample).read_bytes())
            return marked_anew(content, read), problem
        read = self.beside_bare(content) if sample.scan else whole(content)
        if self.folder and sample.scan:
            self.file(sample).write_bytes(pickle.dumps(read))
        return read

    def beside_bare(self, content: bytes) -> Any:
        """Reads it; on some, the bare engine reads the same pages right before or after, each first as often as the other."""
        self.read_anew += 1
        if self.read_anew % self.compare:
            return whole(content)
        self.bare = self.bare or warm(bare_engine())
        bare_first = self.read_anew // self.compare % 2
        other = seconds_of(self.bare, content) if bare_first else 0.0
        began = time.perf_counter()
        read = whole(content)
        ours = time.perf_counter() - began
        other = other or seconds_of(self.bare, content)
        self.paired.append({"ours": ours, "bare": other, "pages": read[0].pages})
        return read


def whole(content: bytes) -> Any:
    from tests.prechecks.corpus import judging

    return judging.whole(content)


def marked_anew(content: bytes, read: Any) -> Any:
    """Seals and signatures are looked for again, which costs little: only the words are kept."""
    from dataclasses import replace

    from laihua.prechecks import reading

    pages = zip(reading.sheets(content, 1), read.leaves, strict=False)      # fewer leaves where the rest could not be read
    return replace(read, leaves=tuple(reading.marked(given.sheet, leaf) if given.sheet else leaf for given, leaf in pages))


def warm(bare: Any) -> Any:
    import numpy as np

    bare(np.full((200, 400, 3), 255, dtype=np.uint8))
    return bare


def seconds_of(bare: Any, content: bytes) -> float:
    """Of the engine alone: the pictures lie ready."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        shown = pictures(content, len(document))
    began = time.perf_counter()
    for picture in shown:
        bare(picture)
    return time.perf_counter() - began


def machine() -> dict[str, Any]:
    return {"processor": processor(), "cores": os.cpu_count(), "load": os.getloadavg(), "on": time.strftime("%Y-%m-%d")}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.prechecks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--text", action="store_true")
    parser.add_argument("--scans", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--begin", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--raw", type=Path, nargs="*", default=[])
    parser.add_argument("--readings", type=Path)
    parser.add_argument("--group", action="append", default=[])
    parser.add_argument("--kept", action="store_true")
    parser.add_argument("--new", action="store_true")
    parser.add_argument("--compare", type=int, default=12)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    prepare()
    if options.again:
        results = [json.loads(file.read_text(encoding="utf-8")) for file in options.raw]
        result = {"judged": list({one["name"]: one for part in results for one in part["judged"]}.values()),
                  "paired": [one for part in results for one in part["paired"]]}
        result["machine"] = results[-1]["machine"]
    else:
        result = run(options)
        for file in options.raw:
            file.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    page = prechecks_page.page(result)
    print(page)
    if not (options.text or options.scans or options.group or options.kept or options.new) and options.every == 1:
        PAGE.write_text(page, encoding="utf-8")
        print(f"Written to {PAGE}")


if __name__ == "__main__":
    main()
