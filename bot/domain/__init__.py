"""Rules and intents over plain values: no I/O, no clock, nothing of ours imported."""
