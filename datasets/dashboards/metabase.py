"""metabase.py URL DATABASE [QUESTIONS]: makes the questions and the dashboard of metabase.json in a Metabase, through its API.

DATABASE is the name that the DuckDB database has there. The environment variable METABASE_API_KEY holds an API key (Admin > Authentication > API keys).
The free edition of Metabase imports no files, which is why this is a program; it needs nothing but Python."""
import json
import os
import sys
import urllib.request

base, database = sys.argv[1].rstrip("/"), sys.argv[2]
recipe = json.load(open(sys.argv[3] if len(sys.argv) > 3 else os.path.join(os.path.dirname(__file__), "metabase.json"), encoding="utf-8"))


def ask(method, path, body=None):
    request = urllib.request.Request(base + path, method=method, data=None if body is None else json.dumps(body).encode(),
                                     headers={"Content-Type": "application/json", "x-api-key": os.environ["METABASE_API_KEY"]})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


databases = ask("GET", "/api/database")
databases = databases["data"] if isinstance(databases, dict) else databases
found = [d["id"] for d in databases if d["name"] == database]
if len(found) != 1:
    sys.exit(f"Metabase has {len(found)} databases called {database}: {[d['name'] for d in databases]}")

cards = []
for k, q in enumerate(recipe["questions"]):
    settings = {"graph.dimensions": [q["x"]], "graph.metrics": q["y"]} if "x" in q else {}
    card = ask("POST", "/api/card", {"name": q["name"], "description": q["description"], "display": q["display"], "visualization_settings": settings,
                                     "dataset_query": {"type": "native", "database": found[0], "native": {"query": q["query"]}}})
    cards.append({"id": -1 - k, "card_id": card["id"], "row": 6 * (k // 2), "col": 12 * (k % 2), "size_x": 12, "size_y": 6,
                  "parameter_mappings": [], "visualization_settings": {}})
dashboard = ask("POST", "/api/dashboard", recipe["dashboard"])
ask("PUT", f"/api/dashboard/{dashboard['id']}", {"dashcards": cards})
print(f"{base}/dashboard/{dashboard['id']}: {len(cards)} questions")
