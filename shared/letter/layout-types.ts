/** The paper as plain data: both the .docx and the HTML page are drawn from this and from nothing else. */
import type { FontRole, PageGeometry } from './geometry.ts'

export type TextRun = { readonly text: string; readonly font: FontRole }

/** 0 plain paragraph; 1 一、 2 （一） 3 1. 4 （1）. */
export type BodyLevel = 0 | 1 | 2 | 3 | 4

export type CellAlign = 'left' | 'center' | 'right'
export type TableCell = { readonly text: string; readonly align: CellAlign; readonly span: number }
export type TableRow = { readonly cells: readonly TableCell[]; /** Room for handwriting. */ readonly minHeight: number }

export type MarkBlock = { readonly role: 'mark'; readonly text: string; readonly size: number; readonly inkTop: number }
export type RedLineBlock = {
  readonly role: 'redLine'
  /** `head`: below the mark (letter) or the number (general); `foot`: first page of a letter only. */
  readonly position: 'head' | 'foot'
  readonly weight: 'thickThin' | 'thinThick' | 'single'
  readonly left: number
  readonly width: number
}
export type NumberBlock = { readonly role: 'number'; readonly text: string; readonly align: 'right' | 'center' }
/** Stands flush left on the line of the number. */
export type UrgencyBlock = { readonly role: 'urgency'; readonly text: string }
export type TitleBlock = { readonly role: 'title'; readonly lines: readonly string[]; readonly size: number; readonly pitch: number; readonly spaceBefore: number }
export type AddresseeBlock = { readonly role: 'addressee'; readonly text: string }
export type BodyBlock = {
  readonly role: 'body'
  readonly level: BodyLevel
  readonly runs: readonly TextRun[]
  /** Stays on the page of what follows: headings, and the last text before the signature. */
  readonly keepNext: boolean
  /** Captions of tables stand in the middle. */
  readonly align?: 'center'
  /** Its last two lines stay on the page of what follows. */
  readonly keepLast?: true
  /** False for the lines of a form that start at the margin. */
  readonly indent: boolean
}
export type AttachmentsBlock = { readonly role: 'attachmentsNote'; readonly label: string; readonly items: readonly { readonly number: string; readonly text: string }[] }
export type SignatureBlock = {
  readonly role: 'signature'
  readonly name: string
  readonly date: string
  readonly sealed: boolean
  /** Empty lines above: room for the seal of 42–45 mm, whose top edge stays within one line of the text; a broken number where a letter was drawn together. */
  readonly linesBefore: number
  /** Sealed: the box in which the name is centred over the date; left edge from the margin. */
  readonly boxLeft: number
  readonly boxWidth: number
  /** Sealed: room right of the date, which is set flush right: a program's own spacing of digits cannot shift its end. */
  readonly dateRight: number
  /** Unsealed: left edges of name and date from the margin. */
  readonly nameLeft: number
  readonly dateLeft: number
}
export type NoteBlock = { readonly role: 'note'; readonly text: string; readonly keepNext: boolean }
/** 版记 at the foot of the last page. A letter's has no rules and no printing organ (10.1); `text` is '' where nobody gets a copy. */
export type CopyToBlock = { readonly role: 'copyTo'; readonly text: string; readonly ruled: boolean; /** Down to the bottom of the type area. */ readonly gapBefore: number; readonly printed: { readonly organ: string; readonly date: string } | null }
export type TableBlock = {
  readonly role: 'table'
  readonly widths: readonly number[]
  readonly head: readonly TableRow[]
  readonly rows: readonly TableRow[]
  readonly size: number
  readonly pitch: number
  /** Begins a page: registers are cut into pages by the layout, each with its own sums. */
  readonly breakBefore?: true
}

export type LayoutBlock =
  | MarkBlock | RedLineBlock | NumberBlock | UrgencyBlock | TitleBlock | AddresseeBlock | BodyBlock | AttachmentsBlock
  | SignatureBlock | NoteBlock | CopyToBlock | TableBlock

export type LetterLayout = {
  readonly format: 'letter' | 'general'
  readonly page: PageGeometry
  /** Stands below the text of every page: the signatures under an interview's record. */
  readonly pageFoot?: string
  readonly blocks: readonly LayoutBlock[]
}

/** The text of a block in reading order, one string per paragraph or cell. */
export function blockText(block: LayoutBlock): readonly string[] {
  switch (block.role) {
    case 'mark': case 'number': case 'urgency': case 'addressee': case 'note': return [block.text]
    case 'copyTo': return [block.text, ...(block.printed ? [block.printed.organ, block.printed.date] : [])].filter((text) => text !== '')
    case 'redLine': return []
    case 'title': return [block.lines.join('')]
    case 'body': return [block.runs.map((run) => run.text).join('')]
    case 'attachmentsNote': return block.items.map((item, i) => `${i === 0 ? block.label : ''}${item.number}${item.text}`)
    case 'signature': return [block.name, block.date]
    case 'table': return [...block.head, ...block.rows].flatMap((row) => row.cells.map((cell) => cell.text)).filter((text) => text !== '')
    default: return block satisfies never
  }
}

/** The block of that role, where the paper has one. */
export function findBlock<R extends LayoutBlock['role']>(layout: LetterLayout, role: R): Extract<LayoutBlock, { role: R }> | undefined {
  return layout.blocks.find((block): block is Extract<LayoutBlock, { role: R }> => block.role === role)
}
