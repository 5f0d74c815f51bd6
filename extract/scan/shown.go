package scan

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
)

// Shown is a picture as browsers show it.
type Shown struct {
	Body          []byte
	MediaType     string
	Width, Height float64 // in points, as the places of what File reads in it
}

// Show returns picture number frame (from 0) of a file: as it is, or as PNG where browsers do not know its format.
func Show(file []byte, frame int) (Shown, error) {
	turned, _, err := turnTo(file, frame)
	if err != nil {
		return Shown{}, err
	}
	size, format, err := image.DecodeConfig(bytes.NewReader(turned))
	if err != nil {
		return Shown{}, fmt.Errorf("the picture is damaged: %w", err)
	}
	dpi := assumed(image.Rect(0, 0, size.Width, size.Height))
	out := Shown{Body: file, MediaType: "image/" + format, Width: float64(size.Width) * 72 / dpi, Height: float64(size.Height) * 72 / dpi}
	if format != "tiff" {
		return out, nil
	}
	picture, _, err := decode(file, frame)
	if err != nil {
		return Shown{}, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return Shown{}, fmt.Errorf("encoding the picture: %w", err)
	}
	out.Body, out.MediaType = b.Bytes(), "image/png"
	return out, nil
}
