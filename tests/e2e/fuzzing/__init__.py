"""A fuzzer that asks a running service thousands of questions and holds it to its document."""
