/** First run: the organ and the first account, or the sample year in one click; then the recovery code. */
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { formatLetterNumber } from '../../../shared/text/letterNumber.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/hooks.ts'
import { useJob } from '../../api/jobs.ts'
import { ErrorBox, JobProgress } from '../../components/feedback.tsx'
import { refreshStatus, useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { exchangeText } from '../../text/exchange.ts'
import { startText as t } from '../../text/shell.ts'
import { JoinForm } from '../exchange/JoinForm.tsx'
import { RecoveryCode, type Secrets } from './RecoveryCode.tsx'

type Fields = { organ: string; code: string; unit: string; account: string; password: string; again: string }
type Done = { readonly secrets: Secrets; readonly account: string; readonly password: string }

export function FirstRun() {
  const [done, setDone] = useState<Done | null>(null)
  const [joining, setJoining] = useState(false)
  const [joined, setJoined] = useState<Secrets | null>(null)
  const finish = async (): Promise<void> => {
    if (done === null) return
    const status = await call('app.status', {})
    if (status.ok && status.value.state === 'locked') await call('session.login', { account: done.account, password: done.password })
    await refreshStatus()
  }
  if (done !== null) return <RecoveryCode secrets={done.secrets} onDone={() => void finish()} />
  if (joined !== null) return <RecoveryCode secrets={joined} onDone={() => void refreshStatus()} />
  return (
    <main className="start-screen">
      <div className="first-run">
        <p className="start-product">{common.product}</p>
        <div className="first-run-columns">
          {joining ? <JoinForm onDone={setJoined} onBack={() => setJoining(false)} /> : <SetupForm onDone={setDone} />}
          <div className="first-run-side">
            {joining ? null : <JoinOffer onOpen={() => setJoining(true)} />}
            <DemoOffer />
          </div>
        </div>
      </div>
    </main>
  )
}

function SetupForm({ onDone }: { readonly onDone: (done: Done) => void }) {
  const [form] = Form.useForm<Fields>()
  const action = useAction()
  const year = Number(useToday().slice(0, 4))
  const code = Form.useWatch('code', form) ?? ''
  const setUp = async (fields: Fields): Promise<void> => {
    const unit = (fields.unit ?? '').trim()
    const answer = await call('app.setup', { organ: fields.organ.trim(), code: fields.code.trim(), ...(unit === '' ? {} : { unit }), account: fields.account.trim(), password: fields.password })
    if (answer.ok) onDone({ secrets: { of: t.recoveryFor(answer.value.organ, answer.value.code), recoveryCode: answer.value.recoveryCode, escrowKey: answer.value.escrowKey }, account: fields.account.trim(), password: fields.password })
    else action.fail(answer.error)
  }
  const [busy, setBusy] = useState(false)
  const needed = [{ required: true, whitespace: true, message: t.required }]
  return (
    <section className="start-card" aria-label={t.title}>
      <h1>{t.title}</h1>
      <p className="soft">{t.intro}</p>
      <Form form={form} layout="vertical" onFinish={(fields) => { setBusy(true); void setUp(fields).finally(() => setBusy(false)) }}>
        <Form.Item name="organ" label={t.organ} rules={needed}><Input placeholder={t.organPlaceholder} maxLength={60} autoFocus /></Form.Item>
        <Form.Item name="code" label={t.code} rules={needed} extra={<>{t.codePreview}：<b>{formatLetterNumber({ code: code.trim() === '' ? '＿＿' : code.trim(), year, sequence: 1 })}</b></>}><Input placeholder={t.codePlaceholder} maxLength={20} /></Form.Item>
        <Form.Item name="unit" label={t.unit}><Input placeholder={t.unitPlaceholder} maxLength={60} /></Form.Item>
        <Form.Item name="account" label={t.account} extra={t.accountHint} rules={needed}><Input maxLength={30} autoComplete="username" /></Form.Item>
        <div className="form-pair">
          <Form.Item name="password" label={t.password} extra={t.passwordHint} rules={[{ required: true, message: t.required }, { min: 8, message: t.shortPassword }]}><Input.Password autoComplete="new-password" /></Form.Item>
          <Form.Item name="again" label={t.passwordAgain} dependencies={['password']} rules={[{ required: true, message: t.required }, ({ getFieldValue }) => ({ validator: (_, value) => (value === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t.mismatch))) })]}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </div>
        <ErrorBox error={action.error} />
        <Button type="primary" htmlType="submit" loading={busy}>{t.create}</Button>
      </Form>
    </section>
  )
}

function JoinOffer({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <section className="start-card demo-offer" aria-label={exchangeText.joinCard}>
      <h2>{exchangeText.joinCard}</h2>
      <p className="soft">{exchangeText.joinCardBody}</p>
      <Button onClick={onOpen}>{exchangeText.joinOpen}</Button>
    </section>
  )
}

function DemoOffer() {
  const action = useAction()
  const job = useJob()
  const start = async (): Promise<void> => {
    const answer = await action.run('app.demo', {})
    if (!answer.ok) return
    const end = await job.follow(answer.value.job)
    if (end.ok) await refreshStatus()
    else action.fail(end.error)
  }
  return (
    <section className="start-card demo-offer" aria-label={t.demoTitle}>
      <h2>{t.demoTitle}</h2>
      <p className="soft">{t.demoBody}</p>
      {job.job ? <JobProgress job={job.job} /> : <Button onClick={() => void start()} loading={action.busy}>{t.demo}</Button>}
      <ErrorBox error={action.error} />
    </section>
  )
}
