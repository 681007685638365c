/** A new unit or a change of one: the names that bulletins call it by. */
import { App as AntApp, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { unitKinds, type UnitKind } from '../../../shared/domain/kinds.ts'
import { useAction } from '../../api/hooks.ts'
import { ErrorBox } from '../../components/feedback.tsx'
import { common } from '../../text/common.ts'
import { unitKindLabels } from '../../text/labels.ts'
import { unitsText as t } from '../../text/people.ts'

type UnitDialogProps = { readonly unit: OutputOf<'units.get'> | null; readonly onClose: () => void; readonly onSaved: (id: string) => void }

export function UnitDialog({ unit, onClose, onSaved }: UnitDialogProps) {
  const [name, setName] = useState(unit?.name ?? '')
  const [shortName, setShortName] = useState(unit?.shortName ?? '')
  const [kind, setKind] = useState<UnitKind>(unit?.kind ?? 'township')
  const [aliases, setAliases] = useState<readonly string[]>(unit?.aliases ?? [])
  const action = useAction()
  const { message } = AntApp.useApp()
  const save = async (): Promise<void> => {
    const answer = await action.run('units.save', { id: unit?.id ?? null, name: name.trim(), shortName: shortName.trim() === '' ? null : shortName.trim(), kind, aliases: [...aliases] })
    if (!answer.ok) return
    message.success(t.saved)
    onClose()
    onSaved(answer.value.id)
  }
  return (
    <Modal open title={unit === null ? t.addTitle : t.editTitle} okText={common.save} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: name.trim() === '' }}>
      <Form layout="vertical" className="dialog-body">
        <Form.Item label={t.name} htmlFor="unit-name"><Input id="unit-name" value={name} maxLength={60} autoFocus onChange={(event) => setName(event.target.value)} /></Form.Item>
        <div className="form-pair">
          <Form.Item label={t.shortName} htmlFor="unit-short"><Input id="unit-short" value={shortName} maxLength={60} onChange={(event) => setShortName(event.target.value)} /></Form.Item>
          <Form.Item label={t.kind} htmlFor="unit-kind"><Select id="unit-kind" value={kind} onChange={setKind} options={unitKinds.map((one) => ({ value: one, label: unitKindLabels[one] }))} /></Form.Item>
        </div>
        <Form.Item label={t.aliases} htmlFor="unit-aliases" extra={t.aliasHint}><Select id="unit-aliases" mode="tags" open={false} suffixIcon={null} value={[...aliases]} onChange={(next: string[]) => setAliases(next.slice(0, 20))} /></Form.Item>
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}
