/** Choosing a unit, an official or a period. Search goes to the backend: name, full pinyin, initials. */
import { Select, type SelectProps } from 'antd'
import { useEffect, useState } from 'react'
import { call } from '../api/client.ts'
import { useCall } from '../api/hooks.ts'
import { common } from '../text/common.ts'
import { periodText } from '../text/format.ts'
import { pickerText as t } from '../text/people.ts'
import { EmptyState } from './feedback.tsx'

type Option = { readonly value: string; readonly label: string; readonly detail?: string }

const showOption: NonNullable<SelectProps<string, { readonly value: string; readonly label: string; readonly detail: string }>['optionRender']> = (option) => (
  <div className="picker-option">
    <span>{option.data.label}</span>
    <span className="soft">{option.data.detail}</span>
  </div>
)

type RemoteProps = {
  readonly value?: string | null | undefined
  readonly onChange?: (id: string | null) => void
  readonly id?: string
  readonly label: string
  readonly width?: number | string
  readonly ask: (query: string) => Promise<readonly Option[]>
  /** The label of a value that came from elsewhere. */
  readonly shown?: Option | null | undefined
  readonly allowClear?: boolean
  readonly autoFocus?: boolean
}

function RemoteSelect({ value, onChange, id, label, width = '100%', ask, shown, allowClear = true, autoFocus }: RemoteProps) {
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState(false)
  const [options, setOptions] = useState<readonly Option[]>([])
  const [picked, setPicked] = useState<Option | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    if (!open) return undefined
    let current = true
    const timer = setTimeout(() => {
      void ask(query).then((found) => {
        if (!current) return
        setOptions(found)
        setBusy(false)
      })
    }, query === '' ? 0 : 200)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [query, open, ask])
  const known = [picked, shown ?? null].find((option) => option !== null && option.value === value)
  const all = known && !options.some((option) => option.value === known.value) ? [known, ...options] : options
  return (
    <Select
      {...(id === undefined ? {} : { id })} value={value ?? null} style={{ width }} placeholder={label} aria-label={label} allowClear={allowClear} loading={busy} open={open} autoFocus={autoFocus ?? false}
      showSearch={{ filterOption: false, onSearch: (text) => { setBusy(true); setQuery(text) } }} onOpenChange={(next) => { setOpen(next); if (next) setBusy(true); else setQuery('') }} popupMatchSelectWidth={360}
      options={all.map((option) => ({ value: option.value, label: option.label, detail: option.detail ?? '' }))}
      optionRender={showOption}
      notFoundContent={busy ? common.loading : <EmptyState title={t.notFound} hint={t.notFoundHint} />}
      onChange={(next: string | null | undefined) => {
        setPicked(all.find((option) => option.value === next) ?? null)
        onChange?.(next ?? null)
      }}
    />
  )
}

type PickerProps = Omit<RemoteProps, 'ask' | 'label' | 'shown'> & { readonly label?: string; readonly shownName?: string | null | undefined }

async function askUnits(query: string): Promise<readonly Option[]> {
  const answer = await call('units.list', { query: query === '' ? null : query, limit: 50 })
  return answer.ok ? answer.value.items.map((unit) => ({ value: unit.id, label: unit.name, detail: [unit.shortName, ...unit.aliases].filter((name) => name && name !== unit.name).slice(0, 3).join(' ') })) : []
}

export function UnitPicker({ label = common.unit, shownName, ...props }: PickerProps) {
  const [fetched, setFetched] = useState<Option | null>(null)
  const value = props.value
  useEffect(() => {
    if (!value || shownName) return
    void call('units.get', { id: value }).then((answer) => {
      if (answer.ok) setFetched({ value, label: answer.value.name })
    })
  }, [value, shownName])
  return <RemoteSelect {...props} label={label} ask={askUnits} shown={value && shownName ? { value, label: shownName } : fetched} />
}

/** Namesakes are told apart by unit, post and birth: never by a guess. */
export function OfficialPicker({ label = common.official, shownName, unitId, ...props }: PickerProps & { readonly unitId?: string | null }) {
  const [ask] = useState(() => async (query: string): Promise<readonly Option[]> => {
    const within = query === '' ? (unitId ?? null) : null
    const answer = await call('officials.list', { query: query === '' ? null : query, unitId: within, limit: 50, sort: 'name' })
    if (!answer.ok) return []
    return answer.value.items.map((person) => ({ value: person.id, label: person.name, detail: t.personDetail(person.unit, person.title, person.birth, person.namesake) }))
  })
  const [fetched, setFetched] = useState<Option | null>(null)
  const value = props.value
  useEffect(() => {
    if (!value || shownName) return
    void call('officials.get', { id: value }).then((answer) => {
      if (answer.ok) setFetched({ value, label: answer.value.name })
    })
  }, [value, shownName])
  return <RemoteSelect {...props} label={label} ask={ask} shown={value && shownName ? { value, label: shownName } : fetched} />
}

/** Periods that have reports, newest first. */
export function PeriodSelect({ value, onChange, width = 140, allowAll = true, also }: { readonly value: string | null; readonly onChange: (period: string | null) => void; readonly width?: number; readonly allowAll?: boolean; readonly also?: readonly string[] }) {
  const periods = useCall('reports.periods', {})
  const known = [...new Set([...(periods.data ?? []), ...(also ?? []), ...(value ? [value] : [])])].sort().reverse()
  const options = known.map((period) => ({ value: period, label: periodText(period) }))
  return (
    <Select
      value={value ?? ''} style={{ width }} aria-label={common.period} placeholder={common.periodPlaceholder} onChange={(next: string) => onChange(next === '' ? null : next)}
      options={allowAll ? [{ value: '', label: common.allPeriods }, ...options] : options}
    />
  )
}
