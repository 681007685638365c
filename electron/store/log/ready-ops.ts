/**
 * Ops of new rows, written ahead of the write that brings them and perhaps in another thread: making their texts is a third of the work of a big import,
 * and the thread that stores is the one that all others wait for.
 */
import type { SqlValue } from '../read-db.ts'
import { encode, tableNamed } from '../registers.ts'
import type { RegisterValue, RegisterName, TableName } from '../tables.ts'
import { opText } from './body.ts'

/** Row by row, all registers of the table in its order. `ends`: where each op ends in `text` (UTF-8, a comma behind each). */
export type ReadyOps = { readonly text: Uint8Array; readonly ends: readonly number[] }
/** `cells` in the order of Table.columns, as encoded; the row's ops are those of row number `at` in `ops`. */
export type ReadyRow = { readonly cells: readonly SqlValue[]; readonly ops: ReadyOps; readonly at: number }
export type AllRegisters<T extends TableName> = { readonly [R in RegisterName<T>]: RegisterValue<T, R> }

const firstBytes = 128 * 1024
const none: readonly string[] = []

export type ReadyOpsWriter<T extends TableName> = ReturnType<typeof makeReadyOps<T>>

export function makeReadyOps<T extends TableName>(name: T) {
  const table = tableNamed(name)!
  let text = Buffer.allocUnsafeSlow(firstBytes)
  let used = 0
  let ends: number[] = []

  function write(op: string): void {
    const room = used + op.length * 3 + 1
    if (room > text.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(text.length * 2, room))
      text.copy(larger, 0, 0, used)
      text = larger
    }
    used += text.write(op, used, 'utf8') + 1
    text[used - 1] = 0x2c
    ends.push(used)
  }

  return {
    /** Gives the row's cells. */
    add(id: string, values: AllRegisters<T>): SqlValue[] {
      const cells: SqlValue[] = Array.from({ length: table.columns.length }, () => null)
      for (const register of table.registers) {
        const encoded = encode(register, values[register.name as RegisterName<T>] as Readonly<Record<string, unknown>>)
        write(opText(name, id, register.name, encoded.text, none))
        for (let i = 0; i < register.at.length; i++) cells[register.at[i]!] = encoded.cells[i]!
      }
      return cells
    },
    /** Everything since the last call; the bytes are the caller's, in a buffer of their own. */
    take(): ReadyOps {
      const taken = { text: text.subarray(0, used), ends }
      text = Buffer.allocUnsafeSlow(text.length)
      used = 0
      ends = []
      return taken
    },
  }
}
