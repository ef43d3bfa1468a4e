import { toOneLine } from './toOneLine.ts'

describe('toOneLine', () => {
  it.each([
    ['a line break', 'Asha\r\nBcc: all', 'Asha Bcc: all'],
    ['a separator of lines', 'a\u2028b\u2029c', 'a b c'],
    ['what turns the direction of writing', 'a\u202eb\u2066c', 'a b c'],
    ['controls', '\u0000a\u0085b\u001bc\t', 'a b c'],
    ['many spaces', '  a \u00a0 b ', 'a b'],
  ])('puts %s on one line', (_case, typed, line) => {
    expect(toOneLine(typed)).toBe(line)
  })

  it('keeps the joiners of Hindi', () => {
    expect(toOneLine('क्\u200dष क्\u200cष')).toBe('क्\u200dष क्\u200cष')
  })
})
