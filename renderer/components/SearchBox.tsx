/** Search that waits until typing rests; `/` brings the cursor here from anywhere on the page. */
import { Input, type InputRef } from 'antd'
import { Icon } from './icons.tsx'
import { useEffect, useRef, useState } from 'react'

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

export function SearchBox({ value, onChange, label, width = 220 }: { readonly value: string; readonly onChange: (value: string) => void; readonly label: string; readonly width?: number }) {
  const [text, setText] = useState(value)
  const box = useRef<InputRef>(null)
  const said = useRef(value)
  useEffect(() => {
    if (value === said.current) return
    said.current = value
    setText(value)
  }, [value])
  useEffect(() => {
    if (text === said.current) return undefined
    const timer = setTimeout(() => {
      said.current = text
      onChange(text.trim())
    }, 250)
    return () => clearTimeout(timer)
  }, [text, onChange])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return
      event.preventDefault()
      box.current?.focus({ cursor: 'all' })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return <Input ref={box} value={text} onChange={(event) => setText(event.target.value)} placeholder={label} aria-label={label} allowClear prefix={<Icon name="search" size={14} />} style={{ width }} maxLength={100} />
}
