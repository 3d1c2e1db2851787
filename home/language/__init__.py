"""What a machine can say about a German text: pure functions on text, without Django."""
