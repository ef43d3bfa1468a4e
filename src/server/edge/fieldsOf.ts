import { DomainError } from '../../domain/errors.ts'
import { withoutSecret } from '../../networks/parts/withoutSecret.ts'
import { storable } from '../../outbox/storable.ts'

type Request = { path: string; contentType: string | undefined; body: Buffer | null }

/**
 * What a postback says, wherever it says it: in the address, and in a form or a JSON object, which
 * wins. Texts only, without what the database cannot keep, and without words that prove a sender.
 *
 * @throws DomainError `request.malformed-body` a body that is not what its type says
 */
export const fieldsOf = ({ body, contentType, path }: Request): Record<string, string> => {
  const query = [...new URL(path, 'http://localhost').searchParams]
  const said = body?.length ? [...query, ...bodyOf(body.toString(), contentType)] : query
  return withoutSecret(
    Object.fromEntries(said.map(([name, value]) => [textOf(name), textOf(value)])),
  )
}

const bodyOf = (text: string, contentType = ''): [string, string][] =>
  /\bjson\b/i.test(contentType) || text.trimStart().startsWith('{')
    ? jsonOf(text)
    : [...new URLSearchParams(text)]

const jsonOf = (text: string): [string, string][] => {
  const parsed = parse(text)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw malformed()
  return Object.entries(parsed as Record<string, unknown>).flatMap(([name, value]) =>
    value === null ? [] : [[name, wordOf(value)]],
  )
}

/** A whole number that JSON's readers cannot hold is another one by now, such as an id. */
const wordOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value !== 'number') return JSON.stringify(value)
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw malformed()
  return String(value)
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw malformed()
  }
}

const malformed = () => new DomainError('request.malformed-body', 'The body cannot be read.')

const textOf = (text: string): string => storable('', text) as string
