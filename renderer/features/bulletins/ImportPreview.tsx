/** The dry run of one file, and what came of the import. */
import { Alert, App as AntApp, Button, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { ImportReport } from '../../../shared/contract/bulletins.ts'
import { importKinds, type ImportKind } from '../../../shared/domain/kinds.ts'
import { saveFile } from '../../api/files.ts'
import { PeriodField } from '../../components/dates.tsx'
import { ErrorBox, JobProgress, Waiting } from '../../components/feedback.tsx'
import { EntryButton, Panel } from '../../components/layout.tsx'
import { bulletinsText as t } from '../../text/bulletins.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { kindLabels } from '../../text/labels.ts'
import { columnsToChoose } from './columns-to-choose.ts'
import { importable, type QueueItem } from './import-queue.ts'
import { RefusedRows } from './RefusedRows.tsx'
import { ColumnsFound, SampleRows } from './SampleRows.tsx'
import type { ImportDesk } from './use-import.ts'

export function ImportPreview({ item, desk }: { readonly item: QueueItem; readonly desk: ImportDesk }) {
  const busy = desk.busyKey === item.key
  const { report } = item
  const choice = item.error === null ? null : columnsToChoose(item.error)
  return (
    <article className="import-preview" aria-label={item.name}>
      <div className="preview-head">
        <h2>{item.name}</h2>
        <div className="page-actions">
          {report?.errorFile ? <ErrorFile token={report.errorFile} name={item.name} /> : null}
          {item.state === 'done' ? null : <Button disabled={busy} onClick={() => desk.remove(item.key)}>{t.remove}</Button>}
          {item.state === 'ready' ? <EntryButton entry="bulletins.import" type="primary" disabled={!importable(item) || desk.busyKey !== null} onClick={() => desk.importOne(item.key)}>{t.importOne}</EntryButton> : null}
          {item.state === 'failed' || item.state === 'cancelled' ? <Button onClick={() => desk.change(item.key, item.set)}>{t.again}</Button> : null}
        </div>
      </div>
      {busy ? desk.job ? <JobProgress job={desk.job} onCancel={desk.cancel} /> : <Waiting text={t[item.state]} /> : null}
      {item.state === 'cancelled' ? <Alert type="info" showIcon title={t.cancelled2} /> : <ErrorBox error={item.error} />}
      {item.error?.code === 'KIND_UNKNOWN' || item.error?.code === 'KIND_AMBIGUOUS' ? <p className="soft">{t.kindNeeded}</p> : null}
      {item.error?.code === 'PERIOD_UNKNOWN' ? <p className="soft">{t.periodNeeded}</p> : null}
      {item.state === 'done' ? null : <Recognised item={item} disabled={busy} onChange={(set) => desk.change(item.key, set)} />}
      {choice === null || busy ? null : <Panel title={t.chooseColumns}><ColumnsFound columns={choice.columns} fields={choice.fields} onMap={(key, field) => desk.change(item.key, { ...item.set, mapping: { ...item.set.mapping, [key]: field } })} /></Panel>}
      {report === null ? null : <ReportBody report={report} onMap={item.state === 'done' || busy ? null : (key, field) => desk.change(item.key, { ...item.set, mapping: { ...item.set.mapping, [key]: field } })} />}
    </article>
  )
}

function ErrorFile({ token, name }: { readonly token: string; readonly name: string }) {
  const { message } = AntApp.useApp()
  const save = async (): Promise<void> => {
    const answer = await saveFile(token, t.errorFileName(name))
    if (!answer.ok) message.error(errorSentence(answer.error))
  }
  return <Button title={t.errorFileHint} onClick={() => void save()}>{t.errorFile}</Button>
}

type RecognisedProps = { readonly item: QueueItem; readonly disabled: boolean; readonly onChange: (set: QueueItem['set']) => void }

/** Kind and period as recognised; changing one reads the file again. */
function Recognised({ item, disabled, onChange }: RecognisedProps) {
  const kind = item.set.kind ?? item.report?.kind ?? null
  const period = item.set.period ?? item.report?.period ?? null
  const isRoster = kind === 'units' || kind === 'officials'
  const [year, setYear] = useState((period?.length ?? 7) === 4)
  return (
    <div className="recognised" title={t.changeHint}>
      <label htmlFor={`kind-${item.key}`}>{t.kind}</label>
      <Select
        id={`kind-${item.key}`} style={{ width: 130 }} value={kind} disabled={disabled} placeholder={t.auto} onChange={(next: ImportKind) => onChange({ ...item.set, kind: next, mapping: null })}
        options={importKinds.map((name) => ({ value: name, label: kindLabels[name] }))}
      />
      {isRoster ? null : (
        <>
          <label htmlFor={`period-${item.key}`}>{t.period}</label>
          <Segmented size="small" value={year ? 'year' : 'month'} disabled={disabled} onChange={(mode) => setYear(mode === 'year')} options={[{ value: 'month', label: t.monthly }, { value: 'year', label: t.yearly }]} />
          <PeriodField id={`period-${item.key}`} value={period} year={year} disabled={disabled} onChange={(next) => next !== null && onChange({ ...item.set, period: next })} />
        </>
      )}
      {item.report?.sender ? <span className="soft">{t.sender}：{item.report.sender}</span> : null}
    </div>
  )
}

function ReportBody({ report, onMap }: { readonly report: ImportReport; readonly onMap: ((key: string, field: string | null) => void) | null }) {
  const { correctionOf: correction, duplicateOf: duplicate } = report
  return (
    <>
      <dl className="figures">
        <div><dt>{t.accepted}</dt><dd>{report.accepted}<small>{t.rows}</small></dd></div>
        <div className={report.refusedTotal > 0 ? 'figure-alert' : ''}><dt>{t.refused}</dt><dd>{report.refusedTotal}<small>{t.rows}</small></dd></div>
        <div><dt>{t.skipped}</dt><dd>{report.skipped}<small>{t.rows}</small></dd></div>
      </dl>
      {duplicate ? <Alert type="info" showIcon title={t.duplicateNote(duplicate.file)} /> : null}
      {correction ? <Alert type="info" showIcon title={t.correctionTitle(correction.file)} description={t.correctionBody(correction.changed, correction.added, correction.equal, correction.absent)} /> : null}
      {report.warnings.length > 0 ? (
        <Panel title={t.warnings}><ul className="plain-list">{report.warnings.map((text) => <li key={text}>{text}</li>)}</ul></Panel>
      ) : null}
      {report.refused.length > 0 ? <RefusedRows rows={report.refused} total={report.refusedTotal} /> : null}
      {report.sample.length > 0 ? <Panel title={t.sampleTitle}><SampleRows rows={report.sample} fields={report.fields} /></Panel> : null}
      {report.columns.length > 0 ? <Panel title={t.columnsTitle}><ColumnsFound columns={report.columns} fields={report.fields} onMap={onMap} /></Panel> : null}
    </>
  )
}
