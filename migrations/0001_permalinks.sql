-- Answers that someone asked to be kept for a while. Times are seconds since 1970.
CREATE TABLE permalinks (
  id TEXT PRIMARY KEY,
  -- Masked before it comes here; the answer is worked out anew whenever it is looked at.
  paste TEXT NOT NULL,
  -- The release that was chosen, if one was.
  systemd INTEGER,
  expires_at INTEGER NOT NULL,
  -- SHA-256 of the token that deletes it, so that reading the table gives nobody the right to.
  delete_hash TEXT NOT NULL
) STRICT;

CREATE INDEX permalinks_by_expiry ON permalinks (expires_at);
