/** The terminal door: one command, one JSON document on stdout, sentences on stderr, exit code 0 done, 1 refused, 2 wrong usage. */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Beside the program's own packages, where only who may change the program may write; where nobody may, nothing is kept.
enableCompileCache(join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compile'))

/** Waits until a pipe has taken everything: a dump is larger than its buffer. */
function out(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve())
  })
}

// `… | head` closes the pipe: nothing is left to say, and nothing went wrong here.
process.stdout.on('error', () => process.exit(0))
// Loaded behind the cache: what is named above with `import` would be compiled each time.
const { runCommand } = await import('./cli/run.ts')
process.exitCode = await runCommand(process.argv.slice(2), { out, err: (text) => void process.stderr.write(text) })
