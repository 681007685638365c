/** 运行规则 for one period. */
import { App as AntApp } from 'antd'
import { useState } from 'react'
import { useAction, useCall } from '../../api/hooks.ts'
import { ErrorBox } from '../../components/feedback.tsx'
import { EntryButton } from '../../components/layout.tsx'
import { PeriodSelect } from '../../components/pickers.tsx'
import { patchQuery } from '../../state/route.ts'
import { proposalsText as t } from '../../text/proposals.ts'

export function RunRules({ period }: { readonly period: string | null }) {
  const periods = useCall('reports.periods', {})
  const newest = [...(periods.data ?? [])].filter((one) => one.length === 7).sort().at(-1) ?? null
  const [chosen, setChosen] = useState<{ readonly under: string | null; readonly period: string | null } | null>(null)
  const action = useAction()
  const { message } = AntApp.useApp()
  // A choice made here holds until the list is filtered by another period.
  const target = (chosen?.under === period ? chosen.period : null) ?? period ?? newest
  const run = async (): Promise<void> => {
    if (target === null) return
    const answer = await action.run('proposals.run', { period: target })
    if (!answer.ok) return
    message.success(t.runDone(answer.value.added, answer.value.changed, answer.value.withdrawn))
    patchQuery({ period: target })
  }
  return (
    <>
      <ErrorBox error={action.error} />
      <span className="soft">{t.runPeriod}</span>
      <PeriodSelect value={target} allowAll={false} onChange={(next) => setChosen({ under: period, period: next })} width={124} />
      <EntryButton entry="proposals.run" type="primary" title={t.runHint} loading={action.busy} disabled={target === null} onClick={() => void run()}>{t.run}</EntryButton>
    </>
  )
}
