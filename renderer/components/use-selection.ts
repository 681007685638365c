/** The selection of a list, bound to its question: another filter begins with nothing selected, so that no unseen row is acted on. */
import { useState } from 'react'
import { noSelection, type Selection } from './grid-model.ts'

export function useSelection(filter: unknown): readonly [Selection, (selection: Selection) => void] {
  const key = JSON.stringify(filter)
  const [held, setHeld] = useState({ key, selection: noSelection })
  return [held.key === key ? held.selection : noSelection, (selection) => setHeld({ key, selection })]
}
