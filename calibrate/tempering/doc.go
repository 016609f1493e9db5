// Package tempering finds the separate modes of a posterior: sequential Monte
// Carlo moves particles from the prior to the posterior through the tempered
// densities
//
//	log π̃(z) − β·ℓ(z) ,  β from 0 to 1
//
// (Neal 2001; Del Moral, Doucet and Jasra 2006; Chopin and Papaspiliopoulos
// 2020), and what the particles are at the end falls into groups of near
// neighbours.
//
//   - run the sampler: [Sample] of a [Target]
//   - find its modes: [Population.Modes]
//   - share the density out among them: [NewPartition]
package tempering
