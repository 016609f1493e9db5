// Package zarr writes arrays of numbers as a Zarr folder, version 2 of the
// format, uncompressed and with the dimension names that xarray reads
// (https://zarr-specs.readthedocs.io/en/latest/v2/v2.0.html).
package zarr

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"path"
	"strings"
)

// Group is a named set of arrays that share dimensions.
type Group struct {
	Name       string
	Attributes map[string]any
	Arrays     []Array
}

// Array is an array of numbers, row by row. An array of the name of its only
// dimension gives that dimension's coordinates.
type Array struct {
	Name       string
	Dimensions []string
	Shape      []int
	Values     []float64
	Attributes map[string]any
}

// File is a file of the folder.
type File struct {
	Name    string // path in the folder, with slashes
	Content []byte
}

// Files returns the files of a folder with the groups, the metadata of all of
// them consolidated as well. It panics if an array's values do not fill its
// shape.
func Files(groups ...Group) []File {
	f := folder{metadata: map[string]any{}}
	f.describe(".zgroup", format{2})
	for _, g := range groups {
		f.describe(path.Join(g.Name, ".zgroup"), format{2})
		f.describe(path.Join(g.Name, ".zattrs"), orEmpty(g.Attributes))
		for _, a := range g.Arrays {
			f.add(path.Join(g.Name, a.Name), a)
		}
	}
	f.write(".zmetadata", struct {
		Format   int            `json:"zarr_consolidated_format"`
		Metadata map[string]any `json:"metadata"`
	}{1, f.metadata})
	return f.files
}

type format struct {
	Version int `json:"zarr_format"`
}

// header is the content of .zarray.
type header struct {
	Chunks     []int  `json:"chunks"`
	Compressor any    `json:"compressor"`
	DType      string `json:"dtype"`
	Fill       string `json:"fill_value"`
	Filters    any    `json:"filters"`
	Order      string `json:"order"`
	Shape      []int  `json:"shape"`
	format
}

type folder struct {
	files    []File
	metadata map[string]any
}

// write adds a file of JSON.
func (f *folder) write(name string, object any) {
	content, err := json.MarshalIndent(object, "", "  ")
	if err != nil {
		panic("zarr: " + err.Error()) // attributes that JSON cannot hold
	}
	f.files = append(f.files, File{name, content})
}

// describe adds a file of metadata.
func (f *folder) describe(name string, object any) {
	f.write(name, object)
	f.metadata[name] = object
}

// add adds an array in a single chunk.
func (f *folder) add(name string, a Array) {
	size := 1
	for _, n := range a.Shape {
		size *= n
	}
	if size != len(a.Values) || len(a.Shape) != len(a.Dimensions) || size == 0 {
		panic(fmt.Sprintf("zarr: array %s of shape %v and dimensions %v with %d values", name, a.Shape, a.Dimensions, len(a.Values)))
	}
	attributes := map[string]any{"_ARRAY_DIMENSIONS": a.Dimensions}
	for key, value := range a.Attributes {
		attributes[key] = value
	}
	f.describe(path.Join(name, ".zarray"), header{Chunks: a.Shape, DType: "<f8", Fill: "NaN", Order: "C", Shape: a.Shape, format: format{2}})
	f.describe(path.Join(name, ".zattrs"), attributes)
	var b bytes.Buffer
	binary.Write(&b, binary.LittleEndian, a.Values) // a buffer takes everything
	chunk := strings.TrimSuffix(strings.Repeat("0.", len(a.Shape)), ".")
	f.files = append(f.files, File{path.Join(name, chunk), b.Bytes()})
}

func orEmpty(attributes map[string]any) map[string]any {
	if attributes == nil {
		return map[string]any{}
	}
	return attributes
}
