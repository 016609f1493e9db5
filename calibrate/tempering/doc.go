// Package tempering finds the separate modes of a posterior: sequential Monte
// Carlo moves particles from the prior to the posterior through the tempered
// densities
//
//	log π̃(z) − β·ℓ(z) ,  β from 0 to 1
//
// (Neal 2001; Del Moral, Doucet and Jasra 2006; Chopin and Papaspiliopoulos
// 2020), and what the particles are at the end falls into groups that valleys of the
// density part.
//
// A mode is found if a draw from the prior comes near enough to feel it. With the
// default options, priors N(0, 5²) and a spherical peak of 30 % of the mass beside one
// of standard deviation 1, that was so in ten searches of ten down to a standard
// deviation of 0.03 in two dimensions, 0.2 in three and 0.4 in five, and in about five of
// ten at 0.01, 0.08 and 0.3. A mode that is missed leaves no trace in the fit: more
// particles and other seeds are all that tells.
//
//   - run the sampler: [Sample] of a [Target]
//   - find its modes: [Population.Modes]
//   - share the density out among them: [NewPartition]
package tempering
