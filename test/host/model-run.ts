/** `node model-run.ts RUNS SEED [MUTANT]`: the model in a process of its own; exit 0 nothing found, 3 and the broken rule on stdout; how far it is on stderr. */
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { mutants } from './mutants.ts'

const [, , runs, seed, name] = process.argv
const mutant = mutants.find((one) => one.name === name)
if (name !== undefined && !mutant) throw new Error(`no mutant ${name}`)
if (mutant) {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (!url.endsWith(mutant.file)) return loaded
      const source = String(loaded.source)
      if (source.split(mutant.find).length !== 2) throw new Error(`${mutant.name}: its place is not there, or twice`)
      return { ...loaded, source: source.replace(mutant.find, () => mutant.replace) }
    },
  })
}
// No disk is tested here: in memory where the system has such a place.
if (existsSync('/dev/shm')) process.env.TMPDIR = '/dev/shm'
const { modelRuns } = await import('./exchange-model.ts')
const found = await modelRuns(Number(runs), Number(seed), (run) => {
  if (run % 100 === 0) process.stderr.write(`${run} runs\n`)
})
process.stdout.write(JSON.stringify(found))
process.exitCode = found.broken === null ? 0 : 3
