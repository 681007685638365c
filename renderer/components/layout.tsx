/** The frame of a page: head line, panels, pairs of name and value. */
import { Button, Tooltip, type ButtonProps } from 'antd'
import type { ReactNode } from 'react'
import { entries, type EntryName } from '../../shared/contract/entries.ts'
import { useMay } from '../state/session.ts'
import { common } from '../text/common.ts'
import { roleLabels } from '../text/labels.ts'

export function PageHeader({ title, hint, back, children }: { readonly title: ReactNode; readonly hint?: ReactNode; readonly back?: () => void; readonly children?: ReactNode }) {
  return (
    <header className="page-header">
      {back ? <Button onClick={back}>{common.back}</Button> : null}
      <h1>{title}</h1>
      {hint ? <span className="page-hint">{hint}</span> : null}
      <div className="page-actions">{children}</div>
    </header>
  )
}

export function Panel({ title, extra, children, className }: { readonly title?: ReactNode; readonly extra?: ReactNode; readonly children: ReactNode; readonly className?: string }) {
  return (
    <section className={`panel ${className ?? ''}`}>
      {title ? (
        <div className="panel-head">
          <h2>{title}</h2>
          {extra}
        </div>
      ) : null}
      {children}
    </section>
  )
}

export type FieldItem = { readonly label: string; readonly value: ReactNode; readonly wide?: boolean }

export function Fields({ items }: { readonly items: readonly (FieldItem | null)[] }) {
  return (
    <dl className="fields">
      {items.map((item) =>
        item === null ? null : (
          <div key={item.label} className={item.wide ? 'field field-wide' : 'field'}>
            <dt>{item.label}</dt>
            <dd>{item.value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** A button for one entry of the contract: dead, with the reason, when the person's roles do not allow it. */
export function EntryButton({ entry, ...props }: ButtonProps & { readonly entry: EntryName }) {
  const may = useMay()
  if (may(entry)) return <Button {...props} />
  const access = entries.get(entry)?.access
  const needed = Array.isArray(access) ? access.map((role) => roleLabels[role as keyof typeof roleLabels]).join('、') : ''
  return (
    <Tooltip title={common.noRole(needed)}>
      <span>
        <Button {...props} disabled />
      </span>
    </Tooltip>
  )
}

export function LinkButton({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <button type="button" className="link-button" onClick={onClick}>
      {children}
    </button>
  )
}
