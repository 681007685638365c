/** Account, light or dark, own password, lock. */
import { App as AntApp, Button, Dropdown, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useAction } from '../../api/hooks.ts'
import { ErrorBox } from '../../components/feedback.tsx'
import { Icon } from '../../components/icons.tsx'
import { lockNow, useSession } from '../../state/session.ts'
import { useTheme, type ThemeChoice } from '../../state/theme.ts'
import { common } from '../../text/common.ts'
import { roleLabels } from '../../text/labels.ts'
import { shellText as t } from '../../text/shell.ts'

const themes: readonly (readonly [ThemeChoice, string])[] = [['system', t.themeSystem], ['light', t.themeLight], ['dark', t.themeDark]]

export function AccountMenu() {
  const session = useSession((state) => state.status?.session ?? null)
  const theme = useTheme()
  const [changing, setChanging] = useState(false)
  if (session === null) return null
  return (
    <div className="account">
      <Dropdown menu={{ selectedKeys: [theme.choice], items: themes.map(([key, label]) => ({ key, label })), onClick: ({ key }) => theme.choose(key as ThemeChoice) }} trigger={['click']}>
        <Button type="text" aria-label={t.theme} icon={<Icon name="moon" />} />
      </Dropdown>
      <Dropdown trigger={['click']} menu={{ items: [{ key: 'password', label: t.changePassword }, { key: 'lock', label: t.lock }], onClick: ({ key }) => (key === 'lock' ? void lockNow() : setChanging(true)) }}>
        <Button type="text" title={session.roles.map((role) => roleLabels[role]).join('、')}>{session.name}</Button>
      </Dropdown>
      <Button type="text" icon={<Icon name="lock" />} onClick={() => void lockNow()}>{t.lock}</Button>
      {changing ? <PasswordDialog onClose={() => setChanging(false)} /> : null}
    </div>
  )
}

function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const [oldPassword, setOld] = useState('')
  const [newPassword, setNew] = useState('')
  const [again, setAgain] = useState('')
  const action = useAction()
  const { message } = AntApp.useApp()
  const mismatch = again !== '' && again !== newPassword
  const save = async (): Promise<void> => {
    const answer = await action.run('session.password', { oldPassword, newPassword })
    if (!answer.ok) return
    message.success(t.passwordChanged)
    onClose()
  }
  return (
    <Modal open title={t.passwordTitle} okText={common.save} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: oldPassword === '' || newPassword === '' || again !== newPassword }}>
      <Form layout="vertical">
        <Form.Item label={t.oldPassword} htmlFor="old-password"><Input.Password id="old-password" value={oldPassword} onChange={(event) => setOld(event.target.value)} autoComplete="current-password" /></Form.Item>
        <Form.Item label={t.newPassword} htmlFor="new-password"><Input.Password id="new-password" value={newPassword} onChange={(event) => setNew(event.target.value)} autoComplete="new-password" /></Form.Item>
        <Form.Item label={t.newPasswordAgain} htmlFor="new-again" validateStatus={mismatch ? 'error' : ''} help={mismatch ? t.mismatch : undefined}><Input.Password id="new-again" value={again} onChange={(event) => setAgain(event.target.value)} autoComplete="new-password" /></Form.Item>
      </Form>
      <ErrorBox error={action.error} />
    </Modal>
  )
}
