// The tables of a tenant's Durable Object, as steps that are applied once each, in order. docs/storage-schema.md describes them.
// A step that was released is never changed; what comes later is a further step.

const STEPS: readonly string[] = [
  `CREATE TABLE tenant (
     name TEXT PRIMARY KEY,
     created_at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE keys (
     id TEXT PRIMARY KEY,
     hash TEXT NOT NULL UNIQUE,
     label TEXT NOT NULL,
     scopes TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     revoked_at INTEGER
   ) STRICT;
   CREATE TABLE audit (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     at INTEGER NOT NULL,
     actor TEXT NOT NULL,
     action TEXT NOT NULL,
     subject TEXT NOT NULL,
     request TEXT NOT NULL
   ) STRICT;
   CREATE INDEX audit_at ON audit (at);`,
  `CREATE TABLE schemas (
     name TEXT PRIMARY KEY,
     latest INTEGER NOT NULL,
     hidden_at INTEGER
   ) STRICT;
   CREATE TABLE schema_versions (
     name TEXT NOT NULL,
     version INTEGER NOT NULL,
     body TEXT NOT NULL,
     sha256 TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     created_by TEXT NOT NULL,
     PRIMARY KEY (name, version)
   ) STRICT;`,
  `CREATE TABLE quota (
     policy TEXT PRIMARY KEY,
     most INTEGER
   ) STRICT;
   CREATE TABLE usage (
     span TEXT NOT NULL,
     start INTEGER NOT NULL,
     requests INTEGER NOT NULL,
     pages INTEGER NOT NULL,
     PRIMARY KEY (span, start)
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE idempotency (
     caller TEXT NOT NULL,
     key TEXT NOT NULL,
     token TEXT NOT NULL,
     lease_until INTEGER NOT NULL,
     expires_at INTEGER NOT NULL,
     fingerprint TEXT,
     answer BLOB,
     PRIMARY KEY (caller, key)
   ) STRICT;
   CREATE INDEX idempotency_expires_at ON idempotency (expires_at);`,
  `CREATE TABLE form_posts (
     token TEXT PRIMARY KEY,
     posts INTEGER NOT NULL,
     expires_at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE extractions (
     id TEXT PRIMARY KEY,
     body TEXT NOT NULL,
     expires_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX extractions_expiry ON extractions (expires_at);`,
  `CREATE TABLE identity (
     name TEXT PRIMARY KEY,
     sweep_at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE jobs (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     state TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     created_by TEXT NOT NULL,
     schema TEXT NOT NULL,
     document TEXT NOT NULL,
     form TEXT NOT NULL,
     pages INTEGER,
     pages_done INTEGER NOT NULL DEFAULT 0,
     attempt INTEGER NOT NULL DEFAULT 0,
     failures INTEGER NOT NULL DEFAULT 0,
     sends INTEGER NOT NULL DEFAULT 0,
     due_at INTEGER,
     finished_at INTEGER,
     result_until INTEGER,
     problem TEXT
   ) STRICT;
   CREATE INDEX jobs_due ON jobs (due_at) WHERE due_at IS NOT NULL;
   CREATE INDEX jobs_created ON jobs (created_at);
   CREATE INDEX jobs_result ON jobs (result_until) WHERE result_until IS NOT NULL;
   CREATE TABLE job_texts (
     job TEXT NOT NULL,
     kind TEXT NOT NULL,
     part INTEGER NOT NULL,
     text TEXT NOT NULL,
     PRIMARY KEY (job, kind, part)
   ) STRICT;
   CREATE TABLE disposals (
     key TEXT NOT NULL,
     due_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX disposals_due ON disposals (due_at);`,
  `CREATE TABLE webhook_endpoints (
     id TEXT PRIMARY KEY,
     url TEXT NOT NULL,
     events TEXT NOT NULL,
     label TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     created_by TEXT NOT NULL
   ) STRICT;
   CREATE TABLE webhook_secrets (
     endpoint TEXT NOT NULL,
     secret TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     until INTEGER
   ) STRICT;
   CREATE TABLE webhook_messages (
     id TEXT PRIMARY KEY,
     job TEXT NOT NULL UNIQUE,
     type TEXT NOT NULL,
     body TEXT NOT NULL,
     created_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX webhook_messages_created ON webhook_messages (created_at);
   CREATE TABLE webhook_deliveries (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     message TEXT NOT NULL,
     endpoint TEXT NOT NULL,
     state TEXT NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0,
     due_at INTEGER,
     last_at INTEGER,
     last_status INTEGER,
     last_error TEXT,
     UNIQUE (message, endpoint)
   ) STRICT;
   CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_at) WHERE due_at IS NOT NULL;
   CREATE INDEX webhook_deliveries_of ON webhook_deliveries (endpoint, seq);`,
  `CREATE TABLE uploads (
     id TEXT PRIMARY KEY,
     state TEXT NOT NULL,
     form TEXT NOT NULL,
     schema TEXT,
     job TEXT,
     created_at INTEGER NOT NULL,
     created_by TEXT NOT NULL,
     due_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX uploads_due ON uploads (due_at);`,
]

/** Brings the tables to their newest step, all steps or none. */
export function migrate(storage: DurableObjectStorage): void {
  const { sql } = storage
  storage.transactionSync(() => {
    sql.exec('CREATE TABLE IF NOT EXISTS migrations (step INTEGER PRIMARY KEY) STRICT')
    const [row] = sql.exec<{ done: number }>('SELECT count(*) AS done FROM migrations')
    for (const [step, statements] of STEPS.entries()) {
      if (step < (row?.done ?? 0)) continue
      sql.exec(statements)
      sql.exec('INSERT INTO migrations (step) VALUES (?)', step)
    }
  })
}
