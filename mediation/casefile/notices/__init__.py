"""The outbox: messages written with the change that causes them, sent afterwards, each exactly once."""
