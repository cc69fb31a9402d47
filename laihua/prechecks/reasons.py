"""What is wrong with a file, on which page, and how to mend it. `{page}` and `{limit}` are filled in."""

from laihua.kernel.texts import Reason, Text

HELP, HELP_TEXT = "/about/pdf/", Text("如何生成符合要求的PDF文件", "How to make a PDF file that fits")

REASONS: dict[str, Text] = {
    "empty": Text(
        "文件是空的（0字节）。请重新生成文件后上传",
        "The file is empty (0 bytes). Please make the file again and upload it"),
    "too_big": Text(
        "文件大小{size}，超过上限{limit}。请降低扫描分辨率（200 dpi即可）或压缩后再上传",
        "The file has {size}; at most {limit} are allowed. Please scan at a lower resolution (200 dpi is enough) "
        "or compress the file, then upload it"),
    "bad_name": Text(
        "文件名含有路径或控制字符。请改用普通文件名，例如“护照.pdf”",
        "The file name holds a path or control characters. Please use a plain name, such as “passport.pdf”"),
    "wrong_ending": Text(
        "文件扩展名不符，此处应为{endings}。请导出为该格式后再上传，仅改扩展名无效",
        "The ending of the file name does not fit: {endings} is expected here. Please export the document in that "
        "format; renaming the file is not enough"),
    "not_a_pdf": Text(
        "文件内容不是PDF。请在原软件中“另存为PDF”或重新扫描成PDF，仅改扩展名无效",
        "The content of the file is not a PDF. Please save it as PDF in its own program or scan it to PDF; "
        "renaming the file is not enough"),
    "not_a_photo": Text(
        "文件内容不是JPG或PNG照片。请上传JPG或PNG格式的照片",
        "The content of the file is not a JPG or PNG picture. Please upload the photograph as JPG or PNG"),
    "two_files_in_one": Text(
        "PDF中夹带了其他文件（网页、压缩包等）。请用“打印为PDF”重新生成后上传",
        "Another file (a web page, an archive) is glued to the PDF. Please print it to PDF and upload the new file"),
    "damaged": Text(
        "文件已损坏或不完整，无法打开。请重新生成文件，确认能正常打开后再上传",
        "The file is damaged or incomplete and cannot be opened. Please make it again, check that it opens, "
        "then upload it"),
    "damaged_page": Text(
        "第{page}页已损坏，无法显示。请重新扫描该页，合并成完整文件后上传",
        "Page {page} is damaged and cannot be shown. Please scan that page again and upload the complete file"),
    "encrypted": Text(
        "文件已加密或设了权限密码。请去除密码，或用“打印为PDF”重新生成后上传",
        "The file is encrypted or restricted by a password. Please remove the password, or print it to PDF and upload "
        "the new file"),
    "scripts": Text(
        "{where}含有脚本或自动执行的动作。请用“打印为PDF”重新生成，得到只含页面的文件后上传",
        "{where} holds a script or an action that starts by itself. Please print it to PDF, which keeps only "
        "the pages, and upload the new file"),
    "embedded_files": Text(
        "{where}内嵌了附件或多媒体。请删除附件，或用“打印为PDF”重新生成后上传；附件请另行上传到相应材料",
        "{where} carries an attachment or media. Please remove it, or print to PDF and upload the new file; upload the "
        "attachment under the material that it belongs to"),
    "no_pages": Text(
        "PDF中没有页面。请重新生成文件后上传",
        "The PDF has no pages. Please make the file again and upload it"),
    "too_many_pages": Text(
        "页数超过100页。请只上传所需的页，或拆分到相应的材料",
        "The file has more than 100 pages. Please upload only the pages that are needed"),
    "file_too_complex": Text(
        "{where}过于复杂，无法在限定的时间和内存内打开。请用“打印为PDF”重新生成或重新扫描后上传",
        "{where} is too complex to be opened within the limits of time and memory. Please print it to PDF or scan it "
        "again, then upload it"),
    "blank_page": Text(
        "第{page}页是空白页。请删除该页；如为漏扫，请重新扫描",
        "Page {page} is blank. Please remove it, or scan it again if something was missed"),
    "blurred_page": Text(
        "第{page}页模糊，文字无法辨认。请放平文件、擦净扫描仪玻璃或手机镜头，对焦后重新扫描（200 dpi）或拍摄该页",
        "Page {page} is blurred and cannot be read. Please lay the document flat, clean the glass of the scanner or the lens, "
        "and scan that page again (200 dpi) or photograph it in focus"),
    "low_resolution": Text(
        "第{page}页分辨率过低（不足100 dpi），文字看不清。请用200 dpi重新扫描该页；不要使用截图或聊天软件压缩过的图片",
        "The resolution of page {page} is too low (less than 100 dpi) to read it. Please scan that page again at 200 dpi; do not "
        "use a screenshot or a picture that a chat program has reduced"),
    "no_colour": Text(
        "文件是黑白的，此材料要求彩色。请用彩色模式重新扫描",
        "The file is in black and white, and this material is asked for in colour. Please scan it again in colour"),
    "photo_too_small": Text(
        "照片像素不足，至少宽354、高472像素。请使用原始照片，不要截图或缩小",
        "The picture has too few pixels: at least 354 wide and 472 high. Please use the original photograph, not a "
        "screenshot or a reduced copy"),
    "photo_too_light": Text(
        "照片文件须大于40 KB。请使用原始照片，不要压缩",
        "The picture must be larger than 40 KB. Please use the original photograph, not a compressed copy"),
    "photo_too_large": Text(
        "照片像素过多（超过4000万）。请缩小到宽2000像素以内后上传",
        "The picture has too many pixels (over 40 million). Please reduce it to at most 2,000 pixels in width"),
    "blank_photo": Text(
        "照片是空白的。请上传本人正面免冠照片",
        "The picture is blank. Please upload a photograph of the person, full face and without a hat"),
    "picture_too_small": Text(
        "图片像素不足，短边至少600像素，否则文字和印章看不清。请对原件重新扫描（200 dpi）或靠近拍照",
        "The picture has too few pixels: at least 600 on its shorter side, or letters and seal cannot be read. Please scan "
        "the original at 200 dpi or photograph it from nearer"),
    "blurred_picture": Text(
        "图片模糊，文字无法辨认。请放平文件、擦净镜头，对焦后重新拍摄，或用200 dpi重新扫描",
        "The picture is blurred and cannot be read. Please lay the document flat, clean the lens and photograph it again in focus, "
        "or scan it at 200 dpi"),
    "blank_picture": Text(
        "图片是空白的。请确认扫描的是有内容的一面，重新扫描后上传",
        "The picture is blank. Please make sure that the right side was scanned and scan it again"),
    "picture_without_colour": Text(
        "图片是黑白的或只有一种底色，看不到红色印章。此附件须为彩色图片，禁止使用黑白图片。请对盖章原件用彩色模式重新扫描或拍照，"
        "不要扫描复印件，也不要使用黑白、灰度或怀旧滤镜",
        "The picture is in black and white, or of one tint only; no red seal can be seen. This attachment must be a picture in "
        "colour. Please scan or photograph the sealed original again in colour: not a photocopy, and without a grey or "
        "sepia filter"),
    "no_such_page": Text("文件没有第{page}页", "The file has no page {page}"),
}

WHOLE_FILE = Text("文件", "The file")


def reason(code: str, *, page: int = 0, **values: object) -> Reason:
    where = Text(f"第{page}页", f"Page {page}") if page else WHOLE_FILE
    return Reason(code, REASONS[code].format(page=page, where=where, **values), HELP, HELP_TEXT)
