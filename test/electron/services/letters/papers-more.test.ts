/** The papers beside a letter: forms, register on A3, 谈话记录, 履职档案, monthly 通报. */
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { letterRegister } from '../../../../electron/services/letters/files.ts'
import { saveMinutes } from '../../../../electron/services/letters/minutes.ts'
import { lettersMinutes } from '../../../../shared/contract/letters.ts'
import { closeLetter, deliverLetter } from '../../../../electron/services/letters/follow-up.ts'
import { voidLetter } from '../../../../electron/services/letters/withdraw.ts'
import { letterFile } from '../../../../electron/services/letters/papers.ts'
import { saveSettings } from '../../../../electron/services/settings.ts'
import { codeOf, compose, draftText, get, issued, makeLetterOffice, type LetterOffice } from '../../../host/letter-office.ts'
import { compensatedPage, landscapeA3Page, landscapePage, nominalPage } from '../../../../shared/letter/geometry.ts'
import type { LetterMinutes, LetterRow } from '../../../../shared/contract/letter-schemas.ts'
import { wordText } from '../../../host/word-text.ts'

let office: LetterOffice
beforeEach(async () => {
  office = await makeLetterOffice('papers-more')
})
afterEach(() => office.close())

type Made = { readonly file: string; readonly name: string }
const bytesOf = ({ file }: Made): Uint8Array => unwrap(office.context.files.take(file)).bytes
const document = (made: Made): string => strFromU8(unzipSync(bytesOf(made))['word/document.xml']!)

describe('forms', () => {
  it('keep the geometry that the letter was issued with', async () => {
    const { context } = office
    const before = issued(context)
    unwrap(saveSettings({ geometry: 'compensated' }, context))
    const after = issued(context, { officialId: 'qian' })
    for (const paper of ['deliveryReceipt', 'replyForm'] as const) {
      expect(document(unwrap(await letterFile({ id: before.id, as: 'docx', paper }, context)))).toContain(`w:top="${nominalPage.top}"`)
      expect(document(unwrap(await letterFile({ id: after.id, as: 'docx', paper }, context)))).toContain(`w:top="${compensatedPage.top}"`)
    }
  })
})

describe('a letter', () => {
  it('says the days for 复核 that the setting says, and an issued one goes on saying its own', async () => {
    const { context } = office
    const before = issued(context)
    unwrap(saveSettings({ reviewDays: 20 }, context))
    const after = issued(context, { officialId: 'qian' })
    const text = async ({ id }: LetterRow): Promise<string> => wordText(bytesOf(unwrap(await letterFile({ id, as: 'docx', paper: 'letter' }, context))))
    expect(await text(before)).toContain('之日起30日内申请复核')
    expect(await text(after)).toContain('之日起20日内申请复核')
  })
})

describe('register', () => {
  it('comes on A4 or A3, with the sums of its page and of all', async () => {
    const { context } = office
    issued(context)
    issued(context, { officialId: 'qian' })
    for (const [size, page] of [['A4', landscapePage], ['A3', landscapeA3Page]] as const) {
      const made = unwrap(await letterRegister({ year: 2026, as: 'docx', size }, context))
      expect(made.name).toBe(size === 'A3' ? '函件台账-2026年-A3.docx' : '函件台账-2026年.docx')
      const text = document(made)
      expect(text).toContain(`w:w="${page.width}"`)
      for (const word of ['赵明远', '钱学林', '滕督函〔2026〕1号', '本页小计：2件，其中逾期0件。', '合计：2件']) expect(text).toContain(word)
    }
  })
})

const notice = (officialId = 'zhao'): LetterRow => issued(office.context, {
  type: 'interview', officialId, stepReason: '直接约谈', cause: '重点项目建设进度滞后', text: { ...draftText, type: 'interview', replyDays: 0, interview: { at: '2026-07-10T09:30', place: '二楼会议室', talkers: '周晓', bring: null } },
})
const record: LetterMinutes = {
  from: '2026-07-10T09:30', to: '2026-07-10T10:20', place: '三号楼会议室', talkers: ['周晓', '吴敏'], recorder: '郑文', content: [{ by: 'talker', text: '请说明项目情况。' }, { by: 'person', text: '征地已经完成。\n下周进场。' }],
  account: ['对数据没有异议'], pledge: ['八月底前完成主体'], followUpOn: '2026-08-31',
}
const minutes = (id: string, over: Partial<LetterMinutes> = {}) => saveMinutes(lettersMinutes.input.parse({ id, minutes: { ...record, ...over } }), office.context)

