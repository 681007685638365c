/** A keyset-paged entry for a list on screen. */
import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { EntryName, InputOf, OutputOf } from '../../shared/contract/entries.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { useDataVersion } from '../state/data.ts'
import { call, isLockedError } from './client.ts'
import { emptyPages, pagesAfter, reloadLimit, type Page, type Pages, type PagesEvent } from './pages.ts'

export type PagedName = { [N in EntryName]: OutputOf<N> extends Page<unknown> ? N : never }[EntryName]
export type ItemOf<N extends PagedName> = OutputOf<N> extends Page<infer T> ? T : never
/** The filter: what the entry takes without the paging. */
export type FilterOf<N extends PagedName> = Omit<InputOf<N>, 'cursor' | 'limit'>

export type PagedList<T> = { readonly pages: Pages<T>; readonly more: () => void; readonly retry: () => void }

const pageSize = 100

async function ask<N extends PagedName>(name: N, filter: FilterOf<N>, cursor: string | null, limit: number): Promise<Result<Page<ItemOf<N>>>> {
  const answer = await call(name, { ...filter, cursor, limit } as InputOf<N>)
  return answer.ok ? ok(answer.value as unknown as Page<ItemOf<N>>) : answer
}

export function usePages<N extends PagedName>(name: N, filter: FilterOf<N>): PagedList<ItemOf<N>> {
  type T = ItemOf<N>
  const version = useDataVersion((state) => state.version)
  const [pages, send] = useReducer((state: Pages<T>, event: PagesEvent<T>) => pagesAfter(state, event), null, () => emptyPages<T>())
  const key = `${name} ${JSON.stringify(filter)}`
  const now = useRef({ key: '', version: -1, filter, pages })
  const turn = useRef(0)
  const load = useCallback(
    async (first: boolean, cursor: string | null, limit: number): Promise<void> => {
      const mine = turn.current
      const answer = await ask(name, now.current.filter, cursor, limit)
      if (answer.ok) send({ type: 'page', turn: mine, page: answer.value, first })
      else if (!isLockedError(answer.error)) send({ type: 'failed', turn: mine, error: answer.error })
    },
    [name],
  )
  const restart = useCallback(
    (keep: boolean): void => {
      turn.current += 1
      send({ type: 'ask', keep })
      void load(true, null, keep ? reloadLimit(now.current.pages.items.length, pageSize) : pageSize)
    },
    [load],
  )
  useEffect(() => {
    now.current.pages = pages
  }, [pages])
  useEffect(() => {
    const keep = now.current.key === key
    now.current.key = key
    now.current.version = version
    now.current.filter = JSON.parse(key.slice(name.length + 1)) as FilterOf<N>
    restart(keep)
  }, [key, name, version, restart])
  const more = useCallback((): void => {
    const { next, loading } = now.current.pages
    if (next === null || loading) return
    now.current.pages = { ...now.current.pages, loading: true }
    send({ type: 'more' })
    void load(false, next, pageSize)
  }, [load])
  const retry = useCallback((): void => {
    if (now.current.pages.items.length > 0 && now.current.pages.next !== null) more()
    else restart(false)
  }, [more, restart])
  return { pages, more, retry }
}

/** Every item of a filter, for actions on 全部; TOO many is a refusal, never a silent cut. */
export async function collectAll<N extends PagedName>(name: N, filter: FilterOf<N>, most: number): Promise<Result<readonly ItemOf<N>[]>> {
  const items: ItemOf<N>[] = []
  let cursor: string | null = null
  do {
    const page: Result<Page<ItemOf<N>>> = await ask(name, filter, cursor, 500)
    if (!page.ok) return page
    if (page.value.total > most) return err('BAD_INPUT', { what: 'too-many', limit: most })
    items.push(...page.value.items)
    cursor = page.value.next
  } while (cursor !== null)
  return ok(items)
}
