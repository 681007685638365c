/** A new official or a change of one, with the present post. A namesake in the same unit must be confirmed. */
import { Alert, App as AntApp, Checkbox, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import type { InputOf } from '../../../shared/contract/entries.ts'
import { useAction } from '../../api/hooks.ts'
import { ErrorBox } from '../../components/feedback.tsx'
import { UnitPicker } from '../../components/pickers.tsx'
import { common } from '../../text/common.ts'
import { officialsText as t } from '../../text/people.ts'
import type { Official } from './OfficialPage.tsx'

type Values = {
  readonly name: string; readonly gender: '男' | '女' | null; readonly birth: string; readonly phone: string; readonly note: string; readonly unitId: string | null; readonly title: string; readonly rank: string; readonly isHead: boolean;
  readonly portfolio: string; readonly since: string; readonly until: string
}

const text = (value: string): string | null => (value.trim() === '' ? null : value.trim())

function valuesOf(official: Official | null): Values {
  const post = official?.posts.find((one) => one.until === null) ?? null
  return {
    name: official?.name ?? '', gender: official?.gender === '男' || official?.gender === '女' ? official.gender : null, birth: official?.birth ?? '', phone: official?.phone ?? '', note: official?.note ?? '', unitId: post?.unitId ?? null, title: post?.title ?? '',
    rank: post?.rank ?? '', isHead: post?.isHead ?? false, portfolio: post?.portfolio ?? '', since: post?.since ?? '', until: post?.until ?? '',
  }
}

function inputOf(official: Official | null, values: Values, namesakeConfirmed: boolean): InputOf<'officials.save'> {
  const post = official?.posts.find((one) => one.until === null) ?? null
  return {
    id: official?.id ?? null, name: values.name.trim(), gender: values.gender, birth: text(values.birth), phone: text(values.phone), note: text(values.note), namesakeConfirmed,
    post: values.unitId === null ? null : { id: post?.id ?? null, unitId: values.unitId, title: text(values.title), rank: text(values.rank), isHead: values.isHead, portfolio: text(values.portfolio), since: text(values.since), until: text(values.until) },
  }
}

const datePattern = /^(\d{4}(-\d{2}(-\d{2})?)?)?$/

type DialogProps = { readonly official: Official | null; readonly onClose: () => void; readonly onSaved: (id: string) => void }

export function OfficialDialog({ official, onClose, onSaved }: DialogProps) {
  const [values, setValues] = useState(() => valuesOf(official))
  const [confirmed, setConfirmed] = useState(false)
  const action = useAction()
  const { message } = AntApp.useApp()
  const namesake = action.error?.code === 'OFFICIAL_NAMESAKE'
  const [asked, setAsked] = useState(false)
  const badDate = [values.birth, values.since, values.until].some((date) => !datePattern.test(date.trim()))
  const set = (patch: Partial<Values>): void => setValues((now) => ({ ...now, ...patch }))
  const save = async (): Promise<void> => {
    const answer = await action.run('officials.save', inputOf(official, values, confirmed))
    if (!answer.ok) return setAsked(asked || answer.error.code === 'OFFICIAL_NAMESAKE')
    message.success(t.saved)
    onClose()
    onSaved(answer.value.id)
  }
  return (
    <Modal open width={640} title={official === null ? t.addTitle : t.editTitle} okText={common.save} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: values.name.trim() === '' || badDate || (asked && !confirmed) }}>
      <Form layout="vertical" className="dialog-body">
        <PersonFields values={values} set={set} />
        <PostFields values={values} set={set} unitName={official?.unit ?? null} />
        {asked ? <Alert type="warning" showIcon title={t.namesakeTitle} description={<>{t.namesakeBody}<br /><Checkbox checked={confirmed} onChange={(event) => setConfirmed(event.target.checked)}>{t.namesakeConfirm}</Checkbox></>} /> : null}
        {namesake ? null : <ErrorBox error={action.error} />}
      </Form>
    </Modal>
  )
}

type FieldsProps = { readonly values: Values; readonly set: (patch: Partial<Values>) => void }

function PersonFields({ values, set }: FieldsProps) {
  return (
    <>
      <div className="form-pair">
        <Form.Item label={t.name} htmlFor="official-name"><Input id="official-name" value={values.name} maxLength={60} autoFocus onChange={(event) => set({ name: event.target.value })} /></Form.Item>
        <Form.Item label={t.gender}><Radio.Group value={values.gender} onChange={(event) => set({ gender: event.target.value as Values['gender'] })} options={[{ value: '男', label: t.male }, { value: '女', label: t.female }]} /></Form.Item>
      </div>
      <div className="form-pair">
        <Form.Item label={t.birth} htmlFor="official-birth" validateStatus={datePattern.test(values.birth.trim()) ? '' : 'error'} help={datePattern.test(values.birth.trim()) ? undefined : t.birthHint}><Input id="official-birth" value={values.birth} placeholder={t.birthHint} maxLength={10} onChange={(event) => set({ birth: event.target.value })} /></Form.Item>
        <Form.Item label={t.phone} htmlFor="official-phone"><Input id="official-phone" value={values.phone} maxLength={40} onChange={(event) => set({ phone: event.target.value })} /></Form.Item>
      </div>
      <Form.Item label={t.note} htmlFor="official-note"><Input id="official-note" value={values.note} maxLength={2000} onChange={(event) => set({ note: event.target.value })} /></Form.Item>
    </>
  )
}

function PostFields({ values, set, unitName }: FieldsProps & { readonly unitName: string | null }) {
  return (
    <fieldset className="draft-group">
      <legend>{t.postSection}</legend>
      <div className="form-pair">
        <Form.Item label={t.unit} htmlFor="official-unit" validateStatus={values.title !== '' && values.unitId === null ? 'error' : ''} help={values.title !== '' && values.unitId === null ? t.unitNeeded : undefined}><UnitPicker id="official-unit" value={values.unitId} shownName={unitName} onChange={(unitId) => set({ unitId })} /></Form.Item>
        <Form.Item label={t.post} htmlFor="official-title"><Input id="official-title" value={values.title} maxLength={200} onChange={(event) => set({ title: event.target.value })} /></Form.Item>
      </div>
      <div className="form-pair">
        <Form.Item label={t.since} htmlFor="official-since"><Input id="official-since" value={values.since} placeholder={t.sinceHint} maxLength={10} onChange={(event) => set({ since: event.target.value })} /></Form.Item>
        <Form.Item label={t.until} htmlFor="official-until"><Input id="official-until" value={values.until} maxLength={10} onChange={(event) => set({ until: event.target.value })} /></Form.Item>
      </div>
      <div className="form-pair">
        <Form.Item label={t.rank} htmlFor="official-rank"><Input id="official-rank" value={values.rank} maxLength={200} onChange={(event) => set({ rank: event.target.value })} /></Form.Item>
        <Form.Item label={t.portfolio} htmlFor="official-portfolio"><Input id="official-portfolio" value={values.portfolio} maxLength={2000} onChange={(event) => set({ portfolio: event.target.value })} /></Form.Item>
      </div>
      <Checkbox checked={values.isHead} onChange={(event) => set({ isHead: event.target.checked })}>{t.head}</Checkbox>
    </fieldset>
  )
}
