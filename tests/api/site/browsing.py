"""Pages of the site, asked for as a browser asks."""

from tests.pages import Page

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def browse(client, path: str, status: int = 200) -> Page:
    """Ask for *path* as a browser does."""
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    return Page(answer.get_data(as_text=True))
