package report

import (
	"encoding/base64"
	"html/template"
	"strconv"
	"strings"
)

// Picture is a figure on a page, with a link to download it as PNG.
type Picture struct {
	Figure  Figure
	Caption string
	Name    string // of the downloaded file without extension; empty: "figure"
}

// inlineLimit is the size in bytes up to which a figure is shown as SVG;
// larger ones are shown as PNG, so that the page stays quick.
const inlineLimit = 300_000

// pixelsPerPoint makes a figure of two columns fill the page.
const pixelsPerPoint = 1.5

// pictureView is a picture ready for its template.
type pictureView struct {
	Caption, File string
	Width         int           // in pixels
	SVG           template.HTML // empty: shown as PNG
	PNG           template.URL
}

func (p Picture) render() (template.HTML, error) {
	v, err := p.view()
	if err != nil {
		return "", err
	}
	return fragment("picture", v)
}

func (p Picture) view() (pictureView, error) {
	sheet, err := p.Figure.Plot()
	if err != nil {
		return pictureView{}, err
	}
	svg, err := sheet.svg()
	if err != nil {
		return pictureView{}, err
	}
	png, err := sheet.png()
	if err != nil {
		return pictureView{}, err
	}
	v := pictureView{
		Caption: p.Caption,
		Width:   int(sheet.Width * pixelsPerPoint),
		File:    orElse(p.Name, "figure") + ".png",
		PNG:     template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png)),
	}
	if len(svg) <= inlineLimit {
		v.SVG = inline(svg, v.Width)
	}
	return v, nil
}

// inline returns an SVG document as an element of the given width. Its text
// has been escaped when it was drawn.
func inline(svg []byte, width int) template.HTML {
	_, element, _ := strings.Cut(string(svg), "viewBox")
	return template.HTML(`<svg aria-hidden="true" width="` + strconv.Itoa(width) + `" viewBox` + element)
}
