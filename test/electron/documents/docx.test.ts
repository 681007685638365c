import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { layoutToDocx } from '../../../electron/documents/docx.ts'
import type { LetterContent } from '../../../shared/letter/content.ts'
import { layoutTexts } from '../../../shared/letter/describe.ts'
import { findBlock } from '../../../shared/letter/layout-types.ts'
import type { LetterLayout } from '../../../shared/letter/layout-types.ts'
import { layoutLetter } from '../../../shared/letter/layout.ts'
import { layoutReceipt } from '../../../shared/letter/papers/receipt.ts'
import { layoutRegister } from '../../../shared/letter/papers/register.ts'
import { layoutStatementForm } from '../../../shared/letter/papers/statement.ts'
import { placeLayout } from '../../../shared/letter/place.ts'
import { docxParts, paragraphTexts, xmlFault } from '../../host/letters/read-docx.ts'
import { everyType, hardCases, reminder } from '../../host/letters/samples.ts'

const letters: readonly (readonly [string, LetterContent])[] = [...everyType.map((c) => [c.type, c] as const), ...Object.entries(hardCases)]
const papers: readonly (readonly [string, LetterLayout])[] = [
  ['receipt', layoutReceipt({
    paper: '关于招商引资工作的提醒函', number: '滕督函〔2026〕12号', sender: '滕州市人民政府办公室', addressee: '级索镇镇长欧阳㛃娜', time: '2026-07-09T15:05', place: '级索镇机关',
    method: '直接送达', receiver: '南宫某', relation: '同事', server: '东方某', remarks: '当面签收',
  })],
  ['statement', layoutStatementForm({ letterTitle: '关于招商引资工作的提醒函', number: '滕督函〔2026〕12号', name: '欧阳㛃娜', unit: '级索镇', post: '镇长', due: '2026-07-31' })],
  ['register', layoutRegister({
    organ: '滕州市人民政府办公室', year: '2026', rows: Array.from({ length: 40 }, (_, i) => ({
      number: `滕督函〔2026〕${i + 1}号`, type: '提醒函', unit: '级索镇', name: '欧阳㛃娜', post: '镇长', matter: '招商引资工作', issuer: '南宫某', issuedOn: '2026-07-08', deliveredOn: '2026-07-09',
      dueOn: '2026-07-31', repliedOn: null, overdueDays: i % 2, conclusion: null, closedOn: null, remark: null,
    })),
  })],
]
/** Letters whose text ends near the bottom of a page, where a signature or a note could be left alone on the next. */
const edges = [509, 537, 565, 593, 700].flatMap((length) => [[], ['市委组织部']].map((copyTo): readonly [string, LetterContent] =>
  [`edge${length}-${copyTo.length}`, { ...reminder, copyTo, facts: reminder.facts.map((one) => ({ ...one, statement: '督'.repeat(length) })) }]))
const all = [...[...letters, ...edges].map(([name, content]) => [name, layoutLetter(content)] as const), ...papers]

function docxTexts(parts: Readonly<Record<string, string>>): readonly string[] {
  const heads = Object.keys(parts).filter((name) => /^word\/header\d*\.xml$/.test(name)).flatMap((name) => paragraphTexts(parts[name] ?? ''))
  return [...heads, ...paragraphTexts(parts['word/document.xml'] ?? '')].flatMap((text) => text.split('|')).filter((text) => text !== '')
}

