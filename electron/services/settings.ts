/** The office's settings: one row a key, so that two machines can change different ones at the same time. */
import { settingKeys, settingsFrom, type Settings } from '../../shared/domain/settings.ts'
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

/** UNSAFE_TEXT {field, position} for a text with invisible or reordering characters: it would stand on every letter. */
export function saveSettings(patch: SettingsPatch, { store, account }: OpenContext): Result<Settings> {
  for (const [field, value] of Object.entries(patch)) {
    for (const text of Array.isArray(value) ? value : [value]) {
      const position = typeof text === 'string' ? unsafeCharacter(text) : null
      if (position !== null) return err('UNSAFE_TEXT', { field, position: position + 1 })
    }
  }
  store.write({ kind: 'settings.save', author: account.id }, (tx) => putSettings(tx, patch))
  return ok(store.read(readSettings))
}
