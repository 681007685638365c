/** 批量签发: the order of units, what is refused stays behind, stopping and going on, the papers. */
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutputOf } from '../../../../shared/contract/entries.ts'
import { Refusal, unwrap } from '../../../../shared/result.ts'
import { batchLetters, listBatches, planBatch, runBatch } from '../../../../electron/services/letters/batch.ts'
import { batchResult, resumeBatch, startBatch } from '../../../../electron/services/letters/batch-desk.ts'
import { draftLetters } from '../../../../electron/services/letters/draft.ts'
import { lettersPrinted } from '../../../../electron/services/letters/follow-up.ts'
import { activateTemplate, uploadTemplate } from '../../../../electron/services/letters/templates.ts'
import { issueProposals } from '../../../../electron/services/letters/issue-proposals.ts'
import { codeOf, compose, day, department, get, list, makeLetterOffice, putProposal, township, type LetterOffice } from '../../../host/letter-office.ts'
import { goodTemplate, templateDocx } from '../../../host/letters/template.ts'

let office: LetterOffice
beforeEach(async () => {
  office = await makeLetterOffice('batch')
  // 市发展和改革局 stands before 荆河街道 in this office's order.
  office.context.store.write({ kind: 'test.order', author: 'a' }, (tx) => {
    tx.put('unit', department, 'names', { shortName: null, aliases: [], orderNo: 1 })
    tx.put('unit', township, 'names', { shortName: null, aliases: [], orderNo: 2 })
  })
})
afterEach(() => office.close())

/** Drafts to both units in turn. */
function drafts(count: number): string[] {
  return Array.from({ length: count }, (_, index) => compose(office.context, index % 2 === 0 ? { matter: `事项${index}` } : { matter: `事项${index}`, unitId: department, officialId: 'sun' }).id)
}
const numbers = (ids: readonly string[]): (string | null)[] => ids.map((id) => get(office.context, id).number)
const no = (seq: number): string => `滕督函〔2026〕${seq}号`
const run = (id: string, told: (done: number, total: number) => void = () => undefined): void => runBatch(office.context.store, id, office.context, told)

async function finished(ids: readonly string[]): Promise<OutputOf<'letters.batchResult'>> {
  const { job } = unwrap(startBatch({ ids: [...ids], date: day }, office.context))
  for (let after = 0; ; ) {
    const view = unwrap(await office.context.jobs.wait(job, after, 10_000))
    after = view.version
    if (view.state !== 'running') return unwrap(batchResult({ job }, office.context))
  }
}

