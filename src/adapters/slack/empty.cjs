// Stands in for what Bolt's other receivers load (wrangler.toml says for which): servers that a Worker never starts.
module.exports = {}
