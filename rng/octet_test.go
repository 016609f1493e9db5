package rng

import "testing"

func TestOctetIsUniform(t *testing.T) {
	s := Seed{Master: 7, Run: 11}
	for _, agent := range []int{-1, 0, 5, 8, 1023} {
		var u [8]float64
		k := Key{Purpose: 3, Index: 2, Agent: agent, Step: 9}
		s.Octet(k, &u)
		for j := range u {
			k.Agent = agent&^7 + j
			if want := s.Uniform(k); u[j] != want {
				t.Errorf("agent %d: octet %v, uniform %v", k.Agent, u[j], want)
			}
		}
	}
}

func BenchmarkOctet(b *testing.B) {
	var u [8]float64
	s := Seed{1, 2}
	i := 0
	for b.Loop() {
		s.Octet(Key{Agent: i}, &u)
		i += 8
	}
}
