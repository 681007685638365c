/** Our own virtual table over keyset pages: 36 px rows, sticky head, sorting in SQL, keyboard, selection with 全部 said clearly. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { PagedList } from '../api/use-pages.ts'
import { piecesAround, useDisputed } from '../api/disputed.ts'
import { wantsMore } from '../api/pages.ts'
import { rowHeight } from '../tokens.ts'
import { common } from '../text/common.ts'
import { DisputedMark } from './DisputedMark.tsx'
import { ErrorBox, Waiting } from './feedback.tsx'
import { isSelected, movedTo, toggled, type Selection, type SortOrder } from './grid-model.ts'
import { GridHead, SelectionBar } from './GridHead.tsx'

export type Column<T> = {
  readonly key: string
  readonly title: string
  /** A CSS grid track: `120px`, `minmax(120px, 1fr)`. */
  readonly width: string
  readonly align?: 'right' | 'center'
  readonly sort?: string
  readonly firstDirection?: 'asc' | 'desc'
  /** Before its text a row that stands in 待核对 is marked; the keys are then ids of synced rows. */
  readonly marks?: boolean
  readonly render: (row: T) => ReactNode
}

export type DataGridProps<T> = {
  readonly label: string
  readonly list: PagedList<T>
  readonly columns: readonly Column<T>[]
  readonly rowKey: (row: T) => string
  readonly onOpen?: (row: T) => void
  readonly activeKey?: string | null
  readonly empty: ReactNode
  readonly sort?: SortOrder
  readonly onSort?: (sort: SortOrder) => void
  readonly selection?: Selection
  readonly onSelect?: (selection: Selection) => void
  /** Buttons for what is selected. */
  readonly actions?: ReactNode
  readonly rowClass?: (row: T) => string
}

export function DataGrid<T>(props: DataGridProps<T>) {
  const { label, list, columns, rowKey, onOpen, empty, selection, onSelect } = props
  const { pages } = list
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(-1)
  const gridId = useId()
  // oxlint-disable-next-line react/incompatible-library -- nothing of it goes into a memoised child
  const virtual = useVirtualizer({ count: pages.items.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12 })
  const rows = virtual.getVirtualItems()
  const lastShown = rows.at(-1)?.index ?? 0
  const disputed = useDisputed(columns.some((column) => column.marks) ? piecesAround(pages.items.map(rowKey), rows[0]?.index ?? 0, lastShown) : null)
  useEffect(() => {
    if (wantsMore(pages, lastShown)) list.more()
  })
  const template = `${selection ? '36px ' : ''}${columns.map((column) => column.width).join(' ')}`
  const onKey = (event: KeyboardEvent): void => {
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2)
    const to = movedTo(event.key, active, pages.items.length, pageRows)
    if (to !== null) {
      event.preventDefault()
      setActive(to)
      virtual.scrollToIndex(to)
      return
    }
    const row = pages.items[active]
    if (row === undefined || event.target instanceof HTMLButtonElement) return
    if (event.key === 'Enter' && onOpen) {
      event.preventDefault()
      onOpen(row)
    } else if (event.key === ' ' && selection && onSelect) {
      event.preventDefault()
      onSelect(toggled(selection, rowKey(row)))
    }
  }
  if (pages.items.length === 0) {
    if (pages.error !== null) return <div className="grid-frame"><ErrorBox error={pages.error} onRetry={list.retry} /></div>
    return <div className="grid-frame">{pages.loading || pages.total === null ? <Waiting /> : empty}</div>
  }
  return (
    <div className="grid-frame">
      {selection && onSelect ? <SelectionBar selection={selection} total={pages.total ?? pages.items.length} loaded={pages.items.length} onSelect={onSelect} actions={props.actions} /> : null}
      {/* One tab stop; the active row is named to screen readers. */}
      <div ref={scroller} className="grid-scroll" role="grid" aria-label={label} aria-rowcount={(pages.total ?? pages.items.length) + 1} aria-multiselectable={selection ? true : undefined} tabIndex={0} onKeyDown={onKey} aria-activedescendant={active >= 0 && rows.some((row) => row.index === active) ? `${gridId}-${active}` : undefined} title={common.gridHelp}>
        <GridHead columns={columns} template={template} sort={props.sort} onSort={props.onSort} selection={selection} onSelect={onSelect} loaded={selection ? pages.items.map(rowKey) : []} />
        <div role="rowgroup" className="grid-body" style={{ height: virtual.getTotalSize() }}>
          {rows.map((at) => {
            const row = pages.items[at.index]
            if (row === undefined) return null
            const key = rowKey(row)
            const picked = selection ? isSelected(selection, key) : false
            const classes = ['grid-row', at.index === active ? 'grid-active' : '', picked ? 'grid-picked' : '', key === props.activeKey ? 'grid-current' : '', onOpen ? 'grid-opens' : '', props.rowClass?.(row) ?? '']
            return (
              <div
                key={key} id={`${gridId}-${at.index}`} role="row" aria-rowindex={at.index + 2} aria-selected={selection ? picked : undefined} className={classes.join(' ')}
                style={{ gridTemplateColumns: template, transform: `translateY(${at.start}px)` }}
                onClick={() => { setActive(at.index); onOpen?.(row) }}
              >
                {selection && onSelect ? (
                  <div role="gridcell" className="grid-cell grid-check" onClick={(event) => { event.stopPropagation(); setActive(at.index) }}>
                    <input type="checkbox" tabIndex={-1} aria-label={common.selectRow} checked={picked} onChange={() => onSelect(toggled(selection, key))} />
                  </div>
                ) : null}
                {columns.map((column) => (
                  <div key={column.key} role="gridcell" className={`grid-cell${column.align ? ` align-${column.align}` : ''}`}>
                    {column.marks && disputed.has(key) ? <DisputedMark inGrid /> : null}
                    {column.render(row)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
      <div className="grid-foot" aria-live="polite">
        <span>{common.rowsShown(pages.items.length, pages.total ?? pages.items.length)}</span>
        {pages.loading && pages.items.length > 0 ? <Waiting text={common.loadingMore} after={500} /> : null}
        {pages.error !== null ? <ErrorBox error={pages.error} onRetry={list.retry} /> : null}
      </div>
    </div>
  )
}
