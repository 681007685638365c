/** The first good rows as they will be stored, and the columns as they were recognised; a column can be set by hand. */
import { Select } from 'antd'
import type { ImportReport } from '../../../shared/contract/bulletins.ts'
import { bulletinsText as t } from '../../text/bulletins.ts'
import { figureText } from '../../text/figures.ts'

type Fields = ImportReport['fields']

export function SampleRows({ rows, fields }: { readonly rows: ImportReport['sample']; readonly fields: Fields }) {
  const keyOf = new Map(fields.map(({ field, label }) => [label, field]))
  const labels = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((label) => rows.some((row) => row[label] !== null && row[label] !== undefined))
  return (
    <div className="table-box" role="region" aria-label={t.sampleTitle} tabIndex={0}>
      <table className="table table-tight table-wrap">
        <thead><tr>{labels.map((label) => <th key={label}>{label}</th>)}</tr></thead>
        <tbody>
          {rows.slice(0, 8).map((row, index) => (
            // Rows of a preview have no id and never move.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index}>{labels.map((label) => <td key={label} className={typeof row[label] === 'number' ? 'align-right' : 'cell-text'}>{figureText(keyOf.get(label) ?? label, row[label])}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type ColumnsProps = { readonly columns: ImportReport['columns']; readonly fields: Fields; readonly onMap: ((key: string, field: string | null) => void) | null }

export function ColumnsFound({ columns, fields, onMap }: ColumnsProps) {
  const options = [{ value: '', label: t.ignored }, ...fields.map(({ field, label }) => ({ value: field, label }))]
  return (
    <ul className="columns-found">
      {columns.map((column) => (
        <li key={column.key} className={column.field === null ? 'column-off' : ''}>
          <b>{column.column}</b> <span className="column-header">{column.header}</span>
          <Select
            size="small" style={{ width: 150 }} value={column.field ?? ''} options={options} disabled={onMap === null} aria-label={t.mapColumn(column.column, column.header)} onChange={(field) => onMap?.(column.key, field === '' ? null : field)} popupMatchSelectWidth={false}
          />
        </li>
      ))}
    </ul>
  )
}
