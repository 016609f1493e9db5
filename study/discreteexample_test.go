package study

import (
	"testing"

	"github.com/nudge-abm/nudge/models"
)

// The guide's study of an unknown beginning is sound.
func TestExampleOfDiscreteParameters(t *testing.T) {
	s, err := Load("../examples/outbreak", models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Build(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if c.Prior.Leading() != 2 || !c.Parameters[2].Setting || c.Parameters[3].Law.Label(1) != "erdos-renyi" {
		t.Errorf("%d discrete parameters: %v", c.Prior.Leading(), c.Parameters)
	}
}
