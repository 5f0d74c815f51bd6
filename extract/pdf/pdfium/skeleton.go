package pdfium

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Of a WebAssembly module (https://webassembly.github.io/spec/core/binary/modules.html).
const (
	headerBytes   = 8 // magic and version
	codeSection   = 10
	customSection = 0
)

// traps is the body of a function without locals that does nothing but trap, with its length ahead of it.
var traps = []byte{3, 0 /* locals */, 0x00 /* unreachable */, 0x0b /* end */}

var errModule = errors.New("the WebAssembly module is cut off")

// skeleton returns a module with the types, imports, exports, tables, memory, data and functions of the given one, in
// the same order, in which each function traps. Custom sections, which name and describe code, are left out.
func skeleton(module []byte) ([]byte, error) {
	if len(module) < headerBytes {
		return nil, errModule
	}
	out := append([]byte(nil), module[:headerBytes]...)
	for at := headerBytes; at < len(module); {
		id := module[at]
		size, n := binary.Uvarint(module[at+1:])
		from := at + 1 + n
		if n <= 0 || size > uint64(len(module)-from) {
			return nil, errModule
		}
		at = from + int(size)
		switch body := module[from:at]; id {
		case customSection:
		case codeSection:
			functions, n := binary.Uvarint(body)
			if n <= 0 || functions > uint64(len(body)) {
				return nil, fmt.Errorf("%w in its code", errModule)
			}
			code := binary.AppendUvarint(nil, functions)
			for range functions {
				code = append(code, traps...)
			}
			out = appendSection(out, id, code)
		default:
			out = appendSection(out, id, body)
		}
	}
	return out, nil
}

func appendSection(out []byte, id byte, body []byte) []byte {
	out = binary.AppendUvarint(append(out, id), uint64(len(body)))
	return append(out, body...)
}
