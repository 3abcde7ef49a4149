"""Takes over an effective agreement, follows each duty until it is performed, waived or broken, leaves a ledger behind."""
