"""The process that reads letters in pictures of pages. Run by `engine` as a file of its own (`python -I`).

It holds no setting, secret or connection of the hall, and after its start it opens nothing at all: what it gets is pixels.
On its stdin, a socket, it says by one line that it is ready. Then comes for every page one line of JSON {"width", "height",
"seconds" of one core, "known"} and the pixels, three bytes each; back goes one line of JSON. Ends with its owner.
"""

import json
import os
import resource
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from select import POLLIN, poll
from typing import Any

import cv2
import numpy as np
import onnxruntime
import rapidocr
from numpy.typing import NDArray
from rapidocr.ch_ppocr_det.utils import DBPostProcess

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from laihua.prechecks import turning

MEMORY = 3 * 1024**3                # of addresses; what it really takes is told in docs/adr/0018
SIDE = 1600                         # longest, in which lines are looked for; they are read at full size
SHORT = 736                         # to which the shorter side of a small picture is enlarged, within that
STRIP = 30                          # from that ratio of its sides on it is no page
SMALLEST = 8                        # height of a line in pixels
SURE = 0.4                          # of a line; less is mostly a pattern that is no text
SAMPLE = 16                         # lines by which it is told whether a page stands on its head
PROBE = 4                           # of them, where that is doubtful
HEIGHT, LONGEST = 48, 4800          # of a line as it is read, in pixels
COLUMN = 8                          # pixels to a column of the answer

Image = NDArray[np.uint8]
Read = tuple[str, float, list[float]]       # text, sureness, where each character ends

NOTHING: Read = "", 0.0, []
MODELS = Path(rapidocr.__file__).with_name("models")     # they come with the package; nothing is fetched


