package ocr

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// part is a file that recognition needs, and the wheel (a ZIP archive) that carries it.
type part struct {
	name    string // in the folder
	project string // of the wheel
	version string
	member  string // in the wheel
	sha256  string
	bytes   int64 // no more than these are unpacked
}

// models are the same on all systems.
var models = []part{
	{modelFour, "rapidocr-onnxruntime", "1.4.4", "rapidocr_onnxruntime/models/ch_PP-OCRv4_rec_infer.onnx", "48fc40f24f6d2a207a2b1091d3437eb3cc3eb6b676dc3ef9c37384005483683b", 16 << 20},
	{modelSix, "rapidocr", "3.10.0", "rapidocr/models/PP-OCRv6_rec_small.onnx", "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884", 32 << 20},
}

// platform is a system that ONNX Runtime is published for: the tag of its wheel, the library in it, and its digest.
type platform struct{ tag, library, sha256 string }

const runtimeVersion = "1.32.0"

var platforms = map[string]platform{
	"linux/amd64":  {"manylinux_2_28_x86_64", "libonnxruntime.so." + runtimeVersion, "6c1585d1bbf45b0712ea4a21b705c5fcb4ba04ff2e30f1fbf81a49faf658638f"},
	"linux/arm64":  {"manylinux_2_28_aarch64", "libonnxruntime.so." + runtimeVersion, "49852228a93995158b2a813d4df487d47a1b76b0eaa894507ef49e91b6d7954a"},
	"darwin/arm64": {"macosx_14_0_arm64", "libonnxruntime." + runtimeVersion + ".dylib", "fa585fabbea65b823b9a8f7e27d46aee3989d1be7e36b528203d3a1fd613aae7"},
}

// parts lists what this system needs.
func parts() ([]part, error) {
	system := runtime.GOOS + "/" + runtime.GOARCH
	p, ok := platforms[system]
	if !ok {
		return nil, fmt.Errorf("scans are not read on %s: ONNX Runtime is tried on Linux (amd64, arm64) and macOS (arm64) only", system)
	}
	library := part{libraryName(), "onnxruntime", runtimeVersion, "onnxruntime/capi/" + p.library, p.sha256, 128 << 20}
	return append([]part{library}, models...), nil
}

// Install puts library and models into Folder. from is a folder that holds the wheels, or the files themselves; empty
// has the user's own pip get the wheels (70 MB). Each file is compared with its digest. It returns the folder.
func Install(ctx context.Context, from string) (folder string, err error) {
	need, err := parts()
	if err != nil {
		return "", err
	}
	folder, err = Folder()
	if err != nil {
		return "", err
	}
	if from == "" {
		if from, err = os.MkdirTemp("", "gongkai-ocr-"); err != nil {
			return "", fmt.Errorf("installing the recognition of scans: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(from)) }()
		if err := download(ctx, need, from); err != nil {
			return "", err
		}
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", fmt.Errorf("installing the recognition of scans: %w", err)
	}
	for _, p := range need {
		if err := p.install(from, folder); err != nil {
			return "", fmt.Errorf("installing %s: %w", p.name, err)
		}
	}
	return folder, nil
}

// download has pip get the wheels, without what they depend on.
func download(ctx context.Context, need []part, dir string) error {
	python, err := exec.LookPath("python3")
	if err != nil {
		return errors.New("python3 with pip is needed to get library and models; or get the wheels elsewhere and name their folder with --from: " + wheels(need))
	}
	args := []string{"-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--dest", dir,
		"--python-version", "3.11", "--implementation", "cp", "--abi", "cp311", "--platform", platforms[runtime.GOOS+"/"+runtime.GOARCH].tag, "--platform", "any"}
	for _, p := range need {
		args = append(args, p.project+"=="+p.version)
	}
	said, err := exec.CommandContext(ctx, python, args...).CombinedOutput()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("getting library and models by pip: %w: %s", err, lastLine(said))
	}
	return nil
}

func lastLine(said []byte) string {
	lines := strings.Split(strings.TrimSpace(string(said)), "\n")
	return lines[len(lines)-1]
}

func wheels(need []part) string {
	var out []string
	for _, p := range need {
		out = append(out, p.project+" "+p.version)
	}
	return strings.Join(out, ", ")
}

// install finds the part in a folder, as it is or in its wheel, and puts it into the folder of recognition.
func (p part) install(from, folder string) error {
	open, err := p.find(from)
	if err != nil {
		return err
	}
	in, err := open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.CreateTemp(folder, ".part-")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(out, h), io.LimitReader(in, p.bytes))
	if err = errors.Join(err, out.Chmod(0o644), out.Close()); err != nil {
		return err
	}
	if sum := hex.EncodeToString(h.Sum(nil)); sum != p.sha256 {
		return fmt.Errorf("its SHA-256 is %s, not %s: it is damaged or of another version", sum, p.sha256)
	}
	return os.Rename(out.Name(), filepath.Join(folder, p.name))
}

// find looks for the part itself and then for its wheel.
func (p part) find(from string) (func() (io.ReadCloser, error), error) {
	for _, name := range []string{p.name, filepath.Base(p.member)} {
		if file := filepath.Join(from, name); isFile(file) {
			return func() (io.ReadCloser, error) { return os.Open(file) }, nil
		}
	}
	found, err := filepath.Glob(filepath.Join(from, strings.ReplaceAll(p.project, "-", "_")+"-"+p.version+"-*.whl"))
	if err != nil {
		return nil, err
	}
	for _, wheel := range found {
		z, err := zip.OpenReader(wheel)
		if err != nil {
			return nil, fmt.Errorf("opening %s: %w", filepath.Base(wheel), err)
		}
		if i := slices.IndexFunc(z.File, func(f *zip.File) bool { return f.Name == p.member }); i >= 0 {
			return func() (io.ReadCloser, error) {
				r, err := z.File[i].Open()
				return &inZip{r, z}, err
			}, nil
		}
		z.Close()
	}
	return nil, fmt.Errorf("the folder %s holds neither it nor the wheel of %s %s for this system: %w", from, p.project, p.version, fs.ErrNotExist)
}

// inZip closes the archive with its member.
type inZip struct {
	io.ReadCloser
	archive *zip.ReadCloser
}

func (i *inZip) Close() error { return errors.Join(i.ReadCloser.Close(), i.archive.Close()) }

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// Verify compares the installed files with their digests.
func Verify() error {
	need, err := parts()
	if err != nil {
		return err
	}
	if !Installed() {
		return ErrMissing
	}
	folder, err := Folder()
	if err != nil {
		return err
	}
	for _, p := range need {
		body, err := os.ReadFile(filepath.Join(folder, p.name))
		if err != nil {
			return fmt.Errorf("checking %s: %w", p.name, err)
		}
		if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != p.sha256 {
			return fmt.Errorf("checking %s: it is damaged or of another version; `gongkai ocr install` puts the right one there", p.name)
		}
	}
	return nil
}
