"""What a page looks like: blank, blurred, in colour. Pictures only, in the child process."""

from collections.abc import Iterator

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

SIDE = 1100                         # pixels on the longer side, at which a page is judged sharp; A4 at 94 dpi
BLOCK, LETTER = 32, (8, 13)         # pixels there: of a block, and between a stroke and what lies beside its letter
SHARP = 0.2
SMALL = 180                         # width at which its colours are told apart
SEPIA = range(13, 50)               # hues of old photographs, of 256: 18 to 70 degrees. Seals are red: 345 to 12


def is_blank(picture: Image.Image) -> bool:
    """Nothing stands out from the paper: noise of a scanner and shadows of a fold stay within 40 of 255 shades."""
    shades = picture.convert("L").histogram()
    paper = max(range(256), key=shades.__getitem__)
    marks = sum(count for shade, count in enumerate(shades) if abs(shade - paper) > 40)
    return marks < sum(shades) * 0.0002


def is_blurred(page: Image.Image) -> bool:
    """Nobody can read the page, since its strokes have run into each other; never because it is pale, grainy or dark in part.

    Compares how much shades differ between neighbours with how much they do over the width of a letter, block by block.
    Letters of 8 to 16 points can just be read at 0.2, at 0.3 easily; proper scans have 0.4 to 0.6. One block in ten that is
    sharp enough acquits the page.
    """
    written = sharp_blocks(page, stretched=True)
    return len(written) >= 12 and written[int(0.9 * len(written))] < SHARP


def has_writing(page: Image.Image) -> bool:
    """However pale: print that shows through from the other side is paler still, folds and shadows are not sharp."""
    return sum(value > 1.5 * SHARP for value in sharp_blocks(page, stretched=False)) >= 6


def sharp_blocks(page: Image.Image, *, stretched: bool) -> list[float]:
    """How sharp each block of the page is on which something is written, the softest first."""
    scale = SIDE / max(page.size)
    size = round(page.width * scale), round(page.height * scale)
    if min(size) < 6 * BLOCK:
        return []
    grey = page.convert("L").resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC)
    grey = (ImageOps.autocontrast(grey, cutoff=0.5) if stretched else grey).filter(ImageFilter.GaussianBlur(0.8))
    least = 8 if stretched else 5
    both = zip(sharpness(grey, 1, 0, least), sharpness(grey, 0, 1, least), strict=True)
    return sorted(max(pair) for pair in both if any(pair))


def sharpness(grey: Image.Image, x: int, y: int, least: float) -> Iterator[float]:
    """Of each block in one direction; 0 where shades differ by less than `least`. Grain, as it is on the paper, does not count."""
    size = grey.width // BLOCK, grey.height // BLOCK

    def differences(distance: int, times: int = 1) -> bytes:
        right, bottom = x * distance, y * distance
        kept = grey.crop((0, 0, grey.width - right, grey.height - bottom))
        moved = grey.crop((right, bottom, grey.width, grey.height))
        return ImageChops.difference(kept, moved).point(lambda v: min(255, v * times)).resize(size, Image.Resampling.BOX).tobytes()

    near, far = [value / 4 for value in differences(1, 4)], map(max, *(differences(distance) for distance in LETTER))
    grain = sorted(near)[len(near) // 20]
    for strokes, letters in zip(near, far, strict=True):
        yield (max(0.0, strokes**2 - grain**2) / (letters**2 - grain**2)) ** 0.5 if letters - grain > least else 0.0


def is_coloured(picture: Image.Image) -> bool:
    """At least two pixels of a thousand differ by more than 24 between their red, green and blue."""
    red, green, blue = picture.convert("RGB").split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    least = ImageChops.darker(ImageChops.darker(red, green), blue)
    spread = ImageChops.subtract(most, least).histogram()
    return sum(spread[25:]) > sum(spread) * 0.002


def has_colours(page: Image.Image) -> bool:
    """Whether a page is in colour: a seal of a fingertip's size is enough, a tint over everything is not.

    Small, for JPEG lets colours run into their neighbours, and that evens out. First the paper is taken for white, so that
    yellowed paper, a warm lamp or a blue cast count for nothing. What is tinted then is a colour if it is strong, if there
    is more than one hue, or if its one hue is none that pictures are toned with and what is neither black nor white is
    partly neutral.
    """
    page.thumbnail((SMALL, 2 * SMALL))
    page = paper_made_white(page)
    red, green, blue = page.split()
    spread = ImageChops.subtract(
        ImageChops.lighter(ImageChops.lighter(red, green), blue), ImageChops.darker(ImageChops.darker(red, green), blue)
    )
    few = page.width * page.height * 0.0004
    if sum(spread.histogram()[120:]) > few:
        return True
    tinted = spread.point(lambda value: 255 if value > 36 else 0)
    if sum(tinted.histogram()[255:]) <= few:
        return False
    hues = page.convert("HSV").getchannel("H").histogram(tinted)
    one_hue, middle = max((sum(hues[(start + n) % 256] for n in range(43)), (start + 21) % 256) for start in range(256))
    if sum(hues) - one_hue > max(few, 0.1 * sum(hues)):
        return True
    if middle in SEPIA and sum(hues[h] for h in SEPIA) > 0.6 * sum(hues):
        return False
    between = page.convert("L").point(lambda value: 255 if 60 <= value <= 190 else 0)
    neutral = spread.point(lambda value: 255 if value <= 16 else 0)
    count = sum(between.histogram()[255:])
    return sum(ImageChops.darker(between, neutral).histogram()[255:]) > 0.25 * count


def paper_made_white(page: Image.Image) -> Image.Image:
    """Each colour stretched by what the commonest light shade lacks of it; a picture without paper stays as it is."""
    shades = page.convert("L")
    counts = shades.histogram()
    paper = max(range(110, 256), key=counts.__getitem__)
    if sum(counts[max(0, paper - 12): paper + 13]) < 0.1 * sum(counts):
        return page
    near = shades.point(lambda value: 255 if abs(value - paper) <= 12 else 0)
    means = [max(mean, 1) for mean in ImageStat.Stat(page, near).mean]
    top = max(means)
    stretched = [
        channel.point(lambda value, by=top / mean: min(255, round(value * by)))
        for channel, mean in zip(page.split(), means, strict=True)
    ]
    return Image.merge("RGB", stretched)
