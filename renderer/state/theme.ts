/** Light or dark: as the system says until the person chooses; kept on this machine only. */
import { create } from 'zustand'
import { cssVariables, dark, light, type Palette } from '../tokens.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'

const key = 'dutydesk.theme'
const systemDark = window.matchMedia('(prefers-color-scheme: dark)')

function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(key)
    return value === 'light' || value === 'dark' ? value : 'system'
  } catch {
    return 'system'
  }
}

type ThemeState = { readonly choice: ThemeChoice; readonly isDark: boolean; readonly choose: (choice: ThemeChoice) => void }

const isDark = (choice: ThemeChoice): boolean => (choice === 'system' ? systemDark.matches : choice === 'dark')

export const useTheme = create<ThemeState>((set) => ({
  choice: stored(),
  isDark: isDark(stored()),
  choose: (choice) => {
    try {
      localStorage.setItem(key, choice)
    } catch {
      // A machine that forbids storage keeps the choice for this run only.
    }
    set({ choice, isDark: isDark(choice) })
    applyTheme()
  },
}))

export const paletteOf = (isDarkNow: boolean): Palette => (isDarkNow ? dark : light)

/** Writes the colours to the document; CSSOM, so no inline style is needed. */
export function applyTheme(): void {
  const now = useTheme.getState()
  const root = document.documentElement
  root.dataset['theme'] = now.isDark ? 'dark' : 'light'
  root.style.colorScheme = now.isDark ? 'dark' : 'light'
  for (const [name, value] of cssVariables(paletteOf(now.isDark))) root.style.setProperty(name, value)
}

systemDark.addEventListener('change', () => {
  useTheme.setState((now) => ({ isDark: isDark(now.choice) }))
  applyTheme()
})
