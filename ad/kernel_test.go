package ad

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The kernel is one agent's infection step, seven operations:
// s − s·(1 − exp(−β·k·dt)).

const kernelAgents = 1000

func kernelInput() (s, k []float64) {
	r := rand.New(rand.NewPCG(1, 2))
	s, k = make([]float64, kernelAgents), make([]float64, kernelAgents)
	for i := range s {
		s[i], k[i] = r.Float64(), r.Float64()
	}
	return s, k
}

func kernelFloat(beta, dt float64, s, k, out []float64) {
	for i := range out {
		x := beta * k[i]
		x = x * dt
		x = -x
		p := 1 - math.Exp(x)
		out[i] = s[i] - s[i]*p
	}
}

func kernelNum(a *Arena, beta, dt Num, s, k, out []float64) {
	for i := range out {
		m := a.Mark()
		x := beta.Mul(Const(k[i]))
		x = x.Mul(dt)
		x = x.Neg()
		p := x.Exp().Not()
		si := Const(s[i])
		out[i] = si.Sub(si.Mul(p)).Primal()
		a.Release(m)
	}
}

func BenchmarkKernelFloat(b *testing.B) {
	s, k := kernelInput()
	out := make([]float64, kernelAgents)
	for b.Loop() {
		kernelFloat(.3, .1, s, k, out)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/kernelAgents, "ns/agent")
}

func benchmarkKernel(b *testing.B, params int) {
	s, k := kernelInput()
	out := make([]float64, kernelAgents)
	a := NewForward(params)
	defer a.Close()
	beta, dt := Const(.3), Const(.1)
	if params > 0 {
		beta = a.Param(0, .3)
	}
	for b.Loop() {
		kernelNum(a, beta, dt, s, k, out)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/kernelAgents, "ns/agent")
}

func BenchmarkKernelPassive(b *testing.B) { benchmarkKernel(b, 0) }
func BenchmarkKernelActive2(b *testing.B) { benchmarkKernel(b, 2) }
func BenchmarkKernelActive9(b *testing.B) { benchmarkKernel(b, 9) }
