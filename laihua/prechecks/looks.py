"""What a page looks like: blank, in colour. Pictures only, in the child process."""

from PIL import Image, ImageChops, ImageStat

SMALL = 180                         # width at which its colours are told apart
SEPIA = range(13, 50)               # hues of old photographs, of 256: 18 to 70 degrees. Seals are red: 345 to 12


def is_blank(picture: Image.Image) -> bool:
    """Nothing stands out from the paper: noise of a scanner and shadows of a fold stay within 40 of 255 shades."""
    shades = picture.convert("L").histogram()
    paper = max(range(256), key=shades.__getitem__)
    marks = sum(count for shade, count in enumerate(shades) if abs(shade - paper) > 40)
    return marks < sum(shades) * 0.0002


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
