import fc from 'fast-check'

import { bodyOf } from './hostileBodies.ts'
import type { HostileRequest, Known, Route } from './listRoutes.ts'
import { idText, text, value } from './hostileValues.ts'

/** A request to this route with a hostile id, query or body. */
export const requestTo = (route: Route, known: Known): fc.Arbitrary<HostileRequest> =>
  fc
    .tuple(
      pathOf(route, known),
      queryOf(route, known),
      route.method === 'GET' ? fc.constant({}) : bodyOf(route, known),
    )
    .map(([path, query, body]) => ({
      method: route.method,
      path: `/api${path}${query && `?${query}`}`,
      ...body,
    }))

const pathOf = ({ path, slug }: Route, known: Known): fc.Arbitrary<string> => {
  const ids = known[slug ?? ''] ?? []
  const existing = ids.length > 0 ? [{ weight: 6, arbitrary: fc.constantFrom(...ids) }] : []
  const segment = fc.oneof({ weight: 4, arbitrary: idText }, ...existing)
  return fc.array(segment, { minLength: 3, maxLength: 3 }).map((segments) => {
    let next = 0
    return path.replace(/:\w+[?*]?/g, () => encode(segments[next++ % 3] ?? ''))
  })
}

const encode = (part: string): string =>
  encodeURIComponent(part.replace(/[\ud800-\udfff]/gu, '\ufffd'))

const OPERATORS = [
  'equals',
  'not_equals',
  'in',
  'not_in',
  'all',
  'like',
  'not_like',
  'contains',
  'exists',
  'greater_than',
  'greater_than_equal',
  'less_than',
  'less_than_equal',
  'near',
  'within',
  'intersects',
  'nonsense',
  '__proto__',
]

/** Names of fields, of their parts, of fields of related rows, and of none. */
const fieldName = ({ fields }: Route): fc.Arbitrary<string> => {
  const names = ['id', ...fields.map(({ name }) => name)]
  const related = fields.filter((field) => 'relationTo' in field).map(({ name }) => name)
  const deep = related.flatMap((name) => [`${name}.id`, `${name}.email`, `${name}.user.name`])
  const json = fields
    .filter(({ type }) => ['json', 'array', 'select'].includes(type))
    .flatMap(({ name }) => [`${name}.a`, `${name}.0.b`, `${name}.id`, `${name}.a'b`])
  const none = ['', '.', 'nope', '__proto__', 'and', 'toString', 'a.b.c.d.e.f.g', 'user__email']
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...names) },
    { weight: 2, arbitrary: fc.constantFrom(...deep, ...json, ...none) },
  )
}

const valueFor = ({ fields }: Route, known: Known): fc.Arbitrary<unknown> => {
  const ids = fields.flatMap(
    (field) => known['relationTo' in field ? String(field.relationTo) : ''] ?? [],
  )
  return ids.length > 0
    ? fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: fc.constantFrom(...ids) })
    : value
}

/** A filter: conditions that may fit, and texts, lists and nulls where objects belong. */
const whereOf = (route: Route, known: Known): fc.Arbitrary<unknown> => {
  const condition = fc
    .tuple(fc.constantFrom(...OPERATORS), valueFor(route, known))
    .map(([operator, given]) => ({ [operator]: given }))
  const leaf = fc
    .tuple(
      fieldName(route),
      fc.oneof({ weight: 9, arbitrary: condition }, { weight: 1, arbitrary: value }),
    )
    .map(([field, given]) => ({ [field]: given }))
  const list = fc.array(leaf, { maxLength: 3 })
  const nested = fc
    .tuple(
      fc.constantFrom('and', 'or', 'AND', 'Or'),
      fc.oneof({ weight: 5, arbitrary: list }, { weight: 1, arbitrary: value }),
    )
    .map(([key, parts]) => ({ [key]: parts }))
  const both = fc.tuple(leaf, nested).map(([one, other]) => ({ ...one, ...other }))
  return fc.oneof(
    { weight: 8, arbitrary: leaf },
    { weight: 3, arbitrary: nested },
    { weight: 1, arbitrary: both },
    { weight: 1, arbitrary: value },
  )
}

const sortOf = (route: Route): fc.Arbitrary<unknown> => {
  const field = fc
    .tuple(
      fc.constantFrom('', '-', '--'),
      fc.oneof({ weight: 4, arbitrary: fieldName(route) }, { weight: 1, arbitrary: text }),
    )
    .map(([sign, name]) => `${sign}${name}`)
  return fc.oneof(
    { weight: 4, arbitrary: field },
    { weight: 2, arbitrary: fc.array(field, { maxLength: 3 }).map((all) => all.join(',')) },
    { weight: 1, arbitrary: fc.array(field, { maxLength: 3 }) },
    { weight: 1, arbitrary: value },
  )
}

const FREE = [
  'depth',
  'limit',
  'page',
  'pagination',
  'select',
  'populate',
  'joins',
  'locale',
  'fallback-locale',
  'draft',
  'trash',
  'data',
  'autosave',
  'overrideLock',
  'from',
  'to',
  'currency',
  'kind',
  'format',
  'after',
  'member',
  'token',
  'name',
  'day',
  'month',
  'dryRun',
  'columns',
]

const queryOf = (route: Route, known: Known): fc.Arbitrary<string> => {
  const picked = (names: string[]) =>
    fc
      .oneof(
        value,
        fc.constantFrom('0', '1', '2', '-1', '1.5', 'text', '9007199254740993'),
        fieldName(route).map((name) => ({ [name]: { sort: 'nope', where: 'x' } })),
        fieldName(route).map((name) => ({ [name]: 'true' })),
      )
      .chain((given) => fc.constantFrom(...names).map((name) => [name, given] as [string, unknown]))
  const where = whereOf(route, known)
  const pair = fc.oneof(
    { weight: 6, arbitrary: where.map((given) => ['where', given] as [string, unknown]) },
    {
      weight: 1,
      arbitrary: where.map((given) => ['where', JSON.stringify(given)] as [string, unknown]),
    },
    { weight: 3, arbitrary: sortOf(route).map((given) => ['sort', given] as [string, unknown]) },
    { weight: 6, arbitrary: picked(FREE) },
  )
  return fc
    .array(pair, { maxLength: route.method === 'GET' ? 3 : 1 })
    .map((pairs) => pairs.flatMap(([name, given]) => encodeQuery(name, given)).join('&'))
}

/** As `qs` reads it: `where[or][0][name][equals]=x`. */
const encodeQuery = (name: string, given: unknown): string[] => {
  if (Array.isArray(given)) {
    if (given.length === 0) return [`${name}[]=`]
    return given.flatMap((item, index) => encodeQuery(`${name}[${index}]`, item))
  }
  if (typeof given === 'object' && given !== null) {
    return Object.entries(given).flatMap(([key, item]) =>
      encodeQuery(`${name}[${encode(key)}]`, item),
    )
  }
  return [`${name}=${encode(String(given))}`]
}
