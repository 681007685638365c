import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentIn, linesIn, linesOf, namesIn } from '../../renderer/features/letters/minutes-model.ts'

test('问： and 答： say who speaks; blank lines and empty answers go', () => {
  expect(contentIn('问：请说明情况。\n\n答: 已经整改。\n现场出示照片。\n答：')).toEqual([{ by: 'talker', text: '请说明情况。' }, { by: 'person', text: '已经整改。' }, { by: null, text: '现场出示照片。' }])
  expect(linesIn(' 一 \r\n\r\n二')).toEqual(['一', '二'])
  expect(namesIn('赵甲、钱乙，孙丙')).toEqual(['赵甲', '钱乙', '孙丙'])
})

test('what is shown for editing reads back as what was saved', () => {
  const said = fc.record({ by: fc.constantFrom('talker' as const, 'person' as const), text: fc.stringMatching(/^[一-龥]{1,9}$/u) })
  fc.assert(fc.property(fc.array(said), (content) => {
    expect(contentIn(linesOf(content).join('\n'))).toEqual(content)
  }), { seed: 20260701 })
})
