import { MAX_FILE_BYTES } from '../../readFileBody.ts'
import { describeTooLargeFile } from './describeTooLargeFile.ts'

it.each([
  [0, null],
  [MAX_FILE_BYTES, null],
  [MAX_FILE_BYTES + 1, 'The file has 10.1 MB. The limit is 10 MB. Split it by months.'],
  [2.5 * MAX_FILE_BYTES, 'The file has 25.0 MB. The limit is 10 MB. Split it by months.'],
])(
  'a file of %i bytes is refused before it is sent if the server would refuse it',
  (bytes, text) => {
    expect(describeTooLargeFile(bytes)).toBe(text)
  },
)
