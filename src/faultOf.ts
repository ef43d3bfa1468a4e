/** An error as a log keeps it. */
export type Fault = { type: string; message: string; code?: string; stack?: string }

/** What Drizzle puts before a statement, which it follows by all of its values. */
const STATEMENT = /Failed query:[\s\S]*$/

/**
 * What may be kept of an error: its words, its code, and where it happened. A refused statement
 * tells all that it was to write, be it an address, a message or a whole row: PostgreSQL's own words
 * say what was wrong with it.
 */
export const faultOf = (error: unknown): Fault => {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' }
  const code = codeOf(error)
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    message: wordsOf(error),
    ...(code === undefined ? {} : { code }),
    ...(frames ? { stack: frames.join('\n') } : {}),
  }
}

const wordsOf = ({ cause, message }: Error): string => {
  const own = message.replace(STATEMENT, '').trim()
  const causes = cause instanceof Error ? wordsOf(cause) : ''
  return [own, causes].filter(Boolean).join(': ')
}

const codeOf = (error: Error): string | undefined => {
  const { cause, code } = error as { cause?: unknown; code?: unknown }
  if (typeof code === 'string') return code
  return cause instanceof Error ? codeOf(cause) : undefined
}
