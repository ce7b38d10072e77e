"""Beside the API and the site: reference, problems, frames, oEmbed, well-known paths."""
