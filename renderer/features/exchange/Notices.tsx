/** What the person must know before anything else: a new identity, gaps, hard conflicts, attachments under way. */
import { Alert, App as AntApp, Button, Modal } from 'antd'
import { useState } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import { identityLine } from '../../../shared/text/exchange.ts'
import { call } from '../../api/client.ts'
import { saveFile } from '../../api/files.ts'
import { useAction } from '../../api/hooks.ts'
import { ErrorBox } from '../../components/feedback.tsx'
import { EntryButton } from '../../components/layout.tsx'
import { ReasonDialog } from '../../components/ReasonDialog.tsx'
import { navigate, useRoute } from '../../state/route.ts'
import { dataChanged } from '../../state/data.ts'
import { useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { exchangeText as t } from '../../text/exchange.ts'
import { momentText } from '../../text/format.ts'
import { DiffersAlert } from './DiffersAlert.tsx'
import { chooseTarget, placeOf } from './places.ts'
import type { Status } from './partner-model.ts'
import { useGapLine } from './use-gap-line.ts'

const dayMs = 24 * 60 * 60 * 1000

export function Notices({ status }: { readonly status: Status }) {
  const seen = useAction()
  const { path } = useRoute()
  const ahead = status.partners.filter((one) => one.clockAhead !== null)
  return (
    <div className="notices">
      {status.news === null ? null : <Alert type="info" showIcon title={identityLine(status.news)} action={<Button size="small" loading={seen.busy} onClick={() => void seen.run('exchange.seen', {})}>{t.understood}</Button>} />}
      {status.escrowUnseen ? <EscrowNotice /> : null}
      {status.conflicts.hard > 0 && path[1] !== 'conflicts' ? <Alert type="warning" showIcon title={t.hardAlert(status.conflicts.hard)} action={<Button size="small" onClick={() => navigate(['exchange', 'conflicts'])}>{t.goCheck}</Button>} /> : null}
      {status.alarms.map((one) => <DiffersAlert key={one.device} title={t.differsWith(one.name === '' ? t.machineUnknown : one.name, momentText(one.at))} scopes={one.scopes} />)}
      {status.parked > 0 ? <GapNotice status={status} /> : null}
      {ahead.length > 0 ? <Alert type="info" showIcon title={ahead.map((one) => t.clockAhead(one.name, Math.round((one.clockAhead ?? 0) / dayMs))).join('；')} description={t.clockBody} /> : null}
      {status.blobsMissing > 0 ? <Alert type="info" showIcon title={t.blobsMissing(status.blobsMissing)} /> : null}
    </div>
  )
}

/** Gaps with the request file, and giving one up for good. */
function GapNotice({ status }: { readonly status: Status }) {
  const today = useToday()
  const action = useAction()
  const lineOf = useGapLine()
  const [given, setGiven] = useState<{ readonly before: string; readonly line: string } | null>(null)
  const { message } = AntApp.useApp()
  const ask = async (): Promise<void> => {
    const target = await chooseTarget(t.gapName(today))
    if (target === null) return
    const answer = await action.run('exchange.ask', placeOf(target))
    if (!answer.ok) return
    if (answer.value.file !== null) await saveFile(answer.value.file, target.name)
    message.success(t.saved(target.name))
  }
  const giveUp = async (before: string, reason: string): Promise<void> => {
    const answer = await action.run('exchange.gapAck', { before, reason })
    if (!answer.ok) return
    message.success(t.gapReleased(answer.value.released))
    setGiven(null)
  }
  return (
    <>
      <Alert
        type="warning" showIcon title={t.gapAlert(status.parked)}
        description={
          <>
            <ul className="gap-lines lines-scroll">
              {status.gaps.map((gap) => (
                <li key={gap.before}>
                  <span>{lineOf(gap)}</span>
                  <EntryButton entry="exchange.gapAck" size="small" type="text" onClick={() => { action.clear(); setGiven({ before: gap.before, line: lineOf(gap) }) }}>{t.gapGiveUp}</EntryButton>
                </li>
              ))}
            </ul>
            <p>{t.gapAskHint}</p>
            {given === null ? <ErrorBox error={action.error} /> : null}
          </>
        }
        action={<EntryButton entry="exchange.ask" size="small" type="primary" loading={action.busy} onClick={() => void ask()}>{t.gapAsk}</EntryButton>}
      />
      {given === null ? null : (
        <ReasonDialog title={t.gapGiveUpTitle} verb={t.gapGiveUp} danger busy={action.busy} error={action.error} onCancel={() => setGiven(null)} onReason={(reason) => void giveUp(given.before, reason)}>
          <p>{t.gapGiveUpBody(given.line)}</p>
        </ReasonDialog>
      )}
    </>
  )
}

/** The lists ask again only when the person has closed the key: this notice, and the dialog with it, is gone with the next answer. */
function EscrowNotice() {
  const [key, setKey] = useState<string | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const show = async (): Promise<void> => {
    const answer = await call('exchange.escrowKey', {})
    if (answer.ok) setKey(answer.value.escrowKey)
    else setError(answer.error)
  }
  const close = (): void => {
    setKey(null)
    dataChanged()
  }
  return (
    <>
      <Alert type="info" showIcon title={t.escrowUnseen} {...(error === null ? {} : { description: <ErrorBox error={error} /> })} action={<EntryButton entry="exchange.escrowKey" size="small" type="primary" onClick={() => void show()}>{t.escrowShow}</EntryButton>} />
      {key === null ? null : (
        <Modal open title={t.escrowTitle} onCancel={close} maskClosable={false} footer={[<Button key="print" onClick={() => window.print()}>{t.print}</Button>, <Button key="close" type="primary" onClick={close}>{common.close}</Button>]}>
          <div className="dialog-body print-area"><p>{t.escrowShown}</p><p className="escrow-key mono">{key}</p></div>
        </Modal>
      )}
    </>
  )
}
