/** What a reader may take in before it refuses, and how a caller watches or stops it. */
import { Refusal } from '../../shared/result.ts'

export type ReadOptions = {
  /** Filled rows over all sheets read. */
  readonly maxRows?: number
  /** Size of the file itself. */
  readonly maxBytes?: number
  /** `totalRows` is an estimate by the share of bytes already read, null while there is none. */
  readonly onProgress?: (rowsSoFar: number, totalRows: number | null) => void
  /** Looked at every few hundred rows: a set flag ends the reading with CANCELLED. */
  readonly signal?: { readonly aborted: boolean }
}

export const MAX_ROWS = 200_000
export const MAX_BYTES = 64 * 1024 * 1024

/** Places for cells, empty ones between filled ones included: rows that all end in column XFD would stall every later loop. */
const MAX_CELL_SLOTS = 20_000_000
/** Cells that get their value from a merged range; a range over the whole sheet is an attack, not a table. */
const MAX_MERGE_FILLS = 4_000_000

/** Counts what was read so far and refuses beyond the limits. One per file. */
export class Budget {
  readonly maxRows: number
  readonly maxBytes: number
  rows = 0
  private slots = 0
  private fills = 0
  private readonly options: ReadOptions

  constructor(options: ReadOptions) {
    this.options = options
    this.maxRows = options.maxRows ?? MAX_ROWS
    this.maxBytes = options.maxBytes ?? MAX_BYTES
  }

  /** One more filled row with `width` places; `share` (0–1) of the file's bytes are behind us. */
  takeRow(width: number, share: number): void {
    this.rows += 1
    if (this.rows > this.maxRows) throw new Refusal('FILE_TOO_MANY_ROWS', { maxRows: this.maxRows })
    this.slots += width
    if (this.slots > MAX_CELL_SLOTS) throw new Refusal('FILE_BOMB', { what: 'cells' })
    if (this.rows % 256 === 0) this.checkAborted()
    if (this.rows % 2_000 === 0) this.options.onProgress?.(this.rows, share > 0 ? Math.round(this.rows / share) : null)
  }

  takeFills(count: number): void {
    this.fills += count
    if (this.fills > MAX_MERGE_FILLS) throw new Refusal('FILE_BOMB', { what: 'merges' })
  }

  checkAborted(): void {
    if (this.options.signal?.aborted === true) throw new Refusal('CANCELLED')
  }

  finish(): void {
    this.options.onProgress?.(this.rows, this.rows)
  }
}
