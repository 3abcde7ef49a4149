"""The forms of meetings that are set ahead."""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from mediation.doors.desk.proceedingforms import choices, ticks
from mediation.doors.desk.sessionforms import APART, TOGETHER, moment
from mediation.doors.shared.forms import CreatingForm, Text
from mediation.ground import clock
from mediation.stages.bookings.operations import Wish
from mediation.stages.proceedings.meeting.rules import SessionManner

ANY, NONE = "any", ""


class BookingForm(CreatingForm):
    """Who, how, where and when; the hour is one of those proposed or typed."""

    invited = ticks(_l("请谁来"))
    manner = SelectField(_l("方式"), choices=choices(SessionManner))
    room = SelectField(_l("调解室"), [Optional()])
    place = Text(_l("别处，写地点"))
    minutes = IntegerField(_l("多少分钟"), [InputRequired(_l("填分钟数")), NumberRange(5, 480, _l("5 到 480 分钟"))])
    together = RadioField(_l("怎么谈"), choices=[
        SelectChoice(TOGETHER, _l("一起谈")), SelectChoice(APART, _l("分开谈，不见面")),
    ])
    meeting = ticks(_l("遭受家暴的一方，明确同意见面"))
    day = DateField(_l("哪天"), [Optional()])
    starts = TimeField(_l("几点"), [Optional()])
    off_hours = BooleanField(_l("休息时间也开，各方都愿意"))
    platform = Text(_l("视频平台"), longest=60)
    link = Text(_l("会议链接或者会议号"), longest=300)
    bring = Text(_l("请带什么来"), longest=300)

    def know(self, parties: list, victims: list, rooms: list) -> None:
        """Offer who may be asked, as (public id, name) pairs, and the rooms."""
        self.invited.choices = [SelectChoice(*each) for each in parties]
        self.meeting.choices = [SelectChoice(*each) for each in victims]
        self.room.choices = [
            SelectChoice(ANY, _l("哪间空用哪间")), *(SelectChoice(*each) for each in rooms),
            SelectChoice(NONE, _l("不在中心")),
        ]

    def hour(self, slot: str | None) -> tuple[datetime | None, str]:
        """Return when the meeting begins and in which room: a slot that was pressed, or what was typed."""
        if slot:
            when, _bar, room = slot.partition("|")
            try:
                return datetime.fromisoformat(when).replace(tzinfo=clock.SHANGHAI), room
            except ValueError:
                return None, NONE
        if self.day.data and self.starts.data:
            return moment(self.day.data, self.starts.data), self.room.data or NONE
        return None, NONE

    def wish(self, begins: datetime, room: str) -> Wish:
        """Return what is wanted, as the operation takes it."""
        return Wish(
            begins, begins + timedelta(minutes=self.minutes.data), room=room or None, place=self.place.data or "",
            manner=self.manner.data, parties=self.invited.data or (), off_hours_agreed=self.off_hours.data,
            is_joint=self.together.data != APART, meeting=self.meeting.data or (), platform=self.platform.data or "",
            link=self.link.data or "", bring=self.bring.data or "",
        )


class MoveForm(BookingForm):
    """Another hour, and why."""

    version = IntegerField(_l("版本"), [Optional()])
    why = Text(_l("为什么改"), longest=300)


class CancelForm(CreatingForm):
    """A meeting that is called off."""

    why = Text(_l("为什么取消"), [InputRequired(_l("要写理由"))], longest=300)
