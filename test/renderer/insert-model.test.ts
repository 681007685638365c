/** What may be put into a draft with one click. */
import { describe, expect, it } from 'vitest'
import { recordFigures, recordTexts, sentenceValues } from '../../renderer/features/letters/insert-model.ts'
import { figuresIn } from '../../shared/text/figures.ts'

const fact = { heading: null, text: '到位资金1,200.5万元，签约3个', period: '2026-06', source: null, reportId: null }
const letter = {
  unit: '级索镇', official: '欧阳㛃娜', post: '镇长', matter: '招商引资', number: null, related: [{ number: '某督函〔2026〕3号' }, { number: null }], proposals: [{ summary: '截至2026年6月投资完成率30%，落后20个百分点' }],
  draft: { facts: [fact] } as never,
}

describe('insertions', () => {
  it('figures keep their units and their exact writing; dates are none', () => {
    expect(figuresIn('截至2026年6月30日完成率30.5%，落后20个百分点，6月底到位1,200.5万元，2026-06，PM2.5为38微克/立方米，排第19位')).toEqual(['30.5%', '20个百分点', '1,200.5万元', '2.5', '38微克/立方米', '19位'])
    expect(recordFigures(letter)).toEqual(['30%', '20个百分点', '1,200.5万元', '3个'])
  })
  it('names are the record’s own, each once, empty ones left out', () => {
    expect(recordTexts(letter)).toEqual(['欧阳㛃娜', '级索镇', '镇长', '镇长欧阳㛃娜', '招商引资', '某督函〔2026〕3号'])
    expect(recordTexts({ ...letter, official: null, post: null, related: [] })).toEqual(['级索镇', '招商引资'])
    expect(sentenceValues(letter)).toEqual({ 姓名: '欧阳㛃娜', 单位: '级索镇', 职务: '镇长', 事项: '招商引资', 期次: '2026-06', 文号: '某督函〔2026〕3号' })
  })
})
