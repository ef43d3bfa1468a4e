import { commitTransaction, initTransaction, killTransaction, type PayloadRequest } from 'payload'

/** True once `inTransaction` has committed something for the request. */
export const hasCommitted = ({ context }: Partial<Pick<PayloadRequest, 'context'>>): boolean =>
  context?.hasCommitted === true

/**
 * Runs work in the request's transaction and opens one if there is none. A transaction that it
 * opened is committed when the work returns, and rolled back when it throws; the error is rethrown.
 */
export const inTransaction = async <Result>(
  req: PayloadRequest,
  work: () => Promise<Result>,
): Promise<Result> => {
  const isOurs = await initTransaction(req)
  try {
    const result = await work()
    if (isOurs) {
      await commitTransaction(req)
      req.context.hasCommitted = true
    }
    return result
  } catch (error) {
    if (isOurs) await killTransaction(req)
    throw error
  }
}
