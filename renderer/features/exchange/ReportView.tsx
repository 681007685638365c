/** What a package brings, before or after it is taken in. */
import { Alert, Button } from 'antd'
import type { ReceiveReport } from '../../../shared/contract/exchange.ts'
import { Fields, Panel } from '../../components/layout.tsx'
import { exchangeText as t } from '../../text/exchange.ts'
import { momentText, numberText, sizeText } from '../../text/format.ts'
import { rowsText } from '../../text/registers.ts'
import { navigate } from '../../state/route.ts'
import { DiffersAlert } from './DiffersAlert.tsx'
import { useGapLine } from './use-gap-line.ts'

export function ReportView({ report }: { readonly report: ReceiveReport }) {
  const rows = Object.entries(report.rows).filter(([, n]) => n > 0).sort(([, a], [, b]) => b - a)
  return (
    <>
      <Fields items={[{ label: t.from, value: <b>{report.from.name}</b> }, { label: t.made, value: momentText(report.from.created) }, { label: t.packageNo, value: t.packageNumber(report.from.number) }]} />
      <dl className="figures plan-figures">
        <div><dt>{t.newChanges}</dt><dd>{numberText(report.new)}<small>{t.planItems}</small></dd></div>
        <div><dt>{t.known}</dt><dd>{numberText(report.duplicate)}<small>{t.planItems}</small></dd></div>
        <div><dt>{t.waiting}</dt><dd>{numberText(report.parked)}<small>{t.planItems}</small></dd></div>
        <div><dt>{t.attachments}</dt><dd>{numberText(report.blobs)}<small>{t.planFiles}{report.blobBytes > 0 ? `${t.comma}${sizeText(report.blobBytes)}` : ''}</small></dd></div>
      </dl>
      {report.again ? <p className="soft">{t.againNote}</p> : null}
      {rows.length > 0 ? <Panel title={t.rowsTitle}><ul className="row-kinds">{rows.map(([table, n]) => <li key={table}>{rowsText(table, n)}</li>)}</ul></Panel> : null}
      {report.numbersTotal > 0 ? <Panel title={t.numbersTitle}><p>{report.numbers.join('、')}{report.numbersTotal > report.numbers.length ? t.numbersMore(report.numbersTotal) : ''}</p></Panel> : null}
      <Disagreements report={report} />
      {report.barred.map((one) => <Alert key={one.device} type="warning" showIcon title={t.barred(one.name === '' ? one.device : `「${one.name}」`, one.changes)} />)}
      {report.parked > 0 ? (
        <Alert type="warning" showIcon title={t.gapTitle} description={<><p>{t.gapText(report.parked)}</p><GapLines gaps={report.gaps} /></>} />
      ) : null}
      {report.differs.length > 0 ? <DiffersAlert title={t.differs} scopes={report.differs} /> : null}
    </>
  )
}

function GapLines({ gaps }: Pick<ReceiveReport, 'gaps'>) {
  const lineOf = useGapLine()
  return <ul className="lines-scroll">{gaps.map((gap) => <li key={gap.before}>{lineOf(gap)}</li>)}</ul>
}

function Disagreements({ report }: { readonly report: ReceiveReport }) {
  const before = report.conflicts - report.newConflicts
  const also = `${before > 0 ? t.conflictsBefore(before) : ''}${report.settled > 0 ? t.settled(report.settled) : ''}`
  if (report.newConflicts === 0) return <p className="soft">{t.noConflicts}{also}</p>
  return <Alert type="warning" showIcon title={report.dryRun ? t.newConflicts(report.newConflicts) : t.conflictsCame(report.newConflicts)} description={also === '' ? undefined : also} />
}

/** Where to go after it is in. */
export function AfterImport({ report }: { readonly report: ReceiveReport }) {
  return (
    <>
      <p className="soft">{t.receiveNext}</p>
      <div className="button-row">
        {report.conflicts > 0 ? <Button type="primary" onClick={() => navigate(['exchange', 'conflicts'])}>{t.goConflicts(report.conflicts)}</Button> : null}
        <Button onClick={() => navigate(['exchange', 'send'])}>{t.goSend}</Button>
      </div>
    </>
  )
}
