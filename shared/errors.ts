/** The closed union of everything that can go wrong on purpose. The sentence for the user is made in renderer/text. */
export const errorCodes = [
  // call
  'BAD_INPUT', 'UNKNOWN_ENTRY', 'INTERNAL', 'NOT_ALLOWED', 'NOT_LOGGED_IN', 'LOCKED', 'NOT_FOUND', 'STALE', 'BUSY', 'CANCELLED', 'NO_CONNECTION',
  // data folder
  'NOT_SET_UP', 'ALREADY_SET_UP', 'DATA_NEWER', 'DATA_DAMAGED', 'DATA_NOT_OURS', 'DISK_FULL', 'DISK_READ_ONLY', 'DISK_ERROR', 'DATA_IN_USE',
  // accounts
  'WRONG_PASSWORD', 'WRONG_RECOVERY_CODE', 'WEAK_PASSWORD', 'ACCOUNT_EXISTS', 'ACCOUNT_DISABLED', 'LAST_ADMIN', 'TOO_MANY_TRIES',
  // names and people
  'UNSAFE_TEXT', 'UNIT_EXISTS', 'UNIT_HAS_OFFICIALS', 'ROW_IN_USE', 'OFFICIAL_NAMESAKE', 'SECRECY_GRADE',
  // files
  'FILE_TOKEN', 'FILE_TOO_LARGE', 'FILE_EMPTY', 'FILE_DAMAGED', 'FILE_ENCRYPTED', 'FILE_HTML', 'FILE_MACRO', 'FILE_BOMB', 'FILE_WRONG_KIND',
  'FILE_TOO_MANY_ROWS', 'FILE_TIMEOUT', 'FILE_MEMORY',
  // import
  'KIND_UNKNOWN', 'KIND_AMBIGUOUS', 'PERIOD_UNKNOWN', 'HEADER_NOT_FOUND', 'IMPORT_NOTHING', 'BATCH_UNDONE', 'BATCH_IN_USE',
  // proposals and rules
  'PROPOSAL_DECIDED', 'PROPOSAL_NO_OFFICIAL', 'PROPOSAL_GUARDED', 'REASON_REQUIRED', 'RULE_BAD_PARAMS',
  // letters
  'LETTER_STATE', 'LETTER_NO_OFFICIAL', 'LETTER_INCOMPLETE', 'LETTER_TOO_LONG', 'LETTER_OWN_DRAFT', 'LETTER_SKIPS_STEP', 'NUMBER_USED', 'NUMBER_SERIES', 'CALENDAR_UNKNOWN',
  'DATE_ORDER', 'DEADLINE_PASSED', 'LETTER_DISPUTED', 'NUMBER_AUTHORITY', 'RECHECK_OPEN', 'RECHECK_LATE', 'RECHECK_OWN', 'ATTACHMENT_MISSING', 'PAPER_OWN_TEMPLATE', 'PDF_FAILED',
  // templates of the office
  'TEMPLATE_REFUSED', 'TEMPLATE_PICTURE', 'TEMPLATE_TOO_MANY',
  // exchange: the file, who made it, the stick, who we are
  'PACKAGE_NOT_OURS', 'PACKAGE_NEWER', 'PACKAGE_NEWER_SCHEMA', 'PACKAGE_DAMAGED', 'PACKAGE_TRUNCATED', 'PACKAGE_VOLUME_MISSING', 'PACKAGE_TOO_LARGE', 'PACKAGE_VERIFY',
  'PACKAGE_FOREIGN_GROUP', 'PACKAGE_UNKNOWN_SIGNER', 'PACKAGE_REVOKED', 'PACKAGE_EXPIRED', 'PACKAGE_NOT_FOR_US', 'PACKAGE_LANE_UNSIGNED',
  'STICK_GONE', 'STICK_FULL', 'STICK_READ_ONLY', 'REQUEST_DAMAGED', 'REQUEST_NOT_OURS', 'GROUP_NOT_READY', 'GROUP_NO_ROOT', 'CRYPTO_BROKEN',
  'EXCHANGE_BUSY', 'ACCEPT_SOME_UNITS', 'ACCEPT_NOT_REVOKED', 'ACCEPT_NOTHING', 'GAP_NONE', 'GAP_NOT_HERE', 'PACKAGE_SCOPE', 'SHARED_BY_OFFICE',
  // log
  'CHAIN_BROKEN', 'PROJECTION_DIFFERS',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Plain values only: they cross every door and land in logs, so ids, counts, dates, file names and field names, never a person's name. */
export type ErrorParams = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

export type AppError = {
  readonly code: ErrorCode
  readonly params: ErrorParams
  /** Names the log line of this failure. */
  readonly ref?: string
}
