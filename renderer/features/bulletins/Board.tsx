/** 报送情况: who has not yet reported for the period. */
import { call } from '../../api/client.ts'
import { useCall } from '../../api/hooks.ts'
import { Shown, EmptyState } from '../../components/feedback.tsx'
import { LinkButton, Panel } from '../../components/layout.tsx'
import { PeriodSelect } from '../../components/pickers.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { patchQuery, useRoute } from '../../state/route.ts'
import { useToday } from '../../state/session.ts'
import { bulletinsText as t } from '../../text/bulletins.ts'
import { common } from '../../text/common.ts'
import { momentText, none, periodText } from '../../text/format.ts'
import { kindLabels } from '../../text/labels.ts'
import { isMonthPeriod } from '../../../shared/domain/period.ts'
import { PaperMenu } from '../letters/PaperMenu.tsx'

export function Board() {
  const { query } = useRoute()
  const today = useToday()
  const periods = useCall('reports.periods', {})
  const newest = [...(periods.data ?? [])].filter((period) => period.length === 7).sort().at(-1)
  const period = query['period'] ?? newest ?? today.slice(0, 7)
  const board = useCall('bulletins.board', periods.data === null && !query['period'] ? null : { period })
  return (
    <div className="page-scroll">
      <div className="filters">
        <PeriodSelect value={period} allowAll={false} also={[today.slice(0, 7)]} onChange={(next) => patchQuery({ period: next })} />
        <PaperMenu label={t.monthlyPaper} disabled={!isMonthPeriod(period)} make={(as) => call('papers.monthly', { period, as })} />
      </div>
      <Shown of={board}>
        {(rows) =>
          rows.length === 0 ? <EmptyState title={t.boardEmpty} /> : (
            <Panel>
              <table className="table">
                <thead>
                  <tr><th>{t.kind}</th><th>{t.period}</th><th>{common.state}</th><th className="align-right">{t.acceptedCol}</th><th className="align-right">{t.refusedCol}</th><th className="align-right">{t.corrections}</th><th>{t.importedOn}</th><th>{t.unitsMissing}</th></tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={`${row.kind}-${row.period}`}>
                      <td>{row.bulletinId === null ? kindLabels[row.kind] : <LinkButton onClick={() => patchQuery({ tab: 'reports', kind: row.kind, period: row.period })}>{kindLabels[row.kind]}</LinkButton>}</td>
                      <td>{periodText(row.period)}</td>
                      <td>{row.bulletinId === null ? <StatusLight tone="wait" text={t.notReported} /> : <StatusLight tone="done" text={t.reported} />}</td>
                      <td className="align-right">{row.bulletinId === null ? none : row.rows}</td>
                      <td className="align-right">{row.bulletinId === null ? none : row.refused}</td>
                      <td className="align-right">{row.corrections === 0 ? none : row.corrections}</td>
                      <td>{momentText(row.importedOn)}</td>
                      <td className="cell-text">{row.unitsMissing.length > 0 ? row.unitsMissing.join('、') : row.bulletinId === null ? none : t.allUnits}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Panel>
          )
        }
      </Shown>
    </div>
  )
}
