"""The shapes of everything that faqts reads, keeps and says; marshmallow alone."""
