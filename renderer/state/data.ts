/** Counts the writes of this window: every list that is shown asks again when it grows. */
import { create } from 'zustand'

export const useDataVersion = create<{ readonly version: number }>(() => ({ version: 0 }))

export function dataChanged(): void {
  useDataVersion.setState((now) => ({ version: now.version + 1 }))
}
