// Every ceiling of the service, a named constant with its unit. Tests stand on both sides of each.

/** Request body, bytes. */
export const MAX_BODY_BYTES = 20 * 1024 * 1024
/** Pages of one synchronous request. */
export const MAX_PAGES = 50
/** Words of one synchronous request, all pages together. */
export const MAX_WORDS = 10_000
/** Characters (UTF-16 units) of one word. */
export const MAX_WORD_CHARS = 512
/** Top-level fields and columns of tables, together. */
export const MAX_FIELDS = 200
/** Options of one enum. */
export const MAX_ENUM_OPTIONS = 32
/** Characters of a name, title, alias, description, example or option. */
export const MAX_LABEL_CHARS = 200
/** Aliases, or examples, of one field. */
export const MAX_ALIASES = 16
/** Items of a list or rows of a table that one request may ask for. */
export const MAX_ITEMS = 1_000
/** Forward passes that one synchronous request may take: windows times templates times further passes. */
export const MAX_PASSES = 256
/** Tokens of the template, [CLS] and [SEP] included. */
export const MAX_TEMPLATE_TOKENS = 192
/** Page tokens of one window; with the template at most the 512 positions that the model has. */
export const WINDOW_TOKENS = 320
/** Page tokens that a window shares with the next. */
export const WINDOW_OVERLAP_TOKENS = 80
/** Tokens of one field's label in the template. */
export const MAX_LABEL_TOKENS = 24
/** Tokens of one run. */
export const MAX_RUN_TOKENS = 96
/** Structural characters of a JSON body (opening brackets and commas), so that small bodies cannot become huge heaps. */
export const MAX_JSON_NODES = 400_000
/** Nesting of a JSON body. */
export const MAX_JSON_DEPTH = 64
/** Width and height of a page, in its own units. */
export const MAX_PAGE_SIDE = 1_000_000_000
/** What one compressed stream of a PDF may inflate to, bytes. */
export const MAX_PDF_STREAM_BYTES = 32 * 1024 * 1024
/** What all compressed streams of a PDF may inflate to, bytes. */
export const MAX_PDF_INFLATED_BYTES = 192 * 1024 * 1024
/** One buffer that a PDF is read into, bytes. Buffers grow by doubling. */
export const MAX_PDF_BUFFER_BYTES = 48 * 1024 * 1024
/** All buffers that one page of a PDF is read into, bytes. */
export const MAX_PDF_PAGE_BYTES = 96 * 1024 * 1024
/** All buffers that a PDF is read into, page after page, bytes. */
export const MAX_PDF_ALLOCATED_BYTES = 512 * 1024 * 1024
/** The largest code of a character in a font of a PDF: two bytes. */
export const MAX_PDF_CODE = 65_535
/** Saved graphics states of a PDF within each other; the standard's own limit is 28. */
export const MAX_PDF_DEPTH = 500
/** What decoding a picture may hold, bytes: pixels times what its kind takes for each; 22 megapixels of a JPEG, a scan of 8.8 in grey as PNG. */
export const MAX_DECODED_BYTES = 42 * 1024 * 1024
/** Pixels of the picture that lines are read from; larger ones are reduced before. */
export const MAX_OCR_PIXELS = 3_500_000
/** Pixels that lines are looked for in. */
export const MAX_MAP_PIXELS = 400_000
/** Words of one picture: what takes long is reading them. */
export const MAX_PAGE_WORDS = 2_500
/** Pictures that may wait in the OCR Worker, the one being read included. */
export const MAX_OCR_WAITING = 8
/** Bytes of the files of those pictures together. */
export const MAX_OCR_WAITING_BYTES = 16 * 1024 * 1024
/** Pages of one synchronous request that have to be read by the OCR: each takes seconds. */
export const MAX_SCANNED_PAGES = 20
/** What the object streams of a PDF may unpack to when a page's picture is looked for, bytes. */
export const MAX_PDF_OBJECT_BYTES = 8 * 1024 * 1024
/** Images of a PDF with fewer pixels are logos, stamps and rules, not pages. */
export const LEAST_SCAN_PIXELS = 40_000
/** Milliseconds that a picture waits for its turn in the OCR Worker. */
export const MAX_OCR_WAIT_MS = 60_000
/** Bytes of the file of one picture. */
export const MAX_IMAGE_BYTES = 12 * 1024 * 1024
/** Bytes of request bodies that an isolate holds at once; a larger one is taken when it is alone. */
export const MAX_BODIES_BYTES = 12 * 1024 * 1024
/** Requests whose bodies are held or wait to be. */
export const MAX_BODY_WAITING = 40
/** Milliseconds that a body waits before it is read. */
export const MAX_BODY_WAIT_MS = 30_000
/** Findings that one error response lists. */
export const MAX_ISSUES = 20
/** Keys of one tenant that are not revoked. */
export const MAX_KEYS = 100
/** Characters of a tenant's name. */
export const MAX_TENANT_CHARS = 40
/** Characters of a stored schema's name. */
export const MAX_SCHEMA_NAME_CHARS = 64
/** Characters of one stored schema as JSON; a row of a Durable Object takes 2 MB. */
export const MAX_SCHEMA_CHARS = 256 * 1024
/** Names of stored schemas of one tenant, hidden ones too. */
export const MAX_SCHEMAS = 500
/** Versions of one stored schema. */
export const MAX_SCHEMA_VERSIONS = 10_000
/** Entries of one page of a list. */
export const MAX_PAGE_ENTRIES = 100
/** Days that an audit entry is kept. */
export const AUDIT_DAYS = 400
/** Days that a revoked key stays listed. */
export const REVOKED_KEY_DAYS = 90
/** Milliseconds between sweeps of a tenant's expired rows. */
export const SWEEP_MS = 3_600_000
/** Requests a minute of a tenant whose quota was not set; of all its keys together. */
export const QUOTA_REQUESTS_MINUTE = 600
/** Requests a calendar month (UTC) of a tenant whose quota was not set. */
export const QUOTA_REQUESTS_MONTH = 200_000
/** Pages a minute that the model reads for a tenant whose quota was not set. */
export const QUOTA_PAGES_MINUTE = 600
/** Pages a calendar month (UTC) that the model reads for a tenant whose quota was not set. */
export const QUOTA_PAGES_MONTH = 200_000
/** What any quota may be set to at most. */
export const MAX_QUOTA = 1_000_000_000
/** Days that the count of a month is kept. */
export const USAGE_DAYS = 400
/** Characters of an Idempotency-Key. */
export const MAX_IDEMPOTENCY_KEY_CHARS = 255
/** Hours that the answer to a request with an Idempotency-Key is kept. */
export const IDEMPOTENCY_HOURS = 24
/** Bytes of one kept answer, compressed and sealed; a larger one is not kept. A row of a Durable Object takes 2 MB. */
export const MAX_KEPT_ANSWER_BYTES = 1024 * 1024
/** Bytes of a tenant's Durable Object beyond which no more answers are kept; the platform's ceiling is 10 GB. */
export const MAX_TENANT_BYTES = 8 * 1024 * 1024 * 1024
/** Milliseconds after which a request that stopped renewing its hold on an Idempotency-Key counts as dead. */
export const IDEMPOTENCY_LEASE_MS = 60_000
/** Milliseconds between renewals of that hold. */
export const IDEMPOTENCY_RENEW_MS = 15_000
/** Requests that an isolate has in hand at once, before and at the model. */
export const MAX_PRESENT = 48
/** Of them, those of one tenant; fewer where others are there too (http/crowd.ts). */
export const MAX_PRESENT_EACH = 16
/** Milliseconds without a sign of life after which a request counts as gone. */
export const PRESENT_MS = 20_000
/** Documents of one evaluation of a stored schema. */
export const MAX_EVALUATED = 50
/** Origins, or addresses to send a visitor to, of one schema's forms. */
export const MAX_FORM_ADDRESSES = 16
/** Characters of one such address. */
export const MAX_ADDRESS_CHARS = 2_000
/** Fields of a posted form besides those of the service, and their characters together, names and values. */
export const MAX_FORM_FIELDS = 200
export const MAX_FORM_CHARS = 64 * 1024
/** Bytes of a posted form in which its token must stand, so that what nobody signed for is not read. */
export const MAX_FORM_HEAD_BYTES = 4_096
/** Seconds that a form token lives where nothing else is asked for, and at most. */
export const FORM_TOKEN_SECONDS = 3_600
export const MAX_FORM_TOKEN_SECONDS = 86_400
/** Posts that one form token is good for: a visitor may err, a robot may not stay. */
export const MAX_FORM_POSTS = 20
/** Seconds that the answer to a form which was redirected can be fetched. */
export const KEPT_EXTRACTION_SECONDS = 3_600
/** Bytes of one such answer; a row of a Durable Object takes 2 MB. */
export const MAX_KEPT_EXTRACTION_BYTES = 1_900_000
/** Pages of one job. */
export const MAX_JOB_PAGES = 500
/** Words of one job, all pages together. */
export const MAX_JOB_WORDS = 50_000
/** Forward passes of one job, further ones of lists and tables left out. */
export const MAX_JOB_PASSES = 4_096
/** Forward passes after which a job is put back into the queue; with the further ones (MAX_PASSES) they fit into one invocation's CPU. */
export const JOB_SLICE_PASSES = 64
/** Jobs of one tenant that have not ended. */
export const MAX_OPEN_JOBS = 2_000
/** Attempts in a row that may come to nothing before a job fails. */
export const MAX_JOB_FAILURES = 8
/** Characters of one job's result as JSON. */
export const MAX_RESULT_CHARS = 8 * 1024 * 1024
/** Days that an ended job stays listed, without its result. */
export const JOB_DAYS = 30
/** Webhook endpoints of one tenant. */
export const MAX_ENDPOINTS = 10
/** Characters of a webhook's URL. */
export const MAX_URL_CHARS = 2_000
/** What a receiver of webhooks may take to answer. */
export const WEBHOOK_TIMEOUT_MS = 10_000
/** Hours that a rotated secret goes on being signed with. */
export const WEBHOOK_SECRET_OVERLAP_HOURS = 24
/** What is uploaded for one job, bytes; the isolate must hold it beside the model. */
export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024
/** Minutes that an upload's address is good for. */
export const UPLOAD_MINUTES = 60
/** Hours that an upload waits for the job that reads it. */
export const UPLOAD_HOURS = 24
/** Uploads of one tenant that wait to be made or to be read. */
export const MAX_UPLOADS = 1_000
