import { exchange, sendRaw, type Sent } from './sendRaw.ts'

const MB = 1024 * 1024
const KB = 1024

export type Attack = {
  name: string
  /** The statuses that may answer it; `closed` is a connection that the server closed. */
  expected: readonly string[]
  run: (baseUrl: string) => Promise<string[]>
}

const REFUSED = [
  '400',
  '401',
  '403',
  '404',
  '405',
  '408',
  '413',
  '415',
  '429',
  '431',
  '501',
  'closed',
]
/** Registration with a body that is small enough to be read, and odd. */
const READ = [...REFUSED, '200', '201', '409', '503']
/** GraphQL answers `application/json` with 200; the errors stand in the body. */
const GRAPHQL = [...REFUSED, '200']

const rows = function* (bytes: number): Generator<Buffer> {
  yield Buffer.from('{"name":[{}')
  const part = Buffer.alloc(MB, ',{}'.repeat(KB))
  for (let left = bytes; left > 0; left -= part.length) yield part
  yield Buffer.from(']}')
}
const once = (name: string, sent: Sent, expected: readonly string[] = REFUSED): Attack => ({
  name,
  expected,
  run: async (baseUrl) => [await sendRaw(baseUrl, sent)],
})
const together = (name: string, count: number, sent: () => Sent, expected = REFUSED): Attack => ({
  name,
  expected,
  run: (baseUrl) => Promise.all(Array.from({ length: count }, () => sendRaw(baseUrl, sent()))),
})
const raw = (name: string, text: string, expected: readonly string[] = REFUSED): Attack => ({
  name,
  expected,
  run: async (baseUrl) => [await exchange(baseUrl, text)],
})

const announced = (bytes: number): Sent => ({
  path: '/api/users',
  headers: { 'Content-Length': String(bytes) },
  body: rows(bytes),
})
const chunked = (bytes: number, path = '/api/users'): Sent => ({
  path,
  isChunked: true,
  body: rows(bytes),
})
const fill = (bytes: number, unit: string): string => unit.repeat(Math.floor(bytes / unit.length))
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }
const asGet = (body: string): Sent => ({
  path: '/api/merchants',
  headers: { ...FORM, 'X-Payload-HTTP-Method-Override': 'GET' },
  body,
})
const graphql = (query: string, variables: string = '{}'): Sent => ({
  path: '/api/graphql',
  body: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
})
const multipart = (
  fields: string[],
  path = '/api/users',
  more: Record<string, string> = {},
): Sent => ({
  path,
  headers: { 'Content-Type': 'multipart/form-data; boundary=b', ...more },
  body: `${fields
    .map((field, at) => {
      const name = fields.length === 1 ? '_payload' : `f${at}`
      return `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${field}\r\n`
    })
    .join('')}--b--\r\n`,
})
const deep = (bytes: number): string => fill(bytes / 2, '[') + fill(bytes / 2, ']')

