package firms

// EffortSlopes is for tests.
var EffortSlopes = effortSlopes
