package cli

import (
	"strconv"

	"github.com/nudge-abm/nudge/sensitivity"
)

// globalResult is what a global method found, in JSON.
type globalResult struct {
	Subject     string                `json:"subject"`
	Model       string                `json:"model"`
	Seed        uint64                `json:"seed"`
	Method      string                `json:"method"`
	Estimator   string                `json:"estimator,omitempty"`
	Points      int                   `json:"points"`
	Replicates  int                   `json:"replicates"`
	Factors     []factorObject        `json:"factors"`
	Observables []string              `json:"observables"`
	Time        []float64             `json:"time"`
	Mean        [][]float64           `json:"mean,omitempty"`     // step × observable
	Variance    [][]sensitivity.Index `json:"variance,omitempty"` // of the mean over luck
	Luck        [][]sensitivity.Index `json:"luck,omitempty"`     // share of luck in the variance of a run
	Measures    []measure             `json:"measures,omitempty"`
	Subspaces   []subspaceObject      `json:"subspaces,omitempty"`
	Deserving   []string              `json:"deserving,omitempty"` // factors worth a study of Sobol' indices
	Left        int                   `json:"nonfinite"`           // points left out
	Warnings    []string              `json:"warnings,omitempty"`
	Cost        sensitivity.Cost      `json:"cost"`
	subject     *subject
	model       *sensitivity.Model
}

// measure is one kind of index.
type measure struct {
	Name    string                  `json:"name"`
	Doc     string                  `json:"doc"`
	Factors []string                `json:"factors"`
	Values  [][][]sensitivity.Index `json:"values"` // factor × step × observable
}

// subspaceObject is what one observable follows over the whole run.
type subspaceObject struct {
	Observable  string              `json:"observable"`
	Coordinates []string            `json:"coordinates"`
	Eigenvalues []sensitivity.Index `json:"eigenvalues"`
	Directions  [][]float64         `json:"directions"`
	Activity    []float64           `json:"activity"`
	Dim         int                 `json:"active_directions"`
}

func newGlobalResult(s *subject, f *sensitivityFlags, m *sensitivity.Model) *globalResult {
	r := &globalResult{Subject: s.name, Model: s.setup.Model.Name, Seed: s.seed, Method: f.global, Replicates: f.replicates,
		Factors: factorObjects(s.space), Observables: m.Observables(), Time: s.times(), subject: s, model: m}
	if f.global == "dgsm" || f.global == "active-subspace" {
		r.Estimator = f.estimator
	}
	return r
}

// byStep cuts a list over outputs into steps.
func (r *globalResult) byStep(list []sensitivity.Index) [][]sensitivity.Index {
	var rows [][]sensitivity.Index
	for ; len(list) > 0; list = list[len(r.Observables):] {
		rows = append(rows, list[:len(r.Observables)])
	}
	return rows
}

// add adds a measure of all factors.
func (r *globalResult) add(name, doc string, factors []string, lists [][]sensitivity.Index) {
	m := measure{Name: name, Doc: doc, Factors: factors}
	for _, list := range lists {
		m.Values = append(m.Values, r.byStep(list))
	}
	r.Measures = append(r.Measures, m)
}

func (r *globalResult) sobol(found *sensitivity.SobolIndices, err error) error {
	if err != nil {
		return err
	}
	r.Points, r.Left, r.Warnings, r.Cost = found.Points, found.Left, found.Warnings, found.Cost
	r.Mean, r.Variance, r.Luck = nested(found.Mean, len(r.Observables)), r.byStep(found.Variance), r.byStep(found.Luck)
	r.add("total", "share of the variance of the mean outcome that goes with the factor, alone and with others", found.Factors, found.Total)
	r.add("first", "share of the variance of the mean outcome that the factor explains alone", found.Factors, found.First)
	if found.Second == nil {
		return nil
	}
	var names []string
	var lists [][]sensitivity.Index
	for i, a := range found.Factors {
		for j := i + 1; j < len(found.Factors); j++ {
			names, lists = append(names, a+" × "+found.Factors[j]), append(lists, found.Second[i][j])
		}
	}
	r.add("second", "share that two factors explain only together", names, lists)
	return nil
}

func (r *globalResult) morris(found *sensitivity.ElementaryEffects, err error) error {
	if err != nil {
		return err
	}
	r.Points, r.Left, r.Warnings, r.Cost = found.Trajectories, found.Left, found.Warnings, found.Cost
	r.add("mu_star", "mean size of the effect of moving the factor, per whole range; luck adds to it", found.Factors, found.Absolute)
	r.add("mu", "mean effect with its sign", found.Factors, found.Mean)
	r.add("sigma", "how far the effect differs over the space: bends and interactions", found.Factors, found.Spread)
	r.add("luck", "standard deviation that luck gives a measured effect", found.Factors, found.Luck)
	return nil
}

// worthwhile is the share of variance from which on a factor deserves a study of
// Sobol' indices.
const worthwhile = 0.05

func (r *globalResult) dgsm(found *sensitivity.Derivatives, err error) error {
	if err != nil {
		return err
	}
	r.Points, r.Left, r.Warnings, r.Cost = found.Points, found.Left, found.Warnings, found.Cost
	r.Mean, r.Variance = nested(found.Mean, len(r.Observables)), r.byStep(found.Variance)
	r.Deserving = found.Deserving(worthwhile)
	r.add("bound", "upper bound on the total Sobol' index", found.Factors, found.Bound)
	r.add("slope", "root mean square slope, per prior standard deviation", found.Factors, found.Slope)
	return nil
}

func (r *globalResult) subspace(found *sensitivity.Subspaces, err error) error {
	if err != nil {
		return err
	}
	r.Points, r.Left, r.Cost = found.Points, found.Left, found.Cost
	for c, part := range found.Parts {
		r.Subspaces = append(r.Subspaces, subspaceObject{r.Observables[c], found.Coordinates,
			part.Eigenvalues, part.Directions, part.Activity, part.Dim})
	}
	return nil
}

// result returns what was found in all its forms.
func (r *globalResult) result() result {
	documents := []document{r.csv(), jsonDocument("sensitivity", r), pageDocument(r.page())}
	return result{object: r, text: r.print, documents: append(documents, r.figures()...)}
}

// csv has a line for each step, observable, factor and measure; of a subspace,
// for each observable, direction and coordinate.
func (r *globalResult) csv() document {
	if r.Subspaces != nil {
		return r.directionsCSV()
	}
	header := []string{"step", "time", "observable", "factor", "measure", "value", "low", "high"}
	return csvDocument("sensitivity", header, func(yield func([]string)) {
		for _, m := range r.Measures {
			for i, factor := range m.Factors {
				for t, at := range r.Time {
					for c, observable := range r.Observables {
						x := m.Values[i][t][c]
						yield([]string{strconv.Itoa(t), exact(at), observable, factor, m.Name, exact(x.Value), exact(x.Low), exact(x.High)})
					}
				}
			}
		}
	})
}

func (r *globalResult) directionsCSV() document {
	header := []string{"observable", "direction", "eigenvalue", "low", "high", "coordinate", "entry"}
	return csvDocument("sensitivity", header, func(yield func([]string)) {
		for _, s := range r.Subspaces {
			for j, direction := range s.Directions {
				x := s.Eigenvalues[j]
				for k, entry := range direction {
					yield([]string{s.Observable, strconv.Itoa(j + 1), exact(x.Value), exact(x.Low), exact(x.High), s.Coordinates[k], exact(entry)})
				}
			}
		}
	})
}
