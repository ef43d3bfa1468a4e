import { describeFile } from './describeFile.ts'

it.each([
  [{ type: 'application/pdf', bytes: 19 }, 'PDF, 1 kB'],
  [{ type: 'image/jpeg', bytes: 211_400 }, 'JPEG, 207 kB'],
  [{ type: 'image/png', bytes: 1_022_977 }, 'PNG, 1.0 MB'],
  [{ type: 'image/webp', bytes: 3 * 1024 * 1024 }, 'WebP, 3.0 MB'],
  [{ type: 'text/odd', bytes: 1_000 }, 'text/odd, 1 kB'],
])('%j is described as %s', (file, text) => {
  expect(describeFile(file)).toBe(text)
})
