"""The site: pages for people who administer calendars, built from the answers of version 1."""
