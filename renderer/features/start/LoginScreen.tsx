/** Log-in, also over a page that locked itself; and the way back in with the recovery code. */
import { Button, Form, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { demoAccount } from '../../../shared/domain/demo.ts'
import { useAction } from '../../api/hooks.ts'
import { ErrorBox } from '../../components/feedback.tsx'
import { Icon } from '../../components/icons.tsx'
import { LinkButton } from '../../components/layout.tsx'
import { refreshStatus, useSession } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { loginText as t, shellText } from '../../text/shell.ts'

/** Dialogs of the page hang beside #root: hidden and dead as well while the log-in stands over them. */
function useCoveredPortals(over: boolean): void {
  useEffect(() => {
    if (!over) return undefined
    const portals = [...document.body.children].filter((child): child is HTMLElement => child instanceof HTMLElement && child.id !== 'root' && child.tagName !== 'SCRIPT')
    for (const portal of portals) {
      portal.inert = true
      portal.style.visibility = 'hidden'
    }
    return () => {
      for (const portal of portals) {
        portal.inert = false
        portal.style.visibility = ''
      }
    }
  }, [over])
}

export function LoginScreen({ over }: { readonly over?: boolean }) {
  const status = useSession((state) => state.status)
  const [recovering, setRecovering] = useState(false)
  useCoveredPortals(over ?? false)
  return (
    <div className={over ? 'start-screen start-over' : 'start-screen'} role={over ? 'dialog' : 'main'} aria-modal={over ? true : undefined} aria-label={over ? t.lockedTitle : t.title}>
      <div className="start-card">
        <p className="start-product">{common.product}</p>
        <p className="start-organ">{status?.organ ?? ''}</p>
        {status?.demo ? <p className="demo-word">{shellText.demoBanner}　{t.demoPassword(demoAccount.password)}</p> : null}
        <h1>{recovering ? t.recoverTitle : over ? <><Icon name="lock" /> {t.lockedTitle}</> : t.title}</h1>
        {over && !recovering ? <p className="soft">{t.lockedBody}</p> : null}
        {recovering ? <RecoverForm accounts={status?.accounts ?? []} onBack={() => setRecovering(false)} /> : <LoginForm accounts={status?.accounts ?? []} over={over ?? false} onForgot={() => setRecovering(true)} />}
      </div>
    </div>
  )
}

function useAccount(accounts: readonly string[]): [string, (name: string) => void] {
  const before = useSession((state) => state.status?.session?.name)
  const [account, setAccount] = useState(before ?? accounts[0] ?? '')
  return [account, setAccount]
}

function LoginForm({ accounts, over, onForgot }: { readonly accounts: readonly string[]; readonly over: boolean; readonly onForgot: () => void }) {
  const [account, setAccount] = useAccount(accounts)
  const [password, setPassword] = useState('')
  const action = useAction()
  const before = useSession((state) => state.status?.session?.name)
  const logIn = async (): Promise<void> => {
    const answer = await action.run('session.login', { account, password })
    if (answer.ok) await refreshStatus()
    else setPassword('')
  }
  return (
    <Form layout="vertical" onFinish={() => void logIn()}>
      <Form.Item label={t.account} htmlFor="login-account">
        <Select id="login-account" value={account} onChange={setAccount} options={accounts.map((name) => ({ value: name, label: name }))} notFoundContent={t.noAccounts} />
      </Form.Item>
      {over && before !== undefined && account !== before ? <p className="warn-text">{t.otherAccount}</p> : null}
      <Form.Item label={t.password} htmlFor="login-password">
        <Input.Password id="login-password" value={password} onChange={(event) => setPassword(event.target.value)} autoFocus autoComplete="current-password" />
      </Form.Item>
      <ErrorBox error={action.error} />
      <Button type="primary" htmlType="submit" block loading={action.busy} disabled={account === ''}>{t.login}</Button>
      <p className="start-foot"><LinkButton onClick={onForgot}>{t.forgot}</LinkButton></p>
    </Form>
  )
}

function RecoverForm({ accounts, onBack }: { readonly accounts: readonly string[]; readonly onBack: () => void }) {
  const [account, setAccount] = useAccount(accounts)
  const [recoveryCode, setCode] = useState('')
  const [newPassword, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const action = useAction()
  const mismatch = again !== '' && again !== newPassword
  const recover = async (): Promise<void> => {
    if (newPassword !== again) return
    const answer = await action.run('session.recover', { recoveryCode: recoveryCode.trim(), account, newPassword })
    if (answer.ok) await refreshStatus()
  }
  return (
    <Form layout="vertical" onFinish={() => void recover()}>
      <Form.Item label={t.recoveryCode} htmlFor="recover-code">
        <Input.TextArea id="recover-code" className="mono" value={recoveryCode} onChange={(event) => setCode(event.target.value)} autoSize={{ minRows: 2 }} maxLength={200} autoFocus />
      </Form.Item>
      <Form.Item label={t.account} htmlFor="recover-account">
        <Select id="recover-account" value={account} onChange={setAccount} options={accounts.map((name) => ({ value: name, label: name }))} />
      </Form.Item>
      <Form.Item label={t.newPassword} htmlFor="recover-password">
        <Input.Password id="recover-password" value={newPassword} onChange={(event) => setPassword(event.target.value)} autoComplete="new-password" />
      </Form.Item>
      <Form.Item label={t.again} htmlFor="recover-again" validateStatus={mismatch ? 'error' : ''} help={mismatch ? t.mismatch : undefined}>
        <Input.Password id="recover-again" value={again} onChange={(event) => setAgain(event.target.value)} autoComplete="new-password" />
      </Form.Item>
      <ErrorBox error={action.error} />
      <Button type="primary" htmlType="submit" block loading={action.busy} disabled={recoveryCode.trim() === '' || newPassword === '' || newPassword !== again}>{t.recover}</Button>
      <p className="start-foot"><LinkButton onClick={onBack}>{t.back}</LinkButton></p>
    </Form>
  )
}
