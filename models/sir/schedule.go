package sir

import (
	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// schedule is what is the same for all agents: rates and policies over time.
type schedule struct {
	dt                     float64
	beta, factor, complies ad.Num
	recovers               ad.Num // probability to recover in a step
	distancing, quarantine policy
	fractional             bool
	surrogate              abm.Surrogate
	replaced               bool // contacts with neighbours in quarantine
	agents                 float64
	unit                   float64 // of the observables
}

// policy is in force between two times.
type policy struct{ start, end ad.Num }

func newSchedule(w *abm.World, agents int) schedule {
	s := schedule{
		dt:   w.Float("dt"),
		beta: w.Param("transmission"), factor: w.Param("distancing_factor"),
		complies:   w.Param("quarantine_compliance"),
		recovers:   w.Param("recovery").Times(-w.Float("dt")).Expm1().Neg(),
		distancing: policy{w.Param("distancing_start"), w.Param("distancing_end")},
		quarantine: policy{w.Param("quarantine_start"), w.Param("quarantine_end")},
		fractional: w.Text("gate") == "fractional",
		surrogate:  abm.NormalCDF{Sigma: w.Float("gate_width")},
		replaced:   w.Text("quarantined_contacts") == "replaced",
		agents:     float64(agents),
		unit:       1,
	}
	if w.Text("units") == "shares" {
		s.unit = 1 / s.agents
	}
	return s
}

// time is when the step that makes a row begins.
func (s *schedule) time(row int) float64 { return float64(row-1) * s.dt }

// rate is β_t·dt in the step that makes the row.
func (s *schedule) rate(row int) ad.Num {
	easing := s.factor.Not().Mul(s.gate(row, s.distancing)).Not()
	return s.beta.Mul(easing).Times(s.dt)
}

// isolates is the probability q·g_Q that an infected agent is in quarantine
// during the step that makes the row.
func (s *schedule) isolates(row int) ad.Num {
	return s.complies.Mul(s.gate(row, s.quarantine))
}

// gate is 1 while the policy is in force during the step that makes the row.
func (s *schedule) gate(row int, p policy) ad.Num {
	if s.fractional {
		return abm.Exposure(s.time(row), s.dt, p.start, p.end)
	}
	return abm.Gate(s.time(row), p.start, p.end, s.surrogate)
}

// least is the smallest number of contacts that a hazard is shared among: none
// are replaced by fewer than one.
func least(degree float64) float64 { return min(1, degree) }

// observables writes a row from how many agents were and are susceptible and
// infected.
func (s *schedule) observables(out []ad.Num, oldS, oldX, nowS, nowX ad.Num) {
	healthy := nowS.Add(nowX)
	out[newInfections] = oldS.Sub(nowS).Times(s.unit)
	out[newRecoveries] = oldS.Add(oldX).Sub(healthy).Times(s.unit)
	out[susceptible] = nowS.Times(s.unit)
	out[infected] = nowX.Times(s.unit)
	out[recovered] = healthy.Neg().Plus(s.agents).Times(s.unit)
}
