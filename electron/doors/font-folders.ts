/** The system's font folders: which typefaces are installed. Read once; a few kilobytes of each file, never a whole one. */
import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { familyNames } from '../../shared/letter/font-names.ts'

/** More than any office has; a folder that holds the whole disk is not walked to its end. */
const mostFiles = 5000
const deepest = 5

function fontFolders(): readonly string[] {
  const home = homedir()
  switch (process.platform) {
    case 'win32': return [join(process.env['SystemRoot'] ?? 'C:\\Windows', 'Fonts'), join(process.env['LOCALAPPDATA'] ?? home, 'Microsoft', 'Windows', 'Fonts')]
    case 'darwin': return ['/System/Library/Fonts', '/Library/Fonts', join(home, 'Library', 'Fonts')]
    default: return ['/usr/share/fonts', '/usr/local/share/fonts', join(home, '.local', 'share', 'fonts'), join(home, '.fonts')]
  }
}

function filesIn(folder: string, depth: number, found: string[]): void {
  if (depth > deepest || found.length >= mostFiles) return
  let entries
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch {
    return
  }
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) filesIn(path, depth + 1, found)
    else if (/\.(?:ttf|otf|ttc|otc)$/i.test(entry.name) && found.length < mostFiles) found.push(path)
  }
}

function namesIn(path: string): ReadonlySet<string> {
  let file
  try {
    file = openSync(path, 'r')
  } catch {
    return new Set()
  }
  try {
    const open = file
    return familyNames((offset, length) => {
      const bytes = new Uint8Array(length)
      return bytes.subarray(0, readSync(open, bytes, 0, length, offset))
    })
  } finally {
    closeSync(file)
  }
}

let known: ReadonlySet<string> | null = null

export function readFontFolders(folders: readonly string[]): ReadonlySet<string> {
  const files: string[] = []
  for (const folder of folders) filesIn(folder, 0, files)
  return new Set(files.flatMap((file) => [...namesIn(file)]))
}

/** Names in the system's and the user's font folders, as of the program's start. */
export function installedFonts(): ReadonlySet<string> {
  known ??= readFontFolders(fontFolders())
  return known
}
