import { describe, expect, test } from 'vitest'
import { emptyPages, pagesAfter, reloadLimit, wantsMore, type Pages, type PagesEvent } from '../../renderer/api/pages.ts'

type Row = { readonly id: number }
const rows = (from: number, to: number): Row[] => Array.from({ length: to - from }, (_, index) => ({ id: from + index }))
const play = (events: readonly PagesEvent<Row>[]): Pages<Row> => events.reduce(pagesAfter<Row>, emptyPages<Row>())
const page = (turn: number, from: number, to: number, next: string | null, first: boolean): PagesEvent<Row> => ({ type: 'page', turn, page: { items: rows(from, to), next, total: 250 }, first })

describe('keyset pages', () => {
  test('pages follow one another', () => {
    const state = play([{ type: 'ask', keep: false }, page(1, 0, 100, 'a', true), { type: 'more' }, page(1, 100, 200, 'b', false)])
    expect(state.items.map((row) => row.id)).toEqual(rows(0, 200).map((row) => row.id))
    expect(state).toMatchObject({ next: 'b', total: 250, loading: false })
  })

  test('an answer to an older question changes nothing', () => {
    const now = play([{ type: 'ask', keep: false }, { type: 'ask', keep: false }])
    expect(pagesAfter(now, page(1, 0, 100, 'a', true))).toBe(now)
    expect(pagesAfter(now, { type: 'failed', turn: 1, error: { code: 'INTERNAL', params: {} } })).toBe(now)
  })

  test('asking again keeps the rows, another filter does not', () => {
    const shown = play([{ type: 'ask', keep: false }, page(1, 0, 100, 'a', true)])
    expect(pagesAfter(shown, { type: 'ask', keep: true }).items).toHaveLength(100)
    expect(pagesAfter(shown, { type: 'ask', keep: false }).items).toHaveLength(0)
  })

  test('a failed page keeps what is there and stops asking until retried', () => {
    const failed = play([{ type: 'ask', keep: false }, page(1, 0, 100, 'a', true), { type: 'more' }, { type: 'failed', turn: 1, error: { code: 'NO_CONNECTION', params: {} } }])
    expect(failed.items).toHaveLength(100)
    expect(wantsMore(failed, 99)).toBe(false)
    expect(wantsMore(pagesAfter(failed, { type: 'more' }), 99)).toBe(false)
  })

  test('asks ahead of the last rows, never past the end, never twice', () => {
    const shown = play([{ type: 'ask', keep: false }, page(1, 0, 100, 'a', true)])
    expect(wantsMore(shown, 69)).toBe(false)
    expect(wantsMore(shown, 70)).toBe(true)
    expect(wantsMore(pagesAfter(shown, { type: 'more' }), 99)).toBe(false)
    expect(wantsMore(play([{ type: 'ask', keep: false }, page(1, 0, 40, null, true)]), 39)).toBe(false)
  })

  test.each([[0, 100], [100, 100], [101, 200], [480, 500], [3000, 500]])('%i shown rows are asked again as %i', (count, limit) => {
    expect(reloadLimit(count, 100)).toBe(limit)
  })
})
