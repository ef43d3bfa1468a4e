import fc from 'fast-check'

/** Texts that a parser, a cast or a pattern of SQL may stumble over. */
const TEXTS = [
  '',
  ' ',
  'null',
  'undefined',
  'true',
  'NaN',
  'Infinity',
  '-0',
  '1.5',
  '1e400',
  '0x10',
  '2147483648',
  '9223372036854775808',
  '-99999999999999999999',
  '%',
  '_%\\',
  '\\',
  '\\u0000',
  '$1',
  '?',
  "'; drop table users; --",
  '" or "1"="1',
  '\0',
  'a\0b',
  '\ud800',
  'x\udc00y',
  '\u202e\u200b🙂',
  '{',
  '{"a":1}',
  '[1,2]',
  'a,b,',
  ',',
  '../../etc/passwd',
  'a.b.c',
  '__proto__',
  'constructor',
  'x'.repeat(3_000),
  '0000-00-00',
  '2026-02-30',
  '2026-13-45T99:99:99Z',
  '+275760-09-13T00:00:00.000Z',
  '-271821-04-20T00:00:00.000Z',
  '+100000-01-01T00:00:00.000Z',
  '2026-01-01T00:00:00.000Z',
  '00000000-0000-7000-8000-000000000001',
  '00000000-0000-7000-8000-00000000000g',
  'member',
  'INR',
  'a@b.test',
]
const NUMBERS = [
  0,
  -1,
  1,
  1.5,
  -0.1,
  100,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  1e22,
  1e308,
  -1e-320,
]

export const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
)
const scalar = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(true, false, null) },
)

const nest = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner) => [{ and: inner }], 'x')

/** Objects and lists, also ones that cannot be turned into a text. */
const SHAPES: unknown[] = [
  {},
  [],
  [[]],
  [{}],
  [null],
  { equals: 1 },
  { toString: 1 },
  { toString: null, valueOf: null },
  { toJSON: 'x' },
  { length: 1e9 },
  { then: 1 },
  { id: { id: 'x' } },
  { relationTo: 'users', value: 'x' },
  { relationTo: 'nowhere', value: null },
  { constructor: { prototype: 1 } },
  JSON.parse('{"__proto__":{"a":1}}'),
  [1, 'a', null, {}, [2], true],
  nest(8),
  nest(40),
]

/** Any value that JSON can carry: mostly texts and numbers, sometimes lists and objects. */
export const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 2, arbitrary: fc.constantFrom(...SHAPES) },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 4 }) },
)

/** Ids in an address. */
export const idText = fc.oneof(
  { weight: 4, arbitrary: text },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '1',
      '-1',
      '1.5',
      'a/b',
      '..',
      'undefined',
      '[object Object]',
      'count',
      '00000000-0000-0000-0000-000000000000',
    ),
  },
)
