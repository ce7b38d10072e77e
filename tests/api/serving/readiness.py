"""Have a client's application look for releases, and read its readiness."""


def refresh(client) -> None:
    client.application.extensions["faqts"].follower.refresh()


def ready(client) -> tuple[int, dict]:
    answer = client.get("/readyz")
    return answer.status_code, answer.get_json()
