/** The alarm: same records, another state. The one thing to do here is to save the diagnostic file. */
import { Alert, Button } from 'antd'
import { ErrorBox, JobProgress, Waiting } from '../../components/feedback.tsx'
import { EntryButton } from '../../components/layout.tsx'
import { navigate } from '../../state/route.ts'
import { useMay, useToday } from '../../state/session.ts'
import { exchangeText as t } from '../../text/exchange.ts'
import { useExchangeDesk } from './desk.ts'
import { chooseTarget } from './places.ts'

export function DiffersAlert({ title, scopes }: { readonly title: string; readonly scopes: readonly string[] }) {
  const { diagnosis, startDiagnosis } = useExchangeDesk()
  const today = useToday()
  const may = useMay()
  const save = async (): Promise<void> => {
    const target = await chooseTarget(t.diagnosisName(today))
    if (target !== null) startDiagnosis(scopes, target)
  }
  return (
    <Alert
      type="error" showIcon title={title}
      description={
        <>
          <p>{t.differsBody}</p>
          {diagnosis.busy ? diagnosis.job ? <JobProgress job={diagnosis.job} onCancel={diagnosis.cancel} /> : <Waiting /> : null}
          {diagnosis.error === null || diagnosis.error.code === 'CANCELLED' ? null : <ErrorBox error={diagnosis.error} />}
          {diagnosis.value ? <p role="status">{t.diagnosed(diagnosis.value.savedAs, diagnosis.value.scopes)}</p> : null}
        </>
      }
      action={
        <div className="alert-actions">
          <EntryButton entry="exchange.diagnose" size="small" type="primary" disabled={diagnosis.busy} onClick={() => void save()}>{t.differsVerb}</EntryButton>
          {may('verify.start') ? <Button size="small" onClick={() => navigate(['settings', 'verify'])}>{t.differsCheck}</Button> : null}
        </div>
      }
    />
  )
}
