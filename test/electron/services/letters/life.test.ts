import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unwrap, unwrap as plainUnwrap, type Result } from '../../../../shared/result.ts'
import { attachmentFile, letterFilesResult, letterRegister, startLetterFiles } from '../../../../electron/services/letters/files.ts'
import { closeLetter, countMissingDues, deliverLetter, extendLetter, judgeReply, lettersPrinted, replyToLetter } from '../../../../electron/services/letters/follow-up.ts'
import { checkLetters, submitLetters } from '../../../../electron/services/letters/check.ts'
import { discardLetter, editLetter } from '../../../../electron/services/letters/compose.ts'
import { issueLetters } from '../../../../electron/services/letters/issue.ts'
import { letterFile, previewLetter } from '../../../../electron/services/letters/papers.ts'
import { voidLetter } from '../../../../electron/services/letters/withdraw.ts'
import { saveCalendar } from '../../../../electron/services/calendar-tables.ts'
import { readWorkbook } from '../../../../electron/spreadsheets/read.ts'
import { codeOf, compose, day, draftText, get, issued, list, makeLetterOffice, type LetterOffice } from '../../../host/letter-office.ts'

let office: LetterOffice
beforeEach(async () => {
  office = await makeLetterOffice('life')
})
afterEach(() => office.close())

const delivery = { receiver: '办公室李干事', relation: '同事', method: '直接送达', place: '街道办公楼', server: '周晓' }
const serve = (id: string, at = '2026-07-08T10:30') => deliverLetter({ id, at, ...delivery }, office.context)

function scan(name: string, text: string): string {
  const bytes = new TextEncoder().encode(text)
  const token = unwrap(office.context.files.begin(name, bytes.length))
  unwrap(office.context.files.append(token, 0, bytes))
  return token
}