/** What anybody can send: no attack signs in. */
export const attacks: Attack[] = [
  once('30 MB of empty rows, announced', announced(30 * MB)),
  once('150 MB of empty rows, announced', announced(150 * MB)),
  once('30 MB of empty rows, in parts', chunked(30 * MB)),
  once('150 MB of empty rows, in parts', chunked(150 * MB)),
  together('eight times 150 MB at once', 8, () => chunked(150 * MB)),
  together('150 MB to other routes', 4, () => chunked(150 * MB, '/api/payments')),
  once('150 MB to the admin', chunked(150 * MB, '/admin/login')),
  once('150 MB to an import', chunked(150 * MB, '/api/networks/1/import')),
  once('150 MB to a webhook', chunked(150 * MB, '/webhooks/sendgrid')),
  once('150 MB that wait to be asked for', {
    ...announced(150 * MB),
    headers: { 'Content-Length': String(150 * MB), Expect: '100-continue' },
  }),
  together(
    'as many empty rows as fit, twenty times',
    20,
    () => ({ path: '/api/users', body: `{"name":[${fill(63 * KB, '{},')}{}]}` }),
    READ,
  ),
  together(
    'as many fields as fit, twenty times',
    20,
    () => ({ path: '/api/users', body: `{${fill(60 * KB, '"a":1,')}"b":1}` }),
    READ,
  ),
  once('deep JSON to the sign-in', { path: '/api/users/login', body: deep(60 * KB) }, READ),
  once('deep JSON to a list', { path: '/api/payments', body: deep(250 * KB) }, READ),
  once('a document in a form', multipart([`{"name":[${fill(60 * KB, '{},')}{}]}`]), READ),
  once('a form of a thousand fields', multipart(Array(1_000).fill('{}') as string[]), READ),
  once('a query of thousands of keys', asGet(fill(60 * KB, 'where[a]=1&')), READ),
  once(
    'a query of thousands of conditions',
    asGet(fill(60 * KB, 'where[or][][a][equals]=1&')),
    READ,
  ),
  once('a deep query', asGet(`where${fill(60 * KB, '[and][0]')}=1`), READ),
  once('a query in malformed JSON', {
    path: '/api/merchants',
    headers: { 'X-HTTP-Method-Override': 'GET' },
    body: deep(60 * KB),
  }),
  once('an endless depth', { method: 'GET', path: '/api/merchants?depth=999999&limit=1e9' }, READ),
  once(
    'a deep address',
    { method: 'GET', path: `/api/merchants?where${fill(12 * KB, '[or][0]')}=1` },
    READ,
  ),
  once('GraphQL of many fields', graphql(`{${fill(200 * KB, 'a ')}}`), GRAPHQL),
  once('GraphQL of many levels', graphql(fill(200 * KB, '{a')), GRAPHQL),
  once('GraphQL of one long text', graphql(`{a(b:"${'x'.repeat(200 * KB)}")}`), GRAPHQL),
  once('GraphQL of fragments that spread one another', graphql(spreads(24)), GRAPHQL),
  once('GraphQL of deep variables', graphql('{ __typename }', deep(200 * KB)), GRAPHQL),
  once('GraphQL of many directives', graphql(`{ __typename ${fill(200 * KB, '@a ')}}`), GRAPHQL),
  once('GraphQL in a list', {
    path: '/api/graphql',
    body: `[${fill(200 * KB, '{"query":"{__typename}"},')}{}]`,
  }),
  once('GraphQL in an address', {
    method: 'GET',
    path: `/api/graphql?query=${fill(12 * KB, '{a')}`,
  }),
  once(
    'an unknown server function',
    multipart([deep(900 * KB)], '/admin/login', { 'Next-Action': 'a'.repeat(42) }),
    [...READ, '500'],
  ),
  once(
    'a server function of many parts',
    multipart(Array(8_000).fill('"$1"') as string[], '/admin/login', {
      'Next-Action': 'a'.repeat(42),
    }),
    [...READ, '500'],
  ),
  once('many images', { method: 'GET', path: '/_next/image?url=%2Fa.png&w=9999&q=100' }),
  raw(
    '5,000 requests ahead of their answers',
    fill(5_000 * 40, `GET /api/merchants HTTP/1.1\r\nHost: a\r\n\r\n`),
    READ,
  ),
  raw(
    'two lengths',
    'POST /api/users HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 9\r\n\r\na',
  ),
  raw(
    'a length and parts',
    'POST /api/users HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ),
  raw('a long head', `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(100 * KB)}\r\n\r\n`),
]

/** Each fragment spreads the next one twice: 2^levels fields in a few hundred bytes. */
function spreads(levels: number): string {
  const fragments = Array.from(
    { length: levels },
    (_, at) => `fragment f${at} on Query { ...f${at + 1} ...f${at + 1} }`,
  )
  return `{ ...f0 } ${fragments.join(' ')} fragment f${levels} on Query { __typename }`
}
