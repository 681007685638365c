/** Rows that were sent back: where, what stands there, why. */
import type { ImportReport } from '../../../shared/contract/bulletins.ts'
import { Panel } from '../../components/layout.tsx'
import { bulletinsText as t } from '../../text/bulletins.ts'
import { none } from '../../text/format.ts'
import { refusalLabels } from '../../text/labels.ts'

const shownRows = 200

export function RefusedRows({ rows, total }: { readonly rows: ImportReport['refused']; readonly total: number }) {
  const shown = rows.slice(0, shownRows)
  const withSheet = new Set(rows.map((row) => row.sheet)).size > 1
  return (
    <Panel title={t.refusedTitle(total)} extra={<span className="soft">{t.refusedHint}</span>}>
      <div className="table-box" role="region" aria-label={t.refusedTitle(total)} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              {withSheet ? <th>{t.sheet}</th> : null}
              <th className="align-right">{t.row}</th><th>{t.cell}</th><th>{t.header}</th><th>{t.content}</th><th>{t.why}</th>
            </tr>
          </thead>
          <tbody>
            {shown.flatMap((row) => {
              const cells = row.cells.length > 0 ? row.cells : row.codes.map((code) => ({ code, column: null, header: null, text: row.raw.slice(0, 6).join(' '), reason: refusalLabels[code] }))
              return cells.map((cell, index) => (
                <tr key={`${row.sheet}-${row.row}-${index}`} className={index > 0 ? 'row-more' : ''}>
                  {withSheet ? <td>{index === 0 ? (row.sheet ?? none) : ''}</td> : null}
                  <td className="align-right">{index === 0 ? row.row : ''}</td>
                  <td>{cell.column === null ? none : `${cell.column}${row.row}`}</td>
                  <td>{cell.header ?? none}</td>
                  <td className="cell-text cell-min">{cell.text === '' ? none : cell.text}</td>
                  <td className="cell-text"><span className="reason-code">{refusalLabels[cell.code]}</span>{cell.reason === refusalLabels[cell.code] ? '' : cell.reason}</td>
                </tr>
              ))
            })}
          </tbody>
        </table>
      </div>
      {total > shown.length ? <p className="soft">{t.refusedShown(shown.length, total)}</p> : null}
    </Panel>
  )
}
