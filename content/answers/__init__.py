"""The data of responses. Each module builds one kind of answer from a catalogue and a day."""
