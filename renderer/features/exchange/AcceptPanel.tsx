/** 认下: what came of a revoked machine after its end; what would count, why, and that it does from now on. */
import { Alert, App as AntApp } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { call } from '../../api/client.ts'
import { useCall } from '../../api/hooks.ts'
import { JobProgress } from '../../components/feedback.tsx'
import { EntryButton, Panel } from '../../components/layout.tsx'
import { ReasonDialog } from '../../components/ReasonDialog.tsx'
import { exchangeText as t } from '../../text/exchange.ts'
import { acceptLines, type Partner } from './partner-model.ts'
import { useFlow } from './use-flow.ts'

/** `able`: this machine may accept; elsewhere the person is told where. Stays while nothing is left, so that the dialog ends in its own time. */
export function AcceptPanel({ partner, able }: { readonly partner: Partner; readonly able: boolean }) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      {partner.barred === 0 ? null : (
        <Panel title={t.barredTitle(partner.barred)} extra={able ? <EntryButton entry="exchange.accept" onClick={() => setAsking(true)}>{t.acceptOpen}</EntryButton> : null}>
          <p className="soft">{able ? t.barredHere : t.barredElsewhere}</p>
        </Panel>
      )}
      {asking ? <AcceptDialog partner={partner} onClose={() => setAsking(false)} /> : null}
    </>
  )
}

function AcceptDialog({ partner, onClose }: { readonly partner: Partner; readonly onClose: () => void }) {
  const flow = useFlow<OutputOf<'exchange.acceptResult'>>(true)
  // Not asked again while it is done: nothing would be left to tell of.
  const [plan, setPlan] = useState<OutputOf<'exchange.acceptPlan'> | null>(null)
  const asked = useCall('exchange.acceptPlan', flow.state === 'idle' || flow.state === 'failed' ? { device: partner.device } : null)
  const shown = asked.data ?? plan
  if (asked.data !== null && asked.data !== plan) setPlan(asked.data)
  const { message } = AntApp.useApp()
  const accept = async (reason: string): Promise<void> => {
    if (shown === null) return
    const done = await flow.run(() => call('exchange.accept', { device: partner.device, reason, seen: shown.seen }), (job) => call('exchange.acceptResult', { job }))
    if (!done.ok) return
    message.success(t.acceptDone(done.value.changes))
    onClose()
  }
  return (
    <ReasonDialog title={t.acceptTitle(partner.name)} verb={t.accept} busy={flow.busy} error={flow.error ?? asked.error} onCancel={() => (flow.busy ? undefined : onClose())} onReason={(reason) => void accept(reason)}>
      <p>{t.acceptBody}</p>
      <Alert type="warning" showIcon title={t.acceptHonest} />
      {shown === null ? null : <Panel title={t.acceptCount(shown.changes)}><ul className="row-kinds">{acceptLines(shown).map((line) => <li key={line}>{line}</li>)}</ul></Panel>}
      {flow.job ? <JobProgress job={flow.job} /> : null}
    </ReasonDialog>
  )
}
