package optim

import "fmt"

// Constant is the same learning rate at every step.
type Constant struct{ Value float64 }

// Rate implements [Schedule].
func (c Constant) Rate(int) float64 { return c.Value }

func (c Constant) String() string { return fmt.Sprintf("constant %v", c.Value) }
