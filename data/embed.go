// Package data holds the data sets that come with nudge, each a folder with a
// study file and the observations it is about. Where each comes from is said
// here and at the head of its study file.
//
// # boarding-school
//
// Influenza A (H1N1) in an English boarding school for 763 boys, 22 January to
// 4 February 1978: the number of boys confined to bed on each of 14 days, from
// the figure in "Influenza in a boarding school", British Medical Journal,
// 4 March 1978, p. 587. 512 boys fell ill; the index case was a boy who was ill
// from 15 to 18 January.
//
// The report prints the numbers only as a figure, and three readings of it are
// in use. This one (3, 8, 26, 76, 225, 298, …) is that of the data set
// influenza_england_1978_school of the R package outbreaks, which the Stan case
// study "Bayesian workflow for disease transmission modeling" (Grinsztajn,
// Semenova, Margossian and Riou 2021) uses. Those of the R packages pomp
// (1, 6, 26, 73, 222, 293, …) and BDAepimodel (3, 8, 28, 76, 222, 293, …)
// differ by a few boys a day.
//
// # policy/sir
//
// A study of a policy, without data: when and how strictly to keep distance, and
// how many of the infected to have in quarantine, in an invented epidemic.
//
// # paper/firms, paper/sir, paper/sugarscape
//
// The calibrations of "Automatic Differentiation of Agent-Based Models",
// section 6: the model makes the data at known parameters. The paper does not
// give its priors; those here are chosen, and explained in the study files.
//
// # regions
//
// An invented epidemic in three regions, from data that the model makes: their
// transmissions have a common prior that is learned with them.
package data

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Files are the data sets: a folder each, with the file study.yaml and the
// files that it names, if it names any.
//
//go:embed boarding-school paper policy regions
var Files embed.FS

// policies is the folder of the studies that are about a policy and have no data.
const policies = "policy/"

// Names returns the names of the data sets in order, such as paper/sir.
func Names() []string {
	return slices.DeleteFunc(studies(), func(name string) bool { return strings.HasPrefix(name, policies) })
}

// Policies returns the names of the studies of policies in order, such as
// policy/sir.
func Policies() []string {
	return slices.DeleteFunc(studies(), func(name string) bool { return !strings.HasPrefix(name, policies) })
}

// studies returns the folders that hold a study.
func studies() []string {
	var names []string
	err := fs.WalkDir(Files, ".", func(file string, _ fs.DirEntry, err error) error {
		if path.Base(file) == "study.yaml" {
			names = append(names, path.Dir(file))
		}
		return err
	})
	if err != nil {
		panic("data: " + err.Error()) // cannot happen: the folders are embedded
	}
	return names
}
