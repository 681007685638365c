/** The papers beside a letter: forms, register on A3, 谈话记录, 履职档案, monthly 通报. */
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { letterRegister } from '../../../../electron/services/letters/files.ts'
import { letterFile } from '../../../../electron/services/letters/papers.ts'
import { saveSettings } from '../../../../electron/services/settings.ts'
import { issued, makeLetterOffice, type LetterOffice } from '../../../host/letter-office.ts'
import { compensatedPage, landscapeA3Page, landscapePage, nominalPage } from '../../../../shared/letter/geometry.ts'

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
