/** What a screen shows when there is nothing, not yet, or something went wrong. */
import { Alert, Button, Progress, Spin } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import type { AppError } from '../../shared/errors.ts'
import type { Job } from '../api/jobs.ts'
import { common, countsText, stepText } from '../text/common.ts'
import { errorSentence } from '../../shared/text/errors.ts'

export function ErrorBox({ error, onRetry }: { readonly error: AppError | null; readonly onRetry?: () => void }) {
  if (error === null) return null
  return (
    <Alert
      className="error-box" type="error" showIcon role="alert" title={errorSentence(error)}
      description={error.ref === undefined ? undefined : common.ref(error.ref)}
      action={onRetry ? <Button size="small" onClick={onRetry}>{common.retry}</Button> : undefined}
    />
  )
}

/** Shows itself only when the wait is longer than a person notices. */
export function Waiting({ text = common.loading, after = 350 }: { readonly text?: string; readonly after?: number }) {
  const [shown, setShown] = useState(after === 0)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), after)
    return () => clearTimeout(timer)
  }, [after])
  return (
    <div className="waiting" role="status">
      {shown ? (
        <>
          <Spin size="small" /> {text}
        </>
      ) : null}
    </div>
  )
}

export function EmptyState({ title, hint, action }: { readonly title: string; readonly hint?: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className="empty-state">
      <p className="empty-title">{title}</p>
      {hint ? <p className="empty-hint">{hint}</p> : null}
      {action}
    </div>
  )
}

export function JobProgress({ job, onCancel }: { readonly job: Job; readonly onCancel?: (() => void) | undefined }) {
  const percent = job.fraction === null ? 0 : Math.round(job.fraction * 100)
  const counts = countsText(job.counts)
  return (
    <div className="job-progress" role="status" aria-live="polite">
      <div className="job-line">
        <span>{stepText(job.step)}{counts === '' ? '' : `（${counts}）`}</span>
        {onCancel ? <Button size="small" onClick={onCancel}>{common.cancel}</Button> : null}
      </div>
      <Progress percent={percent} size="small" status="active" showInfo={job.fraction !== null} aria-label={stepText(job.step)} />
    </div>
  )
}

/** Data, or what stands in for it. */
export function Shown<T>({ of, children }: { readonly of: { readonly data: T | null; readonly error: AppError | null; readonly reload: () => void }; readonly children: (data: T) => ReactNode }) {
  if (of.error !== null && of.data === null) return <ErrorBox error={of.error} onRetry={of.reload} />
  return of.data === null ? <Waiting /> : <>{children(of.data)}</>
}
