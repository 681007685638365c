/** A step that must say why: declining, undoing, withdrawing. */
import { Form, Input, Modal } from 'antd'
import { useState, type ReactNode } from 'react'
import type { AppError } from '../../shared/errors.ts'
import { common } from '../text/common.ts'
import { ErrorBox } from './feedback.tsx'

type ReasonDialogProps = {
  readonly title: string
  readonly verb: string
  readonly children?: ReactNode
  readonly danger?: boolean
  readonly busy: boolean
  readonly error: AppError | null
  readonly onCancel: () => void
  readonly onReason: (reason: string) => void
}

export function ReasonDialog({ title, verb, children, danger, busy, error, onCancel, onReason }: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  return (
    <Modal open title={title} okText={verb} cancelText={common.cancel} onCancel={onCancel} onOk={() => onReason(reason.trim())} confirmLoading={busy} okButtonProps={{ disabled: reason.trim() === '', danger: danger ?? false }}>
      <div className="dialog-body">
        {children}
        <Form layout="vertical">
          <Form.Item label={common.reason} extra={common.reasonNeeded} required htmlFor="reason-text">
            <Input.TextArea id="reason-text" value={reason} onChange={(event) => setReason(event.target.value)} autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} autoFocus />
          </Form.Item>
        </Form>
        <ErrorBox error={error} />
      </div>
    </Modal>
  )
}
