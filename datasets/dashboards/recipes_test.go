package dashboards_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// database makes the database of the views beside a dataset and returns the folder.
func database(t *testing.T) string {
	t.Helper()
	need(t, "python3", "-c", "import duckdb, yaml")
	dir, err := filepath.EvalSymlinks(dataset(t))
	if err != nil {
		t.Fatal(err)
	}
	sql, err := filepath.Abs("views.sql")
	if err != nil {
		t.Fatal(err)
	}
	run(t, dir, "python3", "-c", `import duckdb, sys; duckdb.connect("gongkai.duckdb").execute(open(sys.argv[1]).read())`, sql)
	return dir
}

// The files that Superset imports fit together and the views: what it would ask of the database is asked here, as it
// would connect, from elsewhere.
func TestSupersetFiles(t *testing.T) {
	t.Parallel()
	dir := database(t)
	recipe, err := filepath.Abs("superset")
	if err != nil {
		t.Fatal(err)
	}
	out := run(t, t.TempDir(), "python3", "-c", `
import duckdb, glob, sys, yaml
recipe, data = sys.argv[1:]
read = lambda kind: [yaml.safe_load(open(f)) for f in sorted(glob.glob(f"{recipe}/{kind}/**/*.yaml", recursive=True))]
(base,), charts, (board,) = read("databases"), read("charts"), read("dashboards")
assert yaml.safe_load(open(recipe + "/metadata.yaml"))["type"] == "Dashboard"
assert base["sqlalchemy_uri"] == "duckdb:////data/dataset/gongkai.duckdb"
how = base["extra"]["engine_params"]["connect_args"]
how["config"] = {k: v.replace("/data/dataset", data) for k, v in how["config"].items()}
db = duckdb.connect(data + "/gongkai.duckdb", **how)
sets = {s["uuid"]: s for s in read("datasets")}
for s in sets.values():
    assert s["database_uuid"] == base["uuid"]
    there = {n: k for n, k, *_ in db.execute(f"DESCRIBE main.{s['table_name']}").fetchall()}
    for c in s["columns"]:
        assert there[c["column_name"]] in (c["type"], "HUGEINT"), (s["table_name"], c, there)
    for m in s["metrics"]:
        db.execute(f"SELECT {m['expression']} FROM main.{s['table_name']}").fetchall()
rows = 0
for c in charts:
    s, p = sets[c["dataset_uuid"]], c["params"]
    columns, metrics = [x["column_name"] for x in s["columns"]], {m["metric_name"]: m["expression"] for m in s["metrics"]}
    by = p.get("groupby", []) + p.get("all_columns", []) + ([p["x_axis"]] if "x_axis" in p else [])
    assert all(x in columns for x in by), c
    where = " AND ".join(f["sqlExpression"] for f in p["adhoc_filters"]) or "true"
    ask = ", ".join(by + [metrics[m] for m in p.get("metrics", [])])
    rows += len(db.execute(f"SELECT {ask} FROM main.{s['table_name']} WHERE {where}" + (" GROUP BY " + ", ".join(by) if "metrics" in p else "")).fetchall())
placed = {v["meta"]["uuid"] for v in board["position"].values() if isinstance(v, dict) and v["type"] == "CHART"}
assert placed == {c["uuid"] for c in charts}
for v in board["position"].values():
    if isinstance(v, dict):
        assert all(x in board["position"] for x in v.get("children", []) + v.get("parents", [])), v
print("charts", len(charts), "rows", rows > 10)
`, recipe, dir)
	if !strings.Contains(out, "charts 6 rows True") {
		t.Errorf("%s", out)
	}
}

// What metabase.py makes through the API of a Metabase, which is played here, are questions that the database answers.
func TestMetabaseQuestions(t *testing.T) {
	t.Parallel()
	dir := database(t)
	var asked []string
	var queries []string
	var cards []map[string]any
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body struct {
			Name    string
			Display string
			Query   struct {
				Type     string
				Database int
				Native   struct{ Query string }
			} `json:"dataset_query"`
			Settings map[string]any   `json:"visualization_settings"`
			Cards    []map[string]any `json:"dashcards"`
		}
		if r.Header.Get("X-Api-Key") != "mb_key" {
			http.Error(w, "no key", http.StatusUnauthorized)
			return
		}
		if r.Method != http.MethodGet {
			if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
		}
		asked = append(asked, r.Method+" "+r.URL.Path)
		switch r.Method + " " + r.URL.Path {
		case "GET /api/database":
			fmt.Fprint(w, `{"data": [{"id": 1, "name": "Sample"}, {"id": 7, "name": "gongkai"}]}`)
		case "POST /api/card":
			if body.Name == "" || body.Display == "" || body.Settings == nil || body.Query.Type != "native" || body.Query.Database != 7 {
				t.Errorf("%+v", body)
			}
			queries = append(queries, body.Query.Native.Query)
			fmt.Fprintf(w, `{"id": %d}`, 100+len(queries))
		case "POST /api/dashboard":
			fmt.Fprint(w, `{"id": 3}`)
		case "PUT /api/dashboard/3":
			cards = body.Cards
			fmt.Fprint(w, `{}`)
		default:
			http.NotFound(w, r)
		}
	}))
	defer h.Close()
	program, err := filepath.Abs("metabase.py")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("python3", program, h.URL, "gongkai")
	cmd.Env = append(cmd.Environ(), "METABASE_API_KEY=mb_key")
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "/dashboard/3: 6 questions") {
		t.Fatalf("%v: %s", err, out)
	}
	if len(asked) != 9 || len(cards) != 6 || cards[0]["card_id"] != 101.0 || cards[5]["card_id"] != 106.0 {
		t.Fatalf("asked %v, cards %v", asked, cards)
	}
	for i, q := range queries {
		out := run(t, dir, "python3", "-c", `import duckdb, sys; print("rows", len(duckdb.connect("gongkai.duckdb", read_only=True).execute(sys.argv[1]).fetchall()))`, q)
		if !strings.Contains(out, "rows ") || i < 4 && strings.Contains(out, "rows 0") {
			t.Errorf("%s\n%s", q, out)
		}
	}
}
