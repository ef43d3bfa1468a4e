import type { DomainError } from '../domain/errors.ts'
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
    ["'00123", '00123'],
    ["'-5.00", '-5.00'],
    ["'t Winkeltje", "'t Winkeltje"],
    ['\u200eT1\u200b', 'T1'],
    ['\n T1 \r\n', 'T1'],
  ])('%j is read as %j', (cell, text) => {
    expect(readCell(cell)).toBe(text)
  })

  it.each([
    undefined,
    '',
    ' ',
    '-',
    '–',
    '—',
    'N/A',
    'n/a',
    '#N/A',
    'null',
    'None',
    'nil',
    'NaN',
    '(none)',
    '=""',
  ])('%j is no value', (cell) => {
    expect(readCell(cell)).toBeNull()
  })
})

const codeOf = (cell: string): string | null => {
  try {
    return readId(cell)
  } catch (error) {
    return (error as DomainError).code
  }
}

describe('an id', () => {
  it.each([
    ['"T-1"', 'T-1'],
    ['“T-1”', 'T-1'],
    ["'T-1'", 'T-1'],
    ["'T-1", 'T-1'],
    ['\n"T-1"\n', 'T-1'],
    ['1E5', '1E5'],
    ['12E10', '12E10'],
    ['"-"', null],
  ])('%j is read as %j', (cell, id) => {
    expect(readId(cell)).toBe(id)
  })

  it.each([
    ['1.23457E+11', 'id.changed'],
    ['9,00719E+15', 'id.changed'],
    ['1E+15', 'id.changed'],
    ['#NAME?', 'id.changed'],
    ['#REF!', 'id.changed'],
    ['########', 'id.changed'],
    ['T1\nT2', 'id.malformed'],
    ['a"b', 'id.malformed'],
    ['="O', 'id.malformed'],
    ['=A1', 'id.malformed'],
    ['x'.repeat(256), 'id.too-long'],
  ])('%j is refused: %s', (cell, code) => {
    expect(codeOf(cell)).toBe(code)
  })

  it('of 255 characters is read', () => {
    expect(readId('x'.repeat(255))).toHaveLength(255)
  })
})
