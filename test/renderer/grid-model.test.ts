import { describe, expect, test } from 'vitest'
import { chosen, isSelected, movedTo, nextSort, noSelection, selectedCount, toggled, toggledLoaded } from '../../renderer/components/grid-model.ts'

describe('selection', () => {
  test('the head’s box takes the loaded rows only; 全部 is another step', () => {
    const loaded = toggledLoaded(noSelection, ['a', 'b'])
    expect(selectedCount(loaded, 250)).toBe(2)
    expect(isSelected(loaded, 'c')).toBe(false)
    expect(toggledLoaded(loaded, ['a', 'b'])).toEqual(noSelection)
  })

  test('全部 holds also what is not loaded, but for what was taken out', () => {
    const all = { all: true, ids: new Set<string>() }
    const without = toggled(all, 'b')
    expect(isSelected(without, 'never loaded')).toBe(true)
    expect(isSelected(without, 'b')).toBe(false)
    expect(selectedCount(without, 250)).toBe(249)
    expect(chosen(without, ['a', 'b', 'c'])).toEqual(['a', 'c'])
    expect(selectedCount(toggled(without, 'b'), 250)).toBe(250)
  })
})

describe('keyboard', () => {
  test.each([['ArrowDown', -1, 0], ['ArrowDown', 9, 9], ['ArrowUp', 0, 0], ['ArrowUp', -1, 0], ['PageDown', 2, 7], ['PageDown', 8, 9], ['PageUp', 3, 0], ['Home', 5, 0], ['End', 0, 9]] as const)('%s from %i goes to %i', (key, from, to) => {
    expect(movedTo(key, from, 10, 5)).toBe(to)
  })

  test('other keys and empty lists move nothing', () => {
    expect(movedTo('a', 0, 10, 5)).toBeNull()
    expect(movedTo('ArrowDown', -1, 0, 5)).toBeNull()
  })
})

test('a header clicked again turns round, another one starts in its own direction', () => {
  expect(nextSort({ by: 'unit', direction: 'asc' }, 'unit')).toEqual({ by: 'unit', direction: 'desc' })
  expect(nextSort({ by: 'unit', direction: 'desc' }, 'number', 'desc')).toEqual({ by: 'number', direction: 'desc' })
})
