"""The list of ranges as it is usually written in Flask: filtered and dumped for each request."""

from flask import Flask, jsonify, request

from tests.bench.peers.reference import PATH, read_reference

_REFERENCE = read_reference()
_RELEASE = _REFERENCE.json()["release"]
_ITEMS = read_reference(PATH).json()["items"]
#: jsonify sets the type itself.
_HEADERS = [pair for pair in _REFERENCE.headers if pair[0].lower() != "content-type"]

app = Flask(__name__)
app.json.sort_keys = False
app.json.compact = True


@app.get(PATH)
def list_ranges():
    wanted = request.args.getlist("dc")
    items = [item for item in _ITEMS if not wanted or item["data_center"] in wanted]
    response = jsonify(release=_RELEASE, count=len(items), items=items, next_cursor=None)
    response.headers.extend(_HEADERS)
    return response
