"""What readers request: each module builds one kind of answer from a catalogue and a day."""
