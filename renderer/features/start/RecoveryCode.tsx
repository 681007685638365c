/** The recovery code is shown once; the person proves that it is written down. */
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { startText as t } from '../../text/shell.ts'
import { lastGroup, sameGroup } from './recovery-groups.ts'

export function RecoveryCode({ setup, onDone }: { readonly setup: OutputOf<'app.setup'>; readonly onDone: () => void }) {
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const right = sameGroup(typed, lastGroup(setup.recoveryCode))
  return (
    <main className="start-screen">
      <div className="start-card start-wide print-area">
        <h1>{t.recoveryTitle}</h1>
        <p>{t.recoveryFor(setup.organ, setup.code)}</p>
        <p>{t.recoveryBody}</p>
        <p className="recovery-code mono">{setup.recoveryCode}</p>
        <p>{t.escrowBody}</p>
        <p className="escrow-key mono">{setup.escrowKey}</p>
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
