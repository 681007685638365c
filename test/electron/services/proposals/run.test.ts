import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proposalsGet, proposalsList, proposalsRun } from '../../../../shared/contract/proposals.ts'
import { unwrap } from '../../../../shared/result.ts'
import { undoBulletin } from '../../../../electron/services/bulletins/undo.ts'
import { assignProposal, declineProposals, reopenProposal } from '../../../../electron/services/proposals/decide.ts'
import { countProposals, getProposal, proposalPage } from '../../../../electron/services/proposals/list.ts'
import { issueProposals } from '../../../../electron/services/letters/issue-proposals.ts'
import { runProposals } from '../../../../electron/services/proposals/run.ts'
import { saveRule } from '../../../../electron/services/rules.ts'
import { importBytes, importSample, makeOffice, type Office } from '../../../host/office.ts'
import { sampleDir } from '../../../host/sample.ts'

type Expected = { rule: string; period: string; unit: string; official: string | null; item: string | null }
const expected = (JSON.parse(readFileSync(`${sampleDir}expected.json`, 'utf8')) as { proposals: Expected[] }).proposals
const line = (one: Expected): string => [one.rule, one.period, one.unit, one.official ?? '', one.item ?? ''].join('|')

let office: Office
beforeAll(async () => {
  office = await makeOffice('proposals')
  importSample(office)
})
afterAll(() => office.close())

const run = (period: string, date?: string) => proposalsRun.output.parse(unwrap(runProposals({ period, date }, office.context)))
const list = (input: Record<string, unknown> = {}) => proposalsList.output.parse(unwrap(proposalPage(proposalsList.input.parse(input), office.context)))
const detail = (id: string) => proposalsGet.output.parse(unwrap(getProposal({ id }, office.context)))

describe('running the rules over the sample year', () => {
  it('proposes exactly what expected.json lists, once', () => {
    const first = [...run('2026-06').proposals, ...run('2025').proposals]
    const found = first.map((one) => line({ rule: one.ruleId, period: one.period, unit: one.unit, official: one.official, item: one.item }))
    // R5 and R6 carry the 考核类别 as their item; the expected list names none.
    const wanted = expected.map(line)
    const plain = found.map((text) => (wanted.includes(text) ? text : text.replace(/\|[^|]*$/u, '|')))
    expect(plain.sort()).toEqual([...wanted].sort())
    expect(run('2026-06')).toMatchObject({ added: 0, changed: 0, withdrawn: 0 })
    expect(run('2025')).toMatchObject({ added: 0, changed: 0, withdrawn: 0 })
    expect(list({ state: 'open' }).total).toBe(expected.length)
  })

  it('shows why: the rows that fired with file, sheet and row, the condition, the basis, the history', () => {
    const r1 = list({ ruleId: 'R1' }).items[0]!
    const shown = detail(r1.id)
    // Three months running are judged against the month before: the three rows that showed no progress.
    expect(shown.reports.map((row) => row.period)).toEqual(expect.arrayContaining(['2026-04', '2026-05', '2026-06']))
    for (const row of shown.reports) {
      expect(row.fileName).toMatch(/招商/u)
      expect(row.sheetRow).toBeGreaterThan(0)
      expect(row.officialId).toBe(r1.officialId)
    }
    expect(shown.ruleCondition).not.toBe('')
    expect(shown.basis).toContain('履职尽责信息通报机制')
    expect(shown.facts.length).toBeGreaterThan(0)
    expect(shown.history.map((one) => one.action)).toEqual(['proposals.run'])
  })

  it('pages, filters and sorts in SQL', () => {
    const whole = list({ sort: 'unit', limit: 500 })
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const page: ReturnType<typeof list> = list({ sort: 'unit', limit: 7, cursor })
      expect(page.total).toBe(expected.length)
      ids.push(...page.items.map((one) => one.id))
      cursor = page.next
    } while (cursor !== null)
    expect(ids).toEqual(whole.items.map((one) => one.id))
    expect(new Set(ids).size).toBe(expected.length)
    expect(list({ incomplete: true }).total).toBe(expected.filter((one) => one.official === null).length)
    expect(list({ ruleId: 'R4', incomplete: false }).total).toBe(expected.filter((one) => one.rule === 'R4' && one.official !== null).length)
    const unit = whole.items[0]!
    expect(list({ unitId: unit.unitId }).items.every((one) => one.unit === unit.unit)).toBe(true)
    expect(list({ query: unit.unit.slice(0, 2) }).items.map((one) => one.id)).toContain(unit.id)
    expect(unwrap(countProposals(office.context)).reduce((sum, one) => sum + one.count, 0)).toBe(expected.length)
  })

  it('a person fills in who is missing, declines with a reason, opens again', () => {
    const nameless = list({ incomplete: true }).items[0]!
    const someone = list({ incomplete: false }).items[0]!
    expect(assignProposal({ id: nameless.id, officialId: 'nobody' }, office.context)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect(unwrap(assignProposal({ id: nameless.id, officialId: someone.officialId }, office.context))).toMatchObject({ incomplete: false, official: someone.official })
    expect(unwrap(assignProposal({ id: nameless.id, officialId: null }, office.context))).toMatchObject({ incomplete: true, official: null })

    expect(unwrap(declineProposals({ ids: [someone.id], reason: '已当面沟通' }, office.context))).toEqual({ declined: 1 })
    expect(declineProposals({ ids: [someone.id], reason: '再次' }, office.context)).toMatchObject({ ok: false, error: { code: 'PROPOSAL_DECIDED' } })
    expect(run(someone.period)).toMatchObject({ added: 0, changed: 0, withdrawn: 0 })
    expect(detail(someone.id)).toMatchObject({ state: 'declined', reason: '已当面沟通' })
    expect(unwrap(reopenProposal({ id: someone.id, reason: '情况有变' }, office.context)).state).toBe('open')
  })
})

