"""`python -m bench.prechecks`: pre-review over the whole corpus, on its real path; writes docs/reference/prechecks.md.

    --text      documents with a text layer only, which takes a minute
    --scans     scans only
    --every 5   each fifth document, from the --begin'th on
    --minutes 9 stops then: the order is mixed, so what was judged stands for the rest
    --readings FOLDER   keeps what the engine read, and takes it from there when it stands there
    --raw FILE  what was judged, as JSON; with --again it is read from there and only the page is written
"""

import argparse
import json
import os
import pickle
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench import prechecks_page
from bench.report import processor

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "prechecks.md"
COMPARED = 12                   # each twelfth scan is also read by the bare engine


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
    chosen = [s for s in documents.samples() if every or (s.scan is not None) == options.scans]
    chosen.sort(key=lambda s: (s.scan is not None, sha256(s.name.encode()).digest()))
    chosen = chosen[options.begin::options.every]
    until = time.monotonic() + 60 * options.minutes
    bare = None if options.text else bare_engine()
    kept = Kept(options.readings)
    judged, paired, scans = [], [], 0
    for n, sample in enumerate(chosen):
        began = time.perf_counter()
        if time.monotonic() > until:
            print(f"Out of time: {len(chosen) - n} documents were not judged", file=sys.stderr)
            break
        try:
            one = judge(sample, read_with=partial(kept.read, sample.name))
        except Exception as fault:      # whatever breaks is a miss, and is named
            print(f"{sample.name}: {type(fault).__name__}: {fault}", file=sys.stderr)
            judged.append({"name": sample.name, "fault": sample.fault.name, "broken": f"{type(fault).__name__}: {fault}"[:300]})
            continue
        judged.append(one.as_json() | {"kept": kept.last_was_kept})
        if one.by_ocr:
            scans += 1
            if scans % COMPARED == 0:
                first = scans // COMPARED % 2 == 0
                paired.append(kept.pair(sample, partial(timed_beside, sample, bare, first=first)))
        if n % 20 == 0 or options.verbose:
            print(f"{n + 1}/{len(chosen)} {sample.name}: {time.perf_counter() - began:.1f} s {one.level} {one.said[:3]}", flush=True)
    return {"judged": judged, "paired": paired, "machine": machine()}


class Kept:
    """What the engine read of each scan, so that kinds and checks can be judged anew without reading it again."""

    def __init__(self, folder: Path | None) -> None:
        self.folder, self.last_was_kept = folder, False
        if folder:
            folder.mkdir(parents=True, exist_ok=True)

    def read(self, name: str, content: bytes) -> Any:
        from tests.prechecks.corpus.judging import whole

        file = self.folder / f"{sha256(name.encode()).hexdigest()}.pickle" if self.folder else None
        self.last_was_kept = bool(file and file.exists())
        if file and file.exists():
            return pickle.loads(file.read_bytes())
        read = whole(content)
        if file and any(leaf.by == "ocr" for leaf in read[0].leaves):
            file.write_bytes(pickle.dumps(read))
        return read

    def pair(self, sample: Any, measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        file = self.folder / f"{sha256(sample.name.encode()).hexdigest()}.json" if self.folder else None
        if file and file.exists():
            return json.loads(file.read_text(encoding="utf-8"))
        found = measure()
        if file:
            file.write_text(json.dumps(found), encoding="utf-8")
        return found


def timed_beside(sample: Any, bare: Any, *, first: bool) -> dict[str, Any]:
    """Reading and the bare engine one after the other on the same pages, each first as often as the other."""
    from tests.prechecks.corpus.judging import whole

    content = sample.content()

    def ours() -> tuple[float, int]:
        began = time.perf_counter()
        read = whole(content, ocr=True)[0]
        return time.perf_counter() - began, read.pages

    def theirs(pages: int) -> float:
        shown = pictures(content, pages)
        began = time.perf_counter()
        for picture in shown:
            bare(picture)
        return time.perf_counter() - began

    if first:
        seconds, pages = ours()
        return {"ours": seconds, "bare": theirs(pages), "pages": pages}
    pages = len(list(sample_pages(content)))
    other = theirs(pages)
    return {"ours": ours()[0], "bare": other, "pages": pages}


def sample_pages(content: bytes) -> range:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        return range(len(document))


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
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    prepare()
    if options.again:
        results = [json.loads(file.read_text(encoding="utf-8")) for file in options.raw]
        result = {key: [one for part in results for one in part[key]] for key in ("judged", "paired")}
        result["machine"] = results[-1]["machine"]
    else:
        result = run(options)
        for file in options.raw:
            file.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    page = prechecks_page.page(result)
    print(page)
    if not options.text and not options.scans and options.every == 1:
        PAGE.write_text(page, encoding="utf-8")
        print(f"Written to {PAGE}")


if __name__ == "__main__":
    main()
