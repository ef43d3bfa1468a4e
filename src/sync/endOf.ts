import { DomainError } from '../domain/errors.ts'
import { faultOf } from '../faultOf.ts'
import { NetworkError } from '../networks/NetworkError.ts'
import type { RunEnd } from './syncRun.ts'

/**
 * How a run ends that ended by an error. A network's failure has its words, which hold no secret; of
 * a fault of ours only kind and code are kept, since a database's words can quote what it was given.
 */
export const endOf = (error: unknown): Exclude<RunEnd, { status: 'completed' }> => {
  if (error instanceof NetworkError) {
    if (error.code === 'network.stopped') return { status: 'stopped' }
    return { status: 'failed', errorCode: error.code, error: error.message.slice(0, 500) }
  }
  if (error instanceof DomainError && error.code.startsWith('network.')) {
    return { status: 'failed', errorCode: error.code, error: error.message.slice(0, 500) }
  }
  const { code, type } = faultOf(error)
  const what = [type, code].filter(Boolean).join(' ')
  return {
    status: 'failed',
    errorCode: 'sync.fault',
    error: `A fault of ours (${what}): the log of that time says more.`,
  }
}
