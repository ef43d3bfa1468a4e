import type { Payload } from 'payload'

import type { Job } from './defineJob.ts'

/** The jobs that the plugins brought. */
export const jobsOf = (payload: Payload): Job[] => (payload.config.custom.jobs ?? []) as Job[]
