import { createJsonMeter, MAX_BYTES, MAX_VALUES } from './measureJson.ts'

const measure = (text: string, partBytes = 65_536): void => {
  const bytes = Buffer.from(text)
  const meter = createJsonMeter()
  for (let at = 0; at < bytes.length; at += partBytes) meter(bytes.subarray(at, at + partBytes))
}
const rows = (count: number, row = '{}') => `[${Array(count).fill(row).join()}]`

describe('a response', () => {
  it.each([
    ['with as many values as allowed', rows(MAX_VALUES / 2)],
    ['of 8 MB in one text', `"${'x'.repeat(MAX_BYTES - 2)}"`],
    ['with 64 levels', '['.repeat(64) + ']'.repeat(64)],
    ['with brackets and commas within texts', rows(1_000, `"${'[{,'.repeat(100)}\\"[{\\\\"`)],
    ['with many lists beside one another', rows(50_000, '[[]]')],
    ['that is no JSON', '<html>Back soon, we hope</html>'],
  ])('%s is accepted', (_case, text) => {
    expect(() => {
      measure(text)
    }).not.toThrow()
  })

  it.each([
    ['60 MB of empty rows', rows(20_000_000)],
    ['8 MB of empty rows', rows(2_600_000)],
    ['more values than allowed', rows(MAX_VALUES / 2 + 1)],
    ['a row with many fields', `[{${Array(MAX_VALUES).fill('"a":1').join()}}]`],
    ['more than 8 MB', `"${'x'.repeat(MAX_BYTES)}"`],
    ['65 levels', '['.repeat(65)],
    ['levels of objects', '{"a":'.repeat(1_000_000)],
  ])('with %s is refused', (_case, text) => {
    expect(() => {
      measure(text)
    }).toThrow(expect.objectContaining({ code: 'network.too-large', isRetryable: false }) as Error)
  })

  it.each([1, 2, 3, 7])('is measured the same in parts of %i bytes', (partBytes) => {
    const text = rows(100, '{"a":"\\\\\\",[{","b":[1,2]}')
    expect(() => {
      measure(text, partBytes)
    }).not.toThrow()
    expect(() => {
      measure(`${text}${'['.repeat(65)}`, partBytes)
    }).toThrow('64 levels')
  })
})