class Reader:
    """Lines are looked for by all cores together, and read by each core for itself: on a busy machine cores that work on
    one line wait for each other most of the time."""

    def __init__(self) -> None:
        cores = len(os.sched_getaffinity(0))
        self.detector = session("PP-OCRv6_det_small", cores)
        self.classifier, self.recogniser = session("ch_ppocr_mobile_v2.0_cls_mobile", 1), session("PP-OCRv6_rec_small", 1)
        self.boxes = DBPostProcess(thresh=0.3, box_thresh=0.5, max_candidates=1000, unclip_ratio=1.6, use_dilation=True)
        self.letters = ["", *self.recogniser.get_modelmeta().custom_metadata_map["character"].splitlines(), " "]
        self.cores = ThreadPoolExecutor(cores)

    def page(self, picture: Image, until: float, known: list[list[float]]) -> dict[str, Any]:
        """`known`: places on the page as it is shown whose words are known already."""
        turned = 90 if turning.lies_on_its_side(picture[:, :, 1]) else 0
        image = rotated(picture, turned)
        quads = self.lines(image)
        if turning.stand_on_end(quads):
            turned = 0 if turned else 90
            image = rotated(picture, turned)
            quads = self.lines(image)
        if self.stands_on_its_head(image, quads):
            turned += 180
            image = rotated(image, 180)
            quads = [on_its_head(quad, image) for quad in quads]
        skew = turning.lean(quads)
        height, width = image.shape[:2]
        wanted = [quad for quad in quads if not (known and covered(quad, width, height, turned, known))]
        read = self.cores.map(lambda quad: self.read(cut(image, quad)) if time.process_time() < until else NOTHING, wanted)
        found = [
            [text, *turning.straightened(quad, width, height, skew), sure, ends]
            for quad, (text, sure, ends) in zip(wanted, read, strict=True) if text and sure >= SURE
        ]
        return {
            "turned": turned, "skew": skew, "aspect": width / height, "lines": in_order(found),
            "whole": time.process_time() < until,
        }

    def lines(self, image: Image) -> list[turning.Quad]:
        height, width = image.shape[:2]
        if min(height, width) < SMALLEST or max(height, width) > STRIP * min(height, width):
            return []
        scale = min(SIDE / max(height, width), max(1.0, SHORT / min(height, width)))
        size = tuple(max(1, round(side * scale / 32)) * 32 for side in (width, height))
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        given = (small.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[np.newaxis]
        found, _ = self.boxes(run(self.detector, given), (height, width))
        quads = [np.asarray(box, dtype=np.float32) for box in found]
        return [quad for quad in quads if min(turning.sides(quad)) >= SMALLEST]

    def stands_on_its_head(self, image: Image, quads: list[turning.Quad]) -> bool:
        """The classifier of lines is asked; only reading some of them both ways may say yes."""
        longest = sorted(quads, key=lambda quad: -turning.sides(quad)[0])[:SAMPLE]
        crops = [cut(image, quad) for quad in longest if turning.sides(quad)[0] > 2 * turning.sides(quad)[1]]
        if not crops:
            return False
        votes = run(self.classifier, np.stack([as_input(crop, 4 * HEIGHT, at_most=4 * HEIGHT) for crop in crops]))
        if votes.argmax(axis=1).mean() < 0.3:
            return False
        probe = [crop for crop in crops if crop.shape[1] < 30 * crop.shape[0]][:PROBE] or crops[:PROBE]
        as_it_is, turned = (sum(self.read(np.rot90(crop, k))[1] for crop in probe) for k in (0, 2))
        return turned > as_it_is

    def read(self, crop: Image) -> Read:
        """One line alone: several at once would be padded to the longest and take longer."""
        high, wide = crop.shape[:2]
        width = min(LONGEST, max(HEIGHT, int(np.ceil(HEIGHT * wide / high))))
        padded = max(4 * HEIGHT, -(-width // COLUMN) * COLUMN)
        answer = run(self.recogniser, as_input(crop, padded, at_most=LONGEST)[np.newaxis])[0]
        best = answer.argmax(axis=1)
        chosen = np.flatnonzero((best != 0) & np.append(True, best[1:] != best[:-1]))
        text = "".join(self.letters[index] for index in best[chosen])
        if not text.strip():
            return NOTHING
        return trimmed(text, float(answer[chosen, best[chosen]].mean()), ends(chosen, len(best) * width / padded))


def session(model: str, cores: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False            # memory of a page is given back after it
    options.intra_op_num_threads, options.inter_op_num_threads = cores, 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(MODELS / f"{model}.onnx"), options, providers=["CPUExecutionProvider"])


def run(model: onnxruntime.InferenceSession, given: NDArray[np.float32]) -> NDArray[np.float32]:
    answer: NDArray[np.float32] = model.run(None, {model.get_inputs()[0].name: given})[0]
    return answer


def as_input(crop: Image, padded: int, *, at_most: int) -> NDArray[np.float32]:
    """As the models for lines were taught: 48 pixels high, from -1 to 1, padded with 0 at the right."""
    high, wide = crop.shape[:2]
    width = min(at_most, max(HEIGHT, int(np.ceil(HEIGHT * wide / high))))
    given = np.zeros((3, HEIGHT, padded), dtype=np.float32)
    given[:, :, :width] = cv2.resize(crop, (width, HEIGHT)).astype(np.float32).transpose(2, 0, 1) / 127.5 - 1
    return given


def ends(columns: NDArray[np.intp], length: float) -> list[float]:
    """Halfway between the middles of two characters, as shares of the line."""
    middles = (columns + 0.5) / length
    return [round(float(end), 4) for end in np.minimum(1.0, np.append((middles[1:] + middles[:-1]) / 2, 1.0))]


def trimmed(text: str, sure: float, places: list[float]) -> Read:
    kept = text.rstrip()
    return kept.lstrip(), round(sure, 4), places[len(kept) - len(kept.lstrip()):len(kept)]


def in_order(found: list[list[Any]]) -> list[list[Any]]:
    """As people read: from the top, and from the left what stands on one line."""
    lines: list[list[list[Any]]] = []
    for one in sorted(found, key=lambda line: line[2] + line[4]):
        middle, height = (one[2] + one[4]) / 2, one[4] - one[2]
        last = lines[-1][0] if lines else None
        if last and middle - (last[2] + last[4]) / 2 < 0.5 * min(height, last[4] - last[2]):
            lines[-1].append(one)
        else:
            lines.append([one])
    return [one for line in lines for one in sorted(line, key=lambda part: part[1])]


def rotated(image: Image, degrees: int) -> Image:
    """Clockwise."""
    return np.ascontiguousarray(np.rot90(image, -degrees // 90)) if degrees else image


def on_its_head(quad: turning.Quad, image: Image) -> turning.Quad:
    size = np.array([image.shape[1], image.shape[0]], dtype=np.float32)
    return (size - quad)[[2, 3, 0, 1]]


def cut(image: Image, quad: turning.Quad) -> Image:
    """The line, straightened; one that stands on end is laid down."""
    across, down = (max(1, round(side)) for side in turning.sides(quad))
    onto = np.array([[0, 0], [across, 0], [across, down], [0, down]], dtype=np.float32)
    crop = cv2.warpPerspective(
        image, cv2.getPerspectiveTransform(quad, onto), (across, down), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC,
    )
    return np.asarray(np.rot90(crop) if down >= turning.TALL * across else crop, dtype=np.uint8)


def covered(quad: turning.Quad, width: int, height: int, turned: int, known: list[list[float]]) -> bool:
    """Most of it lies where words are known."""
    points = [turning.upright(x / width, y / height, aspect=1.0, turned=-turned % 360) for x, y in quad.tolist()]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    common = sum(
        max(0.0, min(right, box[2]) - max(left, box[0])) * max(0.0, min(bottom, box[3]) - max(top, box[1])) for box in known
    )
    return common > 0.6 * (right - left) * (bottom - top)


def confine() -> None:
    """From now on no file, no process, no more memory than pages need."""
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NPROC, 0), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (limit, limit))


def end_with(owner: int) -> None:
    watched = os.pidfd_open(owner)
    if os.getppid() != owner:
        os._exit(1)                     # it ended before it was watched
    waiting = poll()
    waiting.register(watched, POLLIN)

    def wait() -> None:
        waiting.poll()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def serve(connection: socket.socket, reader: Reader) -> None:
    with connection.makefile("rb") as asked, connection.makefile("wb") as said:
        said.write(b"ready\n")
        said.flush()
        while line := asked.readline():
            job = json.loads(line)
            pixels = asked.read(job["width"] * job["height"] * 3)
            picture = np.frombuffer(pixels, dtype=np.uint8).reshape(job["height"], job["width"], 3)[:, :, ::-1]
            found = reader.page(np.ascontiguousarray(picture), time.process_time() + job["seconds"], job["known"])
            said.write(json.dumps(found).encode() + b"\n")
            said.flush()


def main() -> None:
    end_with(int(sys.argv[1]))
    cv2.setNumThreads(1)
    reader = Reader()
    reader.page(np.full((640, 480, 3), 255, dtype=np.uint8), time.process_time() + 60, [])
    list(reader.cores.map(reader.read, [np.full((HEIGHT, 8 * HEIGHT, 3), 255, dtype=np.uint8)] * 8))     # all threads start now
    connection = socket.socket(fileno=os.dup(0))
    confine()
    serve(connection, reader)


if __name__ == "__main__":
    main()