describe('the whole life of a letter', () => {
  it('goes from draft to 销号 and keeps every step', () => {
    const { context, env } = office
    const unwrap = <T>(result: Result<T>): T => {
      env.clock.now += 1_000
      return plainUnwrap(result)
    }
    const drafted = compose(context)
    expect(drafted).toMatchObject({ state: 'draft', number: null, unit: '荆河街道办事处', official: '赵明远', post: '党工委书记', draftedBy: '管理员' })
    expect(unwrap(submitLetters({ ids: [drafted.id] }, context))[0]?.state).toBe('checking')
    expect(unwrap(checkLetters({ ids: [drafted.id], pass: false, note: '依据再核实' }, context))[0]?.state).toBe('returned')
    unwrap(editLetter({ id: drafted.id, draft: { ...draftText, basis: '履职尽责信息通报机制；重点项目建设月通报' } }, context))
    unwrap(submitLetters({ ids: [drafted.id] }, context))
    expect(unwrap(checkLetters({ ids: [drafted.id], pass: true, note: null }, context))[0]?.state).toBe('checked')
    const sent = unwrap(issueLetters({ ids: [drafted.id], date: day }, context)).letters[0]!
    expect(sent).toMatchObject({ state: 'issued', number: '滕督函〔2026〕1号', issuedOn: day, issuedBy: '管理员', replyDue: null })
    unwrap(lettersPrinted({ ids: [sent.id] }, context))
    // Wednesday 8 July + 15 working days: 29 July.
    expect(unwrap(serve(sent.id))).toMatchObject({ state: 'awaiting', deliveredOn: '2026-07-08', replyDue: '2026-07-29' })
    expect(unwrap(extendLetter({ id: sent.id, askedOn: '2026-07-29', newDue: '2026-08-05', reason: '需要核实数据' }, context)).replyDue).toBe('2026-08-05')
    const token = scan('书面说明.pdf', '%PDF-1.4 说明')
    expect(unwrap(replyToLetter({ id: sent.id, receivedOn: '2026-08-03', summary: '已制定赶工计划', form: '纸质', scans: [token] }, context))).toMatchObject({ state: 'replied', repliedOn: '2026-08-03', overdueDays: 0 })
    expect(unwrap(judgeReply({ id: sent.id, verdict: '补充', on: '2026-08-04', note: '补充投资凭证', newDue: '2026-08-14' }, context))).toMatchObject({ state: 'supplement', replyDue: '2026-08-14' })
    unwrap(replyToLetter({ id: sent.id, receivedOn: '2026-08-12', summary: '凭证已补', scans: [] }, context))
    expect(unwrap(judgeReply({ id: sent.id, verdict: '认可', on: '2026-08-13' }, context)).state).toBe('accepted')
    expect(unwrap(closeLetter({ id: sent.id, on: '2026-08-14', conclusion: '整改到位' }, context))).toMatchObject({ state: 'closed', closedOn: '2026-08-14', conclusion: '整改到位' })

    const whole = get(context, sent.id)
    expect(whole.timeline.map((one) => one.action)).toEqual([
      'letters.compose', 'letters.submit', 'letters.return', 'letters.edit', 'letters.submit', 'letters.pass', 'letters.issue', 'letters.printed', 'letters.deliver', 'letters.extend', 'letters.reply',
      'letters.judge', 'letters.reply', 'letters.judge', 'letters.close',
    ])
    expect(whole.replies).toHaveLength(2)
    expect(whole.replies[0]?.scans).toMatchObject([{ fileName: '书面说明.pdf', mime: 'application/pdf', missing: false }])
    const file = unwrap(attachmentFile({ id: whole.replies[0]!.scans[0]!.id }, context))
    expect(new TextDecoder().decode(unwrap(context.files.take(file.file)).bytes)).toBe('%PDF-1.4 说明')
    expect(whole.deliveries).toMatchObject([{ receiver: '办公室李干事', deliveredAt: '2026-07-08T10:30' }])
    expect(whole.allowed).toEqual(['print', 'clarify', 'askRecheck'])
    expect(office.folder.store.verify()).toEqual({ ok: true, problems: [] })
  })

  it('counts overdue days until the reply has come', () => {
    const { context, env } = office
    const { id } = issued(context)
    unwrap(serve(id))
    env.clock.now = Date.UTC(2026, 7, 3, 1)
    expect(list(context, { overdue: true }).items).toMatchObject([{ id, overdueDays: 5, state: 'awaiting' }])
    unwrap(replyToLetter({ id, receivedOn: '2026-08-03', scans: [] }, context))
    env.clock.now = Date.UTC(2026, 8, 3, 1)
    expect(get(context, id).overdueDays).toBe(5)
    expect(list(context, { overdue: true }).total).toBe(0)
  })

  it('records a delivery beyond the published calendar without guessing, and counts when the calendar comes', () => {
    const { context } = office
    const { id } = issued(context, {}, '2027-03-01')
    expect(unwrap(serve(id, '2027-03-02T09:00'))).toMatchObject({ state: 'awaiting', replyDue: null, deliveredOn: '2027-03-02' })
    expect(get(context, id).replyDueBasis).toBe('日历未公布')
    unwrap(saveCalendar({ year: 2027, holidays: ['2027-03-08'], extraWorkdays: [] }, context, countMissingDues))
    expect(get(context, id)).toMatchObject({ replyDue: '2027-03-24', replyDueBasis: '自2027-03-02收到次日起15个工作日' })
  })

  it('a second service moves no limit, an earlier one entered late does', () => {
    const { context } = office
    const { id } = issued(context)
    unwrap(serve(id, '2026-07-09T09:00'))
    const due = get(context, id).replyDue
    expect(unwrap(serve(id, '2026-07-20T09:00')).replyDue).toBe(due)
    expect(unwrap(serve(id, '2026-07-08T09:00')).replyDue).toBe('2026-07-29')
  })
})

