import { expect, test } from 'vitest'
import { piecesAround } from '../../renderer/api/disputed.ts'

const ids = Array.from({ length: 1_234 }, (_, at) => `r${at}`)

test('rows on the screen are asked for in whole pieces, so that a step of scrolling asks nothing new', () => {
  expect(piecesAround(ids, 0, 30)).toEqual(ids.slice(0, 100))
  expect(piecesAround(ids, 3, 33)).toEqual(piecesAround(ids, 0, 30))
  expect(piecesAround(ids, 95, 125)).toEqual(ids.slice(0, 200))
  expect(piecesAround(ids, 1_190, 1_233)).toEqual(ids.slice(1_100))
  expect(piecesAround(ids, 0, 1_233)).toHaveLength(500)
  expect(piecesAround([], 0, 0)).toEqual([])
})