describe('layoutToDocx', () => {
  it.each(all)('%s: every part is well-formed and the texts are the layout’s', async (_, layout) => {
    const parts = docxParts(await layoutToDocx(layout))
    for (const [name, xml] of Object.entries(parts)) expect([name, xmlFault(xml)]).toEqual([name, null])
    expect([...docxTexts(parts)].sort()).toEqual(layoutTexts(layout).filter((text) => text !== '').toSorted())
  })

  it('carries markup characters and rare ones unharmed', async () => {
    const name = '<w:p>&"甲\'𬱖㛃'
    const layout = layoutLetter({ ...reminder, contact: { name, phone: '1&2' }, organ: { mark: '滕<&>办', sign: '滕<&>办' } })
    const parts = docxParts(await layoutToDocx(layout))
    for (const [part, xml] of Object.entries(parts)) expect([part, xmlFault(xml)]).toEqual([part, null])
    expect(docxTexts(parts)).toContain(`（联系人：${name}，电话：1&2）`)
    expect(docxTexts(parts)).toContain('滕<&>办')
  })

  it('finds a broken part', () => {
    expect(xmlFault('<a><b></a>')).not.toBeNull()
    expect(xmlFault('<a x="1" x="2"/>')).not.toBeNull()
    expect(xmlFault('<a>1 & 2</a>')).not.toBeNull()
  })

  it('gives equal bytes for equal letters and names nobody in the metadata', async () => {
    const [a, b] = [await layoutToDocx(layoutLetter(reminder)), await layoutToDocx(layoutLetter(structuredClone(reminder)))]
    expect(Buffer.from(a).equals(Buffer.from(b))).toBe(true)
    const core = docxParts(a)['docProps/core.xml'] ?? ''
    expect(core).not.toMatch(/creator|lastModifiedBy|created|Un-named/u)
    expect(Buffer.from(await layoutToDocx(layoutLetter({ ...reminder, number: '滕督函〔2026〕99号' }))).equals(Buffer.from(a))).toBe(false)
  })

  it('holds the measures of the standard', async () => {
    const parts = docxParts(await layoutToDocx(layoutLetter(reminder)))
    const document = parts['word/document.xml'] ?? ''
    expect(document).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"/)
    expect(document).toContain('<w:docGrid w:type="lines" w:linePitch="579"/>')
    expect(document).toContain('<w:titlePg/>')
    const styles = parts['word/styles.xml'] ?? ''
    expect(styles).toMatch(/w:styleId="LetterBody".*?w:line="579" w:lineRule="exact".*?<w:spacing w:val="-5"\/><w:sz w:val="32"\/>/)
    const heads = Object.entries(parts).filter(([name]) => /word\/(header|footer)/.test(name)).map(([, xml]) => xml).join('')
    expect(heads).toMatch(/<w:bottom w:val="thickThinSmallGap" w:color="FF0000" w:sz="24"|<w:bottom[^>]*thickThinSmallGap/)
    expect(heads).toMatch(/<w:bottom[^>]*thinThickSmallGap/)
    expect(heads).toMatch(/w:left="-4\d\d" w:right="-3\d\d"/)
  })

  it('defines every style that is used, and sets all four font slots of every run', async () => {
    for (const [, layout] of all) {
      const parts = docxParts(await layoutToDocx(layout))
      const styles = parts['word/styles.xml'] ?? ''
      const body = ['word/document.xml', ...Object.keys(parts).filter((name) => /word\/(header|footer)\d*\.xml/.test(name))].map((name) => parts[name] ?? '').join('')
      for (const [, id] of body.matchAll(/<w:pStyle w:val="([^"]+)"/g)) expect(styles).toContain(`w:styleId="${id}"`)
      for (const [, id] of styles.matchAll(/<w:basedOn w:val="([^"]+)"/g)) expect(styles).toContain(`w:styleId="${id}"`)
      for (const [fonts] of body.matchAll(/<w:rFonts[^>]*>/g)) for (const slot of ['ascii', 'hAnsi', 'eastAsia', 'cs']) expect(fonts).toContain(`w:${slot}="`)
    }
  })
})

const office = spawnSync('soffice', ['--version']).status === 0 && spawnSync('pdftotext', ['-v']).status === 0

describe.skipIf(!office)(office ? 'in LibreOffice' : 'in LibreOffice (skipped: soffice or pdftotext is not installed)', () => {
  it('prints every field, on as many pages as the layout counts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dutydesk-letters-'))
    try {
      for (const [name, layout] of all) writeFileSync(join(folder, `${name}.docx`), await layoutToDocx(layout))
      execFileSync('soffice', ['--headless', `-env:UserInstallation=file://${folder}/profile`, '--convert-to', 'pdf', '--outdir', folder, ...all.map(([name]) => join(folder, `${name}.docx`))], { stdio: 'ignore' })
      for (const [name, layout] of all) {
        const printed = execFileSync('pdftotext', ['-raw', join(folder, `${name}.pdf`), '-'], { encoding: 'utf8' })
        const pages = printed.split('\f').length - 1
        const text = printed.replace(/— \d+ —/gu, '').replace(/\s/gu, '')
        for (const part of layoutTexts(layout)) expect([name, text.includes(part.replace(/\s/gu, '')) || part]).toEqual([name, true])
        if (layout.blocks.some((block) => block.role === 'signature')) expect([name, pages]).toEqual([name, placeLayout(layout).length])
        const last = printed.split('\f').at(-2) ?? ''
        const note = findBlock(layout, 'note')
        // The last page begins with text of the letter, never with the signature or the note.
        if (note) expect([name, /^(?:滕州市人民政府办公室|（联系人|\d{4}年\d+月\d+日\n)/u.test(last.trim()) && pages > 1]).toEqual([name, false])
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
