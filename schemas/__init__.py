"""The shapes of everything that faqts reads, stores and serves; marshmallow alone."""
