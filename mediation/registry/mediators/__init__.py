"""The mediator pool: who may mediate, for which body, since when and with what training."""