describe('batch', () => {
  it('numbers run in the order of units; a letter that cannot go stays behind with its reason and leaves no gap', () => {
    const ids = drafts(5)
    const broken = compose(office.context, { matter: '另一事项', officialId: 'qian' }).id
    office.context.store.write({ kind: 'test', author: 'a' }, (tx) => tx.remove('official', 'qian'))
    const id = planBatch(office.context.store, [broken, ...ids], day, office.context)
    run(id)
    expect(numbers(ids)).toEqual([no(3), no(1), no(4), no(2), no(5)])
    const { letters, refused } = office.context.store.read((db) => batchLetters(db, id, office.context))
    expect(letters.map((one) => one.number)).toEqual([1, 2, 3, 4, 5].map(no))
    expect(refused).toMatchObject([{ letterId: broken, code: 'LETTER_NO_OFFICIAL' }])
    expect(get(office.context, broken)).toMatchObject({ state: 'draft', number: null })
    expect(office.context.store.read(listBatches)).toMatchObject([{ id, total: 6, done: 6, refused: 1, startedBy: office.context.account.name }])
  })

  it('stopped between two writes, it goes on without issuing anything twice', () => {
    const ids = drafts(60)
    const id = planBatch(office.context.store, ids, day, office.context)
    expect(() => run(id, (done) => {
      if (done > 0) throw new Refusal('CANCELLED')
    })).toThrow(Refusal)
    expect(list(office.context, { state: 'issued' }).total).toBe(25)
    expect(office.context.store.read(listBatches)).toMatchObject([{ done: 25, total: 60, finishedOn: null }])
    run(id)
    const order = [...ids.filter((_, index) => index % 2 === 1), ...ids.filter((_, index) => index % 2 === 0)]
    expect(numbers(order)).toEqual(order.map((_, index) => no(index + 1)))
    run(id)
    expect(list(office.context, { state: 'issued' }).total).toBe(60)
  })

  it('黄牌 + 约谈 stand side by side; half of them is refused before anything is stored', () => {
    const pair = unwrap(draftLetters({ proposalIds: [putProposal(office.context, { id: 'p1', measure: 'yellowCardInterview' })] }, office.context)).letters.map((one) => one.id)
    expect(pair).toHaveLength(2)
    const [card = '', interview = ''] = pair
    const other = compose(office.context, { matter: '别的' }).id
    expect(() => planBatch(office.context.store, [interview, other], day, office.context)).toThrow(expect.objectContaining({ code: 'LETTER_STATE' }))
    const id = planBatch(office.context.store, [interview, other, card], day, office.context)
    run(id)
    expect(numbers([card, interview, other])).toEqual([no(1), no(2), no(3)])
  })

  it('issueProposals numbers in the order of units too, drafted and new ones among each other', () => {
    putProposal(office.context, { id: 'a', officialId: 'zhao', matter: '甲' })
    putProposal(office.context, { id: 'b', officialId: 'sun', unitId: department, matter: '乙' })
    putProposal(office.context, { id: 'c', officialId: 'zhao', matter: '丙' })
    putProposal(office.context, { id: 'd', officialId: 'sun', unitId: department, matter: '丁' })
    unwrap(draftLetters({ proposalIds: ['a'] }, office.context))
    const { letters, refused } = unwrap(issueProposals({ proposalIds: ['a', 'b', 'c', 'd'], date: day, override: '试' }, office.context))
    expect(refused).toEqual([])
    expect(letters.map((one) => [one.number, one.unitId])).toEqual([[no(1), department], [no(2), department], [no(3), township], [no(4), township]])
  })

  it('gives the Word files and one document in the order of units behind a cover list, and remembers who printed', async () => {
    const ids = drafts(3)
    const result = await finished(ids)
    const { batchId } = result
    const zip = unzipSync(unwrap(office.context.files.take(result.docx!.file)).bytes)
    expect(Object.keys(zip)).toHaveLength(3)
    for (const bytes of Object.values(zip)) expect(strFromU8(unzipSync(bytes)['word/document.xml']!)).toContain('〔2026〕')
    const html = new TextDecoder().decode(unwrap(office.context.files.take(result.pages!.file)).bytes)
    const pages = html.split('<section class="page').slice(1)
    expect(pages[0]).toContain('函件打印清单')
    expect(pages[0]!.indexOf('市发展和改革局')).toBeLessThan(pages[0]!.indexOf('荆河街道办事处'))
    expect(pages.slice(1).map((page) => ['孙立新', '赵明远'].find((name) => page.replaceAll(/<[^>]*>/gu, '').includes(name))).filter((name) => name !== undefined)).toEqual(['孙立新', '赵明远', '赵明远'])
    expect(html.match(/<\/html>/gu)).toHaveLength(1)
    unwrap(lettersPrinted({ ids: result.letters.map((one) => one.id), batchId }, office.context))
    expect(office.context.store.read(listBatches)).toMatchObject([{ id: batchId, printedOn: day, printedBy: office.context.account.name, done: 3 }])
    expect(codeOf(resumeBatch({ batchId: 'nothing' }, office.context))).toBe('NOT_FOUND')
  })

  it('leaves a letter of the office’s own template out of the pages, names it on the list, and gives no pages where there are no others', async () => {
    const { context } = office
    const token = context.files.offer({ name: '本单位.docx', mime: '', bytes: templateDocx(goodTemplate) })
    unwrap(activateTemplate({ id: unwrap(await uploadTemplate({ type: 'supervision', file: token, note: null }, context)).id }, context))
    const own = compose(context, { type: 'supervision', matter: '另一事项', stepReason: '直接督办' }).id
    const result = await finished([...drafts(2), own])
    expect(result.ownTemplate).toEqual([own])
    expect(Object.keys(unzipSync(unwrap(context.files.take(result.docx!.file)).bytes))).toHaveLength(3)
    const pages = new TextDecoder().decode(unwrap(context.files.take(result.pages!.file)).bytes).split('<section class="page').slice(1)
    const ownNumber = get(context, own).number!
    expect(pages[0]).toMatch(new RegExp(`<td>${ownNumber}</td>.*?<td>另打</td>`, 'u'))
    expect(pages[0]).toContain('请用 Word 或 WPS 打开各自的文件打印')
    expect(pages.slice(1).some((page) => page.replaceAll(/<[^>]*>/gu, '').includes(ownNumber))).toBe(false)
    expect(result.pages!.name).toContain('2件')
    expect(await finished([own])).toMatchObject({ ownTemplate: [own], pages: null, docx: { name: expect.stringContaining('1件') } })
  })
})
