/** Which of the rows on the screen stand in 待核对: their value is one of several. */
import { useCall } from './hooks.ts'

/** Rows are asked for in pieces of this many, so that scrolling asks seldom. */
const piece = 100
const nothing: ReadonlySet<string> = new Set()

/** The pieces of a long list that hold `from` to `to` (places, both inclusive); at most five. */
export function piecesAround(ids: readonly string[], from: number, to: number): readonly string[] {
  const first = Math.floor(Math.max(0, from) / piece) * piece
  return ids.slice(first, Math.min((Math.floor(Math.max(0, to) / piece) + 1) * piece, first + 5 * piece))
}

/** `ids` null: nothing is asked. A list without the answer simply has no marks. */
export function useDisputed(ids: readonly string[] | null): ReadonlySet<string> {
  const answer = useCall('conflicts.among', ids === null || ids.length === 0 ? null : { rows: [...ids] })
  return answer.data === null ? nothing : new Set(answer.data.rows)
}
