/** 备份与恢复: everything into one file, and back as a merge. */
import { Alert, Button } from 'antd'
import { chooseFiles, saveFile } from '../../api/files.ts'
import { ErrorBox, JobProgress, Waiting } from '../../components/feedback.tsx'
import { EntryButton, Panel } from '../../components/layout.tsx'
import { useToday } from '../../state/session.ts'
import { exchangeText as t } from '../../text/exchange.ts'
import { sizeText } from '../../text/format.ts'
import { useExchangeDesk, type BackedUp, type Named } from './desk.ts'
import { chooseTarget, writesToPlace } from './places.ts'
import { TakeInView } from './ReceiveTab.tsx'
import { StickIcon } from './SendTab.tsx'

export function BackupTab() {
  return (
    <div className="page-scroll guided">
      <BackupPanel />
      <RestorePanel />
      <Panel title={t.safetyTitle}><p className="soft">{t.safetyBody}</p></Panel>
    </div>
  )
}

function BackupPanel() {
  const { backup, startBackup } = useExchangeDesk()
  const today = useToday()
  const start = async (): Promise<void> => {
    const target = await chooseTarget(t.backupName(today))
    if (target !== null) startBackup(target)
  }
  return (
    <Panel title={t.backupTitle} className={backup.state === 'done' ? 'done-panel' : ''}>
      <div className="panel-intro">
        <p className="soft">{t.backupBody}</p>
        <EntryButton entry="exchange.backup" type="primary" disabled={backup.busy} onClick={() => void start()}>{writesToPlace() ? t.backupVerb : t.backupVerbWeb}</EntryButton>
      </div>
      {backup.busy ? backup.job ? <JobProgress job={backup.job} onCancel={backup.cancel} /> : <Waiting /> : null}
      {backup.error?.code === 'CANCELLED' ? <Alert type="info" showIcon title={t.cancelled} /> : <ErrorBox error={backup.error} />}
      {backup.value ? <BackupDone done={backup.value} /> : null}
    </Panel>
  )
}

function BackupDone({ done }: { readonly done: Named<BackedUp> }) {
  const { file } = done
  return (
    <>
      <div role="status">
        <p className="done-title"><StickIcon />{t.backupDone}</p>
        <p className="done-word">{file === null ? t.pullOut : t.pullOutWeb}</p>
      </div>
      <p>{t.saved(done.savedAs)}　<span className="soft">{t.backupDoneFacts(done.changes, done.blobs, sizeText(done.bytes))}</span></p>
      {done.files > 1 ? <p>{t.sendFiles(done.files)}</p> : null}
      {done.blobsMissing > 0 ? <p>{t.sendBlobsMissing(done.blobsMissing)}</p> : null}
      {file === null ? null : <Button onClick={() => void saveFile(file, done.savedAs)}>{t.saveAgain}</Button>}
    </>
  )
}

function RestorePanel() {
  const { restore } = useExchangeDesk()
  const choose = async (): Promise<void> => {
    const [file] = await chooseFiles(['dspk'], false)
    if (file !== undefined) restore.choose(file)
  }
  return (
    <>
      <Panel title={t.restoreTitle}>
        <div className="panel-intro"><p className="soft">{t.restoreBody}</p><EntryButton entry="exchange.restore" disabled={restore.busy} onClick={() => void choose()}>{t.restoreVerb}</EntryButton></div>
      </Panel>
      <TakeInView takeIn={restore} entry="exchange.restore" verb={() => t.restoreConfirm} applying={t.restoring} again={t.restoreAnother} doneTitle={(report) => (report.new === 0 ? t.restoreDoneNothing : t.restoreDone(report.new))} />
    </>
  )
}
