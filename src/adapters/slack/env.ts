/** What wrangler.toml binds and `wrangler secret put` sets for Slack. Nothing of it need be there. */

export interface SlackBindings {
  readonly SLACK_SIGNING_SECRET?: string
  /** One workspace: its bot's token. With OAuth the tokens are in the database instead. */
  readonly SLACK_BOT_TOKEN?: string
  /** For tests only: another Web API than Slack's. Every address that is allowed follows it. */
  readonly SLACK_API_URL?: string
  /** Where this edge is reached from outside; left out, it is the address that Slack called. */
  readonly PUBLIC_URL?: string
}
