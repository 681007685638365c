/** Imported first by main.tsx: under the CSP zod must not even try to compile code, and it decides that when the first schema is made. */
import { z } from 'zod'

z.config({ jitless: true })
