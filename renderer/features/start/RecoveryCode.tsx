/** The recovery code is shown once; the person proves that it is written down. */
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { startText as t } from '../../text/shell.ts'
import { lastGroup, sameGroup } from './recovery-groups.ts'

/** `escrowKey` null: this machine joins a group that has its own. */
export type Secrets = { readonly of: string; readonly recoveryCode: string; readonly escrowKey: string | null }

export function RecoveryCode({ secrets, onDone }: { readonly secrets: Secrets; readonly onDone: () => void }) {
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const right = sameGroup(typed, lastGroup(secrets.recoveryCode))
  return (
    <main className="start-screen">
      <div className="start-card start-wide print-area">
        <h1>{t.recoveryTitle}</h1>
        <p>{secrets.of}</p>
        <p>{t.recoveryBody}</p>
        <p className="recovery-code mono">{secrets.recoveryCode}</p>
        {secrets.escrowKey === null ? null : <><p>{t.escrowBody}</p><p className="escrow-key mono">{secrets.escrowKey}</p></>}
        <div className="no-print">
          <p><Button onClick={() => window.print()}>{t.print}</Button></p>
          <Form layout="vertical" onFinish={() => (right ? onDone() : setTried(true))}>
            <Form.Item label={t.confirmLabel} htmlFor="recovery-typed" validateStatus={tried && !right ? 'error' : ''} help={tried && !right ? t.confirmWrong : undefined}>
              <Input id="recovery-typed" className="mono" value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" autoFocus />
            </Form.Item>
            <Button type="primary" htmlType="submit" disabled={typed.trim() === ''}>{t.enter}</Button>
          </Form>
        </div>
      </div>
    </main>
  )
}
