-- Where the app is installed: a workspace, or an organization for all of its own. Times are seconds since 1970.
CREATE TABLE slack_installs (
  -- T… or E…, Slack's id of either.
  owner TEXT PRIMARY KEY,
  -- AES-GCM under the key in SLACK_TOKEN_KEY, bound to the owner: a row copied to another owner does not open.
  token TEXT NOT NULL,
  bot_user_id TEXT NOT NULL,
  installed_at INTEGER NOT NULL
) STRICT;

-- What came once and is not to be heeded again: ids of events, signatures of the rest, states of installations.
CREATE TABLE slack_seen (
  key TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX slack_seen_by_expiry ON slack_seen (expires_at);

-- Which threads have evidence, so that it can be deleted with the installation it came by.
CREATE TABLE slack_threads (
  team TEXT NOT NULL,
  channel TEXT NOT NULL,
  thread TEXT NOT NULL,
  owner TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (team, channel, thread)
) STRICT;

CREATE INDEX slack_threads_by_owner ON slack_threads (owner);
CREATE INDEX slack_threads_by_expiry ON slack_threads (expires_at);

-- Answers that were called right or wrong, with the masked paste.
CREATE TABLE slack_feedback (
  id INTEGER PRIMARY KEY,
  owner TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong')),
  cause TEXT NOT NULL,
  code TEXT,
  paste TEXT NOT NULL,
  note TEXT,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX slack_feedback_by_owner ON slack_feedback (owner);
CREATE INDEX slack_feedback_by_expiry ON slack_feedback (expires_at);
