import { readCell, readId } from './readCell.ts'

describe('a cell', () => {
  it.each([
    ['  confirmed\u00a0', 'confirmed'],
    ['\ufeffid', 'id'],
    ['="00123"', '00123'],
    ['="O-9"', 'O-9'],
    ['0', '0'],
    ['-5', '-5'],
    ['nothing', 'nothing'],
  ])('%j is read as %j', (cell, text) => {
    expect(readCell(cell)).toBe(text)
  })

  it.each([undefined, '', ' ', '-', '–', '—', 'N/A', 'n/a', '#N/A', 'null', 'None', '="'.slice(2)])(
    '%j is no value',
    (cell) => {
      expect(readCell(cell)).toBeNull()
    },
  )
})

describe('an id', () => {
  it('that a spreadsheet has rounded is refused', () => {
    expect(() => readId('1.23457E+11')).toThrow('rounded')
    expect(() => readId('9,00719E+15')).toThrow('rounded')
    expect(readId('1E5')).toBe('1E5')
  })

  it('of more than 255 characters is refused', () => {
    expect(readId('x'.repeat(255))).toHaveLength(255)
    expect(() => readId('x'.repeat(256))).toThrow('255')
  })
})
