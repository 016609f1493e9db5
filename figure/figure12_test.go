package figure

import (
	"testing"

	"github.com/nudge-abm/nudge/abm/network"
)

func TestDrawnNetworks(t *testing.T) {
	if x := drawn("complete", network.Complete(5)); len(x.Edges) != 10 || x.Edges[9] != [2]int{3, 4} {
		t.Errorf("the complete network of 5 is drawn with %v", x.Edges)
	}
	g, err := network.ErdosRenyi(30, 4, 1)
	if err != nil {
		t.Fatal(err)
	}
	if x := drawn("sparse", g); len(x.Edges) != g.Contacts() {
		t.Errorf("%d edges of %d contacts", len(x.Edges), g.Contacts())
	}
}

func TestLargestPart(t *testing.T) {
	if n := largestPart(network.Complete(7)); n != 7 {
		t.Errorf("of 7 who all meet, %d are connected", n)
	}
	alone, err := network.ErdosRenyi(7, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if n := largestPart(alone); n != 1 {
		t.Errorf("of 7 who never meet, %d are connected", n)
	}
}