describe('谈话记录', () => {
  it('stands with its notice and on its paper, every field', async () => {
    const { context } = office
    const { id } = notice()
    expect(get(context, id)).toMatchObject({ minutes: null })
    expect(get(context, id).allowed).toContain('minutes')
    // Before the talk: the form to take along, with what the notice says and lines to write on.
    const form = wordText(bytesOf(unwrap(await letterFile({ id, as: 'docx', paper: 'minutes' }, context))))
    for (const word of ['谈话记录', '2026年7月10日（星期五）9时30分', '二楼会议室', '赵明远', '周晓']) expect(form).toContain(word)
    expect(form.split('\n').filter((line) => line.trim() === '').length).toBeGreaterThan(20)
    const reminder = issued(context, { officialId: 'qian', matter: '另一事项' })
    expect(codeOf(await letterFile({ id: reminder.id, as: 'docx', paper: 'minutes' }, context))).toBe('NOT_FOUND')
    unwrap(minutes(id, { place: '二楼' }))
    unwrap(minutes(id))
    const whole = get(context, id)
    expect(whole.minutes).toEqual({ ...record, content: [{ by: 'talker', text: '请说明项目情况。' }, { by: 'person', text: '征地已经完成。' }, { by: null, text: '下周进场。' }] })
    expect(whole.timeline.filter((one) => one.action === 'letters.minutes')).toHaveLength(2)
    const made = unwrap(await letterFile({ id, as: 'docx', paper: 'minutes' }, context))
    expect(made.name).toBe('滕督函〔2026〕1号-赵明远-谈话记录.docx')
    const text = wordText(bytesOf(made))
    for (const word of ['谈话记录', '2026年7月10日（星期五）9时30分至10时20分', '三号楼会议室', '赵明远', '党工委书记', '荆河街道办事处', '周晓、吴敏', '郑文', '重点项目建设进度滞后', '滕督函〔2026〕1号', '问：请说明项目情况。', '答：征地已经完成。', '下周进场。', '对数据没有异议', '八月底前完成主体']) expect(text).toContain(word)
    expect(text).not.toContain('二楼')
  })

  it('is refused where it cannot be true', () => {
    const { context } = office
    const { id } = notice()
    expect(codeOf(minutes(id, { from: '2026-07-05T09:00', to: null }))).toBe('DATE_ORDER')
    expect(codeOf(minutes(id, { to: '2026-07-10T09:30' }))).toBe('DATE_ORDER')
    expect(codeOf(minutes(id, { followUpOn: '2026-07-09' }))).toBe('DATE_ORDER')
    expect(codeOf(minutes(id, { from: '2026-07-10T25:00', to: null }))).toBe('BAD_INPUT')
    expect(codeOf(minutes(id, { place: '机密★三年' }))).toBe('SECRECY_GRADE')
    expect(codeOf(minutes(issued(context, { officialId: 'qian' }).id))).toBe('BAD_INPUT')
    expect(get(context, issued(context, { officialId: 'qian', matter: '招商引资' }).id).allowed).not.toContain('minutes')
    expect(codeOf(minutes(compose(context, { type: 'interview', officialId: 'sun', stepReason: '直接约谈' }).id))).toBe('LETTER_STATE')
    expect(get(context, id).minutes).toBeNull()
  })

  it('may come after 销号, never after 撤销', () => {
    const { context } = office
    const closed = notice()
    unwrap(deliverLetter({ id: closed.id, at: '2026-07-07T09:00', receiver: '赵明远' }, context))
    unwrap(closeLetter({ id: closed.id, on: '2026-07-11', conclusion: '已约谈' }, context))
    expect(unwrap(minutes(closed.id)).state).toBe('closed')
    const gone = notice('qian')
    unwrap(voidLetter({ id: gone.id, on: '2026-07-07', reason: '对象有误' }, context))
    expect(codeOf(minutes(gone.id))).toBe('LETTER_STATE')
  })
})
