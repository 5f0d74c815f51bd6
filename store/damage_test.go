package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/shared"
)

// written is an archive to damage: its files by name, and the body of each capture by its address.
type written struct {
	files  map[string][]byte
	warcs  []string
	bodies map[string]string // empty for a try without a response
	places map[string]schema.Capture
}

func writeOne(t testing.TB, n int, maxFile int64) written {
	t.Helper()
	dir := t.TempDir()
	a := openTest(t, dir, Options{MaxFile: maxFile})
	w := written{files: map[string][]byte{}, bodies: map[string]string{}, places: map[string]schema.Capture{}}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		url, body := fmt.Sprintf("http://a.example/%d/年报", i), ""
		var c schema.Capture
		var err error
		switch i % 4 {
		case 0:
			c, err = a.WriteFailure(context.Background(), schema.Capture{URL: url, FetchedAt: testTime, Outcome: schema.OutcomeTimeout}, "no answer")
		case 1:
			body = fmt.Sprintf("%d %s", i, strings.Repeat("年报", r.IntN(2000)))
			c, err = a.WriteImport(context.Background(), Import{Capture: schema.Capture{URL: url, FetchedAt: testTime}, Name: "x", Body: strings.NewReader(body)})
		default:
			noise := make([]byte, r.IntN(3000))
			for i := range noise {
				noise[i] = byte(r.IntN(256))
			}
			body = fmt.Sprintf("%d %s", i, noise)
			c = put(t, a, exchange(url, "", body))
		}
		must(t, err)
		w.bodies[url], w.places[url] = body, c
	}
	must(t, a.Close())
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		w.files[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name()))
		must(t, err)
		if strings.HasSuffix(e.Name(), warcSuffix) {
			w.warcs = append(w.warcs, e.Name())
		}
	}
	return w
}

// damage does one thing to an archive in a folder and says what.
func (w written) damage(t testing.TB, r *rand.Rand, dir string) string {
	name := w.warcs[r.IntN(len(w.warcs))]
	path := filepath.Join(dir, name)
	body, err := os.ReadFile(path)
	if err != nil || len(body) == 0 {
		return "nothing"
	}
	sql := func(statement string, args ...any) {
		db, err := sql.Open("sqlite", filepath.Join(dir, indexFile))
		must(t, err)
		_, err = db.Exec(statement, args...)
		must(t, err, db.Close())
	}
	switch at := r.IntN(len(body)); r.IntN(9) {
	case 0, 1, 2:
		body[at] ^= 1 << r.IntN(8)
		must(t, os.WriteFile(path, body, 0o644))
		return fmt.Sprintf("bit flipped in byte %d of %s", at, name)
	case 3:
		must(t, os.WriteFile(path, body[:at], 0o644))
		return fmt.Sprintf("%s cut at %d", name, at)
	case 4:
		n := min(1+r.IntN(5000), len(body)-at)
		clear(body[at : at+n])
		must(t, os.WriteFile(path, body, 0o644))
		return fmt.Sprintf("%d zeros at %d of %s", n, at, name)
	case 5:
		n := min(1+r.IntN(5000), len(body)-at)
		must(t, os.WriteFile(path, slices.Delete(body, at, at+n), 0o644))
		return fmt.Sprintf("%d bytes taken out at %d of %s", n, at, name)
	case 6:
		k := r.IntN(5)
		sql("DELETE FROM captures WHERE warc_offset % 5 = ?", k)
		return fmt.Sprintf("index rows with offset %% 5 = %d deleted", k)
	case 7:
		k := r.IntN(5)
		sql("UPDATE OR IGNORE captures SET warc_offset = warc_offset + 7 WHERE warc_offset % 5 = ?", k)
		sql("INSERT OR IGNORE INTO captures SELECT record_id, url || 'x', final_url, seed, found_on, depth, fetched_at, status, media_type, charset, bytes, sha256, warc_file, warc_offset + 1, outcome, payload_digest, refers_to, end_offset, number, digest FROM captures WHERE warc_offset % 11 = ?", k)
		return fmt.Sprintf("index rows with offset %% 5 = %d moved, and strange ones added", k)
	default:
		must(t, os.Remove(path))
		return name + " removed"
	}
}

// Whatever happens to an archive, what can be read and what is told as lost are together what was written, and verify
// finds that something is wrong, also after something was written to it since.
func TestReadAndToldIsWhatWasWritten(t *testing.T) {
	w := writeOne(t, 60, 40_000)
	seed := rand.Uint64()
	t.Logf("seed %d, %d files", seed, len(w.warcs))
	for trial := range shared.Trials(40, 150) {
		r := rand.New(rand.NewPCG(seed, uint64(trial)))
		w.trial(t, r, t.TempDir(), fmt.Sprintf("seed %d, trial %d", seed, trial))
		if t.Failed() {
			return
		}
	}
}

func (w written) trial(t *testing.T, r *rand.Rand, dir, name string) {
	for file, body := range w.files {
		must(t, os.WriteFile(filepath.Join(dir, file), body, 0o644))
	}
	var tried []string
	for range 1 + r.IntN(3) {
		tried = append(tried, w.damage(t, r, dir))
	}
	indexLost := r.IntN(4) == 0
	if indexLost {
		must(t, os.Remove(filepath.Join(dir, indexFile)))
		tried = append(tried, "index removed")
	}
	name += ": " + strings.Join(tried, "; ")
	harmless := w.harmless(t, dir) && indexLost // the index is made anew, and nothing else is wrong
	check := func(when string) {
		a := openTest(t, dir, Options{ReadOnly: true})
		if found := faults(t, a); len(found) == 0 && !harmless {
			t.Errorf("%s: %s: verify finds nothing", name, when)
		}
		read, told := w.count(t, a, name+": "+when)
		if read+told != len(w.bodies) {
			t.Errorf("%s: %s: %d captures read, %d told, %d written", name, when, read, told, len(w.bodies))
			losses, _, _ := a.Examine(context.Background())
			for _, l := range losses {
				t.Logf("%+v", l)
			}
		}
		must(t, a.Close())
	}
	check("at once")
	later := openTest(t, dir, Options{})
	put(t, later, exchange("http://later.example/", "", "written after the damage"))
	must(t, later.Close())
	check("after another capture was stored")
}

func (w written) harmless(t *testing.T, dir string) bool {
	for _, name := range w.warcs {
		if body, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(body) != string(w.files[name]) {
			return false
		}
	}
	return true
}

// count reads every capture that is listed, as a build does, and counts those that are read and those that are told.
func (w written) count(t *testing.T, a *Archive, name string) (read, told int) {
	ctx := context.Background()
	losses, _, err := a.Examine(ctx)
	must(t, err)
	type place struct {
		file string
		at   int64
	}
	met := map[place]bool{}
	for _, c := range list(t, a) {
		want, ours := w.bodies[c.URL]
		if !ours {
			if !strings.HasPrefix(c.URL, "http://later") {
				t.Errorf("%s: %q was never written", name, c.URL)
			}
			continue
		}
		met[place{c.WarcFile, c.WarcOffset}] = true
		in, err := a.Body(ctx, c)
		var body []byte
		if err == nil {
			body, err = io.ReadAll(in)
			err = errors.Join(err, in.Close())
		}
		switch {
		case errors.Is(err, ErrNoBody) && want == "", err == nil && string(body) == want:
			read++
		case errors.Is(err, ErrDamaged):
			told++
		default:
			t.Errorf("%s: %s: %q, %v", name, c.URL, body, err)
		}
	}
	for _, l := range losses {
		if !met[place{l.File, l.Offset}] {
			told += l.Captures
		}
	}
	return read, told
}
