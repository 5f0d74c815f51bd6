package reuse

// print is a fingerprint: the hash of K symbols, of which the first stands at At.
type print struct {
	hash uint64
	at   int32
}

const base = 0x9E3779B97F4A7C15 // of the rolling hash: odd, so that no power of it vanishes

// power is base to the K-th.
var power = func() uint64 {
	p := uint64(1)
	for range K {
		p *= base
	}
	return p
}()

// mixed spreads the bits of a rolling hash (the finaliser of SplitMix64), so that the least of several is any of them.
func mixed(h uint64) uint64 {
	h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
	h = (h ^ h>>27) * 0x94D049BB133111EB
	return h ^ h>>31
}

// hashes calls yield with the hash of every K symbols of a section and the place of the first.
func (t *Text) hashes(s Section, yield func(h uint64, at int)) {
	var h uint64
	for i := s.From; i < s.To; i++ {
		h = h*base + uint64(t.Symbols[i])
		if i >= s.From+K {
			h -= power * uint64(t.Symbols[i-K])
		}
		if i >= s.From+K-1 {
			yield(mixed(h), i-K+1)
		}
	}
}

// prints returns the fingerprints that winnowing keeps: of every Window that stand one after another the least, of
// equal ones the last.
func (t *Text) prints() []print {
	out := make([]print, 0, len(t.Symbols)/3)
	var window []print // rising
	for _, s := range t.Sections {
		window = window[:0]
		last := int32(-1)
		t.hashes(s, func(h uint64, at int) {
			for len(window) > 0 && window[len(window)-1].hash >= h {
				window = window[:len(window)-1]
			}
			window = append(window, print{h, int32(at)})
			if window[0].at <= int32(at-Window) {
				window = window[1:]
			}
			if at >= s.From+Window-1 && window[0].at != last {
				last = window[0].at
				out = append(out, window[0])
			}
		})
	}
	return out
}
