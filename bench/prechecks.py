"""`python -m bench.prechecks`: pre-review over the whole corpus, on its real path; writes docs/reference/prechecks.md.

    --text      documents with a text layer only, which takes a minute
    --every 5   each fifth document
    --raw FILE  what was judged, as JSON; with --again it is read from there and only the page is written
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import prechecks_page
from bench.report import processor

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "prechecks.md"
COMPARED = 5                    # each fifth scan is also read by the bare engine


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
    from tests.prechecks.corpus import documents
    from tests.prechecks.corpus.judging import judge

    chosen = [s for s in documents.samples() if not (options.text and s.scan)][::options.every]
    bare = None if options.text else bare_engine()
    judged, paired, scans = [], [], 0
    for n, sample in enumerate(chosen):
        began = time.perf_counter()
        try:
            one = judge(sample)
        except Exception as fault:      # whatever breaks is a miss, and is named
            print(f"{sample.name}: {type(fault).__name__}: {fault}", file=sys.stderr)
            judged.append({"name": sample.name, "kind": sample.kind, "layout": sample.layout, "held": sample.held, "how": sample.how,
                           "dpi": sample.scan.dpi if sample.scan else 0, "fault": sample.fault.name,
                           "broken": f"{type(fault).__name__}: {fault}"[:300]})
            continue
        judged.append(one.as_json())
        if one.by_ocr:
            scans += 1
            if scans % COMPARED == 0:
                paired.append(timed_beside(sample, bare, first=scans // COMPARED % 2 == 0))
        if n % 20 == 0 or options.verbose:
            print(f"{n + 1}/{len(chosen)} {sample.name}: {time.perf_counter() - began:.1f} s {one.level} {one.said[:3]}", flush=True)
    return {"judged": judged, "paired": paired, "machine": machine()}


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
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--raw", type=Path)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    prepare()
    if options.again:
        result = json.loads(options.raw.read_text(encoding="utf-8"))
    else:
        result = run(options)
        if options.raw:
            options.raw.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    page = prechecks_page.page(result)
    print(page)
    if not options.text and options.every == 1:
        PAGE.write_text(page, encoding="utf-8")
        print(f"Written to {PAGE}")


if __name__ == "__main__":
    main()
