/** 导入: the file, what it brings, confirmed, taken in. Nothing changes before the person has read the report. */
import { Alert, App as AntApp, Button } from 'antd'
import type { PickedFile } from '../../../shared/contract/bridge.ts'
import type { ReceiveReport } from '../../../shared/contract/exchange.ts'
import { DropZone } from '../../components/DropZone.tsx'
import { ErrorBox, JobProgress, Waiting } from '../../components/feedback.tsx'
import { EntryButton, Panel } from '../../components/layout.tsx'
import { useMay } from '../../state/session.ts'
import { exchangeText as t } from '../../text/exchange.ts'
import { useExchangeDesk } from './desk.ts'
import { AfterImport, ReportView } from './ReportView.tsx'
import { StickIcon } from './SendTab.tsx'
import type { TakeIn } from './use-take-in.ts'

export function ReceiveTab() {
  const { receive } = useExchangeDesk()
  const may = useMay()
  const { message } = AntApp.useApp()
  const onFiles = (files: readonly (File | PickedFile)[]): void => {
    const [file] = files
    if (file === undefined) return
    if (files.length > 1) message.warning(t.oneOnly)
    else if (/\.req$/i.test(file.name)) message.warning(t.reqHere)
    else receive.choose(file)
  }
  return (
    <div className="page-scroll guided">
      {receive.step === 'idle' ? <DropZone title={t.dropTitle} hint={t.dropHint} verb={t.dropVerb} accept={['dspk']} disabled={!may('exchange.receive')} onFiles={onFiles} /> : null}
      <TakeInView
        takeIn={receive} entry="exchange.receive" verb={(report) => (report.new + report.parked === 0 ? t.confirmNothing : t.confirm)} applying={t.importing} again={t.next}
        doneTitle={(report) => (report.new === 0 ? t.receiveDoneNothing : t.receiveDone(report.new))}
      />
    </div>
  )
}

type TakeInProps = {
  readonly takeIn: TakeIn; readonly entry: 'exchange.receive' | 'exchange.restore'; readonly applying: string; readonly again: string
  readonly verb: (report: ReceiveReport) => string; readonly doneTitle: (report: ReceiveReport) => string;
}

/** Also for a backup that is taken in. */
export function TakeInView({ takeIn, entry, verb, applying, again, doneTitle }: TakeInProps) {
  const { step, report, flow } = takeIn
  if (step === 'idle') return null
  return (
    <Panel title={takeIn.fileName} className={step === 'done' ? 'done-panel' : ''}>
      {step === 'reading' ? <Waiting text={t.uploading} /> : null}
      {step === 'trying' || step === 'applying' ? flow.job ? <JobProgress job={flow.job} onCancel={flow.cancel} /> : <Waiting text={step === 'trying' ? t.trying : applying} /> : null}
      {step === 'refused' ? <Refused takeIn={takeIn} /> : null}
      {step === 'shown' && report ? (
        <>
          <ReportView report={report} />
          {report.new + report.parked === 0 ? <p>{t.nothingNew}</p> : <p className="soft">{t.safetyNote}</p>}
          <div className="button-row">
            <EntryButton entry={entry} type={report.differs.length > 0 ? 'default' : 'primary'} onClick={takeIn.confirm}>{verb(report)}</EntryButton>
            <Button onClick={takeIn.reset}>{t.otherFile}</Button>
          </div>
        </>
      ) : null}
      {step === 'done' && report ? (
        <>
          <p className="done-title" role="status"><StickIcon />{doneTitle(report)}</p>
          <p className="done-word">{t.pullOut}</p>
          <ReportView report={report} />
          {entry === 'exchange.receive' ? <AfterImport report={report} /> : null}
          <div className="button-row"><Button onClick={takeIn.reset}>{again}</Button></div>
        </>
      ) : null}
    </Panel>
  )
}

function Refused({ takeIn }: { readonly takeIn: TakeIn }) {
  return (
    <>
      {takeIn.error?.code === 'CANCELLED' ? <Alert type="info" showIcon title={t.cancelledIn} /> : <ErrorBox error={takeIn.error} />}
      <div className="button-row">
        <Button type="primary" onClick={takeIn.again}>{t.retry}</Button>
        <Button onClick={takeIn.reset}>{t.otherFile}</Button>
      </div>
    </>
  )
}
