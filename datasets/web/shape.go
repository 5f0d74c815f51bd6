package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"
)

// ndjson is the media type of an answer with one item a line.
const ndjson = "application/x-ndjson"

// wantsLines reports whether the reader asks for one item a line: format=ndjson, or by the header Accept.
func wantsLines(req *http.Request) bool {
	switch req.URL.Query().Get("format") {
	case "ndjson":
		return true
	case "":
	default:
		return false
	}
	for _, part := range strings.Split(req.Header.Get("Accept"), ",") {
		if t, _, err := mime.ParseMediaType(part); err == nil && (t == ndjson || t == "application/ndjson") {
			return true
		}
	}
	return false
}

// shaped gives an answer the shape that the reader asks for: the fields named of each item, and a list as lines. An
// answer that is no list has neither.
func shaped(req *http.Request, v any) (any, error) {
	text := req.URL.Query().Get("fields")
	if f := req.URL.Query().Get("format"); f != "" && f != "json" && f != "ndjson" {
		return nil, badRequest(fmt.Errorf("format is json or ndjson, not %q", f))
	}
	if text == "" && !wantsLines(req) {
		return v, nil
	}
	whole, items, err := taken(v)
	if err != nil {
		return nil, err
	}
	if text != "" {
		fields := strings.Split(text, ",")
		for i := range items {
			if items[i], err = only(items[i], fields); err != nil {
				return nil, err
			}
		}
	}
	if wantsLines(req) {
		return &lines{whole, items}, nil
	}
	if whole["items"], err = json.Marshal(items); err != nil {
		return nil, fmt.Errorf("choosing fields: %w", err)
	}
	return whole, nil
}

// taken takes a list apart.
func taken(v any) (whole map[string]json.RawMessage, items []json.RawMessage, err error) {
	body, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(body, &whole)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("taking a list apart: %w", err)
	}
	if whole["items"] == nil {
		return nil, nil, badRequest(errors.New("fields and ndjson are for lists, and this is none"))
	}
	if err := json.Unmarshal(whole["items"], &items); err != nil {
		return nil, nil, fmt.Errorf("taking a list apart: %w", err)
	}
	return whole, items, nil
}

// only keeps fields of an item, in the order asked for.
func only(item json.RawMessage, fields []string) (json.RawMessage, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(item, &all); err != nil {
		return nil, fmt.Errorf("choosing fields: %w", err)
	}
	var b bytes.Buffer
	b.WriteByte('{')
	for i, name := range fields {
		name = strings.TrimSpace(name)
		value, known := all[name]
		if !known {
			var names []string
			for n := range all {
				names = append(names, n)
			}
			slices.Sort(names)
			return nil, badRequest(fmt.Errorf("there is no field %q; there are %s", name, strings.Join(names, ", ")))
		}
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// lines is a list to be written one item a line. What stood around the items goes into headers.
type lines struct {
	whole map[string]json.RawMessage
	items []json.RawMessage
}

func (l *lines) send(w http.ResponseWriter) error {
	header := func(name, key string) {
		var s string
		if json.Unmarshal(l.whole[key], &s) == nil && s != "" {
			w.Header().Set(name, s)
		}
	}
	header("Gongkai-Release", "release")
	var sample string
	if json.Unmarshal(l.whole["sample"], &sample) == nil && sample != "" {
		w.Header().Set("Gongkai-Sample", "yes") // headers hold no Chinese: the words stand in the other form
	}
	if total := l.whole["total"]; total != nil {
		w.Header().Set("Gongkai-Total", string(total))
	}
	var next string
	if json.Unmarshal(l.whole["next"], &next) == nil && next != "" {
		w.Header().Set("Link", "<"+next+`>; rel="next"`)
	}
	w.Header().Set("Content-Type", ndjson+"; charset=utf-8")
	for _, item := range l.items {
		if _, err := w.Write(append(item, '\n')); err != nil {
			return err
		}
	}
	return nil
}
