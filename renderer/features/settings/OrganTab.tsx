/** The organ that issues, and the days. */
import { App as AntApp, Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { geometryNames } from '../../../shared/letter/geometry.ts'
import { formatLetterNumber } from '../../../shared/text/letterNumber.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { ErrorBox, Shown } from '../../components/feedback.tsx'
import { Panel } from '../../components/layout.tsx'
import { useUnsaved } from '../../components/unsaved.ts'
import { refreshStatus, useMay, useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { letterTypeLabels } from '../../text/labels.ts'
import { settingsText as t } from '../../text/settings.ts'

type Settings = OutputOf<'settings.get'>

export function OrganTab() {
  const settings = useCall('settings.get', {})
  return <div className="page-scroll"><Shown of={settings}>{(data) => <OrganForm key={JSON.stringify(data)} settings={data} />}</Shown></div>
}

function OrganForm({ settings }: { readonly settings: Settings }) {
  const [values, setValues] = useState(settings)
  const action = useAction()
  const may = useMay()
  const { message } = AntApp.useApp()
  const allowed = may('settings.save')
  const dirty = JSON.stringify(values) !== JSON.stringify(settings)
  useUnsaved(dirty)
  const set = (patch: Partial<Settings>): void => setValues((now) => ({ ...now, ...patch }))
  const save = async (): Promise<void> => {
    const { demo: _demo, ...input } = values
    const answer = await action.run('settings.save', input)
    if (!answer.ok) return
    message.success(t.saved)
    await refreshStatus()
  }
  return (
    <Form layout="vertical" disabled={!allowed} className="settings-form" onFinish={() => void save()}>
      {allowed ? null : <p className="soft">{t.readOnly}</p>}
      <Panel title={t.organSection}><OrganFields values={values} set={set} /></Panel>
      <Panel title={t.daysSection}><DayFields values={values} set={set} /></Panel>
      <div className="form-foot">
        <ErrorBox error={action.error} />
        <Button type="primary" htmlType="submit" loading={action.busy} disabled={!dirty || !allowed || values.organ.trim().length < 2 || values.code.trim() === ''}>{common.save}</Button>
      </div>
    </Form>
  )
}

type FieldsProps = { readonly values: Settings; readonly set: (patch: Partial<Settings>) => void }
type TextKey = 'organMark' | 'unit' | 'contactName' | 'contactPhone' | 'place'

function OrganFields({ values, set }: FieldsProps) {
  const year = Number(useToday().slice(0, 4)) || 2026
  const line = (key: TextKey, label: string, extra?: string) => (
    <Form.Item label={label} htmlFor={`set-${key}`} extra={extra}><Input id={`set-${key}`} value={values[key] ?? ''} maxLength={200} onChange={(event) => set({ [key]: event.target.value === '' ? null : event.target.value })} /></Form.Item>
  )
  return (
    <>
      <div className="form-pair">
        <Form.Item label={t.organ} htmlFor="set-organ"><Input id="set-organ" value={values.organ} maxLength={60} onChange={(event) => set({ organ: event.target.value })} /></Form.Item>
        {line('organMark', t.organMark, t.organMarkHint)}
      </div>
      <div className="form-pair">
        <Form.Item label={t.code} htmlFor="set-code" extra={t.codeHint(formatLetterNumber({ code: values.code || '＿＿', year, sequence: 1 }))}><Input id="set-code" value={values.code} maxLength={20} onChange={(event) => set({ code: event.target.value })} /></Form.Item>
        {line('unit', t.unit)}
      </div>
      <div className="form-pair">{line('contactName', t.contactName)}{line('contactPhone', t.contactPhone)}</div>
      <div className="form-pair">
        {line('place', t.place)}
        <Form.Item label={t.cityNames} htmlFor="set-cities" extra={t.cityNamesHint}><Select id="set-cities" mode="tags" open={false} suffixIcon={null} value={values.cityNames} onChange={(names: string[]) => set({ cityNames: names.slice(0, 10) })} /></Form.Item>
      </div>
      <Form.Item label={t.geometry} htmlFor="set-geometry" extra={t.geometryHints[values.geometry]}><Select id="set-geometry" value={values.geometry} onChange={(geometry) => set({ geometry })} options={geometryNames.map((one) => ({ value: one, label: t.geometries[one] }))} /></Form.Item>
      <Checkbox checked={values.sealed} onChange={(event) => set({ sealed: event.target.checked })}>{t.sealed}<span className="soft">　{t.sealedHint}</span></Checkbox>
    </>
  )
}

type DayKey = 'replyWorkingDays' | 'guardDays' | 'cardMonths' | 'reviewDays' | 'recheckDecideDays' | 'interviewNoticeDays' | 'lockAfterMinutes'

function DayFields({ values, set }: FieldsProps) {
  const days = (key: DayKey, label: string, min: number, max: number, extra?: string) => (
    <Form.Item label={label} htmlFor={`set-${key}`} extra={extra}><InputNumber id={`set-${key}`} min={min} max={max} precision={0} value={values[key]} onChange={(value) => value !== null && set({ [key]: value })} /></Form.Item>
  )
  const measures = ['reminder', 'supervision', 'interview', 'yellowCard'] as const
  return (
    <>
      <div className="form-three">{days('replyWorkingDays', t.replyDays, 1, 250)}{days('guardDays', t.guardDays, 0, 365, t.guardHint)}{days('cardMonths', t.cardMonths, 1, 60)}</div>
      <div className="form-three">{days('interviewNoticeDays', t.noticeDays, 0, 60)}{days('reviewDays', t.reviewDays, 1, 365, t.reviewHint)}{days('recheckDecideDays', t.recheckDecideDays, 1, 365, t.recheckDecideHint)}</div>
      <div className="form-three">{days('lockAfterMinutes', t.lockMinutes, 1, 240)}</div>
      <Form.Item label={t.ladder} htmlFor="set-ladder" extra={t.ladderHint}><Select id="set-ladder" mode="multiple" value={values.ladder} onChange={(ladder) => ladder.length > 0 && set({ ladder })} options={measures.map((one) => ({ value: one, label: letterTypeLabels[one] }))} /></Form.Item>
    </>
  )
}
