/** An error as a log stores it. */
export type SerializedError = { type: string; message: string; code?: string; stack?: string }

/** Drizzle's message ends with the statement and all of its values. */
const STATEMENT = /Failed query:[\s\S]*$/

/**
 * Returns what a log may store of an error: its message, its code and its stack. The statement and
 * its values are cut off, because they hold addresses, messages and whole rows. PostgreSQL's own
 * message, which follows, names the problem.
 */
export const serializeError = (error: unknown): SerializedError => {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' }
  const code = codeOf(error)
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    message: messageOf(error),
    ...(code === undefined ? {} : { code }),
    ...(frames ? { stack: frames.join('\n') } : {}),
  }
}

const messageOf = ({ cause, message }: Error): string => {
  const own = message.replace(STATEMENT, '').trim()
  const causes = cause instanceof Error ? messageOf(cause) : ''
  return [own, causes].filter(Boolean).join(': ')
}

const codeOf = (error: Error): string | undefined => {
  const { cause, code } = error as { cause?: unknown; code?: unknown }
  if (typeof code === 'string') return code
  return cause instanceof Error ? codeOf(cause) : undefined
}
