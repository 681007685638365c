/** files.*, jobs.*: bytes under tokens and long work under ids. */
import { ok } from '../../shared/result.ts'
import type { HandlersOf } from './types.ts'

/** jobs.wait answers after this at the latest, so that no door's time limit cuts it. */
const longestWaitMs = 20_000

export const fileHandlers: HandlersOf<'files' | 'jobs'> = {
  'files.put': ({ name, size }, { files }) => {
    const token = files.begin(name, size)
    return token.ok ? ok({ token: token.value }) : token
  },
  'files.append': ({ token, offset, bytes }, { files }) => {
    const received = files.append(token, offset, bytes)
    return received.ok ? ok({ received: received.value }) : received
  },
  'files.info': ({ token }, { files }) => {
    const file = files.take(token)
    return file.ok ? ok({ name: file.value.name, size: file.value.bytes.length, mime: file.value.mime }) : file
  },
  'files.read': ({ token, offset, length }, { files }) => {
    const file = files.take(token)
    return file.ok ? ok({ bytes: file.value.bytes.slice(offset, offset + length), size: file.value.bytes.length }) : file
  },
  'files.drop': ({ token }, { files }) => {
    files.drop(token)
    return ok({})
  },
  'jobs.get': ({ id }, { jobs }) => jobs.view(id),
  'jobs.wait': ({ id, after }, { jobs }) => jobs.wait(id, after, longestWaitMs),
  'jobs.cancel': ({ id }, { jobs }) => jobs.cancel(id),
}
