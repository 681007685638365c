/** First use of a machine that joins an office's group: its name, its first account, and the request file. */
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { saveFile } from '../../api/files.ts'
import { useAction } from '../../api/hooks.ts'
import { ErrorBox } from '../../components/feedback.tsx'
import { LinkButton } from '../../components/layout.tsx'
import { exchangeText as t } from '../../text/exchange.ts'
import { startText } from '../../text/shell.ts'
import type { Secrets } from '../start/RecoveryCode.tsx'
import { chooseTarget, placeOf } from './places.ts'

type Fields = { name: string; account: string; password: string; again: string }

export function JoinForm({ onDone, onBack }: { readonly onDone: (secrets: Secrets) => void; readonly onBack: () => void }) {
  const [form] = Form.useForm<Fields>()
  const action = useAction()
  const [busy, setBusy] = useState(false)
  const request = async (fields: Fields): Promise<void> => {
    const name = fields.name.trim()
    const target = await chooseTarget(t.joinFile(name))
    if (target === null) return
    setBusy(true)
    const answer = await call('exchange.request', { account: fields.account.trim(), password: fields.password, name, ...placeOf(target) })
    if (answer.ok && answer.value.file !== null) await saveFile(answer.value.file, target.name)
    setBusy(false)
    if (answer.ok) onDone({ of: name, recoveryCode: answer.value.recoveryCode ?? '', escrowKey: null })
    else action.fail(answer.error)
  }
  const needed = [{ required: true, whitespace: true, message: startText.required }]
  return (
    <section className="start-card" aria-label={t.joinCard}>
      <h1>{t.joinCard}</h1>
      <p className="soft">{t.joinCardBody}</p>
      <Form form={form} layout="vertical" onFinish={(fields) => void request(fields)}>
        <Form.Item name="name" label={t.joinName} extra={t.joinNameHint} rules={needed}><Input placeholder={t.joinNamePlaceholder} maxLength={60} autoFocus /></Form.Item>
        <Form.Item name="account" label={t.joinAccount} extra={startText.accountHint} rules={needed}><Input maxLength={30} autoComplete="username" /></Form.Item>
        <div className="form-pair">
          <Form.Item name="password" label={t.joinPassword} extra={startText.passwordHint} rules={[{ required: true, message: startText.required }, { min: 8, message: startText.shortPassword }]}><Input.Password autoComplete="new-password" /></Form.Item>
          <Form.Item name="again" label={t.joinPasswordAgain} dependencies={['password']} rules={[{ required: true, message: startText.required }, ({ getFieldValue }) => ({ validator: (_, value) => (value === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(startText.mismatch))) })]}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </div>
        <ErrorBox error={action.error} />
        <div className="join-foot"><Button type="primary" htmlType="submit" loading={busy}>{t.joinStart}</Button><LinkButton onClick={onBack}>{t.joinBack}</LinkButton></div>
      </Form>
    </section>
  )
}
