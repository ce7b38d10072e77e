"""Other pages: reference, problems, frames, oEmbed, terms, well-known paths."""
