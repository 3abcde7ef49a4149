"""The forms of meetings, attempts and notes."""

import re
from datetime import date, datetime, time

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from mediation.doors.desk.proceedingforms import choices, ticks
from mediation.doors.shared.forms import CreatingForm, LongText, Text
from mediation.ground import clock
from mediation.stages.proceedings.meeting.rules import SessionManner, SessionResult
from mediation.stages.proceedings.sessions import BOXES, Minutes, Setting

HELD = (SessionResult.AGREED, SessionResult.CONTINUE, SessionResult.ENDED)
LOGGED = (
    SessionResult.REACHED, SessionResult.NO_ANSWER, SessionResult.WRONG_NUMBER, SessionResult.UNREACHABLE,
    SessionResult.NO_SHOW, SessionResult.ADJOURNED,
)
TOGETHER, APART = "together", "apart"
GUEST = re.compile(r"(?P<name>[^（(\s]+)[\s（(]*(?P<capacity>[^）)]*)")
GUESTS = re.compile(r"[、；;\n]+")


def moment(day: date, hour: time) -> datetime:
    """Return the instant of a day and an hour in Shanghai."""
    return datetime.combine(day, hour, clock.SHANGHAI)


class BoxesForm(CreatingForm):
    """The six boxes of a record."""

    rights = LongText(_l("听清告知、同意调解吗"), longest=4000)
    recusal = LongText(_l("要不要回避"), longest=4000)
    applicant = LongText(_l("申请人怎么说"))
    respondent = LongText(_l("对方怎么说"))
    evidence = LongText(_l("证据、查明的事实"))
    agreed = LongText(_l("谈拢的"), longest=4000)
    open = LongText(_l("没谈拢的"), longest=4000)
    outcome = LongText(_l("说明"), longest=4000)

    def minutes(self) -> Minutes:
        """Return the boxes as the operation takes them."""
        return Minutes(**{box: self[box].data or "" for box in BOXES})


class SessionForm(BoxesForm):
    """A meeting: when, where, who is there, the six boxes, what came of it."""

    on = DateField(_l("哪天"), [InputRequired(_l("填日期"))])
    starts = TimeField(_l("开始"), [InputRequired(_l("填开始时间"))])
    ends = TimeField(_l("结束"), [Optional()])
    manner = SelectField(_l("方式"), choices=choices(SessionManner))
    room = SelectField(_l("调解室"), [Optional()])
    place = Text(_l("别处，写地点"))
    together = RadioField(_l("怎么谈"), choices=[
        SelectChoice(TOGETHER, _l("一起谈")), SelectChoice(APART, _l("分开谈，不见面")),
    ])
    platform = Text(_l("视频平台"), longest=60)
    link = Text(_l("会议链接或者会议号"), longest=300)
    online_agreed = ticks(_l("同意用视频调解的"))
    meeting = ticks(_l("遭受家暴的一方，明确同意见面"))
    is_recorded = BooleanField(_l("全程同步录音录像"))
    present = ticks(_l("到场的人"))
    guests = Text(_l("邀请来的人"), longest=300)
    guests_agreed = ticks(_l("同意邀请的"))
    is_public = BooleanField(_l("公开调解"))
    publicity_agreed = ticks(_l("同意公开的"))
    privacy_asked = ticks(_l("要求不公开的"))
    result = RadioField(_l("谈成了吗"), [InputRequired(_l("选一项"))], choices=choices(HELD))
    next_on = DateField(_l("下次哪天"), [Optional()])
    next_words = Text(_l("几点、在哪儿"), longest=200)
    why_late = Text(_l("补登理由（7 天以前的才要）"), longest=400)

    def know(self, people: list, parties: list, victims: list, rooms: list) -> None:
        """Offer who may be there, as (public id, name) pairs, and the rooms."""
        self.present.choices = [SelectChoice(*each) for each in people]
        for field in (self.guests_agreed, self.publicity_agreed, self.privacy_asked, self.online_agreed):
            field.choices = [SelectChoice(*each) for each in parties]
        self.meeting.choices = [SelectChoice(*each) for each in victims]
        self.room.choices = [SelectChoice("", _l("不在中心")), *(SelectChoice(*each) for each in rooms)]

    def setting(self) -> Setting:
        """Return when, where and how, as the operation takes it."""
        day = self.on.data
        return Setting(
            starts_at=moment(day, self.starts.data), ends_at=moment(day, self.ends.data) if self.ends.data else None,
            room_public_id=self.room.data or None, place=self.place.data or "", manner=self.manner.data,
            is_public=self.is_public.data, is_joint=self.together.data != APART, present=self.present.data or (),
            guests=read_guests(self.guests.data or ""), guests_agreed=self.guests_agreed.data or (),
            publicity_agreed=self.publicity_agreed.data or (), privacy_asked=self.privacy_asked.data or (),
            meeting=self.meeting.data or (), platform=self.platform.data or "", link=self.link.data or "",
            online_agreed=self.online_agreed.data or (), is_recorded=self.is_recorded.data,
        )


def read_guests(text: str) -> dict[str, str]:
    """Read ``罗金水（村支书）、喻国华 邻居``: names with what they are."""
    found = (GUEST.match(part.strip()) for part in GUESTS.split(text) if part.strip())
    return {each["name"]: each["capacity"].strip() or "邀请参加的人" for each in found if each}


class AmendForm(BoxesForm):
    """A record mended."""

    reason = Text(_l("为什么改"), [InputRequired(_l("要写理由"))], longest=400)


class AttemptForm(CreatingForm):
    """Somebody was or was not reached, or did not come; ``booking`` is the meeting that it is about."""

    booking = HiddenField(validators=[Length(max=22)])
    result = RadioField(_l("怎么回事"), [InputRequired(_l("选一项"))], choices=choices(LOGGED))
    absent = ticks(_l("是谁"))
    on = DateField(_l("哪天"), [InputRequired(_l("填日期"))])
    at = TimeField(_l("几点"), [InputRequired(_l("填时间"))])
    manner = SelectField(_l("怎么联系的"), choices=choices(SessionManner))
    note = Text(_l("说明"), longest=400)
    next_on = DateField(_l("下次哪天"), [Optional()])
    next_words = Text(_l("几点、在哪儿"), longest=200)


class VoidForm(CreatingForm):
    """An attempt taken back."""

    reason = Text(_l("为什么作废"), [InputRequired(_l("要写理由"))], longest=400)


class NoteForm(CreatingForm):
    """A private note."""

    text = LongText(_l("记一笔"), [InputRequired(_l("没有写"))], longest=4000)
    is_concession = BooleanField(_l("这是一方私下的让步、底线"))