describe('refusals after the issue', () => {
  it('keeps the order of days', () => {
    const { context } = office
    const { id } = issued(context)
    expect(codeOf(serve(id, '2026-07-05T23:59'))).toBe('DATE_ORDER')
    expect(codeOf(replyToLetter({ id, receivedOn: '2026-07-20', scans: [] }, context))).toBe('LETTER_STATE')
    unwrap(serve(id))
    expect(codeOf(extendLetter({ id, askedOn: '2026-07-30', newDue: '2026-08-10', reason: '忙' }, context))).toBe('DEADLINE_PASSED')
    expect(codeOf(extendLetter({ id, askedOn: '2026-07-20', newDue: '2026-07-29', reason: '忙' }, context))).toBe('DATE_ORDER')
    expect(codeOf(replyToLetter({ id, receivedOn: '2026-07-07', scans: [] }, context))).toBe('DATE_ORDER')
    expect(codeOf(replyToLetter({ id, receivedOn: '2026-07-20', scans: ['no-such-token'] }, context))).toBe('FILE_TOKEN')
    expect(codeOf(judgeReply({ id, verdict: '认可', on: '2026-07-20' }, context))).toBe('LETTER_STATE')
    unwrap(replyToLetter({ id, receivedOn: '2026-07-20', scans: [] }, context))
    expect(codeOf(judgeReply({ id, verdict: '认可', on: '2026-07-19' }, context))).toBe('DATE_ORDER')
    expect(codeOf(replyToLetter({ id, receivedOn: '2026-07-19', scans: [] }, context))).toBe('DATE_ORDER')
    expect(codeOf(judgeReply({ id, verdict: '认可', on: '2026-07-21', newDue: '2026-08-01' }, context))).toBe('BAD_INPUT')
    expect(codeOf(closeLetter({ id, on: '2026-07-22' }, context))).toBe('LETTER_STATE')
    unwrap(judgeReply({ id, verdict: '认可', on: '2026-07-21' }, context))
    expect(codeOf(closeLetter({ id, on: '2026-07-20' }, context))).toBe('DATE_ORDER')
    unwrap(closeLetter({ id, on: '2026-07-22' }, context))
    expect(codeOf(voidLetter({ id, on: '2026-07-23', reason: '错' }, context))).toBe('LETTER_STATE')
    expect(get(context, id).conclusion).toBe('认可')
  })

  it('a withdrawn letter keeps its number and stays in the record', () => {
    const { context } = office
    const { id } = issued(context)
    expect(codeOf(voidLetter({ id, on: '2026-07-05', reason: '对象有误' }, context))).toBe('DATE_ORDER')
    expect(unwrap(voidLetter({ id, on: '2026-07-07', reason: '对象有误' }, context))).toMatchObject({ state: 'void', number: '滕督函〔2026〕1号', voidReason: '对象有误' })
    expect(issued(context, { officialId: 'qian' }, '2026-07-08').number).toBe('滕督函〔2026〕2号')
    expect(codeOf(serve(id))).toBe('LETTER_STATE')
    expect(get(context, id).layout.number).toBe('滕督函〔2026〕1号')
  })

  it('an issued letter cannot be edited or discarded, its paper never changes', () => {
    const { context } = office
    const { id } = issued(context)
    expect(codeOf(editLetter({ id, draft: draftText }, context))).toBe('LETTER_STATE')
    expect(codeOf(discardLetter({ id, reason: '不要了' }, context))).toBe('LETTER_STATE')
    const before = get(context, id).layout
    context.store.write({ kind: 'test.rename', author: context.account.id }, (tx) => {
      tx.put('official', 'zhao', 'identity', { name: '赵明元', gender: '男', birth: '1975-03' })
      tx.put('unit', 'unit-jinghe', 'identity', { name: '荆河新街道', kind: 'township' })
    })
    expect(get(context, id).layout).toEqual(before)
    expect(get(context, id)).toMatchObject({ official: '赵明远', unit: '荆河街道办事处' })
    expect(compose(context, { matter: '招商引资' })).toMatchObject({ official: '赵明元', unit: '荆河新街道' })
    expect(list(context, { query: '赵明远' }).items.map((one) => one.id)).toEqual([id])
  })
})

