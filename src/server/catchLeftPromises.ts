import type { Payload } from 'payload'

/**
 * Logs rejected promises that no code awaits, which would end the process: Payload leaves some
 * behind, such as a second refusal of one query, and Agenda too when the database goes away. Returns
 * a function that ends this.
 */
export const catchLeftPromises = (payload: Payload): (() => void) => {
  const log = (reason: unknown) => {
    payload.logger.error({ msg: 'unhandled rejection', err: reason })
  }
  process.on('unhandledRejection', log)
  return () => process.off('unhandledRejection', log)
}
