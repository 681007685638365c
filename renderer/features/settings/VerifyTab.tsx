/** 数据校验 as a job with its findings. */
import { Alert } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/hooks.ts'
import { useJob } from '../../api/jobs.ts'
import { ErrorBox, JobProgress } from '../../components/feedback.tsx'
import { EntryButton, Panel } from '../../components/layout.tsx'
import { settingsText as t } from '../../text/settings.ts'

export function VerifyTab() {
  const [result, setResult] = useState<OutputOf<'verify.result'> | null>(null)
  const job = useJob()
  const action = useAction()
  const start = async (): Promise<void> => {
    setResult(null)
    const started = await action.run('verify.start', {})
    if (!started.ok) return
    const end = await job.follow(started.value.job)
    const answer = end.ok ? await call('verify.result', { job: started.value.job }) : end
    if (!answer.ok) action.fail(answer.error)
    else if ('problems' in answer.value) setResult(answer.value)
  }
  return (
    <div className="page-scroll">
      <Panel>
        <div className="panel-intro"><p className="soft">{t.verifyIntro}</p><EntryButton entry="verify.start" type="primary" disabled={job.running} loading={action.busy} onClick={() => void start()}>{t.verifyStart}</EntryButton></div>
        {job.job ? <JobProgress job={job.job} onCancel={() => void job.cancel()} /> : null}
        <ErrorBox error={action.error} />
        {result?.ok ? <Alert type="success" showIcon title={t.verifyOk} /> : null}
        {result && !result.ok ? (
          <>
            <Alert type="error" showIcon title={t.verifyBad(result.problems.length)} />
            <table className="table"><thead><tr><th>{t.problem}</th><th>{t.detail}</th></tr></thead><tbody>{result.problems.map((one) => <tr key={`${one.code}-${one.detail}`}><td className="nowrap">{one.code}</td><td className="cell-text">{one.detail}</td></tr>)}</tbody></table>
          </>
        ) : null}
      </Panel>
    </div>
  )
}