describe('papers', () => {
  it('says facts with figures, period and source, the basis, the limit, the right of reply', () => {
    const { context } = office
    const { id } = issued(context)
    const { layout } = get(context, id)
    const text = layout.body.join('\n')
    expect(layout).toMatchObject({ format: 'letter', mark: '中共滕州市委办公室', number: '滕督函〔2026〕1号', addressee: '荆河街道办事处党工委书记赵明远同志：', signature: '中共滕州市委办公室', date: '2026年7月6日' })
    expect(text).toContain('2026年6月，截至6月底投资完成率30%，时序进度50%')
    expect(text).toContain('市发展和改革局《2026年6月重点项目进展》')
    expect(text).toContain('自收到本函之日起15个工作日内，将书面说明')
    expect(text).toContain('申请复核')
  })

  it('gives the Word file under 字号-对象.docx, the forms beside it, and a preview with unsaved text', async () => {
    const { context } = office
    const { id } = issued(context)
    const docx = unwrap(await letterFile({ id, as: 'docx', paper: 'letter' }, context))
    expect(docx.name).toBe('滕督函〔2026〕1号-赵明远.docx')
    const parts = unzipSync(unwrap(context.files.take(docx.file)).bytes)
    expect(strFromU8(parts['word/document.xml']!)).toContain('赵明远')
    expect(unwrap(await letterFile({ id, as: 'docx', paper: 'deliveryReceipt' }, context)).name).toBe('滕督函〔2026〕1号-赵明远-送达回证.docx')
    expect(unwrap(await letterFile({ id, as: 'html', paper: 'replyForm' }, context)).name).toBe('滕督函〔2026〕1号-赵明远-书面说明.html')
    const drafted = compose(context, { matter: '招商引资' })
    expect(unwrap(await previewLetter({ id: drafted.id, draft: { ...draftText, title: '关于预览的函' } }, context)).layout).toMatchObject({ title: '关于预览的函', number: '（编号待定）' })
    expect(codeOf(await letterFile({ id: drafted.id, as: 'docx', paper: 'deliveryReceipt' }, context))).toBe('LETTER_STATE')
  })

  it('puts many letters into one archive; equal names get -2', async () => {
    const { context } = office
    const ids = [issued(context).id, compose(context, { matter: '甲' }).id, compose(context, { matter: '乙' }).id]
    expect(codeOf(startLetterFiles({ ids: ['nowhere'] }, context))).toBe('NOT_FOUND')
    const { job } = unwrap(startLetterFiles({ ids }, context))
    for (let version = 0; ;) {
      const view = unwrap(await context.jobs.wait(job, version, 20_000))
      if (view.state !== 'running') break
      version = view.version
    }
    const done = unwrap(letterFilesResult({ job }, context))
    expect(done).toMatchObject({ count: 3, name: '函件-2026-07-06-3件.zip' })
    const files = unzipSync(unwrap(context.files.take(done.file)).bytes)
    expect(Object.keys(files)).toEqual(['滕督函〔2026〕1号-赵明远.docx', '编号待定-赵明远.docx', '编号待定-赵明远-2.docx'])
    expect(strFromU8(unzipSync(files['滕督函〔2026〕1号-赵明远.docx']!)['word/document.xml']!)).toContain('龙泉广场项目')
  })

  it('writes the register in the order of numbers, with the withdrawn letters marked', async () => {
    const { context } = office
    const first = issued(context)
    issued(context, { officialId: 'qian' })
    unwrap(voidLetter({ id: first.id, on: '2026-07-07', reason: '对象有误' }, context))
    const xlsx = unwrap(await letterRegister({ year: 2026, as: 'xlsx' }, context))
    const book = readWorkbook(unwrap(context.files.take(xlsx.file)).bytes, xlsx.name)
    const texts = book.sheets[0]!.rows.map((row) => row.cells.map((cell) => (cell?.type === 'text' ? cell.text : cell?.type === 'number' ? String(cell.value) : '')))
    expect(texts[0]?.slice(0, 4)).toEqual(['序号', '文号', '类型', '单位'])
    expect(texts[1]?.join('|')).toContain('滕督函〔2026〕1号|提醒函|荆河街道办事处|赵明远')
    expect(texts[1]?.join('|')).toContain('已撤销：对象有误')
    expect(texts[2]?.[1]).toBe('滕督函〔2026〕2号')
    const word = unwrap(await letterRegister({ year: 2026, as: 'docx' }, context))
    expect(strFromU8(unzipSync(unwrap(context.files.take(word.file)).bytes)['word/document.xml']!)).toContain('钱学林')
    expect(codeOf(await letterRegister({ unitId: 'nowhere', as: 'xlsx' }, context))).toBe('NOT_FOUND')
  })

  it('a letter without a contact or a title in the roster can still go out', async () => {
    const { context } = office
    context.store.write({ kind: 'test.post', author: context.account.id }, (tx) =>
      tx.put('post', 'post-qian', 'post', { officialId: 'qian', unitId: 'unit-jinghe', title: null, rank: null, isHead: false, portfolio: null, since: null, until: null }))
    const sent = issued(context, { officialId: 'qian', text: { contactName: null, contactPhone: null } })
    expect(get(context, sent.id).layout.addressee).toBe('荆河街道办事处钱学林同志：')
    expect(unwrap(await previewLetter({ id: sent.id }, context)).html).not.toContain('联系人')
  })
})
