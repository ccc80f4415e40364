// Stands in for what Bolt's other receivers load (scripts/bundle.ts says for which): servers that a Worker never starts.
module.exports = {}
