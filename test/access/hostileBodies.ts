import fc from 'fast-check'
import type { FlattenedField } from 'payload'

import type { HostileRequest, Known, Route } from './listRoutes.ts'
import { text, value } from './hostileValues.ts'

/** A document that may be accepted, with some fields replaced by hostile values. */
const documentOf = ({ fields }: Route, known: Known): fc.Arbitrary<Record<string, unknown>> => {
  const names = fields.map(({ name }) => name)
  const extra = [
    'id',
    'nope',
    '__proto__',
    'collection',
    '_status',
    'reason',
    'password',
    'token',
    'email',
    'code',
    'locale',
  ]
  const plain = (tag: string) => ({
    ...Object.fromEntries(fields.map((field) => [field.name, plainValue(field, known, tag)])),
    ...(names.includes('email') ? { password: 'correct-horse' } : {}),
  })
  const replaced = fc.dictionary(fc.constantFrom(...names, ...extra), value, { maxKeys: 3 })
  const dropped = fc.array(fc.constantFrom('', ...names), { maxLength: 2 })
  return fc.tuple(replaced, dropped, fc.uuid()).map(([other, gone, tag]) => {
    const all: Record<string, unknown> = { ...plain(tag), ...other }
    return Object.fromEntries(Object.entries(all).filter(([name]) => !gone.includes(name)))
  })
}

const plainValue = (field: FlattenedField, known: Known, tag: string): unknown => {
  if ('relationTo' in field) return known[String(field.relationTo)]?.[0] ?? null
  const plain: Record<string, unknown> = {
    text: /currency/i.test(field.name) ? 'INR' : tag,
    textarea: 'A reason of some length.',
    number: 500,
    date: '2026-01-01T00:00:00.000Z',
    email: `${tag}@hostile.test`,
    checkbox: false,
    json: {},
    array: [],
  }
  if ('hasMany' in field && field.hasMany) return []
  if (field.type === 'select') {
    const [option] = field.options
    return typeof option === 'object' ? option.value : option
  }
  return plain[field.type] ?? null
}

/** A document, a command or any JSON; sometimes a form, or bytes that are none of them. */
export const bodyOf = (route: Route, known: Known): fc.Arbitrary<Partial<HostileRequest>> => {
  const json = fc.oneof(
    { weight: 8, arbitrary: documentOf(route, known) },
    {
      weight: 2,
      arbitrary: fc.dictionary(
        fc.constantFrom(
          'email',
          'password',
          'token',
          'reason',
          'referrer',
          'newPassword',
          'currentPassword',
          'phone',
          'code',
          'channel',
          'to',
          'merchant',
          'url',
          'isActive',
          'member',
          'note',
          'value',
          'rows',
        ),
        value,
        { maxKeys: 4 },
      ),
    },
    { weight: 1, arbitrary: value },
  )
  return fc.oneof(
    {
      weight: 12,
      arbitrary: json.map((given) => ({
        body: JSON.stringify(given),
        contentType: 'application/json',
      })),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('', '{', '{"a":', '\0', '[', '"')
        .map((body) => ({ body, contentType: 'application/json' })),
    },
    {
      weight: 1,
      arbitrary: json.map((given) => ({
        body: form(given),
        contentType: 'multipart/form-data; boundary=x',
      })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          text,
          fc.constantFrom(
            'text/plain',
            'text/csv',
            'image/png',
            'application/x-www-form-urlencoded',
            'multipart/form-data',
            'multipart/form-data; boundary=',
            'application/xml',
            '',
          ),
        )
        .map(([body, contentType]) => ({ body, contentType })),
    },
    { weight: 1, arbitrary: fc.constant({}) },
  )
}

const form = (given: unknown): string =>
  `--x\r\nContent-Disposition: form-data; name="_payload"\r\n\r\n${JSON.stringify(given)}\r\n--x--\r\n`