describe('the sample year to the end', () => {
  it('every complete proposal becomes part of an issued letter with the next number; the nameless are refused', () => {
    const open = list({ state: 'open', limit: 500 }).items
    const { letters, refused } = unwrap(issueProposals({ proposalIds: open.map((one) => one.id), date: '2026-07-06' }, office.context))
    expect(refused.map((one) => [one.proposalId, one.code]).sort()).toEqual(open.filter((one) => one.incomplete).map((one) => [one.id, 'PROPOSAL_NO_OFFICIAL']).sort())
    expect(letters.map((one) => one.number)).toEqual(letters.map((_, index) => `滕督函〔2026〕${index + 1}号`))
    expect(new Set(letters.flatMap((one) => one.proposalIds))).toEqual(new Set(open.filter((one) => !one.incomplete).map((one) => one.id)))
    // A 黄牌通知 and the 约谈通知书 behind it stand side by side.
    const cards = letters.filter((one) => one.type === 'yellowCard')
    expect(cards.length).toBe(expected.filter((one) => ['R5', 'R6'].includes(one.rule) && one.official !== null).length)
    for (const card of cards) expect(letters[letters.indexOf(card) + 1]).toMatchObject({ type: 'interview', unitId: card.unitId })
    expect(run('2026-06')).toMatchObject({ added: 0, changed: 0, withdrawn: 0 })
  })
})

describe('findings that change', () => {
  it('an open proposal follows its finding, or is withdrawn with the reason; a declined one stays; firing again opens it', async () => {
    const own = await makeOffice('changing')
    try {
      const [units, officials, air5, air6, fixed] = ['01-单位名册.xlsx', '02-干部名册.xlsx', '12-2026年5月生态环境通报.xlsx', '13-2026年6月生态环境通报.xlsx', '14-2026年6月生态环境通报(更正).xlsx'] as const
      importSample(own, [units, officials, air5, air6])
      const before = unwrap(runProposals({ period: '2026-06' }, own.context))
      const done = unwrap(importBytes(own, fixed, readFileSync(`${sampleDir}${fixed}`)))
      const after = unwrap(runProposals({ period: '2026-06' }, own.context))
      const gone = before.proposals.filter((one) => !after.proposals.some((other) => other.id === one.id))
      expect(after.withdrawn).toBe(gone.length)
      expect(gone.length).toBeGreaterThan(0)
      for (const one of gone) expect(unwrap(getProposal({ id: one.id }, own.context))).toMatchObject({ state: 'withdrawn', reason: expect.stringContaining('不符合规则条件') })

      expect(undoBulletin({ id: done.report.bulletinId ?? '', reason: '更正有误' }, own.context).ok).toBe(true)
      const again = unwrap(runProposals({ period: '2026-06' }, own.context))
      expect(again.proposals.map((one) => one.id).sort()).toEqual(before.proposals.map((one) => one.id).sort())
      expect(again.proposals.every((one) => one.state === 'open')).toBe(true)

      unwrap(declineProposals({ ids: [again.proposals[0]!.id], reason: '不发' }, own.context))
      unwrap(saveRule({ id: 'R2', enabled: false, params: {}, matter: '大气污染防治', basis: '无', note: '停用' }, own.context))
      const off = unwrap(runProposals({ period: '2026-06' }, own.context))
      expect(off.proposals).toEqual([])
      expect(off.withdrawn).toBe(again.proposals.length - 1)
      expect(unwrap(getProposal({ id: again.proposals[0]!.id }, own.context)).state).toBe('declined')
    } finally {
      own.close()
    }
  })
})
