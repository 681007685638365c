/** Files that nobody should import, through the whole way of a window's import: one clear sentence, and the record is as it was. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CFB, utils, write } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { investmentWorkbook } from '../../../../build/bench/support/county.ts'
import { errorSentence } from '../../../../shared/text/errors.ts'
import { newDoor, type Door } from '../../../host/door.ts'
import { sampleDir, sampleFiles } from '../../../host/sample.ts'
import { xlsxOf, zipOf } from '../../spreadsheets/workbooks.ts'

const text = (value: string): Uint8Array => new Uint8Array(Buffer.from(value))
const oneRow = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
const good = investmentWorkbook(2)
const xls = new Uint8Array(write(utils.book_new(utils.aoa_to_sheet([['单位', '位次'], ['第1街道', 1]])), { type: 'buffer', bookType: 'biff8' }) as Buffer)

function container(...parts: readonly (readonly [string, number])[]): Uint8Array {
  const made = CFB.utils.cfb_new()
  for (const [path, size] of parts) CFB.utils.cfb_add(made, path, Buffer.alloc(size, 7))
  return new Uint8Array(CFB.write(made, { type: 'buffer' }) as Buffer)
}

const csv = (rows: number): Uint8Array => text(`2026年6月份全市双招双引工作情况通报\n镇街,责任领导,全年任务,在谈项目,签约项目,签约额(万元),开工项目\n${'第1街道,赵建国,8,1,1,100,1\n'.repeat(rows)}`)

const root = mkdtempSync(join(tmpdir(), 'dutydesk-hostile-'))
let door: Door
beforeAll(async () => {
  door = await newDoor({ roster: 2, dataDir: join(root, 'data') })
})
afterAll(async () => {
  await door.must('session.logout', {})
  rmSync(root, { recursive: true })
})

function record(): unknown {
  const { store } = door.backend.session.current()!
  return { digest: store.digest(), dump: [...store.dump()].join(''), events: store.read((db) => db.get('SELECT count(*) AS n FROM change')) }
}

describe('a file that is refused', () => {
  it.each<[string, string, Uint8Array, string]>([
    ['with a password', '通报.xlsx', container(['/EncryptedPackage', 6000], ['/EncryptionInfo', 200]), 'FILE_ENCRYPTED'],
    ['cut off', '通报.xlsx', good.slice(0, Math.floor(good.length * 0.7)), 'FILE_DAMAGED'],
    ['cut off in its first bytes', '通报.xlsx', good.slice(0, 30), 'FILE_DAMAGED'],
    ['.xls cut off', '通报.xls', xls.slice(0, 1500), 'FILE_DAMAGED'],
    ['without a value', '通报.xlsx', xlsxOf({ sheet: '<sheetData/>' }), 'FILE_EMPTY'],
    ['of blanks', '通报.csv', text('\ufeff \r\n'), 'FILE_EMPTY'],
    ['of 65 MB', '通报.xlsx', new Uint8Array(65 * 1024 * 1024).fill(0x50), 'FILE_TOO_LARGE'],
    ['a web page named .xls', '通报.xls', text('<html><meta charset="gbk"><table><tr><td>单位</td></tr></table></html>'), 'FILE_HTML'],
    ['with macros', '通报.xlsx', xlsxOf({ sheet: oneRow, more: [{ name: 'xl/vbaProject.bin', bytes: text('x') }] }), 'FILE_MACRO'],
    ['a zip bomb', '通报.xlsx', xlsxOf({ sheet: Buffer.alloc(40 * 1024 * 1024, 0x20), sheetPart: { declaredSize: 2000 } }), 'FILE_BOMB'],
    ['a picture', '通报.xlsx', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'FILE_WRONG_KIND'],
    ['an old Word document', '通报.xls', container(['/WordDocument', 5000]), 'FILE_WRONG_KIND'],
    ['a zip of something else', '通报.xlsx', zipOf([{ name: 'a.png', bytes: text('x') }]), 'FILE_WRONG_KIND'],
    ['of 200,001 rows', '招商6月.csv', csv(200_001), 'FILE_TOO_MANY_ROWS'],
    ['of no kind', '名单.csv', text('甲,乙,丙,丁\n1,2,3,4\n'), 'KIND_UNKNOWN'],
  ])('%s', async (_, name, bytes, code) => {
    const before = record()
    const answer = await door.importFile(name, bytes)
    expect(answer).toMatchObject({ ok: false, error: { code } })
    if (answer.ok) return
    const sentence = errorSentence(answer.error)
    expect(sentence).toMatch(/^[^。]+。(?:[^。]+。){0,2}$/)
    expect(sentence).not.toMatch(/undefined|null|NaN|编号/)
    if (code.startsWith('FILE_')) expect(sentence).toContain(`“${name}”`)
    expect(record()).toEqual(before)
  })

  it('the sample under a wrong ending or a wrong name is read by what it holds', async () => {
    const units = readFileSync(`${sampleDir}${sampleFiles[0]!}`)
    const job = await door.start('名册.xls', new Uint8Array(units), { dryRun: true })
    expect(await door.finish(job)).toMatchObject({ ok: true, value: { kind: 'units' } })
  })
})
