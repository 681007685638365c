/** The paper in plain text: what the terminal's `render` prints and what tests and screen readers compare. */
import { blockText, findBlock } from './layout-types.ts'
import type { LetterLayout } from './layout-types.ts'

export type LayoutText = {
  readonly format: 'letter' | 'general'
  readonly mark: string | null
  readonly number: string | null
  readonly urgency: string | null
  readonly title: string
  readonly titleLines: readonly string[]
  readonly addressee: string | null
  readonly body: readonly string[]
  readonly attachments: readonly string[]
  readonly signature: string | null
  readonly date: string | null
  readonly sealed: boolean
  readonly note: string | null
  readonly copyTo: string | null
  readonly tables: readonly (readonly (readonly string[])[])[]
}

/** Plain text by role (cli.md `render`); null where the paper has no such part. */
export function describeLayout(layout: LetterLayout): LayoutText {
  const signature = findBlock(layout, 'signature')
  const titleLines = findBlock(layout, 'title')?.lines ?? []
  const attachments = findBlock(layout, 'attachmentsNote')
  return {
    format: layout.format,
    mark: findBlock(layout, 'mark')?.text ?? null,
    number: findBlock(layout, 'number')?.text ?? null,
    urgency: findBlock(layout, 'urgency')?.text ?? null,
    title: titleLines.join(''),
    titleLines,
    addressee: findBlock(layout, 'addressee')?.text ?? null,
    body: layout.blocks.filter((block) => block.role === 'body').flatMap(blockText),
    attachments: attachments ? blockText(attachments) : [],
    signature: signature?.name ?? null,
    date: signature?.date ?? null,
    sealed: signature?.sealed ?? false,
    note: findBlock(layout, 'note')?.text ?? null,
    copyTo: findBlock(layout, 'copyTo')?.text ?? null,
    tables: layout.blocks.flatMap((block) =>
      block.role === 'table' ? [[...block.head, ...block.rows].map((row) => row.cells.map((cell) => cell.text))] : []),
  }
}

/** Every text of the paper, block by block: both outputs hold exactly these. */
export function layoutTexts(layout: LetterLayout): readonly string[] {
  return layout.blocks.flatMap(blockText)
}
