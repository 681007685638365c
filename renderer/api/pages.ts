/** A list that grows by keyset pages: the model without React. A stale answer (of an older question) changes nothing. */
import type { AppError } from '../../shared/errors.ts'

export type Page<T> = { readonly items: readonly T[]; readonly next: string | null; readonly total: number }

export type Pages<T> = {
  /** Grows with every new question; answers carry the turn that they belong to. */
  readonly turn: number
  readonly items: readonly T[]
  readonly next: string | null
  readonly total: number | null
  readonly loading: boolean
  readonly error: AppError | null
}

export type PagesEvent<T> =
  | { readonly type: 'ask'; readonly keep: boolean }
  | { readonly type: 'more' }
  | { readonly type: 'page'; readonly turn: number; readonly page: Page<T>; readonly first: boolean }
  | { readonly type: 'failed'; readonly turn: number; readonly error: AppError }

export function emptyPages<T>(): Pages<T> {
  return { turn: 0, items: [], next: null, total: null, loading: false, error: null }
}

export function pagesAfter<T>(state: Pages<T>, event: PagesEvent<T>): Pages<T> {
  switch (event.type) {
    case 'ask':
      return { ...(event.keep ? state : emptyPages<T>()), turn: state.turn + 1, loading: true, error: null }
    case 'more':
      return { ...state, loading: true, error: null }
    case 'page':
      if (event.turn !== state.turn) return state
      return { ...state, items: event.first ? event.page.items : [...state.items, ...event.page.items], next: event.page.next, total: event.page.total, loading: false, error: null }
    case 'failed':
      return event.turn === state.turn ? { ...state, loading: false, error: event.error } : state
  }
}

/** Whether the next page should be asked for when row `last` is in view. */
export function wantsMore<T>(state: Pages<T>, last: number, ahead = 30): boolean {
  return !state.loading && state.error === null && state.next !== null && last >= state.items.length - ahead
}

/** How many rows to ask for when a list that is shown asks again: all that were there, so that nobody loses their place. */
export function reloadLimit(count: number, page: number, most = 500): number {
  return Math.min(most, Math.max(page, Math.ceil(count / page) * page))
}
