/** 合并为同一人: only with both records side by side and a check by the person. */
import { App as AntApp, Checkbox, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useAction } from '../../api/hooks.ts'
import { ErrorBox } from '../../components/feedback.tsx'
import { common } from '../../text/common.ts'
import { birthText, none } from '../../text/format.ts'
import { officialsText as t } from '../../text/people.ts'
import type { Official } from './OfficialPage.tsx'

type JoinProps = { readonly keep: Official; readonly other: Official['namesakes'][number]; readonly onClose: () => void }

export function JoinDialog({ keep, other, onClose }: JoinProps) {
  const [checked, setChecked] = useState(false)
  const [reason, setReason] = useState('')
  const action = useAction()
  const { message } = AntApp.useApp()
  const join = async (): Promise<void> => {
    const answer = await action.run('officials.join', { id: other.id, into: keep.id, reason: reason.trim() })
    if (!answer.ok) return
    message.success(t.joined)
    onClose()
  }
  const rows = [[t.unit, keep.unit, other.unit], [t.post, keep.title, other.title], [t.birth, birthText(keep.birth), birthText(other.birth)]] as const
  return (
    <Modal open title={t.joinTitle} okText={t.joinVerb} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void join()} okButtonProps={{ disabled: !checked || reason.trim() === '' }}>
      <div className="dialog-body">
        <p>{t.joinBody(keep.name)}</p>
        <table className="table">
          <thead><tr><th aria-label={common.details} /><th>{t.joinKeep}</th><th>{t.joinInto}</th></tr></thead>
          <tbody>{rows.map(([label, a, b]) => <tr key={label} className={a === b ? '' : 'row-differs'}><th scope="row">{label}</th><td>{a ?? none}</td><td>{b ?? none}</td></tr>)}</tbody>
        </table>
        <Form layout="vertical">
          <Form.Item label={common.reason} htmlFor="join-reason" extra={common.reasonNeeded}><Input.TextArea id="join-reason" value={reason} onChange={(event) => setReason(event.target.value)} autoSize={{ minRows: 2 }} maxLength={2000} /></Form.Item>
        </Form>
        <Checkbox checked={checked} onChange={(event) => setChecked(event.target.checked)}>{t.joinCheck}</Checkbox>
        <ErrorBox error={action.error} />
      </div>
    </Modal>
  )
}
