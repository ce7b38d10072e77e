"""The site: pages for administrators."""
