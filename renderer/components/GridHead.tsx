/** The sticky head of a DataGrid, and the bar that says what is selected. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { common } from '../text/common.ts'
import type { Column } from './DataGrid.tsx'
import { isSelected, nextSort, noSelection, selectedCount, toggledLoaded, type Selection, type SortOrder } from './grid-model.ts'

type GridHeadProps<T> = {
  readonly columns: readonly Column<T>[]
  readonly template: string
  readonly sort: SortOrder | undefined
  readonly onSort: ((sort: SortOrder) => void) | undefined
  readonly selection: Selection | undefined
  readonly onSelect: ((selection: Selection) => void) | undefined
  readonly loaded: readonly string[]
}

function ariaSort(sort: SortOrder | undefined, column: string | undefined): 'ascending' | 'descending' | undefined {
  if (column === undefined || sort?.by !== column) return undefined
  return sort.direction === 'asc' ? 'ascending' : 'descending'
}

export function GridHead<T>({ columns, template, sort, onSort, selection, onSelect, loaded }: GridHeadProps<T>) {
  const every = selection !== undefined && loaded.length > 0 && loaded.every((id) => isSelected(selection, id))
  const some = selection !== undefined && loaded.some((id) => isSelected(selection, id))
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-row-head" style={{ gridTemplateColumns: template }}>
        {selection && onSelect ? (
          <div role="columnheader" className="grid-cell grid-check">
            <input
              type="checkbox" aria-label={common.selectLoaded} checked={every}
              ref={(box) => { if (box) box.indeterminate = some && !every }}
              onChange={() => onSelect(toggledLoaded(selection, loaded))}
            />
          </div>
        ) : null}
        {columns.map((column) => {
          const direction = ariaSort(sort, column.sort)
          const by = column.sort
          return (
            <div key={column.key} role="columnheader" aria-sort={direction} className={`grid-cell${column.align ? ` align-${column.align}` : ''}`}>
              {by !== undefined && sort && onSort ? (
                <button type="button" className="grid-sort" aria-label={common.sortBy(column.title)} onClick={() => onSort(nextSort(sort, by, column.firstDirection ?? 'asc'))}>
                  {column.title}
                  <span aria-hidden="true" className={direction ? 'sort-mark' : 'sort-mark sort-off'}>{direction === 'descending' ? '▼' : '▲'}</span>
                </button>
              ) : (
                column.title
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

type SelectionBarProps = { readonly selection: Selection; readonly total: number; readonly loaded: number; readonly onSelect: (selection: Selection) => void; readonly actions?: ReactNode }

export function SelectionBar({ selection, total, onSelect, actions }: SelectionBarProps) {
  const count = selectedCount(selection, total)
  if (count === 0) return null
  return (
    <div className="selection-bar" role="status">
      <strong>{selection.all ? common.allSelected(count) : common.selected(count)}</strong>
      {!selection.all && count < total ? <Button size="small" type="link" onClick={() => onSelect({ all: true, ids: new Set() })}>{common.selectAllOf(total)}</Button> : null}
      <Button size="small" type="link" onClick={() => onSelect(noSelection)}>{common.clearSelection}</Button>
      <div className="selection-actions">{actions}</div>
    </div>
  )
}
