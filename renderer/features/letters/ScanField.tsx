/** Scans that go along with what is entered: chosen, read in, listed, taken out again. */
import { Button } from 'antd'
import { useState } from 'react'
import type { PickedFile } from '../../../shared/contract/bridge.ts'
import type { AppError } from '../../../shared/errors.ts'
import { chooseFiles, toDesk } from '../../api/files.ts'
import { LinkButton } from '../../components/layout.tsx'
import { sizeText } from '../../text/format.ts'
import { lettersText as t } from '../../text/letters.ts'

export type Scans = { readonly list: readonly PickedFile[]; readonly percent: number | null; readonly tokens: () => string[]; readonly add: () => Promise<void>; readonly remove: (token: string) => void }

/** `percent`: how far the file that is being read in has come; nothing may be saved meanwhile. */
export function useScans(fail: (error: AppError) => void): Scans {
  const [list, setList] = useState<readonly PickedFile[]>([])
  const [percent, setPercent] = useState<number | null>(null)
  const add = async (): Promise<void> => {
    const files = await chooseFiles(['pdf', 'jpg', 'jpeg', 'png', 'tif', 'tiff', 'docx'], true)
    for (const file of files) {
      setPercent(0)
      const sent = await toDesk(file, (fraction) => setPercent(Math.round(fraction * 100)))
      setPercent(null)
      if (!sent.ok) return fail(sent.error)
      setList((now) => [...now, sent.value])
    }
  }
  return { list, percent, add, tokens: () => list.map((scan) => scan.token), remove: (token) => setList((now) => now.filter((one) => one.token !== token)) }
}

export function ScanField({ scans: { list, percent, add, remove } }: { readonly scans: Scans }) {
  return (
    <div className="scan-list" role="group" aria-label={t.scans}>
      <Button onClick={() => void add()} loading={percent !== null}>{percent === null ? t.addScan : t.uploading(percent)}</Button> <span className="soft">{t.scanHint}</span>
      <ul className="plain-list">
        {list.map((scan) => <li key={scan.token}>{scan.name} <span className="soft">{sizeText(scan.size)}</span> <LinkButton onClick={() => remove(scan.token)}>{t.removeScan}</LinkButton></li>)}
      </ul>
    </div>
  )
}
