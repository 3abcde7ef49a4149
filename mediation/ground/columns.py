"""Column types that every table shares."""

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Integer, LargeBinary, String, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import mapped_column

from mediation.ground import clock
from mediation.ground.ids import new_id, new_public_id


def plain_text(length: int) -> String:
    """Return a text column compared sign by sign on both databases, so that beginnings are found by the index."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


Long = BigInteger().with_variant(Integer, "sqlite")
Json = JSON().with_variant(JSONB, "postgresql")


class UtcDateTime(TypeDecorator):
    """An aware UTC datetime; SQLite would return it naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect):
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ChoiceColumn(TypeDecorator):
    """A :class:`~mediation.ground.choices.Choice`, stored by its key."""

    impl = String(32)
    cache_ok = True

    def __init__(self, choice):
        super().__init__()
        self.choice = choice

    def process_bind_param(self, value, dialect):
        return None if value is None else self.choice(value).value

    def process_result_value(self, value, dialect):
        return None if value is None else self.choice(value)


def choice(enum, **options):
    """Return the column of a choice: ``state: Mapped[State] = choice(State, index=True)``."""
    return mapped_column(ChoiceColumn(enum), **options)


def among(column, values):
    """Return the condition that a column has one of some values; of a single one no statement is written out anew."""
    return column == values[0] if len(values) == 1 else column.in_(values)


def refers(target, *, index=True, nullable=False, **options):
    """Return an indexed foreign key: ``case_id: Mapped[int] = refers("cases.id")``."""
    return mapped_column(Long, ForeignKey(target), index=index, nullable=nullable, **options)


BigId = Annotated[int, mapped_column(Long, primary_key=True, autoincrement=False, default=new_id)]
PublicId = Annotated[str, mapped_column(String(22), unique=True, default=new_public_id)]
CentreId = Annotated[int, mapped_column(Long, ForeignKey("centres.id"), index=True)]
Fen = Annotated[int, mapped_column(BigInteger)]
Instant = Annotated[datetime, mapped_column(UtcDateTime)]
RecordedAt = Annotated[datetime, mapped_column(UtcDateTime, default=clock.now)]
Version = Annotated[int, mapped_column(Integer, default=1)]
Name = Annotated[str, mapped_column(plain_text(120))]
AreaCode = Annotated[str, mapped_column(plain_text(12))]
Initials = Annotated[str, mapped_column(plain_text(40), default="")]
Line = Annotated[str, mapped_column(String(400))]
LongText = Annotated[str, mapped_column(Text)]
Secret = Annotated[bytes, mapped_column(LargeBinary)]
Facts = Annotated[dict[str, Any], mapped_column(Json, default=dict)]
