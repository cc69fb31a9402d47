"""Takes the browser parts from the package registry into laihua/portal/static/vendor/, at the versions named here.

Needs npm, and fonttools with brotli in the Python that runs it; neither is needed to run or to test the hall. The charts are
built by esbuild out of tools/charts.js, which names the parts of ECharts that the hall draws with:

    python tools/vendor_static.py

The icon font keeps the glyphs of tools/icons.txt alone: an icon that a page needs is added there first.
"""

import hashlib
import io
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "laihua/portal/static/vendor"
TEST_VENDOR = ROOT / "tests/browser/vendor"
VERSIONS = {
    "@tabler/core": "1.6.1", "@tabler/icons-webfont": "3.49.0", "htmx.org": "2.0.11", "axe-core": "4.14.1",
    "echarts": "6.1.0", "zrender": "6.1.0",
}
LICENCES = {
    "@tabler/core": "MIT", "@tabler/icons-webfont": "MIT", "htmx.org": "0BSD", "axe-core": "MPL-2.0", "echarts": "Apache-2.0",
    "zrender": "BSD-3-Clause",
}
ESBUILD = "0.28.2"
COPIES = (
    # package, file in it, target folder, file there
    ("@tabler/core", "dist/css/tabler.min.css", VENDOR, "tabler/tabler.min.css"),
    ("htmx.org", "dist/htmx.min.js", VENDOR, "htmx/htmx.min.js"),
    ("htmx.org", "LICENSE", VENDOR, "htmx/LICENSE"),
    ("@tabler/icons-webfont", "LICENSE", VENDOR, "tabler-icons/LICENSE"),
    ("echarts", "LICENSE", VENDOR, "echarts/LICENSE"),
    ("echarts", "NOTICE", VENDOR, "echarts/NOTICE"),
    ("echarts", "licenses/LICENSE-d3", VENDOR, "echarts/LICENSE-d3"),
    ("zrender", "LICENSE", VENDOR, "echarts/LICENSE-zrender"),
    ("axe-core", "axe.min.js", TEST_VENDOR, "axe.min.js"),
    ("axe-core", "LICENSE", TEST_VENDOR, "LICENSE"),
)
MIT_TABLER = """MIT License

Copyright (c) 2018-2026 The Tabler Authors

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software
is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES
OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR
IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def package(name: str) -> dict[str, bytes]:
    """Every file of the pinned package, by its path."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", f"{name}@{VERSIONS[name]}"], cwd=folder, check=True, capture_output=True)
        archive = next(Path(folder).glob("*.tgz")).read_bytes()
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        return {m.name.partition("/")[2]: tar.extractfile(m).read() for m in tar if m.isfile()}  # type: ignore[union-attr]


def without_map(content: bytes) -> bytes:
    """Hashed static storage refuses a reference to a source map that is not there."""
    return re.sub(rb"(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*", b"", content)


def icon_font(files: dict[str, bytes], wanted: list[str]) -> tuple[bytes, bytes]:
    """The woff2 and the style sheet with the wanted outline icons only."""
    codes = dict(re.findall(r"\.ti-([a-z0-9-]+):before\s*{\s*content:\s*\"\\([0-9a-f]+)\"", files["dist/tabler-icons.css"].decode()))
    if unknown := [name for name in wanted if name not in codes]:
        raise SystemExit(f"tools/icons.txt names icons that the font does not have: {', '.join(unknown)}")
    font = TTFont(io.BytesIO(files["dist/fonts/tabler-icons.ttf"]))
    options = subset.Options(flavor="woff2", layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[int(codes[name], 16) for name in wanted])
    cutter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    head = (
        f"/* Tabler Icons {VERSIONS['@tabler/icons-webfont']}, MIT; the outline glyphs of tools/icons.txt */\n"
        '@font-face{font-family:"tabler-icons";font-style:normal;font-weight:400;font-display:block;'
        'src:url("tabler-icons.woff2") format("woff2")}\n'
        '.ti{font-family:"tabler-icons"!important;font-style:normal;font-weight:400;line-height:1;text-transform:none;'
        "-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale}\n"
    )
    rules = "".join(f'.ti-{name}:before{{content:"\\{codes[name]}"}}\n' for name in wanted)
    return out.getvalue(), (head + rules).encode()


def charts() -> bytes:
    """ECharts with the parts of tools/charts.js alone, in one file."""
    with tempfile.TemporaryDirectory() as folder:
        named = [f"echarts@{VERSIONS['echarts']}", f"zrender@{VERSIONS['zrender']}", f"esbuild@{ESBUILD}"]
        run = {"cwd": folder, "check": True, "capture_output": True}
        subprocess.run(["npm", "install", "--silent", "--ignore-scripts", "--no-save", *named], **run)
        Path(folder, "charts.js").write_bytes((ROOT / "tools/charts.js").read_bytes())
        subprocess.run(
            ["node_modules/.bin/esbuild", "charts.js", "--bundle", "--minify", "--format=iife", "--target=es2020",
             "--legal-comments=none", "--outfile=out.js"], **run)
        head = f"/* Apache ECharts {VERSIONS['echarts']}, Apache-2.0; the parts of tools/charts.js. See LICENSE and NOTICE. */\n"
        return head.encode() + Path(folder, "out.js").read_bytes()


def write(folder: Path, path: str, content: bytes, name: str, manifest: dict[str, dict[str, str]]) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    manifest[path] = {
        "package": name, "version": VERSIONS[name], "licence": LICENCES[name],
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def main() -> None:
    packages = {name: package(name) for name in VERSIONS}
    manifests: dict[Path, dict[str, dict[str, str]]] = {VENDOR: {}, TEST_VENDOR: {}}
    for name, source, folder, path in COPIES:
        write(folder, path, without_map(packages[name][source]), name, manifests[folder])
    write(VENDOR, "tabler/LICENSE", MIT_TABLER.encode(), "@tabler/core", manifests[VENDOR])
    wanted = sorted(set((ROOT / "tools/icons.txt").read_text().split()))
    font, sheet = icon_font(packages["@tabler/icons-webfont"], wanted)
    write(VENDOR, "tabler-icons/tabler-icons.woff2", font, "@tabler/icons-webfont", manifests[VENDOR])
    write(VENDOR, "tabler-icons/tabler-icons.css", sheet, "@tabler/icons-webfont", manifests[VENDOR])
    write(VENDOR, "echarts/echarts.min.js", charts(), "echarts", manifests[VENDOR])
    for folder, manifest in manifests.items():
        (folder / "MANIFEST.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
