/** Selection and keyboard of a grid, without React. */

/** `all`: everything that the filter finds, also what is not on screen yet, but for `except`. */
export type Selection = { readonly all: boolean; readonly ids: ReadonlySet<string> }

export const noSelection: Selection = { all: false, ids: new Set() }

export function isSelected(selection: Selection, id: string): boolean {
  return selection.all !== selection.ids.has(id)
}

export function toggled(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { all: selection.all, ids }
}

/** The rows that are loaded, not the whole filter: that is a second, clearly named step. */
export function toggledLoaded(selection: Selection, loaded: readonly string[]): Selection {
  const every = loaded.length > 0 && loaded.every((id) => isSelected(selection, id))
  return every ? noSelection : { all: false, ids: new Set(loaded) }
}

export function selectedCount(selection: Selection, total: number): number {
  return selection.all ? Math.max(0, total - selection.ids.size) : selection.ids.size
}

/** Those of `loaded` rows that are chosen (not for `all`: there the whole filter must be read). */
export function chosen(selection: Selection, ids: readonly string[]): readonly string[] {
  return ids.filter((id) => isSelected(selection, id))
}

/** Where the active row goes; null when the key does not move it. */
export function movedTo(key: string, active: number, count: number, pageRows: number): number | null {
  if (count === 0) return null
  const last = count - 1
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, active + 1)
    case 'ArrowUp':
      return Math.max(0, active - 1)
    case 'PageDown':
      return Math.min(last, Math.max(0, active) + pageRows)
    case 'PageUp':
      return Math.max(0, active - pageRows)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

export type SortOrder<S extends string = string> = { readonly by: S; readonly direction: 'asc' | 'desc' }

/** A click on a header: a new column starts with `first`, the same one turns round. */
export function nextSort<S extends string>(now: SortOrder<S>, by: S, first: 'asc' | 'desc' = 'asc'): SortOrder<S> {
  return now.by === by ? { by, direction: now.direction === 'asc' ? 'desc' : 'asc' } : { by, direction: first }
}
