/** The parts of an .xlsx around its sheets: what kind of package it is, its sheets in order, styles and texts. */
import type { Cell } from '../../shared/domain/sheet.ts'
import { Refusal } from '../../shared/result.ts'
import { builtInFormat, formatKind, type FormatKind } from './number-format.ts'
import { readSharedStrings } from './shared-strings.ts'
import { plainXml, tags } from './xml.ts'
import { inflateEntry, openZip, partKey, type Zip, type ZipEntry } from './zip.ts'

export type SheetPart = { readonly name: string; readonly hidden: boolean; readonly entry: ZipEntry }

export type XlsxPackage = {
  readonly zip: Zip
  /** Worksheets in the order of the workbook; charts and the like are left out. */
  readonly sheets: readonly SheetPart[]
  readonly date1904: boolean
  readonly styles: Uint8Array
  readonly strings: () => (Cell | undefined)[]
}

const SMALL_PART = 32 * 1024 * 1024

/** Throws FILE_WRONG_KIND for a package that is no workbook, FILE_MACRO for one with macros, and what openZip throws. */
export function openXlsx(bytes: Uint8Array): XlsxPackage {
  const zip = openZip(bytes)
  checkKind(zip)
  const workbook = workbookPart(zip)
  const related = relations(zip, workbook)
  const xml = partText(zip, requirePart(zip, workbook))
  const target = (type: string): ZipEntry | undefined => {
    const path = [...related.values()].find((relation) => relation.type === type)?.path
    return path === undefined ? undefined : zip.byName.get(path)
  }
  const sheets: SheetPart[] = []
  let date1904 = false
  for (const { name, attributes, closing } of tags(xml)) {
    if (closing) continue
    if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attributes.get('date1904') ?? '')
    if (name !== 'sheet') continue
    const relation = related.get(attributes.get('id') ?? '')
    if (relation === undefined) throw new Refusal('FILE_DAMAGED', { what: 'sheet' })
    if (relation.type !== 'worksheet') continue
    sheets.push({ name: attributes.get('name') ?? '', hidden: (attributes.get('state') ?? 'visible') !== 'visible', entry: requirePart(zip, relation.path) })
  }
  if (sheets.length === 0) throw new Refusal('FILE_DAMAGED', { what: 'no sheets' })
  const styles = target('styles')
  const strings = target('sharedStrings')
  return {
    zip, sheets, date1904,
    styles: styles === undefined ? new Uint8Array(0) : readStyles(partText(zip, styles)),
    strings: () => (strings === undefined ? [] : readSharedStrings(plainXml(inflateEntry(zip, strings)))),
  }
}

/** Only visible sheets are read, unless there is none. */
export function visibleSheets<T extends { readonly hidden: boolean }>(sheets: readonly T[]): readonly T[] {
  const visible = sheets.filter((sheet) => !sheet.hidden)
  return visible.length > 0 ? visible : sheets
}

function checkKind(zip: Zip): void {
  const types = zip.byName.get('[content_types].xml')
  if (types === undefined) throw new Refusal('FILE_WRONG_KIND', { what: 'zip' })
  const names = [...zip.byName.keys()]
  if (names.some((name) => name.endsWith('vbaproject.bin') || name.startsWith('xl/macrosheets/'))) throw new Refusal('FILE_MACRO')
  let isWorkbook = false
  for (const { attributes } of tags(partText(zip, types))) {
    const type = (attributes.get('ContentType') ?? '').toLowerCase()
    if (type.includes('spreadsheetml.sheet.main') || type.includes('spreadsheetml.template.main')) isWorkbook = true
    const binary = type.includes('sheet.binary.')
    if (!binary && (type.includes('macroenabled') || type.includes('vbaproject') || type.includes('macrosheet'))) throw new Refusal('FILE_MACRO')
  }
  if (!isWorkbook) throw new Refusal('FILE_WRONG_KIND', { what: 'package' })
}

function workbookPart(zip: Zip): string {
  for (const { path, type } of relations(zip, '').values()) if (type === 'officeDocument') return path
  return 'xl/workbook.xml'
}

type Relation = { readonly path: string; readonly type: string }

/** The relations of a part by id; `type` is the last word of the type's address, which transitional and strict files share. */
function relations(zip: Zip, part: string): ReadonlyMap<string, Relation> {
  const slash = part.lastIndexOf('/') + 1
  const folder = part.slice(0, slash)
  const found = new Map<string, Relation>()
  const entry = zip.byName.get(`${folder}_rels/${part.slice(slash)}.rels`)
  if (entry === undefined) return found
  for (const { name, attributes } of tags(partText(zip, entry))) {
    if (name !== 'Relationship' || attributes.get('TargetMode') === 'External') continue
    const type = attributes.get('Type') ?? ''
    found.set(attributes.get('Id') ?? '', { path: resolve(folder, attributes.get('Target') ?? ''), type: type.slice(type.lastIndexOf('/') + 1) })
  }
  return found
}

function resolve(folder: string, target: string): string {
  const plain = target.replaceAll('\\', '/')
  const parts: string[] = []
  for (const part of (plain.startsWith('/') ? plain : folder + plain).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return partKey(parts.join('/'))
}

function requirePart(zip: Zip, path: string): ZipEntry {
  const entry = zip.byName.get(path)
  if (entry === undefined) throw new Refusal('FILE_DAMAGED', { what: 'missing part' })
  return entry
}

function partText(zip: Zip, entry: ZipEntry): string {
  return plainXml(inflateEntry(zip, entry, SMALL_PART)).toString('utf8')
}

const KIND_NUMBER: Readonly<Record<FormatKind, number>> = { plain: 0, percent: 1, date: 2 }

/** By index of a cell's style: 0 plain, 1 percent, 2 date. */
function readStyles(xml: string): Uint8Array {
  const custom = new Map<number, FormatKind>()
  const kinds: number[] = []
  let inCellFormats = false
  for (const { name, attributes, closing, empty } of tags(xml)) {
    if (name === 'numFmt' && !closing) custom.set(Number(attributes.get('numFmtId')), formatKind(attributes.get('formatCode') ?? ''))
    else if (name === 'cellXfs') inCellFormats = !closing && !empty
    else if (name === 'xf' && inCellFormats && !closing) {
      const id = Number(attributes.get('numFmtId') ?? 0)
      kinds.push(KIND_NUMBER[custom.get(id) ?? builtInFormat(id)])
    }
  }
  return Uint8Array.from(kinds)
}
