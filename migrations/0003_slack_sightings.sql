-- What a thread was answered with, for a week: so that an answer can say how often it was the answer lately.
CREATE TABLE slack_sightings (
  channel TEXT NOT NULL,
  thread TEXT NOT NULL,
  owner TEXT NOT NULL,
  -- A rule's code and a unit.
  subject TEXT NOT NULL,
  -- Seconds since 1970.
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (owner, channel, thread)
) STRICT;

CREATE INDEX slack_sightings_by_subject ON slack_sightings (owner, subject);
CREATE INDEX slack_sightings_by_expiry ON slack_sightings (expires_at);
