import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Docxtemplater from 'docxtemplater'
import { unzipSync, zipSync } from 'fflate'
import PizZip from 'pizzip'
import { describe, expect, it } from 'vitest'
import { allCases } from '../../build/print/cases.ts'
import { inFolder } from '../../build/print/print.ts'
import { layoutToDocx } from '../../electron/documents/docx.ts'
import { layoutTexts } from '../../shared/letter/describe.ts'
import { docxParts, xmlFault } from '../host/letters/read-docx.ts'

const cases = allCases()
const python = ['python3', '/usr/bin/python3', 'python'].find((name) => spawnSync(name, ['-c', 'import docx']).status === 0)

/** Parts that a relationship names, from the part that holds it. */
function targets(name: string, xml: string): readonly string[] {
  const folder = name.replace(/_rels\/[^/]*$/, '')
  return [...xml.matchAll(/<Relationship [^>]*>/g)].flatMap(([tag]) => {
    if (/TargetMode="External"/.test(tag)) return []
    const target = /Target="([^"]+)"/.exec(tag)?.[1] ?? ''
    return [target.startsWith('/') ? target.slice(1) : `${folder}${target}`]
  })
}

describe('the package of every paper', () => {
  it.each(cases.map((one) => [one.name, one.layout] as const))('%s: parts are well-formed, named by relationships and typed', async (_, layout) => {
    const parts = docxParts(await layoutToDocx(layout))
    const names = new Set(Object.keys(parts))
    for (const [name, xml] of Object.entries(parts)) expect([name, xmlFault(xml)]).toEqual([name, null])
    const types = parts['[Content_Types].xml'] ?? ''
    for (const name of names) {
      if (name === '[Content_Types].xml') continue
      const extension = name.slice(name.lastIndexOf('.') + 1)
      expect([name, types.includes(`PartName="/${name}"`) || types.includes(`Extension="${extension}"`)]).toEqual([name, true])
    }
    const related = Object.entries(parts).filter(([name]) => name.endsWith('.rels')).flatMap(([name, xml]) => targets(name, xml))
    for (const target of related) expect([target, names.has(target)]).toEqual([target, true])
    for (const id of (parts['word/document.xml'] ?? '').matchAll(/r:id="([^"]+)"/g)) expect(parts['word/_rels/document.xml.rels']).toContain(`Id="${id[1]}"`)
  })
})

const plain = (text: string): string => text.replaceAll(/\s/gu, '')

describe('docxtemplater, a reader in plain JavaScript that is there on every machine', () => {
  it.each(cases.map((one) => [one.name, one.layout] as const))('%s: opens, and every text stands in it', async (_, layout) => {
    // It names broken XML and wrong content types itself; braces would be places to it, and no paper has any.
    const opened = new Docxtemplater(new PizZip(await layoutToDocx(layout)), { paragraphLoop: true })
    const parts = Object.keys(opened.getZip().files).filter((name) => /^word\/(?:document|header\d*|footer\d*)\.xml$/u.test(name))
    const text = plain(parts.map((name) => opened.getFullText(name)).join(''))
    expect(parts).toContain('word/document.xml')
    expect(layoutTexts(layout).filter((part) => !text.includes(plain(part)))).toEqual([])
  })

  it('does not open what is broken', async () => {
    const bytes = await layoutToDocx(cases[0]!.layout)
    expect(() => new Docxtemplater(new PizZip(bytes.subarray(0, bytes.length - 40)))).toThrow()
    const parts = unzipSync(bytes)
    const torn = zipSync({ ...parts, 'word/document.xml': parts['word/document.xml']!.subarray(0, -30) })
    expect(() => new Docxtemplater(new PizZip(torn)).getFullText()).toThrow()
  })
})

const script = `
import sys, docx, json
out = {}
for path in sys.argv[1:]:
    d = docx.Document(path)
    texts = [p.text for p in d.paragraphs]
    for t in d.tables:
        for r in t.rows:
            texts += [c.text for c in r.cells]
    for s in d.sections:
        for part in (s.header, s.first_page_header, s.footer, s.first_page_footer, s.even_page_footer):
            texts += [p.text for p in part.paragraphs]
    out[path.replace('\\\\', '/').split('/')[-1]] = ''.join(texts)
json.dump(out, sys.stdout, ensure_ascii=True)
`

describe.skipIf(python === undefined)(python === undefined ? 'python-docx (skipped: not installed)' : 'python-docx', () => {
  it('opens every paper and finds its texts', async () => {
    await inFolder(async (folder) => {
      for (const one of cases) writeFileSync(join(folder, `${one.name}.docx`), await layoutToDocx(one.layout))
      const ran = spawnSync(python ?? '', ['-c', script, ...cases.map((one) => join(folder, `${one.name}.docx`))], { encoding: 'utf8', maxBuffer: 1 << 26 })
      expect(ran.stderr).toBe('')
      const found = JSON.parse(ran.stdout) as Record<string, string>
      for (const one of cases) {
        const text = (found[`${one.name}.docx`] ?? '').replaceAll(/\s/gu, '')
        for (const part of layoutTexts(one.layout)) expect([one.name, text.includes(part.replaceAll(/\s/gu, '')) || part]).toEqual([one.name, true])
      }
    })
  })
})
