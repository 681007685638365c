/** 履职档案 and the monthly 通报 from a real store: the text of the Word file holds every field. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Figures } from '../../../../shared/domain/kinds.ts'
import { papersMonthly } from '../../../../shared/contract/letters.ts'
import { unwrap } from '../../../../shared/result.ts'
import { closeLetter, deliverLetter, judgeReply, replyToLetter } from '../../../../electron/services/letters/follow-up.ts'
import { saveMinutes } from '../../../../electron/services/letters/minutes.ts'
import { voidLetter } from '../../../../electron/services/letters/withdraw.ts'
import { dutyFile } from '../../../../electron/services/papers/duty-file.ts'
import { monthlyPaper } from '../../../../electron/services/papers/monthly.ts'
import { codeOf, department, draftText, issued, makeLetterOffice, township, type LetterOffice } from '../../../host/letter-office.ts'
import { wordText } from '../../../host/word-text.ts'

let office: LetterOffice
beforeEach(async () => {
  office = await makeLetterOffice('papers')
})
afterEach(() => office.close())

type Report = { readonly kind: string; readonly period: string; readonly figures: Figures; readonly unitId?: string; readonly officialId?: string | null; readonly item?: string | null }

function putReports(reports: readonly Report[]): void {
  office.context.store.write({ kind: 'test.reports', author: office.context.account.id }, (tx) => {
    tx.put('bulletin', 'bulletin-1', 'file', {
      kind: 'investment', period: '2026-06', sender: '市招商促进中心', title: '六月通报', fileName: 'a.xlsx', sha256: null, bytes: 1, accepted: 1, skipped: 0, refused: 0, refusedRows: [], errorsSha256: null, headerRows: [], warnings: [], correctionOf: null,
      importedOn: 1, importedBy: null,
    })
    reports.forEach(({ kind, period, figures, unitId = township, officialId = null, item = null }, i) => {
      tx.put('report', `report-${i}`, 'content', { kind, period, unitId, officialId, item, figures, remark: null })
      tx.put('report', `report-${i}`, 'provenance', { bulletinId: 'bulletin-1', sheet: '表', sheetRow: i + 2, version: 1 })
    })
  })
}

const text = (made: { readonly file: string }): string => wordText(unwrap(office.context.files.take(made.file)).bytes)
const holds = (whole: string, words: readonly string[]): void => expect(words.filter((word) => !whole.includes(word))).toEqual([])

describe('履职档案', () => {
  it('shows posts, results, awards, letters with replies, interviews and cards; a withdrawn letter is not there', async () => {
    const { context } = office
    putReports([
      { kind: 'investment', period: '2026-06', officialId: 'zhao', figures: { signed: 2, started: 1, paidIn: 12_000_000, completionRate: 45.5, rank: 3 } },
      { kind: 'assessment', period: '2025', item: '镇街', figures: { score: 91.2, rank: 2, grade: '优秀' } },
      { kind: 'assessment', period: '2021', item: '镇街', figures: { score: 11.1, rank: 21, grade: '合格' } },
      { kind: 'awards', period: '2026', officialId: 'zhao', item: '先进个人', figures: { award: '双招双引先进个人', grantedBy: '中共滕州市委', documentNumber: '滕委〔2026〕7号', grantedOn: '2026-02-03' } },
    ])
    const { id } = issued(context)
    unwrap(deliverLetter({ id, at: '2026-07-08T09:00', receiver: '赵明远' }, context))
    unwrap(replyToLetter({ id, receivedOn: '2026-07-20', summary: '已制定赶工计划', scans: [] }, context))
    unwrap(judgeReply({ id, verdict: '认可', on: '2026-07-21' }, context))
    unwrap(closeLetter({ id, on: '2026-07-22', conclusion: '整改到位' }, context))
    const notice = issued(context, { type: 'interview', matter: '招商引资', cause: '招商引资情况', stepReason: '直接约谈', text: { ...draftText, type: 'interview', replyDays: 0 } })
    unwrap(saveMinutes({ id: notice.id, minutes: { from: '2026-07-09T09:00', to: null, place: '会议室', talkers: ['周晓'], recorder: '郑文', content: [{ by: null, text: '略' }], account: ['数据属实'], pledge: ['八月签约'], followUpOn: '2026-08-31' } }, context))
    const gone = issued(context, { matter: '督查事项', cause: '误发的事由' })
    unwrap(voidLetter({ id: gone.id, on: '2026-07-07', reason: '对象有误' }, context))
    context.store.write({ kind: 'test.cards', author: context.account.id }, (tx) => {
      const card = (cardId: string, basis: string, since: string, letterId: string | null): void => tx.put('card', cardId, 'card', { unitId: township, colour: 'yellow', basis, since, until: '2027-01-01', letterId })
      card('card-1', '综合考核后三名', '2026-01-01', null)
      card('card-2', '误发的黄牌', '2026-02-01', gone.id)
      card('card-3', '到任之前的黄牌', '2020-01-01', null)
      tx.put('card', 'card-3', 'card', { unitId: township, colour: 'yellow', basis: '到任之前的黄牌', since: '2020-01-01', until: '2021-01-01', letterId: null })
    })
    const made = unwrap(await dutyFile({ officialId: 'zhao', as: 'docx' }, context))
    expect(made.name).toBe('履职档案-赵明远.docx')
    const whole = text(made)
    holds(whole, ['赵明远', '1975年3月', '荆河街道办事处', '党工委书记', '中共滕州市委办公室', '2023年1月至今'])
    holds(whole, ['2026年6月', '签约项目2个，开工项目1个，到位资金1200万元，完成率45.5%，位次第3', '市招商促进中心《六月通报》', '总分91.2分，位次第2，等次：优秀'])
    holds(whole, ['2026年2月3日', '双招双引先进个人', '中共滕州市委', '滕委〔2026〕7号'])
    holds(whole, ['2026年7月6日', '滕督函〔2026〕1号', '提醒函：重点项目建设进度滞后', '2026年7月20日提交书面说明：已制定赶工计划（审阅意见：认可）；已销号，结论：整改到位'])
    holds(whole, ['2026年7月9日', '周晓', '招商引资情况（滕督函〔2026〕2号）', '本人陈述：数据属实；整改承诺：八月签约；后续跟踪日期：2026年8月31日', '黄牌：综合考核后三名', '2026年1月1日至2027年1月1日'])
    for (const word of ['误发', '对象有误', '11.1', '到任之前']) expect(whole).not.toContain(word)
    const page = unwrap(await dutyFile({ officialId: 'zhao', as: 'html' }, context))
    expect(page.name).toBe('履职档案-赵明远.html')
    expect(codeOf(await dutyFile({ officialId: 'nobody', as: 'docx' }, context))).toBe('NOT_FOUND')
  })
})

describe('月度通报', () => {
  it('sums what was reported, names what was not, and leaves withdrawn letters out', async () => {
    const { context } = office
    putReports([
      { kind: 'investment', period: '2026-06', officialId: 'zhao', figures: { signed: 2, signedAmount: 150_000_000, started: 1, paidIn: 12_000_000, completionRate: 45.5, rank: 1 } },
      { kind: 'investment', period: '2026-06', unitId: department, officialId: 'sun', figures: { signed: 3, signedAmount: null, started: 2, paidIn: 8_500_000, completionRate: 30, rank: 2 } },
      { kind: 'investment', period: '2026-05', figures: { signed: 70, signedAmount: null, started: 70, paidIn: 0, completionRate: null, rank: null } },
      { kind: 'projects', period: '2026-06', item: '龙泉广场项目', officialId: 'zhao', figures: { completedInvestment: 30_000_000, completionRate: 30, scheduleRate: 50 } },
      { kind: 'projects', period: '2026-06', item: '滨湖大道项目', unitId: department, figures: { completedInvestment: null, completionRate: 60, scheduleRate: 50 } },
      { kind: 'tasks', period: '2026-06', item: 'DC-001', officialId: 'sun', unitId: department, figures: { content: '道路修缮', dueOn: '2026-06-29', status: '在办' } },
      { kind: 'tasks', period: '2026-06', item: 'DC-002', figures: { content: '河道清淤', dueOn: '2026-06-30', status: '在办' } },
      { kind: 'tasks', period: '2026-06', item: 'DC-003', figures: { content: '校车检查', dueOn: '2026-06-01', status: '已办结' } },
    ])
    issued(context, {}, '2026-06-03')
    const closed = issued(context, { officialId: 'qian' }, '2026-06-05')
    unwrap(deliverLetter({ id: closed.id, at: '2026-06-08T09:00', receiver: '钱学林' }, context))
    unwrap(replyToLetter({ id: closed.id, receivedOn: '2026-06-20', summary: null, scans: [] }, context))
    unwrap(judgeReply({ id: closed.id, verdict: '认可', on: '2026-06-21' }, context))
    unwrap(closeLetter({ id: closed.id, on: '2026-06-22' }, context))
    const gone = issued(context, { matter: '督查事项' }, '2026-06-10')
    unwrap(voidLetter({ id: gone.id, on: '2026-06-11', reason: '有误' }, context))
    issued(context, { matter: '招商引资' }, '2026-07-01')
    const made = unwrap(await monthlyPaper({ period: '2026-06', as: 'docx' }, context))
    expect(made.name).toBe('通报-关于2026年6月重点工作履职情况的通报.docx')
    const whole = text(made)
    holds(whole, ['关于2026年6月重点工作履职情况的通报', '一、招商引资工作', '共收到招商引资情况2条，本年累计签约项目5个，签约额1.5亿元，开工项目3个，到位资金2050万元。未报送的数据未计入。', '表1　招商引资工作情况', '到位资金（万元）', '孙立新', '850', '45.5'])
    holds(whole, ['投资完成率达到或高于时序进度的1个，低于时序进度的1个；累计完成投资3000万元。', '龙泉广场项目', '滨湖大道项目', '—'])
    // Strictly before the last day, as R4 counts.
    holds(whole, ['督查事项3项，其中已办结1项，在办2项；在办事项中，超过办结时限的1项。', 'DC-001', '道路修缮', '2026-06-29', '四、大气污染防治', '2026年6月没有收到这项工作的报送情况。'])
    holds(whole, ['共签发函件2件，其中提醒函2件；收到书面说明1件；销号1件。已撤销的函件未计入。', '表4　函件签发和销号情况', '特此通报。'])
    expect(whole).not.toContain('70')
    expect(unwrap(await monthlyPaper({ period: '2026-01', as: 'html' }, context)).name).toMatch(/\.html$/)
    expect(papersMonthly.input.safeParse({ period: '2026' }).success).toBe(false)
  })

  it('lists by rank and rate, by the number of the matter, and what was not filled in at the end, not as the files came in', async () => {
    const row = (kind: string, item: string, figures: Record<string, number | string | null>) => ({ kind, period: '2026-06', item, officialId: 'zhao', figures })
    putReports([
      { ...row('investment', '', { signed: 201, rank: null }) }, { ...row('investment', '', { signed: 202, rank: 10 }), unitId: department }, { ...row('investment', '', { signed: 203, rank: 2 }) },
      row('projects', '丙项目', { completionRate: null }), row('projects', '乙项目', { completionRate: 9.5 }), row('projects', '甲项目', { completionRate: 61 }),
      row('tasks', 'DC2026-10', { content: '十', status: '在办' }), row('tasks', 'DC2026-9', { content: '九', status: '在办' }),
      { ...row('air', '', { pm25: 301, rank: null }) }, { ...row('air', '', { pm25: 302, rank: 1 }), unitId: department }, { ...row('air', '', { pm25: 300, rank: null }) },
    ])
    const whole = text(unwrap(await monthlyPaper({ period: '2026-06', as: 'docx' }, office.context)))
    for (const order of [['203', '202', '201'], ['甲项目', '乙项目', '丙项目'], ['DC2026-9', 'DC2026-10'], ['302', '300', '301']]) {
      const places = order.map((word) => whole.lastIndexOf(`${word}\n`))
      expect([order, places]).toEqual([order, places.toSorted((a, b) => a - b)])
      expect(Math.min(...places)).toBeGreaterThan(0)
    }
  })

  it('gives the range of the air figures', async () => {
    putReports([
      { kind: 'air', period: '2026-06', figures: { pm25: 31.5, pm10: 60, goodDayRate: 80, yearOnYear: -3.2, rank: 1 } },
      { kind: 'air', period: '2026-06', unitId: department, figures: { pm25: 42, pm10: null, goodDayRate: 71.5, yearOnYear: null, rank: 2 } },
    ])
    const whole = text(unwrap(await monthlyPaper({ period: '2026-06', as: 'docx' }, office.context)))
    holds(whole, ['共收到2个单位空气质量情况，PM2.5月均浓度为31.5微克/立方米至42微克/立方米，优良天数比例为71.5%至80%。', '表1　空气质量情况', '-3.2', '共签发函件0件；收到书面说明0件；销号0件。'])
  })
})
