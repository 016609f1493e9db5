// Package cli is the command line: the verbs that run models, differentiate them
// and fit them to data, on whatever models a program hands to [Main]. There is one
// file a verb; what verbs share is in the files named after it: flags.go,
// result.go, progress.go, errors.go. The verbs read arguments and write results;
// the work is done by the packages they call.
//
// Exit codes: 0 done, 1 the work failed, 2 the command or its input is wrong,
// 130 interrupted.
package cli
