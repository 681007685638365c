import { describe, expect, test } from 'vitest'
import { callerOf } from '../../renderer/api/client.ts'
import { followJob, type Job } from '../../renderer/api/jobs.ts'
import { fakeBridge } from './fake-bridge.ts'

const view = (version: number, state: Job['state'], error: Job['error'] = null): Job => ({ id: 'job-00001', kind: 'import', version, state, fraction: null, step: 'started', counts: {}, error })

function scripted(views: readonly Job[]): { readonly send: ReturnType<typeof callerOf>; readonly afters: number[] } {
  const afters: number[] = []
  const bridge = fakeBridge({
    'jobs.wait': ({ after }) => {
      afters.push(after)
      return views.find((one) => one.version > after) ?? views[views.length - 1]!
    },
  })
  return { send: callerOf(() => bridge), afters }
}

describe('following a job', () => {
  test('asks behind the version that it has seen and ends with the done view', async () => {
    const { send, afters } = scripted([view(1, 'running'), view(4, 'running'), view(5, 'done')])
    const seen: number[] = []
    const end = await followJob('job-00001', (job) => seen.push(job.version), undefined, send)
    expect(end.ok && end.value.version).toBe(5)
    expect(seen).toEqual([1, 4, 5])
    expect(afters).toEqual([0, 1, 4])
  })

  test('a failure brings the job’s own error, a cancelled job CANCELLED', async () => {
    const failed = await followJob('job-00001', () => undefined, undefined, scripted([view(2, 'failed', { code: 'FILE_EMPTY', params: { file: 'a.xlsx' } })]).send)
    expect(failed).toEqual({ ok: false, error: { code: 'FILE_EMPTY', params: { file: 'a.xlsx' } } })
    const cancelled = await followJob('job-00001', () => undefined, undefined, scripted([view(2, 'cancelled')]).send)
    expect(cancelled).toMatchObject({ error: { code: 'CANCELLED' } })
  })

  test('stops asking when the page is gone', async () => {
    const { send, afters } = scripted([view(1, 'running'), view(2, 'running')])
    await followJob('job-00001', () => undefined, () => afters.length < 1, send)
    expect(afters).toHaveLength(1)
  })
})
