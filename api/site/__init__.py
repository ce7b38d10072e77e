"""The site: pages for people who administer calendars, built from what version 1 answers."""
