package ad_test

import (
	"fmt"

	"github.com/nudge-abm/nudge/ad"
)

// The derivatives of a function of two parameters in forward mode.
func Example() {
	arena := ad.NewForward(2)
	defer arena.Close()
	rate, time := arena.Param(0, 0.5), arena.Param(1, 2)

	infected := rate.Mul(time).Neg().Exp().Not() // 1 − e^(−rate·time)

	fmt.Printf("value %.4f\n", infected.Primal())
	fmt.Printf("derivatives %.4f\n", arena.Tangents(nil, infected))
	// Output:
	// value 0.6321
	// derivatives [0.7358 0.1839]
}

// The same derivatives in reverse mode: one sweep for all parameters.
func ExampleArena_Backward() {
	tape := ad.NewReverse(2)
	defer tape.Close()
	rate, time := tape.Param(0, 0.5), tape.Param(1, 2)
	infected := rate.Mul(time).Neg().Exp().Not()

	adjoint := make([]float64, tape.Nodes())
	tape.Seed(adjoint, infected, 1)
	tape.Backward(adjoint)

	fmt.Printf("%.4f %.4f\n", adjoint[tape.Node(rate)], adjoint[tape.Node(time)])
	// Output: 0.7358 0.1839
}

// A column keeps the state of many agents, while the temporary numbers of each
// agent's turn are released.
func ExampleColumn() {
	arena := ad.NewForward(1)
	defer arena.Close()
	growth := arena.Param(0, 1.1)

	size := ad.NewColumn(arena, 3)
	size.Fill(1)
	for i := range size.Len() {
		mark := arena.Mark()
		for range i {
			size.Set(i, size.At(i).Mul(growth))
		}
		arena.Release(mark)
	}

	total := size.Sum() // 1 + g + g²
	fmt.Printf("%.2f, derivative %.2f\n", total.Primal(), arena.Tangents(nil, total)[0])
	// Output: 3.31, derivative 3.20
}

// A function of one's own gets its derivative by Chain.
func ExampleNum_Chain() {
	cube := func(x ad.Num) ad.Num {
		v := x.Primal()
		return x.Chain(v*v*v, 3*v*v)
	}

	arena := ad.NewForward(1)
	defer arena.Close()
	y := cube(arena.Param(0, 2))
	fmt.Println(y.Primal(), arena.Tangents(nil, y))
	// Output: 8 [12]
}

// A surrogate is hard in its value and smooth in its derivative.
func ExampleNum_Surrogate() {
	arena := ad.NewForward(1)
	defer arena.Close()
	x := arena.Param(0, 0.3)

	step := ad.Const(1) // 1[x ≥ 0]
	soft := step.Surrogate(x.Logistic())
	fmt.Printf("%g %.4f\n", soft.Primal(), arena.Tangents(nil, soft))
	// Output: 1 [0.2445]
}

// An audit finds the lines that take a plain value from an active number.
func ExampleAudit() {
	arena := ad.NewForward(1)
	defer arena.Close()
	audit := arena.Watch()

	wealth := arena.Param(0, 2).Square()
	if wealth.Value() > 3 { // this branch has no derivative
		wealth = wealth.Neg()
	}

	for _, read := range audit.Reads() {
		fmt.Println(read.Line, read.Count)
	}
	// Output: ad/example_test.go:94 1
}
