/** Dates as ISO text in and out; antd's pickers stay inside. */
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { common } from '../text/common.ts'

type DateFieldProps = { readonly value?: string | null | undefined; readonly onChange?: (value: string | null) => void; readonly id?: string; readonly label?: string; readonly disabled?: boolean }

/** `YYYY-MM-DD`. */
export function DateField({ value, onChange, id, label, disabled }: DateFieldProps) {
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })} className="date-field" value={value ? dayjs(value) : null} format="YYYY-MM-DD" placeholder={common.datePlaceholder} aria-label={label} disabled={disabled ?? false}
      onChange={(next) => onChange?.(next === null ? null : next.format('YYYY-MM-DD'))}
    />
  )
}

/** `YYYY-MM-DDTHH:mm`. */
export function MinuteField({ value, onChange, id, label }: DateFieldProps) {
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })} className="date-field" showTime={{ format: 'HH:mm' }} value={value ? dayjs(value) : null} format="YYYY-MM-DD HH:mm" placeholder={common.minutePlaceholder} aria-label={label}
      onChange={(next) => onChange?.(next === null ? null : next.format('YYYY-MM-DDTHH:mm'))}
    />
  )
}

/** `2026-06` or, in year mode, `2026`. */
export function PeriodField({ value, onChange, id, label, year }: DateFieldProps & { readonly year: boolean }) {
  const format = year ? 'YYYY' : 'YYYY-MM'
  const shown = value && (value.length === 4) === year ? dayjs(year ? `${value}-01-01` : `${value}-01`) : null
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })} className="date-field" picker={year ? 'year' : 'month'} value={shown} format={year ? 'YYYY年' : 'YYYY年M月'} placeholder={common.periodPlaceholder} aria-label={label}
      onChange={(next) => onChange?.(next === null ? null : next.format(format))}
    />
  )
}
