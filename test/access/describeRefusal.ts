type Entry = { code?: unknown; message?: unknown; field?: unknown }
type Graphql = { message?: unknown; extensions?: Record<string, unknown> }

const CODE = /^[a-z][a-z-]*\.[a-z][a-z-]*$/
const LEAK =
  /\b(select|insert into|delete from)\b.*\b(from|set|values|where)\b|drizzle|postgres|node_modules|\bat \S+ \(|\.[jt]s:\d|Cannot read propert|is not a function|is not iterable|Failed query/i

/** Returns what is wrong with the form of a REST answer; null for a success and a proper refusal. */
export const describeRefusal = (status: number, text: string): string | null => {
  if (status < 400 || status === 405) return null
  if (status >= 500) return `status ${status}`
  const body = parse(text)
  const keys = Object.keys(body).sort().join()
  if (keys !== 'errors,requestId') return `keys "${keys}"`
  if (!Array.isArray(body.errors) || body.errors.length === 0) return 'no errors'
  return firstOf((body.errors as Entry[]).map(describeEntry)) ?? describeLeak(text)
}

/** As `describeRefusal`, for an answer of GraphQL. */
export const describeGraphqlRefusal = (status: number, text: string): string | null => {
  if (status >= 500) return `status ${status}`
  const { errors } = parse(text)
  if (errors === undefined) return status < 400 ? null : 'no errors'
  return firstOf(
    (errors as Graphql[]).map(({ extensions = {}, message }) => {
      if (Number(extensions.statusCode) >= 500) return `status ${String(extensions.statusCode)}`
      if (typeof extensions.requestId !== 'string') return 'no requestId'
      return describeEntry({ ...extensions, message }) ?? describeLeak(String(message))
    }),
  )
}

const describeEntry = ({ code, field, message }: Entry): string | null => {
  if (typeof code !== 'string' || !CODE.test(code)) return `code ${String(code)}`
  if (typeof message !== 'string' || message === '') return 'no message'
  return field === undefined || typeof field === 'string' ? null : 'a field that is no text'
}

const describeLeak = (text: string): string | null => {
  const leak = LEAK.exec(text)
  return leak && `a leak: ${leak[0].slice(0, 80)}`
}

const parse = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return { text }
  }
}

const firstOf = (problems: (string | null)[]): string | null =>
  problems.find((problem) => problem !== null) ?? null
