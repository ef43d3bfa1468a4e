/** PostgreSQL's codes for a server that stops, starts, is full, or takes no writes for now. */
const CODES = new Set([
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '25006',
  '53300',
  '57P01',
  '57P02',
  '57P03',
])
/** The codes of sockets. */
const SOCKET = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])
/** The driver's own errors have no code. */
const MESSAGE =
  /^(Connection terminated|timeout e(xceeded when trying to connect|xpired)|Client (has encountered a connection error|was closed)|Cannot use a pool after calling end)/

/**
 * Returns true for an error that says that the database cannot be reached, or takes no writes, for
 * now. The statement has changed nothing.
 */
export const isDatabaseAway = (error: unknown, depth = 0): boolean => {
  if (!(error instanceof Error) || depth > 4) return false
  const { code: given } = error as { code?: unknown }
  const code = typeof given === 'string' ? given : ''
  return (
    CODES.has(code) ||
    SOCKET.has(code) ||
    MESSAGE.test(error.message) ||
    isDatabaseAway(error.cause, depth + 1)
  )
}
