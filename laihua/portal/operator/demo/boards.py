"""Fills the boards of a system: notices, one of them planned, news, and questions answered, published and waiting."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from laihua.bulletins import actions
from laihua.portal.operator.demo.casting import Cast

FILE = Path(__file__).parent / "boards.yaml"


def post(cast: Cast, opening: datetime) -> None:
    script: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    operator, asker = cast.actors["operator"], cast.actors["lanting-unit"]
    for row in script["bulletins"]:
        at = opening - timedelta(days=row["day"])
        texts = {"title_zh": row["zh"], "title_en": row["en"], "body_zh": row["body_zh"], "body_en": row["body_en"]}
        made = actions.write(
            kind=row["kind"], system=script["system"], texts=texts, pinned=row.get("pinned", False), actor=operator, at=min(at, opening))
        actions.publish(bulletin_id=made.id, begins=at, ends=None, actor=operator, at=min(at, opening))
    for row in script["questions"]:
        at = opening - timedelta(days=row["day"])
        asked = actions.ask(system=script["system"], title=row["title"], text=row["text"], actor=asker, at=at)
        how: dict[str, Any] = {"question_id": asked.id, "actor": operator, "at": at + timedelta(hours=5)}
        if "zh" in row:
            actions.answer(answer_zh=row["zh"], answer_en=row["en"], **how)
        elif row.get("publish"):
            actions.publish_question(**how)
