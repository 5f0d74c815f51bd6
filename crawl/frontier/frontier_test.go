package frontier

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func open(t *testing.T, path string) *DB {
	t.Helper()
	d, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func task(host, path string, role Role) Task {
	url := "http://" + host + path
	return Task{ID: ID("GET", url, ""), Host: host, URL: url, Role: role, Seed: "http://" + host + "/"}
}

// begin starts a run with one seed.
func begin(t *testing.T, d *DB, host string) Run {
	t.Helper()
	run, err := d.StartRun(t.Context(), noon, "{}")
	if err != nil {
		t.Fatal(err)
	}
	seed := Seed{Site: "http://" + host + "/", Name: "甲县", DivisionCode: "370686000000", FirstYear: 2019, LastYear: 2023, Delay: 2 * time.Second, Host: host}
	for range 2 { // a seed that is there already stays as it is
		if err := d.AddSeed(t.Context(), run.ID, seed, task(host, "/", Start)); err != nil {
			t.Fatal(err)
		}
	}
	seeds, err := d.Seeds(t.Context(), run.ID)
	if err != nil || len(seeds) != 1 || seeds[0] != seed {
		t.Fatalf("%+v, %v", seeds, err)
	}
	return run
}

// Tasks come reports first, none twice; what a visit leads to is there when the visit is closed, and a postponed one
// waits; all of it lasts.
func TestTasks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "frontier.sqlite")
	d := open(t, path)
	run := begin(t, d, "a.example")
	next := func(d *DB, at time.Time) string {
		t.Helper()
		got, ok, err := d.NextTask(t.Context(), run.ID, "a.example", at)
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return ""
		}
		return got.URL
	}
	start, _, _ := d.NextTask(t.Context(), run.ID, "a.example", noon)
	visit := Visit{Outcome: "ok", Tasks: []Task{task("a.example", "/way", Way), task("a.example", "/list", Column), task("a.example", "/2023", Article), task("a.example", "/2023.pdf", Attachment), task("b.example", "/x", Article), task("a.example", "/list", Column)},
		Reports: []Report{{Seed: start.Seed, URL: "http://a.example/2022"}}}
	for range 2 { // a task that is closed already stays so
		if err := d.Finish(t.Context(), run.ID, start, visit); err != nil {
			t.Fatal(err)
		}
	}
	if c, err := d.Count(t.Context(), run.ID); err != nil || c.Open != 5 || c.Done != 1 || c.Hosts != 2 || c.HostsOpen != 2 || c.Reports != 1 {
		t.Errorf("%+v, %v", c, err)
	}
	for _, want := range []string{"/2023.pdf", "/2023", "/list", "/way"} {
		if got := next(d, noon); got != "http://a.example"+want {
			t.Errorf("the next is %s, want %s", got, want)
		}
		current, _, _ := d.NextTask(t.Context(), run.ID, "a.example", noon)
		if want == "/2023" {
			if err := d.Postpone(t.Context(), run.ID, current, noon.Add(time.Minute), "timeout"); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := d.Finish(t.Context(), run.ID, current, Visit{Outcome: "ok"}); err != nil {
			t.Fatal(err)
		}
	}
	if got := next(d, noon); got != "" {
		t.Errorf("%s is due before its time", got)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, path)
	if got := next(again, noon.Add(2*time.Minute)); got != "http://a.example/2023" {
		t.Errorf("after a restart the next is %q", got)
	}
	if runs, err := again.Runs(t.Context()); err != nil || len(runs) != 1 || runs[0].ID != run.ID {
		t.Errorf("%+v, %v", runs, err)
	}
	if err := again.FinishRun(t.Context(), run.ID, noon, NotTried, "the run was ended"); err != nil {
		t.Fatal(err)
	}
	if left, err := again.Tasks(t.Context(), run.ID, "open"); err != nil || len(left) != 0 {
		t.Errorf("open after the end: %+v, %v", left, err)
	}
}

// A host is worked on by one owner at a time, queued once, and free again when the lease is given back or over.
func TestLeases(t *testing.T) {
	d := open(t, filepath.Join(t.TempDir(), "frontier.sqlite"))
	run := begin(t, d, "a.example")
	due := func(at time.Time) int {
		t.Helper()
		hosts, err := d.Due(t.Context(), run.ID, at, at.Add(time.Minute), 10)
		if err != nil {
			t.Fatal(err)
		}
		return len(hosts)
	}
	lease := func(owner string, at time.Time) bool {
		t.Helper()
		ok, err := d.Lease(t.Context(), "a.example", owner, at, at.Add(time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if due(noon) != 1 || due(noon) != 0 {
		t.Error("a host is queued twice")
	}
	if !lease("one", noon) || lease("two", noon.Add(time.Second)) || !lease("one", noon.Add(30*time.Second)) {
		t.Error("two owners have one host, or the owner cannot renew")
	}
	if lease("two", noon.Add(89*time.Second)) || !lease("two", noon.Add(91*time.Second)) {
		t.Error("a lease ends too early or never")
	}
	if err := d.Release(t.Context(), "a.example", "one"); err != nil { // it is not one's any more
		t.Fatal(err)
	}
	if lease("three", noon.Add(92*time.Second)) {
		t.Error("who has lost a host gives it away")
	}
	if err := d.Release(t.Context(), "a.example", "two"); err != nil {
		t.Fatal(err)
	}
	if due(noon.Add(92*time.Second)) != 1 {
		t.Error("a host that was given back is not due")
	}
	if err := d.Cool(t.Context(), "a.example", noon.Add(time.Hour), Reason{Outcome: "challenge", Detail: "x"}); err != nil {
		t.Fatal(err)
	}
	if due(noon.Add(30*time.Minute)) != 0 || due(noon.Add(61*time.Minute)) != 1 {
		t.Error("a host that is left alone is asked, or never again")
	}
}

// Ids of requests differ by method, address and body, and never by how the three are joined.
func TestID(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range [][3]string{{"GET", "http://a.example/", ""}, {"POST", "http://a.example/", ""}, {"POST", "http://a.example/", "x"}, {"POST", "http://a.example/x", ""}, {"POSTh", "ttp://a.example/", ""}} {
		id := ID(r[0], r[1], r[2])
		if seen[id] || len(id) != 32 || id != ID(r[0], r[1], r[2]) {
			t.Errorf("%v: %s", r, id)
		}
		seen[id] = true
	}
}

// A file that is no frontier is refused and left as it is.
func TestNotAFrontier(t *testing.T) {
	path := filepath.Join(t.TempDir(), "frontier.sqlite")
	if err := os.WriteFile(path, []byte("these are notes of mine, and no database at all"), 0o644); err != nil {
		t.Fatal(err)
	}
	if d, err := Open(t.Context(), path); err == nil {
		d.Close()
		t.Error("notes are taken for a frontier")
	}
	if body, err := os.ReadFile(path); err != nil || string(body) != "these are notes of mine, and no database at all" {
		t.Errorf("%q, %v", body, err)
	}
}
