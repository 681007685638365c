/** 账号: who may do what. */
import { App as AntApp, Button, Checkbox, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { roles as allRoles, type Role } from '../../../shared/domain/roles.ts'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { ErrorBox, Shown } from '../../components/feedback.tsx'
import { EntryButton, Panel } from '../../components/layout.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { common } from '../../text/common.ts'
import { roleLabels } from '../../text/labels.ts'
import { settingsText as t } from '../../text/settings.ts'

type Account = OutputOf<'accounts.list'>[number]
type Dialog = { readonly kind: 'add' } | { readonly kind: 'edit' | 'password'; readonly account: Account }

export function AccountsTab() {
  const accounts = useCall('accounts.list', {})
  const [dialog, setDialog] = useState<Dialog | null>(null)
  return (
    <div className="page-scroll">
      <Panel>
        <div className="panel-intro"><p className="soft">{t.accountsHint}</p><EntryButton entry="accounts.create" type="primary" onClick={() => setDialog({ kind: 'add' })}>{t.addAccount}</EntryButton></div>
        <Shown of={accounts}>
          {(list) => (
            <table className="table">
              <thead><tr><th>{t.accountName}</th><th>{t.roles}</th><th>{t.status}</th><th>{common.action}</th></tr></thead>
              <tbody>
                {list.map((account) => (
                  <tr key={account.id}>
                    <td>{account.name}</td><td>{account.roles.map((role) => roleLabels[role]).join('、')}</td><td><StatusLight tone={account.disabled ? 'off' : 'done'} text={account.disabled ? t.disabled : t.active} /></td>
                    <td><EntryButton entry="accounts.update" size="small" onClick={() => setDialog({ kind: 'edit', account })}>{t.editAccount}</EntryButton> <EntryButton entry="accounts.resetPassword" size="small" onClick={() => setDialog({ kind: 'password', account })}>{t.resetPassword}</EntryButton></td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Shown>
      </Panel>
      {dialog?.kind === 'add' ? <AddDialog onClose={() => setDialog(null)} /> : null}
      {dialog?.kind === 'edit' ? <EditDialog account={dialog.account} onClose={() => setDialog(null)} /> : null}
      {dialog?.kind === 'password' ? <PasswordDialog account={dialog.account} onClose={() => setDialog(null)} /> : null}
    </div>
  )
}

function RoleBoxes({ value, onChange }: { readonly value: readonly Role[]; readonly onChange: (roles: Role[]) => void }) {
  return <Form.Item label={t.roles}><Checkbox.Group value={[...value]} onChange={(next) => onChange(allRoles.filter((role) => next.includes(role)))} options={allRoles.map((role) => ({ value: role, label: roleLabels[role] }))} /></Form.Item>
}

type TwiceProps = { readonly password: string; readonly again: string; readonly onPassword: (text: string) => void; readonly onAgain: (text: string) => void }

function Twice({ password, again, onPassword, onAgain }: TwiceProps) {
  const mismatch = again !== '' && again !== password
  return (
    <div className="form-pair">
      <Form.Item label={t.password} htmlFor="account-password"><Input.Password id="account-password" value={password} onChange={(event) => onPassword(event.target.value)} autoComplete="new-password" /></Form.Item>
      <Form.Item label={t.passwordAgain} htmlFor="account-again" validateStatus={mismatch ? 'error' : ''} help={mismatch ? t.mismatch : undefined}><Input.Password id="account-again" value={again} onChange={(event) => onAgain(event.target.value)} autoComplete="new-password" /></Form.Item>
    </div>
  )
}

function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('')
  const [roles, setRoles] = useState<Role[]>(['enter', 'read'])
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const action = useAction()
  const { message } = AntApp.useApp()
  const save = async (): Promise<void> => {
    const answer = await action.run('accounts.create', { name: name.trim(), password, roles })
    if (!answer.ok) return
    message.success(t.accountSaved)
    onClose()
  }
  return (
    <Modal open title={t.addAccount} okText={common.save} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: name.trim() === '' || roles.length === 0 || password === '' || password !== again }}>
      <Form layout="vertical" className="dialog-body">
        <Form.Item label={t.accountName} htmlFor="account-name"><Input id="account-name" value={name} maxLength={30} autoFocus onChange={(event) => setName(event.target.value)} /></Form.Item>
        <RoleBoxes value={roles} onChange={setRoles} />
        <Twice password={password} again={again} onPassword={setPassword} onAgain={setAgain} />
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}

function EditDialog({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const [roles, setRoles] = useState<Role[]>([...account.roles])
  const [disabled, setDisabled] = useState(account.disabled)
  const action = useAction()
  const { message } = AntApp.useApp()
  const save = async (): Promise<void> => {
    const answer = await action.run('accounts.update', { id: account.id, roles, disabled })
    if (!answer.ok) return
    message.success(t.accountSaved)
    onClose()
  }
  return (
    <Modal open title={`${t.editAccount}：${account.name}`} okText={common.save} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: roles.length === 0 }}>
      <Form layout="vertical" className="dialog-body">
        <RoleBoxes value={roles} onChange={setRoles} />
        <Checkbox checked={disabled} onChange={(event) => setDisabled(event.target.checked)}>{t.disable}</Checkbox>
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}

function PasswordDialog({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const action = useAction()
  const { message } = AntApp.useApp()
  const save = async (): Promise<void> => {
    const answer = await action.run('accounts.resetPassword', { id: account.id, newPassword: password })
    if (!answer.ok) return
    message.success(t.passwordSaved)
    onClose()
  }
  return (
    <Modal open title={`${t.resetPassword}：${account.name}`} okText={common.save} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: password === '' || password !== again }}>
      <Form layout="vertical" className="dialog-body">
        <Twice password={password} again={again} onPassword={setPassword} onAgain={setAgain} />
        <ErrorBox error={action.error} />
        <Button hidden htmlType="submit" />
      </Form>
    </Modal>
  )
}
