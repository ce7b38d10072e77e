"""Answers in forms other than JSON: each a function from the JSON body to text."""
