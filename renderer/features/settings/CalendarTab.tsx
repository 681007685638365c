/** 工作日历: covered years, and the import of a new one. */
import { App as AntApp, Button, Form, Input, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { EmptyState, ErrorBox, Shown } from '../../components/feedback.tsx'
import { EntryButton, LinkButton, Panel } from '../../components/layout.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { settingsText as t } from '../../text/settings.ts'
import { parseDays } from './day-list.ts'

type Year = OutputOf<'calendar.list'>[number]

export function CalendarTab() {
  const calendar = useCall('calendar.list', {})
  const [editing, setEditing] = useState<Pick<Year, 'year' | 'holidays' | 'extraWorkdays'> | null>(null)
  const thisYear = Number(useToday().slice(0, 4))
  return (
    <div className="page-scroll">
      <Panel extra={null}>
        <div className="panel-intro"><p className="soft">{t.calendarIntro}</p><EntryButton entry="calendar.save" type="primary" onClick={() => setEditing({ year: thisYear + 1, holidays: [], extraWorkdays: [] })}>{t.addYear}</EntryButton></div>
        <Shown of={calendar}>
          {(years) => {
            const newest = Math.max(0, ...years.map((one) => one.year))
            return years.length === 0 ? <EmptyState title={t.calendarEmpty} /> : (
              <>
                {newest < thisYear ? <p><StatusLight tone="alert" text={t.calendarMissing(thisYear)} /></p> : newest < thisYear + 1 ? <p><StatusLight tone="wait" text={t.calendarMissing(thisYear + 1)} /></p> : null}
                <table className="table">
                  <thead><tr><th>{t.year}</th><th className="align-right">{t.holidays}</th><th className="align-right">{t.extraWorkdays}</th><th>{t.status}</th><th>{common.action}</th></tr></thead>
                  <tbody>
                    {[...years].sort((a, b) => b.year - a.year).slice(0, 8).map((one) => (
                      <tr key={one.year}><td>{one.year}</td><td className="align-right">{t.dayCount(one.holidays.length)}</td><td className="align-right">{t.dayCount(one.extraWorkdays.length)}</td><td>{one.builtIn ? t.builtIn : t.imported}</td><td><LinkButton onClick={() => setEditing(one)}>{common.details}</LinkButton></td></tr>
                    ))}
                  </tbody>
                </table>
              </>
            )
          }}
        </Shown>
      </Panel>
      {editing ? <CalendarDialog start={editing} onClose={() => setEditing(null)} /> : null}
    </div>
  )
}

function CalendarDialog({ start, onClose }: { readonly start: Pick<Year, 'year' | 'holidays' | 'extraWorkdays'>; readonly onClose: () => void }) {
  const [year, setYear] = useState(start.year)
  const [holidays, setHolidays] = useState(start.holidays.join('\n'))
  const [workdays, setWorkdays] = useState(start.extraWorkdays.join('\n'))
  const action = useAction()
  const { message } = AntApp.useApp()
  const free = parseDays(holidays)
  const extra = parseDays(workdays)
  const bad = [...free.bad, ...extra.bad]
  const wrongYear = [...free.days, ...extra.days].some((day) => !day.startsWith(`${year}-`))
  const save = async (): Promise<void> => {
    const answer = await action.run('calendar.save', { year, holidays: [...free.days], extraWorkdays: [...extra.days] })
    if (!answer.ok) return
    message.success(common.saved)
    onClose()
  }
  return (
    <Modal open title={t.calendarTitle} okText={common.save} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: bad.length > 0 || wrongYear || free.days.length === 0 }}>
      <Form layout="vertical" className="dialog-body">
        <Form.Item label={t.year} htmlFor="calendar-year"><InputNumber id="calendar-year" min={2000} max={2100} precision={0} value={year} onChange={(value) => value !== null && setYear(value)} /></Form.Item>
        <p className="soft">{t.calendarHint}</p>
        <div className="form-pair">
          <Form.Item label={`${t.holidays}（${t.dayCount(free.days.length)}）`} htmlFor="calendar-holidays"><Input.TextArea id="calendar-holidays" value={holidays} onChange={(event) => setHolidays(event.target.value)} autoSize={{ minRows: 6, maxRows: 12 }} /></Form.Item>
          <Form.Item label={`${t.extraWorkdays}（${t.dayCount(extra.days.length)}）`} htmlFor="calendar-workdays"><Input.TextArea id="calendar-workdays" value={workdays} onChange={(event) => setWorkdays(event.target.value)} autoSize={{ minRows: 6, maxRows: 12 }} /></Form.Item>
        </div>
        {bad.length > 0 ? <p className="warn-text">{t.badDays(bad.slice(0, 3).join('、'))}</p> : null}
        {wrongYear ? <p className="warn-text">{t.wrongYear}</p> : null}
        <ErrorBox error={action.error} />
        <Button hidden htmlType="submit" />
      </Form>
    </Modal>
  )
}
