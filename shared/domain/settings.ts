/** What the practice leaves open (domain.md): each a setting with a default, never a constant of the code. */
import type { z } from 'zod'
import { settingsSchema } from '../contract/app.ts'

export type Settings = Readonly<z.infer<typeof settingsSchema>>
export type SettingKey = keyof Settings

/** `organ` and `code` come from the first run. Sources: domain.md sections 1–3 (15 working days, 30 days, 12 months, the ladder). */
export const defaultSettings: Settings = {
  organ: '未设置',
  organMark: null,
  code: '督',
  unit: null,
  contactName: null,
  contactPhone: null,
  place: null,
  sealed: true,
  replyWorkingDays: 15,
  guardDays: 30,
  cardMonths: 12,
  reviewDays: 30,
  recheckDecideDays: 30,
  interviewNoticeDays: 3,
  lockAfterMinutes: 15,
  geometry: 'nominal',
  cityNames: ['滕州市', '滕州', '市'],
  ladder: ['reminder', 'supervision', 'interview', 'yellowCard'],
  demo: false,
}

export const settingKeys = Object.keys(settingsSchema.shape) as readonly SettingKey[]

/**
 * The settings from stored rows over the defaults. A value that this version's schema refuses (written by another version) counts as not stored:
 * the office can go on working and sees the default on the settings screen.
 */
export function settingsFrom(rows: readonly { readonly id: string; readonly value: unknown }[]): Settings {
  const stored = new Map(rows.map((row) => [row.id, row.value]))
  const out: Record<string, unknown> = { ...defaultSettings }
  for (const key of settingKeys) {
    if (!stored.has(key)) continue
    const parsed = settingsSchema.shape[key].safeParse(stored.get(key))
    if (parsed.success) out[key] = parsed.data
  }
  return out as Settings
}
