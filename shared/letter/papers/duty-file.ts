/** 履职档案 extract for the annual review: posts, results, awards, letters with their replies, interviews, cards; three pages at most. */
import { chineseDate, chineseOrdinal } from '../dates.ts'
import { nominalPage, sizes, typeWidth } from '../geometry.ts'
import type { PageGeometry } from '../geometry.ts'
import type { LayoutBlock, LetterLayout, TableBlock } from '../layout-types.ts'
import { titleBlock } from '../layout.ts'
import { placeLayout } from '../place.ts'
import { dutyFileTexts as texts } from '../report-texts.ts'
import { cell, columnWidths, formHeading, formLine, listTable, row } from './cells.ts'

export const dutyFileSections = ['posts', 'results', 'awards', 'letters', 'interviews', 'cards'] as const
export type DutyFileSection = (typeof dutyFileSections)[number]

/** Four texts in the order of the section's head; the newest row first. */
export type DutyFileRow = readonly [string, string, string, string]
export type DutyFileContent = {
  readonly organ: string
  readonly asOf: string
  readonly person: { readonly name: string; readonly gender: string | null; readonly birth: string | null; readonly unit: string; readonly post: string; readonly portfolio: string | null }
  readonly sections: Readonly<Record<DutyFileSection, readonly DutyFileRow[]>>
}

const mostPages = 3

/** Longer files are cut to the newest rows of every section, and each cut says how many more there are. */
export function layoutDutyFile(content: DutyFileContent, page: PageGeometry = nominalPage): LetterLayout {
  const longest = Math.max(1, ...dutyFileSections.map((section) => content.sections[section].length))
  for (let shown = Math.min(longest, 60); shown > 1; shown -= 1) {
    const layout = layoutShown(content, page, shown)
    if (placeLayout(layout).length <= mostPages) return layout
  }
  return layoutShown(content, page, 1)
}

function layoutShown(content: DutyFileContent, page: PageGeometry, shown: number): LetterLayout {
  const width = typeWidth(page)
  return {
    format: 'general', page,
    blocks: [
      titleBlock(texts.title, [], page, 0), formLine('', { keepNext: true }), personTable(content, width),
      ...dutyFileSections.flatMap((section, i): readonly LayoutBlock[] =>
        [formHeading(`${chineseOrdinal(i + 1)}、${texts.sections[section].heading}`), sectionTable(section, content.sections[section], shown, width)]),
      formLine(texts.note, { indent: true }),
    ],
  }
}

function personTable({ person, organ, asOf }: DutyFileContent, width: number): TableBlock {
  const widths = columnWidths([13, 20, 13, 21, 14, 19], width)
  const centred = (text: string | null) => cell(text, 'center')
  return {
    role: 'table', widths, head: [], size: sizes.table, pitch: 340,
    rows: [
      row([centred(texts.name), centred(person.name), centred(texts.gender), centred(person.gender), centred(texts.birth), centred(person.birth)]),
      row([centred(texts.unit), cell(person.unit, 'left', 2), centred(texts.post), cell(person.post, 'left', 2)]),
      row([centred(texts.portfolio), cell(person.portfolio, 'left', 5)]),
      row([centred(texts.organ), cell(organ, 'left', 2), centred(texts.asOf), cell(chineseDate(asOf), 'left', 2)]),
    ],
  }
}

function sectionTable(section: DutyFileSection, rows: readonly DutyFileRow[], shown: number, width: number): TableBlock {
  const listed = rows.slice(0, shown).map((texts4) => row(texts4.map((text) => cell(text))))
  const rest = rows.length - listed.length
  const last = rows.length === 0 ? texts.none : rest > 0 ? texts.more(rest) : null
  const all = last === null ? listed : [...listed, row([cell(last, 'center', 4)])]
  return listTable(columnWidths([22, 27, 27, 24], width), texts.sections[section].head, all)
}
