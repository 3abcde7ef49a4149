"""Who mediates a case: rules of choice, refusal and recusal; the acts stand in ``appointment`` and ``choosing``."""
