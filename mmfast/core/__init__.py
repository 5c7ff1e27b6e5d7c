"""What every other part stands on: ids, the clock, errors, texts, hooks. No I/O and no Trio in here."""
