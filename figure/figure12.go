package figure

import (
	"context"
	"fmt"

	"github.com/nudge-abm/nudge/abm/network"
	"github.com/nudge-abm/nudge/report"
)

var figure12 = Figure{
	Number: "12",
	Title:  "The two contact networks",
	Claim: "On the complete network each agent can infect any other, and the model tends to the SIR differential equations. " +
		"On the sparse one, an Erdős–Rényi network with edge probability 0.005, an agent meets 0.5 % of the population, " +
		"and no aggregate describes what happens.",
	draw: drawFigure12,
}

// drawnAgents is the number of agents in the pictures of figure 12.
const drawnAgents = 40

func drawFigure12(_ context.Context, d *Drawing) error {
	dense := network.Complete(drawnAgents)
	sparse, err := network.ErdosRenyi(drawnAgents, sparseDegree, networkSeed)
	if err != nil {
		return err
	}
	d.add("networks", fmt.Sprintf("A complete and an Erdős–Rényi network of %d agents, the latter with the mean degree of the one that Figure 15b runs on.", drawnAgents),
		report.Network{Graphs: []report.Graph{drawn("Complete", dense), drawn("Erdős–Rényi", sparse)}})
	return d.judgeNetworks()
}

// drawn returns the picture of a network.
func drawn(name string, g *network.Network) report.Graph {
	x := report.Graph{Name: fmt.Sprintf("%s: %d contacts", name, g.Contacts()), Nodes: g.Len()}
	for i := range g.Len() {
		for _, j := range neighbours(g, i) {
			if i < j {
				x.Edges = append(x.Edges, [2]int{i, j})
			}
		}
	}
	return x
}

// neighbours returns whom i meets.
func neighbours(g *network.Network, i int) []int {
	var all []int
	if g.IsComplete() {
		for j := range g.Len() {
			if j != i {
				all = append(all, j)
			}
		}
		return all
	}
	adjacent, _ := g.Neighbours(i)
	for _, j := range adjacent {
		all = append(all, int(j))
	}
	return all
}

// judgeNetworks describes the networks that the epidemics run on.
func (d *Drawing) judgeNetworks() error {
	g, err := network.ErdosRenyi(smallTown, sparseDegree, networkSeed)
	if err != nil {
		return err
	}
	most, n := 0.0, float64(g.Len())
	for i := range g.Len() {
		most = max(most, g.Degree(i))
	}
	mean := 2 * float64(g.Contacts()) / n
	share := mean / (n - 1)
	d.find("An agent of the sparse network meets 0.5 % of the population.", verdictOf(share > 0.0045 && share < 0.0055),
		fmt.Sprintf("The Erdős–Rényi network of %d agents that Figure 15b runs on has %d contacts, %s an agent on average (%s of the population) and at most %g; %d agents meet no one, and the largest connected part has %s of all.",
			g.Len(), g.Contacts(), number(mean), percent(share), most, g.Isolated(), percent(float64(largestPart(g))/n)))
	d.find("On the complete network each agent can infect any other.", verdictOf(network.Complete(smallTown).Contacts() == smallTown*(smallTown-1)/2),
		fmt.Sprintf("The complete network of as many agents has %d contacts.", network.Complete(smallTown).Contacts()))
	d.set("Agents", "%d drawn, %d in the epidemics", drawnAgents, smallTown)
	d.set("Mean degree", "%g", float64(sparseDegree))
	d.set("Seed of the network", "%d", networkSeed)
	d.differ("The paper does not say how many agents are drawn. An edge probability of 0.005 among %d agents would leave nearly all of them alone; it is the mean degree that is kept.", drawnAgents)
	return nil
}

// largestPart returns the number of agents in the largest connected part.
func largestPart(g *network.Network) int {
	seen := make([]bool, g.Len())
	largest := 0
	for first := range seen {
		size := 0
		for queue := []int{first}; len(queue) > 0; queue = queue[1:] {
			if i := queue[0]; !seen[i] {
				seen[i] = true
				size++
				queue = append(queue, neighbours(g, i)...)
			}
		}
		largest = max(largest, size)
	}
	return largest
}
