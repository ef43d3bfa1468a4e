import { formatNumber } from './formatNumber.ts'

const in1900 = { is1904: false, decimalSign: '.' } as const

it.each([
  [124.95, 'General', '124.95'],
  [0.1 + 0.2, 'General', '0.3'],
  [100 - 99.99 - 0.01, '0.00', '0'],
  [-42, '0.00', '-42'],
  // Three decimals would be a group of thousands in the other convention.
  [12.495, 'General', '12.4950'],
  [7, '0', '7'],
  [7, '00000', '00007'],
  [123456789012345, '0', '123456789012345'],
  [1234567890123456789, '0', '1.23456789012346E+18'],
  [1e15, 'General', '1.00000000000000E+15'],
  [12.5, '[$€-407]\\ #,##0.00', '€ 12.5'],
  [12.5, '"₹"#,##0.00', '₹ 12.5'],
  [12.5, '#,##0.00 [$USD]', 'USD 12.5'],
  [-12.5, '#,##0.00\\ "€";-#,##0.00', '€ -12.5'],
  [12.5, '[$-409]#,##0.00', '12.5'],
  [0.25, '0%', '0.25'],
])('the number %d in the format %s is read as %s', (value, format, text) => {
  expect(formatNumber(value, format, in1900)).toBe(text)
})

it.each([
  // A spreadsheet counts from 1 January 1900 as 1, with a 29 February that did not exist.
  [1, 'dd/mm/yyyy', '1900-01-01'],
  [59, 'dd/mm/yyyy', '1900-02-28'],
  [61, 'dd/mm/yyyy', '1900-03-01'],
  [46331, 'm/d/yy h:mm', '2026-11-05'],
  [46331.4166666667, 'm/d/yy h:mm', '2026-11-05 10:00:00'],
  [46331.999999999, 'yyyy-mm-dd hh:mm:ss', '2026-11-06'],
  [46331, '[$-4009]dd mmmm yyyy;@', '2026-11-05'],
  // A time of day alone is no date: it is left as it is, and refused as a time.
  [0.5, 'hh:mm', '0.5'],
  // "Red" and a quoted text have letters of dates.
  [46331, '[Red]0" days"', '46331'],
  [46331, 'General', '46331'],
  [9999999, 'dd/mm/yyyy', '9999999'],
])('the day %d in the format %s is read as %s', (serial, format, text) => {
  expect(formatNumber(serial, format, in1900)).toBe(text)
})

it('a workbook that counts from 1904 has other numbers for the same days', () => {
  const in1904 = { is1904: true, decimalSign: '.' } as const
  expect(formatNumber(46331 - 1462, 'dd/mm/yyyy', in1904)).toBe('2026-11-05')
})

it('the decimal sign is the one that the reader of the file expects', () => {
  const comma = { is1904: false, decimalSign: ',' } as const
  expect(formatNumber(1234.5, '#,##0.00', comma)).toBe('1234,5')
})
