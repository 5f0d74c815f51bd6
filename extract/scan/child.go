package scan

import (
	"fmt"
	"image"
	"os"

	"github.com/gongkai-data/gongkai/extract/ocr"
	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
	"github.com/gongkai-data/gongkai/extract/pdf/worker"
)

const role = "scan"

var limits = worker.Limits{Memory: 1200 << 20, Job: 2 * pageTime}

// job is what a child is asked to read: a picture in a file, or its pixels.
type job struct {
	File  []byte
	Frame int // of a file that holds several pictures, from 0
	Pixel *image.RGBA
	DPI   float64 // pixels an inch; 0 where the file does not say
}

type result struct {
	Sheet  *geometry.Sheet
	Turns  int // quarter turns clockwise by which the picture was turned to be read
	Frames int // pictures in the file
}

// Every program that imports this package may be started as a child, test binaries too, so that none can run itself
// again and again by mistake.
func init() {
	if worker.Role() != role {
		return
	}
	if err := worker.Serve(limits, prepare); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func prepare() (func(job) (result, error), error) {
	models, err := ocr.Open()
	if err != nil {
		return nil, err
	}
	return func(j job) (result, error) {
		var picture image.Image = j.Pixel
		frames := 1
		if j.Pixel == nil {
			if picture, frames, err = decode(j.File, j.Frame); err != nil {
				return result{}, err
			}
		}
		if j.DPI == 0 {
			j.DPI = assumed(picture.Bounds())
		}
		s, turns, err := read(models, picture, 72/j.DPI)
		return result{s, turns, frames}, err
	}, nil
}

// assumed takes a picture for one of a sheet of A4, so that its places are in points as those of other pages.
func assumed(b image.Rectangle) float64 { return float64(max(b.Dx(), b.Dy())) / 11.69 }
