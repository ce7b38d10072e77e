"""The data of responses, built from a catalogue and a day."""
