"""How a notice reads as an e-mail: greeting, text, address, and who sends it."""

from laihua.kernel.texts import Text

GREETING = Text("{name}，您好：", "Dear {name},")
GREETING_WITHOUT_NAME = Text("您好：", "Dear Sir or Madam,")
DETAILS = Text("查看详情：{url}", "Details: {url}")
CLOSING = Text(
    "此邮件由系统自动发出，请勿回复。\n来华 Laihua",
    "This message was sent automatically. Please do not reply to it.\nLaihua 来华",
)


def letter(*, name: str, body: Text, url: str, language: str) -> str:
    greeting = GREETING.format(name=name) if name else GREETING_WITHOUT_NAME
    parts = [greeting, body, *([DETAILS.format(url=url)] if url else []), CLOSING]
    return "\n\n".join(part.in_language(language) for part in parts) + "\n"
