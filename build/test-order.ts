/** Long test files first, so that none of them is alone at the end while the other core waits. A file that is not named counts as short. */
import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const root = new URL('..', import.meta.url).pathname

/** By processor time, the longest first: what is over eight seconds. */
const long = [
  'electron/services/exchange/model', 'electron/services/exchange/model-more', 'documents/print', 'electron/services/exchange/mutants', 'electron/services/bulletins/kill',
  'electron/doors/conformance', 'electron/doors/exchange-commands', 'browser/main-job', 'browser/exchange', 'electron/doors/cli', 'electron/services/exchange/orders',
  'electron/services/exchange/jobs', 'browser/rest', 'browser/batch-pdf', 'electron/services/exchange/kill', 'electron/services/bulletins/faults', 'browser/papers', 'browser/exchange-troubles', 'browser/print',
  'electron/services/exchange/disk-full', 'electron/services/exchange/three-offices', 'electron/services/exchange/hostile',
].map((name) => `test/${name}.test.ts`)

export class LongFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = long.indexOf(relative(root, moduleId).replaceAll('\\', '/'))
      return at === -1 ? long.length : at
    }
    return Promise.resolve([...files].sort((one, other) => place(one) - place(other)))
  }
}
