/** Files by dropping or choosing. */
import { Icon } from './icons.tsx'
import { Button } from 'antd'
import { useState } from 'react'
import type { PickedFile } from '../../shared/contract/bridge.ts'
import { chooseFiles } from '../api/files.ts'

type DropZoneProps = {
  readonly title: string
  readonly hint: string
  readonly verb: string
  readonly accept: readonly string[]
  readonly compact?: boolean
  readonly disabled?: boolean
  readonly onFiles: (files: readonly (File | PickedFile)[]) => void
}

export function DropZone({ title, hint, verb, accept, compact, disabled, onFiles }: DropZoneProps) {
  const [over, setOver] = useState(false)
  const choose = async (): Promise<void> => {
    const files = await chooseFiles(accept, true)
    if (files.length > 0) onFiles(files)
  }
  return (
    <div
      className={`drop-zone${over ? ' drop-over' : ''}${compact ? ' drop-compact' : ''}`}
      onDragOver={(event) => { event.preventDefault(); setOver(true) }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const files = [...event.dataTransfer.files]
        if (files.length > 0 && !disabled) onFiles(files)
      }}
    >
      {compact ? null : <Icon name="inbox" size={28} />}
      <div>
        <p className="drop-title">{title}</p>
        <p className="soft">{hint}</p>
      </div>
      <Button type={compact ? 'default' : 'primary'} disabled={disabled ?? false} onClick={() => void choose()}>{verb}</Button>
    </div>
  )
}
