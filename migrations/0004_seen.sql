-- What came once is with the Durable Objects that say so at once.
DROP TABLE slack_seen;
