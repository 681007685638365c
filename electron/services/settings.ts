/** The office's settings: one row a key, so that two machines can change different ones at the same time. */
import { settingKeys, settingsFrom, type Settings } from '../../shared/domain/settings.ts'
import { checkOrgan } from '../../shared/letter/check.ts'
import { unsafeCharacter } from '../../shared/text/names.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { settingRows } from '../store/queries/settings.ts'
import type { ReadDb } from '../store/read-db.ts'
import type { WriteTx } from '../store/store.ts'
import type { OpenContext } from './context.ts'

/** What an administrator may change; the demo flag belongs to the data folder. */
export type SettingsPatch = Partial<Omit<Settings, 'demo'>>

export function readSettings(db: ReadDb): Settings {
  return settingsFrom(settingRows(db))
}

/** Writes the given keys; those that are absent stay. */
export function putSettings(tx: WriteTx, values: Partial<Settings>): void {
  for (const key of settingKeys) if (values[key] !== undefined) tx.put('setting', key, 'value', { value: values[key] })
}

export function getSettings({ store }: OpenContext): Result<Settings> {
  return ok(store.read(readSettings))
}

/** The organ as it heads and signs every paper. LETTER_TOO_LONG {field} where it has no room there. */
export function checkOrganSettings({ organ, organMark, geometry }: Pick<Settings, 'organ' | 'organMark' | 'geometry'>): Result<null> {
  return checkOrgan({ mark: organMark ?? organ, sign: organ }, geometry)
}

const organKeys = ['organ', 'organMark', 'geometry'] as const

/**
 * UNSAFE_TEXT {field, position} for a text with invisible or reordering characters: it would stand on every letter. LETTER_TOO_LONG for an organ that no letter
 * could bear; one that was stored before hinders no other setting.
 */
export function saveSettings(patch: SettingsPatch, { store, account }: OpenContext): Result<Settings> {
  for (const [field, value] of Object.entries(patch)) {
    for (const text of Array.isArray(value) ? value : [value]) {
      const position = typeof text === 'string' ? unsafeCharacter(text) : null
      if (position !== null) return err('UNSAFE_TEXT', { field, position: position + 1 })
    }
  }
  const before = store.read(readSettings)
  const after = { ...before, ...patch }
  const fits = organKeys.some((key) => after[key] !== before[key]) ? checkOrganSettings(after) : ok(null)
  if (!fits.ok) return fits
  store.write({ kind: 'settings.save', author: account.id }, (tx) => putSettings(tx, patch))
  return ok(store.read(readSettings))
}
