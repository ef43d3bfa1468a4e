import { MAX_FILE_BYTES } from '../../readCsvBody.ts'
import { tooLargeWords } from './tooLargeWords.ts'

it.each([
  [0, null],
  [MAX_FILE_BYTES, null],
  [MAX_FILE_BYTES + 1, 'The file has 10.1 MB. Up to 10 MB are read: split it by months.'],
  [2.5 * MAX_FILE_BYTES, 'The file has 25.0 MB. Up to 10 MB are read: split it by months.'],
])('a file of %i bytes is refused before it is sent where the server would', (bytes, words) => {
  expect(tooLargeWords(bytes)).toBe(words)
})
