import fc from 'fast-check'

import { toBankText } from './toBankText.ts'

describe('toBankText', () => {
  it.each([
    ['Zoë  O’Brien-Müller, Jr.', 'Zoe OBrien Muller Jr'],
    ["D'Souza & Sons", 'DSouza Sons'],
    ['Łukasz Groß', 'Lukasz Gross'],
    ['Ævar Þór Ødegård', 'AEvar THor Odegard'],
    ['=HYPERLINK("x")', 'HYPERLINK x'],
    ['\t+1\r\n', '1'],
    ['ﬁne', 'fine'],
    ['a\u200bb', 'ab'],
    ['राजेश', ''],
    ['राजेश Kumar', 'Kumar'],
    ['  ', ''],
  ])('%j is written as %j', (given, text) => {
    expect(toBankText(given)).toBe(text)
  })

  it('cuts to the length of the column, without a space at the end', () => {
    expect(toBankText('Asha Devi Rao', 10)).toBe('Asha Devi')
  })

  it('writes letters, digits and single spaces alone, whatever is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        const written = toBankText(text, max)
        expect(written).toMatch(/^(?:[A-Za-z0-9]+(?: [A-Za-z0-9]+)*)?$/)
        expect(written.length).toBeLessThanOrEqual(max)
      }),
    )
  })
})
